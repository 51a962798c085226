"""What an import did, in the words that the command line and the Import screens share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from store.exchange.contacts import ContactFile
from store.exchange.headings import Field
from store.importing import Mode
from store.rows_known import Known
from tui.field_words import field_word
from tui.show import show
from tui.words import _


def mode_word(mode: Mode) -> str:
    return {Mode.UPDATE: _("Update"), Mode.APPEND: _("Append")}[mode]


def refused_words(count: int) -> str:
    """How many people the file says not to contact."""
    return _("{n} not to be contacted from now on, as the file says", n=count)


def column_lines(file: ContactFile) -> list[str]:
    """What each column was taken for, and the headings that are not known."""
    known = [
        _("{heading} → {meaning}", heading=show(column.heading), meaning=field_word(column.field))
        for column in file.mapping
        if column.field
    ]
    unknown = [show(column.heading) for column in file.mapping if not column.field]
    lines = [_("Columns: {named}", named=" · ".join(known))]
    if unknown:
        told = _("Headings not known, kept as extra fields: {named}", named=" · ".join(unknown))
        lines.append(told)
    return lines


def known_lines(known: Sequence[Known], most: int) -> list[str]:
    """Why rows are not new: how many were known by what, and the first of them."""
    if not known:
        return []
    counted = Counter(row.by for row in known)
    named = " · ".join(f"{field_word(Field(by))} {n}" for by, n in counted.most_common())
    lines = [_("Not new, known by: {named}", named=named)]
    return [*lines, *(known_line(row) for row in known[:most])]


def known_line(row: Known) -> str:
    """Of one row, whom it is about."""
    by = field_word(Field(row.by))
    if row.earlier is not None:
        told = {"line": row.line, "earlier": row.earlier, "by": by}
        return _("line {line}: the same person as line {earlier} ({by})", **told)
    return _("line {line}: {name} is on the desk ({by})", line=row.line, name=show(row.name), by=by)
