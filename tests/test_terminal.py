"""The terminal of the tests shows what a program writes and reports how it ended."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal


def python(program: str, **options: object) -> Terminal:
    setup = "import os, sys, tty; tty.setraw(0); w = lambda t: os.write(1, t.encode());"
    return Terminal([sys.executable, "-c", setup + program], columns=40, lines=5, **options)  # type: ignore[arg-type]


SCREENS = {
    "plain": ("两个 wide", "两个 wide"),
    "colours": ("\\x1b[38;2;1;2;3mred\\x1b[0m", "red"),
    "colours with colons": ("\\x1b[38:2::1:2:3mred", "red"),
    "kitty keys": ("\\x1b[>25uon\\x1b[<u", "on"),
    "requests": ("\\x1b[?2026$p\\x1b[>q\\x1b[2 qon", "on"),
    "strings": ("\\x1b]0;title\\x07\\x1b]52;c;eA==\\x1b\\\\on", "on"),
    "a frame": ("\\x1b[?1049h\\x1b[?2026h\\x1b[Hon\\x1b[?2026l", "on"),
}


@pytest.mark.parametrize(("written", "line"), SCREENS.values(), ids=SCREENS)
def test_the_screen(written: str, line: str) -> None:
    with python(f"w('{written}.'); w('\\x1b[0'); w('m'); os.read(0, 1)") as terminal:
        terminal.wait_for(f"{line}.")
        assert terminal.lines[0] == f"{line}."


def test_queries_are_answered_once() -> None:
    program = (
        "w('\\x1b[6n'); n = len(os.read(0, 100)); w('\\x1b[c\\x1b[?2026$p');"
        "a = os.read(0, 100); a = a if b'y' in a else a + os.read(0, 100);"
        "w(f'{n} {a[2:]!r}'); os.read(0, 1)"
    )
    with python(program) as terminal:
        terminal.wait_for("6 ")
        assert terminal.lines[0] == r"6 b'?62;22c\x1b[?2026;2$y'"


def test_keys_and_pastes() -> None:
    program = "w('ready')\nwhile True: w(repr(os.read(0, 99))[2:-1] + '\\r\\n')"
    with python(program) as terminal:
        terminal.wait_for("ready")
        for key, sent in {"f1": r"\x1bOP", "f5": r"\x1b[15~", "f12": r"\x1b[24~"}.items():
            terminal.keys(key)
            terminal.wait_for(sent)
        terminal.paste("hi")
        terminal.wait_for(r"\x1b[200~hi\x1b[201~")


def test_a_program_at_rest() -> None:
    program = "\nfor n in range(10**7): pass\nw('done'); os.read(0, 1)"
    with python(program) as terminal:
        terminal.wait_idle()
        assert terminal.lines[0] == "done"


def test_a_window_that_changes_its_size() -> None:
    program = (
        "import signal;"
        "signal.signal(signal.SIGWINCH, lambda *_: w(str(os.get_terminal_size(0)[0])));"
        "w('ready'); os.read(0, 1)"
    )
    with python(program) as terminal:
        terminal.wait_for("ready")
        terminal.resize(77, 9)
        terminal.wait_for("ready77")


ENDS = {
    "by itself": ("sys.exit(3)", 3),
    "by a signal": ("os.kill(os.getpid(), 9)", -signal.SIGKILL),
}


@pytest.mark.parametrize(("program", "code"), ENDS.values(), ids=ENDS)
def test_how_it_ended(program: str, code: int) -> None:
    with python(program) as terminal:
        assert terminal.wait() == code


def test_a_closed_window() -> None:
    with python("w('ready'); os.read(0, 1)") as terminal:
        terminal.wait_for("ready")
        terminal.close_window()
        assert terminal.wait() == -signal.SIGHUP


def test_what_it_is_given(tmp_path: Path) -> None:
    program = (
        "w(os.getcwd()[-4:] + os.environ['TERM'] + os.environ.get('HOME', '!')); os.read(0, 1)"
    )
    (tmp_path / "here").mkdir()
    with python(program, directory=tmp_path / "here", environ={"HOME": None}) as terminal:
        terminal.wait_for("herexterm-256color!")


def test_a_wait_that_fails_shows_the_screen() -> None:
    with (
        python("w('something else'); os.read(0, 1)") as terminal,
        pytest.raises(AssertionError, match="something else"),
    ):
        terminal.wait_for("this", deadline=0.5)
