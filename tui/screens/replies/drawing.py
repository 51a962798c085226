"""Replies as lines. Pure; outside text passes the door here."""

from __future__ import annotations

from collections.abc import Sequence

from rules.sop import Sop
from rules.timing import iso_day
from store.exchange.headings import Field
from store.replies import Awaiting
from tui import masking
from tui.field_words import field_word
from tui.show import own_name, pad, show
from tui.widgets.lines import Line
from tui.wording import SIGNS, day_words, reaction_word
from tui.words import _
from tui.wrapping import wrap

WIDE = 50
"""Cells from which the title of what was sent is shown."""
WIDEST = 80
"""Cells from which a long name has room too."""
DAY, REACTION = 7, 11


def row_line(row: Awaiting, sop: Sop, width: int) -> Line:
    """Who, when, what, and the reaction that stands."""
    longest = 14 if width < WIDEST else 20
    name_size = min(longest, max(8, width - DAY - REACTION - 4))
    pieces = [
        ("  ", "plain"),
        (
            pad(own_name(masking.name(row.name), row.contact), name_size, empty=_("(no name)")),
            "strong",
        ),
        (" " + pad(day_words(row.day), DAY), "dim"),
    ]
    title_size = width - name_size - DAY - REACTION - 5
    if width >= WIDE:
        content = sop.contents.get(row.content)
        pieces.append((" " + pad(content.title if content else row.content, title_size), "plain"))
    if row.reaction is None:
        pieces.append((" " + pad(_("unanswered"), REACTION), "dim"))
    else:
        word = f"{SIGNS[row.reaction]} {reaction_word(row.reaction)}"
        pieces.append((" " + pad(word, REACTION), row.reaction.value))
    return tuple(pieces)


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


def cells(row: Awaiting, sop: Sop) -> tuple[str, ...]:
    """One message for a file; days are ISO dates."""
    content, stage = sop.contents.get(row.content), sop.stage(row.stage)
    return (
        row.name,
        row.remark,
        row.company,
        stage.name if stage else row.stage,
        iso_day(row.day) or "",
        content.title if content else row.content,
        row.variant,
        "" if row.reaction is None else reaction_word(row.reaction),
    )
