"""Judging by rules: all contacts at once, and one with its event.

The floor of the whole pass is a scan that only counts how many fulfil each
rule; that of one contact is a reaction logged on a desk without rules. The
pass that is measured is that of a new day, the usual one; the first one of a
desk writes an entry for everybody on a list, and has no goal.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bench.desks import NOW, OPERATOR, bench_shift, due_contacts
from bench.figures import Figure, Spent, spending
from rules.nouns import Reaction
from rules.sop import Sop
from store import derived, standing, verbs
from store.connection import connect
from store.list_pass import judge_all
from store.lists import list_counts, list_page

A_ROUND = 60
"""Contacts of one round."""
PAGE = 50


def measure(large: Path, folder: Path, rounds: int) -> list[Figure]:
    """The pass, one contact, the counts and a page, on a copy of a large desk."""
    sop = bench_shift().sop
    with _copy(large, folder) as db:
        with spending() as first:
            judge_all(db, sop, NOW.day)
        found = [*_pass(db, sop, first, rounds), *_one(db, rounds)]
        return [*found, *_reading(db, sop, rounds)]


@contextmanager
def _copy(path: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    copy = Path(shutil.copy(path, folder / "judged.db"))
    try:
        with closing(connect(copy)) as db:
            yield db
    finally:
        for end in ("", "-wal", "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def _pass(db: sqlite3.Connection, sop: Sop, first: Sequence[Spent], rounds: int) -> list[Figure]:
    """Each day's pass beside a scan that counts what fulfils each rule on that day."""
    days: list[Spent] = []
    scans: list[Spent] = []
    for day in range(NOW.day + 1, NOW.day + 1 + rounds):
        with spending() as took:
            _count(db, sop, day)
        scans.extend(took)
        with spending() as took:
            judge_all(db, sop, day)
        days.extend(took)
    rules = len(sop.lists) + len(sop.priorities)
    floor = [s.cpu for s in scans]
    scan = "one scan that counts"
    return [
        Figure(f"judge all by {rules} rules, a new day", [s.cpu for s in days], scan, floor, 1.5),
        Figure(
            f"judge all by {rules} rules, first time", [s.cpu for s in first], scan, floor, None
        ),
    ]


def _count(db: sqlite3.Connection, sop: Sop, day: int) -> None:
    sums = []
    params: dict[str, int | str] = {"today": day}
    whens = [*(rule.when for rule in sop.lists), *(rule.when for rule in sop.priorities)]
    for place, when in enumerate(whens):
        bound = when.bound(f"c{place}")
        params |= bound.params
        sums.append(f"SUM(CASE WHEN {bound.sql} THEN 1 ELSE 0 END)")
    statement = f"SELECT {', '.join(sums)} FROM contact_state s"  # noqa: S608 - rules of the SOP
    db.execute(statement, params).fetchone()


def _one(db: sqlite3.Connection, rounds: int) -> list[Figure]:
    """What judging adds to a reaction: the judging alone, beside the whole log of it."""
    shift = bench_shift()
    judging: list[float] = []
    logging: list[float] = []
    for contact in due_contacts(db, A_ROUND * rounds):
        with spending() as took:
            verbs.react(db, shift, NOW, contact, Reaction.POSITIVE)
        logging.extend(s.wall for s in took)
        state = derived.state_of(db, contact)
        assert state is not None
        with spending() as took:
            standing.judged(standing.in_force(db), state)
        judging.extend(s.wall for s in took)
    name = "log one reaction"
    return [Figure("judge one contact", judging, name, logging, 0.2, "ms")]


def _reading(db: sqlite3.Connection, sop: Sop, rounds: int) -> list[Figure]:
    """The counts of all lists, and a first page of the fullest."""
    counts: list[float] = []
    pages: list[float] = []
    fullest = max(list_counts(db, OPERATOR, sop, NOW.day), key=lambda count: count.total).rule
    for _ in range(rounds * A_ROUND):
        with spending() as took:
            list_counts(db, OPERATOR, sop, NOW.day)
        counts.extend(s.wall for s in took)
        with spending() as took:
            list_page(db, OPERATOR, fullest, NOW.day, limit=PAGE)
        pages.extend(s.wall for s in took)
    return [
        Figure("counts of all lists", counts, "a page of a list", pages, None, "ms"),
    ]
