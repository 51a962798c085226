"""What the reactions say of a content: premium, keep, rewrite, drop, or not enough evidence yet.

Owns the meaning of the counts. Invariants: below the minimum of sends nothing
is decided; a better reaction in place of a worse one never lowers the verdict
(drop, rewrite, undecided, keep, premium); the order of the contents changes
nothing. The method with its sources and simulations is docs/verdicts.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules import beta
from rules.nouns import Reaction
from rules.wording import N_, Sentence, sentence


class Verdict(StrEnum):
    """What becomes of a content in the next version."""

    PREMIUM = "premium"
    KEEP = "keep"
    REWRITE = "rewrite"
    """The content stays, the words that lead it in are written anew."""
    DROP = "drop"
    UNDECIDED = "undecided"


WORST_FIRST = (
    Verdict.DROP,
    Verdict.REWRITE,
    Verdict.UNDECIDED,
    Verdict.KEEP,
    Verdict.PREMIUM,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Scheduled touches of one content or script, and the reactions that stand for them.

    Raises ValueError for a negative count or for more reactions than sends.
    """

    sends: int = 0
    friendly: int = 0
    positive: int = 0
    exploring: int = 0
    rejecting: int = 0
    lost: int = 0

    def __post_init__(self) -> None:
        counts = (self.friendly, self.positive, self.exploring, self.rejecting, self.lost)
        if min(counts) < 0 or self.sends < sum(counts):
            raise ValueError(f"no counts of one content: {self}")

    @classmethod
    def of(cls, reactions: Iterable[Reaction | None]) -> Evidence:
        """The evidence of touches, each with what stands as its reaction; None is silence."""
        counts = Counter(reactions)
        return cls(counts.total(), *(counts[reaction] for reaction in Reaction))

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.sends + other.sends,
            self.friendly + other.friendly,
            self.positive + other.positive,
            self.exploring + other.exploring,
            self.rejecting + other.rejecting,
            self.lost + other.lost,
        )

    @property
    def engaged(self) -> int:
        """Positive or exploring: what makes a content premium."""
        return self.positive + self.exploring

    @property
    def good(self) -> int:
        """Friendly, positive or exploring."""
        return self.friendly + self.engaged

    @property
    def against(self) -> int:
        """Rejecting or lost."""
        return self.rejecting + self.lost

    @property
    def silence(self) -> int:
        """Sends without a standing reaction."""
        return self.sends - self.good - self.against


@dataclass(frozen=True, slots=True)
class Usual:
    """The rates that a content of this SOP usually gets, each between 0 and 1."""

    engaged: float
    good: float
    against: float

    def __post_init__(self) -> None:
        if not (0 < self.engaged < 1 and 0 < self.good < 1 and 0 < self.against < 1):
            raise ValueError(f"usual rates lie between 0 and 1: {self}")


@dataclass(frozen=True, slots=True)
class Bar:
    """A rate to be over or under: so many times the usual one, yet within two fixed rates."""

    times: float
    least: float
    most: float
    sure: float = 0.9
    """Probability that is needed."""

    def __post_init__(self) -> None:
        if not (self.times > 0 and 0 < self.least <= self.most < 1 and 0.5 <= self.sure < 1):
            raise ValueError(f"not a bar: {self}")

    def at(self, usual: float) -> float:
        """The rate, given what is usual."""
        return min(max(self.times * usual, self.least), self.most)


@dataclass(frozen=True, slots=True)
class VerdictRules:
    """The thresholds, all of them; docs/verdicts.md says what each does."""

    minimum_sends: int = 30
    prior_sends: float = 8
    """How many sends of a content the SOP's average counts as."""
    premium: Bar = Bar(times=1.4, least=0.06, most=0.13, sure=0.8)
    """For the rate of positive and exploring: over it."""
    keep: Bar = Bar(times=0.5, least=0.05, most=0.20, sure=0.8)
    """For the rate of all good reactions: over it."""
    rewrite: Bar = Bar(times=2.0, least=0.03, most=0.05, sure=0.8)
    """For the rate of rejecting and lost: over it."""
    drop: Bar = Bar(times=0.45, least=0.03, most=0.12, sure=0.9)
    """For the rate of all good reactions: under it."""
    doubt: float = 0.5
    """From this probability of being over the bar for a rewrite, nothing is called good."""
    base: Usual = Usual(engaged=0.08, good=0.22, against=0.015)
    """What is usual before the SOP has figures of its own."""
    base_sends: float = 50
    """How many sends `base` counts as."""
    trend_sure: float = 0.975
    """Probability needed to call a content rising or falling."""

    def __post_init__(self) -> None:
        if self.minimum_sends < 1 or self.prior_sends <= 0 or self.base_sends <= 0:
            raise ValueError(f"sends are counted from 1: {self}")
        if not (0 < self.doubt <= self.rewrite.sure and 0.5 <= self.trend_sure < 1):
            raise ValueError(f"not a probability to decide by: {self}")


RULES = VerdictRules()


@dataclass(frozen=True, slots=True)
class Measured:
    """One rate of one content: what was counted, and what is believed of it."""

    count: int
    sends: int
    usual: float
    """The rate of the SOP's other contents."""
    prior_sends: float

    @property
    def rate(self) -> float:
        """The plain rate; 0 without sends."""
        return self.count / self.sends if self.sends else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval of 95 % around the plain rate."""
        return beta.interval(self.count, self.sends)

    @property
    def expected(self) -> float:
        """The rate drawn towards the usual one: the next send's chance."""
        a, b = self._belief
        return a / (a + b)

    @property
    def believed(self) -> tuple[float, float]:
        """Where the rate lies with 95 % probability, the usual rate taken into account."""
        return beta.quantile(0.025, *self._belief), beta.quantile(0.975, *self._belief)

    def over(self, rate: float) -> float:
        """The probability that the true rate is over `rate`."""
        return beta.above(rate, *self._belief)

    @property
    def _belief(self) -> tuple[float, float]:
        prior = self.usual * self.prior_sends
        return prior + self.count, self.prior_sends - prior + self.sends - self.count


