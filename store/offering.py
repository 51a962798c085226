"""What may be sent to a contact now: the planned step, its scripts filled, or why not.

Which script comes first is drawn from a chance that contact, step and day fix,
so that the same moment read twice suggests the same words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from rules.events import ContactState, Plans, Touch
from rules.interactions import is_over
from rules.nouns import Split, Walked
from rules.planning import step_of
from rules.reacting import answers
from rules.sending import Ask, Blocked, Used, Why, may_send, month_start
from rules.shift import Shift
from rules.sop import Content, Step
from rules.timing import Moment, date_of
from rules.verdicts import Evidence
from rules.wording import N_, DeskError, sentence
from scripts.choosing import (
    Choice,
    Offer,
    VariantEvidence,
    choose_variant,
    fixed_split,
    offers,
    why_none,
)
from scripts.naming import salutation
from store import profiles, states
from store.namesakes import refused_elsewhere
from store.phones import phone_key
from store.statements import run

WEEK = 7
_REFUSED_ELSEWHERE = N_("somebody with the same phone or id on this desk asked not to be contacted")


class NotOnDesk(DeskError):
    """No such contact."""

    def __init__(self, contact: int) -> None:
        super().__init__(sentence(N_("contact {contact} is not on this desk"), contact=contact))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The script of a content that was chosen for a contact on a day."""

    day: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Offered:
    """A contact as the card shows it: who it is, what could be sent, and what stands against it."""

    contact: int
    profile: Mapping[str, str]
    state: ContactState
    step: Step | None
    content: Content | None
    scripts: tuple[Offer, ...]
    """Filled scripts, the suggested one first; empty when nothing can be sent."""
    blocked: Blocked | None
    used: Used = field(default_factory=Used)
    """What counts against the caps already."""
    suggestion: Suggestion | None = None
    """Why the first script is the first; None when there was nothing to choose."""
    plans: Plans = field(default_factory=dict)
    """All plans of a contact that has several, the one in front among them."""

    @property
    def next_due(self) -> int | None:
        """The day number of the next message; None where the contact refused, by any name."""
        return None if self.is_refused else self.state.next_due

    @property
    def is_refused(self) -> bool:
        """Whether the person asked not to be contacted, as this contact or as another one."""
        return self.blocked is not None and self.blocked.why is Why.DO_NOT_CONTACT


def called(profile: Mapping[str, str]) -> str:
    """The name somebody can be addressed by; "" when only a phone, an id or an email names them."""
    name = profile.get("name", "")
    if name in [profile.get(f, "") for f in ("phone", "handle", "external_id", "email")]:
        return ""
    if any(c.isalpha() for c in name):
        return name
    phone = phone_key(profile.get("phone", ""))
    return "" if phone and phone_key(name) == phone else name


def values_for(
    profile: Mapping[str, str], content: Content | None, operator: str
) -> dict[str, str]:
    """What the blanks of a script are filled with."""
    interest = profile.get("interest", "").split(",")[0]
    name = called(profile)
    return {
        "name": name,
        "salutation": salutation(name, profile.get("title", "")) if name else "",
        "company": profile.get("company", ""),
        "title": profile.get("title", ""),
        "interest": interest,
        "content": content.title if content else "",
        "keyword": content.keyword if content else "",
        "operator": operator,
    }


def used(db: sqlite3.Connection, state: ContactState, operator: str, day: int) -> Used:
    """Touches that count against the caps on `day`."""
    values = {
        "contact": state.contact,
        "week": day - WEEK + 1,
        "month": month_start(day),
        "operator": operator,
        "day": day,
    }
    return Used(*run(db, "used", values).fetchone())


def offer(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    contact: int,
    content_id: str | None = None,
    *,
    answer: bool = False,
    suggested: Mapping[str, Suggestion] | None = None,
) -> Offered:
    """What can go to a contact at `now`: its planned step, or the content asked for.

    `suggested` are what was suggested to this contact before, by content: on
    the same day it stays, whatever came back meanwhile. Raises NotOnDesk.
    Everything that forbids the message is in `blocked`; to who refused, also as
    another contact, no content and no script is offered.
    """
    state = states.state_of(db, contact)
    profile = profiles.profile_of(db, contact)
    if state is None or profile is None:
        raise NotOnDesk(contact)
    step = step_of(shift.sop, state)
    planned = content_id is None or (step is not None and step.content == content_id)
    ask = Ask.ANSWER if answer else Ask.PLANNED if planned and not content_id else Ask.CHOSEN
    wanted = content_id or (step.content if step else None)
    content = shift.sop.contents.get(wanted) if wanted else None
    counts = used(db, state, shift.operator, now.day)
    blocked = _forbidden(db, shift, now, state, profile, ask, counts, step if planned else None)
    if blocked is not None and blocked.why is Why.DO_NOT_CONTACT:
        wanted = content = None  # words on a screen or in a file are an offer already
    scripts = filled(shift, state, profile, content)
    known = (suggested or {}).get(content.id) if content else None
    suggestion = _suggestion(db, shift, now.day, state, scripts, content, known)
    if blocked is None:
        blocked = _nothing_to_send(shift, state, profile, content, wanted, scripts)
    return Offered(
        contact,
        profile,
        state,
        step if planned else None,
        content,
        _first(suggestion, scripts),
        blocked,
        counts,
        suggestion,
        states.plans_of(db, contact),
    )


