"""Lists of people to follow up, and the order of Today, as rules over facts.

Invariants: which lists a contact stands on and how pressing it is follow from
its facts alone; `judged` and the SQL of `mask_sql` and `priority_sql` agree.
Who is not to be contacted stands on no list, whatever a rule says, and a
proposal to move on rests until something new is heard. When an entry is due
follows from the state, from the day since which the contact stands on the
list, and from what was done about it, which the store remembers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from rules.conditions import Bound, Compiled, Condition, Sign, matches, truth_of
from rules.events import Care, ContactState
from rules.explaining import Part, part, parts
from rules.facts import FACTS, Value, shown_value
from rules.nouns import Status
from rules.wording import N_, sentence

if TYPE_CHECKING:
    from rules.rule_text import PredicateFault

MOST_LISTS = 60
"""Bits of the mask of a contact's lists, which 8 bytes hold with room to spare."""
MOST_PRESSING = 9
"""The highest priority; 0 is what nobody set."""
AGAIN = 7
"""Days after which an entry that was dealt with is due again, where its rule names none."""
PROPOSAL = "ready_for_next_stage"
"""The list whose entries propose a move to the next stage."""
NO_VALUE = "–"
"""Stands in a reason where a fact is empty."""

NO_BITS: Mapping[str, int] = {}
NO_CARE = Care()
"""Nobody did anything about an entry yet."""

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

    def day(self, state: ContactState, since: int, care: Care = NO_CARE) -> int:
        """The day number on which an entry is due.

        `since` is the day on which the contact came onto the list. Once dealt
        with, it is not due again before as many days have passed, `AGAIN` where
        the rule names none, or something new was heard on a later day; put off,
        not before the day that was chosen.
        """
        due = since
        if self.start is DueFrom.ROUND:
            due = max(since, state.last_touch_day or since) + self.days
        elif self.start is DueFrom.REACTION and state.last_reaction_day is not None:
            due = state.last_reaction_day + self.days
        elif self.start is DueFrom.TOUCH and state.last_touch_day is not None:
            due = state.last_touch_day + self.days
        if care.handled is not None:
            due = max(due, self._again(state, care.handled))
        return due if care.until is None else max(due, care.until)

    def _again(self, state: ContactState, handled: int) -> int:
        if state.heard_day is not None and state.heard_day > handled:
            return state.heard_day
        return handled + (self.days or AGAIN)

    @property
    def sql(self) -> str:
        """The same over `contact_state s`, an entry `e` and what was done about it, `c`."""
        days, due = int(self.days), "e.since"
        if self.start is DueFrom.ROUND:
            due = _later("e.since", "s.last_touch_day") + f" + {days}"
        elif self.start is not DueFrom.TODAY:
            of = f"s.last_{self.start.value}_day"
            due = f"CASE WHEN {of} IS NOT NULL THEN {of} + {days} ELSE e.since END"
        rests = f"c.handled + {days or AGAIN}"
        again = f"CASE WHEN s.heard_day > c.handled THEN s.heard_day ELSE {rests} END"
        due = _later(f"({due})", f"({again})")
        return _later(f"({due})", "c.until")


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


_REFUSED = Status.DO_NOT_CONTACT.value
_MAY_NOT = f"s.status = '{_REFUSED}'"
_OPEN = Condition(
    Sign.EQUAL, (Condition(Sign.FACT, (), "stage_settled"), Condition(Sign.NUMBER, (), 0))
)
"""Nothing was decided about the stage since something was last heard."""
_MAY = Condition(
    Sign.UNEQUAL, (Condition(Sign.FACT, (), "status"), Condition(Sign.TEXT, (), _REFUSED))
)
"""Holds for everybody whom a rule may list."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule and what it saw, for "why is this contact here?"."""

    rule: str
    """The id of a list, or `priority 1`, `priority 2` in the order of the SOP."""
    matched: bool
    facts: Mapping[str, Value]
    """What the rule reads, a day as an ISO date."""
    parts: tuple[Part, ...] = ()
    """The same, comparison by comparison."""


