"""kill -9 at any moment: what was told to be saved is there, and event and state agree.

A child works at a real desk and says the uuid of each event after its commit;
the parent kills it after a seeded delay. More rounds by hand:

    python -m tests.test_kills 1000
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from random import Random

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
READY = "ready"


def work(path: Path, seed: int) -> None:
    """Works without end; the parent ends it."""
    chance = Random(seed)
    lock = take_lock(path, "desk", "", lambda _holder: False)
    desk = Desk(connect(path), path, shift(daily_cap=10**6))
    said(READY)
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
    """One line for the parent, at once."""
    print(text, flush=True)


def killed_child(path: Path, chance: Random) -> list[str]:
    """Starts a child, lets it work, kills it; the uuids it told."""
    command = [sys.executable, "-m", "tests.test_kills", "--work", str(path)]
    child = subprocess.Popen(
        [*command, str(chance.randrange(10**6))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == READY
    told = [child.stdout.readline().strip() for _ in range(chance.randrange(12))]
    with suppress(subprocess.TimeoutExpired):
        child.wait(chance.uniform(0, 0.01))
    child.kill()
    told += [line.strip() for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    child.wait()
    return [uuid for uuid in told if uuid]


def survive(folder: Path, rounds: int, seed: int) -> int:
    """Kills so many children at one desk; how many events they told of. Asserts that all hold."""
    chance = Random(seed)
    desk = new_desk(folder)
    desk.take([row(f"客户{n}", n, phone=str(13_800_000_000 + n)) for n in range(1, PEOPLE + 1)])
    desk.db.close()
    told: list[str] = []
    for _ in range(rounds):
        told += killed_child(desk.path, chance)
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
    """`--work PATH SEED` is the child; a number is how many rounds to run."""
    if arguments[:1] == ["--work"]:
        work(Path(arguments[1]), int(arguments[2]))
    rounds = int(arguments[0])
    events = 0
    for seed in range(-(-rounds // ROUNDS_A_DESK)):
        with tempfile.TemporaryDirectory() as folder:
            events += survive(Path(folder), min(ROUNDS_A_DESK, rounds), seed)
        print(f"{(seed + 1) * ROUNDS_A_DESK} rounds, {events} events told of, none lost")


if __name__ == "__main__":
    main(sys.argv[1:])
