"""The only place that reads the clock.

`SIYU_NOW` freezes it (ISO 8601 with an offset), so that a day can be replayed
by tests, by the demo and by whoever wants to look at tomorrow.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rules.sop import Settings
from rules.timing import Moment
from rules.wording import N_, DeskError, Sentence, sentence

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Clock = Callable[[], Moment]
"""Asked anew for every decision, so that midnight and a travelled zone are seen."""

YEARS = range(1971, 9000)
"""Years a frozen clock may show: days before and after must be days of the calendar as well."""

IN_SETTINGS = sentence(N_("Write it like Asia/Shanghai, in desk.yaml"))
IN_VARIABLE = sentence(N_("Set the variable TZ like Asia/Shanghai, or timezone in desk.yaml"))


class WrongTime(DeskError):
    """SIYU_NOW or the desk's time zone cannot be understood."""


def frozen_time(environ: Mapping[str, str]) -> datetime | None:
    """The time that SIYU_NOW names, None without it. Raises WrongTime."""
    told = environ.get("SIYU_NOW")
    if not told:
        return None
    try:
        when = datetime.fromisoformat(told)
    except ValueError:
        when = None
    if when is None or when.utcoffset() is None or when.year not in YEARS:
        raise WrongTime(
            sentence(N_("SIYU_NOW is not a time: {told}"), told=told),
            sentence(N_("Write it like 2026-03-02T09:30+08:00")),
        )
    return when


def desk_clock(settings: Settings, environ: Mapping[str, str]) -> Clock:
    """The clock of a desk: its time zone and the hour at which its day ends.

    Raises WrongTime for a zone that does not exist.
    """
    zone = _zone(settings.timezone, IN_SETTINGS)
    frozen = frozen_time(environ)
    if zone is None and frozen is None:
        _check_zone_of(environ)

    def now() -> Moment:
        when = frozen or datetime.now(UTC)
        local = when.astimezone(zone) if zone or not frozen else when
        return Moment.at(local, settings.day_ends)

    return now


def monotonic() -> float:
    """Seconds that only ever grow, for telling a held key from a pressed one."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Waits; only for another process that is about to finish."""
    time.sleep(seconds)


def stamp(moment: Moment) -> str:
    """Local time for people: YYYY-MM-DD HH:MM."""
    return moment.local().strftime("%Y-%m-%d %H:%M")


def _check_zone_of(environ: Mapping[str, str]) -> None:
    """Refuses a zone that TZ misspells: the system takes it for UTC without a word.

    Names alone are looked up; TZ may also hold a rule ("CST-8") or a file.
    """
    name = environ.get("TZ", "").removeprefix(":")
    if "/" in name and not name.startswith("/"):
        _zone(name, IN_VARIABLE)


def _zone(name: str, remedy: Sentence) -> ZoneInfo | None:
    if not name:
        return None
    # Imported here: most desks follow the clock's own offset.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongTime(
            sentence(N_('there is no time zone "{name}"'), name=name),
            remedy,
        ) from error
