"""A small desk for tests: an SOP in Python, a real store, moments, and people to put on it.

Time never comes from a clock: days count from a Monday whose whole month has
no holiday in `WEEKDAYS`.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from rules.events import ContactState
from rules.nouns import Purpose
from rules.sending import Blocked
from rules.shift import Shift
from rules.sop import Content, Script, Sequence, Settings, Sop, Stage, Step, Window
from rules.timing import WEEKDAYS, Moment, day_number
from store import derived, doctor
from store.connection import connect
from store.exchange.contact_rows import ContactRow, RejectedRow
from store.importing import Imported, Mode, import_contacts
from store.verbs import Done

MONDAY = day_number(date(2026, 3, 2))
ZONE = timezone(timedelta(hours=8))
SOURCE = {"file": "people.csv", "sha256": "0" * 64}


def moment(day: int = MONDAY, hour: int = 10, minute: int = 0) -> Moment:
    """A wall-clock reading in UTC+8."""
    when = datetime(1970, 1, 1, tzinfo=ZONE) + timedelta(days=day, hours=hour, minutes=minute)
    return Moment.at(when)


def content(content_id: str, *texts: str, **fields: Any) -> Content:
    """A content whose variants are called a, b, c in the order of their texts."""
    scripts = tuple(Script(chr(ord("a") + n), text) for n, text in enumerate(texts))
    return Content(content_id, content_id.title(), Purpose.FUNCTION, scripts, **fields)


CONTENTS = (
    content("hello", "{salutation}，您好", "您好 {name}"),
    content("table", "要排产表就回“{keyword}”", keyword="模板"),
    content("visit", "想请您来 {company} 的同行那里看看"),
    content("phone", "留个电话？", stages=("lead",)),
    content("talk", "{name}，聊聊报价"),
    content("thanks", "谢谢 {name}"),
)
LEADS = Sequence(
    "leads",
    "潜客",
    ("lead",),
    (Step("one", 0, "hello"), Step("two", 2, "table"), Step("three", 5, "phone")),
)
REST = Sequence(
    "rest",
    "其余",
    ("mql", "sql", "customer"),
    (
        Step("one", 0, "hello"),
        Step("offer", 1, "talk", stages=("mql", "sql")),
        Step("thanks", 4, "thanks", window=Window(14 * 60, 16 * 60)),
    ),
)
SOP = Sop(
    "1.0",
    "小桌",
    (
        Stage("lead", "潜客", also=("线索",)),
        Stage("mql", "MQL"),
        Stage("sql", "SQL"),
        Stage("customer", "成单"),
    ),
    (LEADS, REST),
    {c.id: c for c in CONTENTS},
)


def shift(operator: str = "op1", sop: Sop = SOP, **settings: Any) -> Shift:
    """An operator at work; `settings` replace those of the desk."""
    return Shift(operator, replace(sop, settings=replace(Settings(), **settings)), WEEKDAYS)


def row(name: str = "张伟", line: int = 2, **fields: Any) -> ContactRow:
    """One row of a contact file; what is not named is empty."""
    empty = {"remark": "", "phone": "", "handle": "", "external_id": "", "company": "", "title": ""}
    more = {"owner": "", "added": None, "source": "", "stage": "", "tags": (), "birthday": ""}
    values = {**empty, **more, "email": "", "extra": {}, "cells": (name,), **fields}
    return ContactRow(line=line, name=name, **values)


def rows(*names: str) -> list[ContactRow]:
    """A file of people known by their names alone."""
    return [row(name, line) for line, name in enumerate(names, 2)]


@dataclass
class Desk:
    """A store with somebody at work, and what tests ask of it."""

    db: sqlite3.Connection
    path: Path
    shift: Shift

    def take(
        self,
        people: Iterable[ContactRow | RejectedRow],
        now: Moment | None = None,
        mode: Mode = Mode.UPDATE,
        source: Mapping[str, str] = SOURCE,
        *,
        dry_run: bool = False,
    ) -> Imported:
        """Imports rows, by default on Monday at ten."""
        return import_contacts(
            self.db, self.shift, now or moment(), people, source, mode=mode, dry_run=dry_run
        )

    def add(self, name: str = "张伟", **fields: Any) -> int:
        """Puts one new person on the desk; the contact's id."""
        assert self.take([row(name, **fields)]).new == 1
        return int(self.one("SELECT MAX(contact) FROM event"))

    def one(self, sql: str, *values: Any) -> Any:
        """The first value that a statement finds."""
        found = self.db.execute(sql, values).fetchone()
        return None if found is None else found[0]

    def state(self, contact: int) -> ContactState:
        found = derived.state_of(self.db, contact)
        assert found is not None
        return found

    def events(self) -> int:
        return int(self.one("SELECT COUNT(*) FROM event"))

    def faults(self) -> list[str]:
        return faults(self.db)

    def reopened(self) -> Desk:
        """The same file, closed and opened again."""
        self.db.close()
        return Desk(connect(self.path), self.path, self.shift)


def faults(db: sqlite3.Connection) -> list[str]:
    """What the doctor finds wrong, in words; empty when all agrees."""
    return [f"{c.name}: {c.detail}" for c in doctor.examine(db) if not c.ok]


def sent(outcome: Done | Blocked) -> Done:
    """The outcome of a send that had to work."""
    assert isinstance(outcome, Done), outcome
    return outcome


def blocked(outcome: Done | Blocked) -> str:
    """Why a send was stopped; it had to be."""
    assert isinstance(outcome, Blocked), outcome
    return outcome.why.value


def new_desk(folder: Path, operator: str = "op1", **settings: Any) -> Desk:
    """An empty desk in a folder."""
    path = folder / "desk.db"
    shutil.copyfile(_empty_desk(), path)
    return Desk(connect(path), path, shift(operator, **settings))


@cache
def _empty_desk() -> Path:
    """One new desk for the whole run: its schema is built once and then copied."""
    folder = tempfile.TemporaryDirectory(prefix="siyu-test-")
    _KEPT.append(folder)
    path = Path(folder.name) / "empty.db"
    connect(path).close()
    return path


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that go when the run ends."""
