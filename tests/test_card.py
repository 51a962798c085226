"""The card of the contact in hand: on a low one the title of what was sent last is whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from rules.nouns import Reaction
from store import verbs
from store.offering import offer
from store.timeline import last_touches
from tests.desk_kit import MONDAY, SOP, Desk, moment, new_desk, sent
from tui.screens.card import card_lines
from tui.widgets.lines import Line

LONG = "白板换成屏幕，前后两张照片，谁看谁明白"
LOW = 7
"""Rows of the card on a screen of 80x24."""


def titled(desk: Desk, title: str) -> None:
    """Every content of the SOP has that title, so that the wrong one cannot be seen."""
    contents = {name: replace(one, title=title) for name, one in SOP.contents.items()}
    desk.shift = replace(desk.shift, sop=replace(SOP, contents=contents))


def told(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _look in line) for line in lines]


def squeezed(text: str) -> str:
    return text.replace(" ", "")


@pytest.mark.parametrize("width", [37, 40, 64])
@pytest.mark.parametrize("title", ["短的", "钣金厂的准交率，从 71% 到 93%", LONG])
@pytest.mark.parametrize("reply", ["", "谢谢，我拿去早会上讲讲，大家都看看再说吧"])
def test_latest_title_is_whole_on_a_low_card(
    tmp_path: Path, width: int, title: str, reply: str
) -> None:
    desk = new_desk(tmp_path)
    titled(desk, title)
    contact = desk.add(company="苏州新禾精密", source="展会", tags="制造业,百到三百人,急单多")
    words = {"reply": reply} if reply else {}
    for day in (MONDAY, MONDAY + 7):
        sent(verbs.send(desk.db, desk.shift, moment(day), contact))
        verbs.react(desk.db, desk.shift, moment(day), contact, Reaction.FRIENDLY, words)
    offered = offer(desk.db, desk.shift, moment(MONDAY + 7), contact)
    touches = last_touches(desk.db, contact, 3)
    rows = told(card_lines(offered, touches, desk.shift.sop, width, None, LOW))
    assert len(rows) <= LOW
    assert all(cell_len(row) <= width for row in rows)
    assert squeezed(title) in squeezed("".join(rows))
    assert any("✿" in row for row in rows)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"reply": "谢谢", "note": "老板拍板"}, '"谢谢"'),
        ({"note": "老板拍板"}, "Note: 老板拍板"),
    ],
    ids=["the reply as it came", "a note says what it is"],
)
def test_what_stands_beside_a_reaction(
    tmp_path: Path, words: dict[str, str], expected: str
) -> None:
    desk = new_desk(tmp_path)
    contact = desk.add()
    sent(verbs.send(desk.db, desk.shift, moment(MONDAY), contact))
    verbs.react(desk.db, desk.shift, moment(MONDAY), contact, Reaction.FRIENDLY, words)
    offered = offer(desk.db, desk.shift, moment(MONDAY), contact)
    touches = last_touches(desk.db, contact, 3)
    rows = told(card_lines(offered, touches, desk.shift.sop, 90))
    assert expected in "".join(rows)
