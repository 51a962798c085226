"""`rules.yaml`: lists of people to follow up, who comes first on Today, and verdicts.

Every section may be left out. A rule is compiled when the file is read, so
that a wrong one is a fault with its place and never runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.lists import (
    MOST_LISTS,
    MOST_PRESSING,
    DueFrom,
    DueRule,
    ListRule,
    PriorityRule,
)
from rules.predicates import Compiled, Known, PredicateFault, compile_predicate
from rules.reasons import check_reason
from rules.verdicts import VerdictRules
from rules.wording import N_, sentence
from sop_content.faults import FaultList, shortened
from sop_content.fields import Record
from sop_content.marked_yaml import Node, Scalar
from sop_content.places import Ids
from sop_content.verdict_fields import read_verdicts

FIELDS = ("lists", "priority", "verdicts")
LIST_FIELDS = ("id", "name", "when", "due", "reason", "priority")
PRIORITY_FIELDS = ("when", "priority")
THE_RULES = sentence(N_("the rules"))
A_LIST = sentence(N_("a list"))
A_PRIORITY = sentence(N_("a rule for the priority"))
MOST_DAYS = 3650
DUE_FORMS = ("today", "every 7 days", "7 days after the reaction", "7 days after the touch")

_EVERY = re.compile(r"every ([1-9][0-9]{0,3}) days?")
_AFTER = re.compile(r"([0-9]{1,4}) days? after the (reaction|touch)")


@dataclass(frozen=True)
class Rules:
    """What `rules.yaml` says."""

    lists: tuple[ListRule, ...] = ()
    priorities: tuple[PriorityRule, ...] = ()
    verdicts: VerdictRules = field(default_factory=VerdictRules)


NO_RULES = Rules()


def read_rules(root: Node | None, known: Known, faults: FaultList) -> Rules:
    """The rules of a file's root; None means a file without any field."""
    record = Record.of(root, THE_RULES, FIELDS, faults)
    if record is None:
        return NO_RULES
    return Rules(
        tuple(_lists(record, known)),
        tuple(_priorities(record, known)),
        read_verdicts(record.node("verdicts"), faults),
    )


def _lists(rules: Record, known: Known) -> Iterator[ListRule]:
    ids = Ids(A_LIST)
    for place, item in enumerate(rules.items("lists")):
        record = Record.of(item, A_LIST, LIST_FIELDS, rules.faults)
        if record is None:
            continue
        if place == MOST_LISTS:
            message = N_("an SOP has {count} lists at most: delete some")
            record.faults.error(record.table, sentence(message, count=MOST_LISTS))
            return
        list_id = record.id()
        ids.claim(list_id, record.place("id"), record.faults)
        name, when = record.needed_text("name"), read_when(record, known)
        due, reason = _due(record), _reason(record)
        priority = record.number("priority", 0, MOST_PRESSING, 0)
        if when is not None:
            yield ListRule(list_id, name, when, due, reason, priority)


def _priorities(rules: Record, known: Known) -> Iterator[PriorityRule]:
    for item in rules.items("priority"):
        record = Record.of(item, A_PRIORITY, PRIORITY_FIELDS, rules.faults)
        if record is None:
            continue
        when = read_when(record, known)
        record.need("priority")
        priority = record.number("priority", 1, MOST_PRESSING, 1)
        if when is not None:
            yield PriorityRule(when, priority)


def read_when(record: Record, known: Known) -> Compiled | None:
    """The condition of a record; None (told) when there is none that can be used."""
    found = record.scalar("when") if record.need("when") else None
    if found is None or record.faults.full:
        return None
    compiled = compile_predicate(found.value, known)
    if isinstance(compiled, Compiled):
        return compiled
    _tell(found, compiled, record.faults)
    return None


def _reason(record: Record) -> str:
    text = record.needed_text("reason")
    found = record.scalar("reason") if text else None
    for fault in check_reason(found.value) if found else ():
        _tell(found, fault, record.faults)
    return text


def _tell(found: Scalar | None, fault: PredicateFault, faults: FaultList) -> None:
    """A fault inside a text, at its place in the file."""
    if found is not None:
        last = max(len(found.value) - 1, 0)
        faults.error(found.spot_of(min(fault.offset, last)), fault.message, fault.accepted)


def _due(record: Record) -> DueRule:
    found = record.scalar("due")
    words = " ".join(found.value.split()) if found else DueFrom.TODAY.value
    if words == DueFrom.TODAY.value:
        return DueRule()
    every, after = _EVERY.fullmatch(words), _AFTER.fullmatch(words)
    if every and int(every[1]) <= MOST_DAYS:
        return DueRule(DueFrom.ROUND, int(every[1]))
    if after and int(after[1]) <= MOST_DAYS:
        return DueRule(DueFrom(after[2]), int(after[1]))
    message = N_('"{word}" does not say when: write one of {accepted}')
    accepted = ", ".join(f'"{form}"' for form in DUE_FORMS)
    what = sentence(message, word=shortened(words), accepted=accepted)
    record.faults.error(record.place("due"), what, DUE_FORMS)
    return DueRule()
