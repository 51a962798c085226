"""Which way a text takes to the clipboard, and what is claimed about it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tui import clipboard
from tui.clipboard import LIMIT, Copied, Diagnosis, Ran, TooLong, copy, diagnose, run_tool

DONE = Ran("done")
FAILED = Ran("failed")


class Machine:
    """A machine with some tools; what ran and what was sent to the terminal."""

    def __init__(self, tools: Mapping[str, Ran]) -> None:
        self._tools = tools
        self.given: list[tuple[str, bytes | None]] = []
        self.terminal: list[str] = []

    def run(self, command: Sequence[str], given: bytes | None) -> Ran:
        name = command[2] if command[0] == "env" else " ".join(command[:2])
        name = name if name.startswith("tmux") else name.split()[0]
        self.given.append((name, given))
        return self._tools.get(name, Ran("missing"))

    def find(self, name: str) -> str | None:
        return f"/usr/bin/{name}" if name in self._tools else None

    def copy(
        self, text: str, environ: Mapping[str, str], platform: str = "linux"
    ) -> Copied | TooLong:
        return copy(text, environ, self.run, self.terminal.append, platform)

    def diagnose(self, environ: Mapping[str, str], platform: str = "linux") -> Diagnosis:
        return diagnose(environ, self.run, self.find, platform)


X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", **X11}
SSH = {"SSH_CONNECTION": "1 2 3 4"}
TMUX = {"TMUX": "/run/tmux,1,0"}
WSL = {"WSL_DISTRO_NAME": "Debian"}

WAYS: dict[str, tuple[Mapping[str, Ran], Mapping[str, str], str, Copied]] = {
    "Wayland": ({"wl-copy": DONE, "xclip": DONE}, WAYLAND, "linux", Copied("wl-copy", True)),
    "Wayland without its tool": ({"xclip": DONE}, WAYLAND, "linux", Copied("xclip", True)),
    "X11": ({"xclip": DONE}, X11, "linux", Copied("xclip", True)),
    "X11 with the other tool": ({"xsel": DONE}, X11, "linux", Copied("xsel", True)),
    "macOS": ({"pbcopy": DONE}, {}, "darwin", Copied("pbcopy", True)),
    "Windows below": ({"clip.exe": DONE}, WSL, "linux", Copied("clip.exe", False)),
    "no desktop": ({"xclip": DONE}, {}, "linux", Copied("osc52", False)),
    "no tool": ({}, WAYLAND, "linux", Copied("osc52", False)),
    "a tool that fails": (
        {"wl-copy": FAILED, "xclip": DONE},
        WAYLAND,
        "linux",
        Copied("osc52", False),
    ),
    "over SSH": ({"xclip": DONE}, X11 | SSH, "linux", Copied("osc52", False)),
    "macOS over SSH": (
        {"pbcopy": DONE},
        {"SSH_TTY": "/dev/ttys1"},
        "darwin",
        Copied("osc52", False),
    ),
    "in a browser": (
        {"xclip": DONE},
        X11 | {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"},
        "linux",
        Copied("osc52", False),
    ),
    "tmux here": ({"xclip": DONE}, X11 | TMUX, "linux", Copied("xclip", True)),
    "tmux, attached from afar": (
        {"xclip": DONE, "tmux show-environment": Ran("done", "SSH_CONNECTION=1 2 3 4")},
        X11 | TMUX,
        "linux",
        Copied("osc52", False),
    ),
    "tmux, come back from afar": (
        {"xclip": DONE, "tmux show-environment": Ran("done", "-SSH_CONNECTION")},
        X11 | TMUX,
        "linux",
        Copied("xclip", True),
    ),
}


@pytest.mark.parametrize(("tools", "environ", "platform", "copied"), WAYS.values(), ids=WAYS)
def test_the_way(
    tools: Mapping[str, Ran], environ: Mapping[str, str], platform: str, copied: Copied
) -> None:
    machine = Machine(tools)
    assert machine.copy("你好", environ, platform) == copied
    assert machine.terminal == (["你好"] if copied.way == "osc52" else [])


TEXTS = {
    "line ends behind it go": ("你好\r\n\n", "你好"),
    "line ends within stay": ("你\n好\n", "你\n好"),
    "blanks stay": (" 你好 ", " 你好 "),
    "surrogate pairs are joined": ("\ud83d\ude00", "😀"),
    "lone surrogates are replaced": ("a\ud83db", "a\ufffdb"),
}


@pytest.mark.parametrize(("text", "copied"), TEXTS.values(), ids=TEXTS)
def test_the_text(text: str, copied: str) -> None:
    local, terminal = Machine({"xclip": DONE}), Machine({})
    local.copy(text, X11)
    terminal.copy(text, X11)
    assert local.given == [("xclip", copied.encode())]
    assert terminal.terminal == [copied]


def test_windows_is_given_utf_16() -> None:
    machine = Machine({"clip.exe": DONE})
    machine.copy("你好", WSL)
    assert machine.given == [("clip.exe", "你好".encode("utf-16-le"))]


def test_too_long_a_text_goes_nowhere() -> None:
    machine = Machine({"xclip": DONE})
    longest = "好" * (LIMIT // 3)
    assert machine.copy(longest + "\n", X11) == Copied("xclip", True)
    assert machine.copy(longest + "a", X11) == TooLong(LIMIT + 1)
    assert len(machine.given) == 1
    assert machine.terminal == []


def test_only_what_is_certain_is_called_copied() -> None:
    assert str(Copied("xclip", True).said) == "Copied"
    for way in ("osc52", "clip.exe"):
        assert "paste to check" in str(Copied(way, False).said)
    assert str(TooLong(60_001).said) == (
        "Not copied: 60001 bytes are more than the 60000 a clipboard surely takes"
    )


DIAGNOSES: dict[str, tuple[Mapping[str, Ran], Mapping[str, str], bool, list[str]]] = {
    "a tool": ({"xclip": DONE}, X11, True, [clipboard.WITH_TOOL]),
    "a desktop without a tool": ({}, X11, True, [clipboard.ON_TERMINAL, clipboard.NO_TOOL]),
    "a bare terminal": ({}, {}, True, [clipboard.ON_TERMINAL]),
    "over SSH": ({"xclip": DONE}, X11 | SSH, True, [clipboard.ON_TERMINAL, clipboard.FAR_AWAY]),
    "tmux as it comes": (
        {"tmux show-options": Ran("done", "external")},
        TMUX,
        False,
        [clipboard.TMUX_KEEPS_IT],
    ),
    "tmux that does not answer": ({}, TMUX, False, [clipboard.TMUX_KEEPS_IT]),
    "tmux set up": ({"tmux show-options": Ran("done", "on")}, TMUX, True, [clipboard.ON_TERMINAL]),
    "tmux on a desktop": ({"xclip": DONE}, X11 | TMUX, True, [clipboard.WITH_TOOL]),
    "GNU screen": ({}, {"STY": "1.pts"}, False, [clipboard.SCREEN_CUTS]),
    "Terminal of macOS, from afar": (
        {},
        SSH | {"TERM_PROGRAM": "Apple_Terminal"},
        False,
        [clipboard.APPLE_TERMINAL, clipboard.FAR_AWAY],
    ),
}


@pytest.mark.parametrize(("tools", "environ", "ok", "messages"), DIAGNOSES.values(), ids=DIAGNOSES)
def test_diagnosis(
    tools: Mapping[str, Ran], environ: Mapping[str, str], ok: bool, messages: list[str]
) -> None:
    found = Machine(tools).diagnose(environ)
    assert (found.ok, [said.message for said in found.said]) == (ok, messages)
    assert all(str(said) for said in found.said)


def test_the_line_for_tmux_is_said() -> None:
    assert "set -s set-clipboard on" in str(Machine({}).diagnose(TMUX).said[0])


def test_a_tool_gets_the_text_and_no_shell(tmp_path: Path) -> None:
    into = tmp_path / "$HOME; text"
    program = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    assert run_tool([sys.executable, "-c", program, str(into)], "你好".encode()) == DONE
    assert into.read_text(encoding="utf-8") == "你好"


def test_a_tool_is_asked_for_its_output() -> None:
    assert run_tool([sys.executable, "-c", "print(' on ')"], None) == Ran("done", "on")


def test_a_tool_that_is_not_there() -> None:
    assert run_tool(["no-such-tool-anywhere"], b"") == Ran("missing")


def test_a_tool_that_fails() -> None:
    assert run_tool([sys.executable, "-c", "raise SystemExit(3)"], b"") == FAILED


def test_a_tool_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE", 0.2)
    assert run_tool([sys.executable, "-c", "import signal; signal.pause()"], b"") == FAILED


def test_a_tool_may_leave_a_process_behind() -> None:
    """What serves the clipboard lives on and holds our pipes; that is not waited for."""
    program = "import os, signal; os.fork() or signal.alarm(5) or signal.pause()"
    assert run_tool([sys.executable, "-c", program], b"text") == DONE
