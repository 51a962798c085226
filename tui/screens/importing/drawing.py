"""The import screens' values as lines. Pure; all text from outside passes the door here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone

from rich.cells import cell_len

from rules.shift import Shift
from rules.timing import iso_day
from store.exchange.contacts import ContactFile, ContactRow, Field, RejectedRow
from store.exchange.purchases import PurchaseFile
from store.importing import DEFAULT_STAGE, Imported, Mode
from tui import masking
from tui.field_words import field_word
from tui.import_words import how_read, refused_words, told_words
from tui.screens.importing.folder import Entry, Listing
from tui.screens.importing.plan import Plan, Tally
from tui.screens.importing.telling import first_told, rejection
from tui.show import pad, show
from tui.widgets.lines import Line, Piece
from tui.words import _
from tui.wrapping import wrap

KILO = 1024
GAP = 2
"""Cells between two columns of a table."""


# Choosing a file


def entry_line(entry: Entry, offset: int, width: int) -> Line:
    """A file with its size and when it was changed (local time), or a folder."""
    size_width, time_width = 9, 18
    name_width = max(10, width - size_width - time_width - 1)
    name = (" " + pad(entry.name, name_width, empty=_("(no name)")), "strong")
    if entry.is_folder:
        told = _("folder up") if entry.label else _("folder")
        return ((" " + pad(entry.name, name_width), "plain"), (told, "dim"))
    zone = timezone(timedelta(minutes=offset))
    when = datetime.fromtimestamp(entry.changed, UTC).astimezone(zone)
    size = size_words(entry.size)
    told = " " * max(0, size_width - cell_len(size)) + size
    return (name, (told, "plain"), (f"  {when:%Y-%m-%d %H:%M}", "dim"))


def size_words(size: int) -> str:
    if size < KILO:
        return f"{size} B"
    return f"{size / KILO:.0f} KB" if size < KILO * KILO else f"{size / KILO / KILO:.1f} MB"


def no_files(shown: Listing, text: str, width: int) -> tuple[Line, ...]:
    """What stands in place of a list without entries."""
    told = shown.trouble or (
        _("Nothing here is called so. Enter says what is wrong with the path.")
        if text.strip()
        else _("No CSV, XLSX or vCard file here. Type a path, or a folder and / after it.")
    )
    return ((), *(((" " + row, "warning"),) for row in wrap(told, max(10, width - 2))))


def told_lines(refusal: str, width: int) -> list[Line]:
    """Why a file was not taken, else what can be taken."""
    if refusal:
        return [((row, "error"),) for row in wrap("✗ " + refusal, width)]
    told = _(
        "CSV (comma, semicolon, tab; UTF-8, UTF-16, GB18030, Big5), XLSX and vCard, as WeCom "
        "tools, Excel, Google and phones write them. The file is only read, and you see what it "
        "would bring before anything is written. ~ is your home folder; a file dropped on the "
        "window works too."
    )
    return [((row, "dim"),) for row in wrap(told, width)]


# Before the import


def file_line(file: ContactFile, skipped: int, width: int) -> Line:
    """What was recognised: how the file is read, and where its headings stand."""
    name = show(file.path.name, max(16, width // 3))
    parts = how_read(file.table, file.heading_row.line)
    if skipped:
        parts.append(_("titles above skipped: {n}", n=skipped))
    if file.size_hint:
        parts.append(_("about {n} rows", n=f"{file.size_hint:,}"))
    told = show(" · ".join(parts), max(0, width - cell_len(name) - 4))
    return ((f" {name}", "strong"), (f"  {told}", "plain"))


def columns_title(plan: Plan) -> str:
    return _("{n} columns and what they mean", n=len(plan.fields)) + (
        " · " + _("as you decided before") if plan.decided and not plan.changed else ""
    )


def column_line(plan: Plan, index: int, width: int) -> Line:
    """A column: heading, meaning (between arrows under the cursor), first values."""
    meaning_width = 18
    heading_width = max(10, min(28, (width - meaning_width) // 3))
    field = plan.fields[index]
    here = index == plan.cursor
    word = field_word(field)
    meaning = pad(f"‹ {word} ›" if here else f"  {word}", meaning_width)
    values = " · ".join(show(cell(field, value), 30) for value in plan.values(index, 6))
    look = "dim" if field in (None, Field.IGNORED) else "accent"
    return (
        (" " + pad(plan.file.headings[index], heading_width), "plain"),
        (" " + meaning, look),
        (" " + show(values, max(0, width - heading_width - meaning_width - 3)), "dim"),
    )


def cell(field: Field | None, value: str) -> str:
    """A cell of a column taken for `field`; what is in an unknown one, nobody knows."""
    known = field not in (None, Field.IGNORED)
    return masking.field(field, value) if field and known else masking.hidden(value)


def row_lines(
    rows: Sequence[ContactRow | RejectedRow], shift: Shift, width: int, height: int
) -> list[Line]:
    """The first rows as a table of what they would become; a rejected row says why."""
    contacts = [row for row in rows if isinstance(row, ContactRow)]
    columns = _columns(contacts, shift, width)
    lines: list[Line] = [tuple((pad(title, size + GAP), "dim") for title, size, _of in columns)]
    for row in rows[: max(0, height - 1)]:
        if isinstance(row, RejectedRow):
            lines.append(((show(rejection(row), width), "error"),))
            continue
        pieces: list[Piece] = [
            (pad(of(row), size) + " " * GAP, "strong" if place == 0 else "plain")
            for place, (_title, size, of) in enumerate(columns)
        ]
        lines.append(tuple(pieces))
    return lines


_Column = tuple[str, int, Callable[[ContactRow], str]]


def _columns(contacts: Sequence[ContactRow], shift: Shift, width: int) -> list[_Column]:
    """The fields that fit beside each other, the weightiest first, each as wide as it needs."""
    fitting: list[_Column] = []
    left = width
    for title, most, of in _shown_fields(shift):
        needed = max((cell_len(show(of(row))) for row in contacts), default=0)
        if not needed:
            continue
        size = min(most, max(needed, cell_len(title)))
        if size + GAP > left:
            continue
        fitting.append((title, size, of))
        left -= size + GAP
    return fitting


def _shown_fields(shift: Shift) -> Sequence[_Column]:
    def stage(row: ContactRow) -> str:
        known = shift.sop.stage(shift.sop.stage_called(row.stage) or DEFAULT_STAGE)
        return known.name if known else DEFAULT_STAGE

    def extra(row: ContactRow) -> str:
        return " · ".join(f"{name} {masking.hidden(value)}" for name, value in row.extra.items())

    return (
        (field_word(Field.NAME), 20, lambda row: masking.name(row.name)),
        (field_word(Field.PHONE), 16, lambda row: masking.phone(row.phone)),
        (field_word(Field.DO_NOT_CONTACT), 14, lambda row: _("yes") if row.refused else ""),
        (field_word(Field.STAGE), 12, stage),
        (field_word(Field.OWNER), 10, lambda row: row.owner or shift.operator),
        (field_word(Field.COMPANY), 24, lambda row: masking.company(row.company)),
        (field_word(Field.TITLE), 14, lambda row: row.title),
        (field_word(Field.HANDLE), 16, lambda row: masking.hidden(row.handle)),
        (field_word(Field.TAGS), 20, lambda row: ",".join(row.tags)),
        (field_word(Field.ADDED), 10, lambda row: iso_day(row.added) or ""),
        (field_word(Field.REMARK), 24, lambda row: masking.hidden(row.remark)),
        (field_word(Field.SOURCE), 12, lambda row: row.source),
        (field_word(Field.EMAIL), 24, lambda row: masking.hidden(row.email)),
        (field_word(Field.BIRTHDAY), 10, lambda row: masking.field("birthday", row.birthday)),
        (field_word(Field.EXTERNAL_ID), 18, lambda row: masking.hidden(row.external_id)),
        (field_word(None), 40, extra),
    )


def plan_lines(plan: Plan, trouble: str, width: int, height: int) -> list[Line]:
    """The mode, what the dry run counted, and what of it may surprise."""
    lines: list[Line] = [mode_line(plan.mode)]
    if trouble:
        lines += [((row, "error"),) for row in wrap("✗ " + trouble, width)]
    elif not plan.file.heading_row.names_a_person:
        told = _("No column says who a row is about: mark one with ↑↓, change its meaning with ←→.")
        lines += [((row, "warning"),) for row in wrap(told, width)]
    elif plan.counted is None:
        lines.append(((_("Not counted yet: Space works out what the import would do."), "dim"),))
    else:
        lines += counted_lines(plan.counted, width, height - len(lines))
        room = max(0, height - len(lines))
        lines += [
            ((show(rejection(row), width), "error"),) for row in plan.counted.done.rejected[:room]
        ]
    return lines[:height]


def mode_line(mode: Mode) -> Line:
    told = {
        Mode.UPDATE: (
            _("Update"),
            _("people on the desk are completed; stage and owner stay"),
        ),
        Mode.APPEND: (
            _("Append"),
            _("people who are on the desk stay as they are"),
        ),
    }
    word, meaning = told[mode]
    return ((word, "strong"), ("  " + meaning, "plain"))


def counted_lines(tally: Tally, width: int, height: int) -> list[Line]:
    """How many are new, changed, the same, rejected; what is replaced, the first ones by name.

    Owners and stages to know of; the replaced values as far as `height` leaves room.
    """
    done = tally.done
    first: list[Line] = [((row, "strong"),) for row in wrap(count_words(done), width)]
    if told := told_words(done):
        all_of_it = _("{told} (2 shows them all)", told=told)
        first += [((row, "warning"),) for row in wrap(all_of_it, width)]
    last: list[Line] = []
    if tally.for_others:
        told = _("For other operators: {named}", named=_named(tally.for_others))
        last += [((row, "warning"),) for row in wrap(told, width)[:1]]
    if tally.unknown_stages:
        told = _(
            "No stage of the SOP, so they begin in the first: {named}",
            named=_named(tally.unknown_stages),
        )
        last += [((row, "warning"),) for row in wrap(told, width)[:1]]
    room = max(0, height - len(first) - len(last))
    named = [show(text, width) for text in first_told(done, room)]
    first += [((text, "plain"),) for text in named]
    return [*first, *last]


def count_words(done: Imported) -> str:
    """The counts in a sentence; the do-not-contacts where there are any."""
    told = _(
        "{new} new, {changed} changed, {same} the same, {rejected} rejected",
        new=f"{done.new:,}",
        changed=f"{done.changed:,}",
        same=f"{done.same:,}",
        rejected=f"{len(done.rejected):,}",
    )
    if done.refused:
        told += " · " + refused_words(done.refused)
    if done.refused_kept:
        told += " · " + _("{n} not to be contacted stay so", n=done.refused_kept)
    return told


def purchase_count(done: Imported) -> str:
    """The counts of a file of purchases in a sentence."""
    return _(
        "{new} new purchases, {same} the same, {rejected} rejected",
        new=done.new,
        same=done.same,
        rejected=len(done.rejected),
    )


def _named(counted: Sequence[tuple[str, int]]) -> str:
    shown = [f"{show(name, 16)} {n}" for name, n in counted[:4]]
    return " · ".join([*shown, "…"] if counted[4:] else shown)


# After the import


def bought_lines(file: PurchaseFile, done: Imported, width: int) -> list[Line]:
    """What became of a file of purchases, and what can be done now."""
    lines: list[Line] = [((show(file.path.name, width), "title"),)]
    lines += [((row, "strong"),) for row in wrap(purchase_count(done), width)]
    told = _("The Undo screen (F10) takes the whole import back.")
    if done.event is None:
        told = _("Nothing was written: no purchase in the file is new.")
    return lines + [((row, "dim"),) for row in wrap(told, width)]


def result_lines(file: ContactFile, tally: Tally, cap: int, width: int, room: int) -> list[Line]:
    """What became of the import, told in `room` lines, and what can be done now."""
    done = tally.done
    lines = [((show(file.path.name, width), "title"),), *counted_lines(tally, width, room)]
    if done.event is None:
        told = [_("Nothing was written: nobody in the file is new, and nothing has changed.")]
    else:
        told = [
            _("The Undo screen (F10) takes the whole import back, until somebody was written to.")
        ]
    if done.new:
        told.insert(
            0,
            _(
                "The new ones begin with the first step of their stage, spread over the coming "
                "working days, at most {cap} a day.",
                cap=cap,
            ),
        )
    return lines + [((row, "dim"),) for text in told for row in wrap(text, width)]


def rejected_line(row: RejectedRow, width: int) -> Line:
    """A rejected row in the list: why, then its cells."""
    told = rejection(row)
    cells = " · ".join(show(masking.hidden(text), 20) for text in row.cells if text.strip())
    left = width - cell_len(show(told)) - 4
    rest = "  " + show(cells, left) if left > 8 else ""
    return ((" " + show(told, width - 1), "error"), (rest, "dim"))


def reason_lines(row: RejectedRow, width: int, height: int) -> list[Line]:
    """A rejected row in full: why, then its cells."""
    cells = " · ".join(show(masking.hidden(text)) for text in row.cells if text.strip())
    told: list[Line] = [((text, "error"),) for text in wrap(rejection(row), width)]
    return [*told, *(((text, "dim"),) for text in wrap(cells, width))][:height]


def nothing_rejected(width: int) -> tuple[Line, ...]:
    told = _("Every row of the file was understood.")
    return ((), *(((" " + row, "plain"),) for row in wrap(told, max(10, width - 2))))
