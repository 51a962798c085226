"""The loop in a real terminal: what was ticked is on the disk, however the program ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app_kit import names, new_file
from tests.desk_terminal import PROGRAM, environ, events, opened
from tests.terminal import Terminal
from tui.words import Language

REACTIONS = {"１": "friendly", "２": "positive", "３": "exploring", "４": "rejecting", "０": "lost"}
SIGNS = {"friendly": "✿", "positive": "▲", "exploring": "?", "rejecting": "✕", "lost": "○"}


def ticked(name: str, sign: str) -> Callable[[Terminal], bool]:
    """Whether the message line says that the reaction was logged."""
    told = (f"✓ {name}: {sign}", f"✓ {name}：{sign}")
    return lambda terminal: any(words in line for line in terminal.lines for words in told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_day_by_full_width_digits(tmp_path: Path, lang: Language) -> None:
    path = new_file(tmp_path, lang)
    expected: list[tuple[str, str | None, str]] = []
    with opened(path, lang) as terminal:
        terminal.wait_for(names(lang)[0])
        terminal.wait_idle()
        for place, (name, (digit, reaction)) in enumerate(
            zip(names(lang), REACTIONS.items(), strict=False)
        ):
            if place == 4:
                terminal.keys("right")
            terminal.wait_for(name)
            terminal.keys("enter", "enter", digit)
            terminal.wait_for(ticked(name, SIGNS[reaction]))
            expected += [("touch", None, name), ("reaction", reaction, name)]
            assert events(path) == expected, "on the disk when it is on the screen"
            terminal.keys("down")
        terminal.keys("backspace")
        terminal.wait_for("↶")
        assert [kind for kind, _r, _n in events(path)][-1] == "undo"
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0
        assert b"\x1b[?1049l" in terminal.bytes_seen, "the shell's screen is back"


def test_keys_typed_faster_than_they_are_read_are_keys(tmp_path: Path) -> None:
    path, people = new_file(tmp_path, "zh"), names("zh")
    with opened(path, "zh") as terminal:
        terminal.wait_for(people[0])
        terminal.wait_idle()
        terminal.send("\r\r１".encode())
        terminal.send(b"\x1b[B\r\r2\x1b[B")
        terminal.wait_for(lambda _it: len(events(path)) == 4)
        assert events(path) == [
            ("touch", None, people[0]),
            ("reaction", "friendly", people[0]),
            ("touch", None, people[1]),
            ("reaction", "positive", people[1]),
        ]


def test_a_sentence_of_the_input_method_logs_nothing_until_a_digit(tmp_path: Path) -> None:
    path, first = new_file(tmp_path, "zh"), names("zh")[0]
    with opened(path, "zh", 120, 36) as terminal:
        terminal.wait_for(first)
        terminal.wait_idle()
        terminal.send("好的，下午3点见\r".encode())
        terminal.wait_for("下午3点见")
        terminal.paste("1\n4\n0\n")
        terminal.wait_idle()
        assert events(path) == []
        terminal.keys("２")
        terminal.wait_for(ticked(first, "▲"))
        assert events(path) == [("reaction", "positive", first)]


def end(terminal: Terminal, how: str) -> None:
    if how == "the window closed":
        terminal.close_window()
    else:
        terminal.kill(signal.SIGKILL if how == "SIGKILL" else signal.SIGTERM)
    terminal.wait()


@pytest.mark.parametrize("how", ["the window closed", "SIGTERM", "SIGKILL"])
def test_an_end_right_after_a_tick_loses_nothing(tmp_path: Path, how: str) -> None:
    """Several ends of the same desk: what one session ticked, the next one finds."""
    path, people = new_file(tmp_path, "zh"), names("zh")
    expected: list[tuple[str, str | None, str]] = []
    for name in people[:2]:
        with opened(path, "zh") as terminal:
            terminal.wait_for(name)
            terminal.wait_idle()
            terminal.keys("enter", "enter", "１")
            terminal.wait_for(ticked(name, "✿"))
            end(terminal, how)
        expected += [("touch", None, name), ("reaction", "friendly", name)]
        assert events(path) == expected


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_the_loop_in_tmux(tmp_path: Path) -> None:
    """Keys by tmux, then its server ends as a closed window does."""
    path, first = new_file(tmp_path, "zh"), names("zh")[0]
    known = {name: value for name, value in environ(path, "zh").items() if value is not None}
    plain = {k: v for k, v in os.environ.items() if k not in environ(path, "zh")}
    everything = {**plain, **known, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}

    def tmux(*arguments: str) -> str:
        command = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null", "-u", *arguments]
        ran = subprocess.run(command, env=everything, capture_output=True, timeout=60, check=True)
        return ran.stdout.decode()

    def wait_for(text: str) -> None:
        for _attempt in range(600):
            if text in tmux("capture-pane", "-p"):
                return
            subprocess.run(["sleep", "0.05"], check=True)
        raise AssertionError(f"{text} did not come:\n{tmux('capture-pane', '-p')}")

    tmux("new-session", "-d", "-x", "80", "-y", "24", *PROGRAM)
    try:
        wait_for(first)
        tmux("send-keys", "Enter")
        wait_for("⧉")
        subprocess.run(["sleep", "0.2"], check=True)  # sooner it would be a key that bounces
        tmux("send-keys", "Enter")
        wait_for(f"✓ {first}")
        tmux("send-keys", "-l", "１")
        wait_for(f"✓ {first}：✿")
    finally:
        tmux("kill-server")
    assert events(path) == [("touch", None, first), ("reaction", "friendly", first)]
