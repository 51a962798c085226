"""Folding the log into state: one event at a time, the same for a key press and for a rebuild."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.events import UNDECIDED, Care, ContactState, Event, Plans, Then, Touch
from rules.lessons import Lesson, lessons
from rules.nouns import MONEY, PARTS, Kind, Reaction, Status
from rules.purchases import Purchases, state_facts
from rules.purchases import follow as follow_purchase
from rules.walks import declined, follow_plans

SEPARATORS = re.compile("[,，、;；\\n]")
"""What stands between interest points."""
COUNTED = ("friendly", "positive", "exploring", "rejecting")
"""Reactions that have a counter in the contact's state."""
MARKS = (Kind.UNDO, Kind.REDO)
LAST = 2**63 - 1
"""Above every place in a log."""
STAGE_DECISIONS = (Kind.STAGE, Kind.DECLINED)


Undone = Mapping[int, int]
"""Events that are out of force, each with the place of what took it out."""
GivenUp = tuple[str, str]
"""A field that tells somebody again, and a value that stands there no more."""
TELLING = ("phone", "handle", "external_id")
"""The fields that a chat, or another file, knows somebody by."""


@dataclass(frozen=True)
class Folded:
    """What the live events of one contact add up to."""

    state: ContactState | None = None
    """None when the contact was never added, its adding was undone, or it was erased."""
    touches: Mapping[int, Touch] = field(default_factory=dict)
    """By sequence number; those of an erased contact still count for the content."""
    profile: Mapping[str, str] = field(default_factory=dict)
    care: Mapping[str, Care] = field(default_factory=dict)
    """By list."""
    plans: Plans = field(default_factory=dict)
    """By sequence; empty for a contact whose only plan stands in its state."""
    lessons: Mapping[int, Lesson] = field(default_factory=dict)
    """What its replies teach, by sequence number."""
    apart: frozenset[int] = frozenset()
    """Contacts that look like this one and are somebody else."""
    taken_in: Mapping[int, TakenIn] = field(default_factory=dict)
    """The contacts merged into this one."""
    bought: Purchases = field(default_factory=dict)
    """What it bought and signed, by the first entry."""
    given_up: frozenset[GivenUp] = frozenset()
    """Phones and ids that it lost while it was not to be contacted."""
    set_aside: Mapping[int, Event] = field(default_factory=dict, compare=False)
    """What was undone after all these events: that takes a phone back, too."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A contact that goes on under another one."""

    seq: int
    """The event that merged it."""
    profile: Mapping[str, str]
    """As it was then."""


NOBODY = Folded()


def follow(
    state: ContactState | None, event: Event, answered: Touch | None
) -> tuple[ContactState | None, Touch | None]:
    """The state after one event, and the touch that the event made or changed.

    `answered` is the touch that the event refers to. An event about a contact
    that is not on the desk changes nothing, except that `added` puts it there.
    Nor does an undo or redo: what it marks is left out or taken in by `fold`.
    """
    if event.kind in MARKS:
        return state, None
    if event.kind is Kind.ADDED:
        then = event.then
        owner, stage = then.owner or "", then.stage or ""
        state = ContactState(event.contact or 0, owner, stage, added_day=event.day)
    if state is None or event.kind is Kind.ERASED:
        return None, None
    touch: Touch | None = None
    changes: dict[str, Any] = {"last_seq": event.seq}
    if event.kind is Kind.TOUCH:
        touch = _touch_of(event)
        changes |= {
            "touches": state.touches + 1,
            "last_touch": event.seq,
            "last_touch_day": event.day,
            "last_content": event.content,
            "snoozed": 0,
        }
    elif event.kind is Kind.REACTION and event.reaction is not None:
        touch = _answered(answered, event)
        changes |= _counted(state, event, event.reaction, answered)
    elif event.kind is Kind.SNOOZE:
        changes["snoozed"] = 1
    elif event.kind is Kind.KEYWORD:
        changes |= {"keywords": state.keywords + 1, "last_keyword_day": event.day}
        changes |= {"heard": event.seq, "heard_day": event.day}
    elif event.kind in STAGE_DECISIONS:
        changes["stage_seq"] = event.seq
    return state._replace(**changes, **decided(event.then, event.seq)), touch


