"""Which version of the SOP the desk's log is at, and what is said when the files are of another."""

from __future__ import annotations

from pathlib import Path

from store.connection import Connection
from store.publishing import publishes
from store.statements import named
from tui.show import show
from tui.words import _


def version_at(db: Connection) -> str:
    """The version that the log worked by last; empty on a desk that worked by none yet."""
    standing = next((told for told in publishes(db) if not told.undone), None)
    published = (standing.event.seq, standing.event.version or "") if standing else (0, "")
    row = db.execute(named()["worked_by"]).fetchone()
    worked = (row[0], row[1]) if row else (0, "")
    return max(published, worked)[1]


def other_version_words(db: Connection, version: str, folder: Path) -> str:
    """That a folder which was asked for is of another version than the log; empty when not."""
    known = version_at(db)
    if known in ("", version):
        return ""
    return _(
        "! Only looked into, not published: SOP {version} of {folder}. The desk is at {known};"
        " what is sent now counts for {version}, and plans stay as they are."
        " siyu sop publish puts it into use",
        version=show(version),
        folder=show(str(folder), 200),
        known=show(known),
    )
