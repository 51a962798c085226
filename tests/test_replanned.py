"""The plan of a contact whose sequence changed: its step, its day, and never too early."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events import ContactState, Then
from rules.planning import replanned
from rules.sop import Sequence, Settings, Step
from rules.timing import WEEKDAYS
from tests.desk_kit import MONDAY

LAST = MONDAY - 3
"""A Friday: two working days later is Tuesday."""
TUESDAY = MONDAY + 1


def steps(told: str) -> tuple[Step, ...]:
    """`a0 b2! c5` as steps: a name, its day, `!` for a step that is not for leads."""
    found = []
    for word in told.split():
        only = ("mql",) if word.endswith("!") else ()
        found.append(Step(word[0], int(word[1:].rstrip("!")), "hello", stages=only))
    return tuple(found)


def walk(told: str, name: str = "w") -> Sequence:
    return Sequence(name, name, ("lead", "mql"), steps(told))


@dataclass(frozen=True)
class Case:
    """A contact at `at`, its last touch on Friday, due on Tuesday unless told otherwise."""

    old: str | None
    new: str | None
    at: str
    then: Then
    due: int = TUESDAY
    last: int | None = LAST
    snoozed: int = 0
    interval: int = 1


CASES = {
    "nothing changed": Case("a0 b2 c5", "a0 b2 c5", "b", Then()),
    "nothing changed, long overdue": Case("a0 b2 c5", "a0 b2 c5", "b", Then(), due=MONDAY - 20),
    "another step than its own": Case("a0 b2 c5", "a0 b2 c9 d12", "b", Then()),
    "all steps later by the same days": Case("a0 b2 c5", "a4 b6 c9", "b", Then()),
    "its gap is longer": Case("a0 b2 c5", "a0 b4 c5", "b", Then(step="b", due=MONDAY + 3)),
    "its gap is shorter": Case("a0 b2 c5", "a0 b1 c5", "b", Then(step="b", due=MONDAY)),
    "never in the past": Case(
        "a0 b9 c12", "a0 b2 c12", "b", Then(step="b", due=MONDAY), last=MONDAY - 14, due=MONDAY + 4
    ),
    "never within the interval": Case(
        "a0 b9 c12", "a0 b1 c12", "b", Then(step="b", due=MONDAY + 4), interval=7
    ),
    "never on a weekend": Case(
        "a0 b1 c12", "a0 b5 c12", "b", Then(step="b", due=MONDAY + 4), interval=5
    ),
    "put off by hand, so not earlier": Case(
        "a0 b9 c12", "a0 b2 c12", "b", Then(), due=MONDAY + 9, snoozed=1
    ),
    "put off by hand, yet later": Case(
        "a0 b2 c12", "a0 b9 c12", "b", Then(step="b", due=MONDAY + 10), snoozed=1
    ),
    "its step is gone": Case("a0 b2 c5", "a0 c5", "b", Then(step="c", due=MONDAY + 4)),
    "its step and the next are gone": Case(
        "a0 b2 c5 d6", "a0 d6", "b", Then(step="d", due=MONDAY + 7)
    ),
    "its step and the one before are gone": Case(
        "a0 b2 c5", "c5", "b", Then(step="c", due=MONDAY + 4)
    ),
    "its step is gone and what follows is another": Case(
        "a0 b2 c5", "a0 x1 y3", "b", Then(step="y", due=MONDAY + 2)
    ),
    "what follows by day was sent already": Case(
        "a0 b2", "a4 c6", "b", Then(step="c", due=TUESDAY)
    ),
    "only steps that were sent are left": Case("a0 b2", "a4", "b", Then(finished=True)),
    "nothing is left": Case("a0 b2 c5", "a0", "c", Then(finished=True)),
    "no sequence is left": Case("a0 b2 c5", None, "b", Then(finished=True)),
    "a step came before its own": Case("a0 c5", "a0 b2 c5", "c", Then(), due=MONDAY + 4),
    "reordered": Case("a0 b2 c5", "b0 c3 a6", "b", Then(step="b", due=MONDAY)),
    "its step is no longer for its stage": Case(
        "a0 b2 c5", "a0 b2! c5", "b", Then(step="c", due=MONDAY + 4)
    ),
    "what follows is not for its stage": Case(
        "a0 b2 c5 d6", "a0 c5! d6", "b", Then(step="d", due=MONDAY + 7)
    ),
    "the first step is gone": Case(
        "a0 b2 c5", "b2 c5", "a", Then(step="b", due=TUESDAY), last=None
    ),
    "the first step is gone, long overdue": Case(
        "a0 b2 c5", "b2 c5", "a", Then(step="b", due=MONDAY), last=None, due=MONDAY - 9
    ),
    "the first step has another day": Case("a0 b2", "a3 b5", "a", Then(), last=None),
    "a step that only the new one knows": Case("a0 b2", "a0 x1 b2", "x", Then()),
    "a step that neither knows": Case("a0 b2", "a0 b2", "x", Then()),
    "nobody knows the old steps, and its own is there": Case(None, "a0 b2", "b", Then()),
    "nobody knows the old steps, and its own is gone": Case(None, "a0 b2", "x", Then()),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_replanned(case: Case) -> None:
    state = ContactState(
        1, "op1", "lead", sequence="w", step=case.at, due=case.due, snoozed=case.snoozed
    )
    state = state._replace(last_touch_day=case.last)
    told = replanned(
        None if case.old is None else walk(case.old),
        None if case.new is None else walk(case.new),
        state,
        WEEKDAYS,
        MONDAY,
        Settings(interval_days=case.interval),
    )
    assert told == case.then


def test_another_sequence_takes_the_contact_at_its_step_or_by_day() -> None:
    state = ContactState(1, "op1", "lead", sequence="w", step="b", due=TUESDAY, last_touch_day=LAST)
    for told, step, due in (("x0 b2", "b", TUESDAY), ("x0 y3", "y", MONDAY + 2)):
        then = replanned(walk("a0 b2"), walk(told, "other"), state, WEEKDAYS, MONDAY, Settings())
        assert then == Then(sequence="other", step=step, due=due)


NAMES = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=6, unique=True)


@st.composite
def walks(draw: Any) -> Sequence:
    names, day = draw(NAMES), 0
    found = []
    for name in names:
        found.append(Step(name, day, "hello", stages=draw(st.sampled_from([(), ("mql",)]))))
        day += draw(st.integers(0, 4))
    return Sequence("w", "w", ("lead", "mql"), tuple(found))


@given(walks(), walks(), st.sampled_from("abcdefg"), st.integers(-9, 9), st.integers(1, 9))
def test_replanned_never_goes_back_nor_comes_too_early(
    old: Sequence, new: Sequence, at: str, due: int, interval: int
) -> None:
    state = ContactState(1, "op1", "lead", sequence="w", step=at, due=MONDAY + due)
    state = state._replace(last_touch_day=LAST)
    then = replanned(old, new, state, WEEKDAYS, MONDAY, Settings(interval_days=interval))
    if then.step is None:
        assert then in (Then(), Then(finished=True))
        return
    assert then.step in [s.id for s in new.steps if not s.stages]
    passed = old.steps[: old.position(at) or 0]
    assert then.step not in [s.id for s in passed]
    assert then.due is not None
    if then.due != state.due:
        assert then.due >= max(MONDAY, LAST + interval)
        assert WEEKDAYS.is_working(then.due)
    assert replanned(new, new, state._replace(step=then.step, due=then.due), WEEKDAYS, MONDAY,
                     Settings(interval_days=interval)) == Then()  # fmt: skip
