"""Whatever is asked for, a command answers in words and by exit code 1 or 2."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rules.nouns import Reaction
from tests.app_kit import NOW, PEOPLE, csv_of, names, new_file
from tests.shell_kit import Answer, Shell
from tui.__main__ import COMMANDS
from tui.commands.sop import sop_command

ANNA, *_REST = names("en")
UNREADABLE = os.fsdecode(b"\xff\xfe")
"""An argument that is no UTF-8, as Python hands it over."""


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    (tmp_path / "empty.csv").touch()
    (tmp_path / "story.txt").write_text("Once upon a time\nthere was a desk\n", "utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE["en"], "utf-8")
    monkeypatch.chdir(tmp_path)
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def assert_told(answer: Answer, code: int, *words: str) -> None:
    """Words on standard error, no traceback, nothing half done on standard output."""
    assert answer.code == code, answer
    assert "Traceback" not in answer.err + answer.out
    assert answer.err.strip()
    assert not answer.out.strip()
    for word in words:
        assert word in answer.err, answer.err


FAULTS: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]] = {
    "a file that is not there": (("import", "nobody.csv"), 1, ("nobody.csv",)),
    "a binary file": (("import", "binary.csv"), 1, ("binary.csv",)),
    "a picture called a workbook": (("import", "picture.xlsx"), 1, ("picture.xlsx",)),
    "a folder to import": (("import", "folder"), 1, ("folder",)),
    "an empty file": (("import", "empty.csv"), 1, ("empty.csv",)),
    "a file without people": (("import", "story.txt"), 1, ("story.txt",)),
    "no file": (("import",), 2, ("FILE",)),
    "a mode that is none": (("import", "people.csv", "--mode", "both"), 2, ("append",)),
    "nobody of that name": (("send", "Zacharias"), 1, ("Zacharias",)),
    "a number of nobody": (("timeline", "99"), 1, ("99",)),
    "a number beyond all": (("send", "9" * 30), 1, ()),
    "a negative number": (("send", "--", "-1"), 1, ()),
    "an empty name": (("send", ""), 1, ()),
    "a reaction that is none": (("log", "1", "5"), 2, ("friendly",)),
    "no reaction": (("log", "1"), 2, ()),
    "no reason": (("refuse", "1"), 2, ("reason",)),
    "an empty reason": (("refuse", "1", "--reason", " "), 1, ("reason",)),
    "nothing to resume": (("resume", "1", "--reason", "why"), 1, ("active",)),
    "nothing to redo": (("redo",), 1, ("redo",)),
    "a content that is none": (("send", "1", "--content", "poem"), 1, ("poem",)),
    "a script that is none": (("send", "1", "--variant", "z"), 1, ("z",)),
    "a command that is none": (("dance",), 2, ("dance",)),
    "an option that is none": (("today", "--colour"), 2, ("--colour",)),
    "a desk that is a folder": (("today", "--database", "folder"), 1, ("folder",)),
    "a desk that is a text": (("today", "--database", "story.txt"), 1, ("story.txt",)),
    "a desk of nothing": (("send", "1", "--database", "empty.csv"), 1, ("empty.csv",)),
    "a desk under a file": (("import", "people.csv", "--database", "story.txt/d"), 1, ("d",)),
    "an SOP that is not there": (("today", "--sop", "nowhere"), 1, ("nowhere",)),
    "an SOP that is a file": (("today", "--sop", "story.txt"), 1, ("story.txt",)),
    "rejects into a folder": (("import", "bad.csv", "--rejects", "folder"), 1, ("folder",)),
}


@pytest.mark.parametrize(("arguments", "code", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told(
    shell: Shell, arguments: tuple[str, ...], code: int, words: tuple[str, ...]
) -> None:
    Path("bad.csv").write_text(PEOPLE["en"] + "Bad,1.38E+10,,,,,lead,\n", "utf-8")
    assert_told(shell.run(*arguments), code, *words)


WRONG_TIMES = ["yesterday", "2026-03-02", "2026-03-02T09:30", "2026-13-40T09:30+08:00", "9999999"]


@pytest.mark.parametrize("now", WRONG_TIMES)
@pytest.mark.parametrize("command", [("today",), ("send", "1"), ("find", "Anna")])
def test_a_frozen_clock_that_shows_no_time(
    shell: Shell, now: str, command: tuple[str, ...]
) -> None:
    assert_told(shell.run(*command, SIYU_NOW=now), 1, now, "+08:00")


@pytest.mark.parametrize("now", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_a_frozen_clock_at_the_ends_of_time(shell: Shell, now: str) -> None:
    answer = shell.run("today", SIYU_NOW=now)
    assert answer.code in (0, 1)
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", UNREADABLE),
        ("send", UNREADABLE),
        ("log", "1", "1", "--note", UNREADABLE),
        ("log", "1", "1", "--note", "a\x1b[5n\x00b"),
        ("refuse", "1", "--reason", UNREADABLE),
        ("today", "--operator", UNREADABLE),
        ("send", "1", "--operator", UNREADABLE),
        ("send", "1", "--content", UNREADABLE),
        ("today", "--stage", UNREADABLE),
        ("import", UNREADABLE),
        ("today", "--database", UNREADABLE),
        ("today", "--sop", UNREADABLE),
        ("today", "--lang", UNREADABLE),
    ],
    ids=lambda arguments: " ".join(arguments).encode("ascii", "replace").decode(),
)
@pytest.mark.parametrize("form", ["for people", "as JSON"])
def test_arguments_that_are_no_text(shell: Shell, arguments: tuple[str, ...], form: str) -> None:
    answer = shell.run(*arguments, *(("--json",) if form == "as JSON" else ()))
    assert answer.code in (0, 1, 2)
    assert "Traceback" not in answer.err
    assert "\x1b" not in answer.out + answer.err
    if form == "as JSON" and answer.code != 2:
        assert answer.document is not None


def test_several_of_a_name_are_listed_and_one_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [("Li Na", "13800000001", "Bay", "lead"), ("Li Na", "13800000002", "Hill", "lead")]
    shell = Shell(monkeypatch, new_file(tmp_path, "en", csv_of("en", people)))
    assert_told(shell.run("send", "Li Na"), 1, "1 Li Na Bay", "2 Li Na Hill")
    assert_told(shell.run("log", "li", "1"), 1, "Bay", "Hill")
    told = shell.json("send", "Li Na", code=1)
    assert "Bay" in told["error"]
    assert len(shell.json("find", "Li Na")) == 2
    assert shell.json("send", "2")["contact"] == "2"
    assert [len(shell.json("timeline", contact)) for contact in "12"] == [1, 2]


def test_an_sop_with_faults_is_not_offered_from(shell: Shell, tmp_path: Path) -> None:
    sop = tmp_path / "another"
    sop.mkdir()
    (sop / "sop.yaml").write_text("version: [1\n", "utf-8")
    told = shell.json("sop", "check", str(sop), code=1)
    assert told["ok"] is False
    assert any(problem["file"].endswith("sop.yaml") for problem in told["problems"])
    assert_told(shell.run("today", "--sop", str(sop)), 1, "siyu sop check")
    answer = shell.run("sop", "check", SIYU_SOP=str(sop))
    assert answer.code == 1
    assert "sop.yaml:" in answer.out


def run(arguments: list[str], database: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    known = {"SIYU_DATABASE": str(database), "SIYU_NOW": NOW, "LC_ALL": "C", "SIYU_LANG": "zh"}
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        env={**os.environ, **known, **environ},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_as_a_program_of_its_own_in_a_locale_without_letters(tmp_path: Path) -> None:
    database = new_file(tmp_path, "zh")
    day = run(["today"], database)
    assert (day.returncode, day.stderr) == (0, b"")
    assert "张伟" in day.stdout.decode()
    failed = run(["send", "没有人"], database)
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert "没有人" in failed.stderr.decode()


def test_alone_without_a_terminal_it_says_what_works(tmp_path: Path) -> None:
    alone = run([], new_file(tmp_path, "en"), SIYU_LANG="en")
    assert alone.returncode == 2
    assert b"siyu today" in alone.stderr


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    database = new_file(tmp_path, "en")
    program = f"{sys.executable} -m tui timeline 1 --json | true; echo ${{PIPESTATUS[0]}}"
    environ = {**os.environ, "SIYU_DATABASE": str(database), "SIYU_NOW": NOW}
    ended = subprocess.run(
        ["bash", "-c", program], env=environ, capture_output=True, check=False, timeout=60
    )
    assert b"Traceback" not in ended.stderr


MISUSES = {
    "an option that is none": (("today", "--foo"), "no_such_option", "--foo"),
    "a command that is none": (("frob",), "no_such_command", "frob"),
    "an argument that is missing": (("log",), "missing_parameter", "CONTACT"),
    "an option that is missing": (("refuse", "1"), "missing_parameter", "--reason"),
    "a word that is no reaction": (("log", "1", "5"), "bad_parameter", "friendly"),
    "one argument too many": (("today", "tomorrow"), "usage_error", "tomorrow"),
}


@pytest.mark.parametrize(("arguments", "kind", "named"), MISUSES.values(), ids=MISUSES)
def test_a_wrong_use_is_a_document_too(
    shell: Shell, arguments: tuple[str, ...], kind: str, named: str
) -> None:
    for more in ((), ("--lang", "zh")):
        document = shell.json(*arguments, *more, code=2)
        assert document["error"] == kind
        assert named.casefold() in document["reason"].casefold()
        assert document["reason"].isascii(), "a program reads English"
    answer = shell.run(*arguments, "--lang", "zh")
    assert (answer.code, answer.out) == (2, "")
    assert "用法" in answer.err
    assert "错误" in answer.err


QUOTED_AS_TYPED = {
    "a word that is no reaction": ("log", "1", "{}"),
    "a mode that is none": ("import", "people.csv", "--mode", "{}"),
    "one argument too many": ("content", "{}"),
    "a command that is none": ("{}",),
    "an option that is none": ("today", "--{}"),
}


@pytest.mark.parametrize("arguments", QUOTED_AS_TYPED.values(), ids=QUOTED_AS_TYPED)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_word_that_is_quoted_as_it_was_typed_reaches_no_terminal(
    shell: Shell, arguments: tuple[str, ...], lang: str
) -> None:
    typed = [word.replace("{}", "a\x1b[5n\x9b6n\x1b]0;PWN\x07b") for word in arguments]
    answer = shell.run(*typed, SIYU_LANG=lang)
    assert answer.code == 2
    assert not {"\x1b", "\x9b", "\x07"} & {*answer.err}


@pytest.mark.parametrize("command", [(), ("log",), ("import",), ("sop",), ("sop", "check")])
def test_the_help_is_chinese_throughout(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A process of its own: a command's words are said once, when its module is loaded."""
    program = (sys.executable, "-m", "tui", "--lang", "zh", *command, "--help")
    told = subprocess.run(program, capture_output=True, check=True, cwd=Path(__file__).parents[1])
    english = set(re.findall(r"[A-Za-z]{3,}", told.stdout.decode()))
    names = {"siyu", "SOP", "JSON", "CSV", "XLSX", *Reaction, "append", "update"}
    names |= {"big", "contacts", "purchases"}
    options = set(re.findall(r"[a-z]+", " ".join(re.findall(r"--[a-z-]+", told.stdout.decode()))))
    assert english - names - options - set(COMMANDS) - set(sop_command.commands) == set()


def test_a_digit_at_full_width_is_a_reaction(shell: Shell) -> None:
    assert shell.json("log", "1", "３")["reaction"] == "exploring"
    assert shell.json("log", "1", "Positive")["reaction"] == "positive"
