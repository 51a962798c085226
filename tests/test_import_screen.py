"""The Import screens by their keys: nothing before the Enter that says so, then all or nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from store.exchange.contacts import open_contacts
from store.exchange.headings import Field
from store.importing import Mode
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, new_file, play, squeeze
from tests.import_kit import FILES, GUESTS, at, choose, counted, gb18030, plan_of, stored
from tui.field_words import field_word
from tui.keys import Key
from tui.screens.importing.keys import COLUMN_KEYS, FILE_KEYS, RESULT_KEYS, SHEET_KEY
from tui.screens.importing.preview import PreviewScreen
from tui.screens.importing.result import ResultScreen
from tui.screens.importing.screen import ImportScreen
from tui.screens.person.screen import PersonScreen
from tui.words import Language, _

DESKS: dict[str, tuple[Language, tuple[int, int]]] = {
    "Chinese, 80 columns": ("zh", SMALL),
    "English, 120 columns": ("en", MIDDLE),
}
each_desk = pytest.mark.parametrize(("lang", "size"), DESKS.values(), ids=DESKS)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, where the list of files begins."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@each_desk
@pytest.mark.parametrize("made", FILES.values(), ids=FILES)
def test_a_file_is_looked_at_imported_and_taken_back(
    tmp_path: Path, home: Path, lang: Language, size: tuple[int, int], made: Callable[[Path], Path]
) -> None:
    file = made(home)

    async def story(work: AtWork) -> None:
        before = stored(work)
        await choose(work, file)
        assert at(work, PreviewScreen)
        assert f"‹ {field_word(Field.NAME)} ›" in work.text
        assert counted() in work.text
        assert "小王 1" in work.text, "somebody else's contacts are told of"
        assert stored(work) == before, "a look writes nothing"

        await work.press("enter")
        assert at(work, ResultScreen)
        assert squeeze(counted()) in work.squeezed
        assert squeeze(_("line {line}: {reason}", line=4, reason="")) in work.squeezed
        assert stored(work) == before + 4, "the import, two new, one changed"
        assert work.value("SELECT owner FROM contact_state WHERE contact = ?", 9) == "小王"

        await work.press("enter")
        assert work.app.screen is work.today
        await work.press("f10", "enter")
        assert stored(work) == before + 5
        assert work.value("SELECT COUNT(*) FROM contact") == 7

    play(new_file(tmp_path, lang), lang, story, size)


def test_the_newest_file_of_the_folder_is_one_enter_away(tmp_path: Path, home: Path) -> None:
    file = gb18030(home)
    os.utime(file, (2_000_000_000, 2_000_000_000))
    (home / "older.csv").write_text("name\nAnna\n")
    (home / "notes.txt").write_text("not offered")

    async def story(work: AtWork) -> None:
        await work.press("ctrl+o")
        assert "notes.txt" not in work.text
        await work.press("enter")
        assert at(work, PreviewScreen)
        assert plan_of(work).file.path == file
        await work.press("escape", "down", "enter")
        assert plan_of(work).file.path.name == "older.csv"

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_folders_are_walked_and_names_completed(tmp_path: Path, home: Path) -> None:
    (home / "export" / "march").mkdir(parents=True)
    gb18030(home / "export" / "march")

    async def story(work: AtWork) -> None:
        await work.press("ctrl+o", "enter")
        assert str(home / "export") in work.text
        await work.write("ma")
        await work.press("tab")
        await work.write("gue")
        await work.press("tab", "enter")
        assert at(work, PreviewScreen)

        await work.press(
            "escape",
            "escape",
            "ctrl+o",
        )
        await work.write("~/ex")
        await work.press("tab", "enter", "enter")
        assert "guests.csv" in work.text

    play(new_file(tmp_path, "en"), "en", story)


@each_desk
def test_a_column_gets_another_meaning_which_is_proposed_again(
    tmp_path: Path, home: Path, lang: Language, size: tuple[int, int]
) -> None:
    desk, file = new_file(tmp_path, lang), gb18030(home)
    second = home / "april.csv"
    second.write_bytes(file.read_bytes().replace(b"13900000011", b"13900000099"))

    async def story(work: AtWork) -> None:
        await choose(work, file)
        await work.press("down", "down", "right")
        assert f"‹ {field_word(Field.TITLE)} ›" in work.text
        assert squeeze(_("as you decided before")) not in work.squeezed
        await work.press("down", "down", "left")
        assert f"‹ {field_word(Field.IGNORED)} ›" in work.text
        await work.press("enter", "enter")
        assert work.rows("SELECT company, title, extra FROM contact WHERE name = '周明'") == [
            ("", "常州恒朗", "")
        ]
        decided = desk.with_name(".desk.db.import.json")
        assert decided.stat().st_mode & 0o777 == 0o600
        assert list(json.loads(decided.read_text())["mappings"].values()) == [
            {
                "客户姓名": "name",
                "手机号": "phone",
                "企业": "title",
                "阶段": "stage",
                "意向产品": "ignored",
                "跟进员工": "owner",
            }
        ]

        await choose(work, second)
        assert squeeze(_("as you decided before")) in work.squeezed
        assert "常州恒朗" in work.text
        assert at(work, PreviewScreen)
        assert plan_of(work).fields[2] is Field.TITLE

    play(desk, lang, story, size)


def test_a_damaged_memory_of_meanings_is_none(tmp_path: Path, home: Path) -> None:
    desk = new_file(tmp_path, "en")
    desk.with_name(".desk.db.import.json").write_text('{"mappings": {"x": {"y": 1}}, "folder": []')

    async def story(work: AtWork) -> None:
        await choose(work, gb18030(home))
        assert counted() in work.text

    play(desk, "en", story)


def test_nobody_named_is_opened_by_a_second_enter_and_then_known(
    tmp_path: Path, home: Path
) -> None:
    file = home / "liste.csv"
    file.write_text("Liste\nKunde X;Rufnr\nHans;13900000021\nEva;13900000022\n")

    async def story(work: AtWork) -> None:
        await choose(work, file)
        assert "no column names a person" in work.text
        await work.press("enter")
        assert "No column says who a row is about" in work.text
        await work.press("right", "down", "right", "right", "right")
        assert counted(new=2, changed=0, rejected=0) in work.text
        await work.press("enter", "enter")
        assert work.value("SELECT phone FROM contact WHERE name = 'Eva'") == "13900000022"

        await work.press("ctrl+o", "enter")
        assert counted(new=0, changed=0, same=2, rejected=0) in work.text

    play(new_file(tmp_path, "en"), "en", story)


@each_desk
def test_tab_leaves_the_known_as_they_are(
    tmp_path: Path, home: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        await choose(work, gb18030(home))
        assert _("Update") in work.text
        await work.press("tab")
        assert _("Append") in work.text
        assert counted(changed=0, same=1) in work.text
        await work.press("enter", "enter")
        assert work.value("SELECT extra FROM contact WHERE name = '张伟'") in (None, "")

    play(new_file(tmp_path, lang), lang, story, size)


def test_escape_goes_back_and_leaves_nothing(tmp_path: Path, home: Path) -> None:
    desk = new_file(tmp_path, "en")

    async def story(work: AtWork) -> None:
        before = stored(work)
        await work.press("f3")
        replies = work.app.screen
        await choose(work, gb18030(home))
        await work.press("right", "tab", "space", "escape")
        assert at(work, ImportScreen)
        await work.press("escape")
        assert work.app.screen is replies, "back to where one came from"
        assert stored(work) == before
        assert not desk.with_name(".desk.db.import.json").exists()

    play(desk, "en", story)


def test_other_screens_can_be_looked_at_in_between(tmp_path: Path, home: Path) -> None:
    async def story(work: AtWork) -> None:
        await choose(work, gb18030(home))
        assert counted() in work.text
        await work.press("f2", "9", "1", "ctrl+o")
        assert at(work, PreviewScreen)
        told = _("{n} not to be contacted stay so", n=1)
        assert told in work.text, "counted anew: somebody refused meanwhile"
        await work.press("enter", "enter")
        assert work.state("张伟", "status") == "do_not_contact"

    play(new_file(tmp_path, "zh"), "zh", story)


def test_a_text_that_arrives_starts_nothing(tmp_path: Path, home: Path) -> None:
    async def story(work: AtWork) -> None:
        before = stored(work)
        await choose(work, gb18030(home))
        await work.paste("好的，下午3点见")
        await work.press("enter", gap=0.2)
        assert at(work, PreviewScreen)
        assert stored(work) == before

    play(new_file(tmp_path, "en"), "en", story)


def test_a_pasted_path_is_taken_as_terminals_write_it(tmp_path: Path, home: Path) -> None:
    (home / "my lists").mkdir()
    file = gb18030(home / "my lists")

    async def story(work: AtWork) -> None:
        await work.press("ctrl+o")
        await work.paste(str(file).replace(" ", "\\ "))
        await work.press("enter")
        assert at(work, PreviewScreen)

    play(new_file(tmp_path, "en"), "en", story)


# Rejected rows


@pytest.mark.parametrize("made", FILES.values(), ids=FILES)
def test_rejected_rows_go_into_a_file_that_can_be_mended(
    tmp_path: Path, home: Path, made: Callable[[Path], Path]
) -> None:
    file = made(home)
    rejects = file.with_name(f"guests-rejected{file.suffix}")

    async def story(work: AtWork) -> None:
        await choose(work, file)
        await work.press("enter", "ctrl+e")
        assert rejects.name in work.text
        await work.press("enter")
        assert "1 rows written" in work.text
        mended = open_contacts(rejects)
        assert [row.line for row in mended.rows()] == [2]
        first = rejects.read_bytes()

        await work.press("ctrl+e", "enter")
        assert "exists already" in work.text
        await work.press("1", "escape")
        assert rejects.read_bytes() == first
        rejects.write_bytes(b"old")
        await work.press("ctrl+e", "enter", "2")
        assert open_contacts(rejects).headings[2:] == GUESTS[0]

    play(new_file(tmp_path, "en"), "en", story)


def test_a_path_that_cannot_be_written_is_asked_for_again(tmp_path: Path, home: Path) -> None:
    async def story(work: AtWork) -> None:
        await choose(work, gb18030(home))
        await work.press("enter", "ctrl+e", "ctrl+u")
        await work.write("rejected.doc")
        await work.press("enter")
        assert "ends in .csv or .xlsx" in work.text
        await work.press("ctrl+u")
        await work.write("~/none/rejected.csv")
        await work.press("enter")
        assert "There is no folder" in work.text
        await work.press("escape")
        assert at(work, ResultScreen)

    play(new_file(tmp_path, "en"), "en", story)


# Drawing


def footer(keys: tuple[Key, ...]) -> list[str]:
    return [f"{key.sign} {_(key.label)}" for key in keys if key.footer]


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x36", "200x50"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_screen_fits_and_shows_its_keys(
    tmp_path: Path, home: Path, lang: Language, size: tuple[int, int]
) -> None:
    def whole(work: AtWork, keys: tuple[Key, ...]) -> None:
        assert len(work.lines) == size[1]
        assert max(map(cell_len, work.lines)) <= size[0]
        assert not [told for told in footer(keys) if told not in work.text]

    async def story(work: AtWork) -> None:
        await choose(work, gb18030(home))
        whole(work, tuple(key for key in COLUMN_KEYS if key is not SHEET_KEY))
        assert squeeze(_("The first rows as they would come in")) in work.squeezed
        await work.press("escape")
        whole(work, FILE_KEYS)
        assert _("TEXT") in work.text
        await work.press("enter", "enter")
        whole(work, RESULT_KEYS)
        assert counted() in work.text
        await work.press("f1")
        assert squeeze(_(ImportScreen.INTRO))[:20] in work.squeezed

    play(new_file(tmp_path, lang), lang, story, size)


def test_a_terminal_of_one_cell_breaks_nothing(tmp_path: Path, home: Path) -> None:
    async def story(work: AtWork) -> None:
        await choose(work, gb18030(home))
        await work.press("enter", "ctrl+e", "enter", "enter")

    for size in ((1, 1), (12, 4)):
        (home / "guests-rejected.csv").unlink(missing_ok=True)
        folder = tmp_path / f"{size[0]}"
        folder.mkdir()
        play(new_file(folder, "en"), "en", story, size)


def test_the_palette_opens_the_import(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        found = [c for c in work.app.get_system_commands(work.app.screen) if "Import" in c.title]
        assert len(found) == 1
        await found[0].callback()
        await work.settle()
        assert at(work, ImportScreen)

    play(new_file(tmp_path, "en"), "en", story)


def test_modes_are_both_explained() -> None:
    from tui.screens.importing.drawing import mode_line

    told = {"".join(text for text, _look in mode_line(mode)) for mode in Mode}
    assert len(told) == len(Mode)


def test_the_way_back_from_an_import_leads_to_the_file_it_was_begun_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    async def story(work: AtWork) -> None:
        await work.press("f6")
        contact = work.opened.person
        await choose(work, gb18030(tmp_path))
        await work.press("enter", "enter")
        assert isinstance(work.app.screen, PersonScreen), "nobody asks whose file"
        assert work.opened.person == contact

    play(new_file(tmp_path, "zh"), "zh", story)
