"""What a reaction answers and what follows from it, as tables."""

from __future__ import annotations

import pytest

from rules.events import ContactState, Then, Touch
from rules.nouns import Reaction, Status
from rules.reacting import answers, what_follows
from tests.desk_kit import MONDAY

CREDIT_DAYS = 14


def touch(day: int) -> Touch:
    return Touch(7, 1, "op1", day, 0, "hello", "a", "0" * 12, "1.0", "lead")


ANSWERS = {
    "no touch": (None, MONDAY, None),
    "sent today": (touch(MONDAY), MONDAY, 7),
    "sent yesterday": (touch(MONDAY), MONDAY + 1, 7),
    "on the last day": (touch(MONDAY), MONDAY + CREDIT_DAYS, 7),
    "a day too late": (touch(MONDAY), MONDAY + CREDIT_DAYS + 1, None),
    "sent in the future": (touch(MONDAY), MONDAY - 3, 7),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_reaction_answers_the_latest_touch_within_its_days(case: str) -> None:
    latest, day, answered = ANSWERS[case]
    assert answers(latest, day, CREDIT_DAYS) == answered


KEEPS = Then()
FOLLOWS: dict[Reaction, dict[Status, Then]] = {
    Reaction.FRIENDLY: {},
    Reaction.POSITIVE: {},
    Reaction.EXPLORING: {},
    Reaction.REJECTING: {
        Status.ACTIVE: Then(status=Status.PAUSED),
        Status.PAUSED: Then(status=Status.PAUSED),
        Status.LOST: Then(status=Status.PAUSED),
    },
    Reaction.LOST: {
        Status.ACTIVE: Then(status=Status.LOST),
        Status.PAUSED: Then(status=Status.LOST),
        Status.LOST: Then(status=Status.LOST),
    },
}
"""What is not named keeps the plan and the status."""


@pytest.mark.parametrize("status", Status, ids=str)
@pytest.mark.parametrize("reaction", Reaction, ids=str)
def test_reaction_is_followed_by(reaction: Reaction, status: Status) -> None:
    state = ContactState(1, "op1", "lead", status, due=MONDAY, step="one")
    assert what_follows(reaction, state) == FOLLOWS[reaction].get(status, KEEPS)
