"""A backup of a desk, read back, beside a plain copy of its file; and a key pressed meanwhile."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import median
from threading import Thread

from bench.desks import NOW, bench_shift, due_contacts
from bench.figures import Figure
from rules.nouns import Reaction
from store import verbs
from store.backups import Occasion, back_up, folder_of
from store.connection import Connection, beside, connect

LOGS = 200
"""Reactions whose median is one sample of a key's time."""


def measure(path: Path, folder: Path, rounds: int) -> list[Figure]:
    """Backs a copy of a desk up and copies its file, alternately."""
    desk = Path(shutil.copy(path, folder / "backed-up.db"))
    made, copied, alone, meanwhile = [], [], [], []
    try:
        with closing(connect(desk)) as db:
            people = count(0)
            contacts = list(due_contacts(db, LOGS * 2 * rounds + rounds))
            for _ in range(rounds):
                log(db, contacts, people, 1)
                copied.append(_copied(desk, folder / "copied.db"))
                made.append(_timed_backup(desk))
                alone.append(log(db, contacts, people, LOGS))
                worker = Thread(target=_timed_backup, args=(desk,))
                worker.start()
                meanwhile.append(log(db, contacts, people, LOGS))
                worker.join()
    finally:
        shutil.rmtree(folder_of(desk), ignore_errors=True)
        for file in (desk, *beside(desk)):
            file.unlink(missing_ok=True)
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    plain = "a plain copy of the file, synced"
    return [
        Figure(f"backup of {size}, read back", made, plain, copied, None, "ms"),
        Figure("log one reaction during it", meanwhile, "with none under way", alone, None, "ms"),
    ]


def _timed_backup(desk: Path) -> float:
    begun = time.perf_counter()
    assert back_up(desk, NOW, Occasion.WHILE) is not None
    return (time.perf_counter() - begun) * 1000


def _copied(desk: Path, target: Path) -> float:
    begun = time.perf_counter()
    shutil.copyfile(desk, target)
    handle = os.open(target, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    spent = (time.perf_counter() - begun) * 1000
    target.unlink()
    return spent


def log(db: Connection, contacts: list[int], people: count[int], n: int) -> float:
    """Logs reactions; the median of a reaction's time."""
    shift, spent = bench_shift(), []
    for _ in range(n):
        begun = time.perf_counter()
        verbs.react(db, shift, NOW, contacts[next(people) % len(contacts)], Reaction.FRIENDLY)
        spent.append((time.perf_counter() - begun) * 1000)
    return median(spent)
