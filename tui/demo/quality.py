"""How good each shipped content really is: the truth behind the demo's reactions.

Operators learn it only from what comes back; whoever checks a verdict compares
it with this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from types import MappingProxyType

from rules.nouns import Reaction


class Worth(StrEnum):
    """What a perfect judge would say of a content."""

    PREMIUM = "premium"
    KEEP = "keep"
    REWRITE = "rewrite"
    """Worth something, but led in by words that put people off."""
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Quality:
    """A content's worth, and how probable each reaction to one touch is; the rest is silence."""

    worth: Worth
    friendly: float
    positive: float
    exploring: float
    rejecting: float

    @property
    def silence(self) -> float:
        return 1 - self.friendly - self.positive - self.exploring - self.rejecting


GREAT = Quality(Worth.PREMIUM, 0.16, 0.15, 0.07, 0.006)
GOOD = Quality(Worth.KEEP, 0.17, 0.05, 0.02, 0.006)
WEAK_SCRIPT = Quality(Worth.REWRITE, 0.06, 0.05, 0.02, 0.08)
BAD = Quality(Worth.DROP, 0.02, 0.005, 0.002, 0.02)

_TRUTH: Mapping[str, Quality] = MappingProxyType(
    {
        "schedule_template": GREAT,
        "three_signals": GOOD,
        "rush_order_card": GREAT,
        "kitting_checklist": GOOD,
        "promise_date_method": WEAK_SCRIPT,
        "machine_idle_video": GOOD,
        "benchmark_report": BAD,
        "monthly_rhythm": GOOD,
        "data_readiness": GREAT,
        "quote_reading": GOOD,
        "selection_questions": WEAK_SCRIPT,
        "shift_calendar_setup": GOOD,
        "routing_times": GOOD,
        "shortage_alert_setup": GOOD,
        "case_rush_orders": GREAT,
        "board_before_after": WEAK_SCRIPT,
        "case_changeover": GOOD,
        "case_on_time": GOOD,
        "demo_sandbox": GREAT,
        "case_wip": GOOD,
        "roi_sheet": GREAT,
        "three_habits": GOOD,
        "case_custom_orders": GOOD,
        "trial_week": GOOD,
        "case_kitting": GOOD,
        "case_two_workshops": GOOD,
        "why_we_started": BAD,
        "live_demo": GOOD,
        "consultant_day": BAD,
        "data_safety": GOOD,
        "price_clarity": GOOD,
        "yearly_roadmap": BAD,
        "first_month_checklist": GREAT,
        "rollout_roadmap": GOOD,
        "acceptance_sheet": GOOD,
        "quarterly_checkup": GOOD,
        "satisfaction_score": GOOD,
        "referral_thanks": GOOD,
        "planner_salon": GOOD,
        "user_day": GOOD,
        "open_day_invitation": GREAT,
        "open_day_reminder": GOOD,
        "open_day_notes": GOOD,
        "one_tap_question": GOOD,
        "sixty_second_clip": GOOD,
        "what_is_new": GOOD,
        "still_the_right_person": GOOD,
    }
)


def qualities() -> Mapping[str, Quality]:
    """The truth about every content that ships, by id."""
    return _TRUTH


def quality(content: str) -> Quality:
    """The truth about one content; one that did not ship is good."""
    return _TRUTH.get(content, GOOD)


def reaction_to(content: str, eagerness: float, rng: Random) -> Reaction | None:
    """Draws what comes back; `eagerness` multiplies every probability. None is silence."""
    truth = quality(content)
    drawn = rng.random() / eagerness if eagerness else 1.0
    for chance, reaction in (
        (truth.friendly, Reaction.FRIENDLY),
        (truth.positive, Reaction.POSITIVE),
        (truth.exploring, Reaction.EXPLORING),
        (truth.rejecting, Reaction.REJECTING),
    ):
        if drawn < chance:
            return reaction
        drawn -= chance
    return None
