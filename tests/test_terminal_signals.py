"""Signals to the desk in a terminal: the end in order, a stop and going on, what was half typed."""

from __future__ import annotations

import signal
import stat
from pathlib import Path

import pytest

from tests.app_kit import names, new_file
from tests.desk_terminal import events, opened
from tests.terminal import Terminal

TYPED = "wants a call on Monday"


def begun(terminal: Terminal, first: str) -> None:
    terminal.wait_for(first)
    terminal.wait_idle()


def note_begun(terminal: Terminal, text: str) -> None:
    """Opens the note on the contact in hand and types into its first field."""
    terminal.keys("7")
    terminal.wait_for("Note on")
    terminal.keys(*text)
    terminal.wait_for(text)


def note_saved(terminal: Terminal) -> None:
    """Leaves one field of the note after the other, each Enter to the field it is meant for."""
    for _field in range(3):
        terminal.wait_idle()
        terminal.keys("enter")
    terminal.wait_for("noted")


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda n: n.name
)
def test_told_to_end_it_gives_the_terminal_back_and_says_so(tmp_path: Path, number: int) -> None:
    path, first = new_file(tmp_path, "en"), names("en")[0]
    with opened(path, "en", 120, 36) as terminal:
        begun(terminal, first)
        terminal.keys("1")
        terminal.wait_for(f"✓ {first}: ✿")
        terminal.kill(number)
        assert terminal.wait() == 128 + number
        for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1000l"):
            assert terminal.bytes_seen.rindex(mode) > terminal.bytes_seen.rindex(b"\x1b[?1049h")
        assert "siyu was told to end" in terminal.screen_text()
        assert "Traceback" not in terminal.screen_text()
    assert events(path) == [("reaction", "friendly", first)]


ENDS = {
    "the window closed": None,
    "SIGTERM": signal.SIGTERM,
    "SIGHUP": signal.SIGHUP,
    "SIGKILL": signal.SIGKILL,
}


@pytest.mark.parametrize("how", ENDS)
def test_note_half_typed_comes_back(tmp_path: Path, how: str) -> None:
    path, (first, second, *_rest) = new_file(tmp_path, "en"), names("en")
    number = ENDS[how]
    with opened(path, "en", 120, 36) as terminal:
        begun(terminal, first)
        note_begun(terminal, TYPED)
        terminal.wait_idle()
        if number is None:
            terminal.close_window()
        else:
            terminal.kill(number)
        assert terminal.wait() != 0
    (draft,) = tmp_path.glob(".*drafts.json")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert events(path) == []
    with opened(path, "en", 120, 36) as terminal:
        begun(terminal, first)
        terminal.keys("down")
        terminal.wait_idle()
        terminal.keys("7")
        terminal.wait_for(f"Note on {second}")
        assert TYPED not in terminal.screen_text(), "another contact's window is empty"
        terminal.keys("escape", "up")
        terminal.wait_idle()
        terminal.keys("7")
        terminal.wait_for(TYPED)
        assert "Typed before and not saved yet" in terminal.screen_text()
        note_saved(terminal)
        assert not draft.exists(), "what is saved is no draft any more"
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0
    assert events(path) == [("note", None, first)]


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGTSTP], ids=["SIGSTOP", "SIGTSTP"])
def test_stopped_and_continued_it_is_drawn_again_and_loses_nothing(
    tmp_path: Path, how: signal.Signals
) -> None:
    """The terminal is in another program's hands meanwhile."""
    path, first = new_file(tmp_path, "en"), names("en")[0]
    with opened(path, "en", 120, 36) as terminal:
        begun(terminal, first)
        note_begun(terminal, "half a sen")
        for _round in range(3):
            terminal.kill(how)
            terminal.wait_stopped()
            terminal.scribble()
            terminal.kill(signal.SIGCONT)
            terminal.wait_for("half a sen")
            terminal.wait_idle()
        assert "scribbled" not in terminal.screen_text()
        terminal.keys(*"tence")
        terminal.wait_for("half a sentence")
        note_saved(terminal)
        terminal.keys("1")
        terminal.wait_for(f"✓ {first}: ✿")
        terminal.paste("one text, not two")
        terminal.wait_for("one text, not two")
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0
    assert events(path) == [("note", None, first), ("reaction", "friendly", first)]


def test_ctrl_z_is_undo_and_does_not_stop_the_desk(tmp_path: Path) -> None:
    path, first = new_file(tmp_path, "en"), names("en")[0]
    with opened(path, "en", 120, 36) as terminal:
        begun(terminal, first)
        terminal.keys("1")
        terminal.wait_for(f"✓ {first}: ✿")
        terminal.keys("ctrl+z")
        terminal.wait_for("↶")
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0
    assert [kind for kind, _reaction, _name in events(path)] == ["reaction", "undo"]
