"""The facts: every value of a contact that a rule may read, in one table.

Invariant: a fact is computed from the contact's state and the day alone, and
its SQL and its `value` give the same for every state, so that one contact may
be judged in Python and all of them by one statement. An empty fact is NULL in
SQL and None here.

SQL is written over `contact_state s` and the parameter `:today`, in what
SQLite and PostgreSQL share; truths are 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.events import ContactState
from rules.nouns import Reaction, Status
from rules.timing import iso_day
from rules.wording import N_

Value = int | str | None
"""Of a fact; a day is its number."""


class FactType(StrEnum):
    """What a fact may be compared with."""

    INTEGER = "integer"
    TEXT = "text"
    DAY = "day"
    """A day number; written in a rule as 'YYYY-MM-DD' or `today`, give or take days."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One named value of a contact."""

    name: str
    type: FactType
    meaning: str
    """A message id."""
    sql: str
    """Over `contact_state s` and `:today`."""
    value: Callable[[ContactState, int], Value]
    """The same of a state, on a day."""
    empty: str = ""
    """A message id: when the fact has no value; blank when it always has one."""
    accepted: tuple[str, ...] = ()
    """All values that a text can have, where they are a fixed set."""


_NOT_PLANNED = N_("nothing is planned")
_NEVER_SENT = N_("nothing was sent yet")
_NEVER_REACTED = N_("no reaction yet")
_NEVER_POSITIVE = N_("no positive reaction yet")
_NEVER_EXPLORING = N_("no exploring reaction yet")
_NEVER_BOUGHT = N_("nothing bought yet")


def _since(day: int | None, today: int) -> int | None:
    return None if day is None else today - day


def _overdue(state: ContactState, today: int) -> int | None:
    return None if state.due is None else max(0, today - state.due)


def _reactions(state: ContactState) -> int:
    return state.friendly + state.positive + state.exploring + state.rejecting


def _is_finished(state: ContactState) -> bool:
    return state.sequence is not None and state.step is None


def _is_unanswered(state: ContactState) -> bool:
    if state.last_touch is None:
        return False
    return state.heard is None or state.heard < state.last_touch


def _is_settled(state: ContactState) -> bool:
    if state.stage_seq is None:
        return False
    return state.heard is None or state.heard < state.stage_seq


