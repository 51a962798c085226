"""The script alone on the screen, for a terminal that copies nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import SMALL, AtWork, new_file, play
from tests.desk_terminal import opened
from tui.screens.plain import PlainScreen
from tui.words import Language

MOUSE_ON, MOUSE_OFF = b"\x1b[?1003h", b"\x1b[?1003l"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_stands_alone_from_edge_to_edge(tmp_path: Path, lang: Language) -> None:
    async def story(work: AtWork) -> None:
        offer = work.today.hand.offer
        assert offer is not None
        await work.press("ctrl+k")
        assert isinstance(work.app.screen, PlainScreen)
        lines = [line for line in work.lines[:-1] if line]
        joined = "".join("".join(lines).split())
        assert joined == "".join(offer.text.text.split())
        assert lines[0][0] == offer.text.text[0]
        assert "Esc" in work.lines[-1]
        await work.press("escape")
        assert work.app.screen_stack == [work.today]
        assert work.rows("SELECT kind FROM event WHERE kind = 'touch'") == []

    play(new_file(tmp_path, lang), lang, story, SMALL)


def test_who_may_not_be_written_to_has_no_text_to_show(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("9", "1", "ctrl+k")
        assert work.app.screen is work.today
        assert "■" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_a_masked_text_is_not_shown_alone(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("ctrl+g", "ctrl+k")
        assert work.app.screen_stack == [work.today]
        assert "Ctrl+G shows the text as it is" in work.text
        await work.press("ctrl+g", "ctrl+k")
        assert isinstance(work.app.screen, PlainScreen)

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize(
    ("environ", "is_offered"),
    [({"STY": "1.screen"}, True), ({"TERM_PROGRAM": "Apple_Terminal"}, True), ({}, False)],
    ids=["GNU screen", "Terminal of macOS", "no hindrance known"],
)
def test_it_is_offered_where_a_copy_does_not_arrive(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environ: dict[str, str],
    is_offered: bool,
) -> None:
    for name in ("TMUX", "STY", "TERM_PROGRAM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    async def story(work: AtWork) -> None:
        await work.press("enter")
        assert ("Ctrl+K shows it plain" in work.text) is is_offered
        assert "Enter again when it is sent" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_the_terminal_has_the_mouse_to_itself_meanwhile(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")
    with opened(path, "en") as terminal:
        terminal.wait_for("F1")
        terminal.wait_idle()
        before = terminal.bytes_seen.count(MOUSE_ON)
        assert before
        assert MOUSE_OFF not in terminal.bytes_seen
        terminal.send(b"\x0b")
        terminal.wait_for("Select the text")
        assert terminal.bytes_seen.count(MOUSE_OFF) == 1
        terminal.keys("escape")
        terminal.wait_for("F1")
        assert terminal.bytes_seen.count(MOUSE_ON) == before + 1
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0
