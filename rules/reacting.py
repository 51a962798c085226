"""What a reaction does: which touch it answers, and what follows for the contact."""

from __future__ import annotations

from rules.events import ContactState, Then, Touch
from rules.nouns import Reaction, Status


def answers(latest: Touch | None, day: int, credit_days: int) -> int | None:
    """The touch that a reaction on `day` is credited to, by sequence number.

    The latest confirmed touch, if it is at most `credit_days` old; a touch
    dated in the future (the clock went back) counts as just sent.
    """
    if latest is None or day - latest.day > credit_days:
        return None
    return latest.seq


def what_follows(reaction: Reaction, state: ContactState) -> Then:
    """The plan after a reaction.

    Friendly, positive and exploring leave the plan as it is. Rejecting pauses
    every sequence until an operator resumes. Lost takes the contact out of the
    queue. Nothing here ever softens a do-not-contact, and no reaction resumes:
    both have commands of their own.
    """
    if state.status is Status.DO_NOT_CONTACT:
        return Then()
    if reaction is Reaction.REJECTING:
        return Then(status=Status.PAUSED)
    if reaction is Reaction.LOST:
        return Then(status=Status.LOST)
    return Then()
