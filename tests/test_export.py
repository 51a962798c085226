"""Exports of a list: every row of it, safe in a spreadsheet, never over a file unasked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from store.exchange.contacts import ContactRow, open_contacts
from store.lock import take_lock
from tests.app_kit import PEOPLE, SMALL, AtWork, csv_of, names, new_file, play
from tests.shell_kit import Shell
from tests.test_content_screen import worked
from tui import due_table
from tui.due_table import headings
from tui.screens import exporting
from tui.screens.steps import screen as steps
from tui.screens.today import due_list
from tui.screens.working import WorkDialog
from tui.words import Language, _, set_language

LEADS = 4


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def table(path: Path) -> list[list[str]]:
    """A CSV as it stands."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


async def export_to(work: AtWork, path: Path) -> None:
    await work.press("ctrl+e", "ctrl+u")
    await work.paste(str(path))
    await work.press("enter")


# From Today


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_stage_that_is_shown_is_written(tmp_path: Path, home: Path, lang: Language) -> None:
    first = names(lang)[0]

    async def story(work: AtWork) -> None:
        script = work.script
        await work.press("ctrl+e")
        assert "siyu-today-lead-2026-03-02.csv" in work.text
        await work.press("enter")
        made = home / "siyu-today-lead-2026-03-02.csv"
        assert str(LEADS) in work.message
        heads, *rows = table(made)
        assert tuple(heads) == headings()
        assert [row[0] for row in rows] == names(lang)[:LEADS]
        told = dict(zip(heads, rows[0], strict=True))
        cells = PEOPLE[lang].splitlines()[1].split(",")
        assert (told[_("phone")], told[_("company")], told[_("title")]) == tuple(cells[1:4])
        assert (told[_("owner")], told[_("due on")]) == ("op1", "2026-03-02")
        assert (told[_("last message")], told[_("last reaction")]) == ("", "")
        assert "".join(told[_("script")].split())[:30] in script
        assert first in told[_("name")]

        await work.press("right")
        await export_to(work, home / "mql.xlsx")
        sheet = load_workbook(home / "mql.xlsx").active
        assert sheet is not None
        found = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert found[0] == list(headings())
        assert [row[0] for row in found[1:]] == names(lang)[4:6]

    play(new_file(tmp_path, lang), lang, story, SMALL)


def test_all_rows_are_written_not_only_those_that_were_read(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_list, "PAGE", 3)
    monkeypatch.setattr(due_table, "PAGE", 4)
    people = [(f"P{n:02}", f"139000000{n:02}", "", "lead") for n in range(30)]

    async def story(work: AtWork) -> None:
        assert len(work.today.due.rows) < len(people)
        await export_to(work, home / "all.csv")
        assert [row[0] for row in table(home / "all.csv")[1:]] == [p[0] for p in people]

    play(new_file(tmp_path, "en", csv_of("en", people)), "en", story)


def test_what_came_last_stands_in_the_row(tmp_path: Path, home: Path) -> None:
    desk, (first, *_rest) = new_file(tmp_path, "en"), names("en")

    async def monday(work: AtWork) -> None:
        await work.press("enter", "enter", "2")

    async def later(work: AtWork) -> None:
        await export_to(work, home / "later.csv")
        heads, *rows = table(home / "later.csv")
        told = next(dict(zip(heads, r, strict=True)) for r in rows if r[0] == first)
        assert told["last message"].startswith("2026-03-02 ")
        assert told["last reaction"] == "positive"
        assert told["step"].endswith(" · 2")

    play(desk, "en", monday)
    play(desk, "en", later, now="2026-03-09T09:40+08:00")


def test_a_file_that_exists_is_replaced_only_after_a_yes(tmp_path: Path, home: Path) -> None:
    path = home / "list.csv"
    path.write_text("mine")

    async def story(work: AtWork) -> None:
        await export_to(work, path)
        assert "exists already" in work.text
        await work.press("enter", "escape")
        assert path.read_text() == "mine"
        await work.press("enter", "1")
        assert path.read_text() == "mine"
        await work.press("enter", "2")
        assert len(table(path)) == 1 + LEADS

    play(new_file(tmp_path, "en"), "en", story)