_STANDING = (
    Fact("stage", FactType.TEXT, N_("the stage"), "s.stage", lambda s, _: s.stage),
    Fact(
        "status",
        FactType.TEXT,
        N_("whether messages may go to the contact"),
        "s.status",
        lambda s, _: s.status.value,
        accepted=tuple(status.value for status in Status),
    ),
    Fact("owner", FactType.TEXT, N_("the operator"), "s.owner", lambda s, _: s.owner),
    Fact("today", FactType.DAY, N_("the desk's day"), ":today", lambda _, today: today),
)
_PLAN = (
    Fact(
        "sequence",
        FactType.TEXT,
        N_("the sequence that the contact walks, or walked to its end"),
        "s.sequence",
        lambda s, _: s.sequence,
        N_("never in a sequence"),
    ),
    Fact(
        "step",
        FactType.TEXT,
        N_("the step that comes next"),
        "s.step",
        lambda s, _: s.step,
        _NOT_PLANNED,
    ),
    Fact(
        "due_day",
        FactType.DAY,
        N_("the day on which the next step is due"),
        "s.due",
        lambda s, _: s.due,
        _NOT_PLANNED,
    ),
    Fact(
        "days_overdue",
        FactType.INTEGER,
        N_("days by which the next step is late; 0 when it is not"),
        "CASE WHEN s.due < :today THEN :today - s.due WHEN s.due IS NOT NULL THEN 0 END",
        _overdue,
        _NOT_PLANNED,
    ),
    Fact(
        "snoozed",
        FactType.INTEGER,
        N_("1 when the next step was put off by hand, else 0"),
        "s.snoozed",
        lambda s, _: s.snoozed,
    ),
    Fact(
        "finished",
        FactType.INTEGER,
        N_("1 when the sequence was walked to its end, else 0"),
        "CASE WHEN s.sequence IS NOT NULL AND s.step IS NULL THEN 1 ELSE 0 END",
        lambda s, _: int(_is_finished(s)),
    ),
)
_TOUCHES = (
    Fact(
        "touch_count",
        FactType.INTEGER,
        N_("messages sent, answers not counted"),
        "s.touches",
        lambda s, _: s.touches,
    ),
    Fact(
        "last_touch_day",
        FactType.DAY,
        N_("the day of the latest message"),
        "s.last_touch_day",
        lambda s, _: s.last_touch_day,
        _NEVER_SENT,
    ),
    Fact(
        "days_since_touch",
        FactType.INTEGER,
        N_("days since the latest message"),
        ":today - s.last_touch_day",
        lambda s, today: _since(s.last_touch_day, today),
        _NEVER_SENT,
    ),
    Fact(
        "last_content",
        FactType.TEXT,
        N_("the content that was sent last"),
        "s.last_content",
        lambda s, _: s.last_content,
        _NEVER_SENT,
    ),
    Fact(
        "unanswered",
        FactType.INTEGER,
        N_("1 when the contact has not written since the latest message, else 0"),
        "CASE WHEN s.last_touch IS NOT NULL AND (s.heard IS NULL OR s.heard < s.last_touch)"
        " THEN 1 ELSE 0 END",
        lambda s, _: int(_is_unanswered(s)),
    ),
)
_HEARD = (
    Fact(
        "days_since_added",
        FactType.INTEGER,
        N_("days since the contact came onto the desk"),
        ":today - s.added_day",
        lambda s, today: _since(s.added_day, today),
        N_("nobody knows when that was"),
    ),
    Fact(
        "silent_days",
        FactType.INTEGER,
        N_("days since the contact last wrote, or came onto the desk if it never wrote"),
        "CASE WHEN s.heard_day IS NOT NULL THEN :today - s.heard_day ELSE :today - s.added_day END",
        lambda s, today: _since(s.added_day if s.heard_day is None else s.heard_day, today),
        N_("nobody knows when that was"),
    ),
    Fact(
        "keyword_count",
        FactType.INTEGER,
        N_("replies with a keyword that a script asks for"),
        "s.keywords",
        lambda s, _: s.keywords,
    ),
    Fact(
        "days_since_keyword",
        FactType.INTEGER,
        N_("days since the latest reply with a keyword"),
        ":today - s.last_keyword_day",
        lambda s, today: _since(s.last_keyword_day, today),
        N_("no reply with a keyword yet"),
    ),
    Fact(
        "interest_count",
        FactType.INTEGER,
        N_("interest points known"),
        "s.interests",
        lambda s, _: s.interests,
    ),
    Fact(
        "stage_settled",
        FactType.INTEGER,
        N_("1 when the stage was moved, or a move declined, and nothing was heard since, else 0"),
        "CASE WHEN s.stage_seq IS NOT NULL AND (s.heard IS NULL OR s.heard < s.stage_seq)"
        " THEN 1 ELSE 0 END",
        lambda s, _: int(_is_settled(s)),
    ),
)
_REACTIONS = (
    Fact(
        "last_reaction",
        FactType.TEXT,
        N_("the latest reaction"),
        "s.last_reaction",
        lambda s, _: s.last_reaction.value if s.last_reaction else None,
        _NEVER_REACTED,
        tuple(reaction.value for reaction in Reaction),
    ),
    Fact(
        "last_reaction_day",
        FactType.DAY,
        N_("the day of the latest reaction"),
        "s.last_reaction_day",
        lambda s, _: s.last_reaction_day,
        _NEVER_REACTED,
    ),
    Fact(
        "days_since_reaction",
        FactType.INTEGER,
        N_("days since the latest reaction"),
        ":today - s.last_reaction_day",
        lambda s, today: _since(s.last_reaction_day, today),
        _NEVER_REACTED,
    ),
    Fact(
        "last_positive_day",
        FactType.DAY,
        N_("the day of the latest positive reaction"),
        "s.last_positive_day",
        lambda s, _: s.last_positive_day,
        _NEVER_POSITIVE,
    ),
    Fact(
        "days_since_positive",
        FactType.INTEGER,
        N_("days since the latest positive reaction"),
        ":today - s.last_positive_day",
        lambda s, today: _since(s.last_positive_day, today),
        _NEVER_POSITIVE,
    ),
    Fact(
        "last_exploring_day",
        FactType.DAY,
        N_("the day of the latest exploring reaction, also where a later one stands in its place"),
        "s.last_exploring_day",
        lambda s, _: s.last_exploring_day,
        _NEVER_EXPLORING,
    ),
    Fact(
        "days_since_exploring",
        FactType.INTEGER,
        N_("days since that exploring reaction"),
        ":today - s.last_exploring_day",
        lambda s, today: _since(s.last_exploring_day, today),
        _NEVER_EXPLORING,
    ),
    Fact(
        "friendly_count",
        FactType.INTEGER,
        N_("friendly reactions"),
        "s.friendly",
        lambda s, _: s.friendly,
    ),
    Fact(
        "positive_count",
        FactType.INTEGER,
        N_("positive reactions"),
        "s.positive",
        lambda s, _: s.positive,
    ),
    Fact(
        "exploring_count",
        FactType.INTEGER,
        N_("exploring reactions"),
        "s.exploring",
        lambda s, _: s.exploring,
    ),
    Fact(
        "rejecting_count",
        FactType.INTEGER,
        N_("rejecting reactions"),
        "s.rejecting",
        lambda s, _: s.rejecting,
    ),
    Fact(
        "reaction_count",
        FactType.INTEGER,
        N_("reactions of these four kinds together"),
        "s.friendly + s.positive + s.exploring + s.rejecting",
        lambda s, _: _reactions(s),
    ),
)

