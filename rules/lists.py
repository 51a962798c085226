"""Lists of people to follow up, and the order of Today, as rules over facts.

Invariant: which lists a contact stands on and how pressing it is follow from
its facts alone; `judged` and the SQL of `mask_sql` and `priority_sql` agree.
When an entry is due follows from the state and from the day since which the
contact stands on the list, which the store remembers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from rules.conditions import Bound, Compiled, matches
from rules.events import ContactState
from rules.facts import FACTS, Value, shown_value
from rules.wording import N_, sentence

if TYPE_CHECKING:
    from rules.rule_text import PredicateFault

MOST_LISTS = 60
"""Bits of the mask of a contact's lists, which 8 bytes hold with room to spare."""
MOST_PRESSING = 9
"""The highest priority; 0 is what nobody set."""
NO_VALUE = "–"
"""Stands in a reason where a fact is empty."""

_BLANK = re.compile(r"\{([^{}]*)\}|[{}]")


class DueFrom(StrEnum):
    """What the days of a due rule count from."""

    TODAY = "today"
    """The day on which the contact came onto the list."""
    REACTION = "reaction"
    """The latest reaction."""
    TOUCH = "touch"
    """The latest message."""
    ROUND = "round"
    """The list, the latest message, or the last time it was dealt with, whichever is later."""


@dataclass(frozen=True, slots=True)
class DueRule:
    """When an entry of a list is due."""

    start: DueFrom = DueFrom.TODAY
    days: int = 0

    def day(self, state: ContactState, since: int, handled: int | None = None) -> int:
        """The day number on which an entry is due.

        `since` is the day on which the contact came onto the list, `handled`
        the day on which somebody last dealt with the entry, if anybody did: it
        is not due again before as many days have passed, and one at least.
        """
        due = since
        if self.start is DueFrom.ROUND:
            due = max(since, state.last_touch_day or since) + self.days
        elif self.start is DueFrom.REACTION and state.last_reaction_day is not None:
            due = state.last_reaction_day + self.days
        elif self.start is DueFrom.TOUCH and state.last_touch_day is not None:
            due = state.last_touch_day + self.days
        return due if handled is None else max(due, handled + max(1, self.days))


@dataclass(frozen=True, slots=True)
class ListRule:
    """One list: who stands on it, when to follow up, and why."""

    id: str
    name: str
    when: Compiled
    due: DueRule = DueRule()
    reason: str = ""
    """One line, with facts in braces."""
    priority: int = 0
    """A contact on this list is at least as pressing, 0 to 9."""


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """Contacts that fulfil it are at least as pressing, 1 to 9."""

    when: Compiled
    priority: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say of one contact."""

    lists: tuple[str, ...]
    """Ids, in the order of the SOP."""
    priority: int


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule and what it saw, for "why is this contact here?"."""

    rule: str
    """The id of a list, or `priority 1`, `priority 2` in the order of the SOP."""
    matched: bool
    facts: Mapping[str, Value]
    """What the rule reads, a day as an ISO date."""


def judged(
    lists: Sequence[ListRule], priorities: Sequence[PriorityRule], values: Mapping[str, Value]
) -> Standing:
    """The lists and the priority of a contact with these facts."""
    on = [rule for rule in lists if matches(rule.when, values)]
    pressing = [rule.priority for rule in priorities if matches(rule.when, values)]
    highest = max([0, *pressing, *(rule.priority for rule in on)])
    return Standing(tuple(rule.id for rule in on), highest)


def explained(
    lists: Sequence[ListRule], priorities: Sequence[PriorityRule], values: Mapping[str, Value]
) -> tuple[Explained, ...]:
    """Every rule with its answer and the values it read."""
    named = [(rule.id, rule.when) for rule in lists]
    named += [(f"priority {n}", rule.when) for n, rule in enumerate(priorities, start=1)]
    return tuple(
        Explained(name, matches(when, values), {f: shown_value(f, values[f]) for f in when.facts})
        for name, when in named
    )


def mask_sql(numbered: Mapping[int, ListRule]) -> Bound:
    """The lists of a contact as bits, by the bit that stands for each list (0 to 59).

    One whole number over `contact_state s` and `:today`; the parameters begin
    with `r` and the bit.
    """
    params: dict[str, int | str] = {}
    parts = []
    for bit, rule in sorted(numbered.items()):
        bound = rule.when.bound(f"r{bit}")
        params |= bound.params
        parts.append(f"CASE WHEN {bound.sql} THEN CAST({1 << bit} AS BIGINT) ELSE 0 END")
    return Bound(" + ".join(parts) or "0", params)


def priority_sql(lists: Sequence[ListRule], priorities: Sequence[PriorityRule]) -> Bound:
    """How pressing a contact is, 0 to 9, as one whole number over `contact_state s`.

    The parameters begin with `p` and the place of the rule.
    """
    rules = [(rule.priority, rule.when) for rule in lists if rule.priority]
    rules += [(rule.priority, rule.when) for rule in priorities]
    params: dict[str, int | str] = {}
    cases = []
    for place, (priority, when) in enumerate(sorted(rules, key=lambda rule: -rule[0])):
        bound = when.bound(f"p{place}")
        params |= bound.params
        cases.append(f"WHEN {bound.sql} THEN {priority}")
    return Bound(f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0", params)


def digest(lists: Sequence[ListRule], priorities: Sequence[PriorityRule]) -> str:
    """Changes (64 hex digits) when who stands on a list or comes first may change."""
    deciding = [(rule.id, rule.when, rule.priority) for rule in lists]
    return sha256(repr((deciding, tuple(priorities))).encode()).hexdigest()


def check_reason(text: str) -> Iterator[PredicateFault]:
    """Every blank of a reason that is no fact, and every brace that stands alone."""
    # Imported here: rules are checked when they are read anew, not at every start.
    from rules.rule_text import PredicateFault, unknown_fact

    for found in _BLANK.finditer(text):
        name = found.group(1)
        if name in FACTS:
            continue
        if name is not None:
            yield unknown_fact(name, found.start())
            continue
        message = N_("a brace stands alone: a reason holds facts in braces, such as {fact}")
        what = sentence(message, fact="{touch_count}")
        yield PredicateFault(found.start(), what, tuple(FACTS))


def reason_text(rule: ListRule, words: Mapping[str, str]) -> str:
    """The reason of an entry, its facts as `words` has them; one that is empty is a dash."""
    return _BLANK.sub(lambda found: words.get(found.group(1) or "") or NO_VALUE, rule.reason)
