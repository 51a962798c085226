"""`lists`, `why` and `rules test`: what programs rely on, and what people read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sop_content import shipped
from store.lock import take_lock
from tests.app_kit import names, new_file
from tests.shell_kit import Shell

ANNA, *_REST = names("en")
WEDNESDAY = "2026-03-04T10:00+08:00"
LISTS = [
    "high_intent",
    "interest",
    "ready_for_next_stage",
    "revisit",
    "low_interaction",
    "recall",
    "paused",
]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk with the seven of the English file; the first one explored a topic."""
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    shell.json("log", "1", "exploring", "--interest", "planning, quotes")
    return shell


def test_every_list_is_told_with_what_is_due(shell: Shell) -> None:
    found = shell.json("lists")
    assert [row["list"] for row in found] == LISTS
    assert [(r["list"], r["due"], r["total"]) for r in found if r["total"]] == [("interest", 1, 1)]
    assert "1 due of 1" in shell.text("lists")


@pytest.mark.parametrize("name", ["interest", "Interest"], ids=["its id", "its name"])
def test_a_list_tells_who_when_and_why(shell: Shell, name: str) -> None:
    (row,) = shell.json("lists", name)
    assert (row["contact"], row["name"], row["due_on"]) == ("1", ANNA, "2026-03-02")
    assert row["reason_of_sop"] == "wanted to know more 0 days ago, interest points known: 2"
    assert row["interest"] == ["planning", "quotes"]
    told = shell.text("lists", name)
    assert ANNA in told
    assert row["reason_of_sop"] in told
    assert "Nobody stands on this list." in shell.text("lists", "paused")


def test_a_list_that_is_none_is_refused_with_those_there_are(shell: Shell) -> None:
    answer = shell.run("lists", "nope")
    assert answer.code == 1
    assert 'there is no list "nope"' in answer.err
    assert "low_interaction" in answer.err
    assert shell.run("lists", "--export", "x.csv").code == 2


def test_lists_are_of_the_day_on_which_they_are_read(shell: Shell) -> None:
    (before,) = shell.json("lists", "interest")
    (after,) = shell.json("lists", "interest", SIYU_NOW=WEDNESDAY)
    assert before["reason_of_sop"].startswith("wanted to know more 0 days")
    assert after["reason_of_sop"].startswith("wanted to know more 2 days")
    read = "status = active, last_reaction = exploring, days_since_exploring = 2"
    assert after["reason"] == read
    answer = shell.run("lists", SIYU_NOW=WEDNESDAY)
    assert (answer.code, answer.err) == (0, "")


def test_while_a_desk_is_open_its_lists_are_read_and_their_day_is_told(shell: Shell) -> None:
    lock = take_lock(shell.database, "desk", "2026-03-04 09:00", lambda _holder: False)
    try:
        answer = shell.run("lists", "--json", SIYU_NOW=WEDNESDAY)
    finally:
        lock.release()
    assert answer.code == 0
    assert len(answer.document) == len(LISTS)
    assert "These lists are of 2026-03-02" in answer.err
    assert shell.run("lists", SIYU_NOW=WEDNESDAY).err == ""


def test_why_tells_every_rule_with_the_values_it_read(shell: Shell) -> None:
    found = {row["rule"]: row for row in shell.json("why", ANNA)}
    assert list(found) == [*LISTS, "priority 1", "priority 2", "priority 3"]
    interest = found["interest"]
    assert interest["matched"] is True
    read = {"status": "active", "last_reaction": "exploring", "days_since_exploring": 0}
    assert interest["facts"] == read
    assert (interest["since"], interest["due_on"]) == ("2026-03-02", "2026-03-02")
    assert (found["paused"]["matched"], found["paused"]["due_on"]) == (False, None)
    told = shell.text("why", ANNA)
    assert "✓ Interest" in told
    assert "✓ last_reaction = 'exploring' · holds: it is exploring" in told
    assert "✗ status = 'paused' · does not hold: it is active" in told
    assert {"part": "last_reaction = 'exploring'", "depth": 1, "holds": True} in interest["parts"]
    assert shell.run("why", "nobody at all").code == 1


def test_rules_are_tried_and_nothing_changes(shell: Shell, tmp_path: Path) -> None:
    exploring = "last_reaction = 'exploring'\n      or days_since_exploring <= 30"
    sop = edited(tmp_path, exploring, "last_reaction = 'positive'")
    before = shell.database.read_bytes()
    found = {row["rule"]: row for row in shell.json("rules", "test", "--sop", str(sop))}
    assert found["interest"] == {"rule": "interest", "now": 0, "added": 0, "removed": 1}
    assert f"-{ANNA[:10]}" in shell.text("rules", "test", "--sop", str(sop))
    late = shell.json("rules", "test", SIYU_NOW="2026-03-16T10:00+08:00")
    pressing = {row["rule"]: (row["now"], row["added"]) for row in late}["priority 3"]
    assert pressing[0] == pressing[1] > 0
    assert shell.database.read_bytes() == before
    assert {row["rule"]: row["now"] for row in shell.json("rules", "test")}["interest"] == 1


def edited(folder: Path, old: str, new: str) -> Path:
    """The SOP that ships with one place of its rules changed."""
    sop = folder / "edited"
    sop.mkdir()
    for path in shipped("en").rglob("*.yaml"):
        place = sop / path.relative_to(shipped("en"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return sop


def test_a_list_is_written_into_a_file_and_never_over_one_unasked(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "interest.csv"
    assert shell.json("lists", "interest", "--export", str(file)) == {
        "rows": 1,
        "file": str(file),
    }
    heading, row, *_ = file.read_text("utf-8-sig").splitlines()
    assert '"reason"' in heading
    assert ANNA in row
    assert shell.run("lists", "interest", "--export", str(file)).code == 1
    assert shell.run("lists", "interest", "--export", str(file), "--replace").code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_that_can_only_be_read_is_read(shell: Shell) -> None:
    shell.json("lists")
    shell.database.chmod(0o400)
    answer = shell.run("lists", "--json", SIYU_NOW=WEDNESDAY)
    assert answer.code == 0
    assert "These lists are of" in answer.err


def test_who_is_not_to_be_contacted_is_on_no_list_and_why_says_so(shell: Shell) -> None:
    shell.json("refuse", "1", "--reason", "leave me alone")
    assert {row["total"] for row in shell.json("lists")} == {0}
    found = {row["rule"]: row for row in shell.json("why", "1")}
    assert found["interest"]["matched"] is False
    assert found["interest"]["facts"]["status"] == "do_not_contact"


def test_today_has_the_most_pressing_first(shell: Shell) -> None:
    shell.json("log", "2", "positive")
    due = [row["contact"] for row in shell.json("today", "--stage", "lead")["due"]]
    assert due.index("1") == 0
