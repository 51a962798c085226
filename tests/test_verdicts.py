"""What the reactions say of a content, the numbers it rests on, and that it is seldom wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import comb
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import verdicts as simulation
from bench.measured_parts import renewed
from rules import beta
from rules.nouns import Reaction
from rules.trends import Way, halves, trend
from rules.verdicts import (
    RULES,
    WORST_FIRST,
    Bar,
    Evidence,
    Usual,
    Verdict,
    VerdictRules,
    judge,
    judge_all,
    percent,
    usual_of,
)

USUAL = Usual(engaged=0.09, good=0.24, against=0.015)
SHAPES = st.floats(0.05, 500)
RATES = st.integers(0, 4096).map(lambda part: part / 4096)
"""Rates of which 1 - rate is exact."""


@st.composite
def evidences(draw: st.DrawFn, least: int = 0, most: int = 120) -> Evidence:
    """Counts of one content, of any quality."""
    outcomes = st.sampled_from([*Reaction, *[None] * 8])
    return Evidence.of(draw(st.lists(outcomes, min_size=least, max_size=most)))


@pytest.mark.parametrize(
    ("x", "a", "b", "expected"),
    [
        pytest.param(0.3, 1, 1, 0.3, id="flat"),
        pytest.param(0.4, 2, 3, 0.5248, id="a polynomial"),
        pytest.param(0.5, 7.3, 7.3, 0.5, id="symmetric"),
        pytest.param(0.3, 0.5, 0.5, 0.36901011956554536, id="arcsine"),
        pytest.param(0.1, 5.7, 71.3, 0.81897314649985209, id="a content's belief"),
        pytest.param(0.0375, 0.3, 79.7, 0.99375841887373861, id="hardly any against"),
        pytest.param(0.11, 100, 900, 0.85367063122079001, id="many sends"),
        pytest.param(-1, 2, 3, 0.0, id="under the range"),
        pytest.param(2, 2, 3, 1.0, id="over the range"),
    ],
)
def test_below_is(x: float, a: float, b: float, expected: float) -> None:
    assert beta.below(x, a, b) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("n", [1, 7, 40])
def test_below_agrees_with_the_sum_of_binomials(n: int) -> None:
    for k in range(1, n + 1):
        terms = (comb(n, i) * 0.2**i * 0.8 ** (n - i) for i in range(k, n + 1))
        assert beta.below(0.2, k, n - k + 1) == pytest.approx(sum(terms), abs=1e-12)


@given(x=RATES, y=RATES, a=SHAPES, b=SHAPES)
def test_below_is_a_probability_that_grows(x: float, y: float, a: float, b: float) -> None:
    low, high = (beta.below(rate, a, b) for rate in sorted((x, y)))
    assert 0 <= low <= high + 1e-11
    assert high <= 1
    assert beta.below(x, a, b) + beta.below(1 - x, b, a) == pytest.approx(1, abs=1e-9)


@given(p=st.floats(0.001, 0.999), a=st.floats(0.5, 500), b=st.floats(0.5, 500))
def test_a_quantile_leaves_its_share_below(p: float, a: float, b: float) -> None:
    rate, step = beta.quantile(p, a, b), 2e-10
    assert beta.below(max(0, rate - step), a, b) <= p + 1e-9
    assert beta.below(min(1, rate + step), a, b) >= p - 1e-9


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        pytest.param(0, 0, 0, 1, id="nothing sent"),
        pytest.param(0, 10, 0, 0.27754, id="none of ten"),
        pytest.param(5, 10, 0.23659, 0.76341, id="half"),
        pytest.param(10, 10, 0.72246, 1, id="all"),
        pytest.param(15, 65, 0.14513, 0.34644, id="a good content"),
    ],
)
def test_an_interval_is_wilsons(k: int, n: int, low: float, high: float) -> None:
    assert beta.interval(k, n) == pytest.approx((low, high), abs=1e-5)


@given(n=st.integers(1, 100_000), share=RATES)
def test_an_interval_holds_the_rate(n: int, share: float) -> None:
    k = round(share * n)
    low, high = beta.interval(k, n)
    assert 0 <= low <= k / n <= high <= 1


@given(n=st.integers(0, 60), other_n=st.integers(0, 60), shares=st.tuples(RATES, RATES))
def test_one_rate_beats_the_other_or_is_beaten(
    n: int, other_n: int, shares: tuple[float, float]
) -> None:
    k, other_k = round(n * shares[0]), round(other_n * shares[1])
    chance = beta.beats(k, n, other_k, other_n)
    assert 0 <= chance <= 1
    assert chance + beta.beats(other_k, other_n, k, n) == pytest.approx(1, abs=1e-9)


def test_beats_agrees_with_draws() -> None:
    rng = Random(1)
    pairs = ((rng.betavariate(8, 24), rng.betavariate(5, 27)) for _ in range(20_000))
    assert beta.beats(7, 30, 4, 30) == pytest.approx(fmean(a > b for a, b in pairs), abs=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda: beta.below(0.5, 0, 1), id="no distribution"),
        pytest.param(lambda: beta.below(float("nan"), 1, 1), id="no rate"),
        pytest.param(lambda: beta.quantile(1.5, 1, 1), id="no probability"),
        pytest.param(lambda: beta.interval(3, 2), id="more than sent"),
        pytest.param(lambda: beta.beats(3, 2, 0, 1), id="more than sent on one side"),
        pytest.param(lambda: Evidence(2, friendly=3), id="more reactions than sends"),
        pytest.param(lambda: Evidence(2, friendly=-1), id="a count below nothing"),
        pytest.param(lambda: Usual(0, 0.2, 0.01), id="a usual rate of nothing"),
        pytest.param(lambda: Bar(1, 0.5, 0.1), id="a bar upside down"),
        pytest.param(lambda: VerdictRules(minimum_sends=0), id="no sends needed"),
        pytest.param(lambda: VerdictRules(doubt=0.99), id="doubt beyond certainty"),
    ],
)
def test_refused_is(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong()


@pytest.mark.parametrize(
    ("counts", "rewritten", "verdict", "words"),
    [
        pytest.param((29, 5, 9, 4), False, "undecided", "29 sends so far", id="too few"),
        pytest.param((65, 10, 10, 5), False, "premium", "15 of 65 were positive", id="eager"),
        pytest.param((65, 2, 1, 14), False, "premium", "15 of 65", id="exploring counts alike"),
        pytest.param((65, 22), False, "keep", "22 of 65 reacted well, 34%", id="friendly only"),
        pytest.param((65, 11, 3, 1), False, "keep", "23% where 24% is usual", id="as usual"),
        pytest.param((65, 4, 3, 1, 6), False, "rewrite", "6 of 65 rejected", id="rejected"),
        pytest.param((65, 4, 3, 1, 1, 5), False, "rewrite", "or left", id="lost counts alike"),
        pytest.param((65, 10, 10, 5, 6), False, "rewrite", "lead in", id="harm before praise"),
        pytest.param((65, 4, 3, 1, 6), True, "drop", "after a rewrite too", id="rewrite failed"),
        pytest.param((65, 11, 3, 1), True, "keep", "15 of 65", id="rewrite helped"),
        pytest.param((65, 1), False, "drop", "only 1 of 65 reacted well, 1.5%", id="nobody"),
        pytest.param((65, 0, 0, 0, 5), False, "drop", "only 0 of 65", id="nobody, some against"),
        pytest.param((65, 4, 3, 1, 3), False, "undecided", "3 of 65 rejected", id="a doubt"),
        pytest.param((40, 4, 1), False, "undecided", "not enough to be sure", id="in between"),
    ],
)
def test_a_verdict_is(counts: tuple[int, ...], rewritten: bool, verdict: str, words: str) -> None:
    found = judge(Evidence(*counts), USUAL, rewritten=rewritten)
    assert found.verdict == verdict
    assert words in str(found.reason)


def test_two_lucky_replies_make_no_premium() -> None:
    lucky, eager = Evidence(10, positive=2), Evidence(10, positive=5)
    early = VerdictRules(minimum_sends=10)
    assert judge(Evidence(2, positive=2), USUAL).verdict is Verdict.UNDECIDED
    assert judge(lucky, USUAL, early).verdict is not Verdict.PREMIUM
    assert judge(eager, USUAL, early).verdict is Verdict.PREMIUM


def test_the_belief_lies_between_the_rate_and_the_usual_one() -> None:
    good = judge(Evidence(40, friendly=20), USUAL).figures.good
    low, high = good.believed
    assert (good.rate, good.usual) == (0.5, 0.24)
    assert good.expected == pytest.approx((20 + 8 * 0.24) / 48)
    assert low < good.expected < high
    assert good.over(low) == pytest.approx(0.975, abs=1e-6)


@given(evidence=evidences())
def test_every_number_is_a_probability(evidence: Evidence) -> None:
    figures = judge(evidence, USUAL).figures
    chances = figures.chances
    for chance in (chances.premium, chances.keep, chances.rewrite, chances.drop):
        assert 0 <= chance <= 1
    for measured in (figures.engaged, figures.good, figures.against):
        assert measured.interval[0] <= measured.rate <= measured.interval[1]


@given(evidence=evidences(most=RULES.minimum_sends - 1), rewritten=st.booleans())
def test_nothing_is_decided_below_the_minimum(evidence: Evidence, rewritten: bool) -> None:
    assert judge(evidence, USUAL, rewritten=rewritten).verdict is Verdict.UNDECIDED


WORSE_FIRST = (
    Reaction.LOST,
    Reaction.REJECTING,
    None,
    Reaction.FRIENDLY,
    Reaction.POSITIVE,
    Reaction.EXPLORING,
)


@given(
    outcomes=st.lists(st.sampled_from(WORSE_FIRST), min_size=30, max_size=90),
    data=st.data(),
    rewritten=st.booleans(),
)
def test_a_better_reaction_never_lowers_the_verdict(
    outcomes: list[Reaction | None], data: st.DataObject, rewritten: bool
) -> None:
    place = data.draw(st.integers(0, len(outcomes) - 1))
    at = WORSE_FIRST.index(outcomes[place])
    better = [*outcomes]
    better[place] = data.draw(st.sampled_from(WORSE_FIRST[at:]))
    assert rank(better, rewritten) >= rank(outcomes, rewritten)


@given(evidence=evidences(least=30), more=st.sampled_from(["positive", "exploring"]))
def test_one_more_eager_reply_never_lowers_the_verdict(evidence: Evidence, more: str) -> None:
    grown = evidence + Evidence(**{"sends": 1, more: 1})
    order = WORST_FIRST.index
    assert order(judge(grown, USUAL).verdict) >= order(judge(evidence, USUAL).verdict)


def rank(outcomes: list[Reaction | None], rewritten: bool) -> int:
    """How good the verdict is, in an SOP with other contents."""
    contents = {"this": Evidence.of(outcomes), "other": Evidence(300, 50, 15, 8, 4, 1)}
    return WORST_FIRST.index(
        judge_all(contents, rewritten={"this"} if rewritten else ())["this"].verdict
    )


@given(contents=st.dictionaries(st.text(max_size=3), evidences(), max_size=6), data=st.data())
def test_the_order_of_the_contents_changes_nothing(
    contents: dict[str, Evidence], data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(contents.items()))))
    assert judge_all(shuffled) == judge_all(contents)


def test_a_content_is_measured_by_the_others() -> None:
    loud, calm = Evidence(100, positive=90), Evidence(100, friendly=20)
    found = judge_all({"loud": loud, "calm": calm})
    assert found["loud"].figures.good.usual == usual_of(calm).good
    assert found["calm"].figures.good.usual == usual_of(loud).good


def test_what_is_usual_begins_at_the_base_and_moves_to_the_figures() -> None:
    assert usual_of(Evidence()).good == pytest.approx(RULES.base.good)
    assert usual_of(Evidence(50_000, friendly=5_000)).good == pytest.approx(0.1, abs=0.001)


def test_a_bar_follows_the_usual_rate_within_its_ends() -> None:
    bar = Bar(times=2, least=0.1, most=0.3)
    assert [bar.at(usual) for usual in (0.01, 0.1, 0.9)] == [0.1, 0.2, 0.3]


@pytest.mark.parametrize(
    ("rate", "told"), [(0, "0.0"), (0.015, "1.5"), (0.0994, "9.9"), (0.0999, "10"), (1, "100")]
)
def test_per_cent_is_told(rate: float, told: str) -> None:
    assert percent(rate) == told


@pytest.mark.parametrize(
    ("earlier", "later", "way"),
    [
        pytest.param((40, 4), (40, 16), Way.RISING, id="rising"),
        pytest.param((40, 16), (40, 4), Way.FALLING, id="falling"),
        pytest.param((40, 9), (40, 11), Way.LEVEL, id="level"),
        pytest.param((10, 0), (10, 9), Way.UNKNOWN, id="too few"),
        pytest.param((0, 0), (0, 0), Way.UNKNOWN, id="nothing sent"),
    ],
)
def test_a_trend_is(earlier: tuple[int, int], later: tuple[int, int], way: Way) -> None:
    found = trend(Evidence(*earlier), Evidence(*later))
    assert found.way is way
    assert f"{later[1]} of the last {later[0]} reacted well" in str(found.reason)


@given(one=evidences(), other=evidences())
def test_a_trend_turns_with_its_halves(one: Evidence, other: Evidence) -> None:
    turned = {Way.RISING: Way.FALLING, Way.FALLING: Way.RISING}
    forth, back = trend(one, other), trend(other, one)
    assert forth.chance + back.chance == pytest.approx(1, abs=1e-9)
    assert turned.get(forth.way, forth.way) is back.way


def test_halves_are_in_the_order_of_the_sends() -> None:
    earlier, later = halves([Reaction.FRIENDLY, None, Reaction.LOST, Reaction.POSITIVE, None])
    assert (earlier, later) == (Evidence(3, friendly=1, lost=1), Evidence(2, positive=1))


@given(st.lists(st.sampled_from([*Reaction, None])))
def test_counted_reactions_add_up(reactions: list[Reaction | None]) -> None:
    whole, (one, other) = Evidence.of(reactions), halves(reactions)
    assert one + other == whole
    assert (whole.sends, whole.silence) == (len(reactions), reactions.count(None))
    assert whole.exploring == reactions.count(Reaction.EXPLORING)


@pytest.mark.parametrize(
    ("sends", "decided", "wrong"),
    [
        pytest.param(20, 0.0, 0.0, id="nothing is decided"),
        pytest.param(50, 0.75, 0.10, id="some months"),
        pytest.param(65, 0.85, 0.07, id="a season of the demo"),
        pytest.param(300, 0.99, 0.02, id="a year"),
    ],
)
def test_verdicts_on_known_qualities_are_true(sends: int, decided: float, wrong: float) -> None:
    table = simulation.simulated(simulation.judged, simulation.MIXES["the demo's"], sends, 15)
    assert simulation.share_decided(table) >= decided
    assert simulation.share_wrong(table) <= wrong
    assert simulation.share_harmful(table) <= 0.02


def test_verdicts_on_uneven_sends_are_true() -> None:
    """A desk's contents get from a handful to almost 200 sends."""
    kinds = simulation.MIXES["the demo's"]
    sends = [8 + place * 180 // len(kinds) for place in range(len(kinds))]
    table = simulation.simulated(simulation.judged, kinds, sends, 15)
    assert simulation.share_decided(table) >= 0.7
    assert simulation.share_wrong(table) <= 0.1


def test_verdicts_are_truer_than_plain_thresholds() -> None:
    kinds = simulation.MIXES["the demo's"]
    ours, plain = (
        simulation.share_wrong(simulation.simulated(judges, kinds, 50, 10))
        for judges in (simulation.judged, simulation.plainly)
    )
    assert ours < plain * 0.7


def test_the_page_shows_the_thresholds_as_they_are() -> None:
    page = simulation.PAGE.read_text("utf-8")
    part = re.search("<!-- measured: thresholds -->(.*?)<!-- end -->", page, re.DOTALL)
    assert part is not None
    assert part[1].strip() == simulation.thresholds()


@pytest.mark.slow
def test_the_page_shows_what_the_simulation_finds() -> None:
    page = simulation.PAGE.read_text("utf-8")
    assert renewed(page, simulation.PARTS) == page


def test_other_thresholds_give_other_verdicts() -> None:
    evidence = Evidence(65, 10, 10, 5)
    strict = replace(RULES, premium=Bar(times=1.4, least=0.5, most=0.6))
    assert judge(evidence, USUAL, strict).verdict is Verdict.KEEP