@dataclass(frozen=True, slots=True)
class Chances:
    """How probable it is that a content lies beyond each bar; they do not add up to 1."""

    premium: float
    keep: float
    rewrite: float
    drop: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers that a verdict rests on."""

    evidence: Evidence
    engaged: Measured
    good: Measured
    against: Measured
    chances: Chances


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why, and its numbers."""

    verdict: Verdict
    reason: Sentence
    figures: Figures


def usual_of(others: Evidence, rules: VerdictRules = RULES) -> Usual:
    """What is usual, from all sends of the other contents together."""
    sends, base, weight = others.sends + rules.base_sends, rules.base, rules.base_sends
    return Usual(
        (others.engaged + base.engaged * weight) / sends,
        (others.good + base.good * weight) / sends,
        (others.against + base.against * weight) / sends,
    )


def judge_all(
    contents: Mapping[str, Evidence],
    rules: VerdictRules = RULES,
    rewritten: Collection[str] = (),
) -> dict[str, Judgement]:
    """The judgements of all contents of one SOP version, by content, each beside the others.

    The evidence of a content is that of the texts in use. `rewritten` names the
    contents of which an earlier text was already judged to be rewritten.
    """
    total = sum(contents.values(), Evidence())
    return {
        content: judge(
            evidence, usual_of(_without(total, evidence), rules), rules, content in rewritten
        )
        for content, evidence in contents.items()
    }


def judge(
    evidence: Evidence, usual: Usual, rules: VerdictRules = RULES, rewritten: bool = False
) -> Judgement:
    """The judgement of one content or of one script, beside what is usual."""
    sends, prior = evidence.sends, rules.prior_sends
    engaged = Measured(evidence.engaged, sends, usual.engaged, prior)
    good = Measured(evidence.good, sends, usual.good, prior)
    against = Measured(evidence.against, sends, usual.against, prior)
    chances = Chances(
        engaged.over(rules.premium.at(usual.engaged)),
        good.over(rules.keep.at(usual.good)),
        against.over(rules.rewrite.at(usual.against)),
        1 - good.over(rules.drop.at(usual.good)),
    )
    figures = Figures(evidence, engaged, good, against, chances)
    verdict, reason = _verdict(figures, rules, rewritten)
    return Judgement(verdict, reason, figures)


def _verdict(figures: Figures, rules: VerdictRules, rewritten: bool) -> tuple[Verdict, Sentence]:
    """What harms comes first: contacts who reject are gone, whatever the others said."""
    chances, good = figures.chances, figures.good
    if figures.evidence.sends < rules.minimum_sends:
        return Verdict.UNDECIDED, _too_few(figures.evidence.sends, rules.minimum_sends)
    if chances.drop >= rules.drop.sure:
        return Verdict.DROP, _told(N_("only {count} of {sends} reacted well, {beside}"), good)
    if chances.rewrite >= rules.doubt:
        return _many_against(figures, rules, rewritten)
    if chances.premium >= rules.premium.sure:
        message = N_("{count} of {sends} were positive or exploring, {beside}")
        return Verdict.PREMIUM, _told(message, figures.engaged)
    if chances.keep >= rules.keep.sure:
        return Verdict.KEEP, _told(N_("{count} of {sends} reacted well, {beside}"), good)
    message = N_("{count} of {sends} reacted well, {beside}: not enough to be sure")
    return Verdict.UNDECIDED, _told(message, good)


def _many_against(
    figures: Figures, rules: VerdictRules, rewritten: bool
) -> tuple[Verdict, Sentence]:
    if figures.chances.rewrite < rules.rewrite.sure:
        message = N_("{count} of {sends} rejected it or left, {beside}: not enough to be sure")
        return Verdict.UNDECIDED, _told(message, figures.against)
    if rewritten:
        message = N_("{count} of {sends} rejected it or left, {beside}, after a rewrite too")
        return Verdict.DROP, _told(message, figures.against)
    message = N_("{count} of {sends} rejected it or left, {beside}: change the words that lead in")
    return Verdict.REWRITE, _told(message, figures.against)


def _too_few(sends: int, least: int) -> Sentence:
    return sentence(N_("{sends} sends so far, judged from {least}"), sends=sends, least=least)


def _told(message: str, measured: Measured) -> Sentence:
    beside = N_("{rate}% where {usual}% is usual")
    return sentence(
        message,
        count=measured.count,
        sends=measured.sends,
        beside=sentence(beside, rate=percent(measured.rate), usual=percent(measured.usual)),
    )


def percent(rate: float) -> str:
    """A rate as per cent without the sign: one decimal below ten, none above."""
    return f"{rate * 100:.1f}" if rate < 0.0995 else f"{rate * 100:.0f}"


def _without(total: Evidence, one: Evidence) -> Evidence:
    return Evidence(
        total.sends - one.sends,
        total.friendly - one.friendly,
        total.positive - one.positive,
        total.exploring - one.exploring,
        total.rejecting - one.rejecting,
        total.lost - one.lost,
    )
