"""Times, hours and dates as people write them in SOP files, turned into numbers.

Invariant: only what is written in full is understood; 9:05 is five past nine
and never 545, and a day that no calendar has is a fault.
"""

from __future__ import annotations

import re
from datetime import date

from rules.sop import Window
from rules.timing import MINUTES_A_DAY, day_number
from rules.wording import N_, sentence
from sop_content.faults import FaultList, shortened
from sop_content.fields import one_text
from sop_content.marked_yaml import Node, Scalar

_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WINDOW = re.compile(r"(\S+?)\s*-\s*(\S+)")
_SPAN = re.compile(r"(\S+)(?:\s+to\s+(\S+))?")


def minutes(text: str) -> int | None:
    """Minutes since midnight of HH:MM, up to 24:00; None for anything else."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    total = hour * 60 + minute
    return total if minute < 60 and total <= MINUTES_A_DAY else None


def day(text: str) -> int | None:
    """The day number of YYYY-MM-DD; None for anything else."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return day_number(date.fromisoformat(text))
    except ValueError:
        return None


def read_window(found: Scalar | None, faults: FaultList) -> Window | None:
    """Hours such as 09:00-21:00; None when absent or wrong (told)."""
    if found is None:
        return None
    match = _WINDOW.fullmatch(found.value)
    start, end = (minutes(part) for part in match.groups()) if match else (None, None)
    if start is not None and end is not None and start < end:
        return Window(start, end)
    message = N_('"{word}" is no window of a day: write it as 09:00-21:00, the end after the start')
    faults.error(found, sentence(message, word=shortened(found.value)), ("HH:MM-HH:MM",))
    return None


def read_day(found: Scalar | None, faults: FaultList) -> int | None:
    """A day number; None when absent or wrong (told)."""
    if found is None:
        return None
    number = day(found.value)
    if number is None:
        message = N_('"{word}" is no date: write it as 2026-07-01')
        faults.error(found, sentence(message, word=shortened(found.value)), ("YYYY-MM-DD",))
    return number


def read_days(node: Node, name: str, faults: FaultList) -> tuple[int, int] | None:
    """First and last day of 2026-07-01 or 2026-07-01 to 2026-07-05; None when wrong (told)."""
    found = one_text(node, name, faults)
    if found is None:
        return None
    match = _SPAN.fullmatch(found.value)
    if match is not None:
        first, last = day(match[1]), day(match[2] or match[1])
        if first is not None and last is not None and first <= last:
            return first, last
    message = N_('"{word}" is no span of days: write 2026-07-01 or 2026-07-01 to 2026-07-05')
    accepted = ("YYYY-MM-DD", "YYYY-MM-DD to YYYY-MM-DD")
    faults.error(found, sentence(message, word=shortened(found.value)), accepted)
    return None
