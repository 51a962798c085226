"""What goes wrong in an import is said in words, and leaves nothing half done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from store.connection import connect
from store.exchange.contacts import ContactFile, ContactRow, RejectedRow
from tests.app_kit import SMALL, AtWork, new_file, play, squeeze
from tests.import_kit import at, choose, counted, gb18030, stored
from tui.screens.importing import plan
from tui.screens.importing.preview import PreviewScreen
from tui.screens.importing.result import ResultScreen
from tui.screens.working import WorkDialog
from tui.words import _


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, where the list of files begins."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


# What can go wrong

BROKEN: dict[str, tuple[str, bytes, str]] = {
    "nothing in it": ("a.csv", b"", "a.csv is empty."),
    "a web page": ("a.xlsx", b"<html><table></table></html>", "a web page"),
    "the old format": ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old Excel"),
    "a workbook cut off": ("a.xlsx", b"PK\x03\x04" + b"\0" * 40, "cut off or damaged"),
    "other bytes": ("a.csv", b"name\nM\xfcller\n\xff\xff\n", "is not text in UTF-8"),
    "no list of people": ("a.csv", b"x,y\n1,2\n", "no column names a person"),
    "a quotation mark left open": ("a.csv", b'name,phone\nAnna,1\n"Ben,2\n', "line 3"),
}


@pytest.mark.parametrize(("name", "content", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_in_words(
    tmp_path: Path, home: Path, name: str, content: bytes, told: str
) -> None:
    (home / name).write_bytes(content)

    async def story(work: AtWork) -> None:
        before = stored(work)
        await choose(work, home / name)
        assert squeeze(told) in work.squeezed
        assert "✗" in work.text
        if at(work, PreviewScreen):
            await work.press("enter")
            assert at(work, PreviewScreen)
            assert squeeze(told) in work.squeezed
        assert stored(work) == before

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_a_path_to_nothing_says_so(tmp_path: Path, home: Path) -> None:
    async def story(work: AtWork) -> None:
        await choose(work, home / "no such.csv")
        assert "There is no file no such.csv." in work.text
        await work.press(*["backspace"] * 11)
        await work.write("gone/a.csv")
        assert "There is no folder" in work.squeezed or "no folder" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_a_file_that_goes_while_it_is_looked_at_imports_nothing(tmp_path: Path, home: Path) -> None:
    file = gb18030(home)

    async def story(work: AtWork) -> None:
        before = stored(work)
        await choose(work, file)
        file.unlink()
        await work.press("enter")
        assert "There is no file guests.csv." in work.text
        assert stored(work) == before

    play(new_file(tmp_path, "en"), "en", story)


def test_a_full_disk_imports_nothing(tmp_path: Path, home: Path) -> None:
    file = home / "many.csv"
    file.write_text("name,remark\n" + "".join(f"P{n},{'x' * 900}\n" for n in range(60)))

    async def story(work: AtWork) -> None:
        before = stored(work)
        pages = work.opened.db.execute("PRAGMA page_count").fetchone()[0]
        work.opened.db.execute(f"PRAGMA max_page_count = {pages}")
        await choose(work, file)
        assert "NOT SAVED: the disk is full" in work.text
        await work.press("enter")
        assert "NOT SAVED: the disk is full" in work.text
        assert stored(work) == before
        work.opened.db.execute("PRAGMA max_page_count = 1000000")
        await work.press("enter")
        assert stored(work) == before + 61

    play(new_file(tmp_path, "en"), "en", story)


NAMES = {
    "a tag": "[red]x[bold.csv",
    "an escape": "小明\x1b[5n.csv",
    "no text": os.fsdecode(b"\xff\xfe.csv"),
    "a line break": "a\nb.csv",
    "right to left": "a\u202eb.csv",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_file_name_is_listed_and_opened(tmp_path: Path, home: Path, name: str) -> None:
    gb18030(home).rename(home / name)

    async def story(work: AtWork) -> None:
        await work.press("ctrl+o", "enter")
        assert at(work, PreviewScreen)
        assert counted() in work.text
        assert not any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in "".join(work.lines))
        await work.press("enter", "ctrl+e", "enter")
        assert not any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in "".join(work.lines))
        assert [made for made in home.iterdir() if made.name != name]

    play(new_file(tmp_path, "en"), "en", story)


# Long files


def test_a_long_file_is_counted_and_imported_behind_a_bar(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "SMALL_ROWS", 1)

    async def story(work: AtWork) -> None:
        await choose(work, gb18030(home))
        await work.until(lambda: counted() in work.text)
        await work.press("tab")
        assert squeeze(_("Not counted yet: Space works out what the import would do.")) in (
            work.squeezed
        )
        await work.press("tab", "enter")
        await work.until(lambda: at(work, ResultScreen))
        assert work.value("SELECT COUNT(*) FROM contact") == 9

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize("how", ["escape", "ctrl+q"])
def test_stopping_in_the_middle_imports_nothing(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The reader waits at its second row until the key was pressed; then the rest comes."""
    monkeypatch.setattr(plan, "SMALL_ROWS", 1)
    pressed = Event()
    read = ContactFile.rows

    def rows(file: ContactFile) -> Iterator[ContactRow | RejectedRow]:
        for place, row in enumerate(read(file)):
            if place:
                pressed.wait(10)
            yield row

    async def story(work: AtWork) -> None:
        before = stored(work)
        await choose(work, gb18030(home))
        await work.until(lambda: counted() in work.text)
        monkeypatch.setattr(ContactFile, "rows", rows)
        await work.press("enter")
        dialog = work.app.screen_stack[-1]
        assert isinstance(dialog, WorkDialog)
        watch = dialog.watch_work
        await work.press("f2", "9", "enter", "ctrl+o")
        assert work.app.screen_stack[-1] == dialog, "every other key waits"
        await work.press(how)
        assert watch.stopped
        pressed.set()
        await work.until(lambda: at(work, PreviewScreen))
        assert _("Stopped: nothing was imported.") in work.text
        assert stored(work) == before

    try:
        play(new_file(tmp_path, "en"), "en", story)
    finally:
        pressed.set()
    with connect(tmp_path / "desk.db", read_only=True) as db:
        assert db.execute("SELECT COUNT(*) FROM contact").fetchone() == (7,)
