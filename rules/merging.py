"""Folding the logs of contacts that were found to be one person.

Invariants: nothing of either history is lost; the strongest status of both
holds, so that no merge lifts a do-not-contact; without the merge, each log
folds to what it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rules.events import Care, ContactState, Event, Plans
from rules.folding import COUNTED, NOBODY, Folded, TakenIn, Undone, fold
from rules.lessons import lessons
from rules.nouns import Kind, Status
from rules.walks import plans_with

STRENGTH = (Status.ACTIVE, Status.PAUSED, Status.LOST, Status.DO_NOT_CONTACT)
"""The later, the stronger."""
LISTED = ("tags", "interest")
"""Fields that hold several values, joined by commas."""
EXTRA = "extra"
ANOTHER = re.compile(r"(.+) \(\d+\)")
"""How a further value of a field is called among the extra fields: phone (2)."""
MORE = " (2)"
"""Stands among the extra fields where there are such values."""

Profile = Mapping[str, str]


@dataclass
class _Logs:
    """The logs of contacts while they are folded together."""

    undone: Undone
    waiting: dict[int, list[Event]] = field(default_factory=dict)
    """Events of each contact that are not folded yet."""
    folded: dict[int, Folded] = field(default_factory=dict)
    into: dict[int, int] = field(default_factory=dict)

    def holder(self, contact: int) -> int:
        while contact in self.into:
            contact = self.into[contact]
        return contact

    def so_far(self, contact: int) -> Folded:
        events = self.waiting.pop(contact, [])
        return fold(events, self.undone, self.folded.pop(contact, NOBODY))

    def merge(self, event: Event, survivor: int, other: int) -> None:
        self.folded[survivor] = combined(
            survivor, self.so_far(survivor), other, self.so_far(other), event.seq
        )
        self.into[other] = survivor


def fold_together(events: Sequence[Event], undone: Undone) -> dict[int, Folded]:
    """What the events of several contacts add up to, by the contact that holds them.

    `events` are all events of all of them, in log order. From a merge that is
    in force on, whatever happened with the other is the survivor's.
    """
    logs = _Logs(undone)
    for event in events:
        survivor = logs.holder(event.contact or 0)
        if event.kind is Kind.MERGED and event.seq not in undone:
            other = logs.holder(event.then.other or 0)
            if other != survivor:
                logs.merge(event, survivor, other)
        logs.waiting.setdefault(survivor, []).append(under(event, survivor))
    groups = {contact: logs.so_far(contact) for contact in sorted({*logs.waiting, *logs.folded})}
    told: dict[int, list[Event]] = {contact: [] for contact in groups}
    for event in events:
        contact = logs.holder(event.contact or 0)
        told[contact].append(under(event, contact))
    return {
        contact: replace(folded, lessons=lessons(told[contact], undone) if folded.state else {})
        for contact, folded in groups.items()
    }


def under(event: Event, contact: int) -> Event:
    """The event as one of another contact."""
    return event if event.contact == contact else event._replace(contact=contact)


def combined(survivor: int, one: Folded, other: int, two: Folded, seq: int) -> Folded:
    """Two contacts as one, by the event `seq`; the survivor's own comes first."""
    taken_in = {**one.taken_in, **two.taken_in, other: TakenIn(seq, two.profile)}
    touches = {
        seq: touch if touch.contact == survivor else touch._replace(contact=survivor)
        for seq, touch in sorted({**one.touches, **two.touches}.items())
    }
    if one.state is None or two.state is None:
        kept = one if two.state is None else two
        state = kept.state and kept.state._replace(contact=survivor)
        return Folded(
            state,
            touches,
            kept.profile,
            kept.care,
            kept.plans,
            apart=kept.apart,
            taken_in=taken_in,
            bought={**one.bought, **two.bought},
            given_up=one.given_up | two.given_up,
            set_aside={**one.set_aside, **two.set_aside},
        )
    profile = joined_profile(one.profile, two.profile)
    state, plans = _planned(one.state, one.plans, two.state, two.plans)
    state = state._replace(**joined_facts(one.state, two.state))
    return Folded(
        state,
        touches,
        profile,
        _joined_care(one.care, two.care),
        plans,
        apart=one.apart | two.apart,
        taken_in=taken_in,
        bought={**one.bought, **two.bought},
        given_up=one.given_up | two.given_up,
        set_aside={**one.set_aside, **two.set_aside},
    )


