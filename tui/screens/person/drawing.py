"""A contact's file as lines: fields, what stands open, what happened. Outside text passes here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rich.cells import cell_len

from rules.nouns import MONEY, Status
from rules.sop import Sop
from rules.timing import iso_day
from store.connection import Connection
from store.offering import Offered
from store.person_file import PersonFile
from store.timeline import Entry
from tui import masking, person_words, purchase_words
from tui.person_words import Part
from tui.screens.card import standing_lines, waiting_lines
from tui.show import pad, show
from tui.widgets.lines import Line
from tui.wording import day_words, due_words, said_of, status_word, titled
from tui.words import _
from tui.wrapping import wrap

LABEL = 14
WIDE = 66
"""Cells from which an event's words stand beside it, not beneath."""
WHAT = 22
DAY = 11


def room(width: int) -> int:
    """Cells that a value has in its row."""
    return max(0, width - LABEL - 2)


def field_line(name: str, text: str, width: int, *, changeable: bool) -> Line:
    """One field: what it is called, and its value."""
    looks = ("dim", "plain" if changeable else "dim")
    value = show(text, room(width), empty="–")
    return ((" " + pad(name, LABEL), looks[0]), (value, looks[1] if text else "rest"))


def now_lines(
    db: Connection, file: PersonFile, offered: Offered, sop: Sop, today: int, width: int
) -> list[Line]:
    """Whether and when the contact is written to next, and the lists it stands on."""
    state = file.state
    due, step = _("nothing is planned"), ""
    if offered.next_due is not None:
        due = _("next {day}", day=due_words(offered.next_due, today))
        step = next_words(file, sop)
    lines: list[Line] = [
        ((status_word(state.status), "strong"), (f" · {show(due)}", "plain")),
        *(((row, "dim"),) for row in wrap(step, width)),
        *standing_lines(offered, width, answers=False),
        *waiting_lines(offered, sop, width),
    ]
    for one, reason, day in person_words.open_lists(db, file, sop, today):
        name = show(one.rule.name if one.rule else "")
        rows = wrap("▸ " + said_of(f"{name} {day}", show(reason)), width)
        lines += [((row, "accent"),) for row in rows]
    value = purchase_words.value_words(file.purchases.values())
    lines += [((row, "success"),) for row in wrap(show(value), width)] if value else []
    attached = person_words.attached(file)
    if attached:
        named = " · ".join(show(one.about or one.target, 30) for one in attached)
        lines.append(((show(_("↗ 6 opens: {names}", names=named), width), "plain"),))
    if file.consent is None:
        lines += [
            ((row, "dim"),) for row in wrap(_("No consent is kept: Enter on “consent”."), width)
        ]
    return lines


def next_words(file: PersonFile, sop: Sop) -> str:
    """Which step is next and why on that day; empty when nothing is planned, or ever will be."""
    state = file.state
    if state.status not in (Status.ACTIVE, Status.PAUSED):
        return ""
    walked = sop.sequence(state.sequence or "")
    place = walked.position(state.step or "") if walked else None
    if walked is None or place is None:
        return ""
    known = sop.contents.get(walked.steps[place].content)
    told = _("step {n} of {sequence}", n=place + 1, sequence=show(walked.name))
    if known is not None:
        told += f" {titled(show(known.title))}"
    if state.snoozed:
        return told + " · " + _("put off by hand")
    if state.last_touch_day is not None:
        return told + " · " + _("last message {day}", day=day_words(state.last_touch_day))
    return told + " · " + _("the first message")


def fitting(lines: Sequence[Line], height: int) -> Sequence[Line]:
    """As many lines as a pane has rows, a sign in place of the last where there are more."""
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], ((" …", "dim"),)]


def parts_words(part: Part, width: int, name: str = "") -> str:
    """The parts of what happened, the one shown marked; where they do not fit, it alone.

    `name` stands before them where nothing else says who it is.
    """
    names = (
        f"[{person_words.part_word(p)}]" if p is part else person_words.part_word(p) for p in Part
    )
    head = f"{name} · " if name else ""
    told = head + " ".join(names)
    return told if cell_len(told) <= width else f"{head}‹ {person_words.part_word(part)} ›"


def history_lines(
    entries: Sequence[Entry],
    profile: Mapping[str, str],
    sop: Sop,
    width: int,
    corrected: Collection[int] = (),
) -> list[Line]:
    """Every event in order, the words beneath or beside it.

    `corrected` are the entries that another one corrects.
    """
    lines: list[Line] = []
    sizes = {cell_len(person_words.what(entry.event)) for entry in entries}
    what = min(WHAT, max(sizes, default=0) + cell_len("↶ "))
    for entry in entries:
        is_corrected = entry.event.seq in corrected
        lines += _event_lines(entry, profile, sop, what, width, is_corrected=is_corrected)
    return lines


def _event_lines(
    entry: Entry,
    profile: Mapping[str, str],
    sop: Sop,
    size: int,
    width: int,
    *,
    is_corrected: bool,
) -> list[Line]:
    """One event; what it was has `size` cells where the words stand beside it."""
    event, counts = entry.event, not (entry.undone or is_corrected)
    look = "plain" if event.reaction is None else event.reaction.value
    what = person_words.what(event)
    words = show(masking.words(person_words.detail(entry, sop), profile))
    if entry.undone:
        look, what = "dim", f"↶ {what}"
    elif is_corrected:
        look, what = "dim", f"✗ {what}"
        words = _("corrected: {words}", words=words)
    elif event.kind in MONEY:
        look = "success"
    day = pad(iso_day(event.day) or "", DAY)
    if width < WIDE:
        head: Line = ((day, "dim"), (show(what, max(0, width - DAY)), look))
        rows = wrap(words, max(10, width - 2)) if words else ()
        return [head, *((("  " + row, "plain" if counts else "dim"),) for row in rows)]
    rows = wrap(words, max(10, width - DAY - size - 1)) if words else ("",)
    quiet = "plain" if counts else "dim"
    first: Line = ((day, "dim"), (pad(what, size) + " ", look), (rows[0], quiet))
    return [first, *((((" " * (DAY + size + 1)) + row, quiet),) for row in rows[1:])]


def nothing_lines(part: Part, width: int) -> list[Line]:
    """What is said where nothing of a part happened."""
    told = _("Nothing of this kind yet. ←→ shows another part; 7 writes a note.")
    if part is Part.PURCHASES:
        told = _("Nothing bought yet. 8 writes down a purchase or contract.")
    if part is Part.MESSAGES:
        told = _("No message yet. Esc goes back; Today says when one is due.")
    return [((row, "dim"),) for row in wrap(told, width)]


def nobody_lines(width: int) -> tuple[Line, ...]:
    """What to do when no file is open."""
    told = _("No contact is open. F6 or / finds one.")
    return tuple(((" " + row, "plain"),) for row in ("", *wrap(told, max(10, width - 2))))
