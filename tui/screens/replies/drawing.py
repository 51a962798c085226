"""Replies as lines. Pure; outside text passes the door here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from rules.nouns import Reaction
from rules.sop import Sop
from rules.timing import iso_day
from store.exchange.headings import Field
from store.replies import Awaiting
from tui import masking
from tui.field_words import field_word
from tui.screens.today.drawing import usual_longest
from tui.show import own_name, pad, show
from tui.widgets.lines import Line
from tui.wording import SIGNS, day_words, reaction_word
from tui.words import _
from tui.wrapping import wrap

WIDE = 50
"""Cells from which a longer name has room."""
WIDEST = 80
"""Cells from which the reaction stands in words too, and a long name has room."""
DAY, SIGN, REACTION = 8, 2, 11
SHORT_NAME, LONG_NAME = 8, 13
"""Cells of names on a narrow list."""
LONGER_NAME, LONGEST_NAME = 16, 20
"""The same at most on wider ones."""
WAITING = "·"
"""In place of a reaction's sign."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Cells that the columns of the rows need: most of the names, and all of the days."""

    name: int = SHORT_NAME
    day: int = DAY


def needs_of(rows: Sequence[Awaiting]) -> Needs:
    """What the columns of these rows need."""
    names = [own_name(masking.name(row.name), row.contact) for row in rows]
    days = {cell_len(day_words(row.day)) for row in rows}
    return Needs(usual_longest(names), max(days, default=DAY))


def row_line(row: Awaiting, title: str, needs: Needs, width: int) -> Line:
    """Who, when, the reaction that stands, and the title of what was sent.

    The title has the room that is left: on a narrow list the reaction is its sign.
    """
    longest = LONGEST_NAME if width >= WIDEST else LONGER_NAME if width >= WIDE else LONG_NAME
    name_size = max(SHORT_NAME, min(needs.name, longest))
    name = own_name(masking.name(row.name), row.contact)
    told, look = (_("unanswered"), "dim") if row.reaction is None else _reaction(row.reaction)
    told_size = REACTION
    if width < WIDEST:
        told, told_size = (WAITING if row.reaction is None else SIGNS[row.reaction]), SIGN
    left = width - 2 - name_size - needs.day - told_size - 2
    return (
        ("  ", "plain"),
        (pad(name, name_size, empty=_("(no name)")), "strong"),
        (" " + pad(day_words(row.day), needs.day), "dim"),
        (" " + pad(told, told_size), look),
        (pad(title, left), "plain"),
    )


def _reaction(reaction: Reaction) -> tuple[str, str]:
    return f"{SIGNS[reaction]} {reaction_word(reaction)}", reaction.value


def empty_lines(days: int, width: int) -> tuple[Line, ...]:
    """What to do when nothing was sent lately."""
    texts = (
        _("Nothing was sent in the last {days} days.", days=days),
        _("F2 shows whom to write to today; what you send there waits here for its reaction."),
    )
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))


def progress_line(rows: Sequence[Awaiting], width: int) -> Line:
    """How many still wait, and the reactions so far."""
    waiting = sum(row.reaction is None for row in rows)
    told = _("{waiting} of {n} unanswered", waiting=waiting, n=len(rows))
    counted = [(f"{SIGNS[r]} {sum(row.reaction is r for row in rows)}  ", r.value) for r in SIGNS]
    return ((" " + show(told, width) + "   ", "plain"), *counted)


def headings() -> tuple[str, ...]:
    """What stands above the columns of `cells`."""
    return (
        field_word(Field.NAME),
        field_word(Field.REMARK),
        field_word(Field.COMPANY),
        field_word(Field.STAGE),
        _("sent on"),
        _("content"),
        _("script"),
        _("reaction"),
    )


def cells(row: Awaiting, title: str, sop: Sop) -> tuple[str, ...]:
    """One message for a file; days are ISO dates."""
    stage = sop.stage(row.stage)
    return (
        row.name,
        row.remark,
        row.company,
        stage.name if stage else row.stage,
        iso_day(row.day) or "",
        title,
        row.variant,
        "" if row.reaction is None else reaction_word(row.reaction),
    )
