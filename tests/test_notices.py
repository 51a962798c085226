"""What must be known about the day: an unknown year of holidays, a clock that went back."""

from __future__ import annotations

import pytest

from rules.notices import CLOCK_SLACK_MS, day_notices
from rules.timing import WEEKDAYS, OnLeave, WorkCalendar, WorkdayTable
from tests.desk_kit import MONDAY, moment

KNOWN = WorkdayTable({}, frozenset({2026}))
NOW = moment()
RESTING = WorkdayTable({MONDAY: False}, frozenset({2026}))
LEAVE = ((MONDAY - 1, MONDAY + 1),)


@pytest.mark.parametrize(
    ("calendar", "newest", "words"),
    [
        pytest.param(KNOWN, None, [], id="known year, empty desk"),
        pytest.param(KNOWN, NOW.at_ms, [], id="just now"),
        pytest.param(KNOWN, NOW.at_ms + CLOCK_SLACK_MS, [], id="within the slack"),
        pytest.param(KNOWN, NOW.at_ms + CLOCK_SLACK_MS + 1, ["clock"], id="clock went back"),
        pytest.param(RESTING, None, ["day off: what is planned goes on on 2026-03-03"], id="off"),
        pytest.param(OnLeave(KNOWN, LEAVE), None, ["On leave: what is planned"], id="on leave"),
        pytest.param(WEEKDAYS, None, ["2026"], id="year without a table"),
        pytest.param(WEEKDAYS, NOW.at_ms * 2, ["2026", "clock"], id="both"),
    ],
)
def test_notices_of_a_day(calendar: WorkCalendar, newest: int | None, words: list[str]) -> None:
    told = [str(notice) for notice in day_notices(NOW, calendar, newest)]
    assert len(told) == len(words)
    assert all(word in notice for word, notice in zip(words, told, strict=True))


@pytest.mark.parametrize(
    ("invented", "words"),
    [("", []), ("2026-03-02T09:30+08:00", []), ("2026-03-01T09:30+08:00", ["demo desk"])],
    ids=["a real desk", "a demo on its day", "a demo opened later"],
)
def test_a_demo_desk_opened_later_says_so(invented: str, words: list[str]) -> None:
    told = [str(notice) for notice in day_notices(NOW, KNOWN, None, invented)]
    assert len(told) == len(words)
    assert all(
        word in notice and invented in notice for word, notice in zip(words, told, strict=True)
    )
