"""A clock that may be wrong plans nothing: it is told of, and a write says that it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.notices import CLOCK_SLACK_MS, DAY_MS, LONGEST_SILENCE, is_doubtful
from rules.sop import Settings
from tests.app_kit import SMALL, AtWork, csv_of, new_file, play, squeeze
from tests.desk_kit import moment
from tui.clock import WrongTime, desk_clock
from tui.words import Language, _, set_language

NOW = moment()
PLANNED = "SELECT COUNT(*) FROM event WHERE kind IN ('planned', 'spread', 'entered')"
JUMPS = {"ahead by 400 days": "2027-04-06T09:40+08:00", "back by 3 days": "2026-02-27T09:40+08:00"}


@pytest.mark.parametrize(
    ("newest", "doubtful"),
    [
        pytest.param(None, False, id="nothing was ever logged"),
        pytest.param(NOW.at_ms, False, id="just now"),
        pytest.param(NOW.at_ms + CLOCK_SLACK_MS, False, id="a little ahead"),
        pytest.param(NOW.at_ms + CLOCK_SLACK_MS + 1, True, id="the clock went back"),
        pytest.param(NOW.at_ms - LONGEST_SILENCE * DAY_MS, False, id="a long holiday"),
        pytest.param(NOW.at_ms - (LONGEST_SILENCE + 1) * DAY_MS, True, id="a very long silence"),
    ],
)
def test_clock_is_doubted_by_the_newest_event(newest: int | None, doubtful: bool) -> None:
    assert is_doubtful(NOW, newest) is doubtful
    assert not is_doubtful(NOW, newest, "2026-01-01T09:00+08:00"), "a demo is of another day"


ZONES: dict[str, tuple[str, bool]] = {
    "a zone": ("Asia/Shanghai", True),
    "a zone, as POSIX has it": (":Europe/Berlin", True),
    "a rule": ("CST-8", True),
    "a file": ("/usr/share/zoneinfo/UTC", True),
    "none": ("", True),
    "misspelt": ("Asia/Shangai", False),
    "half of one": ("Asia/", False),
    "a way out": ("../etc/passwd", False),
}


@pytest.mark.parametrize("case", ZONES)
def test_zone_that_the_system_would_take_for_another_is_told(case: str) -> None:
    zone, known = ZONES[case]
    if known:
        assert desk_clock(Settings(), {"TZ": zone})().day > 0
        return
    with pytest.raises(WrongTime, match="there is no time zone"):
        desk_clock(Settings(), {"TZ": zone})
    of_the_desk = Settings(timezone="Asia/Shanghai")
    assert desk_clock(of_the_desk, {"TZ": zone})().offset == 480


def crowded(folder: Path, lang: Language) -> Path:
    """More people than a day takes by the SOP that ships."""
    people = [(f"Person {n}", f"138{n:08d}", "Harbour Tools", "lead") for n in range(150)]
    return new_file(folder, lang, csv_of(lang, people))


@pytest.mark.parametrize("case", JUMPS)
def test_no_plan_follows_a_clock_that_may_be_wrong(tmp_path: Path, case: str) -> None:
    path = crowded(tmp_path, "en")
    planned: list[int] = []

    async def story(work: AtWork) -> None:
        planned.append(work.value(PLANNED))
        if len(planned) > 1:
            assert "clock" in work.text

    play(path, "en", story)
    play(path, "en", story, now=JUMPS[case])
    assert planned[0] == planned[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_first_write_says_that_the_date_is_right(tmp_path: Path, lang: Language) -> None:
    path = crowded(tmp_path, lang)

    async def story(work: AtWork) -> None:
        before = work.value(PLANNED)
        set_language(lang)
        told = _(
            "Nothing was logged for {n} days: if the date is wrong, set the clock first."
            " What waits is planned anew once something is logged",
            n=400,
        )
        assert squeeze(told)[:40] in work.squeezed
        await work.press("1")
        work.app.day_turn.look()
        await work.settle()
        assert work.value(PLANNED) > before
        assert squeeze(told)[:40] not in work.squeezed

    play(path, lang, story, SMALL, now=JUMPS["ahead by 400 days"])
