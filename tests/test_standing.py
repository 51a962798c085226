"""Judging contacts: all at once and one by one give the same, and time makes rules true."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.events import ContactState
from rules.lists import DueFrom, DueRule, ListRule, PriorityRule
from rules.nouns import Reaction
from rules.sop import Sop
from store import derived, list_pass, standing, undoing, verbs
from store.connection import connect, transaction
from store.judged import is_current
from store.list_pass import judge_all
from tests.desk_kit import MONDAY, SOP, Desk, moment, new_desk, rows, sent
from tests.list_kit import EVERYBODY, REVISIT, RULED, lists_of, ruled
from tests.rule_kit import TODAY, compiled, rules, tables


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Three contacts under rules, judged on Monday."""
    made = new_desk(tmp_path)
    made.shift = RULED
    made.take(rows("张伟", "李芳", "王建国"))
    judge_all(made.db, RULED.sop, MONDAY)
    yield made
    made.db.close()


def react(desk: Desk, contact: int, reaction: Reaction, day: int = MONDAY) -> None:
    verbs.react(desk.db, desk.shift, moment(day), contact, reaction)


def test_event_moves_its_contact_at_once(desk: Desk) -> None:
    assert lists_of(desk, 1) == {"everybody"}
    react(desk, 1, Reaction.POSITIVE)
    assert lists_of(desk, 1) == {"everybody", "revisit"}
    assert desk.state(1).priority == 5
    assert lists_of(desk, 2) == {"everybody"}
    undoing.undo(desk.db, desk.shift, moment())
    assert lists_of(desk, 1) == {"everybody"}
    assert desk.state(1).priority == 0
    assert desk.faults() == []


