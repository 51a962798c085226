"""The day's cap: how many messages an operator may still send, and why the others wait."""

from __future__ import annotations

from rules.sending import Blocked, Why
from rules.wording import N_, sentence
from store.queue import stage_counts
from tui.opening import OpenDesk


def room_today(desk: OpenDesk) -> int:
    """How many messages the operator may still send today."""
    day, names = desk.clock().day, desk.shift.sop.stage_names()
    counts = stage_counts(desk.db, desk.shift.operator, names, day)
    return max(0, desk.shift.settings.daily_cap - sum(count.sent for count in counts))


def over_cap(desk: OpenDesk) -> Blocked:
    """Why somebody due has to wait although nothing else stands against it."""
    cap = desk.shift.settings.daily_cap
    reason = sentence(N_("waits for a later day: {cap} messages a day is the cap"), cap=cap)
    return Blocked(Why.DAILY_CAP, reason)
