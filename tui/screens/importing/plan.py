"""What an import is about to do: the file, what its columns mean, and what a dry run counted.

Knows no screen and writes nothing but by `run`, which takes everything back
unless it is a real import that reached its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from store import reading_ahead
from store.backups import Occasion
from store.connection import Connection
from store.derived import state_of
from store.exchange.contacts import (
    ContactFile,
    ContactRow,
    Field,
    NobodyNamed,
    RejectedRow,
    open_contacts,
    open_unnamed,
)
from store.exchange.faults import FileRefused
from store.exchange.headings import HEADING_ROWS
from store.exchange.mappings import Decisions, fields_of, with_fields
from store.exchange.purchases import PurchaseFile, open_purchases
from store.importing import Imported, Mode, import_contacts
from store.profiles import profile_of
from store.read_rows import ReadRow
from store.row_profiles import as_kept, changes_to, profile_of_row
from tui.opening import OpenDesk
from tui.words import _

Row = ContactRow | RejectedRow
SAMPLE = 12
"""Data rows that are shown as they would come in."""
SMALL_ROWS, SMALL_BYTES = 200, 60_000
"""Up to here a dry run takes less than anybody notices."""
MEANINGS: tuple[Field | None, ...] = (
    *(Field.NAME, Field.REMARK, Field.PHONE, Field.HANDLE, Field.EXTERNAL_ID, Field.COMPANY),
    *(Field.TITLE, Field.OWNER, Field.ADDED, Field.SOURCE, Field.STAGE, Field.TAGS),
    *(Field.BIRTHDAY, Field.EMAIL, Field.NICKNAME, Field.LAST_NAME, Field.FIRST_NAME),
    Field.DO_NOT_CONTACT,
    *(Field.IGNORED, None),
)
"""In the order in which a key goes through them; None keeps the column as an extra field."""


@dataclass(frozen=True)
class Tally:
    """What a dry run or an import did, and what of it may surprise."""

    done: Imported
    for_others: tuple[tuple[str, int], ...] = ()
    """Who else gets new contacts, with how many; most first."""
    unknown_stages: tuple[tuple[str, int], ...] = ()
    """Words for stages that the SOP does not know, with their new contacts; most first."""


@dataclass
class Plan:
    """One file on its way onto the desk."""

    file: ContactFile
    decided: bool
    """The mapping was decided before, for a file with the same headings."""
    mode: Mode = Mode.UPDATE
    cursor: int = 0
    """The column that keys act on."""
    changed: bool = False
    """A column was given another meaning here."""
    counted: Tally | None = None
    """None while what is shown has not been counted."""

    def __post_init__(self) -> None:
        rows = self.file.table.head(HEADING_ROWS + SAMPLE)
        line = self.file.heading_row.line
        self.skipped = sum(1 for row in rows if row.line < line and any(row.cells))
        self._rows = [row for row in rows if row.line > line][:SAMPLE]

    @property
    def fields(self) -> tuple[Field | None, ...]:
        return tuple(column.field for column in self.file.mapping)

    def turn(self, by: int) -> None:
        """Gives the column under the cursor the next meaning, or the one before."""
        fields = [*self.fields]
        here = MEANINGS.index(fields[self.cursor])
        fields[self.cursor] = MEANINGS[(here + by) % len(MEANINGS)]
        self.file = with_fields(self.file, fields)
        self.changed, self.counted = True, None

    def switch_mode(self) -> None:
        self.mode = Mode.APPEND if self.mode is Mode.UPDATE else Mode.UPDATE
        self.counted = None

    def values(self, column: int, count: int) -> list[str]:
        """The first filled cells of a column."""
        cells = (row.cells[column] for row in self._rows if column < len(row.cells))
        return [cell for cell in cells if cell.strip()][:count]

    def first_rows(self, db: Connection) -> list[Row]:
        """The first rows as they would come in; empty rows and totals are left out.

        Once it is counted who is known, a known contact's row is the contact as it will be.
        """
        reader = self.file.reader()
        found = [found for row in self._rows if (found := reader.read(row))]
        known = {one.line: one.contact for one in self.counted.done.known} if self.counted else {}
        return [
            self._as_kept(db, row, known[row.line])
            if isinstance(row, ContactRow) and row.line in known
            else row
            for row in found
        ]

    def _as_kept(self, db: Connection, row: ContactRow, contact: int) -> ContactRow:
        state, profile = state_of(db, contact), profile_of(db, contact)
        if state is None or profile is None:
            return row  # somebody new, whom a line further up brings
        told = profile_of_row(row)
        changes = changes_to(profile, told, is_unnamed=row.is_unnamed)
        changes = changes if self.mode is Mode.UPDATE else {}
        return as_kept(row, profile, changes, state.stage, state.owner)


def is_small(path: Path, rows: int) -> bool:
    """Whether a file may be worked through between two frames."""
    try:
        size = path.stat().st_size
    except OSError:
        return True
    return 0 < rows <= SMALL_ROWS and size <= SMALL_BYTES


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file can be read as; at least one of both."""

    contacts: ContactFile | None
    purchases: PurchaseFile | None


def read_file(desk: OpenDesk, path: Path, *, by_hand: bool, sheet: str = "") -> Understood:
    """Understands a file, by one of its sheets where one is named.

    Raises `FileRefused`, if it holds neither contacts nor purchases.

    A table whose headings name nobody is taken `by_hand`, or when its columns were
    given a meaning before; one with a meaning given before holds contacts.
    """
    purchases = _purchases(path, sheet)
    try:
        contacts = open_contacts(path, sheet=sheet)
    except NobodyNamed:
        contacts = open_unnamed(path, sheet)
        if not by_hand and Decisions.beside(desk.path).for_file(contacts) is None:
            if purchases is None:
                raise
            return Understood(None, purchases)
    if Decisions.beside(desk.path).for_file(contacts) is not None:
        purchases = None
    return Understood(contacts, purchases)


def _purchases(path: Path, sheet: str) -> PurchaseFile | None:
    try:
        return open_purchases(path, sheet=sheet)
    except FileRefused:
        return None


def plan_for(desk: OpenDesk, file: ContactFile) -> Plan:
    """The plan for a file, with what was decided before for its headings."""
    known = Decisions.beside(desk.path).for_file(file)
    if known is None:
        return Plan(file, decided=False)
    return Plan(with_fields(file, fields_of(file, known)), decided=True)


def run(
    desk: OpenDesk,
    plan: Plan,
    watched: Callable[[Iterator[Row | ReadRow]], Iterator[Row | ReadRow]],
    meanwhile: Callable[[], None],
    *,
    dry_run: bool,
) -> Tally:
    """Imports the plan's file, or works out what that would do.

    `watched` is given the rows and may end them with an exception of its own,
    which leaves nothing behind; so may `meanwhile`, called while rows are waited for.
    Raises `DeskError` with the same promise.
    """
    if not dry_run:
        desk.before(Occasion.IMPORT)
    source = {"file": plan.file.path.name, "sha256": plan.file.digest}
    with reading_ahead.begun(plan.file, meanwhile) as rows:
        done = import_contacts(
            *(desk.db, desk.shift, desk.clock(), watched(rows), source),
            mode=plan.mode,
            dry_run=dry_run,
            because=_("said so in {file}", file=plan.file.path.name),
        )
        if done.event is not None:
            desk.catch_up()
    others = Counter({o: n for o, n in done.owners.items() if o != desk.shift.operator})
    unknown = Counter(done.unknown_stages)
    return Tally(done, tuple(others.most_common()), tuple(unknown.most_common()))
