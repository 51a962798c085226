"""Desks to measure on: the demo's, and synthetic ones of any size.

A synthetic desk is filled by SQL, because a million contacts through the verbs
would take an hour. Its derived tables agree with each other; its log is there
for its size (two events a contact, fifty for contact 1), its hashes are whole,
but it does not fold to those tables. There are no search keys.

One operator of ten owns a fifth of it, a twentieth of the active contacts is due,
priorities 0 to 9.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rules.shift import Shift
from rules.sop import Sop, Step
from rules.timing import Moment
from sop_content import shipped
from sop_content.cache import open_sop
from store.connection import connect
from store.log import COLUMNS, GENESIS, chain
from tui.demo.desk import DEMO_NOW, demo_desk, make
from tui.opening import Chosen

NOW = Moment.at(datetime.fromisoformat(DEMO_NOW))
OPERATOR = "op1"
MANY = 50
"""Events of contact 1."""
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂"

FILL = """
CREATE TEMP TABLE n (i INTEGER PRIMARY KEY, owner TEXT, stage TEXT, status TEXT, due INTEGER);
WITH RECURSIVE count (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM count WHERE i < :size)
INSERT INTO n SELECT i,
  CASE WHEN i * 7919 % 1009 % 5 = 0 THEN 'op1' ELSE 'op' || (2 + i * 7919 % 1009 % 9) END,
  CASE WHEN i * 104729 % 997 % 20 < 12 THEN 'lead' WHEN i * 104729 % 997 % 20 < 16 THEN 'mql'
    WHEN i * 104729 % 997 % 20 < 19 THEN 'sql' ELSE 'customer' END,
  CASE WHEN i % 13 = 0 THEN 'paused' WHEN i % 97 = 0 THEN 'lost' ELSE 'active' END,
  :day + CASE WHEN i * 4111 % 977 % 20 = 7 THEN -(i % 10) ELSE 1 + i % 60 END
FROM count;
INSERT INTO contact (id, name, remark, phone, phone_key, handle, external_id, company, title,
    email, birthday, source, added, tags, interest, extra)
  SELECT i,
  substr(:surnames, 1 + i * 31 % 1013 % :m, 1) || substr(:given, 1 + i * 37 % 1019 % :g, 1)
    || substr(:given, 1 + i * 41 % 1021 % :g, 1),
  '', '138' || printf('%08d', i), '138' || printf('%08d', i), 'wx' || i, '',
  '苏州' || substr(:given, 1 + i % :g, 1) || '禾精密', '采购经理', '', '', '展会', '2026-01-12',
  '制造业', '排产', ''
FROM n;
{added};
{touches};
INSERT INTO touch (seq, contact, operator, day, at_ms, content, variant, digest, version, stage)
  SELECT seq, contact, operator, day, at_ms, content, variant, digest, version, stage
  FROM event WHERE kind = 'touch';
INSERT INTO contact_state (contact, owner, stage, status, sequence, step, due, snoozed, priority,
    touches, friendly, positive, exploring, rejecting, last_touch, last_touch_day, last_content,
    last_seq)
  SELECT i, owner, stage, status,
  CASE stage WHEN 'lead' THEN :first ELSE :other END,
  CASE stage WHEN 'lead' THEN :lead_step WHEN 'mql' THEN :mql_step WHEN 'sql' THEN :sql_step
    ELSE :customer_step END,
  due, 0, i * 17 % 983 % 10, 1, 0, 0, 0, 0, :size + i, :day - 5, :content, :size + i
FROM n;
INSERT INTO due_count (owner, day, stage, n) SELECT owner, due, stage, COUNT(*) FROM contact_state
  WHERE status = 'active' GROUP BY owner, due, stage;
INSERT INTO content_month (content, version, variant, digest, stage, month, operator, sends)
  SELECT content, version, variant, digest, stage,
    strftime('%Y', day * 86400, 'unixepoch') * 12 + strftime('%m', day * 86400, 'unixepoch') - 1,
    operator, COUNT(*)
  FROM touch GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO day_stat (operator, day, stage, sends)
  SELECT operator, day, stage, COUNT(*) FROM touch GROUP BY operator, day, stage;
