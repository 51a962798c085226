"""One reaction and one send through `store.verbs`, against the same written by hand."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from bench import by_hand
from bench.by_hand import Message
from bench.desks import NOW, bench_shift, due_contacts
from bench.figures import Figure, Spent, spending
from rules import planning
from rules.nouns import Reaction
from rules.shift import Shift
from store import verbs
from store.connection import connect
from store.log import pack
from store.offering import offer
from store.verbs import Done

A_ROUND = 60
"""Contacts of one round; each contact is reacted to and written to once."""


def measure(path: Path, folder: Path, rounds: int) -> list[Figure]:
    """Writes to two copies of a desk alternately, one contact of each after the other."""
    copies = [Path(shutil.copy(path, folder / name)) for name in ("verbs.db", "by-hand.db")]
    try:
        with closing(connect(copies[0])) as verbs_db, closing(connect(copies[1])) as hand_db:
            return _both(verbs_db, hand_db, rounds)
    finally:
        for copy in copies:
            for end in ("", "-wal", "-shm"):
                copy.with_name(copy.name + end).unlink(missing_ok=True)


def _both(verbs_db: sqlite3.Connection, hand_db: sqlite3.Connection, rounds: int) -> list[Figure]:
    shift = bench_shift()
    people = list(due_contacts(verbs_db, A_ROUND * rounds * 2))
    replies, sends = people[::2], people[1::2]
    messages = {contact: _message(verbs_db, shift, contact) for contact in sends}
    reacting = _rounds(
        replies,
        rounds,
        lambda contact: verbs.react(verbs_db, shift, NOW, contact, Reaction.FRIENDLY),
        lambda contact: by_hand.react(hand_db, contact),
    )
    sending = _rounds(
        sends,
        rounds,
        lambda contact: _send(verbs_db, shift, contact),
        lambda contact: by_hand.send(hand_db, contact, *messages[contact]),
    )
    return [*_figures("log one reaction", reacting), *_figures("log one send", sending)]


def _rounds(
    contacts: Sequence[int],
    rounds: int,
    figure: Callable[[int], object],
    floor: Callable[[int], object],
) -> tuple[list[Spent], list[Spent]]:
    """What figure and floor spend on a contact: one median for each round."""
    size = len(contacts) // rounds
    found: tuple[list[Spent], list[Spent]] = ([], [])
    for number in range(rounds):
        spent: tuple[list[Spent], list[Spent]] = ([], [])
        for place, contact in enumerate(contacts[number * size : (number + 1) * size]):
            turns = ((figure, spent[0]), (floor, spent[1]))
            for act, kept in turns if place % 2 else reversed(turns):
                with spending() as took:
                    act(contact)
                kept.extend(took)
        for kept, samples in zip(found, spent, strict=True):
            kept.append(Spent(median(s.cpu for s in samples), median(s.wall for s in samples)))
    return found


def _figures(what: str, rounds: tuple[list[Spent], list[Spent]]) -> list[Figure]:
    ours, floor = rounds
    name = "the same by hand on sqlite3"
    return [
        Figure(f"{what}, time", [s.wall for s in ours], name, [s.wall for s in floor], 1.5, "ms"),
        Figure(f"{what}, CPU", [s.cpu for s in ours], name, [s.cpu for s in floor], None),
    ]


def _send(db: sqlite3.Connection, shift: Shift, contact: int) -> Done:
    done = verbs.send(db, shift, NOW, contact)
    assert isinstance(done, Done), done
    return done


def _message(db: sqlite3.Connection, shift: Shift, contact: int) -> tuple[str, Message]:
    """Owner and message of a contact, as the rules would decide them."""
    offered = offer(db, shift, NOW, contact)
    sequence = shift.sop.sequence(offered.state.sequence or "")
    assert sequence is not None
    assert offered.step is not None
    assert offered.content is not None
    script = offered.scripts[0].variant
    stage, step = offered.state.stage, offered.step
    then = planning.after_touch(sequence, step, stage, NOW.day, shift.calendar)
    message = Message(
        offered.content.id,
        script.id,
        script.digest,
        shift.sop.version,
        script.text,
        step.id,
        then.step or "",
        then.due or 0,
        pack(then),
    )
    return offered.state.owner, message
