"""Finding somebody on a large desk, letter by letter.

The floor is one step of the same search: one range of the index, its rows read
and nothing ranked. The slowest prefix of each query is what counts; a screen
has 16 ms.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from bench.desks import GIVEN, NOW, OPERATOR, SURNAMES
from bench.figures import Figure, spending
from store.connection import connect
from store.people import find
from store.search_keys import HEAD, folded, together_of
from store.statements import named

QUERIES = (
    *("张", "张伟", "zhangwei", "zw", "苏州", "苏州新", "13800", "wxid_5"),
    *("張偉", "zhagnwei", "zhamgwei", "章玮", "13801380000", "没有这个人"),
    *("伟", "精密", "f", "王伟 苏州 精密"),
)
"""What is typed; each of its beginnings is searched."""
RANGE = """
SELECT k.contact, k.k, c.name, c.company, s.stage, s.owner, s.status FROM contact_key k
JOIN contact c ON c.id = k.contact JOIN contact_state s ON s.contact = k.contact
WHERE k.k >= ? AND k.k < ? ORDER BY k.k LIMIT 200
"""
A_SAMPLE = 9
FRAME = 16.0
"""Milliseconds."""


def measure(folder: Path, size: int, rounds: int) -> list[Figure]:
    """Each prefix of each query on a desk of `size` contacts; the slowest prefix of all."""
    path = desk_of_names(folder, size)
    prefixes = dict.fromkeys(q[: n + 1] for q in QUERIES for n in range(len(q)))
    ours, floors = [], []
    with closing(connect(path, read_only=True)) as db:
        for _ in range(rounds):
            spent = {prefix: _sample(db, prefix) for prefix in prefixes}
            slowest = max(spent, key=lambda prefix: spent[prefix])
            ours.append(spent[slowest])
            floors.append(_floor(db, slowest))
    what = f"search, the slowest of {len(prefixes)} prefixes, {size:,} contacts"
    return [
        Figure(what, ours, "a frame", [FRAME] * rounds, 1.0, "ms"),
        Figure("the same", ours, "one range of 200 keys, unranked", floors, None, "ms"),
    ]


def desk_of_names(folder: Path, size: int) -> Path:
    """A desk of contacts with names, companies, phones and ids, and nothing else."""
    path = folder / f"names-{size}.db"
    connect(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for pragma in ("journal_mode = DELETE", "synchronous = OFF", "cache_size = -800000"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO contact (id, name, remark, phone, phone_key, handle, external_id, company,"
            " title, email, birthday, source, added, tags, interest, extra)"
            " VALUES (?, ?, '', ?, ?, ?, '', ?, '', '', '', '', '', '', '', '')",
            ((i, n, phone, phone, handle, firm) for i, n, phone, handle, firm in people(size)),
        )
        db.executemany(
            "INSERT INTO contact_state (contact, owner, stage, status, snoozed, priority, touches,"
            " friendly, positive, exploring, rejecting, last_seq)"
            " VALUES (?, ?, 'lead', 'active', 0, 0, 0, 0, 0, 0, 0, 0)",
            ((i, OPERATOR if i % 3 else "op2") for i in range(1, size + 1)),
        )
        db.executemany("INSERT INTO keys_of_contact VALUES (?, ?)", _keys(size))
        db.execute(named()["add_keys_from"], {"first": 1})
        db.executemany(
            "INSERT INTO touch (seq, contact, operator, day, at_ms, content, variant, digest,"
            " version, stage) VALUES (?, ?, ?, ?, ?, 'c', 'a', 'd', '1.0', 'lead')",
            ((n, 1 + n * 7919 % size, OPERATOR, NOW.day - 9, NOW.at_ms) for n in range(1, 401)),
        )
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
    return path


def people(size: int) -> Iterator[tuple[int, str, str, str, str]]:
    """Id, name, phone, chat id and company of each contact."""
    for i in range(1, size + 1):
        name = SURNAMES[i % len(SURNAMES)] + GIVEN[i // 20 % len(GIVEN)]
        if i % 3:
            name += GIVEN[i // 400 % len(GIVEN)]
        firm = f"{'苏州' if i % 4 else '杭州'}{name}精密"
        yield i, name, str(13800000000 + i * 37 % 10**8), f"wxid_{i * 104729 % size:x}", firm


def _keys(size: int) -> Iterator[tuple[int, str]]:
    for i, name, phone, handle, firm in people(size):
        profile = {"name": name, "phone": phone, "handle": handle, "company": firm}
        yield i, together_of(profile)


def _sample(db: sqlite3.Connection, text: str) -> float:
    """Milliseconds of one search, its pages in memory."""
    taken = []
    for _ in range(A_SAMPLE):
        with spending() as took:
            find(db, text, owner=OPERATOR)
        taken.extend(took)
    return median(s.wall for s in taken)


def _floor(db: sqlite3.Connection, text: str) -> float:
    low = HEAD + folded(text)
    taken = []
    for _ in range(A_SAMPLE):
        with spending() as took:
            db.execute(RANGE, (low, low + "\U0010ffff")).fetchall()
        taken.extend(took)
    return median(s.wall for s in taken)
