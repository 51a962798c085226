"""One row of a file as a contact, or the reason why it is none.

Keeps that nothing is lost in silence: what no field takes stays as an extra
field under its heading, and a row whose numbers were rounded or whose cells do
not fit the headings is rejected instead of being repaired by guess. Every text
passes `rules.plain_text.keep`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from rules.plain_text import NAME_LIMIT, NOTE_LIMIT, is_blank, keep
from rules.timing import date_of
from rules.wording import N_, Sentence, sentence
from store.exchange.cell_values import (
    clean,
    day_in,
    full_number,
    is_total,
    lost_digits,
    month_and_day,
    phones_in,
)
from store.exchange.day_order import Decided
from store.exchange.doubtful import is_doubtful_email, is_doubtful_phone
from store.exchange.error_cells import UNCALCULATED, error_cells, left_out
from store.exchange.headings import Column, Field, unused
from store.exchange.plain_rows import PlainRows
from store.exchange.refusals import refusing_tag, says_refused
from store.exchange.row_outcomes import TAG_LIMIT, ContactRow, RejectedRow, tags_of
from store.exchange.table_rows import TableRow

__all__ = ["CELL_LIMIT", "TAG_LIMIT", "ContactRow", "RejectedRow", "RowReader", "joined_name"]

CELL_LIMIT = 32_767
"""Characters a spreadsheet cell can hold; more is damage, not a contact."""
NOTED_LIMIT = 40
"""Characters of a cell that a note repeats."""
_NOTHING_WORDS = "- -- — —— / 无 無 暂无 none null n/a na nan nil"
_NOTHING = frozenset(_NOTHING_WORDS.split())
"""What people write to say that there is nothing: no note is made of it."""
_NO_PHONE = N_('"{value}" under {heading} is no phone number: kept as an extra field')
_ODD_PHONE = N_('"{value}" under {heading} has too few or too many digits: kept as written')
_ODD_EMAIL = N_('"{value}" under {heading} is no whole email address: kept as written')
_NO_DAY = N_(
    '"{value}" under {heading} is no day that can be read (2026-03-01 can): kept as an extra field'
)
_NO_BIRTHDAY = N_('"{value}" under {heading} is no birthday (1980-03-02, 3-2): kept as written')
_UNCLEAR = N_('"{value}" under {heading} says neither yes nor no: not taken for do not contact')
_UNKNOWN_NAME = N_(
    "the formula under {heading} was never calculated: nothing names the person; open the file"
    " in the program that made it, and save again"
)
_NAMES = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME)
_IDS = (Field.HANDLE, Field.EXTERNAL_ID)
_PLAIN = (
    *(Field.REMARK, Field.HANDLE, Field.EXTERNAL_ID, Field.COMPANY, Field.TITLE),
    *(Field.OWNER, Field.SOURCE, Field.STAGE),
)
"""Fields that are taken as they are written."""


YearLast = Callable[[int, str], tuple[int, Decided] | None]
"""What a day with its year behind means in a column, by the column and the text."""


def _no_day(_index: int, _text: str) -> None:
    """Nothing is known of the other rows."""


class RowReader:
    """Reads rows under one set of headings."""

    def __init__(self, columns: Sequence[Column], year_last: YearLast = _no_day) -> None:
        self._columns = columns
        self._year_last = year_last
        self._decided: set[int] = set()
        """Columns of which it was said how their days are written."""
        self._headings = [column.heading for column in columns]
        self._claims: dict[Field, list[int]] = {}
        for column in sorted(columns, key=lambda column: (column.rank, column.index)):
            if column.field:
                self._claims.setdefault(column.field, []).append(column.index)
        self._texts = [(field, self._claims[field]) for field in _PLAIN if field in self._claims]
        self._plain = PlainRows(columns)
        self._numbers = [column for column in columns if column.field in (Field.PHONE, *_IDS)]

    def read(self, row: TableRow) -> ContactRow | RejectedRow | None:
        """The contact of a row, its rejection, or None for empty rows and totals."""
        text = "".join(row.cells)
        usual = self._plain.read(row, text)
        if usual is not None:
            return usual
        if "=" in text or "#" in text:
            cells = [clean(cell) for cell in row.cells]
        else:
            cells = list(map(str.strip, row.cells))
        if not any(cells) or is_total(cells):
            return None
        errors = error_cells(row.cells, len(self._columns))
        reason = self._fault(cells, len(text)) or self._nameless(errors)
        if reason:
            return RejectedRow(row.line, reason, row.cells)
        cells.extend([""] * (len(self._columns) - len(cells)))
        contact = self._contact(row, _RowCells(self._claims, self._headings, cells, self.day))
        if errors:
            told = tuple(left_out(value, self._headings[index]) for index, value in errors)
            contact = contact._replace(notes=(*told, *contact.notes))
        if contact.name:
            return contact
        return RejectedRow(
            row.line,
            sentence(N_("nothing names the person: no name, remark, id, phone or email")),
            row.cells,
        )

    def day(self, index: int, text: str, notes: list[Sentence]) -> int | None:
        """The day number of a column's cell; that its year stands behind is noted once."""
        day = day_in(text)
        if day is not None or (found := self._year_last(index, text)) is None:
            return day
        day, decided = found
        if index not in self._decided:
            self._decided.add(index)
            notes.append(decided.told(text, self._headings[index]))
        return day

    def _contact(self, row: TableRow, given: _RowCells) -> ContactRow:
        name = given.name()
        name = "" if is_blank(name) else name
        told = given.texts(self._texts).get
        remark = told(Field.REMARK, "")
        phone = given.phone()
        handle, email = told(Field.HANDLE, ""), given.email()
        tags = given.tags()
        return ContactRow(
            line=row.line,
            name=name or keep(remark) or handle or phone or email,
            remark=remark,
            phone=phone,
            handle=handle,
            external_id=told(Field.EXTERNAL_ID, ""),
            company=told(Field.COMPANY, ""),
            title=told(Field.TITLE, ""),
            owner=told(Field.OWNER, ""),
            added=given.day(),
            source=told(Field.SOURCE, ""),
            stage=told(Field.STAGE, ""),
            tags=tags,
            birthday=given.birthday(),
            email=email,
            refused=given.refused() or bool(tags and refusing_tag(tags)),
            extra=given.extra(),
            cells=row.cells,
            notes=tuple(given.notes),
            is_unnamed=not name,
        )

    def _fault(self, cells: Sequence[str], length: int) -> Sentence | None:
        """Why the row of so many characters cannot be trusted, None when it can."""
        beyond = sum(1 for cell in cells[len(self._columns) :] if cell)
        if beyond:
            return sentence(
                N_("{count} cells more than headings: a delimiter or a quotation mark is missing"),
                count=beyond,
            )
        if length > CELL_LIMIT and max(map(len, cells)) > CELL_LIMIT:
            return self._overlong(cells)
        for column in self._numbers:
            cell = cells[column.index] if column.index < len(cells) else ""
            if ("E" in cell or "e" in cell) and _is_rounded(column.field, cell):
                return sentence(
                    N_(
                        "{value} under {heading} has lost digits: format that column as text"
                        " in the program the file comes from, and save again"
                    ),
                    value=keep(cell),
                    heading=column.heading,
                )
        return None

    def _nameless(self, errors: Sequence[tuple[int, str]]) -> Sentence | None:
        """Why nobody is named: no other field stands in for a name that can still be had."""
        for index, value in errors:
            if value == UNCALCULATED and self._columns[index].field in _NAMES:
                return sentence(_UNKNOWN_NAME, heading=self._headings[index])
        return None

    def _overlong(self, cells: Sequence[str]) -> Sentence:
        longest = max(range(len(cells)), key=lambda index: len(cells[index]))
        return sentence(
            N_("the cell under {heading} has {count} characters, more than {limit}"),
            heading=self._columns[longest].heading,
            count=len(cells[longest]),
            limit=CELL_LIMIT,
        )


