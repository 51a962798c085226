"""The keys of the three import screens, for their bindings, footers and help."""

from __future__ import annotations

from rules.wording import N_
from tui.keys import EXPORT_KEYS, Key

BACK_KEY = Key("escape", "back", "Esc", N_("back"), N_("Goes back; nothing was written."))

SHEET_KEY = Key(
    "1",
    "sheet",
    "1",
    N_("other sheet"),
    N_("Reads another sheet of the workbook, a hidden one too."),
)

TOLD_KEY = Key(
    "2",
    "told",
    "2",
    N_("all that is told"),
    N_("Lists every value that is replaced, every row that was read otherwise or is rejected."),
)

FILE_KEYS = (
    Key("enter", "open", "Enter", N_("open"), N_("Opens the marked file or folder.")),
    Key("tab", "complete", "Tab", N_("complete"), N_("Completes the name, as far as it is clear.")),
    Key("down", "move(1)", "↓", N_("next file"), N_("The next file or folder.")),
    Key("up", "move(-1)", "↑", N_("file before"), N_("The file or folder before."), footer=False),
    Key("pagedown", "page(1)", "PgDn", N_("page down"), N_("A page down."), footer=False),
    Key("pageup", "page(-1)", "PgUp", N_("page up"), N_("A page up."), footer=False),
    BACK_KEY,
)
"""While a file is chosen; the field has all other keys."""

COLUMN_KEYS = (
    Key("enter", "start", "Enter", N_("import"), N_("Imports the file as it is shown.")),
    Key("down,j", "move(1)", "↓", N_("next column"), N_("The next column of the file.")),
    Key("up,k", "move(-1)", "↑", N_("column before"), N_("The column before."), footer=False),
    Key(
        "right,l",
        "field(1)",
        "→",
        N_("other meaning"),
        N_("Gives the column another meaning, or keeps it as an extra field, or leaves it out."),
    ),
    Key("left,h", "field(-1)", "←", N_("back"), N_("The meaning before."), footer=False),
    Key(
        "tab",
        "mode",
        "Tab",
        N_("append / update"),
        N_("Append leaves people who are on the desk as they are; update completes them."),
    ),
    Key(
        "space",
        "count",
        "Space",
        N_("count again"),
        N_("Works out anew what the import would do; nothing is written."),
    ),
    SHEET_KEY,
    TOLD_KEY,
    Key("pagedown", "page(1)", "PgDn", N_("page down"), N_("A page down."), footer=False),
    Key("pageup", "page(-1)", "PgUp", N_("page up"), N_("A page up."), footer=False),
    Key("home", "end(-1)", "Home", N_("first"), N_("The first column."), footer=False),
    Key("end", "end(1)", "End", N_("last"), N_("The last column."), footer=False),
    BACK_KEY,
)
"""While the columns and their meaning are looked at."""

PURCHASE_KEYS = (
    Key("enter", "start", "Enter", N_("import"), N_("Imports the file as it is shown.")),
    Key(
        "space",
        "count",
        "Space",
        N_("count again"),
        N_("Works out anew what the import would do; nothing is written."),
    ),
    SHEET_KEY,
    BACK_KEY,
)
"""While the purchases of a file are looked at."""

RESULT_KEYS = (
    Key("enter,escape", "back", "Enter", N_("to the desk"), N_("Goes to the desk.")),
    *EXPORT_KEYS,
    TOLD_KEY,
    Key("down,j", "move(1)", "↓", N_("next row"), N_("The next rejected row."), footer=False),
    Key("up,k", "move(-1)", "↑", N_("row before"), N_("The rejected row before."), footer=False),
    Key("pagedown", "page(1)", "PgDn", N_("page down"), N_("A page down."), footer=False),
    Key("pageup", "page(-1)", "PgUp", N_("page up"), N_("A page up."), footer=False),
)
"""After the import."""
