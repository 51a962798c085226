"""Putting a text where the operator pastes from.

A tool of this machine can say whether it worked; the terminal's own clipboard
(the sequence OSC 52) cannot: it gives no answer. So a result says which way
was taken and whether it is certain, and nobody is told "Copied" on a hope.
Over SSH and in a browser the clipboard is on another machine, which only the
terminal reaches.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.wording import N_, Sentence, sentence

Way = Literal["wl-copy", "xclip", "xsel", "pbcopy", "clip.exe", "osc52"]

LIMIT = 60_000
"""Bytes of UTF-8 that every terminal known to take OSC 52 takes whole."""
PATIENCE = 2.0
"""Seconds a tool may take."""

COPIED = N_("Copied")
SENT_TO_TERMINAL = N_("Sent to the terminal's clipboard: paste to check")
SENT_TO_WINDOWS = N_("Sent to the clipboard of Windows: paste to check")
TOO_LONG = N_("Not copied: {size} bytes are more than the {limit} a clipboard surely takes")
KEPT = N_("This terminal likely takes no copies")
WITH_TOOL = N_("Copying works through {tool}")
ON_TERMINAL = N_("Copying depends on the terminal, which gives no answer: paste to check")
FAR_AWAY = N_("The clipboard is on the machine you sit at; only its terminal can fill it")
NO_TOOL = N_("For certain copies, install {tools}")
TMUX_KEEPS_IT = N_("tmux keeps copies from the terminal. Put this line into ~/.tmux.conf: {line}")
SCREEN_CUTS = N_("GNU screen cuts copies off after a few hundred characters; use tmux instead")
APPLE_TERMINAL = N_("Terminal of macOS takes no copies from afar; use another terminal")

TMUX_LINE = "set -s set-clipboard on"


@dataclass(frozen=True, slots=True)
class Copied:
    """The text is on its way to the clipboard, or surely in it."""

    way: Way
    certain: bool

    @property
    def said(self) -> Sentence:
        if self.certain:
            return sentence(COPIED)
        return sentence(SENT_TO_WINDOWS if self.way == "clip.exe" else SENT_TO_TERMINAL)


@dataclass(frozen=True, slots=True)
class TooLong:
    """Nothing was copied; `size` in bytes of UTF-8."""

    size: int

    @property
    def said(self) -> Sentence:
        return sentence(TOO_LONG, size=self.size, limit=LIMIT)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a tool ended; `output` only where it was given nothing to read."""

    outcome: Literal["done", "failed", "missing"]
    output: str = ""


Run = Callable[[Sequence[str], bytes | None], Ran]
"""Runs a command with this on its standard input; None asks for its output instead."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What copying can do here. Not `ok` means that it will not work before something is done."""

    ok: bool
    said: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Tool:
    way: Way
    command: tuple[str, ...]
    encoding: str = "utf-8"
    certain: bool = True


_WAYLAND = _Tool("wl-copy", ("wl-copy", "--type", "text/plain;charset=utf-8"))
_X11 = (
    _Tool("xclip", ("xclip", "-selection", "clipboard", "-in")),
    _Tool("xsel", ("xsel", "--clipboard", "--input")),
)
# Without a UTF-8 locale it takes the bytes for Mac Roman.
_MAC = _Tool("pbcopy", ("env", "LC_CTYPE=UTF-8", "pbcopy"))
# It guesses the encoding: UTF-8 comes out garbled, UTF-16 nearly always right.
_WINDOWS = _Tool("clip.exe", ("clip.exe",), "utf-16-le", certain=False)


def run_tool(command: Sequence[str], given: bytes | None) -> Ran:
    """Runs a tool without a shell, for at most `PATIENCE` seconds.

    A clipboard tool leaves a process behind that serves the clipboard and
    would hold an output pipe open, so output is read only when nothing is given.
    """
    try:
        ended = subprocess.run(  # noqa: S603 - a fixed list of words, no shell
            command,
            input=given if given is not None else b"",
            stdout=subprocess.PIPE if given is None else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            start_new_session=True,  # what serves the clipboard outlives this window
        )
    except FileNotFoundError:
        return Ran("missing")
    except (OSError, subprocess.TimeoutExpired):
        return Ran("failed")
    output = (ended.stdout or b"").decode("utf-8", "replace").strip()
    return Ran("done" if ended.returncode == 0 else "failed", output)


