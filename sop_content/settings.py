"""`desk.yaml`: how the desk works. Every field may be left out."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from rules.nouns import Channel, Split
from rules.sop import Settings
from rules.wording import N_, sentence
from sop_content.faults import FaultList, shortened
from sop_content.fields import Record, nearest, tell_unknown_value, with_proposal
from sop_content.marked_yaml import Node, Scalar
from sop_content.moments import minutes, read_days, read_window
from sop_content.workdays import countries, country_called

FIELDS = (
    "timezone",
    "day_ends",
    "calendar",
    "window",
    "interval_days",
    "credit_days",
    "caps",
    "channel",
    "operator",
    "variants",
    "retention_months",
    "leave",
)
CAPS = ("operator_day", "contact_week", "contact_month")
THE_SETTINGS = sentence(N_("the desk's settings"))
THE_CAPS = sentence(N_("the caps"))
DEFAULTS = Settings()
LATEST_DAY_END = 12 * 60
"""Minutes; a day that ended later than noon would hold the next morning's work."""


def read_settings(root: Node | None, faults: FaultList) -> Settings:
    """The settings of a file's root; None means a file without any field."""
    record = Record.of(root, THE_SETTINGS, FIELDS, faults)
    if record is None:
        return DEFAULTS
    caps = Record.of(record.node("caps"), THE_CAPS, CAPS, faults)
    return Settings(
        timezone=_timezone(record.scalar("timezone"), faults),
        day_ends=_day_ends(record.scalar("day_ends"), faults),
        country=_country(record.scalar("calendar"), faults),
        window=read_window(record.scalar("window"), faults) or DEFAULTS.window,
        interval_days=record.number("interval_days", 0, 365, DEFAULTS.interval_days),
        credit_days=record.number("credit_days", 1, 365, DEFAULTS.credit_days),
        daily_cap=_cap(caps, "operator_day", 1, DEFAULTS.daily_cap),
        week_cap=_cap(caps, "contact_week", 1, DEFAULTS.week_cap),
        month_cap=_cap(caps, "contact_month", 0, DEFAULTS.month_cap),
        channel=record.choice("channel", Channel) or DEFAULTS.channel,
        operator=_operator(record),
        variants=record.choice("variants", Split) or DEFAULTS.variants,
        retention_months=record.number("retention_months", 0, 600, DEFAULTS.retention_months),
        leave=_leave(record),
    )


def _cap(caps: Record | None, name: str, low: int, default: int) -> int:
    return default if caps is None else caps.number(name, low, 10_000, default)


def _operator(record: Record) -> str:
    return record.id("operator") if "operator" in record.table.fields else DEFAULTS.operator


def _leave(record: Record) -> tuple[tuple[int, int], ...]:
    spans = (read_days(item, "leave", record.faults) for item in record.items("leave"))
    return tuple(sorted(span for span in spans if span is not None))


def _day_ends(found: Scalar | None, faults: FaultList) -> int:
    if found is None:
        return DEFAULTS.day_ends
    minute = minutes(found.value)
    if minute is not None and minute <= LATEST_DAY_END:
        return minute
    message = N_('"{word}" is no end of a day: write a time from 00:00 to 12:00, such as 04:00')
    faults.error(found, sentence(message, word=shortened(found.value)), ("HH:MM",))
    return DEFAULTS.day_ends


def _timezone(found: Scalar | None, faults: FaultList) -> str:
    if found is None:
        return DEFAULTS.timezone
    try:
        return ZoneInfo(found.value).key
    except (KeyError, ValueError, OSError):
        # Not only KeyError: a folder of the database, or a name that is no path at all.
        _tell_timezone(found, faults)
        return DEFAULTS.timezone


def _tell_timezone(found: Scalar, faults: FaultList) -> None:
    near = nearest(found.value, sorted(available_timezones()))
    if near is None:
        message = N_('"{word}" is not a known time zone: write one such as Asia/Shanghai')
        faults.error(found, sentence(message, word=shortened(found.value)))
        return
    what = sentence(N_('"{word}" is not a known time zone.'), word=shortened(found.value))
    faults.error(found, with_proposal(what, found.value, (near,)), (near,))


def _country(found: Scalar | None, faults: FaultList) -> str:
    if found is None or found.value in countries():
        return DEFAULTS.country if found is None else found.value
    meant = country_called(found.value)
    tell_unknown_value(found, "calendar", (meant,) if meant else countries(), faults)
    return DEFAULTS.country