def test_a_file_that_may_not_be_written_stays_and_is_told(tmp_path: Path, home: Path) -> None:
    path = home / "kept.csv"
    path.write_text("mine")
    path.chmod(0o400)

    async def story(work: AtWork) -> None:
        await export_to(work, path)
        await work.press("2")
        assert "was not written" in work.message
        assert path.read_text() == "mine"
        assert [each.name for each in home.iterdir()] == ["kept.csv"]

    play(new_file(tmp_path, "en"), "en", story)


def test_a_long_list_is_written_behind_a_bar(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "SHORT", 1)

    async def story(work: AtWork) -> None:
        await export_to(work, home / "long.csv")
        await work.until(lambda: not isinstance(work.app.screen, WorkDialog))
        assert len(table(home / "long.csv")) == 1 + LEADS

    play(new_file(tmp_path, "en"), "en", story)


def test_nothing_that_a_stranger_wrote_is_a_formula(tmp_path: Path, home: Path) -> None:
    people = [
        ("=cmd|'/c calc'!A1", "13900000001", "＝1+1", "lead"),
        ("@x", "+8613900000002", "-1", "lead"),
    ]

    async def story(work: AtWork) -> None:
        await export_to(work, home / "a.csv")
        live = [c for row in table(home / "a.csv")[1:] for c in row if c[:1] in "=+-@＝" and c]
        assert not live
        assert "'=cmd|" in (home / "a.csv").read_text("utf-8-sig")
        await export_to(work, home / "a.xlsx")
        sheet = load_workbook(home / "a.xlsx").active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s", "d"}, "text, and days; no formula"
        assert {sheet.cell(1, c.column).value for c in cells if c.is_date} == {"due on"}
        read = open_contacts(home / "a.csv").rows()
        again = [row.name for row in read if isinstance(row, ContactRow)]
        assert again == [person[0] for person in people]

    play(new_file(tmp_path, "en", csv_of("en", people)), "en", story)


