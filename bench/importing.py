"""Importing contacts that were read from their file already, against two floors.

One executemany of the fields into a plain table is what an import would cost
without a log, search keys and duplicates. An executemany for each table of all
rows that the import leaves is what writing them costs on this schema.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.desks import GIVEN, NOW, SURNAMES, bench_shift
from bench.figures import Figure
from store.connection import connect
from store.exchange.contacts import ContactRow, open_contacts
from store.importing import import_contacts

TABLES = ("event", "event_text", "contact", "contact_key", "contact_state", "due_count")
HEADINGS = "姓名,手机,企业,职位,来源,添加时间,标签,备注"


def measure(folder: Path, size: int, rounds: int) -> list[Figure]:
    """`size` new contacts into an empty desk."""
    file = folder / "contacts.csv"
    file.write_text("\n".join([HEADINGS, *_lines(size)]), encoding="utf-8")
    rows = [row for row in open_contacts(file).rows() if isinstance(row, ContactRow)]
    assert len(rows) == size
    # The tables of pinyin and of traditional characters are loaded once, whatever the size.
    _imported(folder / "begun.db", rows[:1])
    plain, full, ours, grown = [], [], [], []
    for number in range(rounds):
        plain.append(_plain(folder / f"plain-{number}.db", rows))
        imported = folder / f"imported-{number}.db"
        before = _memory_begun()
        ours.append(_imported(imported, rows))
        grown.append(_memory("VmHWM") - before)
        full.append(_copied(imported, folder / f"copied-{number}.db"))
        _gone(imported)
    what = f"import of {size:,} rows, parsed before"
    return [
        Figure(what, ours, "executemany of all rows it leaves", full, 1.5, "s CPU"),
        Figure("the same", ours, "executemany into one plain table", plain, None, "s CPU"),
        Figure("memory it needs", grown, "1 MiB", [1.0] * rounds, None, "MiB"),
    ]


def _lines(size: int) -> Iterator[str]:
    for i in range(size):
        name = SURNAMES[i % 20] + GIVEN[i // 20 % 20] + GIVEN[i // 400 % 20]
        day = f"2026-01-{1 + i % 28:02}"
        yield f"{name},{13800000000 + i},苏州{name}精密,采购经理,展会,{day},制造业,{i}"


def _plain(path: Path, rows: list[ContactRow]) -> float:
    """Seconds of CPU to put the same fields into one table in one transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE t (name, phone UNIQUE, company, title, source, added, tags, note)")
        begun = time.process_time()
        db.execute("BEGIN IMMEDIATE")
        db.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (r.name, r.phone, r.company, r.title, r.source, r.added, ",".join(r.tags), r.remark)
                for r in rows
            ),
        )
        db.execute("COMMIT")
        spent = time.process_time() - begun
    _gone(path)
    return spent


def _imported(path: Path, rows: list[ContactRow]) -> float:
    with closing(connect(path)) as db:
        begun = time.process_time()
        done = import_contacts(db, bench_shift(), NOW, rows, {"file": "contacts.csv"})
        spent = time.process_time() - begun
    assert done.new == len(rows), done.rejected[:3]
    return spent


def _copied(source: Path, path: Path) -> float:
    """Seconds of CPU to write every row of a desk into an empty one."""
    with closing(connect(source, read_only=True)) as db:
        told = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608
    with closing(connect(path)) as db:
        begun = time.process_time()
        db.execute("BEGIN IMMEDIATE")
        for table, rows in told.items():
            blanks = ", ".join("?" * len(rows[0]))
            db.executemany(f"INSERT INTO {table} VALUES ({blanks})", rows)  # noqa: S608
        db.execute("COMMIT")
        spent = time.process_time() - begun
    _gone(path)
    return spent


def _memory_begun() -> float:
    """MiB in use now, from where the peak is counted anew (Linux's clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(name: str) -> float:
    """A line of this process's account of memory, in MiB."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


def _gone(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
