"""`import`: a contact file onto the desk, with a dry run, a progress bar and the rejected rows."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import click

from rules.wording import N_, DeskError, sentence
from store import reading_ahead
from store.backups import Occasion
from store.exchange.contacts import ContactFile, ContactRow, RejectedRow, open_contacts
from store.exchange.export import write_rejects
from store.exchange.faults import unreadable
from store.exchange.purchases import PurchaseFile, open_purchases
from store.importing import Imported, Mode, import_contacts
from store.in_memory import copied
from store.lock import DeskHeld, NoLock
from store.purchasing import import_purchases
from store.read_rows import ReadRow
from store.rows_known import Replaced
from tui.commands.choices import Words, words_for
from tui.commands.options import answer, chosen, desk_options, wants_json
from tui.import_words import (
    column_lines,
    how_read,
    known_lines,
    mode_word,
    refused_words,
    replaced_line,
)
from tui.opening import Chosen, OpenDesk, desk
from tui.show import printable, show
from tui.words import _, say

Row = TypeVar("Row")


class FileKind(StrEnum):
    """What a file to import holds."""

    CONTACTS = "contacts"
    PURCHASES = "purchases"


def kind_of_file(kind: FileKind) -> str:
    return {FileKind.CONTACTS: _("contacts"), FileKind.PURCHASES: _("purchases")}[kind]


SHOWN = 10
"""Rejected rows that the text answer lists; the file of rejects has all."""


@click.command(name="import", help=_("Import contacts, or purchases, from a file."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=Words({kind.value: words_for(kind_of_file, kind) for kind in FileKind}),
    default=FileKind.CONTACTS.value,
    help=_("What the file holds; purchases are of contacts who are on the desk"),
)
@click.option("--dry-run", is_flag=True, help=_("Say what would happen and change nothing"))
@click.option("--rejects", type=click.Path(path_type=Path), help=_("Write rejected rows here"))
@click.option(
    "--mode",
    type=Words({mode.value: words_for(mode_word, mode) for mode in Mode}),
    default=Mode.UPDATE.value,
    help=_("append leaves known contacts as they are; update completes them"),
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help=_("A JSON file that gives headings a field, or an empty text to keep them as extra"),
)
@click.option("--sheet", default="", help=_("The workbook's sheet, hidden ones too"))
@click.option("--encoding", default="", help=_("The characters of a text file, e.g. big5"))
@desk_options
def import_command(
    file: Path,
    kind: str,
    dry_run: bool,
    rejects: Path | None,
    mode: str,
    mapping: Path | None,
    sheet: str,
    encoding: str,
) -> None:
    meanings = read_mapping(mapping) if mapping else None
    what: ContactFile | PurchaseFile
    if kind == FileKind.PURCHASES:
        what = open_purchases(file, encoding, sheet)
    else:
        what = open_contacts(file, meanings, encoding, sheet)
    opening = to_try(chosen()) if dry_run else desk(chosen(), writes="import")
    with people_in(what) as people, opening as opened:
        if not dry_run:
            opened.before(Occasion.IMPORT)
        done = imported(opened, what, people, Mode(mode), dry_run=dry_run)
        if done.event is not None:
            opened.catch_up()
        warnings = opened.told_beside()
    for words in warnings:
        click.echo(printable(words), err=True)
    if rejects is not None and done.rejected:
        write_rejects(rejects, what, done.rejected)
    document, told = document_of(done), text_of(done, dry_run=dry_run)
    if isinstance(what, ContactFile):
        document["columns"] = columns_of(what)
        told = "\n".join([*column_lines(what), told]) if dry_run else told
    document["read"] = read_as(what)
    if dry_run:
        told = f"{_read_words(what)}\n{told}"
    answer(document, told)


def people_in(
    what: ContactFile | PurchaseFile,
) -> AbstractContextManager[Iterator[ContactRow | ReadRow | RejectedRow]]:
    """The contacts of a file, which is read from now on; none of one that holds purchases."""
    if isinstance(what, PurchaseFile):
        return nullcontext(iter(()))
    return reading_ahead.begun(what)


@contextmanager
def to_try(told: Chosen) -> Iterator[OpenDesk]:
    """The desk for a dry run; a copy in memory where the file is held or only to be read."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(desk(told, writes="import"))
        except (DeskHeld, NoLock):
            opened = stack.enter_context(desk(told))
            opened.db = stack.enter_context(copied(opened.db))
        yield opened


def imported(
    opened: OpenDesk,
    what: ContactFile | PurchaseFile,
    people: Iterator[ContactRow | ReadRow | RejectedRow],
    mode: Mode,
    *,
    dry_run: bool,
) -> Imported:
    """Brings a file onto the desk, or works out what that would do; `people` are its contacts."""
    source = {"file": what.path.name, "sha256": what.digest}
    to = (opened.db, opened.shift, opened.clock())
    if isinstance(what, PurchaseFile):
        rows = watched(what.rows(), what.size_hint)
        return import_purchases(*to, rows, source, dry_run=dry_run)
    people = watched(people, what.size_hint)
    said = _("said so in {file}", file=what.path.name)
    return import_contacts(*to, people, source, mode=mode, dry_run=dry_run, because=said)