def test_nobody_due_makes_a_file_of_headings(tmp_path: Path, home: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("left")
        await export_to(work, home / "none.csv")
        assert table(home / "none.csv") == [list(headings())]

    play(new_file(tmp_path, "en"), "en", story)


# From the screens that look back


def test_the_figures_of_the_contents_are_written_as_they_are_filtered(
    tmp_path: Path, home: Path
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5")
        await export_to(work, home / "content.csv")
        heads, *rows = table(home / "content.csv")
        told = [dict(zip(heads, row, strict=True)) for row in rows]
        (template,) = (row for row in told if "schedule" in row["content"].casefold())
        assert [template[head] for head in heads[3:9]] == ["3", "1", "1", "0", "1", "0"]
        await work.press("1")
        await export_to(work, home / "form.xlsx")
        sheet = load_workbook(home / "form.xlsx").active
        assert sheet is not None
        assert sheet.max_row < 1 + len(rows)

    play(worked(tmp_path), "en", story)


def test_the_replies_behind_a_content_are_written_with_their_words(
    tmp_path: Path, home: Path
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5", "down", "enter", "2")
        await export_to(work, home / "replies.csv")
        await work.until(lambda: not isinstance(work.app.screen, WorkDialog))
        heads, *rows = table(home / "replies.csv")
        (told,) = [dict(zip(heads, row, strict=True)) for row in rows]
        assert (told["reaction"], told["reply"]) == ("positive", "just what we need")
        assert told["sent on"] == "2026-03-02"

    play(worked(tmp_path), "en", story)


def test_every_step_is_written_also_those_that_were_not_read(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "PAGE", 2)

    async def story(work: AtWork) -> None:
        await work.press("1", "f10", "enter")
        await export_to(work, home / "steps.csv")
        await work.until(lambda: not isinstance(work.app.screen, WorkDialog))
        heads, *rows = table(home / "steps.csv")
        told = [dict(zip(heads, row, strict=True)) for row in rows]
        assert [row["what was done"] for row in told[:2]] == ["friendly", "note"]
        assert [row["taken back"] for row in told[:2]] == ["yes", ""]
        assert len(told) == 1 + 5 * 2 + 1 + 1, "the press, sends and reactions, a note, the import"

    play(worked(tmp_path), "en", story)


# From the command line


def test_the_command_writes_all_stages_or_one(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    assert shell.json("export", str(path)) == {"rows": 7, "file": str(path)}
    assert [row[0] for row in table(path)[1:]] == names("en")
    one = tmp_path / "one.xlsx"
    assert shell.json("export", "--stage", "MQL", str(one))["rows"] == 2
    assert shell.json("export", str(one), "--replace", "--stage", "sql")["rows"] == 1


def test_the_command_speaks_the_language_that_is_set(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "zh.csv"
    shell.run("export", str(path), "--lang", "zh")
    set_language("zh")
    try:
        assert table(path)[0] == list(headings())
    finally:
        set_language("en")


def test_the_command_works_while_the_desk_is_open(shell: Shell, tmp_path: Path) -> None:
    lock = take_lock(shell.database, "desk", "2026-03-02 09:00", lambda _holder: False)
    try:
        assert shell.run("export", str(tmp_path / "a.csv")).code == 0
    finally:
        lock.release()


REFUSED = {
    "a file that exists": (("list.csv",), "exists already"),
    "an unknown stage": (("new.csv", "--stage", "gold"), 'no stage "gold"'),
    "no known ending": (("new.pdf",), "its ending says no format"),
    "a folder that is not there": (("none/new.csv",), "was not written"),
}


@pytest.mark.parametrize(("arguments", "told"), REFUSED.values(), ids=REFUSED)
def test_the_command_refuses(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "list.csv").write_text("mine")
    name, *options = arguments
    answer = shell.run("export", str(tmp_path / name), *options)
    assert answer.code == 1
    assert told in answer.err
    assert (tmp_path / "list.csv").read_text() == "mine"
    assert not (tmp_path / "new.csv").exists()


# The meaning of columns, from a file


def test_a_mapping_from_a_file_gives_columns_a_meaning(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Kunde X;Rufnr;phone\nHans;0171;0172\n")
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Kunde X": "name", "Rufnr": "phone", "phone": ""}))
    done = shell.json("import", str(tmp_path / "odd.csv"), "--mapping", str(mapping))
    assert done["new"] == 1
    found = shell.json("find", "0171")
    assert [each["name"] for each in found] == ["Hans"]


MAPPINGS = {
    "no JSON": ("name", "is no mapping"),
    "a list": ("[]", "is no mapping"),
    "numbers": ('{"Kunde X": 1}', "is no mapping"),
    "an unknown field": ('{"Kunde X": "nmae"}', "cannot become nmae"),
}


@pytest.mark.parametrize(("text", "told"), MAPPINGS.values(), ids=MAPPINGS)
def test_a_mapping_that_is_none_is_refused(
    shell: Shell, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "odd.csv").write_text("Kunde X;Rufnr\nHans;0171\n")
    (tmp_path / "mapping.json").write_text(text)
    answer = shell.run(
        "import", str(tmp_path / "odd.csv"), "--mapping", str(tmp_path / "mapping.json")
    )
    assert answer.code == 1
    assert told in answer.err


def test_a_mapping_that_is_not_there_is_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name\nHans\n")
    answer = shell.run("import", str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "no.json"))
    assert (answer.code, "no.json" in answer.err) == (1, True)


def test_nobody_who_refused_under_any_name_is_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row with a phone and a script is an offer to write, whoever reads the file."""
    people = (
        "Full Name,Phone,Stage,Id\n"
        "Anna,13800000001,lead,wmAAAA0001\nAlso Anna,13800000001,lead,wmAAAA0002\n"
        "Ben,13800000002,lead,wmAAAA0003\n"
    )
    shell = Shell(monkeypatch, new_file(tmp_path, "en", people))
    shell.json("log", "Also Anna", "exploring")
    shell.json("refuse", "Anna", "--reason", "no more")
    for arguments in (("export",), ("lists", "interest", "--export")):
        path = tmp_path / f"{arguments[0]}.csv"
        shell.run(*arguments, str(path))
        assert "Anna" not in path.read_text("utf-8-sig")
    rows = table(tmp_path / "export.csv")
    assert [row[0] for row in rows[1:]] == ["Ben"]


def test_a_script_that_waits_for_its_hours_is_written_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    set_language("en")
    shell.json("export", str(tmp_path / "night.csv"), SIYU_NOW="2026-03-02T23:00+08:00")
    heads, *rows = table(tmp_path / "night.csv")
    night = dict(zip(heads, rows[0], strict=True))
    assert night["script"], "it goes in the morning"
    assert night["may not go now"] == "sends go out between 09:00 and 21:00"
