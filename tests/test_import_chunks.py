"""Rows taken many at a time: what comes of them is what comes of them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import log, row_chunks, verbs
from store.exchange.contact_rows import ContactRow
from store.importing import Imported, Mode
from store.list_pass import judge_all
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row, shift
from tests.list_kit import ruled

NAMES = st.sampled_from(["张伟", "李芳", "王建国", "Ann"])
PHONES = st.sampled_from(["", "", "13800000001", "+86 138 0000 0001", "13900000002"])
ROWS = st.builds(
    row,
    NAMES,
    st.integers(2, 60),
    phone=PHONES,
    external_id=st.sampled_from(["", "", "wmAAAA01", "wmAAAA02", "7"]),
    handle=st.sampled_from(["", "", "zw", "lf"]),
    company=st.sampled_from(["", "新禾", "云链"]),
    email=st.sampled_from(["", "", "a@b.cn", "c@d.cn"]),
    remark=st.sampled_from(["", "老客户"]),
    tags=st.sampled_from([(), ("展会",), ("老客户", "展会")]),
    stage=st.sampled_from(["", "线索", "customer", "什么"]),
    owner=st.sampled_from(["", "op1", "op2"]),
)
FILES = st.lists(ROWS, max_size=12)
TABLES = {
    "contact": "SELECT * FROM contact ORDER BY id",
    "contact_key": "SELECT * FROM contact_key ORDER BY k, contact",
    "keys_of_contact": "SELECT * FROM keys_of_contact ORDER BY contact",
    "contact_state": "SELECT * FROM contact_state ORDER BY contact",
    "due_count": "SELECT * FROM due_count WHERE n <> 0 ORDER BY owner, day, stage",
    "list_entry": "SELECT * FROM list_entry ORDER BY contact, list",
    "list_count": "SELECT * FROM list_count WHERE n <> 0 ORDER BY owner, list, day",
    "event": "SELECT seq, day, operator, kind, contact, version, ref, outcome FROM event",
    "event_text": "SELECT seq, contact, body FROM event_text ORDER BY seq",
}


def told(desk: Desk) -> dict[str, list[Any]]:
    """All that stands on a desk, but for what chance gave."""
    return {table: desk.db.execute(sql).fetchall() for table, sql in TABLES.items()}


def counts(done: Imported) -> tuple[object, ...]:
    rejected = [(r.line, str(r.reason)) for r in done.rejected]
    notes = [(line, str(note)) for line, note in done.notes]
    notes += [(one.line, str(one.told)) for one in done.replacements]
    return done.new, done.changed, done.same, done.refused_kept, done.replaced, rejected, notes


def taken(
    desk: Desk, before: Sequence[ContactRow], file: Sequence[ContactRow], mode: Mode, refused: int
) -> tuple[tuple[object, ...], dict[str, list[Any]]]:
    """Two imports, with a refusal between them."""
    desk.db.execute("PRAGMA synchronous = OFF")
    desk.shift = shift("op1", ruled(), daily_cap=3)
    desk.take(before)
    judge_all(desk.db, ruled(), MONDAY)
    people = [contact for (contact,) in desk.db.execute("SELECT id FROM contact ORDER BY id")]
    if people:
        verbs.refuse(desk.db, desk.shift, moment(), people[refused % len(people)], "别再发了")
    done = desk.take(file, mode=mode)
    assert desk.faults() == []
    return counts(done), told(desk)


@settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(FILES, FILES, st.sampled_from(Mode), st.integers(0, 9), st.sampled_from([2, 3, 5, 2000]))
def test_rows_taken_together_come_to_what_they_come_to_alone(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[ContactRow],
    file: list[ContactRow],
    mode: Mode,
    refused: int,
    together: int,
) -> None:
    found = []
    for chunk in (1, together):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(row_chunks, "CHUNK", chunk)
            desk = new_desk(tmp_path_factory.mktemp("desk"))
            found.append(taken(desk, before, file, mode, refused))
            desk.db.close()
    assert found[0] == found[1]


def test_replaced_values_are_told_with_what_stood_there(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.add("张伟", external_id="wmAAAA01", company="新禾", title="经理")
    done = desk.take([row("张伟", 7, external_id="wmAAAA01", company="云链", email="a@b.cn")])
    assert (done.changed, done.replaced) == (1, 1)
    assert [(one.line, str(one.told)) for one in done.replacements] == [
        (7, '张伟: "云链" takes the place of "新禾"')
    ]


@given(st.dictionaries(st.text(), st.text()))
def test_words_of_many_events_are_written_as_those_of_one(text: dict[str, str]) -> None:
    assert log.words_of(text) == log.WORDS.encode(text)
