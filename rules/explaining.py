"""Which part of a condition held for a contact: the condition taken apart as it was understood.

Invariant: a part that joins others stands before them, one level up; what is
told of each follows SQL's three-valued logic, as the whole condition does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.conditions import Condition, Sign, facts_of, truth_of
from rules.facts import FACTS, FactType, Value, shown_value
from rules.timing import iso_day

_JOINING = (Sign.AND, Sign.OR)
_COMPUTING = (Sign.PLUS, Sign.MINUS, Sign.TIMES)


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison of a rule, or what joins several."""

    depth: int
    """0 for what the rule asks first."""
    sign: Sign
    """`and` or `or` where it joins the parts after it that stand deeper."""
    text: str
    """A comparison as a rule would write it; blank for what joins others."""
    held: bool | None
    """None when a value that it needs is empty."""
    facts: Mapping[str, Value]
    """What a comparison reads, a day as an ISO date."""


def parts(node: Condition, values: Mapping[str, Value], depth: int = 0) -> Iterator[Part]:
    """The parts of a condition in its order; an `and` at the top goes without saying."""
    if node.sign not in _JOINING:
        yield part(node, values, depth)
        return
    if node.sign is not Sign.AND or depth:
        yield Part(depth, node.sign, "", truth_of(node)(values), {})
        depth += 1
    for each in node.parts:
        yield from parts(each, values, depth)


def part(node: Condition, values: Mapping[str, Value], depth: int = 0) -> Part:
    """One comparison with its answer and what it read."""
    read = dict.fromkeys(facts_of(node))
    seen = {name: shown_value(name, values[name]) for name in read}
    return Part(depth, node.sign, written(node), truth_of(node)(values), seen)


def written(node: Condition) -> str:
    """A condition as a rule would write it."""
    sign = node.sign
    if sign is Sign.TEXT:
        return _quoted(str(node.value))
    if not node.parts:
        return str(node.value)
    if sign is Sign.NOT:
        return f"not ({written(node.parts[0])})"
    for loose in (_JOINING, _COMPUTING):
        if sign in loose:
            return f" {sign.value} ".join(_within(part, loose) for part in node.parts)
    return _comparison(node)


def _comparison(node: Condition) -> str:
    days = any(map(_is_day, node.parts))
    first, *others = (_side(part, days=days) for part in node.parts)
    if node.sign is Sign.IS_NULL:
        return f"{first} is null"
    if node.sign is Sign.IN:
        return f"{first} in ({', '.join(others)})"
    if node.sign is Sign.BETWEEN:
        return f"{first} between {' and '.join(others)}"
    return f"{first} {node.sign.value} {others[0]}"


def _within(node: Condition, loose: tuple[Sign, ...]) -> str:
    return f"({written(node)})" if node.sign in loose else written(node)


def _side(node: Condition, *, days: bool) -> str:
    """One side of a comparison; the number of a day is written as its date."""
    if days and node.sign is Sign.NUMBER and isinstance(node.value, int):
        return _quoted(iso_day(node.value) or "")
    return written(node)


def _is_day(node: Condition) -> bool:
    if node.sign is Sign.FACT:
        return FACTS[str(node.value)].type is FactType.DAY
    if node.sign in (Sign.PLUS, Sign.MINUS):
        return _is_day(node.parts[0]) != _is_day(node.parts[1])
    return False


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
