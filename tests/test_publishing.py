"""A publish in a real store: what it tells, what it writes, and that undo gives everything back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from rules.events import ContactState, Event
from rules.nouns import Kind, Reaction
from rules.plain_text import keep
from rules.sop import Sop, Step
from rules.succession import Choice, Fate
from store import publishing, replanning, undoing, verbs
from store.publishing import Because, Edition, Reason
from store.verbs import NeedsReason
from tests.desk_kit import LEADS, MONDAY, REST, SOP, Desk, moment, new_desk, row, sent
from tests.hostile_people import HOSTILE_NAMES
from tui.show import printable
from tui.sop_wording import plan_lines

WHY = Reason("市场变冷", Because.MARKET)


def next_sop(leads: tuple[Step, ...], rest: tuple[Step, ...] = REST.steps) -> Sop:
    sequences = (replace(LEADS, steps=leads), replace(REST, steps=rest))
    return replace(SOP, version="2.0", sequences=sequences)


MOVED = next_sop((Step("one", 0, "hello"), Step("b", 3, "table"), Step("three", 5, "phone")))
"""`two` is called `b`, a day later."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return lived(tmp_path)


def lived(folder: Path) -> Desk:
    """Four leads, 1 at `two`, 4 not to be contacted; 5 and 6 mql, 6 paused."""
    desk = new_desk(folder)
    people = [row(f"潜客 {n}", n, stage="lead") for n in range(1, 5)]
    desk.take([*people, row("MQL 5", 6, stage="mql"), row("MQL 6", 7, stage="mql")])
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    verbs.refuse(desk.db, desk.shift, moment(), 4, "别再发了")
    verbs.react(desk.db, desk.shift, moment(), 6, Reaction.REJECTING)
    return desk


def published(desk: Desk, sop: Sop, mark: str = "a" * 32, **choices: Choice) -> Event:
    new = replace(desk.shift, sop=replace(sop, settings=desk.shift.settings))
    edition = Edition(mark, "d" * 64, "sop-1.0")
    return publishing.publish(desk.db, desk.shift, new, moment(), choices, WHY, edition)


def states(desk: Desk) -> dict[int, ContactState]:
    found = desk.db.execute("SELECT contact FROM contact_state").fetchall()
    return {contact: desk.state(contact) for (contact,) in found}


def test_plan_tells_and_changes_nothing(desk: Desk) -> None:
    before, events = states(desk), desk.events()
    new = replace(desk.shift, sop=MOVED)
    told = publishing.plan(desk.db, desk.shift, new, {"rest": Choice.RESTART}, MONDAY)
    leads, rest = told.sequences
    assert dict(leads.counts) == {(Fate.MOVES, "lead"): 1, (Fate.STAYS, "lead"): 2}
    assert leads.first[Fate.MOVES] == ((1, "潜客 1"),)
    assert leads.under_way == 3, "who is not to be contacted is not counted"
    assert (rest.choice, rest.of(Fate.STAYS)) == (Choice.RESTART, 2), "they are at the first step"
    assert (states(desk), desk.events()) == (before, events)


def test_publish_moves_whom_the_plan_told(desk: Desk) -> None:
    head = published(desk, MOVED)
    assert (head.kind, head.version, head.amount, head.digest) == (
        Kind.PUBLISH,
        "2.0",
        1,
        "d" * 64,
    )
    assert dict(head.then.facts) == {
        "was": "1.0",
        "kept": "sop-1.0",
        "because": "market",
        "sequences": "1",
        "version": "2.0",
    }
    assert dict(head.text) == {"reason": "市场变冷", "author": "op1"}
    assert desk.state(1).step == "b"
    assert desk.state(1).due == MONDAY + 3
    assert replanning.is_settled(desk.db, MOVED)
    assert desk.faults() == []


