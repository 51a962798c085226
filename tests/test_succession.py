"""What becomes of one contact when another version takes over, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.events import ContactState, Then
from rules.sop import Sequence, Step
from rules.succession import Choice, Fate, Successor, successor
from tests.desk_kit import MONDAY, SOP, shift

OLD = Sequence(
    "leads",
    "潜客",
    ("lead",),
    (Step("one", 0, "hello"), Step("two", 2, "table"), Step("three", 5, "phone")),
)
STATE = ContactState(
    7, "op1", "lead", sequence="leads", step="two", due=MONDAY + 1, last_touch_day=MONDAY - 1
)
FRESH = STATE._replace(step="one", last_touch_day=None, due=MONDAY)
MOVE, STAY, RESTART = Choice.MOVE, Choice.STAY, Choice.RESTART


def steps(words: str, name: str = "leads") -> Sequence:
    """A sequence from words such as "two:2=table", optionally "/mql" for a stage of its own."""
    made = []
    for word in words.split():
        told, _slash, stage = word.partition("/")
        head, _is, content = told.partition("=")
        step, _colon, day = head.partition(":")
        made.append(Step(step, int(day), content or step, stages=(stage,) if stage else ()))
    return Sequence(name, name, ("lead",), tuple(made))


SAME = steps("one:0=hello two:2=table three:5=phone")

CASES = {
    "nothing changed: stays": (SAME, MOVE, STATE, Successor(Fate.STAYS)),
    "its step on a later day: stays, due later": (
        steps("one:0=hello two:4=table"),
        MOVE,
        STATE,
        Successor(Fate.STAYS, Then(step="two", due=MONDAY + 3)),
    ),
    "same content at another step: moves there with its day": (
        steps("one:0=hello b:2=table three:5=phone"),
        MOVE,
        STATE,
        Successor(Fate.MOVES, Then(step="b", due=MONDAY + 1)),
    ),
    "the step's own name counts before its content": (
        steps("one:0=hello two:2=other b:3=table"),
        MOVE,
        STATE,
        Successor(Fate.STAYS),
    ),
    "of the same content twice, the one that is not before its day": (
        steps("a:0=table b:3=table"),
        MOVE,
        STATE,
        Successor(Fate.MOVES, Then(step="b", due=MONDAY + 2)),
    ),
    "same content only for another stage: the next by day instead": (
        steps("one:0=hello b:2=table/mql three:5=phone"),
        MOVE,
        STATE,
        Successor(Fate.MOVES, Then(step="three", due=MONDAY + 4)),
    ),
    "step and content gone: the next by day": (
        steps("one:0=hello x:9=new"),
        MOVE,
        STATE,
        Successor(Fate.MOVES, Then(step="x", due=MONDAY + 10)),
    ),
    "nothing left: finishes": (
        steps("one:0=hello"),
        MOVE,
        STATE,
        Successor(Fate.FINISHES, Then(finished=True)),
    ),
    "sequence gone: finishes": (None, MOVE, STATE, Successor(Fate.FINISHES, Then(finished=True))),
    "another sequence has the content: moves over": (
        steps("a:0=hello b:2=table", "fresh"),
        MOVE,
        STATE,
        Successor(Fate.MOVES, Then(sequence="fresh", step="b", due=MONDAY + 1)),
    ),
    "stay: nothing is decided": (
        steps("one:0=hello two:9=table"),
        STAY,
        STATE,
        Successor(Fate.STAYS),
    ),
    "stay at a step that is gone: moves": (
        steps("x:3=a"),
        STAY,
        STATE,
        Successor(Fate.MOVES, Then(step="x", due=MONDAY + 2)),
    ),
    "restart: first step, not within the interval": (
        SAME,
        RESTART,
        STATE._replace(last_touch_day=MONDAY),
        Successor(Fate.RESTARTS, Then(step="one", due=MONDAY + 1)),
    ),
    "restart while put off: not before that day": (
        SAME,
        RESTART,
        STATE._replace(snoozed=1, due=MONDAY + 8),
        Successor(Fate.RESTARTS, Then(step="one", due=MONDAY + 8)),
    ),
    "restart of who stands at the first step: stays": (
        SAME,
        RESTART,
        FRESH,
        Successor(Fate.STAYS),
    ),
    "restart where no step is for the stage: finishes": (
        steps("a:0=x/mql"),
        RESTART,
        STATE,
        Successor(Fate.FINISHES, Then(finished=True)),
    ),
}


@pytest.mark.parametrize(("target", "choice", "state", "wanted"), CASES.values(), ids=CASES)
def test_successor(
    target: Sequence | None, choice: Choice, state: ContactState, wanted: Successor
) -> None:
    new = shift(sop=replace(SOP, version="2.0", sequences=(target,) if target else ()))
    assert successor(OLD, target, state, choice, new, MONDAY) == wanted


def test_successor_of_who_stands_nowhere_known_waits() -> None:
    lost = STATE._replace(step="ghost")
    new = shift(sop=replace(SOP, sequences=(SAME,)))
    assert successor(OLD, SAME, lost, MOVE, new, MONDAY) == Successor(Fate.WAITS)
