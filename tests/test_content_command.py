"""`content`: the document that programs rely on, and the table for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell

COUNTS = {"sends", "friendly", "positive", "exploring", "rejecting", "lost"}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk with the seven of the English file, nothing sent."""
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def test_a_new_desk_has_nothing_to_tell(shell: Shell) -> None:
    assert shell.json("content") == []
    assert "Nothing was sent yet" in shell.text("content")


def test_every_content_that_was_sent_is_told_with_its_figures(shell: Shell) -> None:
    sends = [shell.json("send", contact) for contact in ("1", "2", "3")]
    shell.json("log", "1", "positive")
    shell.json("log", "2", "lost")
    found = shell.json("content")
    assert sum(row["sends"] for row in found) == 3
    (row,) = [row for row in found if row["content"] == sends[0]["content"]]
    assert row["version"] == "1.0"
    assert row["verdict"] == "undecided"
    assert row["reason"] == "3 sends so far, judged from 30"
    assert {name: row[name] for name in COUNTS} == {
        **dict.fromkeys(COUNTS, 0),
        "sends": 3,
        "positive": 1,
        "lost": 1,
    }


@pytest.mark.parametrize("part", ["variants", "stages"])
def test_variants_and_stages_add_up_to_their_content(shell: Shell, part: str) -> None:
    for contact in ("1", "2", "3", "5"):
        shell.json("send", contact, "--content", "schedule_template")
    shell.json("log", "5", "3")
    (row,) = [row for row in shell.json("content") if row["content"] == "schedule_template"]
    for name in COUNTS:
        assert sum(one[name] for one in row[part]) == row[name]
    assert all(one["verdict"] == "undecided" for one in row[part])
    names = {one[part.removesuffix("s")] for one in row[part]}
    assert names == ({"lead", "mql"} if part == "stages" else names & {"a", "b", "c"})


def test_an_undone_reaction_is_gone(shell: Shell) -> None:
    shell.json("send", "1")
    shell.json("log", "1", "1")
    assert shell.json("content")[0]["friendly"] == 1
    shell.json("undo")
    assert shell.json("content")[0]["friendly"] == 0


def test_reasons_are_english_for_programs_and_the_titles_are_for_people(shell: Shell) -> None:
    shell.json("send", "1", "--content", "schedule_template")
    assert "judged from 30" in shell.json("content", "--lang", "zh")[0]["reason"]
    assert "One-week production schedule" in shell.text("content")
