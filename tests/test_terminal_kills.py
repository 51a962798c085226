"""The desk in a terminal, ended in every way at any moment: what was seen ticked is on the disk.

Keys are pressed as fast as they go, ticks are read off the screen, and the
program is ended somewhere in between; the next one opens the same desk. More
rounds by hand:

    python -m tests.test_terminal_kills 1000
"""

from __future__ import annotations

import re
import signal
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Event

import pytest

from store import connection
from tests.app_kit import csv_of, new_file
from tests.desk_kit import faults
from tests.desk_terminal import events, opened
from tests.terminal import Terminal

ROUNDS = 9
"""Rounds at one desk, by one way to end; the cap of a day lets no more messages out."""
PEOPLE = 60
ACTS = 6
"""Contacts dealt with in a round, at most."""
REACTIONS = {"1": "friendly", "2": "positive", "3": "exploring"}
SIGNS = {"friendly": "✿", "positive": "▲", "exploring": "?"}
TICK = re.compile(r"✓ (Person \d+): ([✿▲?])")
CODES = {
    "Ctrl+Q": 0,
    "the window closed": 128 + signal.SIGHUP,
    "SIGHUP": 128 + signal.SIGHUP,
    "SIGINT": 128 + signal.SIGINT,
    "SIGTERM": 128 + signal.SIGTERM,
    "SIGKILL": -signal.SIGKILL,
}
"""The ways to end, and the exit code of each."""

Logged = tuple[str, str | None, str]


@dataclass
class Watcher:
    """Reads ticks off a terminal's screen."""

    seen: set[tuple[str, str]] = field(default_factory=set)

    def has(self, ticks: int, terminal: Terminal) -> bool:
        """Takes in what is ticked now; whether so many ticks were seen."""
        self.seen.update(TICK.findall(terminal.screen_text()))
        return len(self.seen) >= ticks


def crowded_desk(folder: Path) -> Path:
    people = [(f"Person {n}", f"13800000{n:03d}", "Harbour Tools", "lead") for n in range(PEOPLE)]
    return new_file(folder, "en", csv_of("en", people))


def ended(terminal: Terminal, how: str) -> int:
    """Ends the program; its exit code."""
    if how == "Ctrl+Q":
        terminal.keys("ctrl+q")
    elif how == "the window closed":
        terminal.close_window()
    else:
        terminal.kill(signal.Signals[how])
    return terminal.wait()


def one_round(path: Path, how: str, chance: Random) -> int:
    """Works at the desk and ends it; how many ticks were seen. Asserts that all of them are kept.

    Some ticks are waited for; the keys after them go as fast as they can.
    """
    before, watcher = events(path), Watcher()
    digits = [chance.choice([*REACTIONS]) for _ in range(ACTS)]
    calm = chance.randrange(ACTS)
    with opened(path, "en") as terminal:
        terminal.wait_for("Person")
        terminal.wait_idle()
        for place, digit in enumerate(digits, 1):
            terminal.keys("enter", "enter", digit)
            if place <= calm:
                terminal.wait_for(partial(watcher.has, place))
            terminal.keys("down")
        Event().wait(chance.uniform(0, 0.15))
        watcher.has(0, terminal)
        assert ended(terminal, how) == CODES[how], terminal.screen_text()
    new = events(path)[len(before) :]
    assert events(path)[: len(before)] == before
    check(new, watcher, digits, all_of_it=how == "Ctrl+Q")
    with closing(connection.connect(path, read_only=True)) as db:
        assert faults(db) == []
    return len(watcher.seen)


def check(new: list[Logged], watcher: Watcher, digits: list[str], *, all_of_it: bool) -> None:
    """What was seen is kept, and the log is the keys in their order, none of them by half."""
    reacted = [(name, reaction or "") for kind, reaction, name in new if kind == "reaction"]
    touched = [name for kind, _reaction, name in new if kind == "touch"]
    assert watcher.seen <= {(name, SIGNS[reaction]) for name, reaction in reacted}
    assert [reaction for _name, reaction in reacted] == [REACTIONS[d] for d in digits][
        : len(reacted)
    ]
    assert touched[: len(reacted)] == [name for name, _reaction in reacted]
    assert not all_of_it or len(reacted) == len(digits)


def survive(folder: Path, how: str, rounds: int, seed: int) -> int:
    """Ends the desk so many times in one way; how many ticks were seen."""
    chance, path = Random(seed), crowded_desk(folder)
    return sum(one_round(path, how, chance) for _ in range(rounds))


@pytest.mark.slow
@pytest.mark.parametrize("how", CODES)
def test_desk_ended_at_any_moment_keeps_what_was_ticked(tmp_path: Path, how: str) -> None:
    assert survive(tmp_path, how, ROUNDS, seed=1) > ROUNDS


@pytest.mark.slow
@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP"])
def test_desk_told_to_end_while_it_starts_ends_in_order(tmp_path: Path, how: str) -> None:
    chance, path = Random(1), crowded_desk(tmp_path)
    for _ in range(2 * ROUNDS):
        with opened(path, "en") as terminal:
            terminal.wait_for("Person")
            Event().wait(chance.uniform(0, 1))
            assert ended(terminal, how) == CODES[how], terminal.screen_text()


def main(rounds: int) -> None:
    """So many rounds of the ways to end, in turn."""
    ticks = done = 0
    for seed, how in enumerate(cycle(CODES)):
        if done >= rounds:
            return
        with tempfile.TemporaryDirectory() as folder:
            now = min(ROUNDS, rounds - done)
            ticks, done = ticks + survive(Path(folder), how, now, seed), done + now
        said = f"{done} rounds, {ticks} ticks seen, none lost (seed {seed}, {how})"
        print(said, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
