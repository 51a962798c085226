"""The usual row of a contact file: every cell is taken as it stands.

Invariant: what is taken here is what `contact_rows.RowReader` makes of the row
cell by cell. Where there is anything to mend, to note or to choose, nothing is
taken and the reader does it; of a long file nearly all rows are usual ones.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from rules.plain_text import NAME_LIMIT, is_blank
from rules.timing import iso_day
from store.exchange.cell_values import day_in, is_total, phones_in
from store.exchange.doubtful import is_doubtful_email, is_doubtful_phone
from store.exchange.headings import Column, Field
from store.exchange.refusals import refusing_tag
from store.exchange.row_outcomes import ContactRow, tags_of
from store.exchange.table_rows import TableRow

_MEND = ("=", "#", "E+")
"""Formulas, errors of a spreadsheet and numbers that it rounded have one of these in them."""
_FIELDS = (
    *(Field.NAME, Field.REMARK, Field.PHONE, Field.HANDLE, Field.EXTERNAL_ID, Field.COMPANY),
    *(Field.TITLE, Field.OWNER, Field.ADDED, Field.SOURCE, Field.STAGE, Field.TAGS),
    *(Field.BIRTHDAY, Field.EMAIL, Field.DO_NOT_CONTACT),
)
"""In the order in which `PlainRows.read` takes them."""


class PlainRows:
    """Reads usual rows, under headings of which no two mean the same."""

    def __init__(self, columns: Sequence[Column]) -> None:
        claims = Counter(c.field for c in columns if c.field not in (None, Field.IGNORED))
        self._fits = claims[Field.NAME] == 1 and max(claims.values()) == 1
        self._columns = len(columns)
        at = {column.field: column.index for column in columns}
        # A field without a column is taken from the empty cell behind the last one.
        self._taken = itemgetter(*(at.get(field, self._columns) for field in _FIELDS))
        known = {*_FIELDS, Field.IGNORED}
        self._others = [(c.heading, c.index) for c in columns if c.field not in known]

    def read(self, row: TableRow, text: str) -> ContactRow | None:
        """The contact of a row whose cells together are `text`; None where it is no usual one."""
        if (
            not text
            or not self._fits
            or len(row.cells) > self._columns
            or not text.isprintable()
            or not unicodedata.is_normalized("NFC", text)
            or any(mark in text for mark in _MEND)
        ):
            return None
        cells = list(map(str.strip, row.cells))
        if is_total(cells) or (len(text) > NAME_LIMIT and max(map(len, cells)) > NAME_LIMIT):
            return None
        cells.extend([""] * (self._columns + 1 - len(cells)))
        return self._contact(row, cells)

    def _contact(self, row: TableRow, cells: Sequence[str]) -> ContactRow | None:
        taken = self._taken(cells)
        name, remark, phone, handle, external_id, company, title, owner, *more = taken
        day, source, stage, tagged, birth, email, refused = more
        added, birthday = day_in(day) if day else None, day_in(birth) if birth else None
        if (
            not name
            or is_blank(name)
            or (phone and (phones_in(phone) != (phone,) or is_doubtful_phone(phone)))
            or (day and added is None)
            or (birth and birthday is None)
            or is_doubtful_email(email)
            or refused
        ):
            return None
        tags = tags_of(tagged) if tagged else ()
        extra = {heading: cells[index] for heading, index in self._others if cells[index]}
        return ContactRow(
            *(row.line, name, remark, phone, handle, external_id, company, title, owner),
            *(added, source, stage, tags, iso_day(birthday) or "", email, extra, row.cells),
            refused=bool(tags and refusing_tag(tags)),
        )
