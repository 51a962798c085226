"""What an operator does: send, log a reaction, refuse, resume, postpone, note.

Each verb reads the state inside its own write transaction, asks the rules what
follows, writes the event with that outcome and everything derived from it, and
returns a frozen value. A send that the rules forbid writes nothing and returns
the reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules import interactions, planning, reacting, staging
from rules.events import UNDECIDED, ContactState, Event, Plans, Then, Touch
from rules.nouns import Kind, Reaction, Status
from rules.plain_text import NOTE_LIMIT, keep
from rules.sending import Blocked, Why
from rules.shift import Shift
from rules.timing import Moment, working_day_from
from rules.walks import stage_walked
from rules.wording import N_, DeskError, sentence
from scripts.choosing import Offer
from store import derived, log
from store.connection import transaction
from store.offering import NotOnDesk, Offered, Suggestion, credited, offer
from store.statements import run


class NeedsReason(DeskError):
    """The verb asks for a reason and got none."""

    def __init__(self) -> None:
        super().__init__(
            sentence(N_("a reason is needed")), sentence(N_("Say why, in a few words"))
        )


class NothingToResume(DeskError):
    def __init__(self) -> None:
        super().__init__(sentence(N_("this contact is active already")))


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb wrote, and the contact's state after it."""

    event: Event
    state: ContactState


def draft(shift: Shift, now: Moment, kind: Kind, contact: int | None, **told: Any) -> Event:
    """An event of this operator at this moment; `told` are the fields that a verb decides."""
    return Event(
        uuid=log.new_uuid(now.at_ms),
        at_ms=now.at_ms,
        offset=now.offset,
        day=now.day,
        operator=shift.operator,
        kind=kind,
        contact=contact,
        **told,
    )


def write(
    db: sqlite3.Connection,
    event: Event,
    before: ContactState,
    answered: Touch | None = None,
    plans: Plans | None = None,
) -> Done:
    """Appends an event about one contact and derives what follows; inside a transaction.

    What is given as `derived.record` takes it is not read a second time.
    """
    written = log.append(db, event)
    return Done(written, derived.record(db, written, before, answered, plans))


def send(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    contact: int,
    content: str | None = None,
    variant: str | None = None,
    *,
    answer: bool = False,
    suggested: Mapping[str, Suggestion] | None = None,
) -> Done | Blocked:
    """Records that a message was sent, if it may be: check and write are one transaction.

    `suggested` is what was shown as the first script, by content: its chance is logged.
    """
    with transaction(db):
        offered = offer(db, shift, now, contact, content, answer=answer, suggested=suggested)
        if offered.blocked is not None:
            return offered.blocked
        chosen = next((o for o in offered.scripts if variant in (None, o.variant.id)), None)
        if chosen is None:
            reason = sentence(
                N_('this content has no script "{variant}" to offer'), variant=variant
            )
            return Blocked(Why.NO_SCRIPT, reason)
        event = _message(shift, now, offered, chosen, answer=answer)
        _keep_script(db, event, chosen)
        return write(db, event, offered.state, plans=offered.plans)


def react(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    contact: int,
    reaction: Reaction,
    words: Mapping[str, str] | None = None,
) -> Done:
    """Logs a reaction; always kept, credited to the touch it answers if there is one.

    `words` may hold the reply, a note and interest points. One that takes the
    place of a rejection or loss of the same day takes that one back with all
    that followed from it. Raises NotOnDesk.
    """
    with transaction(db):
        state = _state(db, contact)
        answered = credited(db, shift, state, now.day)
        wrong = _corrected(db, shift, now, state, answered, reaction)
        if wrong is not None:
            # By the contact that it was told of, so that it is undone after an un-merge too.
            log.append(db, draft(shift, now, Kind.UNDO, wrong.contact)._replace(ref=wrong.seq))
            derived.refold(db, contact)
            state = _state(db, contact)
            answered = credited(db, shift, state, now.day)
        plans = derived.plans_of(db, contact)
        ended = interactions.after_reaction(plans, reaction, shift).plans
        event = draft(
            shift,
            now,
            Kind.REACTION,
            contact,
            reaction=reaction,
            stage=state.stage,
            ref=None if answered is None else answered.seq,
            content=None if answered is None else answered.content,
            variant=None if answered is None else answered.variant,
            digest=None if answered is None else answered.digest,
            version=None if answered is None else answered.version,
            then=reacting.what_follows(reaction, state)._replace(plans=ended),
            text=kept_words(words or {}),
        )
        return write(db, event, state, answered, plans)


def _corrected(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    state: ContactState,
    answered: Touch | None,
    reaction: Reaction,
) -> Event | None:
    """Another reaction of today to the same message, by which the contact stands aside."""
    if state.status not in (Status.PAUSED, Status.LOST) or state.status_seq is None:
        return None
    told = next(log.events(db, "event_by_seq", seq=state.status_seq), None)
    corrects = (
        told is not None
        and told.kind is Kind.REACTION
        and told.reaction is not reaction
        and (told.operator, told.day) == (shift.operator, now.day)
        and told.ref == (None if answered is None else answered.seq)
    )
    return told if corrects else None


def note(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, words: Mapping[str, str]
) -> Done:
    """Keeps a note and interest points. Raises NeedsReason when all of it is empty."""
    kept = kept_words(words)
    if not kept:
        raise NeedsReason
    with transaction(db):
        event = draft(shift, now, Kind.NOTE, contact, text=kept)
        return write(db, event, _state(db, contact))


def refuse(db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, reason: str) -> Done:
    """Do not contact: stops every send on every path. Raises NeedsReason, NotOnDesk."""
    text = _reason(reason)
    with transaction(db):
        state = _state(db, contact)
        event = draft(
            shift,
            now,
            Kind.REFUSED,
            contact,
            then=Then(status=Status.DO_NOT_CONTACT),
            stage=state.stage,
            text=text,
        )
        return write(db, event, state)


