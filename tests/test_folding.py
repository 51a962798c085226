"""Folding events into state: each kind in turn, and what undo leaves out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events import ContactState, Event, Then
from rules.folding import fold, follow, profile_after, undone_events
from rules.nouns import Kind, Reaction, Status
from tests.desk_kit import MONDAY

BEGAN = Then(owner="op1", stage="lead", sequence="leads", step="one", due=MONDAY)


def event(seq: int, kind: Kind, **fields: Any) -> Event:
    values = {"uuid": str(seq), "at_ms": 0, "offset": 480, "day": MONDAY, "operator": "op1"}
    return Event(**{**values, "contact": 1, **fields}, kind=kind, seq=seq)


def touch(seq: int, day: int = MONDAY, **fields: Any) -> Event:
    known = {"content": "hello", "variant": "a", "digest": "d", "version": "1.0", "stage": "lead"}
    return event(seq, Kind.TOUCH, day=day, **{**known, **fields})


def reaction(seq: int, told: Reaction, ref: int | None = None, **fields: Any) -> Event:
    return event(seq, Kind.REACTION, reaction=told, ref=ref, **fields)


ADDED = event(1, Kind.ADDED, then=BEGAN, text={"name": "张伟"})


def state_after(*events: Event) -> ContactState:
    state = fold([ADDED, *events], {}).state
    assert state is not None
    return state


def test_added_contact_stands_where_the_event_says() -> None:
    assert state_after() == ContactState(
        1,
        "op1",
        "lead",
        sequence="leads",
        step="one",
        due=MONDAY,
        last_seq=1,
        added_day=MONDAY,
    )


FOLDED: dict[str, tuple[list[Event], dict[str, Any]]] = {
    "a touch": (
        [touch(2, then=Then(step="two", due=MONDAY + 2))],
        {
            "step": "two",
            "due": MONDAY + 2,
            "touches": 1,
            "last_touch": 2,
            "last_touch_day": MONDAY,
            "last_content": "hello",
        },
    ),
    "the last touch": ([touch(2, then=Then(finished=True))], {"step": None, "due": None}),
    "an answer": (
        [event(2, Kind.ANSWER, content="talk")],
        {"touches": 0, "last_touch": None, "step": "one"},
    ),
    "a reaction without a touch": (
        [reaction(2, Reaction.POSITIVE, day=MONDAY + 1)],
        {
            "positive": 1,
            "heard": 2,
            "last_reaction": Reaction.POSITIVE,
            "last_reaction_day": MONDAY + 1,
        },
    ),
    "a reaction replaced": (
        [touch(2), reaction(3, Reaction.FRIENDLY, 2), reaction(4, Reaction.EXPLORING, 2)],
        {"friendly": 0, "exploring": 1, "heard": 4, "last_reaction": Reaction.EXPLORING},
    ),
    "a reaction to each of two": (
        [touch(2), reaction(3, Reaction.FRIENDLY, 2), touch(4), reaction(5, Reaction.FRIENDLY, 4)],
        {"friendly": 2, "touches": 2},
    ),
    "a loss": (
        [reaction(2, Reaction.LOST, then=Then(status=Status.LOST))],
        {"status": Status.LOST, "status_seq": 2, "heard": None, "due": MONDAY},
    ),
    "a rejection": (
        [reaction(2, Reaction.REJECTING, then=Then(status=Status.PAUSED))],
        {"status": Status.PAUSED, "rejecting": 1, "step": "one", "due": MONDAY},
    ),
    "a refusal, then a resume": (
        [
            event(2, Kind.REFUSED, then=Then(status=Status.DO_NOT_CONTACT)),
            event(3, Kind.RESUMED, then=Then(status=Status.ACTIVE, due=MONDAY + 3)),
        ],
        {"status": Status.ACTIVE, "status_seq": 3, "due": MONDAY + 3},
    ),
    "a postponement": (
        [event(2, Kind.SNOOZE, then=Then(due=MONDAY + 9))],
        {"step": "one", "due": MONDAY + 9},
    ),
    "a note": ([event(2, Kind.NOTE, text={"note": "x"})], {"heard": None, "last_seq": 2}),
}


@pytest.mark.parametrize("case", FOLDED)
def test_state_after(case: str) -> None:
    events, expected = FOLDED[case]
    state = state_after(*events)
    assert {name: getattr(state, name) for name in expected} == expected


def test_touch_carries_the_reaction_that_stands() -> None:
    folded = fold([ADDED, touch(2), reaction(3, Reaction.FRIENDLY, 2, day=MONDAY + 1)], {})
    kept = folded.touches[2]
    assert (kept.reaction, kept.reaction_seq, kept.reaction_day) == (
        Reaction.FRIENDLY,
        3,
        MONDAY + 1,
    )


def test_event_about_nobody_on_the_desk_changes_nothing() -> None:
    assert follow(None, touch(2), None) == (None, None)
    assert fold([touch(2), reaction(3, Reaction.LOST, 2)], {}).state is None


def test_marks_change_nothing_themselves() -> None:
    state = state_after(touch(2))
    for kind in (Kind.UNDO, Kind.REDO):
        assert follow(state, event(3, kind, ref=2), None) == (state, None)


STORY = [
    ADDED,
    touch(2, then=Then(step="two", due=MONDAY + 2)),
    reaction(3, Reaction.FRIENDLY, 2, text={"interest": "排产"}),
    reaction(4, Reaction.REJECTING, 2, then=Then(status=Status.PAUSED)),
    event(5, Kind.RESUMED, then=Then(status=Status.ACTIVE, due=MONDAY + 3)),
    touch(6, MONDAY + 3, then=Then(finished=True)),
    event(7, Kind.PROFILE, text={"company": "新禾"}),
    event(8, Kind.REFUSED, then=Then(status=Status.DO_NOT_CONTACT)),
]


@given(st.sets(st.integers(2, 8)))
def test_undone_events_are_as_if_they_had_never_been(undone: set[int]) -> None:
    left = [e for e in STORY if e.seq not in undone]
    assert fold(STORY, dict.fromkeys(undone, 0)) == fold(left, {})


@given(st.integers(1, len(STORY)))
def test_folding_goes_one_event_at_a_time(length: int) -> None:
    """The state after a part of the log is that of one event less, followed by the last."""
    whole, before = fold(STORY[:length], {}), fold(STORY[: length - 1], {})
    last = STORY[length - 1]
    state, changed = follow(before.state, last, before.touches.get(last.ref or 0))
    assert whole.state is not None
    assert state is not None
    assert state._replace(interests=whole.state.interests) == whole.state
    if changed is not None:
        assert whole.touches[changed.seq] == changed


def test_reaction_to_an_undone_touch_counts_for_nobody() -> None:
    folded = fold(STORY[:3], {2: 0})
    assert folded.touches == {}
    assert folded.state is not None
    assert folded.state.friendly == 1


def test_undone_adding_takes_the_contact_away() -> None:
    assert fold(STORY, {1: 0}).state is None


MARKS: dict[str, tuple[list[tuple[int, Kind]], set[int]]] = {
    "nothing": ([], set()),
    "an undo": ([(3, Kind.UNDO)], {3}),
    "undone and redone": ([(3, Kind.UNDO), (3, Kind.REDO)], set()),
    "undone again": ([(3, Kind.UNDO), (3, Kind.REDO), (3, Kind.UNDO)], {3}),
    "two of them": ([(3, Kind.UNDO), (2, Kind.UNDO), (3, Kind.REDO)], {2}),
}


@pytest.mark.parametrize("case", MARKS)
def test_marks_settle_what_is_out_of_force(case: str) -> None:
    marks, out = MARKS[case]
    places = [(*mark, place) for place, mark in enumerate(marks, 10)]
    assert undone_events(places).keys() == out


PROFILES = {
    "a field replaced": ({"name": "张伟"}, Kind.PROFILE, {"name": "张三"}, {"name": "张三"}),
    "a first interest": ({}, Kind.NOTE, {"interest": "排产"}, {"interest": "排产"}),
    "interests joined": (
        {"interest": "排产,报价"},
        Kind.REACTION,
        {"interest": "报价、 交期；价格\n;,"},
        {"interest": "排产,报价,交期,价格"},
    ),
    "a note alone": ({"name": "张伟"}, Kind.NOTE, {"note": "x"}, {"name": "张伟"}),
    "nothing but signs": ({}, Kind.NOTE, {"interest": "、；"}, {"interest": ""}),
}


@pytest.mark.parametrize("case", PROFILES)
def test_profile_after(case: str) -> None:
    known, kind, text, expected = PROFILES[case]
    before = dict(known)
    assert profile_after(known, event(2, kind, text=text)) == expected
    assert known == before


def test_events_keep_what_they_are() -> None:
    """Folding reads and never writes."""
    copies = [e._replace() for e in STORY]
    fold(STORY, {4: 0})
    assert copies == STORY
