"""Working days of a country as a table, make-up days (调休) included.

Invariant: a year stands in the table only when its days are decided; of a
year that the government has still to decree nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import holidays
from holidays.registry import COUNTRIES

from rules.timing import WorkdayTable, day_number

_DECREED = frozenset({"AZ", "BY", "CN", "HU", "KG", "KZ", "LV", "MM", "RU", "UZ", "VN"})
"""Countries whose government moves working days anew for each year, so that a year is
known once its list of moved days is published."""
_MOVED = 4
"""Month and day that are off, month and day worked for them."""


@cache
def countries() -> tuple[str, ...]:
    """The ISO 3166 codes that a calendar can be made for."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


def country_called(word: str) -> str | None:
    """The code of a country by its English name or its code of three letters."""
    wanted = word.casefold()
    for names in COUNTRIES.values():
        if wanted in (name.casefold() for name in names):
            return next((name for name in names if name in countries()), None)
    return None


def work_calendar(country: str, years: Iterable[int]) -> WorkdayTable:
    """The calendar of a country for those of the years that are known.

    Raises ValueError for a code that is not one of `countries()`.
    """
    if country not in countries():
        raise ValueError(f"no calendar of working days for {country!r}")
    wanted = sorted(set(years))
    # Names in the country's own language: without one they would follow the locale.
    language = holidays.country_holidays(country).default_language
    table = holidays.country_holidays(country, years=wanted, language=language)
    known = frozenset(year for year in wanted if _is_known(table, country, year))
    exceptions: dict[int, bool] = {}
    for year in sorted(known):
        for day in _days_of(year):
            worked = table.is_working_day(day)
            if worked != (day.weekday() < 5):
                exceptions[day_number(day)] = worked
    return WorkdayTable(exceptions, known)


def _is_known(table: holidays.HolidayBase, country: str, year: int) -> bool:
    if not table.start_year <= year <= table.end_year:
        return False
    if country in _DECREED:
        return _has_moved_days(table, year)
    return not _is_estimated(table, year)


def _has_moved_days(table: holidays.HolidayBase, year: int) -> bool:
    entries = getattr(table, "special_public_holidays", {}).get(year, ())
    rows = entries if entries and isinstance(entries[0], tuple) else (entries,)
    return any(len(row) >= _MOVED for row in rows)


def _is_estimated(table: holidays.HolidayBase, year: int) -> bool:
    """Whether a feast of that year hangs on a moon that was not yet seen."""
    mark = getattr(table, "estimated_label", "").replace("%s", "").strip(" ()（）")
    return bool(mark) and any(mark in name for day, name in table.items() if day.year == year)


def _days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return (first + timedelta(days=n) for n in range(length))