def _forbidden(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    state: ContactState,
    profile: Mapping[str, str],
    ask: Ask,
    counts: Used,
    planned: Step | None,
) -> Blocked | None:
    """What stands against any message of this kind, whatever its words."""
    window = planned.window if planned is not None else None
    blocked = may_send(state, ask, now, counts, shift.settings, shift.calendar, window)
    known = blocked is not None and blocked.why is Why.DO_NOT_CONTACT
    if not known and refused_elsewhere(db, state, profile):
        return Blocked(Why.DO_NOT_CONTACT, sentence(_REFUSED_ELSEWHERE))
    if blocked is not None:
        return blocked
    return None if planned is None else _too_late(shift, state, planned, now.day)


def stands_against(
    db: sqlite3.Connection, shift: Shift, now: Moment, state: ContactState
) -> Blocked | None:
    """What forbids any message that is chosen by hand for a contact at `now`."""
    profile = profiles.profile_of(db, state.contact) or {}
    counts = used(db, state, shift.operator, now.day)
    return _forbidden(db, shift, now, state, profile, Ask.CHOSEN, counts, None)


def filled(
    shift: Shift, state: ContactState, profile: Mapping[str, str], content: Content | None
) -> tuple[Offer, ...]:
    """The scripts of a content that fit the contact, in the order of the file."""
    if content is None:
        return ()
    return offers(content, state.stage, values_for(profile, content, shift.operator))


def suggest(
    db: sqlite3.Connection,
    shift: Shift,
    day: int,
    state: ContactState,
    scripts: Sequence[Offer],
    content: Content,
) -> Suggestion:
    """Chooses among the scripts that can be sent, by what came back to their present texts."""
    variants = [script.variant for script in scripts]
    if shift.settings.variants is Split.FIXED:
        chosen = fixed_split(content.id, state.contact, variants)
        return Suggestion(day, Choice(chosen, sentence(N_("every script goes out as often"))))
    known = evidence_of(db, content.id, shift.sop.version)
    candidates = [VariantEvidence(v, known.get((v.id, v.digest), Evidence())) for v in variants]
    lots = Random(f"{state.contact} {content.id} {state.step} {day}")  # noqa: S311 - no secret
    return Suggestion(day, choose_variant(candidates, lots))


def evidence_of(
    db: sqlite3.Connection, content: str, version: str
) -> dict[tuple[str, str], Evidence]:
    """What came back to each script of a content, by variant and digest; one indexed read."""
    rows = run(db, "script_stats", {"content": content, "version": version})
    return {(variant, digest): Evidence(*counts) for variant, digest, *counts in rows}


def _suggestion(
    db: sqlite3.Connection,
    shift: Shift,
    day: int,
    state: ContactState,
    scripts: Sequence[Offer],
    content: Content | None,
    known: Suggestion | None,
) -> Suggestion | None:
    """What was suggested before on this day, if it can still be sent as it was, else anew."""
    if content is None or len(scripts) < 2:
        return None
    if known and known.day == day and any(s.variant == known.choice.variant for s in scripts):
        return known
    return suggest(db, shift, day, state, scripts, content)


def _first(suggestion: Suggestion | None, scripts: Sequence[Offer]) -> tuple[Offer, ...]:
    """The scripts with the suggested one first, the others in the order of the file."""
    if suggestion is None:
        return tuple(scripts)
    return tuple(sorted(scripts, key=lambda s: s.variant != suggestion.choice.variant))


def credited(db: sqlite3.Connection, shift: Shift, state: ContactState, day: int) -> Touch | None:
    """The touch that a reaction on `day` would be credited to."""
    if state.last_touch is None:
        return None
    latest = states.touch_of(db, state.last_touch)
    return latest if answers(latest, day, shift.settings.credit_days) is not None else None


def _too_late(shift: Shift, state: ContactState, step: Step, day: int) -> Blocked | None:
    """A step of an event that is over: it gives way when the desk is next opened."""
    sequence = shift.sop.sequence(state.sequence or "")
    if sequence is None or sequence.kind is not Walked.EVENT or not is_over(sequence, step, day):
        return None
    told = sentence(N_("{name} was on {day}"), name=sequence.name, day=date_of(sequence.on or day))
    return Blocked(Why.TOO_LATE, told)


def _nothing_to_send(
    shift: Shift,
    state: ContactState,
    profile: Mapping[str, str],
    content: Content | None,
    wanted: str | None,
    scripts: tuple[Offer, ...],
) -> Blocked | None:
    if wanted is None:
        gone = sentence(N_('the SOP no longer has the step "{step}"'), step=state.step or "")
        return Blocked(Why.UNKNOWN_CONTENT, gone)
    if content is None:
        reason = sentence(N_('the SOP has no content "{content}"'), content=wanted)
        return Blocked(Why.UNKNOWN_CONTENT, reason)
    if scripts:
        return None
    values = values_for(profile, content, shift.operator)
    return Blocked(Why.NO_SCRIPT, why_none(content, state.stage, values))