def joined_facts(one: ContactState, two: ContactState) -> dict[str, Any]:
    """The fields of the survivor's state that say what happened with either."""
    sums = {
        name: getattr(one, name) + getattr(two, name) for name in ("touches", "keywords", *COUNTED)
    }
    latest = {
        name: _latest(getattr(one, name), getattr(two, name))
        for name in ("last_positive_day", "last_exploring_day", "last_keyword_day")
    }
    sent = two if (two.last_touch or 0) > (one.last_touch or 0) else one
    told = two if (two.heard or 0) > (one.heard or 0) else one
    answered = max(one, two, key=lambda s: (s.last_reaction_day or 0, s is told))
    status, status_seq = strongest(one, two)
    added = [day for day in (one.added_day, two.added_day) if day is not None]
    return {
        **sums,
        **latest,
        "status": status,
        "status_seq": status_seq,
        "last_touch": sent.last_touch,
        "last_touch_day": sent.last_touch_day,
        "last_content": sent.last_content,
        "last_reaction": answered.last_reaction,
        "last_reaction_day": answered.last_reaction_day,
        "heard": told.heard,
        "heard_day": told.heard_day,
        "added_day": min(added, default=None),
    }


def strongest(one: ContactState, two: ContactState) -> tuple[Status, int | None]:
    """The stronger status of two and the event that set it.

    Of two alike that stop messages the later event counts. Two active ones
    count as never decided, unless both were taken up: a refusal elsewhere that
    stopped one of them goes on stopping both.
    """
    first, second = STRENGTH.index(one.status), STRENGTH.index(two.status)
    if first != second:
        stronger = one if first > second else two
        return stronger.status, stronger.status_seq
    if one.status_seq is None or two.status_seq is None:
        known = one.status_seq or two.status_seq
        return one.status, None if one.status is Status.ACTIVE else known
    choose = min if one.status is Status.ACTIVE else max
    return one.status, choose(one.status_seq, two.status_seq)


def joined_profile(one: Profile, two: Profile) -> dict[str, str]:
    """The survivor's fields first, empty ones filled, other values kept among the extra fields."""
    joined = {name: value for name, value in one.items() if value}
    extra: dict[str, str] = json.loads(one.get(EXTRA) or "{}")
    further: list[tuple[str, str]] = []
    for name, value in two.items():
        if not value or name == EXTRA:
            continue
        if name in LISTED:
            points = [*joined.get(name, "").split(","), *value.split(",")]
            joined[name] = ",".join(dict.fromkeys(filter(None, points)))
        elif joined.setdefault(name, value) != value:
            further.append((name, value))
    for name, value in json.loads(two.get(EXTRA) or "{}").items():
        told = ANOTHER.fullmatch(name)
        if told or extra.setdefault(name, value) != value:
            further.append((told[1] if told else name, value))
    for name, value in further:
        _add_another(joined, extra, name, value)
    if extra:
        joined[EXTRA] = json.dumps(extra, ensure_ascii=False)
    return joined


def other_values(profile: Profile) -> dict[str, list[str]]:
    """What a contact's fields were in those that were merged into it, by field."""
    if MORE not in profile.get(EXTRA, ""):
        return {}
    found: dict[str, list[str]] = {}
    for name, value in json.loads(profile[EXTRA]).items():
        if told := ANOTHER.fullmatch(name):
            found.setdefault(told[1], []).append(value)
    return found


def says(profile: Profile, name: str, value: str) -> bool:
    """Whether a field has a value, in the contact itself or in one merged into it."""
    return profile.get(name, "") == value or value in other_values(profile).get(name, ())


def _add_another(joined: dict[str, str], extra: dict[str, str], name: str, value: str) -> None:
    number = 2
    while value not in (joined.get(name), extra.get(name)):
        if extra.setdefault(f"{name} ({number})", value) == value:
            return
        number += 1


def _planned(
    one: ContactState, plans: Plans, two: ContactState, others: Plans
) -> tuple[ContactState, Plans]:
    """The survivor's plans; the other's where it has none.

    Interaction sequences that only the other walked are over, but known: a
    person does not enter them a second time by having been two.
    """
    if one.sequence is None:
        keep = ("sequence", "step", "due", "snoozed")
        return one._replace(**{name: getattr(two, name) for name in keep}), others
    known = plans_with(one, plans)
    over = {
        walk.sequence: walk._replace(step=None, due=None, snoozed=0)
        for walk in others.values()
        if walk.priority and walk.sequence not in known
    }
    return one, {**known, **over} if over else plans


def _joined_care(one: Mapping[str, Care], two: Mapping[str, Care]) -> dict[str, Care]:
    joined = dict(one)
    for name, care in two.items():
        known = joined.get(name, Care())
        joined[name] = Care(_latest(known.handled, care.handled), _latest(known.until, care.until))
    return joined


def _latest(one: int | None, two: int | None) -> int | None:
    return max((day for day in (one, two) if day is not None), default=None)
