"""Lists as lines. Pure; outside text passes the door here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from rules.explaining import Part
from rules.lists import ListRule
from rules.sop import Sop
from store.lists import EntryRow, ListCount, Why
from tui import masking
from tui.list_words import PART_LOOKS, PART_SIGNS, fact_words, part_words, reason_words
from tui.screens.today.drawing import SHORT_NAME, WIDEST_LIST, WIDEST_NAME, narrow_name
from tui.show import own_name, pad, show
from tui.widgets.lines import Line, Piece
from tui.wording import SIGNS, day_words, due_told, due_words
from tui.words import _
from tui.wrapping import wrap

WIDE = 44
"""Cells from which the company is shown."""
NAME, DUE, STAGE = 14, 13, 8


def tabs_line(counts: Sequence[ListCount], here: str | None, width: int) -> Line:
    """Every list with what is due on it; the one shown marked, and in view on a narrow screen."""
    told = [f"{show(count.rule.name)} {count.due:d}" for count in counts]
    place = next((i for i, count in enumerate(counts) if count.rule.id == here), 0)
    first = last = place
    taken = cell_len(told[place]) + 6 if told else 0
    while first > 0 or last < len(told) - 1:
        more = told[last + 1] if last < len(told) - 1 else told[first - 1]
        taken += cell_len(more) + 2
        if taken > width:
            break
        if last < len(told) - 1:
            last += 1
        else:
            first -= 1
    pieces: list[Piece] = [(" ‹ " if first else " ", "dim")]
    for i in range(first, min(last + 1, len(told))):
        mark = f"[{told[i]}]" if i == place else f" {told[i]} "
        pieces.append((mark, "tab" if i == place else "plain" if counts[i].due else "dim"))
    pieces.append((" ›" if last < len(told) - 1 else "", "dim"))
    return tuple(pieces)


def title(count: ListCount | None, room: int) -> str:
    """The list's name with its figures; where they have no room, the figures."""
    if count is None:
        return _("Lists")
    told = _("{due} due of {total}", due=count.due, total=count.total)
    named = f"{show(count.rule.name)} · {told}"
    return named if cell_len(named) <= room else told


def row_line(
    row: EntryRow,
    sop: Sop,
    today: int,
    mark: str,
    width: int,
    *,
    gone: bool = False,
    longest: int = NAME,
) -> Line:
    """One entry: name, company, stage, when it is due; or that it is on the list no more.

    Names have the cells that most of them need, `longest`, where columns are kept.
    """
    size = max(SHORT_NAME, min(longest, WIDEST_NAME if width >= WIDEST_LIST else NAME))
    name = pad(own_name(masking.name(row.name), row.contact), size, empty=_("(no name)"))
    look = "warning" if row.due < today else "accent" if row.due == today else "dim"
    pieces: list[Piece] = [(f"{mark or ' '} ", "success" if mark == "✓" else "accent")]
    left = width - 2 - size - DUE - 1
    if width >= WIDE:
        pieces.append((name, "strong"))
        stage = fact_words("stage", row.state.stage, sop)
        pieces.append((" " + pad(masking.company(row.company), left - STAGE - 2), "plain"))
        pieces.append((" " + pad(stage, STAGE), "dim"))
    else:
        shown = masking.name(row.name), masking.company(row.company)
        pieces += narrow_name(row.contact, *shown, size + max(0, left))
    reaction = row.state.last_reaction
    sign: Piece = ("  ", "plain") if reaction is None else (SIGNS[reaction] + " ", reaction.value)
    due = _("off the list") if gone else due_words(row.due, today)
    return (*pieces, (pad(due, DUE - 1), "dim" if gone else look), sign)


def reason_line(rule: ListRule | None, row: EntryRow | None, sop: Sop, width: int) -> Line:
    """Why the contact in hand is on the list."""
    if rule is None or row is None:
        return ()
    told = show(_("Why: {reason}", reason=reason_words(rule, row.facts, sop, row.state)))
    since = " · " + _("since {day}", day=day_words(row.since))
    if cell_len(told + since) >= width:
        since = ""  # the reason comes first
    return ((" " + show(told + since, max(0, width - 1)), "accent"),)


def empty_lines(rule: ListRule | None, counts: Sequence[ListCount], width: int) -> tuple[Line, ...]:
    """What to do when nobody stands on the list."""
    if rule is None:
        texts = [
            _("The SOP has no lists."),
            _("Write some into rules.yaml: a name, a condition, a reason, and when it is due."),
        ]
    else:
        texts = [
            _("Nobody stands on this list."),
            _("Whoever fulfils its rule comes onto it by itself, with the next key or the day."),
        ]
        others = [f"{show(c.rule.name)} {c.due:d}" for c in counts if c.due]
        if others:
            texts.append(_("Due elsewhere: {lists}. ←→ goes there.", lists=" · ".join(others)))
        texts.append(_("F2 goes back to Today."))
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))


def why_lines(found: Sequence[Why], sop: Sop, today: int, width: int) -> list[Line]:
    """Every rule with its answer; beneath each, which of its parts held, and what they read."""
    lines: list[Line] = []
    for told in found:
        one = told.explained
        name = told.rule.name if told.rule else _("order of Today: {rule}", rule=one.rule)
        due = "" if told.due is None else " · " + due_told(told.due, today)
        sign, look = ("✓", "success") if one.matched else ("·", "dim")
        lines.append(((f"{sign} ", look), (show(name), "strong"), (due, "accent")))
        lines += [line for part in one.parts for line in _part_lines(part, sop, width)]
    return lines


def _part_lines(part: Part, sop: Sop, width: int) -> Iterator[Line]:
    """One part of a rule, set in by its depth; what goes on stands below its beginning."""
    indent = 2 + 2 * part.depth
    sign = PART_SIGNS[part.held] + " "
    for row in wrap(show(part_words(part, sop)), max(10, width - indent - 2)):
        yield ((" " * indent + sign, PART_LOOKS[part.held]), (row, "dim"))
        sign = "  "
