"""Today's list as a table for a file: the same rows from the screen and from the command line.

Headings and words are in the language that is set; days are ISO dates. The
cells are not made fit for a spreadsheet here: whoever writes them does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rules.sending import Why
from rules.sop import Sop
from rules.timing import iso_day
from store.exchange.headings import Field
from store.offering import Offered, offer
from store.queue import Place, due_page, place_of
from store.timeline import TouchTold, last_touches
from tui.day_cap import over_cap, room_today
from tui.field_words import field_word
from tui.opening import OpenDesk
from tui.wording import content_title, reaction_word
from tui.words import _, say

PAGE = 200
PASSING = (
    Why.HOURS,
    Why.LEAVE,
    Why.DAY_OFF,
    Why.INTERVAL,
    Why.DAILY_CAP,
    Why.WEEK_CAP,
    Why.MONTH_CAP,
)
"""Grounds that another hour or day takes away."""


def headings() -> tuple[str, ...]:
    """What stands above the columns of `cells`."""
    return (
        field_word(Field.NAME),
        field_word(Field.REMARK),
        field_word(Field.PHONE),
        field_word(Field.COMPANY),
        field_word(Field.TITLE),
        field_word(Field.STAGE),
        field_word(Field.OWNER),
        _("step"),
        _("due on"),
        _("last message"),
        _("last reaction"),
        _("script"),
        _("may not go now"),
    )


def cells(offered: Offered, last: TouchTold | None, sop: Sop) -> tuple[str, ...]:
    """One contact: who it is, where it stands, what came last, what to say. Pure."""
    profile, state = offered.profile, offered.state
    stage = sop.stage(state.stage)
    told = ("name", "remark", "phone", "company", "title")
    reaction = state.last_reaction
    return (
        *(profile.get(field, "") for field in told),
        stage.name if stage else state.stage,
        state.owner,
        step_words(sop, state.sequence, state.step),
        iso_day(state.due) or "",
        "" if last is None else touch_words(last, sop),
        "" if reaction is None else reaction_word(reaction),
        "" if not offered.scripts or never(offered) else offered.scripts[0].text.text,
        "" if offered.blocked is None else say(offered.blocked.reason),
    )


def never(offered: Offered) -> bool:
    """Whether no other hour or day lets the message go."""
    return offered.blocked is not None and offered.blocked.why not in PASSING


def step_words(sop: Sop, sequence: str | None, step: str | None) -> str:
    """The sequence and which of its steps comes next; the ids where the SOP has them no more."""
    walked = sop.sequence(sequence or "")
    place = walked.position(step or "") if walked else None
    if walked is None or place is None:
        return " · ".join(filter(None, (sequence, step)))
    return f"{walked.name} · {place + 1}"


def touch_words(told: TouchTold, sop: Sop) -> str:
    """The day and the title of the last message."""
    title = content_title(told.touch.content, told.script, sop)
    return f"{iso_day(told.touch.day)} {title}"


def due_rows(desk: OpenDesk, stages: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All who are due in these stages, in the order of the list, as rows under `headings`.

    Whoever is not to be contacted, also by another contact's refusal, is left out.
    """
    now, shift = desk.clock(), desk.shift
    room = room_today(desk)
    for stage in stages:
        place = Place()
        while page := due_page(desk.db, shift.operator, stage, now.day, place, PAGE):
            for row in page:
                offered = offer(desk.db, shift, now, row.contact)
                if offered.is_refused:
                    continue  # a row with a phone is an offer to write
                if offered.blocked is None:
                    room -= 1
                    offered = offered if room >= 0 else replace(offered, blocked=over_cap(desk))
                last = next(iter(last_touches(desk.db, row.contact, 1)), None)
                yield cells(offered, last, shift.sop)
            place = place_of(page[-1])


def write_table(path: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Writes rows under their titles, as XLSX when the name ends so, else as CSV; their number.

    Raises `ExportFailed` and leaves an old file as it was.
    """
    # Imported when a file is written: a list that is printed needs no reader of files.
    from store.exchange.export import write_csv, write_xlsx

    if path.suffix.lower() == ".xlsx":
        return write_xlsx(path, titles, rows, day_titles())
    return write_csv(path, titles, rows)


def day_titles() -> frozenset[str]:
    """The titles of all columns that hold days, which become dates of a sheet."""
    return frozenset(
        (
            _("day"),
            _("due on"),
            _("sent on"),
            _("answered on"),
            _("on the list since"),
            _("purchase date"),
            field_word(Field.ADDED),
            field_word(Field.BIRTHDAY),
        )
    )
