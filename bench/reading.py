"""Reading at two sizes of the desk: a page of the queue, the tabs' counts, one contact's timeline.

The floor of each figure is the same reading on the small desk: what is measured
is how the cost grows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from bench.desks import MANY, NOW, OPERATOR, bench_shift
from bench.figures import Figure, alternately, spending
from store.connection import connect
from store.queue import Place, due_page, stage_counts
from store.timeline import timeline

PAGE = 50
A_SAMPLE = 40
"""Readings of which a sample is the median."""


def measure(small: Path, large: Path, rounds: int) -> list[Figure]:
    """A page, the counts and a timeline on both desks."""
    stages = bench_shift().sop.stage_names()

    def page(db: sqlite3.Connection) -> None:
        assert len(due_page(db, OPERATOR, "lead", NOW.day, Place(), PAGE)) == PAGE

    def counts(db: sqlite3.Connection) -> None:
        assert len(stage_counts(db, OPERATOR, stages, NOW.day)) == len(stages)

    def history(db: sqlite3.Connection) -> None:
        assert len(timeline(db, 1)) == MANY

    with (
        closing(connect(small, read_only=True)) as few,
        closing(connect(large, read_only=True)) as many,
    ):
        return [
            _figure(f"page of {PAGE} of the queue", page, few, many, rounds, 2.5),
            _figure("counts of the tabs", counts, few, many, rounds, 3),
            _figure(f"timeline of {MANY} events", history, few, many, rounds, None),
        ]


def _figure(
    what: str,
    read: Callable[[sqlite3.Connection], None],
    few: sqlite3.Connection,
    many: sqlite3.Connection,
    rounds: int,
    goal: float | None,
) -> Figure:
    read(few)
    read(many)
    floor, large = alternately(rounds, lambda: _sample(read, few), lambda: _sample(read, many))
    return Figure(what, large, "the same on the small desk", floor, goal, "ms")


def _sample(read: Callable[[sqlite3.Connection], None], db: sqlite3.Connection) -> float:
    """Milliseconds of one reading, its pages in memory."""
    spent = []
    for _ in range(A_SAMPLE):
        with spending() as took:
            read(db)
        spent.extend(took)
    return median(s.wall for s in spent)