_BOUGHT = (
    Fact(
        "purchase_count",
        FactType.INTEGER,
        N_("purchases and contracts, as corrected"),
        "s.purchases",
        lambda s, _: s.purchases,
    ),
    Fact(
        "purchase_total",
        FactType.INTEGER,
        N_("what they add up to, in whole units of the currency of the latest"),
        "s.spent",
        lambda s, _: s.spent,
    ),
    Fact(
        "last_purchase_day",
        FactType.DAY,
        N_("the day of the latest purchase or contract"),
        "s.last_purchase_day",
        lambda s, _: s.last_purchase_day,
        _NEVER_BOUGHT,
    ),
    Fact(
        "days_since_purchase",
        FactType.INTEGER,
        N_("days since the latest purchase or contract"),
        ":today - s.last_purchase_day",
        lambda s, today: _since(s.last_purchase_day, today),
        _NEVER_BOUGHT,
    ),
)

OF_PURCHASES = frozenset(fact.name for fact in _BOUGHT)
"""Facts that a purchase changes."""

FACTS: Mapping[str, Fact] = {
    fact.name: fact for fact in (*_STANDING, *_PLAN, *_TOUCHES, *_HEARD, *_REACTIONS, *_BOUGHT)
}
"""Every fact by name, in the order of the page that lists them."""


def values(state: ContactState, today: int, only: Iterable[str] = FACTS) -> dict[str, Value]:
    """Facts of a contact on a day, all of them unless some are named."""
    return {name: FACTS[name].value(state, today) for name in only}


def shown_value(name: str, value: Value) -> Value:
    """A fact's value as programs get it: a day as an ISO date."""
    is_day = FACTS[name].type is FactType.DAY
    return iso_day(value) if is_day and isinstance(value, int) else value
