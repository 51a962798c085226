"""What confirmed reactions teach reply reading: the words of a reply and what they meant.

A reaction without words, pressed soon after one with words to the same touch,
corrects it: the words meant what was pressed last. Later it is news of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from rules.events import Event
from rules.nouns import Kind, Reaction

CORRECTED_WITHIN = 10 * 60 * 1000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One reply with the reaction that stands for it."""

    seq: int
    """Of the event that brought the words."""
    contact: int
    words: str
    reaction: Reaction


def lesson_of(event: Event) -> Lesson | None:
    """What one event teaches by itself."""
    words = event.text.get("reply", "")
    if event.kind is not Kind.REACTION or event.reaction is None or not words:
        return None
    return Lesson(event.seq, event.contact or 0, words, event.reaction)


def lessons(events: Iterable[Event], undone: Collection[int]) -> dict[int, Lesson]:
    """What one contact's events teach, by sequence number, leaving out the undone ones."""
    found: dict[int, Lesson] = {}
    latest: dict[int, tuple[int, int]] = {}
    for event in events:
        if event.kind is not Kind.REACTION or event.reaction is None or event.seq in undone:
            continue
        lesson = lesson_of(event)
        if lesson is not None:
            found[event.seq] = lesson
            if event.ref is not None:
                latest[event.ref] = (event.seq, event.at_ms)
        elif event.ref in latest:
            seq, at_ms = latest[event.ref]
            if event.at_ms - at_ms <= CORRECTED_WITHIN:
                found[seq] = replace(found[seq], reaction=event.reaction)
    return found
