"""Two sides on equal stages: the mix of stages is no effect, and doubt is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import beta
from rules.comparison import Outcome, Side, compare, standardised
from rules.verdicts import RULES, Evidence


def side(**stages: tuple[int, int, int]) -> Side:
    """Sends, positive and rejecting by stage."""
    return {
        stage: Evidence(sends, positive=good, rejecting=bad)
        for stage, (sends, good, bad) in stages.items()
    }


CASES = {
    "only the mix is another": (
        side(lead=(900, 45, 9), sql=(100, 40, 1)),
        side(lead=(100, 5, 1), sql=(900, 360, 9)),
        Outcome.UNSURE,
    ),
    "eager in every stage": (
        side(lead=(300, 15, 3), sql=(100, 20, 1)),
        side(lead=(300, 45, 3), sql=(100, 40, 1)),
        Outcome.BETTER,
    ),
    "fewer are eager": (side(lead=(400, 60, 4)), side(lead=(400, 20, 4)), Outcome.WORSE),
    "more reject it": (side(lead=(400, 40, 4)), side(lead=(400, 40, 40)), Outcome.WORSE),
    "fewer reject it": (side(lead=(400, 40, 40)), side(lead=(400, 40, 4)), Outcome.BETTER),
    "more eager and more reject it": (
        side(lead=(400, 20, 4)),
        side(lead=(400, 60, 40)),
        Outcome.MIXED,
    ),
    "better overall, worse in each stage (Simpson)": (
        side(lead=(100, 10, 0), sql=(900, 450, 0)),
        side(lead=(900, 45, 0), sql=(100, 40, 0)),
        Outcome.WORSE,
    ),
    "too few": (side(lead=(29, 0, 0)), side(lead=(500, 90, 0)), Outcome.TOO_FEW),
    "no stage in common": (side(lead=(500, 9, 0)), side(sql=(500, 90, 0)), Outcome.TOO_FEW),
    "nothing at all": ({}, {}, Outcome.TOO_FEW),
}


@pytest.mark.parametrize(("first", "second", "wanted"), CASES.values(), ids=CASES)
def test_compare(first: Side, second: Side, wanted: Outcome) -> None:
    assert compare(first, second, RULES).outcome is wanted


def test_one_stage_gives_the_plain_rate_interval_and_probability() -> None:
    found = compare(side(lead=(200, 10, 2)), side(lead=(100, 15, 1)), RULES)
    low, high = beta.interval(10, 200)
    assert found.engaged.first.rate == pytest.approx(0.05)
    assert (found.engaged.first.low, found.engaged.first.high) == pytest.approx((low, high))
    assert found.engaged.chance == beta.beats(15, 100, 10, 200)


def test_standardised_rate_by_hand() -> None:
    rate = standardised([(10, 100), (30, 60)], [0.25, 0.75])
    assert rate.rate == pytest.approx(0.25 * 0.1 + 0.75 * 0.5)
    assert rate.low < rate.rate < rate.high


def test_stages_are_told_in_the_order_that_was_asked_for() -> None:
    found = compare(side(sql=(1, 0, 0)), side(lead=(1, 0, 0)), RULES, ("lead", "mql", "sql"))
    assert [pair.stage for pair in found.stages] == ["lead", "sql"]


COUNTS = st.integers(0, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
SIDES = st.dictionaries(st.sampled_from(["lead", "mql", "sql"]), COUNTS).map(
    lambda told: {stage: Evidence(n, positive=k) for stage, (n, k) in told.items()}
)


@given(SIDES, SIDES)
def test_rates_are_rates_and_sides_mirror_each_other(first: Side, second: Side) -> None:
    found, turned = compare(first, second, RULES), compare(second, first, RULES)
    for rate in (found.engaged.first, found.engaged.second):
        assert 0 <= rate.low <= rate.rate + 1e-9
        assert rate.rate - 1e-9 <= rate.high <= 1
    assert found.engaged.chance == pytest.approx(1 - turned.engaged.chance, abs=0.02)
    mirrored = {Outcome.BETTER: Outcome.WORSE, Outcome.WORSE: Outcome.BETTER}
    if abs(found.engaged.chance - 0.5) < 0.38 or found.engaged.chance in (0.0, 1.0):
        assert turned.outcome is mirrored.get(found.outcome, found.outcome)


@given(st.lists(COUNTS.filter(lambda c: c[0] > 0), min_size=1, max_size=4))
def test_weights_like_the_sends_give_the_plain_rate(told: list[tuple[int, int]]) -> None:
    n = sum(sends for sends, _k in told)
    rate = standardised([(k, sends) for sends, k in told], [sends / n for sends, _k in told])
    k = sum(k for _sends, k in told)
    assert rate.rate == pytest.approx(k / n)
    assert (rate.low, rate.high) == pytest.approx(beta.interval(k, n), abs=1e-6)
