"""`duplicates`, `merge` and `unmerge`: what programs rely on, and what people read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell
from tests.test_cleaning_screen import doubled


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, doubled(tmp_path))


def test_duplicates_tell_class_score_and_reason(shell: Shell) -> None:
    found = shell.json("duplicates")
    assert found == [
        {"a": "1", "b": "2", "class": "surely", "score": 95, "because": "same phone, same name"},
        {
            "a": "3",
            "b": "4",
            "class": "perhaps",
            "score": 53,
            "because": "same company, names that sound alike, different chat ids",
        },
    ]
    assert "Anna Bell" in shell.text("duplicates")
    assert "确定" in shell.text("duplicates", "--lang", "zh")


def test_merge_of_two_is_resolved_by_the_old_id_and_given_back(shell: Shell) -> None:
    shell.json("log", "4", "friendly")
    shell.json("refuse", "4", "--reason", "leave me alone")
    merged = shell.json("merge", "3", "4")
    assert (merged["contact"], merged["merged"]) == ("3", "4")
    assert merged["status"] == "do_not_contact"
    told = [event["kind"] for event in shell.json("timeline", "4")]
    assert told == ["added", "added", "reaction", "refused", "merged"]
    assert [c["contact"] for c in shell.json("find", "Cole Ben")] == ["3"]
    assert shell.json("send", "4", code=1)["contact"] == "3"
    back = shell.json("unmerge", "4")
    assert (back["contact"], back["given_back"]) == ("3", "4")
    assert shell.json("send", "4", code=1)["contact"] == "4"


def test_merge_of_all_that_are_sure_is_one_step(shell: Shell) -> None:
    wanted = [{"contact": "1", "merged": "2"}]
    assert shell.json("merge", "--sure", "--dry-run") == {"event": None, "merged": wanted}
    assert len(shell.json("duplicates")) == 2
    assert shell.json("merge", "--sure")["merged"] == wanted
    assert shell.json("merge", "--sure") == {"event": None, "merged": []}
    assert shell.json("undo")["what"] == "cleaned"
    assert len(shell.json("duplicates")) == 2


@pytest.mark.parametrize("merge", [("3", "4"), ("--sure",)], ids=["two", "all that are sure"])
def test_backup_is_made_before_contacts_are_merged(shell: Shell, merge: tuple[str, ...]) -> None:
    assert shell.json("merge", *merge)["event"]
    (made,) = shell.json("backup", "list")
    assert (made["what"], made["ok"]) == ("merge", True)
    before = events_of(shell)[: made["events"]]
    assert "merged" not in {kind for (kind,) in before}
    assert "merged" in {kind for (kind,) in events_of(shell)}


def test_merge_of_nobody_needs_no_backup(shell: Shell) -> None:
    shell.json("merge", "--sure", "--dry-run")
    shell.json("merge", "3", "99", code=1)
    assert shell.json("backup", "list") == []


def events_of(shell: Shell) -> list[tuple[str]]:
    with closing(sqlite3.connect(shell.database)) as disk:
        return disk.execute("SELECT kind FROM event ORDER BY seq").fetchall()


WRONG = {
    "nothing named": ((), 2),
    "one alone": (("1",), 2),
    "one and --sure": (("1", "--sure"), 2),
    "a dry run of two": (("1", "2", "--dry-run"), 2),
    "one with itself": (("1", "1"), 1),
    "nobody": (("1", "9999"), 1),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_merge_is_refused(shell: Shell, case: str) -> None:
    arguments, code = WRONG[case]
    assert shell.run("merge", *arguments).code == code


@pytest.mark.parametrize("who", ["1", "9999"])
def test_unmerge_of_what_was_never_merged_is_refused(shell: Shell, who: str) -> None:
    answer = shell.run("unmerge", who)
    assert answer.code == 1
    assert f"contact {who} was not merged" in answer.err


def test_desk_without_duplicates_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    assert shell.json("duplicates") == []
    assert "no duplicates found" in shell.text("duplicates")
    assert "no pair is surely one person" in shell.text("merge", "--sure")