def read_mapping(path: Path) -> dict[str, str]:
    """Heading to field, as the file has them. Raises DeskError with what such a file looks like."""
    try:
        told = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict) and all(isinstance(field, str) for field in told.values()):
        return told
    raise DeskError(
        sentence(N_("{file} is no mapping of headings to fields"), file=path.name),
        sentence(N_("It looks like {example}"), example='{"Ansprechpartner": "name"}'),
    )


def watched(rows: Iterator[Row], length: int) -> Iterator[Row]:
    """The rows, with a progress bar on standard error when a person looks on."""
    if wants_json() or not sys.stderr.isatty():
        yield from rows
        return
    label = _("Importing")
    with click.progressbar(
        rows, length=length, label=label, file=sys.stderr, update_min_steps=200
    ) as bar:
        yield from bar


def document_of(done: Imported) -> dict[str, object]:
    return {
        "new": done.new,
        "changed": done.changed,
        "same": done.same,
        "rejected": len(done.rejected),
        "refused_kept": done.refused_kept,
        "refused": done.refused,
        "replaced": done.replaced,
        "replacements": [replacement_of(one) for one in done.replacements],
        "notes": [{"line": line, "reason": reason} for line, reason in notes_of(done)],
        "problems": [{"line": row.line, "reason": str(row.reason)} for row in done.rejected],
    }


def replacement_of(one: Replaced) -> dict[str, object]:
    return {
        "line": one.line,
        "name": one.name,
        "field": one.field,
        "before": one.before,
        "value": one.value,
    }


def notes_of(done: Imported) -> list[tuple[int, str]]:
    """All that is told of rows that are taken, in the file's order."""
    told = [(line, str(note)) for line, note in done.notes]
    return sorted(
        [*told, *((one.line, str(one.told)) for one in done.replacements)],
        key=lambda pair: pair[0],
    )


def read_as(file: ContactFile | PurchaseFile) -> dict[str, object]:
    """The sheet, or the encoding and the separator, and the line of the headings."""
    table = file.table
    line = file.heading_row.line if isinstance(file, ContactFile) else file.line
    read = {"sheet": table.sheet, "encoding": table.encoding, "delimiter": table.delimiter}
    return {**read, "headings": line}


def _read_words(file: ContactFile | PurchaseFile) -> str:
    line = file.heading_row.line if isinstance(file, ContactFile) else file.line
    told = " · ".join(how_read(file.table, line))
    return _("Read {file}: {told}", file=show(file.path.name), told=told)


def columns_of(file: ContactFile) -> list[dict[str, str]]:
    """Each heading and the field it was taken for, "" for an extra field."""
    return [{"heading": c.heading, "field": str(c.field or "")} for c in file.mapping]


def told_lines(done: Imported) -> list[str]:
    """The first values that are replaced, then the first rows that were read otherwise."""
    lines = []
    if done.replaced:
        lines.append(_("Replaced values: {n}", n=done.replaced))
        lines += [replaced_line(one) for one in done.replacements[:SHOWN]]
    if done.replaced > SHOWN:
        lines.append(_("… {n} more of these", n=done.replaced - SHOWN))
    for line, note in done.notes[:SHOWN]:
        lines.append(_("line {line}: {reason}", line=line, reason=show(say(note))))
    if len(done.notes) > SHOWN:
        lines.append(_("… {n} more of these", n=len(done.notes) - SHOWN))
    return lines


def text_of(done: Imported, *, dry_run: bool) -> str:
    lines = [
        _(
            "{new} new, {changed} changed, {same} the same, {rejected} rejected",
            new=done.new,
            changed=done.changed,
            same=done.same,
            rejected=len(done.rejected),
        )
    ]
    lines += told_lines(done)
    if done.refused:
        lines.append(refused_words(done.refused))
    if done.refused_kept:
        lines.append(_("{n} not to be contacted stay so", n=done.refused_kept))
    for row in done.rejected[:SHOWN]:
        lines.append(_("line {line}: {reason}", line=row.line, reason=show(say(row.reason))))
    if len(done.rejected) > SHOWN:
        lines.append(_("… {n} more; --rejects FILE writes them all", n=len(done.rejected) - SHOWN))
    if dry_run:
        lines += known_lines(done.known, SHOWN)
        lines.append(_("Dry run: nothing was changed."))
    elif done.new:
        at = chosen().database
        command = f"siyu --database {at}" if at else "siyu"
        lines.append(_("Open the desk with: {command}", command=show(command)))
    return "\n".join(lines)