def decided(then: Then, seq: int) -> dict[str, Any]:
    """The fields of the state that an event's decisions set."""
    if then == UNDECIDED:
        return {}
    changes: dict[str, Any] = {"step": None, "due": None} if then.finished else {}
    for name in ("owner", "stage", "sequence", "step"):
        if told := getattr(then, name):
            changes[name] = told
    if then.due is not None:
        changes["due"] = then.due
    if then.status is not None:
        changes |= {"status": then.status, "status_seq": seq}
    return changes


def fold(events: Iterable[Event], undone: Undone, begin: Folded = NOBODY) -> Folded:
    """What one contact's events add up to, in log order, leaving out the undone ones.

    `begin` is what the events before them added up to.
    """
    state = begin.state
    touches: dict[int, Touch] = dict(begin.touches)
    profile: dict[str, str] = dict(begin.profile)
    care: dict[str, Care] = dict(begin.care)
    plans: Plans = begin.plans
    apart = begin.apart
    bought = dict(begin.bought)
    lost = begin.given_up
    aside = dict(begin.set_aside)
    told = list(events)
    for event in told:
        lost |= _taken_until(event.seq, aside, undone, state, profile)
        if event.seq in undone:
            aside[event.seq] = event
            plans = _without(state, plans, event)
            continue
        if event.kind in MARKS and not _stands_in_line(state):
            continue
        answered = touches.get(event.ref) if event.ref is not None else None
        before = state
        state, touch = follow(state, event, answered)
        if state is not None and (plans or event.then.plans):
            state, plans = follow_plans(before, state, plans, event)
        if touch is not None:
            touches[touch.seq] = touch
        lost |= given_up_by(before, profile, event)
        profile = profile_after(profile, event)
        care = care_after(care, event)
        if event.kind in MONEY:
            follow_purchase(bought, event)
        if event.kind is Kind.KEPT_APART and event.then.other is not None:
            apart |= {event.then.other}
    if state is None:
        return Folded(None, touches, taken_in=begin.taken_in, bought=bought)
    lost |= _taken_until(LAST, dict(aside), undone, state, profile)
    state = state._replace(interests=interests(profile), **state_facts(bought))
    taught = lessons(told, undone)
    taken_in = begin.taken_in
    return Folded(
        state, touches, profile, care, plans, taught, apart, taken_in, bought, lost, aside
    )


def _without(state: ContactState | None, plans: Plans, event: Event) -> Plans:
    """The plans after an event that is out of force: of an entering it is known that it was."""
    if event.kind is Kind.ENTERED and state is not None:
        return declined(state, plans, event)
    return plans


def _stands_in_line(state: ContactState | None) -> bool:
    """Whether the day may put another plan in front; who stands aside is left as it was."""
    return state is not None and state.status is Status.ACTIVE


def care_after(care: Mapping[str, Care], event: Event) -> dict[str, Care]:
    """What was done about entries of lists, after an event; dealing with one ends a putting off."""
    name = event.then.list
    if name is None:
        return dict(care)
    known = care.get(name, Care())
    done = Care(event.day) if event.kind is Kind.FOLLOWED_UP else Care(known.handled)
    return {**care, name: Care(done.handled, event.then.until)}


def given_up_by(
    before: ContactState | None, profile: Mapping[str, str], event: Event
) -> frozenset[GivenUp]:
    """What a change of the profile takes from somebody who is not to be contacted."""
    if event.kind is not Kind.PROFILE or before is None:
        return frozenset()
    if before.status is not Status.DO_NOT_CONTACT:
        return frozenset()
    changes = event.text
    return frozenset(
        (name, profile[name])
        for name in TELLING
        if profile.get(name) and name in changes and changes[name] != profile[name]
    )


