"""Writing events and reading them back: rows, personal words, and the hash chain.

Each event's hash covers the hash before it, its codes and the salted hash of
its personal words; the words themselves can be erased without breaking the
chain, a changed byte anywhere else is found.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

from rules.events import UNDECIDED, Event, Then, Walk
from rules.nouns import Kind, Reaction, Status
from store.desk_file import note
from store.garbled import GARBLED, Garbled
from store.statements import named, run

GENESIS = "0" * 64
LAST = 2**63 - 1
"""Above every sequence number."""
CHANCE_BYTES = 10
"""Of a uuid; the rest of it is the event's time."""
SALT_BYTES = 8
"""The salt goes with the words: afterwards nobody can guess a phone from its hash."""

WORDS = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
OUTCOME = json.JSONEncoder(ensure_ascii=False)

TOLD_BESIDE = (Kind.REFUSED, Kind.MERGED, Kind.ERASED)
"""What changes, by itself, who is not to be contacted."""

Row = tuple[Any, ...]


def append(db: sqlite3.Connection, event: Event) -> Event:
    """Writes one event inside the caller's transaction; returns it with its place."""
    seq, link = db.execute(named()["last_link"]).fetchone() or (0, GENESIS)
    return append_after(db, event, seq, link)[0]


def append_after(db: sqlite3.Connection, event: Event, seq: int, link: str) -> tuple[Event, str]:
    """Writes one event after a known last one; returns it and the new end of the chain."""
    if event.kind in TOLD_BESIDE or event.then.status is Status.DO_NOT_CONTACT:
        note(db)
    written = event._replace(seq=seq + 1)
    body = WORDS.encode(dict(event.text)) if event.text else ""
    salt = os.urandom(SALT_BYTES).hex() if body else ""
    row = row_of(written, sha256((salt + body).encode()).hexdigest() if body else None)
    row["hash"] = chain(link, row)
    run(db, "add_event", row)
    if body:
        run(
            db,
            "add_text",
            {"seq": written.seq, "contact": event.contact, "salt": salt, "body": body},
        )
    return written, row["hash"]


def words_of(text: Mapping[str, str]) -> str:
    """What `WORDS` makes of texts by name, in a quarter of its time."""
    told = [f"{quoted}: {encode_basestring(text[name])}" for name, quoted in _order(tuple(text))]
    return f"{{{', '.join(told)}}}"