def _is_rounded(field: Field | None, cell: str) -> bool:
    if field is Field.PHONE:
        return lost_digits(cell)
    return field in _IDS and lost_digits(cell, only_as_excel_writes=True)


class _RowCells:
    """The cleaned cells of one row; what is taken by a field does not become extra."""

    def __init__(
        self,
        claims: Mapping[Field, Sequence[int]],
        headings: Sequence[str],
        cells: Sequence[str],
        day: Callable[[int, str, list[Sentence]], int | None],
    ) -> None:
        self._day = day
        self._claims = claims
        self._headings = headings
        self._cells = cells
        self._taken = set(claims.get(Field.IGNORED, ()))
        self._more_phones: list[tuple[str, str]] = []
        self.notes: list[Sentence] = []

    def _of(self, field: Field) -> Sequence[int]:
        """The places of a field's filled cells, best first."""
        claimed = self._claims.get(field)
        return [index for index in claimed if self._cells[index]] if claimed else ()

    def text(self, field: Field) -> str:
        """The first filled cell of a field."""
        for index in self._claims.get(field, ()):
            if text := self._cells[index]:
                self._taken.add(index)
                return keep(text)
        return ""

    def texts(self, fields: Sequence[tuple[Field, Sequence[int]]]) -> dict[Field, str]:
        """The first filled cell of each of these fields."""
        cells, taken, found = self._cells, self._taken, {}
        for field, indexes in fields:
            for index in indexes:
                if text := cells[index]:
                    taken.add(index)
                    limit = NOTE_LIMIT if field is Field.REMARK else NAME_LIMIT
                    found[field] = keep(full_number(text) if field in _IDS else text, limit)
                    break
        return found

    def name(self) -> str:
        """The full name, else first and last name put together, else the nickname."""
        name = self.text(Field.NAME)
        if name:
            return name
        first, last = self.text(Field.FIRST_NAME), self.text(Field.LAST_NAME)
        return joined_name(first, last) or self.text(Field.NICKNAME)

    def phone(self) -> str:
        """The first phone; further ones in its cell become extra fields."""
        for index in self._of(Field.PHONE):
            phones = phones_in(full_number(self._cells[index], only_as_excel_writes=False))
            if phones:
                self._taken.add(index)
                self._more_phones = [(self._headings[index], phone) for phone in phones[1:]]
                if any(map(is_doubtful_phone, phones)):
                    self._note(_ODD_PHONE, index)
                return phones[0]
            self._note(_NO_PHONE, index)
        return ""

    def email(self) -> str:
        """The email as written, whatever it is."""
        email = self.text(Field.EMAIL)
        if is_doubtful_email(email):
            self._note(_ODD_EMAIL, self._of(Field.EMAIL)[0])
        return email

    def day(self) -> int | None:
        """The day the contact was added; an unreadable date becomes an extra field."""
        for index in self._of(Field.ADDED):
            day = self._day(index, self._cells[index], self.notes)
            if day is not None:
                self._taken.add(index)
                return day
            self._note(_NO_DAY, index)
        return None

    def tags(self) -> tuple[str, ...]:
        """The tags of all tag columns, each once."""
        columns = self._of(Field.TAGS)
        self._taken.update(columns)
        found = [tags_of(self._cells[index]) for index in columns]
        if len(found) == 1:
            return found[0]
        return tuple(dict.fromkeys(tag for tags in found for tag in tags))

    def refused(self) -> bool:
        """Whether any column says do not contact; what is unclear is noted and becomes extra."""
        refused = False
        for index in self._of(Field.DO_NOT_CONTACT):
            says = says_refused(self._cells[index])
            if says is None:
                self._note(_UNCLEAR, index)
                continue
            self._taken.add(index)
            refused |= says
        return refused

    def _note(self, template: str, index: int) -> None:
        value, heading = keep(self._cells[index], NOTED_LIMIT), self._headings[index]
        if value.casefold() in _NOTHING:
            return
        self.notes.append(sentence(template, value=value, heading=heading))

    def birthday(self) -> str:
        """The birthday in its shortest exact form, as written when it has none."""
        text = self.text(Field.BIRTHDAY)
        if not text:
            return ""
        index = self._of(Field.BIRTHDAY)[0]
        day = self._day(index, self._cells[index], self.notes)
        told = date_of(day).isoformat() if day is not None else month_and_day(text)
        if not told:
            self._note(_NO_BIRTHDAY, index)
        return told or text

    def extra(self) -> Mapping[str, str]:
        """What no field took, by heading; asked last."""
        extra = {
            self._headings[index]: keep(cell, NOTE_LIMIT)
            for index, cell in enumerate(self._cells)
            if cell and index not in self._taken
        }
        for heading, phone in self._more_phones:
            # The heading itself stands for the first phone.
            extra[unused(heading, {heading, *extra})] = phone
        return extra


def joined_name(first: str, last: str) -> str:
    """Given and family name in the order of their script: 张伟, but Wei Zhang."""
    if not first or not last:
        return first or last
    return keep(f"{last}{first}" if _is_east_asian(first + last) else f"{first} {last}")


def _is_east_asian(text: str) -> bool:
    return any(unicodedata.east_asian_width(character) == "W" for character in text)
