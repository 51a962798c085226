"""`sop check`: findings of the practice at their places, and what lint.yaml may say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pytest

from rules.lint_rules import Gravity, LintLimits, LintRule
from sop_content import shipped
from sop_content.cache import open_sop
from sop_content.reader import read_sop
from tests.app_kit import new_file
from tests.shell_kit import Shell
from tests.test_sop_reading import GOOD, write

KEYS = ["file", "line", "column", "severity", "message", "accepted", "proposal", "rule"]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    """No desk at all: the SOP can be checked before anybody is imported."""
    return Shell(monkeypatch, tmp_path / "desk.db")


def lint_yaml(folder: Path, text: str, files: Mapping[str, str] = GOOD) -> Path:
    return write(folder / "sop", {**files, "lint.yaml": text})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("now", ["2026-03-02T09:40+08:00", "2031-03-02T09:40+08:00"])
def test_shipped_sop_has_nothing_to_mend_and_does_not_age(
    shell: Shell, language: str, now: str
) -> None:
    told = shell.json("sop", "check", str(shipped(language)), SIYU_NOW=now)
    assert told == {"ok": True, "problems": []}


def test_findings_stand_at_their_places(shell: Shell, tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", GOOD)
    told = shell.json("sop", "check", str(folder))
    assert told["ok"]
    assert all(list(problem) == KEYS for problem in told["problems"])
    found = [(p["rule"], p["file"], p["line"], p["column"]) for p in told["problems"]]
    assert found == [
        ("second_form", "content/case.yaml", 2, 9),
        ("reply_line", "content/case.yaml", 2, 9),
        ("reply_with", "content/table.yaml", 2, 9),
        ("reply_line", "content/table.yaml", 15, 13),
    ]
    assert {p["severity"] for p in told["problems"]} == {"warning"}
    assert all(p["message"] and p["proposal"] for p in told["problems"])
    text = shell.run("sop", "check", str(folder)).out
    assert "content/table.yaml:15:13: warning: script b of" in text
    assert "The SOP can be used." in text


def test_content_too_old_is_told_by_the_day_of_the_clock(shell: Shell, tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", GOOD)

    def ages(now: str) -> list[str]:
        told = shell.json("sop", "check", str(folder), SIYU_NOW=now)
        return [p["message"] for p in told["problems"] if p["rule"] == "age"]

    assert ages("2027-01-12T12:00+08:00") == []
    assert ages("2027-01-13T12:00+08:00") == [
        '"排产表模板" was published 366 days ago, 365 at most'
    ]


def test_sequence_that_breaks_the_arc_is_told_at_its_step(shell: Shell, tmp_path: Path) -> None:
    leads = GOOD["sequences/leads.yaml"]
    turned = leads.replace("table", "?").replace("case", "table").replace("?", "case")
    folder = write(tmp_path / "sop", {**GOOD, "sequences/leads.yaml": turned})
    (problem,) = [
        p for p in shell.json("sop", "check", str(folder))["problems"] if p["rule"] == "arc"
    ]
    assert (problem["file"], problem["line"], problem["column"]) == ("sequences/leads.yaml", 5, 9)


def test_case_that_names_somebody_of_the_desk_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shell = Shell(monkeypatch, new_file(tmp_path, "zh"))
    case = GOOD["content/case.yaml"].replace("同行的做法", "苏州新禾精密的做法")
    folder = write(tmp_path / "named", {**GOOD, "content/case.yaml": case})
    rules = [p["rule"] for p in shell.json("sop", "check", str(folder))["problems"]]
    assert "customer_details" in rules


def test_desk_that_cannot_be_read_keeps_nobody_from_checking(shell: Shell) -> None:
    shell.database.write_bytes(b"no desk at all")
    assert shell.json("sop", "check", str(shipped("en")))["ok"]


def test_error_of_a_check_fails_the_command_and_not_the_desk(shell: Shell, tmp_path: Path) -> None:
    folder = lint_yaml(
        tmp_path, "rules: {second_form: error, reply_line: note, reply_with: note}\n"
    )
    answer = shell.run("sop", "check", str(folder))
    assert answer.code == 1
    assert "fails a check" in answer.out
    told = shell.json("sop", "check", str(folder), code=1)
    assert not told["ok"]
    assert {p["severity"] for p in told["problems"]} == {"error", "note"}
    assert read_sop(folder).sop is not None


def test_settings_of_the_checks_are_read_and_survive_the_cache(tmp_path: Path) -> None:
    text = """\