CREATE TEMP TABLE more (k INTEGER PRIMARY KEY);
WITH RECURSIVE count (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM count WHERE k < :many - 2)
INSERT INTO more SELECT k FROM count;
{notes};
"""


ADDED = {
    "seq": "i",
    "uuid": "printf('%032x', i)",
    "at_ms": ":at",
    "utc_offset": "480",
    "day": ":day - 40",
    "operator": "owner",
    "kind": "'added'",
    "contact": "i",
    "outcome": "'{}'",
}
TOUCHES = ADDED | {
    "seq": ":size + i",
    "uuid": "printf('%032x', :size + i)",
    "day": ":day - 5",
    "kind": "'touch'",
    "content": ":content",
    "variant": "'a'",
    "digest": "'0123456789ab'",
    "version": "'1.0'",
    "channel": "'wechat'",
    "stage": "stage",
    "step": "'one'",
}
NOTES = ADDED | {
    "seq": "2 * :size + k",
    "uuid": "printf('%032x', 2 * :size + k)",
    "day": ":day - 4",
    "operator": "'op1'",
    "kind": "'note'",
    "contact": "1",
}
"""Columns of events as expressions; the others are empty."""


def events_of(columns: Mapping[str, str], source: str) -> str:
    """A statement that adds an event for each row of a table, chained as the log does it."""
    told = ", ".join(f"{columns.get(name, 'NULL')} AS {name}" for name in COLUMNS)
    names = ", ".join(COLUMNS)
    return (
        f"INSERT INTO event ({names}, hash)"  # noqa: S608 - names from this module
        f" SELECT {names}, chained({names}) FROM (SELECT {told} FROM {source})"
    )


def fill_statements() -> list[str]:
    """Every statement that fills a desk, in order."""
    made = {
        "{added}": events_of(ADDED, "n"),
        "{touches}": events_of(TOUCHES, "n"),
        "{notes}": events_of(NOTES, "more"),
    }
    return [made.get(told.strip(), told) for told in FILL.split(";\n")[:-1]]


class Chain:
    """The hashes of a log that is filled from its beginning."""

    def __init__(self) -> None:
        self._link = GENESIS

    def __call__(self, *values: object) -> str:
        self._link = chain(self._link, dict(zip(COLUMNS, values, strict=True)))
        return self._link


def bench_shift() -> Shift:
    """The operator at work with the SOP that ships, and no cap in the way."""
    read = open_sop(shipped("zh"), None, range(2025, 2028))
    assert read.sop is not None
    settings = replace(read.sop.settings, daily_cap=10**9)
    return Shift(OPERATOR, replace(read.sop, settings=settings), read.calendar)


def put_sop_beside(folder: Path) -> None:
    """The SOP that ships, with its highest cap, so that no opening spreads the backlog.

    `siyu` takes the folder `sop` beside a desk's file.
    """
    copied = shutil.copytree(shipped("zh"), folder / "sop")
    settings = copied / "desk.yaml"
    text, changed = re.subn(
        r"operator_day: \d+", "operator_day: 10000", settings.read_text("utf-8")
    )
    assert changed == 1
    settings.write_text(text, "utf-8")


def sendable(sop: Sop, stage: str) -> tuple[str, Step]:
    """A sequence and a step of it that may be sent at `NOW`, with a step after it."""
    sequence = sop.sequence_for(stage)
    assert sequence is not None
    for step in sequence.steps[:-1]:
        window = step.window or sop.settings.window
        variants = sop.contents[step.content].variants_for(stage)
        fits = not step.stages or stage in step.stages
        if fits and variants and NOW.minute in window:
            return sequence.id, step
    raise AssertionError(f"no step for {stage}")


def synthetic(folder: Path, size: int, sop: Sop) -> Path:
    """A desk of `size` contacts in a folder of its own."""
    path = folder / f"desk-{size}.db"
    connect(path).close()
    first, lead = sendable(sop, "lead")
    other, _ = sendable(sop, "mql")
    values = {
        "size": size,
        "day": NOW.day,
        "at": NOW.at_ms,
        "many": MANY,
        "surnames": SURNAMES,
        "m": len(SURNAMES),
        "given": GIVEN,
        "g": len(GIVEN),
        "content": lead.content,
        "first": first,
        "other": other,
        **{f"{stage}_step": sendable(sop, stage)[1].id for stage in sop.stage_names()},
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for pragma in ("journal_mode = DELETE", "synchronous = OFF", "cache_size = -500000"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        db.create_function("chained", len(COLUMNS), Chain())
        for statement in fill_statements():
            db.execute(statement, values)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
    return path


def demo(folder: Path) -> Path:
    """The demo's desk: 300 contacts with four months behind them."""
    path = folder / "demo.db"
    told = Chosen(path, None, OPERATOR, {})
    make(demo_desk(told, path, "zh"), "zh")
    return path


def due_contacts(db: sqlite3.Connection, count: int) -> Iterator[int]:
    """Contacts that may be sent to at `NOW`, whoever owns them."""
    rows = db.execute(
        "SELECT contact FROM contact_state WHERE status = 'active' AND due <= ? LIMIT ?",
        (NOW.day, count),
    )
    return (contact for (contact,) in rows.fetchall())
