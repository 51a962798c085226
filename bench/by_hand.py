"""A send and a reaction written by hand: the floor of `store.verbs`.

The same reads, rows and hashes on the same schema, in one BEGIN IMMEDIATE, but
no rule is asked, no value is made, and of a row only what changes is written.
It knows beforehand that a contact has one plan, was never merged and stands on no list.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from bench.desks import NOW, OPERATOR
from rules.periods import month_of
from store import derived, profiles
from store.statements import numbered

STATE, PROFILE, TOUCH, PLANS, USED, MERGED, REFUSED, EVIDENCE, LAST, RULES = (
    numbered(name)[0]
    for name in (
        *("state", "profile", "touch", "plans", "used", "merged_identities", "refused_namesake"),
        *("script_stats", "last_link", "rules_in_force"),
    )
)
"""The reads, in siyu's own words."""
STAGE, OWN_DUE, LAST_TOUCH = (derived.STATE_FIELDS.index(n) for n in ("stage", "due", "last_touch"))
PHONE, HANDLE, ID = (profiles.FIELDS.index(n) for n in ("phone", "handle", "external_id"))
EVENT = (
    "INSERT INTO event (seq, uuid, at_ms, utc_offset, day, operator, kind, contact, content,"
    " variant, digest, version, channel, stage, step, reaction, ref, amount, outcome, text_hash,"
    " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
TEXT = "INSERT INTO event_text (seq, contact, salt, body) VALUES (?, ?, ?, ?)"
SCRIPT = (
    "INSERT INTO script_text (digest, content, variant, body) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (digest, content, variant) DO NOTHING"
)
REACTED = (
    "UPDATE contact_state SET friendly = friendly + 1, last_reaction = 'friendly',"
    " last_reaction_day = ?, heard = ?, last_seq = ? WHERE contact = ?"
)
WROTE = (
    "UPDATE contact_state SET step = ?, due = ?, touches = touches + 1, last_touch = ?,"
    " last_touch_day = ?, last_content = ?, last_seq = ? WHERE contact = ?"
)
ANSWERED = (
    "UPDATE touch SET reaction = 'friendly', reaction_seq = ?, reaction_day = ? WHERE seq = ?"
)
NEW_TOUCH = (
    "INSERT INTO touch (seq, contact, operator, day, at_ms, content, variant, digest, version,"
    " stage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
CREDIT = (
    "INSERT INTO content_month (content, version, variant, digest, stage, month, operator, {0})"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (content, version, variant, digest, stage, month, operator)"
    " DO UPDATE SET {0} = content_month.{0} + 1"
)
DAY = (
    "INSERT INTO day_stat (operator, day, stage, {0}) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (operator, day, stage) DO UPDATE SET {0} = day_stat.{0} + 1"
)
MONTH = month_of(NOW.day)
LIKED, SENDS = CREDIT.format("friendly"), CREDIT.format("sends")
REACTED_DAY, SENT_DAY = DAY.format("reacted"), DAY.format("sends")
DUE = (
    "INSERT INTO due_count (owner, day, stage, n) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (owner, day, stage) DO UPDATE SET n = due_count.n + excluded.n"
)
"""Every statement is prepared once: the connection keeps them by their text."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a send decided: known before, since the rules are not part of the floor."""

    content: str
    variant: str
    digest: str
    version: str
    body: str
    step: str
    next_step: str
    next_due: int
    outcome: str
    drawn: bool
    """The script is chosen in the send, from what came back to each."""


def react(db: sqlite3.Connection, contact: int, text: str = "") -> None:
    """A friendly reaction to the contact's latest touch, `text` being what was written with it."""
    db.execute("BEGIN IMMEDIATE")
    state = db.execute(STATE, (contact,)).fetchone()
    touch = db.execute(TOUCH, (state[LAST_TOUCH],)).fetchone()
    db.execute(PLANS, (contact,)).fetchall()
    seq, link = db.execute(LAST).fetchone()
    seq += 1
    content, variant, digest, version = touch[5:9]
    hashed = None
    if text:
        salt = os.urandom(8).hex()
        hashed = sha256((salt + text).encode()).hexdigest()
    row = (
        *(seq, uuid4().hex, NOW.at_ms, NOW.offset, NOW.day, OPERATOR, "reaction", contact),
        *(content, variant, digest, version, None, state[STAGE], None, "friendly", touch[0], None),
        *("{}", hashed),
    )
    db.execute(EVENT, (*row, chained(link, row)))
    if text:
        db.execute(TEXT, (seq, contact, salt, text))
    db.execute(RULES).fetchone()
    db.execute(REACTED, (NOW.day, seq, seq, contact))
    db.execute(ANSWERED, (seq, NOW.day, touch[0]))
    db.execute(LIKED, (content, version, variant, digest, touch[9], MONTH, touch[2]))
    db.execute(REACTED_DAY, (touch[2], NOW.day, touch[9]))
    db.execute("COMMIT")


def send(db: sqlite3.Connection, contact: int, owner: str, message: Message) -> None:
    """The planned message of a contact that is due."""
    db.execute("BEGIN IMMEDIATE")
    state = db.execute(STATE, (contact,)).fetchone()
    profile = db.execute(PROFILE, (contact,)).fetchone()
    if message.drawn:
        db.execute(EVIDENCE, (message.content, message.version)).fetchall()
    db.execute(USED, (contact, NOW.day - 6, NOW.day - 30, OPERATOR, NOW.day)).fetchone()
    db.execute(MERGED, (contact,)).fetchall()
    same = (profile[PHONE], contact, 0, profile[HANDLE], profile[ID])
    db.execute(REFUSED, same).fetchone()
    db.execute(PLANS, (contact,)).fetchall()
    what = (message.content, message.variant, message.digest, message.version)
    db.execute(SCRIPT, (message.digest, message.content, message.variant, message.body))
    seq, link = db.execute(LAST).fetchone()
    seq += 1
    stage = state[STAGE]
    row = (
        *(seq, uuid4().hex, NOW.at_ms, NOW.offset, NOW.day, OPERATOR, "touch", contact, *what),
        *("wechat", stage, message.step, None, None, None, message.outcome, None),
    )
    db.execute(EVENT, (*row, chained(link, row)))
    changed = (message.next_step, message.next_due, seq, NOW.day, message.content, seq, contact)
    db.execute(RULES).fetchone()
    db.execute(WROTE, changed)
    db.execute(DUE, (owner, state[OWN_DUE], stage, -1))
    db.execute(DUE, (owner, message.next_due, stage, 1))
    db.execute(NEW_TOUCH, (seq, contact, OPERATOR, NOW.day, NOW.at_ms, *what, stage))
    text = (message.content, message.version, message.variant, message.digest)
    db.execute(SENDS, (*text, stage, MONTH, OPERATOR))
    db.execute(SENT_DAY, (OPERATOR, NOW.day, stage))
    db.execute("COMMIT")


def chained(link: str, row: tuple[Any, ...]) -> str:
    return sha256("\x1f".join([link, *map(str, row)]).encode()).hexdigest()