def taken_back(
    state: ContactState | None, profile: Mapping[str, str], event: Event
) -> frozenset[GivenUp]:
    """What an undo of a change takes from somebody who refused under what it had set.

    The change may be undone by itself or with its import. A slip after the
    refusal that is undone says nothing of who refused.
    """
    if event.kind is not Kind.PROFILE or state is None:
        return frozenset()
    if state.status is not Status.DO_NOT_CONTACT or event.seq > (state.status_seq or 0):
        return frozenset()
    told = ((name, event.text.get(name, "")) for name in TELLING)
    return frozenset((name, value) for name, value in told if value and profile.get(name) != value)


def _taken_until(
    place: int,
    aside: dict[int, Event],
    undone: Undone,
    state: ContactState | None,
    profile: Mapping[str, str],
) -> frozenset[GivenUp]:
    """What was lost by undos up to a place in the log; what they undid is aside no more."""
    due = [seq for seq in aside if undone[seq] <= place]
    return frozenset[GivenUp]().union(*(taken_back(state, profile, aside.pop(s)) for s in due))


def interests(profile: Mapping[str, str]) -> int:
    """How many interest points a profile has."""
    points = profile.get("interest", "")
    return points.count(",") + 1 if points else 0


def profile_after(profile: Mapping[str, str], event: Event) -> dict[str, str]:
    """The profile after an event: fields replaced by an import or edit, interest points added."""
    if event.kind in (Kind.ADDED, Kind.PROFILE):
        return {**profile, **event.text}
    points = event.text.get("interest")
    if not points:
        return dict(profile)
    known = profile.get("interest", "").split(",") if profile.get("interest") else []
    new = (point.strip() for point in SEPARATORS.split(points))
    return {**profile, "interest": ",".join(dict.fromkeys([*known, *filter(None, new)]))}


def undone_events(marks: Iterable[tuple[int, Kind, int]]) -> Undone:
    """The events out of force, from (ref, undo or redo, place) of marks in log order."""
    out: dict[int, int] = {}
    for ref, kind, place in marks:
        if kind is Kind.UNDO:
            out[ref] = place
        else:
            out.pop(ref, None)
    return out


def out_of_force(told: Iterable[Event], imports: Undone) -> Undone:
    """Which of a contact's events do not count: undone themselves, or with their import."""
    events = list(told)
    marks = undone_events((e.ref or 0, e.kind, e.seq) for e in events if e.kind in MARKS)
    with_import = {
        e.seq: imports[e.ref]
        for e in events
        if e.kind in PARTS and e.ref is not None and e.ref in imports
    }
    return {**with_import, **marks}


def _touch_of(event: Event) -> Touch:
    return Touch(
        event.seq,
        event.contact or 0,
        event.operator,
        event.day,
        event.at_ms,
        event.content or "",
        event.variant or "",
        event.digest or "",
        event.version or "",
        event.stage or "",
    )


def _counted(
    state: ContactState, event: Event, reaction: Reaction, answered: Touch | None
) -> dict[str, Any]:
    """The fields of the state that a reaction sets; it takes the place of one given before."""
    changes: dict[str, Any] = {name: getattr(state, name) for name in COUNTED}
    if answered is not None and answered.reaction in COUNTED:
        changes[answered.reaction] -= 1
    if reaction in COUNTED:
        changes[reaction] += 1
    if reaction is not Reaction.LOST:
        changes |= {"heard": event.seq, "heard_day": event.day}
    if reaction is Reaction.POSITIVE:
        changes["last_positive_day"] = event.day
    elif not changes["positive"]:
        changes["last_positive_day"] = None
    if reaction is Reaction.EXPLORING:
        changes["last_exploring_day"] = event.day
    return changes | {"last_reaction": reaction, "last_reaction_day": event.day}


def _answered(touch: Touch | None, event: Event) -> Touch | None:
    if touch is None:
        return None
    return touch._replace(reaction=event.reaction, reaction_seq=event.seq, reaction_day=event.day)
