"""`sop draft` at a desk with a past: the files, the replies in them, and that nothing else is
written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rules.nouns import Reaction
from sop_content import shipped
from store import verbs
from store.connection import connect
from tests.app_kit import NOW
from tests.shell_kit import Shell
from tests.test_candidates import HEADINGS, csv
from tui.demo.desk import demo_desk, make
from tui.opening import Chosen, desk

DROPPED, REWRITTEN = (
    ["consultant_day", "benchmark_report"],
    ["board_before_after", "promise_date_method"],
)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with four months behind it."""
    path = tmp_path_factory.mktemp("past") / "desk.db"
    make(demo_desk(Chosen(), path, "en"), "en")
    return path


@pytest.fixture
def shell(past: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    shutil.copyfile(past, tmp_path / "desk.db")
    return Shell(monkeypatch, tmp_path / "desk.db")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_draft_keeps_drops_and_tells_why(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    told = shell.json("sop", "draft", str(folder))
    assert (told["version"], told["from"]) == ("2.0", "1.0")
    assert sorted(told["drop"]) == sorted(DROPPED)
    assert sorted(told["rewrite"]) == sorted(REWRITTEN)
    assert told["files"] == [*dict.fromkeys(told["files"])]
    assert sorted(told["files"]) == sorted(tree(folder))
    assert {one["was"] for one in (*told["filled"], *told["left_out"])} == set(DROPPED)
    checked = shell.json("sop", "check", str(folder))
    assert checked["ok"]
    assert [p["rule"] for p in checked["problems"]] == ["rewrite"] * len(REWRITTEN)
    texts = "\n".join(data.decode() for data in tree(folder).values())
    assert texts.count("# REWRITE: ") == 4
    assert "# ✕ rejecting: " in texts
    page = (folder / "DRAFT.md").read_text("utf-8")
    assert "How small manufacturers plan today" in page
    assert all(len(line.split(" | ")) in (1, 2, 4, 8) for line in page.splitlines())
    scripts = page[page.index("## Scripts to write anew") : page.index("## ✗ drop")]
    assert scripts.count("**script ") == 4
    assert scripts.count("this script: ") == scripts.count("Trend: ") == 4
    assert "- ✕ rejecting: " in scripts


def test_draft_fills_gaps_from_candidates_and_the_check_tells_what_is_to_write(
    shell: Shell, tmp_path: Path
) -> None:
    rows = (
        ("How to plan an hour: a guide", "https://example.com/d", "2026-03-01", "49"),
        ("How to plan a week: a guide", "https://example.com/a", "2026-02-20", "900"),
        ("How to plan a day: a guide", "https://example.com/b", "2026-02-20", "90"),
        ("Our team of the year", "https://example.com/c", "2023-02-20", "9000"),
    )
    folder = tmp_path / "new"
    told = shell.json(
        "sop", "draft", str(folder), "--candidates", str(csv(tmp_path, HEADINGS, *rows))
    )
    (filled,) = [one for one in told["filled"] if one["was"] == "benchmark_report"]
    assert (filled["sequence"], filled["content"]) == ("leads", "new_01")
    assert told["to_write"] == ["new_01"]
    checked = shell.json("sop", "check", str(folder))
    assert checked["ok"]
    others = [p for p in checked["problems"] if p["rule"] != "rewrite"]
    assert [(p["rule"], p["file"]) for p in others] == [
        ("reply_line", "content/new.yaml"),
        ("todo", "content/new.yaml"),
    ]
    diff = shell.json("sop", "diff", str(folder))
    assert diff["counts"] | {"version": "2.0", "added": 1, "gone": 3} == diff["counts"]


def test_reply_with_signs_of_yaml_and_a_phone_stays_a_comment(shell: Shell, tmp_path: Path) -> None:
    latest = (
        "SELECT contact FROM touch t WHERE content = 'promise_date_method' AND day > ? - 14"
        " AND seq = (SELECT MAX(seq) FROM touch WHERE contact = t.contact)"
    )
    said = "stop\n- id: evil\u2028x: &a *a call 13912345678"
    environ = {"SIYU_NOW": NOW}
    with desk(Chosen(shell.database, shipped("en"), "op1", environ), writes="test") as opened:
        now = opened.clock()
        (contact,) = opened.db.execute(latest, (now.day,)).fetchone()
        verbs.react(opened.db, opened.shift, now, contact, Reaction.REJECTING, {"reply": said})
    folder = tmp_path / "new"
    shell.json("sop", "draft", str(folder))
    assert "      # ✕ rejecting: stop - id: evil x: &a *a call ☎…\n" in (
        folder / "content" / "function.yaml"
    ).read_text("utf-8")
    problems = shell.json("sop", "check", str(folder))["problems"]
    assert {problem["rule"] for problem in problems} == {"rewrite"}


@pytest.mark.parametrize("there", [".git", "notes.txt", "sop.yaml"])
def test_folder_that_is_not_empty_is_left_alone(shell: Shell, tmp_path: Path, there: str) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / there).write_text("mine")
    answer = shell.run("sop", "draft", str(folder))
    assert answer.code == 1
    assert "is not empty" in answer.err
    assert tree(folder) == {there: b"mine"}


def test_desk_is_only_read(shell: Shell, tmp_path: Path) -> None:
    before = events(shell.database)
    shell.json("sop", "draft", str(tmp_path / "new"))
    assert events(shell.database) == before


def events(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT COUNT(*) FROM event").fetchone()[0])


@pytest.mark.parametrize("broken", ["write_bytes", "rename"])
def test_draft_that_fails_leaves_nothing(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_told: object) -> Callable[[], None]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, broken, fail)
        answer = shell.run("sop", "draft", str(tmp_path / "new"))
    assert answer.code == 1
    assert "No space left" in answer.err
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".*.new"))


def test_desk_without_a_past_gives_the_same_sop_under_another_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connect(tmp_path / "empty.db").close()
    shell = Shell(monkeypatch, tmp_path / "empty.db")
    told = shell.json("sop", "draft", str(tmp_path / "new"))
    assert (told["drop"], told["rewrite"], told["premium"]) == ([], [], [])
    assert len(told["undecided"]) == 47
    changes = shell.json("sop", "diff", str(tmp_path / "new"))["changes"]
    assert [one["id"] for one in changes] == ["version"]
    assert "47" in shell.text("sop", "draft", str(tmp_path / "again"), "--lang", "zh")


def test_text_tells_what_to_rewrite_and_what_would_fill_a_gap(shell: Shell, tmp_path: Path) -> None:
    told = shell.text("sop", "draft", str(tmp_path / "new"))
    assert f"{len(REWRITTEN)} to rewrite" in told
    assert ("--candidates FILE" in told) == (" 0 left out" not in told)