rules:
  unused: off
  arc: error
limits:
  age_days: 90
exceptions:
  case: [second_form, reply_line]
  leads: arc
"""
    folder, cache = lint_yaml(tmp_path, text), tmp_path / "cache.json"
    read = read_sop(folder)
    assert read.sop is not None, read.faults
    lint = read.sop.lint
    assert lint.gravity(LintRule.UNUSED) is Gravity.OFF
    assert lint.gravity(LintRule.AGE) is Gravity.WARNING
    assert (lint.limits.age_days, lint.limits.text_length) == (90, 200)
    assert lint.excuses(LintRule.ARC, "leads")
    assert not lint.excuses(LintRule.ARC, "case")
    assert open_sop(folder, cache, ()).sop == open_sop(folder, cache, ()).sop == read.sop


FAULTY: dict[str, tuple[str, str]] = {
    "an unknown rule": ("rules:\n  wal_of_text: off\n", '2:3: "wal_of_text" is not a known field'),
    "an unknown gravity": ("rules:\n  arc: fatal\n", '2:8: "fatal" is not a known value of "arc"'),
    "a limit in words": ("limits:\n  age_days: a year\n", '2:13: "age_days" must be a whole'),
    "a limit of nothing": ("limits: {text_length: 0}\n", "1:23:"),
    "more than all": ("limits: {duplicate_percent: 101}\n", "1:29:"),
    "an unknown rule in an exception": ("exceptions:\n  case: [arcs]\n", '2:10: "arcs" is not'),
    "exceptions as a list": ("exceptions: [case]\n", '1:13: "exceptions" must name'),
    "exceptions of exceptions": ("exceptions:\n  case: {arc: off}\n", "2:9:"),
    "an unknown content": (
        "exceptions:\n  cas: [arc]\n",
        '2:3: no content and no sequence is called "cas"',
    ),
    "a section of its own": ("severity: high\n", '1:1: "severity" is not a known field'),
    "a list": ("- arc\n", "1:1: the checks must be written as fields"),
    "a sign of YAML": ("exceptions:\n  case: *all\n", '2:9: nothing may begin with "*"'),
    "a bracket too many": (
        "limits: [[[[[[[[[[[[[[1]]]]]]]]]]]]]]\n",
        "1:20: lists and fields are nested",
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTY.values(), ids=FAULTY)
def test_fault_of_the_checks_names_its_place(tmp_path: Path, text: str, expected: str) -> None:
    faults = [str(fault) for fault in read_sop(lint_yaml(tmp_path, text)).faults]
    assert any(fault.startswith(f"lint.yaml:{expected}") for fault in faults), faults


def test_exception_that_outlived_its_content_is_a_warning(tmp_path: Path) -> None:
    read = read_sop(lint_yaml(tmp_path, "exceptions:\n  gone_long_ago: [arc]\n"))
    assert read.sop is not None
    assert [fault.severity for fault in read.faults] == ["warning"]


def test_every_check_and_limit_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "sop.md").read_text("utf-8")
    assert [rule for rule in LintRule if f"| `{rule}` |" not in page] == []
    limits = asdict(LintLimits())
    assert [name for name, usual in limits.items() if f"`{name}` {usual}" not in page] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_commented_values_that_ship_are_the_usual_ones(tmp_path: Path, language: str) -> None:
    text = (shipped(language) / "lint.yaml").read_text("utf-8")
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    kept = [line for line in lines if line.startswith(("rules:", "limits:", "  "))]
    read = read_sop(lint_yaml(tmp_path, "\n".join(line for line in kept if "[" not in line)))
    assert read.sop is not None, read.faults
    assert read.sop.lint.limits == LintLimits()
    assert set(read.sop.lint.gravities) == set(LintRule)
    assert set(read.sop.lint.gravities.values()) == {Gravity.WARNING}
