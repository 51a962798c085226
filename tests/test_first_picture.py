"""The picture before Textual: it is what the app then draws, and the terminal is given back."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import app_kit
from tests.app_kit import AtWork
from tests.desk_terminal import events, opened
from tests.terminal import Terminal
from tui.screens.today.first_picture import first_picture
from tui.words import Language

SIZES = ((80, 24), (87, 24), (120, 36), (200, 50), (60, 16))
LATER = "2026-03-09T09:30+08:00"
"""A day on which many are overdue."""


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("now", [app_kit.NOW, LATER], ids=["today", "a week later"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_picture_is_drawn_where_the_app_draws_it(
    tmp_path: Path, lang: Language, now: str, size: tuple[int, int]
) -> None:
    path = app_kit.new_file(tmp_path, lang)

    async def story(work: AtWork) -> None:
        lines = first_picture(work.app.desk, *size)
        early = ["".join(text for text, _look in line) for line in lines]
        shown = work.lines
        assert len(early) == len(shown) == size[1]
        assert any(early)
        for row, (drawn, app) in enumerate(zip(early, shown, strict=True)):
            if drawn:  # the message comes later
                assert app.startswith(drawn.rstrip()), (row, drawn, app)

    app_kit.play(path, lang, story, size, now=now, examined=False)


def test_empty_desk_says_at_once_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"

    async def story(work: AtWork) -> None:
        lines = first_picture(work.app.desk, 80, 24)
        told = " ".join(text for line in lines for text, _look in line)
        assert "Ctrl+O" in told or "siyu import" in told

    app_kit.play(path, "en", story, examined=False)


def test_picture_needs_no_textual() -> None:
    asked = "import sys, tui.running, tui.early_terminal, tui.screens.today.first_picture"
    told = f"{asked}; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_keys_pressed_while_the_app_is_loaded_reach_it(tmp_path: Path) -> None:
    path = app_kit.new_file(tmp_path, "zh")
    with opened(path, "zh") as terminal:
        terminal.wait_for(lambda seen: app_kit.names("zh")[0] in seen.screen_text())
        terminal.keys("enter", "enter", "2")
        terminal.wait_for("积极 →")
        told = events(path)
    assert [(kind, reaction) for kind, reaction, _name in told] == [
        ("touch", None),
        ("reaction", "positive"),
    ]
    assert len({name for _kind, _reaction, name in told}) == 1


IN_FRONT = """
import sys, termios
from threading import Event
from tui.early_terminal import early_picture, told_to_end
before = termios.tcgetattr(0)
try:
    with early_picture(lambda width, height: [(("first picture", "strong"),)] * 3):
        assert termios.tcgetattr(0) != before
        if sys.argv[1] == "fails":
            raise SystemExit(7)
        while not told_to_end():
            Event().wait(0.05)
finally:
    assert termios.tcgetattr(0) == before
    print("given back")
"""


@pytest.mark.parametrize(
    ("how", "code"),
    [
        pytest.param("fails", 7, id="what comes next fails"),
        pytest.param("SIGTERM", 128 + signal.SIGTERM, id="told to end"),
        pytest.param("SIGHUP", 128 + signal.SIGHUP, id="window closed"),
    ],
)
def test_terminal_is_given_back_when_the_app_never_came(how: str, code: int) -> None:
    with Terminal((sys.executable, "-c", IN_FRONT, how)) as terminal:
        if how != "fails":
            terminal.wait_for("first picture")
            terminal.kill(getattr(signal, how))
        assert terminal.wait() == code
        seen = terminal.bytes_seen
    assert b"first picture" in seen
    assert b"given back" in seen[seen.rindex(b"\x1b[?1049l\x1b[?25h") :]
