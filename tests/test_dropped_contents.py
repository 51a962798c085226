"""A content that the SOP has no more is told by its words wherever it was sent: no screen shows
its id. A list's narrow rows keep room for the title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from rules.nouns import Reaction, Status
from store.replies import Awaiting
from tests.app_kit import MIDDLE, SMALL, AtWork, new_file, play
from tui.screens.replies.drawing import Needs, row_line
from tui.wording import content_title

GONE = "SELECT content FROM touch ORDER BY seq DESC LIMIT 1"
ROW = Awaiting(
    1, 1, 20514, "c", "a", Reaction.POSITIVE, "王建国", "", "南京德诚", "lead", Status.ACTIVE
)


def drop(work: AtWork, content: str) -> None:
    """Takes a content out of the SOP in use, as a publish does."""
    shift = work.opened.shift
    left = {name: one for name, one in shift.sop.contents.items() if name != content}
    work.opened.shift = replace(shift, sop=replace(shift.sop, contents=left))


@pytest.mark.parametrize("screen", ["f3", "f5", "f6", "f10"])
def test_no_screen_shows_the_id_of_a_dropped_content(tmp_path: Path, screen: str) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        content = str(work.value(GONE))
        sent = str(work.value("SELECT body FROM script_text WHERE content = ?", content))
        begins = content_title("", sent, work.opened.shift.sop)[:8]
        drop(work, content)
        await work.press(screen)
        assert content not in work.text
        assert begins in work.text

    play(new_file(tmp_path, "en"), "en", story, size=MIDDLE)


def test_message_names_a_dropped_content_by_its_words(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        content = str(work.value(GONE))
        drop(work, content)
        await work.press("1")
        assert content not in work.message
        assert "→ “" in work.message

    play(new_file(tmp_path, "en"), "en", story, size=SMALL)


@pytest.mark.parametrize(("width", "room"), [(37, 13), (52, 24), (90, 46)])
def test_rows_of_replies_have_room_for_the_title(width: int, room: int) -> None:
    line = row_line(ROW, "白" * 40, Needs(), width)
    told = "".join(text for text, _look in line)
    assert cell_len(told) == width
    assert cell_len(line[-1][0]) >= room
    assert "▲" in told
    assert ("积极" in told or "positive" in told) == (width >= 80)
