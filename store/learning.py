"""What this desk learned of replies: which words got which reaction, found again by likeness.

Derived from the log like every other table. The words themselves stand with
the event's personal text alone; here are numbers made of them, which go when
the example goes, and from which the words can't be read.

Invariant: a text has its tokens here exactly as long as a lesson says it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

from rules.lessons import Lesson
from rules.nouns import Reaction
from store.statements import named

if TYPE_CHECKING:
    from scripts.reading.normal import Plain
    from scripts.reading.reading import Confirmed

NUMBER_BYTES = 7
"""So that a number stays positive in 64 bits."""
MOST_TOKENS = 60
"""Of one text; a reply that says more is long enough to be told apart by these."""
POSTINGS = 120
"""Texts looked at for one token: who shares only common tokens is not near."""
COMPARED = 24
"""Texts that share most with a reply, which are then compared with it."""

Row = tuple[int, str]
"""The number of what was said, and the reaction."""


def add(db: sqlite3.Connection, lesson: Lesson) -> None:
    """Learns one lesson; inside a transaction, as all here that writes."""
    reply = _plain(lesson.words)
    said = number_of(reply)
    if db.execute(named()["is_said"], {"said": said}).fetchone() is None:
        db.executemany(
            named()["add_learned_token"],
            [{"token": token, "said": said} for token in token_numbers(reply)],
        )
    values = {"seq": lesson.seq, "contact": lesson.contact, "said": said}
    db.execute(named()["save_lesson"], {**values, "reaction": lesson.reaction.value})


def renew(db: sqlite3.Connection, contact: int, lessons: Mapping[int, Lesson]) -> None:
    """Makes what is learned from a contact these lessons and no others."""
    rows = db.execute(named()["lessons_of_contact"], {"contact": contact})
    stored = {seq: (said, reaction) for seq, said, reaction in rows}
    for seq in sorted(stored.keys() | lessons.keys()):
        wanted = lessons.get(seq)
        if wanted is None:
            _forget(db, seq, stored[seq][0])
        elif stored.get(seq) != row_of(wanted):
            add(db, wanted)


def _forget(db: sqlite3.Connection, seq: int, said: int) -> None:
    """Drops a lesson, and the tokens of its words when nobody else said them."""
    words = _words(db, seq)
    db.execute(named()["drop_lesson"], {"seq": seq})
    if db.execute(named()["is_said"], {"said": said}).fetchone() is not None:
        return
    if not words:  # erased before: only a walk finds the tokens
        db.execute(named()["drop_learned_tokens"], {"said": said})
        return
    found = token_numbers(_plain(words))
    db.executemany(
        named()["drop_learned_token"], [{"token": token, "said": said} for token in found]
    )


def near(db: sqlite3.Connection, text: str) -> tuple[Confirmed, ...]:
    """What was confirmed for these words and for those most like them, without any order."""
    from scripts.reading.reading import Confirmed

    reply = _plain(text)
    shared: Counter[int] = Counter()
    for token in token_numbers(reply):
        found = db.execute(named()["said_with"], {"token": token, "n": POSTINGS}).fetchall()
        for (said,) in found:
            # A token that few texts hold says more.
            shared[said] += 1 + POSTINGS // len(found)
    own = number_of(reply)
    wanted = [own, *(said for said, _ in shared.most_common(COMPARED) if said != own)]
    confirmed = []
    for said in wanted:
        counts: dict[Reaction, int] = {}
        latest = 0
        for reaction, n, seq in db.execute(named()["reactions_to"], {"said": said}):
            counts[Reaction(reaction)] = n
            latest = max(latest, seq)
        words = _words(db, latest) if counts else ""
        if words:
            confirmed.append(Confirmed(words, counts))
    return tuple(confirmed)


def compared(
    db: sqlite3.Connection, lessons: Mapping[int, Lesson]
) -> tuple[dict[object, object], dict[object, object]]:
    """What the lessons need here and what stands here: rows by number, and tokens."""
    wanted: dict[object, object] = {
        seq: (lesson.contact, *row_of(lesson)) for seq, lesson in lessons.items()
    }
    wanted.update(dict.fromkeys(expected_tokens(lessons), True))
    rows = db.execute(named()["all_lessons"])
    stored: dict[object, object] = {seq: tuple(row) for seq, *row in rows}
    stored.update(dict.fromkeys(map(tuple, db.execute(named()["all_learned_tokens"])), True))
    return wanted, stored


def row_of(lesson: Lesson) -> Row:
    return number_of(_plain(lesson.words)), lesson.reaction.value


def expected_tokens(lessons: Mapping[int, Lesson]) -> Iterator[tuple[int, int]]:
    """Every token that the lessons need, with the number of what was said."""
    for words in {lesson.words for lesson in lessons.values()}:
        reply = _plain(words)
        said = number_of(reply)
        yield from ((token, said) for token in token_numbers(reply))


def number_of(reply: Plain) -> int:
    """What a reply says, as a number: the same for replies that are compared as equal."""
    return _number("\x1f".join((reply.text, *reply.signs)))


def token_numbers(reply: Plain) -> tuple[int, ...]:
    """The tokens of a reply as numbers, the longest first."""
    from scripts.reading.tokens import tokens

    found = sorted(tokens(reply), key=lambda token: (-len(token), token))
    return tuple(dict.fromkeys(_number(token) for token in found[:MOST_TOKENS]))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=NUMBER_BYTES).digest(), "big")


def _plain(words: str) -> Plain:
    # Imported where a reply is at hand: most presses bring none, and no start waits for it.
    from scripts.reading.normal import plain

    return plain(words)


def _words(db: sqlite3.Connection, seq: int) -> str:
    found = db.execute(named()["words_of"], {"seq": seq}).fetchone()
    return "" if found is None else str(json.loads(found[0]).get("reply", ""))