@lru_cache(maxsize=256)
def _order(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names as they stand in such a text, each also as it is quoted."""
    return [(name, encode_basestring(name)) for name in sorted(names)]


def new_uuid(at_ms: int) -> str:
    """The uuid of an event at a moment, made before it is written."""
    return uuid_of(at_ms, os.urandom(CHANCE_BYTES).hex())


def uuid_of(at_ms: int, chance: str) -> str:
    """Time first: what is written together stands together in the index of the uuids.

    By chance alone, each event would write a page of that index for itself.
    """
    return f"{at_ms:012x}{chance}"


def random_hex(size: int) -> Iterator[str]:
    """Texts of `size` random bytes in hexadecimal, drawn from the system many at a time."""
    width = 2 * size
    while True:
        drawn = os.urandom(size * 512).hex()
        yield from (drawn[at : at + width] for at in range(0, len(drawn), width))


def row_of(event: Event, text_hash: str | None) -> dict[str, Any]:
    """The columns of an event, without the chain's hash."""
    return {
        "seq": event.seq,
        "uuid": event.uuid,
        "at_ms": event.at_ms,
        "utc_offset": event.offset,
        "day": event.day,
        "operator": event.operator,
        "kind": event.kind.value,
        "contact": event.contact,
        "content": event.content,
        "variant": event.variant,
        "digest": event.digest,
        "version": event.version,
        "channel": event.channel,
        "stage": event.stage,
        "step": event.step,
        "reaction": None if event.reaction is None else event.reaction.value,
        "ref": event.ref,
        "amount": event.amount,
        "outcome": _packed(event.then),
        "text_hash": text_hash,
    }


def chain(link: str, row: Mapping[str, Any]) -> str:
    """The hash of an event: SHA-256 over the hash before it and its columns in order."""
    return _linked(link, row.values())


def _linked(link: str, columns: Iterable[object]) -> str:
    return sha256(chained((link, *columns)).encode()).hexdigest()


def chained(columns: Iterable[object]) -> str:
    """Columns as the chain has them."""
    return "\x1f".join(map(str, columns))


def pack(then: Then) -> str:
    """An outcome as compact JSON, only what was decided."""
    if then == UNDECIDED:
        return "{}"
    told = {
        "owner": then.owner,
        "stage": then.stage,
        "status": then.status,
        "sequence": then.sequence,
        "step": then.step,
        "due": then.due,
        "finished": then.finished or None,
        "lot": then.lot,
        "drawn": dict(then.drawn) or None,
        "list": then.list,
        "until": then.until,
        "plans": then.plans or None,
        "facts": dict(then.facts) or None,
        "other": then.other,
        "stood": then.stood or None,
    }
    return OUTCOME.encode({k: v for k, v in told.items() if v is not None})


@lru_cache(maxsize=1024)
def _packed(then: Then) -> str:
    """Many contacts of an import begin with the same outcome."""
    return pack(then)


def unpack(outcome: str) -> Then:
    if outcome == "{}":
        return UNDECIDED
    told = json.loads(outcome)
    status = told.get("status")
    return Then(
        told.get("owner"),
        told.get("stage"),
        None if status is None else Status(status),
        told.get("sequence"),
        told.get("step"),
        told.get("due"),
        bool(told.get("finished")),
        told.get("lot"),
        tuple(told.get("drawn", {}).items()),
        told.get("list"),
        told.get("until"),
        tuple(Walk(*values) for values in told.get("plans", ())),
        facts=tuple(told.get("facts", {}).items()),
        other=told.get("other"),
        stood=tuple((contact, name, since) for contact, name, since in told.get("stood", ())),
    )


COLUMNS = (
    "seq",
    "uuid",
    "at_ms",
    "utc_offset",
    "day",
    "operator",
    "kind",
    "contact",
    "content",
    "variant",
    "digest",
    "version",
    "channel",
    "stage",
    "step",
    "reaction",
    "ref",
    "amount",
    "outcome",
    "text_hash",
)
"""What the chain covers, in order."""
TEXT_HASH = COLUMNS.index("text_hash")


def event_of(row: Row) -> Event:
    """An event from a row of the `events_*` statements. Raises Garbled."""
    try:
        return _event_of(row)
    except GARBLED as error:
        raise Garbled(f"event {row[0]}") from error


def _event_of(row: Row) -> Event:
    reaction, body = row[15], row[21]
    return Event(
        seq=row[0],
        uuid=row[1],
        at_ms=row[2],
        offset=row[3],
        day=row[4],
        operator=row[5],
        kind=Kind(row[6]),
        contact=row[7],
        content=row[8],
        variant=row[9],
        digest=row[10],
        version=row[11],
        channel=row[12],
        stage=row[13],
        step=row[14],
        reaction=None if reaction is None else Reaction(reaction),
        ref=row[16],
        amount=row[17],
        then=unpack(row[18]),
        text=json.loads(body) if body else {},
    )


def events(db: sqlite3.Connection, statement: str, **values: Any) -> Iterator[Event]:
    """The events that a named statement finds, in its order."""
    return map(event_of, run(db, statement, values))


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the hash chain was found whole."""

    place: int
    """Sequence number of the last event that fits."""
    changed: int | None
    """The first that does not."""


def walk(rows: Iterable[Row], link: str, place: int) -> Walked:
    """Follows the chain over rows of an `events_*` statement, from the event at `place` on.

    `link` is that event's hash. An event fits when it comes next, its hash
    covers its columns and the hash before it, and its words, where they are
    not erased, are those it was written with.
    """
    for row in rows:
        stored, body, salt = row[20], row[21], row[22]
        words = None if body is None else sha256((salt + body).encode()).hexdigest()
        fits = row[0] == place + 1 and _linked(link, row[: len(COLUMNS)]) == stored
        if not fits or (words is not None and words != row[TEXT_HASH]):
            return Walked(place, row[0])
        link, place = stored, row[0]
    return Walked(place, None)