def test_restarts_are_spread_under_the_cap(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, daily_cap=2)
    desk.take([row(f"p{n}", n, stage="lead") for n in range(1, 6)])
    fresh = next_sop((Step("x", 0, "hello"), Step("one", 1, "table")))
    published(desk, fresh, leads=Choice.RESTART)
    days = sorted(state.due or 0 for state in states(desk).values())
    assert days == [MONDAY, MONDAY, MONDAY + 1, MONDAY + 1, MONDAY + 2]
    assert {state.step for state in states(desk).values()} == {"x"}


def test_publish_without_a_reason_writes_nothing(desk: Desk) -> None:
    events = desk.events()
    new = replace(desk.shift, sop=MOVED)
    with pytest.raises(NeedsReason):
        publishing.publish(
            desk.db, desk.shift, new, moment(), {}, Reason(" \n"), Edition("m", "d", "")
        )
    assert desk.events() == events


def test_choice_for_an_unknown_sequence_is_refused(desk: Desk) -> None:
    new = replace(desk.shift, sop=MOVED)
    with pytest.raises(publishing.NoSuchSequence, match="no sequence"):
        publishing.plan(desk.db, desk.shift, new, {"nobody": Choice.STAY}, MONDAY)


def test_publish_that_is_stopped_keeps_nothing(desk: Desk) -> None:
    before, events = states(desk), desk.events()
    new = replace(desk.shift, sop=MOVED)

    def stop(rows: object) -> list[ContactState]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publishing.publish(
            desk.db, desk.shift, new, moment(), {}, WHY, Edition("m", "d", ""), each=stop
        )
    assert (states(desk), desk.events()) == (before, events)


def test_key_for_undo_leaves_a_publish_alone(desk: Desk) -> None:
    published(desk, MOVED)
    with pytest.raises(undoing.NothingToUndo, match="Undo screen"):
        undoing.undo(desk.db, desk.shift, moment(), same_day=True)


def test_what_is_done_after_a_publish_stands_when_it_is_undone(desk: Desk) -> None:
    head = published(desk, MOVED)
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "要报价"})
    undoing.toggle(desk.db, desk.shift, moment(), head.seq)
    assert desk.state(1).step == "two"
    assert [p.undone for p in publishing.publishes(desk.db)] == [True]
    assert desk.faults() == []


@pytest.mark.parametrize("name", HOSTILE_NAMES.values(), ids=HOSTILE_NAMES)
def test_hostile_names_pass_the_door_into_the_plan(tmp_path: Path, name: str) -> None:
    desk = new_desk(tmp_path)
    desk.take([row(keep(name) or "x", stage="lead")])
    told = publishing.plan(desk.db, desk.shift, replace(desk.shift, sop=MOVED), {}, MONDAY)
    assert told.sequences[0].first[Fate.STAYS] == ((1, desk.one("SELECT name FROM contact")),)
    for line in plan_lines(told, desk.shift.sop):
        assert line == printable(line)
        assert "\n" not in line
        assert cell_len(line) < 120


NAMES = ("one", "two", "three", "a", "b")
CONTENTS = ("hello", "table", "phone", "talk")
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 9), st.sampled_from(CONTENTS)),
    max_size=4,
    unique_by=lambda step: step[0],
).map(lambda told: tuple(Step(n, d, c) for n, d, c in sorted(told, key=lambda t: t[1])))
CHOICE = st.sampled_from(Choice)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, STEPS, CHOICE, CHOICE)
def test_undo_gives_every_contact_back_and_redo_takes_it_again(
    leads: tuple[Step, ...], rest: tuple[Step, ...], first: Choice, second: Choice
) -> None:
    with TemporaryDirectory() as folder:
        desk = lived(Path(folder))
        before = states(desk)
        head = published(desk, next_sop(leads, rest), leads=first, rest=second)
        after = states(desk)
        assert desk.faults() == []
        assert all(state.step is None or state.due is not None for state in after.values())
        undoing.toggle(desk.db, desk.shift, moment(), head.seq)
        assert states(desk) == before
        assert replanning.is_settled(desk.db, SOP)
        undoing.toggle(desk.db, desk.shift, moment(), head.seq)
        assert states(desk) == after
        assert desk.faults() == []
        desk.db.close()
