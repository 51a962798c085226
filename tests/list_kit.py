"""Rules for the small desk of `tests.desk_kit`, and what tests ask of its lists."""

from __future__ import annotations

from dataclasses import replace

from rules.lists import PROPOSAL, DueFrom, DueRule, ListRule, PriorityRule
from rules.shift import Shift
from rules.sop import Sop
from store import standing
from tests.desk_kit import SOP, Desk, shift
from tests.rule_kit import compiled

REVISIT = ListRule(
    "revisit",
    "回访",
    compiled("status = 'active' and last_reaction = 'positive'"),
    DueRule(DueFrom.ROUND, 7),
    "{days_since_reaction} 天前积极回应",
    5,
)
HIGH_INTENT = ListRule(
    "high_intent", "高意向", compiled("keyword_count >= 1"), reason="{keyword_count}", priority=8
)
READY = ListRule(
    PROPOSAL,
    "可进下一阶段",
    compiled("exploring_count >= 1"),
    DueRule(DueFrom.REACTION, 1),
    "{stage}",
    6,
)
SILENT = ListRule("silent", "沉默", compiled("silent_days >= 3"), DueRule(DueFrom.ROUND, 14))
PAUSED = ListRule("paused", "已暂停", compiled("status = 'paused'"), DueRule(DueFrom.REACTION, 30))
EVERYBODY = ListRule("everybody", "全部", compiled("touch_count >= 0"), reason="{touch_count}")
LISTS = (REVISIT, HIGH_INTENT, READY, SILENT, PAUSED, EVERYBODY)
LATE = PriorityRule(compiled("days_overdue >= 2"), 2)


def ruled(lists: tuple[ListRule, ...] = LISTS, sop: Sop = SOP) -> Sop:
    """The small desk's SOP with rules."""
    return replace(sop, lists=lists, priorities=(LATE,))


RULED: Shift = shift(sop=ruled())


def lists_of(desk: Desk, contact: int) -> set[str]:
    """The lists that a contact stands on, by its flags and by its entries alike."""
    force = standing.in_force(desk.db)
    assert force is not None
    flags = desk.state(contact).flags
    on = {name for name, bit in force.rules.bits.items() if flags >> bit & 1}
    entries = standing.entries_of(desk.db, contact)
    assert {force.rules.lists[bit].id for bit in entries} == on
    return on
