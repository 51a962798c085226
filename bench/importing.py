"""Importing contacts and purchases, against what writing the same rows costs, and as a command.

Parsed before, an import is measured beside an executemany for each table of all rows that it
leaves. The whole command is measured beside the command line of sqlite-utils, which puts the
cells of the same CSV into one plain table: no log, no search keys, no plans, no duplicates.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.desks import GIVEN, NOW, SURNAMES, bench_shift
from bench.figures import Figure, Spent
from bench.programs import environment, peak_memory, python, run
from bench.starting import SIYU, desk_environment
from store.connection import connect
from store.exchange.contacts import ContactRow, open_contacts
from store.exchange.purchases import PurchaseRow, open_purchases
from store.importing import import_contacts
from store.purchasing import import_purchases

TABLES = (
    "event",
    "event_text",
    "contact",
    "contact_key",
    "keys_of_contact",
    "contact_state",
    "due_count",
)
HEADINGS = "姓名,手机,企业,职位,来源,添加时间,标签,备注"
PURCHASE_HEADINGS = "手机号,付款时间,实付金额"
SMALLER = 5
"""A file of a fifth of the rows is measured too, so many times as often."""


def measure(folder: Path, size: int, rounds: int) -> list[Figure]:
    """`size` new contacts into an empty desk, and a fifth of them; then as many purchases."""
    few = size // SMALLER
    # The tables of pinyin and of traditional characters are loaded once, whatever the size.
    _imported(folder / "begun.db", _rows(folder, 1))
    return [
        *parsed(folder, few, rounds * SMALLER),
        *parsed(folder, size, rounds),
        *bought(folder, size, rounds),
        *whole(folder, few, rounds * SMALLER),
        *whole(folder, size, rounds),
        *memory(folder, few, size, rounds),
    ]


def parsed(folder: Path, size: int, rounds: int) -> list[Figure]:
    """Contacts whose rows were read before."""
    rows, ours, full = _rows(folder, size), [], []
    for number in range(rounds):
        imported = folder / f"imported-{number}.db"
        ours.append(_imported(imported, rows))
        full.append(_copied(imported, folder / f"copied-{number}.db"))
        _gone(imported)
    what = f"import of {size:,} rows, parsed before"
    return [Figure(what, ours, "executemany of all rows it leaves", full, 1.5, "s CPU")]


def bought(folder: Path, size: int, rounds: int) -> list[Figure]:
    """Purchases of people who are on the desk, five each."""
    people = folder / "buyers.db"
    _imported(people, _rows(folder, size // SMALLER))
    file = folder / "orders.csv"
    file.write_text("\n".join([PURCHASE_HEADINGS, *_orders(size)]), encoding="utf-8")
    rows = [row for row in open_purchases(file).rows() if isinstance(row, PurchaseRow)]
    assert len(rows) == size
    ours, full = [], []
    for number in range(rounds):
        desk, copy = folder / f"bought-{number}.db", folder / f"again-{number}.db"
        for path in (desk, copy):
            with closing(connect(people, read_only=True)) as db, closing(connect(path)) as into:
                db.backup(into)
        with closing(connect(desk)) as db:
            begun = time.process_time()
            done = import_purchases(db, bench_shift(), NOW, rows, {"file": "orders.csv"})
            ours.append(time.process_time() - begun)
        assert done.new == size, done.rejected[:3]
        full.append(_bought_by_hand(desk, copy))
        _gone(desk)
    _gone(people)
    what = f"import of {size:,} purchases, parsed before"
    return [Figure(what, ours, "executemany of all rows it leaves", full, 1.5, "s CPU")]


def whole(folder: Path, size: int, rounds: int) -> list[Figure]:
    """The command from its start to its end, beside that of sqlite-utils."""
    ours, floor = [], []
    for number in range(rounds):
        ours.append(_command(folder, size, number))
        path = folder / f"plain-{number}.db"
        insert = ("insert", str(path), "contacts", str(_file(folder, size)), "--csv")
        floor.append(run(python("-m", "sqlite_utils", *insert), environment()))
        _gone(path)
    what, floor_is = f"siyu import, {size:,} rows, the whole command", "sqlite-utils insert --csv"
    waited = [[each.wall / 1000 for each in spent] for spent in (ours, floor)]
    worked = [[each.cpu / 1000 for each in spent] for spent in (ours, floor)]
    return [
        Figure(what, waited[0], floor_is, waited[1], 1.0, "s"),
        Figure(f"{what}, both processes", worked[0], floor_is, worked[1], 1.0, "s CPU"),
    ]


def memory(folder: Path, few: int, size: int, rounds: int) -> list[Figure]:
    """The most memory that the larger of its two processes held."""
    peaks = [[_peak(folder, n, r) for r in range(rounds)] for n in (size, few)]
    what = f"memory of siyu import, {size:,} rows"
    return [Figure(what, peaks[0], f"{few:,} rows", peaks[1], 1.3, "MiB")]


def _command(folder: Path, size: int, number: int) -> Spent:
    path = folder / f"whole-{number}.db"
    spent = run([*SIYU, "import", str(_file(folder, size)), "--json"], desk_environment(path))
    _gone(path)
    return spent


def _peak(folder: Path, size: int, number: int) -> float:
    path = folder / f"held-{number}.db"
    command = [*SIYU, "import", str(_file(folder, size)), "--json"]
    peak = peak_memory(command, desk_environment(path))
    _gone(path)
    return peak


def _file(folder: Path, size: int) -> Path:
    """A CSV file of so many contacts."""
    file = folder / f"contacts-{size}.csv"
    if not file.exists():
        file.write_text("\n".join([HEADINGS, *_lines(size)]), encoding="utf-8")
    return file


def _rows(folder: Path, size: int) -> list[ContactRow]:
    rows = open_contacts(_file(folder, size)).rows()
    found = [row for row in rows if isinstance(row, ContactRow)]
    assert len(found) == size
    return found


def _lines(size: int) -> Iterator[str]:
    for i in range(size):
        name = SURNAMES[i % 20] + GIVEN[i // 20 % 20] + GIVEN[i // 400 % 20]
        day = f"2026-01-{1 + i % 28:02}"
        yield f"{name},{13800000000 + i},苏州{name}精密,采购经理,展会,{day},制造业,{i}"


def _orders(size: int) -> Iterator[str]:
    for i in range(size):
        phone = 13800000000 + i % (size // SMALLER)
        yield f"{phone},2026-02-{1 + i % 28:02},{100 + i % 9000}"


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
        _write(db, told)
        db.execute("COMMIT")
        spent = time.process_time() - begun
    _gone(path)
    return spent


def _bought_by_hand(source: Path, path: Path) -> float:
    """Seconds of CPU to write what an import of purchases left, on the desk as it was."""
    with closing(connect(source, read_only=True)) as db, closing(connect(path)) as into:
        [before] = into.execute("SELECT MAX(seq) FROM event").fetchone()
        told = {table: _after(db, table, before) for table in ("event", "event_text")}
        states = db.execute(
            "SELECT last_seq, purchases, spent, last_purchase_day, contact FROM contact_state"
            " WHERE last_seq > ?",
            (before,),
        ).fetchall()
        begun = time.process_time()
        into.execute("BEGIN IMMEDIATE")
        _write(into, told)
        into.executemany(
            "UPDATE contact_state SET last_seq = ?, purchases = ?, spent = ?,"
            " last_purchase_day = ? WHERE contact = ?",
            states,
        )
        into.execute("COMMIT")
        spent = time.process_time() - begun
    _gone(path)
    return spent


def _after(db: sqlite3.Connection, table: str, seq: int) -> list[tuple[Any, ...]]:
    return db.execute(f"SELECT * FROM {table} WHERE seq > ?", (seq,)).fetchall()  # noqa: S608


def _write(db: sqlite3.Connection, told: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    for table, rows in told.items():
        blanks = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({blanks})", rows)  # noqa: S608


def _gone(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
