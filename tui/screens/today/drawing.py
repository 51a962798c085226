"""Today's values as lines: the list's rows, the card, the script, the bars. Pure.

All text from outside passes `show` or `pad` here, and nowhere later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from rules.nouns import Walked
from rules.sending import clock_time
from rules.sop import Sop
from store.queue import DueRow, StageCount
from tui import masking
from tui.show import own_name, pad, show
from tui.wording import (
    SIGNS,
    due_words,
    walked_word,
)
from tui.words import _

if TYPE_CHECKING:
    from tui.widgets.lines import Line, Piece

SENT = "✓"
COPIED = "⧉"
WIDE_LIST = 44
"""Cells from which the list has columns for the company and the step."""
WIDEST_LIST = 80
"""Cells from which a long name has room too."""
LONGEST_NAME = 14
"""Cells of the column of names, at most, unless the list is very wide."""
WIDEST_NAME = 20
"""The same where it is."""
MOST = 40
"""Cells of a name or company that are measured at most."""
SHORTER = (8, 6, 5, 4, 3)
"""Cells to which the names of other stages are cut, one after the other."""
SIGNS_SIZE = 4
"""Reactions that a row shows."""
LONGEST_COMPANY = 40
"""The same of the companies: the columns after them stay near."""
SHORT_NAME = 8
"""Cells of a name in four Chinese characters; in a narrow list the company follows it."""
A_BEGINNING = 5
"""Cells from which the beginning of a company says something."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Cells that the columns of a list need."""

    usual_name: int
    """Enough for nine names in ten."""
    longest_name: int
    usual_company: int

    def name_size(self, room: int, width: int) -> int:
        """Cells for the names, where names and companies share `room`.

        All names where that leaves room for the companies, else most of them; where
        both have too little, the names take three fifths.
        """
        spare = room - self.usual_company
        if spare >= self.longest_name:
            return max(SHORT_NAME, self.longest_name)
        widest = LONGEST_NAME if width < WIDEST_LIST else WIDEST_NAME
        return min(max(SHORT_NAME, self.usual_name), max(spare, min(widest, room * 3 // 5)))


NEEDS = Needs(LONGEST_NAME, LONGEST_NAME, 0)


def needs_of(rows: Sequence[DueRow]) -> Needs:
    """What the columns of these rows need."""
    names = [own_name(masking.name(row.name), row.contact) for row in rows]
    companies = [masking.company(row.company) for row in rows]
    longest = max((cell_len(show(name, MOST)) for name in names), default=LONGEST_NAME)
    return Needs(usual_longest(names), longest, usual_longest(companies))


def row_line(
    row: DueRow,
    step: str,
    today: int,
    mark: str,
    width: int,
    *,
    capped: bool = False,
    hours: str = "",
    needs: Needs = NEEDS,
) -> Line:
    """One contact of the list: name, company, step, due, the latest reactions.

    `hours` says when the step may go, if that is not now: such a row is dim.
    `needs` is what the columns of the list need.
    """
    due_size = 12 if width >= WIDE_LIST else 11
    due, due_look = (_("over the cap"), "lost") if capped else due_of(row, today)
    if hours and not capped and row.due == today:
        due = hours
    left = width - due_size - SIGNS_SIZE - 3
    no_name, spare = _("(no name)"), 0
    pieces: list[Piece] = [(f"{mark or ' '} ", "success" if mark == SENT else "accent")]
    if width >= WIDE_LIST:
        step_size = 8
        name_size = needs.name_size(left - step_size - 2, width)
        room = left - name_size - step_size - 2
        company_size = min(LONGEST_COMPANY, room)
        spare = room - company_size
        pieces += [
            (
                pad(own_name(masking.name(row.name), row.contact), name_size, empty=no_name),
                "strong",
            ),
            (" " + pad(masking.company(row.company), company_size), "plain"),
            (" " + pad(step, step_size), "dim"),
        ]
    else:
        shown = masking.name(row.name), masking.company(row.company)
        pieces += narrow_name(row.contact, *shown, left)
    if hours or capped:
        pieces = [pieces[0], *((text, "dim") for text, _look in pieces[1:])]
    signs = signs_of(row)
    rest = SIGNS_SIZE - len(signs) + spare
    return (*pieces, (pad(due, due_size) + " ", due_look), *signs, (" " * rest, "plain"))


def narrow_name(contact: int, name: str, company: str, width: int) -> list[Piece]:
    """The name, and the beginning of the company where it leaves room; both masked already."""
    no_name = _("(no name)")
    name = own_name(name, contact)
    size = max(SHORT_NAME, cell_len(show(name, width, empty=no_name)))
    room = width - size - 2
    if room < A_BEGINNING or not company:
        return [(pad(name, width, empty=no_name), "strong")]
    return [
        (pad(name, size, empty=no_name), "strong"),
        (" " + pad(company, room) + " ", "dim"),
    ]


def due_of(row: DueRow, today: int) -> tuple[str, str]:
    """When a contact is due, and its look: overdue and put off are told apart."""
    if row.due is None:
        return _("all sent"), "dim"
    words = due_words(row.due, today)
    if row.due < today:
        return words, "warning"
    if row.snoozed:
        return f"{words} ↷", "accent"
    return words, "dim"


def hours_words(sop: Sop, row: DueRow, minute: int) -> str:
    """When the step of somebody who is due may go today; nothing when it may go now."""
    sequence = sop.sequence(row.sequence or "")
    place = sequence.position(row.step or "") if sequence else None
    window = sequence.steps[place].window if sequence and place is not None else None
    if window is None or minute in window:
        return ""
    if minute < window.start:
        return _("from {time}", time=clock_time(window.start))
    return _("until {time}", time=clock_time(window.end))


def step_words(sop: Sop, sequence: str, step: str) -> str:
    """Which step of its sequence a contact stands at; what kind, if it is not the stage's."""
    walked = sop.sequence(sequence or "")
    if walked is not None and walked.kind is not Walked.STAGE:
        return walked_word(walked.kind)
    place = walked.position(step or "") if walked else None
    return show(step or "") if place is None else _("step {n}", n=place + 1)


def signs_of(row: DueRow) -> list[Piece]:
    """The latest reactions in the order of time, the newest at the right, a sign each."""
    told = [*row.reactions]
    if row.last_reaction is not None and told[-1:] != [row.last_reaction]:
        told.append(row.last_reaction)  # it answered no message of ours
    return [(SIGNS[reaction], reaction.value) for reaction in told[-SIGNS_SIZE:]]


def usual_longest(names: Sequence[str]) -> int:
    """Cells that nine names in ten need, so that one long name takes no room from all others."""
    sizes = sorted(cell_len(show(name, MOST)) for name in names)
    return sizes[len(sizes) * 9 // 10] if sizes else 0


def stages_line(
    counts: Sequence[StageCount], names: Mapping[str, str], here: str, width: int
) -> Line:
    """The stages with their counts as the list's heading, the one shown marked.

    Where they do not fit, the names of the others are cut, never a count.
    """
    told = {count.stage: show(names.get(count.stage, count.stage)) for count in counts}
    pieces: Line = ()
    for longest in (MOST, *SHORTER):
        told |= {stage: show(told[stage], longest) for stage in told if stage != here}
        words = [(f"{told[count.stage]} {count.due:d}", count.stage == here) for count in counts]
        pieces = _stage_pieces(words, tight=False)
        if sum(cell_len(text) for text, _look in pieces) <= width:
            return pieces
        pieces = _stage_pieces(words, tight=True)
        if sum(cell_len(text) for text, _look in pieces) <= width:
            return pieces
    return pieces


def _stage_pieces(words: Sequence[tuple[str, bool]], *, tight: bool) -> Line:
    """The stages beside each other; `tight` without blanks beside the brackets of the one shown."""
    pieces: list[Piece] = []
    for place, (name, is_here) in enumerate(words):
        bracketed = is_here or (place > 0 and words[place - 1][1])
        if place and not (tight and bracketed):
            pieces.append((" ", ""))
        pieces.append((f"[{name}]", "bold") if is_here else (name, ""))
    return tuple(pieces)


def progress_line(counts: Sequence[StageCount], cap: int, width: int) -> Line:
    """The day so far: a bar, how many were sent, who reacted, what the cap leaves."""
    sent = sum(c.sent for c in counts)
    total = sent + sum(c.due for c in counts)
    reacted = sum(c.reacted for c in counts)
    told = "  ".join(
        (
            _("{sent} / {total} sent", sent=sent, total=total),
            _("{n} reacted", n=reacted),
            _("cap leaves {n}", n=max(0, cap - sent)),
        )
    )
    label = " " + _("Today's progress") + " "
    size = max(5, width - cell_len(told) - cell_len(label) - 3)
    done = 0 if total == 0 else max(int(sent > 0), round(size * sent / total))
    return (
        (label, "plain"),
        ("▇" * done, "done"),
        ("▁" * (size - done), "rest"),
        ("  " + told, "plain"),
    )
