"""Steps as lines; outside text passes the door here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

from rich.cells import cell_len

from rules.events import Event
from rules.nouns import MONEY, Kind
from rules.purchases import day_told
from rules.timing import iso_day
from store.connection import Connection
from store.exchange.headings import Field
from store.profiles import profile_of
from store.timeline import known_name
from store.undoing import StepTold, parts
from tui import masking
from tui.field_words import field_word
from tui.kept_words import told_apart
from tui.opening import OpenDesk
from tui.person_words import decided, fields_told
from tui.purchase_words import money_words
from tui.show import pad, show
from tui.sop_names import content_name
from tui.widgets.lines import Line
from tui.wording import SIGNS, day_words, kind_word, reaction_word, titled
from tui.words import _, ngettext
from tui.wrapping import wrap

DAY, CLOCK = 8, 6
SHORTEST, WHAT = 8, 24
"""Cells of what was done, at least and at most; a blank stands between it and the name."""
BATCHES = (Kind.ENTERING, Kind.REPLAN, Kind.SPREAD)
"""Steps about many contacts at once."""
MOST = 12
"""Parts of one step that are named."""
UNTOLD = frozenset({"sha256"})
"""Texts of an event that are for programs."""


def day_size(steps: Sequence[StepTold]) -> int:
    """Cells that the column of days needs; those of another year are longer."""
    days = {day_told(told.event) for told in steps}
    return max(DAY, max((cell_len(day_words(day)) + 1 for day in days), default=0))


def what_size(steps: Sequence[StepTold]) -> int:
    """Cells that the column of what was done needs for these steps."""
    sizes = {cell_len(step_words(told.event)) for told in steps}
    return max(SHORTEST, min(WHAT, max(sizes, default=WHAT)))


def row_line(
    desk: OpenDesk, told: StepTold, sizes: tuple[int, int], width: int, *, first_of_day: bool
) -> Line:
    """Day (once a day), time, what, whom; a step taken back is dim and marked.

    `sizes` are the cells of day and what was done.
    """
    day_cells, what = sizes
    event = told.event
    look = "dim" if told.undone else "plain"
    mark = "↶" if told.undone else " "
    day = day_words(day_told(event)) if first_of_day else ""
    rest = width - day_cells - CLOCK - 4
    what = max(6, min(what, rest // 2))
    name_size = max(6, rest - what - 1)
    name = name_of(desk.db, event, name_size)
    return (
        (f" {mark} ", "warning"),
        (pad(day, day_cells), "title"),
        (pad(clock_of(event), CLOCK), "dim"),
        (pad(step_words(event), what) + " ", look if told.undone else look_of(event)),
        (pad(name, name_size), look),
    )


def look_of(event: Event) -> str:
    return "plain" if event.reaction is None else event.reaction.value


def step_words(event: Event) -> str:
    """What the operator did, in a word or two."""
    if event.reaction is not None:
        return f"{SIGNS[event.reaction]} {reaction_word(event.reaction)}"
    return kind_word(event.kind)


def name_of(db: Connection, event: Event, width: int = 40) -> str:
    """Whom it was about, else the import's file, the sequence entered, the version published."""
    if event.kind is Kind.IMPORT:
        return show(event.text.get("file", ""), 30)
    if event.kind in BATCHES:
        sequence, n = event.text.get("sequence", ""), event.amount or 0
        taken = cell_len(_("{sequence} ({n})", sequence="", n=n))
        name = show(sequence, max(8, width - taken))  # how many is not cut
        return _("{sequence} ({n})", sequence=name, n=n) if sequence else str(n)
    if event.kind is Kind.CLEANED:
        return " · ".join(_cleaned(parts(db, event.seq)))
    if event.kind is Kind.PUBLISH:
        return f"SOP {show(event.version or '', 24)}"
    if event.contact is None:
        return ""
    name = masking.name(known_name(db, event.contact))
    return show(name, 24, empty=_("(no name)"))


def clock_of(event: Event) -> str:
    """The local time of an event, HH:MM."""
    zone = timezone(timedelta(minutes=event.offset))
    when = datetime.fromtimestamp(event.at_ms / 1000, UTC).astimezone(zone)
    return f"{when:%H:%M}"


