"""Which backups stay: a table of ages, and what must hold for every row of days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.retention import ALL_OF, DAILY, MONTHLY, WEEKLY, staying
from rules.timing import day_number

TODAY = day_number(date(2026, 3, 2))

CASES: dict[str, tuple[list[int], list[int]]] = {
    "none": ([], []),
    "all of today and yesterday": ([0, 0, 0, 1, 1], [0, 0, 0, 1, 1]),
    "one a day before that": ([0, 2, 2, 2, 3, 3], [0, 2, 3]),
    "what lies ahead, by a clock that went back": ([-9, -9, 0], [-9, -9, 0]),
    "only old ones": ([500, 500, 600], [500, 600]),
}


@pytest.mark.parametrize(("ages", "kept"), CASES.values(), ids=CASES)
def test_what_stays(ages: list[int], kept: list[int]) -> None:
    stays = staying([TODAY - age for age in ages], TODAY)
    assert [age for age, stay in zip(ages, stays, strict=True) if stay] == kept


def test_a_backup_a_day_for_years() -> None:
    """Two days, twelve days, ten weeks, nine months; the newest of each."""
    ages = [*range(1000)]
    stays = staying([TODAY - age for age in ages], TODAY)
    kept = [age for age, stay in zip(ages, stays, strict=True) if stay]
    assert kept[: ALL_OF + DAILY] == [*range(ALL_OF + DAILY)]
    assert len(kept) == ALL_OF + DAILY + WEEKLY + MONTHLY
    gaps = [b - a for a, b in pairwise(kept)]
    assert set(gaps[ALL_OF + DAILY : ALL_OF + DAILY + WEEKLY - 1]) == {7}
    assert all(28 <= gap <= 31 for gap in gaps[-MONTHLY + 1 :])
    assert kept[-1] > 300


def test_kept_day_by_day_the_ladder_is_as_long() -> None:
    """Rotated every day, as a desk does, it reaches as far back as at one go."""
    kept: list[int] = []
    for today in range(1000, 2000):
        kept.insert(0, today)
        kept = [d for d, stay in zip(kept, staying(kept, today), strict=True) if stay]
    assert len(kept) >= ALL_OF + DAILY + WEEKLY + MONTHLY - 1
    assert 1999 - kept[-1] > 270


@given(st.lists(st.integers(0, 3000), max_size=80), st.integers(0, 3000))
def test_the_newest_always_stays_and_a_jump_of_the_clock_takes_at_most_doubles(
    days: list[int], today: int
) -> None:
    days = sorted(days, reverse=True)
    stays = staying(days, today)
    assert all(stays[:1])
    kept = {d for d, stay in zip(days, stays, strict=True) if stay}
    assert len(kept) >= min(len(set(days)), DAILY)
