"""Whether a content wears out: its later sends beside its earlier ones.

Owns the comparison only; which sends are earlier is the order of the log.
Invariant: swapping the halves swaps rising and falling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules import beta
from rules.nouns import Reaction
from rules.verdicts import RULES, Evidence, VerdictRules, percent
from rules.wording import N_, Sentence, sentence


class Way(StrEnum):
    """Where the rate of good reactions goes."""

    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    """No change that could not be chance."""
    UNKNOWN = "unknown"
    """Too few sends to look for one."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A way, why, and the numbers it rests on."""

    way: Way
    chance: float
    """The probability that good reactions are more frequent in the later half."""
    earlier: Evidence
    later: Evidence
    reason: Sentence


def halves(reactions: Sequence[Reaction | None]) -> tuple[Evidence, Evidence]:
    """The evidence of the earlier and the later half of touches in the order of their sending.

    Of an odd number the one in the middle is earlier. None is silence.
    """
    middle = (len(reactions) + 1) // 2
    return Evidence.of(reactions[:middle]), Evidence.of(reactions[middle:])


def trend(earlier: Evidence, later: Evidence, rules: VerdictRules = RULES) -> Trend:
    """The later half beside the earlier one, by the rate of all good reactions."""
    chance = beta.beats(later.good, later.sends, earlier.good, earlier.sends)
    return Trend(_way(chance, earlier, later, rules), chance, earlier, later, _why(earlier, later))


def _way(chance: float, earlier: Evidence, later: Evidence, rules: VerdictRules) -> Way:
    if 2 * min(earlier.sends, later.sends) < rules.minimum_sends:
        return Way.UNKNOWN
    if chance >= rules.trend_sure:
        return Way.RISING
    # Asked the other way round, so that rounding cannot treat the two unalike.
    if beta.beats(earlier.good, earlier.sends, later.good, later.sends) >= rules.trend_sure:
        return Way.FALLING
    return Way.LEVEL


def _why(earlier: Evidence, later: Evidence) -> Sentence:
    message = N_(
        "{count} of the last {sends} reacted well ({rate}%), before that {old_count} of"
        " {old_sends} ({old_rate}%)"
    )
    return sentence(
        message,
        count=later.good,
        sends=later.sends,
        rate=percent(later.good / max(later.sends, 1)),
        old_count=earlier.good,
        old_sends=earlier.sends,
        old_rate=percent(earlier.good / max(earlier.sends, 1)),
    )
