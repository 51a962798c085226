"""One reaction and one send through `store.verbs`, against the same written by hand."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

from bench import by_hand
from bench.by_hand import Message
from bench.desks import NOW, bench_shift, due_contacts
from bench.figures import Figure, Spent, spending
from rules import planning
from rules.nouns import Reaction
from rules.sending import Blocked
from rules.shift import Shift
from store import verbs
from store.connection import connect
from store.log import pack
from store.offering import Offered, offer
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
    people = list(due_contacts(verbs_db, A_ROUND * rounds * 3))
    replies, sends, draws = people[::3], people[1::3], people[2::3]
    shown = {contact: offer(verbs_db, shift, NOW, contact) for contact in sends + draws}
    messages = {contact: _message(shift, shown[contact], contact in draws) for contact in shown}

    gc.freeze()  # as the app does after its first picture: what stands is not looked through

    def reaction(contact: int) -> object:
        return verbs.react(verbs_db, shift, NOW, contact, Reaction.FRIENDLY)

    def sent_by_hand(contact: int) -> None:
        by_hand.send(hand_db, contact, shown[contact].state.owner, messages[contact])

    reacting = _rounds(replies, rounds, reaction, partial(by_hand.react, hand_db))
    sending = _rounds(
        sends, rounds, lambda contact: _send(verbs_db, shift, shown[contact]), sent_by_hand
    )
    drawing = _rounds(draws, rounds, lambda contact: _drawn(verbs_db, shift, contact), sent_by_hand)
    return [
        *_figures("log one reaction", reacting),
        *_figures("log one send of the card", sending),
        *_figures("log one send, its script drawn in it", drawing),
    ]


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


def _send(db: sqlite3.Connection, shift: Shift, shown: Offered) -> Done:
    """What the key does: the script that the card suggests, and shows, was sent."""
    assert shown.content is not None
    known = {shown.content.id: shown.suggestion} if shown.suggestion else {}
    variant = shown.scripts[0].variant.id
    return _done(verbs.send(db, shift, NOW, shown.contact, None, variant, suggested=known))


def _drawn(db: sqlite3.Connection, shift: Shift, contact: int) -> Done:
    """What `siyu send` does: the script is drawn in the transaction that sends it."""
    return _done(verbs.send(db, shift, NOW, contact))


def _done(sent: Done | Blocked) -> Done:
    assert isinstance(sent, Done), sent
    return sent


def _message(shift: Shift, shown: Offered, drawn: bool) -> Message:
    """The message of a contact as the rules decide it."""
    sequence = shift.sop.sequence(shown.state.sequence or "")
    assert sequence is not None
    assert shown.step is not None
    assert shown.content is not None
    script = shown.scripts[0].variant
    then = planning.after_touch(sequence, shown.step, shown.state.stage, NOW.day, shift.calendar)
    return Message(
        shown.content.id,
        script.id,
        script.digest,
        shift.sop.version,
        script.text,
        shown.step.id,
        then.step or "",
        then.due or 0,
        pack(verbs.with_chance(then, shown)),
        drawn and shown.suggestion is not None,
    )
