"""Whether a desk's file may be written to: sound pages, and the newest events unchanged.

Asked at every opening for writing, so it looks only as far as a second
allows; `doctor` looks at everything.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from rules.wording import N_, sentence
from store import log
from store.connection import NotADesk, damaged
from store.statements import named

LOOKED_THROUGH = 16 * 1024 * 1024
"""Bytes up to which every page is looked at."""
NEWEST = 1000
"""Events whose chain is followed."""


def check_health(db: sqlite3.Connection, path: Path, looked_through: int = LOOKED_THROUGH) -> None:
    """Raises NotADesk for a file that is damaged or whose log was changed; writes nothing."""
    try:
        told = "ok"
        if path.stat().st_size <= looked_through:
            told = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        walked = _newest(db)
        _check_journal(db, path)
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error
    if told != "ok":
        pages = sentence(N_("its pages do not fit together"))
        raise NotADesk(sentence(N_("{path} is damaged: {error}"), path=path, error=pages), _REMEDY)
    if walked.changed is not None:
        what = N_("{path}: event {seq} was changed after it was written")
        raise NotADesk(sentence(what, path=path, seq=walked.changed), _REMEDY)


def _check_journal(db: sqlite3.Connection, path: Path) -> None:
    """Refuses the write-ahead log of another desk: read with it, the file is that other desk.

    The log of events only grows, so what the file holds by itself is there with
    its own write-ahead log too.
    """
    journal = path.with_name(path.name + "-wal")
    if not journal.exists() or not journal.stat().st_size:
        return
    with closing(_look_into_alone(path)) as alone, suppress(sqlite3.DatabaseError):
        last = alone.execute(named()["last_link"]).fetchone()
        if last is None or db.execute(named()["link_at"], {"seq": last[0]}).fetchone() == last[1:]:
            return
        what = N_("{journal} belongs to another desk than {path}")
        raise NotADesk(
            sentence(what, journal=journal.name, path=path),
            sentence(N_("Move {journal} away, then open the desk again."), journal=journal),
        )


def _newest(db: sqlite3.Connection) -> log.Walked:
    last = db.execute(named()["last_link"]).fetchone()
    place = max(0, last[0] - NEWEST) if last else 0
    row = db.execute(named()["link_at"], {"seq": place}).fetchone()
    link = row[0] if row else log.GENESIS
    return log.walk(db.execute(named()["events_after"], {"seq": place}), link, place)


def _look_into_alone(path: Path) -> sqlite3.Connection:
    """A connection that reads a file without what lies beside it; for looking once."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)


_REMEDY = sentence(
    N_("Nothing is written to it. siyu doctor says more; take back a copy of the file.")
)
