"""What an import puts in the place of what is known: shown before anything is written."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from store.exchange.contacts import open_contacts
from store.importing import Mode
from store.rows_known import replaced
from tests.app_kit import MIDDLE, SMALL, AtWork, new_file, play
from tests.desk_kit import new_desk, row
from tests.import_kit import at, choose, stored
from tests.shell_kit import Shell
from tui.screens.importing.preview import PreviewScreen
from tui.screens.importing.result import ResultScreen
from tui.screens.scrolled import ScrolledScreen
from tui.words import Language

HEADINGS = ("姓名", "手机", "企业", "阶段", "负责人")
CHANGED = (
    ("张伟强", "13800000001", "别家一", "成单", "小王"),
    ("新人", "13900000099", "别家二", "潜客", "小王"),
)
"""Somebody known by the phone, under another name, of another company; and somebody new."""
BEFORE = (("张伟", "138 0000 0001", "新禾", "潜客", "op1"),)


def written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


VALUES: dict[str, tuple[dict[str, str], dict[str, str], list[tuple[str, str, str]]]] = {
    "another value": ({"company": "新禾"}, {"company": "云链"}, [("company", "新禾", "云链")]),
    "nothing stood there": ({}, {"company": "云链"}, []),
    "a tag more": ({"tags": "a"}, {"tags": "a,b"}, []),
    "an extra field more": ({"extra": '{"x": "1"}'}, {"extra": '{"x": "1", "y": "2"}'}, []),
    "an extra field otherwise": (
        {"extra": '{"x": "1"}'},
        {"extra": '{"x": "2"}'},
        [("x", "1", "2")],
    ),
}


@pytest.mark.parametrize(("known", "changes", "expected"), VALUES.values(), ids=VALUES)
def test_only_what_takes_the_place_of_something_is_replaced(
    known: dict[str, str], changes: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    found = replaced(2, known, changes)
    assert [(one.field, one.before, one.value) for one in found] == expected


def test_a_number_that_is_written_otherwise_is_no_change(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.add("张伟", phone="138 0000 0001")
    done = desk.take([row("张伟", 2, phone="+8613800000001")])
    assert (done.same, done.changed, done.replaced) == (1, 0, 0)


def test_new_contacts_alone_count_for_their_owners(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.add("张伟", phone="13800000001")
    rows = [
        row("张伟", 2, phone="13800000001", owner="小王", stage="在谈"),
        row("新人", 3, phone="13900000099", owner="小王", stage="在谈"),
    ]
    done = desk.take(rows, mode=Mode.UPDATE)
    assert (dict(done.owners), dict(done.unknown_stages)) == ({"小王": 1}, {"在谈": 1})


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80 columns", "120 columns"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_conflicts_are_shown_before_and_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    before = written(tmp_path / "before.csv", BEFORE)
    file = written(tmp_path / "conflicts.csv", CHANGED)

    async def story(work: AtWork) -> None:
        await choose(work, before)
        await work.press("enter", "enter")
        events = stored(work)
        await choose(work, file)
        assert at(work, PreviewScreen)
        assert "张伟 → 张伟强" in work.text, "the change of name stands in the preview"
        assert "成单" not in first_rows(work), "the contact's own stage stays"
        assert "小王 1" in work.text, "the known contact stays whose it is"

        await work.press("2")
        assert at(work, ScrolledScreen)
        assert "新禾精密 → 别家一" in work.text or "新禾 → 别家一" in work.text
        await work.press("escape")
        assert stored(work) == events, "nothing is written by looking"

        await work.press("enter")
        assert at(work, ResultScreen)
        assert "张伟 → 张伟强" in work.text
        assert "新禾" in work.text

    play(new_file(tmp_path, lang), lang, story, size)


def first_rows(work: AtWork) -> str:
    """The pane of the first rows."""
    from tui.widgets.lines import Lines

    lines = work.app.screen.query_one("#rows", Lines).lines
    return "\n".join("".join(text for text, _look in line) for line in lines)


def test_the_command_says_how_the_file_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("姓名;手机\n张伟;13800000001\n李芳;13800000002\n".encode("gb18030"))
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    told = shell.run("--lang", "en", "import", "--dry-run", str(file))
    assert "GB18030 (GBK) · semicolon · headings in line 1" in told.out
    assert shell.json("import", "--dry-run", str(file))["read"] == {
        "sheet": "",
        "encoding": "gb18030",
        "delimiter": ";",
        "headings": 1,
    }
    assert open_contacts(file).size_hint == 2