def _cleaned(done: Sequence[Event]) -> list[str]:
    """How many merges and pauses a step was."""
    merged = sum(part.kind is Kind.MERGED for part in done)
    paused = sum(part.kind is Kind.PAUSED for part in done)
    return [
        *([ngettext("{n} pair merged", "{n} pairs merged", merged)] if merged else ()),
        *([ngettext("{n} account paused", "{n} accounts paused", paused)] if paused else ()),
    ]


def _part_words(db: Connection, part: Event) -> str:
    """Who goes on and who was merged into them, or who was paused."""
    who = (part.contact, part.then.other)
    names = (masking.name(known_name(db, contact)) for contact in who if contact is not None)
    return " ← ".join(show(name, 24, empty=_("(no name)")) for name in names)


def _whom(db: Connection, event: Event) -> str:
    """Whom it was about in full: of a batch the sequences, and how many contacts."""
    if event.kind not in BATCHES:
        return name_of(db, event)
    n = event.amount or 0
    told = (show(event.text.get("sequence", "")), ngettext("{n} contact", "{n} contacts", n))
    return " · ".join(filter(None, told))


def detail_lines(desk: OpenDesk, told: StepTold, width: int) -> list[Line]:
    """All that a step says: whom, what, which content, the words beside it."""
    event = told.event
    lines: list[Line] = [
        ((f"{clock_of(event)}  ", "dim"), (step_words(event), look_of(event))),
        *(((row, "strong"),) for row in wrap(_whom(desk.db, event), width)),
        (),
    ]
    if event.content:
        variant = f" {show(event.variant or '')}"
        title = titled(show(content_name(desk.db, desk.shift.sop, event.content)))
        *rows, last = wrap(title, width - cell_len(variant))
        lines += [((row, "plain"),) for row in rows]
        lines.append(((last, "plain"), (variant, "dim")))
    if event.kind in MONEY:
        lines.append(((f"{iso_day(event.day)} {show(money_words(event))}", "plain"),))
    profile = {} if event.contact is None else profile_of(desk.db, event.contact) or {}
    done = parts(desk.db, event.seq) if event.kind is Kind.CLEANED else ()
    told_of = [_part_words(desk.db, part) for part in done[:MOST]]
    if len(done) > MOST:
        told_of.append(_("{n} more", n=len(done) - MOST))
    for text in (*told_of, *decided(event, desk.shift.sop), *_words(event, profile)):
        lines += [((row, "plain"),) for row in wrap(text, width)]
    lines.append(())
    if told.undone:
        hint = _("This step was taken back. Enter does it again.")
    else:
        hint = _("This step stands. Enter takes it back.")
    lines += [((row, "dim"),) for row in wrap(hint, width)]
    return lines


def _words(event: Event, profile: Mapping[str, str]) -> list[str]:
    """The words beside a step, each told by what it is; of a profile, the fields."""
    if event.kind in (*MONEY, *BATCHES):
        return []
    if event.kind in (Kind.ADDED, Kind.PROFILE):
        return [fields_told(event)]
    return told_apart(masking.told(_for_people(event), profile))


def _for_people(event: Event) -> dict[str, str]:
    return {name: text for name, text in event.text.items() if name not in UNTOLD}


def headings() -> tuple[str, ...]:
    """What stands above the columns of `cells`."""
    return (
        _("day"),
        _("time"),
        _("what was done"),
        field_word(Field.NAME),
        _("content"),
        _("script"),
        _("words"),
        _("taken back"),
    )


def cells(desk: OpenDesk, told: StepTold) -> tuple[str, ...]:
    """One step for a file; days are ISO dates."""
    event = told.event
    reaction = "" if event.reaction is None else reaction_word(event.reaction)
    return (
        iso_day(day_told(event)) or "",
        clock_of(event),
        reaction or kind_word(event.kind),
        "" if event.contact is None else known_name(desk.db, event.contact),
        content_name(desk.db, desk.shift.sop, event.content),
        event.variant or "",
        _words_for_file(event),
        _("yes") if told.undone else "",
    )


def _words_for_file(event: Event) -> str:
    if event.kind in MONEY:
        return money_words(event)
    return " · ".join(told_apart(_for_people(event)))


def empty_lines(width: int) -> tuple[Line, ...]:
    texts = (
        _("Nothing was done yet."),
        _("Every send, reaction and note appears here and can be taken back, of any day."),
    )
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))
