"""What import makes of the files in a folder, as the table of docs/import.md.

    python -m docs.tools.import_table FOLDER

Each file is imported into an empty desk in memory or refused, as `siyu import`
would do it. The table names the files only, so it says nothing about where
they were; it stands in the page between `<!-- sample files -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rules.plain_text import keep
from rules.shift import Shift
from rules.timing import WEEKDAYS, Moment
from rules.wording import DeskError
from sop_content import shipped
from sop_content.cache import open_sop
from store.connection import connect
from store.exchange.contacts import ContactFile, open_contacts
from store.importing import Imported, import_contacts
from tui.field_words import field_word

PAGE = Path(__file__).parents[1] / "import.md"
PART = re.compile(r"(<!-- sample files -->\n).*?(<!-- end -->)", re.DOTALL)
NOON = Moment(at_ms=0, offset=480, day=20514, minute=720)
"""Any day will do: no date of it is shown."""
SHOWN = 200
"""Characters of a cell of the table."""


def table(folder: Path) -> str:
    """One row a file, by name: how it was read, what its rows became, or why it is refused."""
    rows = [row_of(path) for path in sorted(folder.iterdir()) if path.is_file()]
    return "\n".join(["| file | read as | columns | rows |", "|---|---|---|---|", *rows])


def row_of(path: Path) -> str:
    """The row of one file."""
    try:
        file = open_contacts(path)
        done = imported(file)
    except DeskError as error:
        return _row(f"`{path.name}`", "refused", "", str(error.what))
    known = [field_word(c.field) for c in file.mapping if c.field]
    extra = len(file.mapping) - len(known)
    columns = ", ".join(dict.fromkeys(known)) + (f"; {extra} kept as extra" if extra else "")
    return _row(f"`{path.name}`", read_as(file), columns, counts(done))


def imported(file: ContactFile) -> Imported:
    """What a first import of the file does, on a desk that is thrown away."""
    sop = open_sop(shipped("en"), None, years=range(2026, 2027)).sop
    assert sop is not None, "the SOP that ships is sound"  # noqa: S101 - of the project itself
    with tempfile.TemporaryDirectory() as folder:
        db = connect(Path(folder) / "desk.db")
        try:
            return import_contacts(db, Shift("op1", sop, WEEKDAYS), NOON, file.rows(), {})
        finally:
            db.close()


def read_as(file: ContactFile) -> str:
    """Encoding and delimiter, or the sheet; and where the headings stand below titles."""
    signs = {"": "vCard", ",": "comma", ";": "semicolon", "\t": "tab"}
    how = f"{file.encoding}, {signs.get(file.delimiter, file.delimiter)}"
    how = how if file.encoding else f'sheet "{file.sheet}"'
    line = file.heading_row.line
    return how if line <= 1 else f"{how}, headings in line {line}"


def counts(done: Imported) -> str:
    """How many rows became what; the reason of the first rejected one."""
    told = [f"{done.new} new"]
    told += [f"{done.changed} changed"] if done.changed else []
    told += [f"{done.same} the same"] if done.same else []
    if done.rejected:
        first = done.rejected[0]
        told.append(f"{len(done.rejected)} rejected (line {first.line}: {first.reason})")
    return ", ".join(told)


def _row(*cells: str) -> str:
    """A row of Markdown; a text from a file cannot end its cell or begin a tag."""
    plain = (keep(" ".join(cell.split()), SHOWN).replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(cell.replace("<", "&lt;") for cell in plain) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the table for one folder into the page."""
    told = sys.argv[1:] if arguments is None else arguments
    if len(told) != 1 or not Path(told[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    page = PAGE.read_text("utf-8")
    made = table(Path(told[0]))
    PAGE.write_text(PART.sub(lambda part: f"{part[1]}{made}\n{part[2]}", page), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
