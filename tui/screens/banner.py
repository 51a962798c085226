"""What stands above the panes until its cause is gone: about the day, then about the desk. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rules.notices import day_notices
from rules.timing import Moment
from store.log_times import newest_time
from tui.opening import OpenDesk
from tui.show import show
from tui.words import say
from tui.wrapping import wrap

if TYPE_CHECKING:
    from tui.widgets.lines import Line

ROWS = 2
"""Rows that one notice may take."""


def banner_lines(desk: OpenDesk, now: Moment, width: int) -> list[Line]:
    """Every notice wrapped to a screen of so many cells; none when there is nothing to say."""
    notices = day_notices(now, desk.shift.calendar, newest_time(desk.db), desk.invented_at)
    told = " · ".join(say(notice) for notice in notices)
    standing = [*([(f"! {told}", "warning")] if told else []), *desk.banners.values()]
    room = max(20, width - 2)
    return [
        ((" " + row, look),)
        for words, look in standing
        for row in _first_rows(wrap(show(words), room))
    ]


def _first_rows(rows: Sequence[str]) -> list[str]:
    """As many rows as a notice may take, a sign at the end where there were more."""
    kept = [*rows[:ROWS]]
    if len(rows) > ROWS:
        kept[-1] += "…"
    return kept
