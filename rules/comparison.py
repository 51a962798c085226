"""Two sets of sends beside each other on equal stages: which did better, and how sure that is.

Owns the fairness of the comparison: both sides are weighed with the same mix
of stages (direct standardisation), so that more leads on one side are no
effect. The interval around a standardised rate is Wilson's, widened by what
the weights cost (Dobson's way); the probability is that of two counts with
the same rates and that precision. With one stage both are the plain ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules import beta
from rules.verdicts import Evidence, VerdictRules, percent
from rules.wording import N_, Sentence, sentence

SURE = 0.9
"""Probability from which one side is called better."""

Side = Mapping[str, Evidence]
"""What was sent and came back, by stage."""
Part = tuple[int, int]
"""So many of so many sends."""


class Outcome(StrEnum):
    """How the second side did beside the first."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    """More reacted eagerly, and more rejected it, or less of both."""
    UNSURE = "unsure"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its 95 % interval, each from 0 to 1."""

    rate: float
    low: float
    high: float
    weight: float
    """How many plain sends would tell it as precisely."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One rate on both sides."""

    first: Rate
    second: Rate
    chance: float
    """The probability that it is higher on the second side."""


@dataclass(frozen=True, slots=True)
class StagePair:
    """Both sides in one stage."""

    stage: str
    first: Evidence
    second: Evidence


@dataclass(frozen=True)
class Comparison:
    """Two sides on the stages that both have."""

    stages: tuple[StagePair, ...]
    """Every stage of either side."""
    engaged: Pair
    """Positive or exploring."""
    good: Pair
    against: Pair
    """Rejecting or lost."""
    outcome: Outcome
    reason: Sentence

    @property
    def first(self) -> Evidence:
        """All that the first side sent, whatever the stage."""
        return sum((pair.first for pair in self.stages), Evidence())

    @property
    def second(self) -> Evidence:
        return sum((pair.second for pair in self.stages), Evidence())


def compare(
    first: Side, second: Side, rules: VerdictRules, order: Sequence[str] = ()
) -> Comparison:
    """The second side beside the first; `order` names the stages that come first."""
    known = (stage for stage in order if stage in first or stage in second)
    names = dict.fromkeys([*known, *first, *second])
    none = Evidence()
    stages = tuple(StagePair(name, first.get(name, none), second.get(name, none)) for name in names)
    shared = [pair for pair in stages if pair.first.sends and pair.second.sends]
    engaged = _pair([(_of(p.first, "engaged"), _of(p.second, "engaged")) for p in shared])
    good = _pair([(_of(p.first, "good"), _of(p.second, "good")) for p in shared])
    against = _pair([(_of(p.first, "against"), _of(p.second, "against")) for p in shared])
    least = min(sum(p.first.sends for p in shared), sum(p.second.sends for p in shared))
    outcome, reason = _outcome(engaged, against, least, rules)
    return Comparison(stages, engaged, good, against, outcome, reason)


def standardised(parts: list[Part], weights: list[float]) -> Rate:
    """The rate of parts under given weights, which add up to 1. Without parts: nothing is known."""
    n = sum(sends for _count, sends in parts)
    if not n:
        return Rate(0.0, 0.0, 1.0, 0.0)
    k = sum(count for count, _sends in parts)
    rate = sum(w * count / sends for w, (count, sends) in zip(weights, parts, strict=True))
    spread = sum(w * w * _variance(*part) for w, part in zip(weights, parts, strict=True))
    plain = sum((sends / n) ** 2 * _variance(count, sends) for count, sends in parts)
    wider = (spread / plain) ** 0.5
    low, high = beta.interval(k, n)
    return Rate(
        rate,
        max(0.0, rate + wider * (low - k / n)),
        min(1.0, rate + wider * (high - k / n)),
        n / wider**2,
    )


def _variance(count: int, sends: int) -> float:
    """Of a rate; half a success and half a failure keep it from being nothing at 0 of n."""
    rate = (count + 0.5) / (sends + 1)
    return rate * (1 - rate) / sends


def _of(evidence: Evidence, name: str) -> Part:
    return int(getattr(evidence, name)), evidence.sends


def _pair(parts: list[tuple[Part, Part]]) -> Pair:
    """One rate on both sides, each stage weighed by the sends of both together."""
    total = sum(first[1] + second[1] for first, second in parts)
    weights = [(first[1] + second[1]) / total for first, second in parts]
    first = standardised([first for first, _second in parts], weights)
    second = standardised([second for _first, second in parts], weights)
    return Pair(first, second, beta.beats(*_counts(second), *_counts(first)))


def _counts(rate: Rate) -> Part:
    """Whole counts with this rate and precision."""
    n = round(rate.weight)
    return min(n, round(rate.rate * n)), n


def _outcome(
    engaged: Pair, against: Pair, least: int, rules: VerdictRules
) -> tuple[Outcome, Sentence]:
    if least < rules.minimum_sends:
        told = N_("{sends} sends in stages that both have, compared from {least}")
        return Outcome.TOO_FEW, sentence(told, sends=least, least=rules.minimum_sends)
    up, down = engaged.chance >= SURE, engaged.chance <= 1 - SURE
    harm, relief = against.chance >= SURE, against.chance <= 1 - SURE
    if (up and harm) or (down and relief):
        told = N_("positive and exploring {engaged}, rejecting and lost {against}")
        return Outcome.MIXED, sentence(told, engaged=_told(engaged), against=_told(against))
    if up or down:
        told = N_("positive and exploring {engaged}")
        return Outcome.BETTER if up else Outcome.WORSE, sentence(told, engaged=_told(engaged))
    if harm or relief:
        told = N_("rejecting and lost {against}")
        return Outcome.WORSE if harm else Outcome.BETTER, sentence(told, against=_told(against))
    told = N_("positive and exploring {engaged}")
    return Outcome.UNSURE, sentence(told, engaged=_told(engaged))


def _told(pair: Pair) -> Sentence:
    return sentence(
        N_("{first}% → {second}%, {sure}% sure"),
        first=percent(pair.first.rate),
        second=percent(pair.second.rate),
        sure=f"{min(99, int(100 * max(pair.chance, 1 - pair.chance)))}",
    )
