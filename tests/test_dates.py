"""Days as they are typed, and as they are told: near ones without their year, far ones with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from rules.timing import day_number
from tui.dates import parse_day
from tui.wording import day_words
from tui.words import Language, set_language, set_today

TODAY = date(2026, 3, 2)

TYPED = {
    "a day to come": ("3-9", date(2026, 3, 9)),
    "later in the year": ("12/1", date(2026, 12, 1)),
    "yesterday is not next year": ("3.1", date(2026, 3, 1)),
    "half a year ago is next year's": ("8-20", date(2026, 8, 20)),
    "with its year": ("2027-03-01", date(2027, 3, 1)),
    "in Chinese": ("3月9日", date(2026, 3, 9)),
    "days from now": ("+5", date(2026, 3, 7)),
    "no such day": ("2-30", None),
    "no day": ("soon", None),
}


@pytest.mark.parametrize(("typed", "meant"), TYPED.values(), ids=TYPED)
def test_a_typed_day_is_the_one_that_was_meant(typed: str, meant: date | None) -> None:
    found = parse_day(typed, day_number(TODAY))
    assert found == (None if meant is None else day_number(meant))


def test_in_december_a_day_of_january_is_the_next_years() -> None:
    december = day_number(date(2026, 12, 28))
    assert parse_day("1-5", december) == day_number(date(2027, 1, 5))
    assert parse_day("12-27", december) == december - 1, "which the dialog calls past"


def test_a_purchase_lies_in_the_past() -> None:
    assert parse_day("3-9", day_number(TODAY), past=True) == day_number(date(2025, 3, 9))


@pytest.fixture
def today() -> Iterator[None]:
    set_today(TODAY)
    yield
    set_today(None)
    set_language("en")


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("lang", "day", "told"),
    [
        pytest.param("zh", date(2026, 2, 24), "2月24日", id="near"),
        pytest.param("zh", date(2024, 2, 24), "2024年2月24日", id="two years ago"),
        pytest.param("zh", date(2027, 3, 1), "2027年3月1日", id="almost a year ahead"),
        pytest.param("en", date(2025, 12, 30), "30 Dec", id="last year, but near"),
        pytest.param("en", date(2024, 2, 24), "24 Feb 2024", id="in English"),
    ],
)
def test_a_far_day_is_told_with_its_year(lang: Language, day: date, told: str) -> None:
    set_language(lang)
    assert day_words(day_number(day)) == told