class Judge:
    """The rules of an SOP, made ready to be asked of many contacts."""

    def __init__(self, lists: Sequence[ListRule], priorities: Sequence[PriorityRule]) -> None:
        whens = [decides(rule) for rule in lists] + [rule.when for rule in priorities]
        read = (name for when in whens for name in when.facts)
        self.facts: tuple[str, ...] = tuple(dict.fromkeys(("status", *read)))
        """The facts that an answer rests on."""
        self._lists = [(r.id, r.priority, truth_of(decides(r).condition)) for r in lists]
        self._priorities = [(r.priority, truth_of(r.when.condition)) for r in priorities]

    def __call__(self, values: Mapping[str, Value]) -> Standing:
        """The lists and the priority of a contact with these facts."""
        if values["status"] == _REFUSED:
            return Standing((), 0)
        on, highest = [], 0
        for name, priority, fits in self._lists:
            if fits(values) is True:
                on.append(name)
                highest = max(highest, priority)
        for priority, fits in self._priorities:
            if priority > highest and fits(values) is True:
                highest = priority
        return Standing(tuple(on), highest)


def decides(rule: ListRule) -> Compiled:
    """Who stands on a list, of those who may be contacted."""
    if rule.id != PROPOSAL:
        return rule.when
    return Compiled(rule.when.text, Condition(Sign.AND, (_OPEN, rule.when.condition)))


def judged(
    lists: Sequence[ListRule], priorities: Sequence[PriorityRule], values: Mapping[str, Value]
) -> Standing:
    """The lists and the priority of a contact with these facts."""
    return Judge(lists, priorities)(values)


def explained(
    lists: Sequence[ListRule], priorities: Sequence[PriorityRule], values: Mapping[str, Value]
) -> tuple[Explained, ...]:
    """Every rule with its answer and the values it read; the status where that decides."""
    named = [(rule.id, decides(rule)) for rule in lists]
    named += [(f"priority {n}", rule.when) for n, rule in enumerate(priorities, start=1)]
    refused = values["status"] == _REFUSED
    also = ("status",) if refused else ()
    found = []
    for name, when in named:
        seen = {fact: shown_value(fact, values[fact]) for fact in (*also, *when.facts)}
        told = [*([part(_MAY, values)] if refused else []), *parts(when.condition, values)]
        found.append(Explained(name, not refused and matches(when, values), seen, tuple(told)))
    return tuple(found)


def mask_sql(numbered: Mapping[int, ListRule]) -> Bound:
    """The lists of a contact as bits, by the bit that stands for each list (0 to 59).

    One whole number over `contact_state s` and `:today`; the parameters begin
    with `r` and the bit.
    """
    params: dict[str, int | str] = {}
    parts = []
    for bit, rule in sorted(numbered.items()):
        bound = decides(rule).bound(f"r{bit}")
        params |= bound.params
        parts.append(f"CASE WHEN {bound.sql} THEN CAST({1 << bit} AS BIGINT) ELSE 0 END")
    return Bound(f"CASE WHEN {_MAY_NOT} THEN 0 ELSE {' + '.join(parts) or '0'} END", params)


def priority_sql(
    lists: Sequence[ListRule],
    priorities: Sequence[PriorityRule],
    known: Mapping[str, int] = NO_BITS,
) -> Bound:
    """How pressing a contact is, 0 to 9, as one whole number over `contact_state s`.

    The parameters begin with `p` and the place of the rule. Lists whose bits
    are `known` are read off the contact's flags instead of being asked anew.
    """
    rules = [(rule.priority, rule.id, decides(rule)) for rule in lists if rule.priority]
    rules += [(rule.priority, "", rule.when) for rule in priorities]
    params: dict[str, int | str] = {}
    cases = []
    for place, (priority, name, when) in enumerate(sorted(rules, key=lambda rule: -rule[0])):
        bound = when.bound(f"p{place}")
        if name in known:
            bound = Bound(f"(s.flags & {1 << known[name]}) <> 0", {})
        params |= bound.params
        cases.append(f"WHEN {bound.sql} THEN {priority}")
    return Bound(f"CASE WHEN {_MAY_NOT} THEN 0 {' '.join(cases)} ELSE 0 END", params)


def digest(lists: Sequence[ListRule], priorities: Sequence[PriorityRule]) -> str:
    """Changes (64 hex digits) when who stands on a list, comes first or is due may change."""
    deciding = [(rule.id, rule.when, rule.due, rule.priority) for rule in lists]
    return sha256(repr((deciding, tuple(priorities))).encode()).hexdigest()


def _later(one: str, other: str) -> str:
    """SQL: the later of two days, of which the other may be NULL."""
    return f"CASE WHEN {other} > {one} THEN {other} ELSE {one} END"


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