def copy(
    text: str,
    environ: Mapping[str, str],
    run: Run,
    write_osc52: Callable[[str], object],
    platform: str = sys.platform,
) -> Copied | TooLong:
    """Puts the text into the clipboard, without the line ends behind it.

    A line end at the end of a paste would send it in a chat. `write_osc52`
    is given the text (`App.copy_to_clipboard`).
    """
    sendable = _whole_characters(text).rstrip("\r\n")
    size = len(sendable.encode())
    if size > LIMIT:
        return TooLong(size)
    for tool in () if _is_far_away(environ, run) else _tools(environ, platform):
        outcome = run(tool.command, sendable.encode(tool.encoding)).outcome
        if outcome == "done":
            return Copied(tool.way, tool.certain)
        if outcome == "failed":
            break
    write_osc52(sendable)
    return Copied("osc52", certain=False)


def outcome_words(copied: Copied | TooLong, environ: Mapping[str, str], run: Run) -> Sentence:
    """What to say of a copy; one that this terminal is known to keep is not called sent."""
    if isinstance(copied, Copied) and copied.way == "osc52" and hindrance(environ, run):
        return sentence(KEPT)
    return copied.said


def diagnose(
    environ: Mapping[str, str],
    run: Run,
    find: Callable[[str], str | None] = shutil.which,
    platform: str = sys.platform,
) -> Diagnosis:
    """What copying can do in this terminal, and the one line to set where it cannot."""
    far_away = _is_far_away(environ, run)
    tools = () if far_away else _tools(environ, platform)
    found = next((tool for tool in tools if find(tool.way)), None)
    if found is not None:
        return Diagnosis(ok=True, said=(sentence(WITH_TOOL, tool=found.way),))
    kept = hindrance(environ, run)
    hints = [sentence(FAR_AWAY)] if far_away else []
    if tools:
        hints = [sentence(NO_TOOL, tools=" / ".join(tool.way for tool in tools))]
    said = kept or sentence(ON_TERMINAL)
    return Diagnosis(ok=kept is None, said=(said, *hints))


def hindrance(environ: Mapping[str, str], run: Run) -> Sentence | None:
    """Why OSC 52 would not reach the terminal's clipboard, as far as can be known."""
    if "TMUX" in environ:
        setting = run(("tmux", "show-options", "-s", "-v", "set-clipboard"), None)
        if setting.outcome != "done" or setting.output != "on":
            return sentence(TMUX_KEEPS_IT, line=TMUX_LINE)
    elif "STY" in environ:
        return sentence(SCREEN_CUTS)
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return sentence(APPLE_TERMINAL)
    return None


def _tools(environ: Mapping[str, str], platform: str) -> tuple[_Tool, ...]:
    """The tools that could fill the clipboard of this desktop, the best first."""
    if platform == "darwin":
        return (_MAC,)
    wayland = (_WAYLAND,) if environ.get("WAYLAND_DISPLAY") else ()
    x11 = _X11 if environ.get("DISPLAY") else ()
    in_windows = environ.get("WSL_DISTRO_NAME") or environ.get("WSL_INTEROP")
    return (*wayland, *x11, *((_WINDOWS,) if in_windows else ()))


def _is_far_away(environ: Mapping[str, str], run: Run) -> bool:
    """Whether whoever pastes sits at another machine.

    tmux knows it of the terminal that is attached now; the environment may be
    that of the day the session began.
    """
    if any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")):
        return True
    if "web_driver" in environ.get("TEXTUAL_DRIVER", ""):
        return True
    if "TMUX" not in environ:
        return False
    attached = run(("tmux", "show-environment", "SSH_CONNECTION"), None)
    return attached.output.startswith("SSH_CONNECTION=")


def _whole_characters(text: str) -> str:
    """The text with surrogate pairs joined and lone surrogates replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
