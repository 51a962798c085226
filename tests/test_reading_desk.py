"""A desk that another process has is read: it follows what is written there, and writes nothing."""

from __future__ import annotations

import importlib
import json
import shutil
import signal
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

import tui.keys
from rules.nouns import Reaction
from sop_content import shipped
from store import connection, verbs
from tests.app_kit import MIDDLE, SMALL, AtWork, chosen, names, new_file, play, squeeze
from tests.desk_kit import faults
from tests.desk_terminal import PROGRAM, environ, opened
from tests.terminal import Terminal
from tui import reading_watch
from tui.full_screens import SCREENS
from tui.keys import Key
from tui.opening import desk
from tui.reading_desk import told
from tui.screens.desk_screen import DeskScreen
from tui.words import Language, _

HELD = "the desk is open elsewhere"
LOGS = ("1", "2", "3", "4", "0", "9", "enter", "space", "backspace", "f9", "7", "f11")


def files(folder: Path) -> Mapping[str, bytes]:
    """What stands in a folder, but for what SQLite makes beside a file to read it."""
    found = (file for file in folder.rglob("*") if file.is_file() and file.name[-4:] != "-shm")
    return {str(f.relative_to(folder)): data for f in found if (data := f.read_bytes())}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_who_has_the_desk_and_every_key_that_writes_says_so(
    tmp_path: Path, lang: Language
) -> None:
    path = new_file(tmp_path, lang)

    async def story(work: AtWork) -> None:
        assert squeeze(_("Only read: {why}", why=HELD)) in work.squeezed
        assert names(lang)[0] in work.text, "the day is there to be read"
        for key in LOGS:
            await work.press("down")
            work.today.say("")
            await work.press(key)
            assert squeeze(told()) in work.squeezed, key
            assert not work.app.screen.is_modal, key
        await work.paste("别再发了\n谢谢")
        assert squeeze(told()) in work.squeezed
        await work.press("slash", *names(lang)[1], "enter", "1")
        assert squeeze(told()) in work.squeezed
        assert work.log() == []

    play(path, lang, story, SMALL, reads=HELD)


