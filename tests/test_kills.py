"""kill -9 at any moment: what was told to be saved is there, and event and state agree.

A child works at a real desk and says the uuid of each event after its commit;
the parent kills it after a seeded delay. More rounds by hand:

    python -m tests.test_kills 1000
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice, takewhile
from pathlib import Path
from random import Random
from threading import Event

from rules.nouns import Reaction
from rules.timing import Moment
from store import undoing, verbs
from store.connection import connect
from store.lock import take_lock
from store.undoing import NothingToUndo
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row, shift

ROUNDS = 50
ROUNDS_A_DESK = 50
"""After so many a new desk is begun: the doctor reads the whole log each time."""
PEOPLE = 30
READY, ENDED = "ready", "ended"


def work(path: Path, seed: int) -> None:
    """Works without end; the parent ends it."""
    chance = Random(seed)
    lock = take_lock(path, "desk", "", lambda _holder: False)
    desk = Desk(connect(path), path, shift(daily_cap=10**6))
    said(f"{READY} {os.getpid()}")
    now = moment(MONDAY)
    while lock:
        for uuid in step(desk, now, chance):
            said(uuid)


def step(desk: Desk, now: Moment, chance: Random) -> list[str]:
    """One thing an operator does; the uuids of what was committed."""
    contact = chance.randrange(1, PEOPLE + 1)
    act = chance.choice(("send", "react", "react", "note", "undo", "import"))
    if act == "send":
        told = verbs.send(desk.db, desk.shift, now, contact, "hello")
        return [told.event.uuid] if isinstance(told, verbs.Done) else []
    if act == "react":
        reaction = chance.choice([*Reaction])
        words = {"note": "谢谢"}
        return [verbs.react(desk.db, desk.shift, now, contact, reaction, words).event.uuid]
    if act == "note":
        words = {"interest": f"话题{chance.randrange(99)}"}
        return [verbs.note(desk.db, desk.shift, now, contact, words).event.uuid]
    if act == "undo":
        with suppress(NothingToUndo):
            return [undoing.undo(desk.db, desk.shift, now).event.uuid]
        return []
    known = row("客户", phone=str(13_800_000_000 + contact), company=f"公司{chance.random()}")
    imported = desk.take([known]).event
    return [imported.uuid] if imported else []


def said(text: str) -> None:
    """One line for the parent, at once and whole: a killed child leaves no half of one."""
    os.write(sys.stdout.fileno(), f"{text}\n".encode())


def nursery(path: Path) -> None:
    """Starts a child for each seed it is told: a fork is sooner ready than a new interpreter."""
    desk = new_desk(path.parent / "warm")
    desk.add()
    verbs.send(desk.db, desk.shift, moment(), 1)
    desk.db.close()
    for seed in sys.stdin:
        child = os.fork()
        if child == 0:
            work(path, int(seed))
        os.waitpid(child, 0)
        said(ENDED)


@contextmanager
def children(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A nursery for a desk."""
    (path.parent / "warm").mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.test_kills", "--nursery", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    ) as running:
        yield running


def killed_child(parent: subprocess.Popen[str], chance: Random) -> list[str]:
    """Lets a child work and kills it at some moment; the uuids it told."""
    assert parent.stdin is not None
    assert parent.stdout is not None
    print(chance.randrange(10**6), file=parent.stdin, flush=True)
    lines = map(str.strip, iter(parent.stdout.readline, ""))
    ready, _, child = next(lines).partition(" ")
    assert ready == READY
    living = takewhile(lambda line: line != ENDED, lines)
    wanted = chance.randrange(12)
    told = list(islice(living, wanted))
    assert len(told) == wanted, "the child ended by itself"
    Event().wait(chance.uniform(0, 0.01))
    os.kill(int(child), signal.SIGKILL)
    return [*told, *living]


def survive(folder: Path, rounds: int, seed: int) -> int:
    """Kills so many children at one desk; how many events they told of. Asserts that all hold."""
    chance = Random(seed)
    desk = new_desk(folder)
    desk.shift = shift("who undoes nothing")
    desk.take([row(f"客户{n}", n, phone=str(13_800_000_000 + n)) for n in range(1, PEOPLE + 1)])
    desk.db.close()
    told: list[str] = []
    with children(desk.path) as parent:
        for _ in range(rounds):
            told += killed_child(parent, chance)
            desk = Desk(connect(desk.path), desk.path, desk.shift)
            kept = {uuid for (uuid,) in desk.db.execute("SELECT uuid FROM event")}
            assert set(told) <= kept
            assert len(set(told)) == len(told)
            assert desk.faults() == []
            desk.db.close()
    return len(told)


def test_killed_desk_loses_nothing_it_told_of(tmp_path: Path) -> None:
    assert survive(tmp_path, ROUNDS, seed=1) > ROUNDS


def main(arguments: list[str]) -> None:
    """`--nursery PATH` starts children; a number is how many rounds to run."""
    if arguments[:1] == ["--nursery"]:
        nursery(Path(arguments[1]))
        return
    rounds = int(arguments[0])
    events = 0
    for seed in range(-(-rounds // ROUNDS_A_DESK)):
        with tempfile.TemporaryDirectory() as folder:
            events += survive(Path(folder), min(ROUNDS_A_DESK, rounds), seed)
        print(
            f"{(seed + 1) * ROUNDS_A_DESK} rounds, {events} events told of, none lost", flush=True
        )


if __name__ == "__main__":
    main(sys.argv[1:])