@pytest.fixture
def long_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every pass is one that changes many."""
    monkeypatch.setattr(list_pass, "MANY", 1)


def journal_of(desk: Desk) -> Path:
    return desk.path.with_name(desk.path.name + "-wal")


@pytest.mark.usefixtures("long_pass")
def test_long_pass_leaves_the_file_whole_by_itself(desk: Desk) -> None:
    """A desk that is killed afterwards is opened without reading a long journal."""
    react(desk, 1, Reaction.POSITIVE, MONDAY + 1)
    assert journal_of(desk).stat().st_size > 0
    judge_all(desk.db, RULED.sop, MONDAY + 3)
    assert journal_of(desk).stat().st_size == 0
    alone = desk.path.with_name("alone.db")
    shutil.copyfile(desk.path, alone)
    with closing(connect(alone)) as db:
        assert is_current(db, RULED.sop, MONDAY + 3)
    react(desk, 2, Reaction.POSITIVE, MONDAY + 3)
    assert desk.faults() == []


@pytest.mark.usefixtures("long_pass")
def test_long_pass_waits_for_no_reader_of_the_old_state(desk: Desk) -> None:
    asked: list[str] = []
    waits = desk.db.execute("PRAGMA busy_timeout").fetchone()
    with closing(connect(desk.path, read_only=True)) as reader:
        reader.execute("BEGIN")
        before = lists_of(desk, 1)
        reader.execute("SELECT COUNT(*) FROM event").fetchone()
        desk.db.set_trace_callback(asked.append)
        judge_all(desk.db, RULED.sop, MONDAY + 3)
        desk.db.set_trace_callback(None)
        place = asked.index("PRAGMA wal_checkpoint(TRUNCATE)")
        assert asked[place - 1] == "PRAGMA busy_timeout = 0"
        assert journal_of(desk).stat().st_size > 0
    assert lists_of(desk, 1) != before
    assert is_current(desk.db, RULED.sop, MONDAY + 3)
    assert desk.db.execute("PRAGMA busy_timeout").fetchone() == waits


def test_short_pass_leaves_the_journal_as_it_is(desk: Desk) -> None:
    judge_all(desk.db, RULED.sop, MONDAY + 3)
    assert journal_of(desk).stat().st_size > 0


def test_time_alone_makes_rules_true(desk: Desk) -> None:
    react(desk, 1, Reaction.POSITIVE, MONDAY + 1)
    passed = judge_all(desk.db, RULED.sop, MONDAY + 3)
    assert passed is not None
    assert passed.changed == 2
    assert [lists_of(desk, c) for c in (1, 2, 3)] == [
        {"everybody", "revisit"},
        {"everybody", "silent"},
        {"everybody", "silent"},
    ]
    assert [desk.state(c).priority for c in (1, 2, 3)] == [5, 2, 2]
    assert desk.faults() == []


def test_day_and_rules_that_were_judged_are_not_judged_again(desk: Desk) -> None:
    assert is_current(desk.db, RULED.sop, MONDAY)
    assert judge_all(desk.db, RULED.sop, MONDAY) is None
    renamed = ruled((replace(REVISIT, name="再访", reason="x"), *RULED.sop.lists[1:]))
    assert judge_all(desk.db, renamed, MONDAY) is None
    assert not is_current(desk.db, ruled((REVISIT,)), MONDAY)
    assert not is_current(desk.db, RULED.sop, MONDAY + 1)


def test_entry_keeps_the_day_on_which_it_began(desk: Desk) -> None:
    judge_all(desk.db, RULED.sop, MONDAY + 3)
    before = standing.entries_of(desk.db, 1)
    judge_all(desk.db, RULED.sop, MONDAY + 9)
    after = standing.entries_of(desk.db, 1)
    assert {bit: e.since for bit, e in after.items()} == {bit: e.since for bit, e in before.items()}
    assert {e.since for e in after.values()} == {MONDAY, MONDAY + 3}


def test_number_of_a_list_that_went_is_given_away_only_when_it_is_clear(desk: Desk) -> None:
    numbers = dict(desk.db.execute("SELECT list, bit FROM list_number"))
    assert sorted(numbers.values()) == list(range(6))
    new = ListRule("new", "新", compiled("touch_count >= 9"))
    judge_all(desk.db, ruled((EVERYBODY, new)), MONDAY)
    assert dict(desk.db.execute("SELECT list, bit FROM list_number")) == {
        "everybody": numbers["everybody"],
        "new": 6,
    }
    judge_all(desk.db, ruled((EVERYBODY, new, REVISIT)), MONDAY)
    assert desk.one("SELECT bit FROM list_number WHERE list = 'revisit'") == 0
    assert desk.faults() == []


def test_sixty_lists_give_way_to_sixty_others(desk: Desk) -> None:
    for name in ("a", "b"):
        lists = tuple(replace(EVERYBODY, id=f"{name}{n}") for n in range(60))
        judge_all(desk.db, ruled(lists), MONDAY)
        assert lists_of(desk, 1) == {rule.id for rule in lists}
        assert desk.faults() == []


def test_list_that_is_due_otherwise_moves_its_entries(desk: Desk) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    later = replace(EVERYBODY, due=DueRule(DueFrom.TOUCH, 5))
    judge_all(desk.db, ruled((later,)), MONDAY)
    due = [entry.due for c in (1, 2) for entry in standing.entries_of(desk.db, c).values()]
    assert due == [MONDAY + 5, MONDAY]
    assert desk.faults() == []


def test_sop_without_rules_clears_every_list(desk: Desk) -> None:
    judge_all(desk.db, replace(SOP), MONDAY)
    assert desk.one("SELECT COUNT(*) FROM list_entry") == 0
    assert desk.one("SELECT COUNT(*) FROM list_count") == 0
    assert desk.one("SELECT MAX(flags) + MAX(priority) FROM contact_state") == 0


def test_who_is_not_to_be_contacted_leaves_every_list(desk: Desk) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), 1, "不要再发")
    assert lists_of(desk, 1) == set()
    judge_all(desk.db, RULED.sop, MONDAY + 5)
    assert lists_of(desk, 1) == set()
    assert desk.faults() == []


def test_import_and_its_undo_are_judged(desk: Desk) -> None:
    desk.take(rows("赵敏"), moment(MONDAY + 1))
    assert lists_of(desk, 4) == {"everybody"}
    undoing.undo(desk.db, desk.shift, moment(MONDAY + 1))
    assert standing.entries_of(desk.db, 4) == {}
    assert desk.faults() == []


def test_contact_of_another_owner_counts_for_that_owner(desk: Desk) -> None:
    with transaction(desk.db):
        before = desk.state(1)
        derived.stand(desk.db, before, before._replace(owner="op2"))
    owners = dict(
        desk.db.execute("SELECT owner, SUM(n) FROM list_count GROUP BY owner HAVING SUM(n) > 0")
    )
    assert owners == {"op1": 2, "op2": 1}


@settings(deadline=None, max_examples=60)
@given(
    first=st.lists(rules, min_size=1, max_size=4),
    second=st.lists(rules, min_size=1, max_size=4),
    pressing=rules,
    kept=tables,
    day=st.integers(TODAY - 5, TODAY + 5),
)
def test_all_at_once_and_one_by_one_agree(
    first: list[str], second: list[str], pressing: str, kept: list[ContactState], day: int
) -> None:
    assume((first, TODAY) != (second, day))  # what is judged already is not judged again
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder))
        desk.db.execute("PRAGMA synchronous = OFF")
        for sop, today in ((_sop(first, pressing), TODAY), (_sop(second, pressing), day)):
            _both_ways(desk, sop, today, kept)
        desk.db.close()


def _sop(texts: list[str], pressing: str) -> Sop:
    effects = ((DueFrom.TODAY, 0), (DueFrom.ROUND, 7), (DueFrom.REACTION, 3), (DueFrom.TOUCH, 0))
    lists = tuple(
        ListRule(f"l{n}", "", compiled(text), DueRule(*effect), priority=n * 2)
        for n, (text, effect) in enumerate(zip(texts, effects, strict=False))
    )
    return replace(SOP, lists=lists, priorities=(PriorityRule(compiled(pressing), 4),))


def _both_ways(desk: Desk, sop: Sop, today: int, kept: list[ContactState]) -> None:
    """Judges by a pass, then writes each contact anew: nothing may move."""
    db = desk.db
    with transaction(db):
        for table in ("contact_state", "list_entry", "list_count"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
        for state in kept:
            derived.save_state(db, None, state._replace(flags=0))
    judge_all(db, sop, today)
    told = _tables(desk)
    for state in kept:
        with transaction(db):
            contact = state.contact
            stood = desk.state(contact)
            bare = stood._replace(flags=0, priority=0)
            assert derived.stand(db, stood, bare) == stood
    assert _tables(desk) == told


def _tables(desk: Desk) -> list[list[object]]:
    names = ("contact_state", "list_entry", "list_count WHERE n <> 0")
    return [desk.db.execute(f"SELECT * FROM {name}").fetchall() for name in names]  # noqa: S608