def test_footer_shows_only_keys_that_are_of_use(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        for name in SCREENS:
            if name == "import":
                continue
            work.opened.person = 1
            work.app.action_show(name)
            await work.settle()
            screen = work.app.screen
            if isinstance(screen, DeskScreen):
                assert not [key.sign for key in screen._keys_of_use if key.writes]
        await work.press("escape", "f2")
        assert _("postpone") not in work.text

    play(new_file(tmp_path, "en"), "en", story, reads=HELD)


@pytest.mark.parametrize("screen", [name for name in SCREENS if name != "import"])
def test_no_key_of_any_screen_changes_a_file(tmp_path: Path, screen: str) -> None:
    path = new_file(tmp_path, "en")
    play(path, "en", a_day)
    before = files(tmp_path)

    async def story(work: AtWork) -> None:
        work.opened.person = 1
        work.app.action_show(screen)
        await work.settle()
        shown = work.app.screen
        if shown.is_modal:  # asks whose file
            await work.press("escape")
            shown = work.app.screen
        assert isinstance(shown, DeskScreen)
        skipped = ("export", "quit", "command_palette")
        keys = [key.keys.split(",")[0] for key in shown.KEYS if key.action not in skipped]
        for key in keys:
            for pressed in (key, "1", "enter", "x", "enter"):
                await work.press(pressed)
                assert work.app.return_code is None
            while work.app.screen.is_modal:
                await work.press("escape")
            if work.app.screen is not shown:
                work.app.action_show(screen)
                await work.settle()
        assert files(tmp_path) == before

    play(path, "en", story, MIDDLE, reads=HELD)
    assert files(tmp_path) == before


async def a_day(work: AtWork) -> None:
    """Something to be seen on every screen."""
    await work.press("enter", "enter", "1", "down", "3", "down", "4")


def test_what_is_written_at_the_desk_is_seen(tmp_path: Path) -> None:
    path, (first, second, *_rest) = new_file(tmp_path, "en"), names("en")

    async def story(work: AtWork) -> None:
        await work.press("down")
        assert work.name == second
        with desk(chosen(path, "en"), writes="desk") as at:
            verbs.react(at.db, at.shift, at.clock(), 1, Reaction.FRIENDLY)
            verbs.refuse(at.db, at.shift, at.clock(), 3, "no more")
        await work.until(lambda: "✿" in work.text)
        assert work.name == second, "the cursor stays where it was"
        assert names("en")[2] not in "".join(work.listed)
        await work.press("up")
        assert work.name == first

    play(path, "en", story, reads=HELD)


def test_file_that_was_put_in_its_place_is_told_of(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")

    async def story(work: AtWork) -> None:
        work.disk.close()
        copy = path.with_name("copy.db")
        shutil.copyfile(path, copy)
        copy.replace(path)
        await work.until(lambda: "What is shown is old" in work.text)

    play(path, "en", story, reads=HELD, examined=False)


# The whole program


def test_second_desk_is_offered_to_be_read_while_the_first_works_on(tmp_path: Path) -> None:
    path, (first, *_rest) = new_file(tmp_path, "en"), names("en")
    with opened(path, "en") as one:
        one.wait_for(first)
        with opened(path, "en") as two:
            two.wait_for("Enter opens it to be read only")
            assert squeeze("is open elsewhere (desk, process") in squeeze(two.screen_text())
            two.keys("enter")
            two.wait_for("Only read:")
            two.wait_idle()
            two.keys("1")
            two.wait_for("nothing can be written")
            one.wait_idle()
            one.keys("1")
            one.wait_for("✓")
            two.wait_for("✿")
            two.keys("ctrl+q")
            assert two.wait() == 0
        one.keys("ctrl+q")
        assert one.wait() == 0
    with closing(connection.connect(path, read_only=True)) as db:
        assert faults(db) == []
        assert db.execute("SELECT COUNT(*) FROM event WHERE kind = 'reaction'").fetchone() == (1,)


@pytest.mark.parametrize("answer", ["n\r", "\x04"], ids=["another answer", "no answer"])
def test_who_does_not_want_to_read_leaves(tmp_path: Path, answer: str) -> None:
    path = new_file(tmp_path, "en")
    with opened(path, "en") as one:
        one.wait_for(names("en")[0])
        with opened(path, "en") as two:
            two.wait_for("Enter opens it to be read only")
            two.send(answer.encode())
            assert two.wait() == 1


def test_asked_for_it_is_opened_to_be_read_at_once(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")
    before = files(tmp_path)
    with Terminal((*PROGRAM, "app", "--read-only"), environ=environ(path, "en")) as reader:
        reader.wait_for("Only read: Opened to be read")
        reader.wait_idle()
        reader.kill(signal.SIGTERM)
        assert reader.wait() == 128 + signal.SIGTERM
    assert files(tmp_path) == before


def test_a_reader_takes_up_no_draft_and_keeps_none(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")

    async def types(work: AtWork) -> None:
        await work.press("7")
        await work.write("half a no")
        work.app.exit(0)

    play(path, "en", types)
    drafts = work_drafts(path)
    assert "half a no" in drafts

    async def nothing(work: AtWork) -> None:
        await work.press("7", "escape", "down")

    play(path, "en", nothing, reads=HELD)
    assert work_drafts(path) == drafts


def work_drafts(path: Path) -> str:
    return json.dumps(json.loads(path.with_name(f".{path.name}.drafts.json").read_text()))


# What the rows of keys say

READS_ONLY = frozenset(
    (
        *("next_script", "copy_again", "plain", "open_target", "choose_content", "why", "find"),
        *("back", "move", "page", "end", "tab", "stage", "filter", "export", "open_replies"),
        *("sort", "period", "clear", "only", "show", "help", "command_palette", "mask", "quit"),
        *("view", "next_view", "version", "choose", "part", "open_attached", "tick", "swap"),
        *("sheet", "told", "open", "complete", "field", "mode", "count"),
    )
)
"""What changes nothing on the disk, whatever it is pressed on."""
BEHIND_THE_IMPORT = frozenset(("start", "publish"))
"""Of screens that a desk which is only read never comes to."""


def rows_of_keys() -> Mapping[str, list[Key]]:
    """Every row of every table of keys, by its module."""
    folder = Path(tui.keys.__file__).parent
    modules = [
        "tui.keys",
        *(f"tui.screens.{p.parent.name}.keys" for p in folder.rglob("*/keys.py")),
    ]
    found = {}
    for name in modules:
        tables = vars(importlib.import_module(name)).values()
        rows = [row for table in tables if isinstance(table, tuple) for row in table]
        found[name] = [row for row in (*rows, *tables) if isinstance(row, Key)]
    return found


def test_every_row_of_keys_says_whether_it_writes() -> None:
    rows = rows_of_keys()
    assert len(rows) > 6
    for module, keys in rows.items():
        assert keys, module
        for key in keys:
            action = key.action.partition("(")[0]
            if key.action == "show('import')":
                assert key.writes
            elif action not in BEHIND_THE_IMPORT:
                assert key.writes != (action in READS_ONLY), (module, key.action)


def test_edits_of_the_sop_are_followed_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_watch, "LOOK_EVERY", 3600.0)
    path = new_file(tmp_path, "en")
    sop = Path(shutil.copytree(shipped("en"), tmp_path / "sop"))
    with desk(chosen(path, "en", sop=sop), writes="desk"):
        pass  # the SOP is known there

    async def look(work: AtWork) -> None:
        for _again in range(2):
            work.app.reading_watch.look()
            await work.until(lambda: not work.app.reading_watch.busy)
        await work.settle()

    async def story(work: AtWork) -> None:
        for file in sorted((sop / "content").glob("*.yaml")):
            told = read(file).replace("text: |\n", "text: |\n          Good news. \n")
            file.write_text(told, "utf-8")
        before = files(tmp_path)
        await look(work)
        assert squeeze("Good news.") in work.script
        leads = sop / "sequences" / "leads.yaml"
        leads.write_text(read(leads).replace("content:", "contents:", 1), "utf-8")
        before = {**before, str(leads.relative_to(tmp_path)): leads.read_bytes()}
        await look(work)
        assert "leads.yaml:" in work.text
        assert squeeze("Good news.") in work.script, "the last good one stays"
        assert files(tmp_path) == before
        assert work.log() == []

    play(path, "en", story, sop=sop, reads=HELD)


def read(file: Path) -> str:
    return file.read_text("utf-8")
