"""Which script comes first: the better more often, the worse still tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import variants as simulation
from bench.measured_parts import renewed
from bench.verdicts import PAGE
from rules.sop import Script
from rules.verdicts import Evidence, usual_of
from scripts.choosing import (
    VARIANT_RULES,
    Choice,
    VariantEvidence,
    VariantRules,
    belief,
    choose_variant,
    expected_worth,
)

A, B, C = (Script(name, f"text {name}") for name in "abc")
GOOD, POOR, NONE = Evidence(200, 40, 30, 10), Evidence(200, 10, 3, 0, 10), Evidence()


def candidates(*evidence: Evidence) -> list[VariantEvidence]:
    return [VariantEvidence(s, e) for s, e in zip((A, B, C), evidence, strict=False)]


def chosen(among: Sequence[VariantEvidence], times: int = 2000) -> Counter[str]:
    rng = Random(7)
    return Counter(choose_variant(among, rng).variant.id for _ in range(times))


class Fixed:
    """Lots that are known beforehand: one even number, then gamma values in turn."""

    def __init__(self, lot: float, *gammas: float) -> None:
        self.lot, self.gammas = lot, list(gammas)

    def random(self) -> float:
        return self.lot

    def gammavariate(self, alpha: float, beta: float) -> float:
        return self.gammas.pop(0)


@pytest.mark.parametrize(
    ("among", "lots", "variant", "words"),
    [
        pytest.param((GOOD,), Fixed(0.5), "a", "the only script", id="one script"),
        pytest.param(
            (GOOD, POOR),
            Fixed(0.5, 3, 2, 0, 5, 1, 2, 1, 6),
            "a",
            "best so far: 80 of 200",
            id="the better drawn better",
        ),
        pytest.param(
            (GOOD, POOR),
            Fixed(0.5, 1, 2, 1, 6, 3, 2, 0, 5),
            "b",
            "unproven: 13 of 200",
            id="the worse drawn better",
        ),
        pytest.param(
            (GOOD, NONE), Fixed(0.5, 1, 2, 1, 6, 3, 2, 0, 5), "b", "not sent yet", id="a new one"
        ),
        pytest.param((GOOD, POOR), Fixed(0.04), "a", "at least 5%", id="the first by lot"),
        pytest.param((GOOD, POOR), Fixed(0.06), "b", "at least 5%", id="the second by lot"),
    ],
)
def test_a_choice_is(among: Sequence[Evidence], lots: Fixed, variant: str, words: str) -> None:
    choice = choose_variant(candidates(*among), lots)
    assert choice.variant.id == variant
    assert words in str(choice.why)


def test_a_choice_carries_what_was_drawn() -> None:
    choice = choose_variant(candidates(GOOD, POOR), Fixed(0.5, 3, 2, 0, 5, 1, 2, 1, 6))
    assert choice.lot == 0.5
    assert choice.drawn == pytest.approx({"a": 0.38, "b": -0.02})


def test_the_same_lots_give_the_same_choice() -> None:
    def choices() -> list[Choice]:
        rng = Random("desk")
        return [choose_variant(candidates(GOOD, POOR, NONE), rng) for _ in range(50)]

    assert choices() == choices()


def test_without_scripts_there_is_no_choice() -> None:
    with pytest.raises(ValueError, match="no script"):
        choose_variant([], Random(1))


def test_the_better_comes_first_and_the_worse_is_still_tried() -> None:
    counts = chosen(candidates(GOOD, POOR))
    assert 0.9 < counts["a"] / counts.total() < 0.97
    assert 0.03 < counts["b"] / counts.total() < 0.1


def test_equal_scripts_get_equal_shares() -> None:
    counts = chosen(candidates(GOOD, GOOD, GOOD))
    assert all(0.28 < counts[script.id] / counts.total() < 0.39 for script in (A, B, C))


def test_a_new_script_is_tried_beside_a_known_one() -> None:
    counts = chosen(candidates(Evidence(200, 34, 10, 4, 1), NONE))
    assert counts["b"] / counts.total() > 0.25


def test_the_least_share_is_no_more_than_an_even_one() -> None:
    rng = Random(3)
    rules = VariantRules(least_share=0.9)
    counts = Counter(
        choose_variant(candidates(GOOD, POOR), rng, rules).variant.id for _ in range(2000)
    )
    assert 0.45 < counts["a"] / counts.total() < 0.55


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param({"positive": 9}, {"friendly": 9}, id="positive before friendly"),
        pytest.param({"friendly": 9}, {}, id="friendly before silence"),
        pytest.param({}, {"rejecting": 9}, id="silence before rejecting"),
        pytest.param({}, {"lost": 9}, id="silence before lost"),
        pytest.param({}, {"positive": 9, "rejecting": 9}, id="a rejection outweighs a reply"),
    ],
)
def test_a_send_is_worth_more(better: dict[str, int], worse: dict[str, int]) -> None:
    usual = usual_of(Evidence())
    more, less = (
        expected_worth(belief(Evidence(60, **counts), usual)) for counts in (better, worse)
    )
    assert more > less


@given(
    counts=st.lists(st.tuples(*[st.integers(0, 20)] * 6), min_size=2, max_size=5),
    seed=st.integers(0, 1000),
)
def test_whatever_was_counted_one_of_the_scripts_is_chosen(
    counts: list[tuple[int, ...]], seed: int
) -> None:
    among = [
        VariantEvidence(Script(str(place), "x"), Evidence(sum(row), *row[1:]))
        for place, row in enumerate(counts)
    ]
    choice = choose_variant(among, Random(seed))
    assert choice.variant in [each.variant for each in among]
    assert all(-VARIANT_RULES.against <= worth <= 1 for worth in choice.drawn.values())
    assert choice.drawn.keys() in (set(), {each.variant.id for each in among})


def test_more_sends_go_to_the_better_script_than_by_a_fixed_split() -> None:
    gap = "large: great beside good"
    ours, fixed = (
        [stands[300] for stands in simulation.runs(choose, gap, 8)]
        for choose in (simulation.by_lot, simulation.by_halves)
    )
    assert fmean(stand.share for stand in ours) > 0.7
    assert fmean(stand.share for stand in fixed) == pytest.approx(0.5, abs=0.05)
    assert fmean(stand.worth for stand in ours) > fmean(stand.worth for stand in fixed)


@pytest.mark.slow
def test_the_page_shows_what_the_simulation_finds() -> None:
    page = PAGE.read_text("utf-8")
    assert renewed(page, simulation.PARTS) == page


def test_a_part_of_a_page_is_renewed_and_the_rest_is_kept() -> None:
    page = "a\n<!-- measured: one -->\nold\n<!-- end -->\nb\n<!-- measured: two -->\n<!-- end -->\n"
    new = renewed(page, {"one": lambda: "new"})
    assert new == page.replace("\nold\n", "\n\nnew\n\n")
    assert renewed(new, {"one": lambda: "new"}) == new