def resume(db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, reason: str) -> Done:
    """Takes back a pause, a loss or a do-not-contact, with the reason for it."""
    text = _reason(reason)
    with transaction(db):
        state = _state(db, contact)
        if state.status is Status.ACTIVE:
            raise NothingToResume
        plans = derived.plans_of(db, contact)
        if plans:
            plan = interactions.resumed(plans, state, now.day, shift)
        else:
            plan = planning.after_resume(state, now.day, shift.settings, shift.calendar)
        event = draft(
            shift,
            now,
            Kind.RESUMED,
            contact,
            then=plan._replace(status=Status.ACTIVE),
            stage=state.stage,
            text=text,
        )
        return write(db, event, state)


def keyword(db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, word: str) -> Done:
    """The contact replied with a keyword. Raises NeedsReason without a word, NotOnDesk.

    Tells the touch that it answers; a reaction, if it is one too, is logged on its own.
    """
    text = kept_words({"keyword": word})
    if not text:
        raise NeedsReason
    with transaction(db):
        state = _state(db, contact)
        answered = credited(db, shift, state, now.day)
        plans = derived.plans_of(db, contact)
        heard = interactions.after_answer(plans, shift)
        event = draft(
            shift,
            now,
            Kind.KEYWORD,
            contact,
            then=heard,
            ref=None if answered is None else answered.seq,
            content=None if answered is None else answered.content,
            version=None if answered is None else answered.version,
            stage=state.stage,
            text=text,
        )
        return write(db, event, state, plans=plans)


def snooze(db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, day: int) -> Done:
    """Puts the next step off to the first working day from `day`, which lies in the future."""
    with transaction(db):
        state = _state(db, contact)
        if state.step is None or state.next_due is None:
            raise DeskError(sentence(N_("nothing is planned for this contact, so nothing waits")))
        due = working_day_from(max(day, now.day + 1), shift.calendar)
        plans = derived.plans_of(db, contact)
        then = interactions.put_off(plans, state, due, by_hand=True) if plans else Then(due=due)
        event = draft(shift, now, Kind.SNOOZE, contact, then=then)
        return write(db, event, state)


def _message(shift: Shift, now: Moment, offered: Offered, chosen: Offer, *, answer: bool) -> Event:
    content = offered.content
    return draft(
        shift,
        now,
        Kind.ANSWER if answer else Kind.TOUCH,
        offered.contact,
        content=content.id if content else None,
        variant=chosen.variant.id,
        digest=chosen.variant.digest,
        version=shift.sop.version,
        channel=shift.settings.channel.value,
        stage=offered.state.stage,
        step=offered.step.id if offered.step else None,
        then=_after_answer(shift, offered, now.day)
        if answer
        else with_chance(_plan(shift, offered, now.day), offered),
    )


def _after_answer(shift: Shift, offered: Offered, day: int) -> Then:
    """What was due comes later: who was just answered gets no planned message the same day."""
    state = offered.state
    if state.due is None or state.due > day or not shift.calendar.is_working(day):
        return UNDECIDED
    due = working_day_from(day + 1, shift.calendar)
    if offered.plans:
        return interactions.put_off(offered.plans, state, due, by_hand=False)
    return Then(due=due)


def _plan(shift: Shift, offered: Offered, day: int) -> Then:
    """What is due after this send: the step after it, or the waiting step at its interval."""
    state, step = offered.state, offered.step
    if offered.plans:
        return interactions.after_message(offered.plans, state, step, day, shift)
    sequence = shift.sop.sequence(state.sequence or "")
    if step is None or sequence is None:
        return planning.after_chosen(state, day, shift.settings, shift.calendar)
    return planning.after_touch(sequence, step, state.stage, day, shift.calendar)


def with_chance(plan: Then, offered: Offered) -> Then:
    """The plan, and what chance had to do with the script that was suggested."""
    choice = offered.suggestion.choice if offered.suggestion else None
    if choice is None or choice.lot is None:
        return plan
    drawn = tuple((variant, round(worth, 4)) for variant, worth in choice.drawn.items())
    return plan._replace(lot=round(choice.lot, 4), drawn=drawn)


def _keep_script(db: sqlite3.Connection, event: Event, chosen: Offer) -> None:
    run(
        db,
        "keep_script",
        {
            "digest": event.digest,
            "content": event.content,
            "variant": event.variant,
            "body": chosen.variant.text,
        },
    )


def move(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    state: ContactState,
    stage: str,
    text: Mapping[str, str],
) -> Done:
    """Moves a contact to a stage of the SOP and into its sequence; inside a transaction."""
    walked = stage_walked(derived.plans_of(db, state.contact), state)
    event = draft(
        shift,
        now,
        Kind.STAGE,
        state.contact,
        stage=state.stage,
        version=shift.sop.version,
        then=staging.moved(shift.sop, walked, stage, now.day, shift.calendar),
        text=dict(text),
    )
    return write(db, event, state)


def _state(db: sqlite3.Connection, contact: int) -> ContactState:
    state = derived.state_of(db, contact)
    if state is None:
        raise NotOnDesk(contact)
    return state


def kept_words(words: Mapping[str, str]) -> dict[str, str]:
    """Personal words as they are kept, without those that are empty."""
    kept = {name: keep(text, NOTE_LIMIT).strip() for name, text in words.items()}
    return {name: text for name, text in kept.items() if text}


def _reason(reason: str) -> dict[str, str]:
    kept = kept_words({"reason": reason})
    if not kept:
        raise NeedsReason
    return kept
