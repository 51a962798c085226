"""Reading one reply at a desk that has learned many, beside the time that was promised for it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from bench.desks import NOW, OPERATOR, bench_shift
from bench.figures import Figure, alternately, spending
from rules.events import Event
from rules.lessons import lesson_of
from rules.nouns import Kind, Reaction
from rules.sop import Sop
from scripts.reading.training import Example
from sop_content.replies import shipped_examples
from store import learning, log
from store.connection import connect, transaction
from store.in_memory import building
from tui.reply_reader import reading_of

PROMISED = 20.0
"""Milliseconds of one reading."""
A_SAMPLE = 60
SEED = 5
REPLIES = (
    "谢谢，我看看",
    "多少钱一套",
    "不需要，谢谢",
    "收到",
    "could you send me the details please",
)


def measure(folder: Path, n: int, rounds: int) -> list[Figure]:
    """One reading with `n` learned replies, and the slowest of a sample."""
    path = folder / "learned.db"
    with building(path) as db:
        learn(db, n)
    spent: list[list[float]] = []
    with closing(connect(path, read_only=True)) as db:
        sop = bench_shift().sop
        reading_of(REPLIES[0], sop, db)  # loads what ships, once
        alternately(rounds, lambda: _sample(db, sop, spent))
    floor = [PROMISED] * rounds
    told = f"with {n:,} learned"
    typical = [median(sample) for sample in spent]
    slowest = [max(sample) for sample in spent]
    return [
        Figure(f"one reply read {told}", typical, "the promise", floor, 1),
        Figure(f"the slowest of {A_SAMPLE} {told}", slowest, "the promise", floor, None),
    ]


def learn(db: sqlite3.Connection, n: int) -> None:
    """Puts so many confirmed replies into the log: shipped ones, most with words before them."""
    lots = Random(SEED)
    examples = [e for e in shipped_examples() if e.meant in set(Reaction)]
    with transaction(db):
        seq, link = 0, log.GENESIS
        for number in range(n):
            event, link = log.append_after(db, _event(number, examples, lots), seq, link)
            seq = event.seq
            lesson = lesson_of(event)
            if lesson is not None:
                learning.add(db, lesson)


def _event(number: int, examples: list[Example], lots: Random) -> Event:
    one, other = lots.choice(examples), lots.choice(examples)
    words = one.text if number % 4 == 0 else f"{other.text[:6]}，{one.text}"
    return Event(
        uuid=str(UUID(int=number)),
        at_ms=NOW.at_ms,
        offset=NOW.offset,
        day=NOW.day,
        operator=OPERATOR,
        kind=Kind.REACTION,
        contact=number % 5000 + 1,
        reaction=Reaction(one.meant),
        text={"reply": words},
    )


def _sample(db: sqlite3.Connection, sop: Sop, spent: list[list[float]]) -> float:
    """Milliseconds of each reading of a sample; their median is the answer."""
    sample: list[float] = []
    for number in range(A_SAMPLE):
        with spending() as took:
            reading_of(REPLIES[number % len(REPLIES)], sop, db)
        sample.extend(found.cpu for found in took)
    spent.append(sample)
    return median(sample)
