"""What an import did, in the words that the command line and the Import screens share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from store.exchange.contacts import ContactFile
from store.exchange.headings import Field
from store.exchange.tables import Table
from store.importing import Imported, Mode
from store.rows_known import Known, Replaced
from tui import masking
from tui.field_words import field_word
from tui.show import show
from tui.words import _

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GB18030 (GBK)",
    "big5hkscs": "Big5",
    "cp950": "Big5 (CP950)",
}


def how_read(table: Table, headings: int) -> list[str]:
    """The sheet of a workbook, encoding and separator of a text file; where the headings stand."""
    told = _source(table)
    return [*told, _("headings in line {n}", n=headings)] if headings else told


def _source(table: Table) -> list[str]:
    if table.sheet:
        return [_('sheet "{name}"', name=show(table.sheet))]
    if not table.encoding:
        return []
    encoding = ENCODINGS.get(table.encoding, show(table.encoding))
    return [encoding, delimiter_word(table.delimiter)]


def delimiter_word(delimiter: str) -> str:
    words = {"": "vCard", ",": _("comma"), ";": _("semicolon"), "\t": _("tab")}
    return words.get(delimiter) or _('separated by "{sign}"', sign=show(delimiter))


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


def replaced_line(one: Replaced, most: int | None = None) -> str:
    """Whose field, what stands there, and what the file puts in its place."""
    field = "" if one.is_extra else one.field

    def text(value: str) -> str:
        return show(masking.field(field, value) if field else masking.hidden(value), most)

    told = {"line": one.line, "before": text(one.before), "value": text(one.value)}
    if field == "name":
        return _("line {line}: change of name: {before} → {value}", **told)
    named = field_word(Field(field)) if field else show(one.field)
    return _(
        "line {line}: {name}, {field}: {before} → {value}",
        name=show(masking.name(one.name), most),
        field=named,
        **told,
    )


def told_words(done: Imported) -> str:
    """How many values are replaced and how many rows are told of; empty where none."""
    told = []
    if done.replaced:
        told.append(_("replaced values: {n}", n=done.replaced))
    if done.notes:
        told.append(_("read otherwise: {n}", n=len(done.notes)))
    return " · ".join(told)


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
