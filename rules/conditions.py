"""Conditions over facts after they were checked: a tree that becomes SQL, or judges one contact.

Invariants: both ways give the same, in SQL's three-valued logic; every number
and text of a rule becomes a bound parameter, named so that several conditions
can stand in one statement. Knows no parser: a tree is built by
`rules.predicates` once, and kept.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.facts import FACTS, Value


class Sign(StrEnum):
    """What a node of a condition is. The values are kept on disk."""

    FACT = "fact"
    NUMBER = "number"
    TEXT = "text"
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"
    """One of: the first part is one of the others, which are numbers or texts."""
    BETWEEN = "between"
    """Three parts; both bounds belong to it."""
    IS_NULL = "is null"
    NOT = "not"
    AND = "and"
    """Two parts or more."""
    OR = "or"
    """Two parts or more."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One node: a fact, a number or a text has a value, everything else has parts."""

    sign: Sign
    parts: tuple[Condition, ...] = ()
    value: int | str = ""
    """The name of a fact, a whole number, or a text."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A piece of SQL over `contact_state s`, and what its parameters are, without `today`."""

    sql: str
    params: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule's condition as it was written and as it was understood."""

    text: str
    condition: Condition

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it reads, each once, in order."""
        return tuple(dict.fromkeys(_facts(self.condition)))

    def bound(self, prefix: str) -> Bound:
        """Its SQL, true, false or NULL; the parameters are `:{prefix}_0` and so on."""
        params: dict[str, int | str] = {}
        return Bound(_sql(self.condition, prefix, params), params)


Arithmetic = Callable[[int, int], int]
Comparison = Callable[[int | str, int | str], bool]

_ARITHMETIC: Mapping[Sign, Arithmetic] = {
    Sign.PLUS: operator.add,
    Sign.MINUS: operator.sub,
    Sign.TIMES: operator.mul,
}
_COMPARISONS: Mapping[Sign, Comparison] = {
    Sign.EQUAL: operator.eq,
    Sign.UNEQUAL: operator.ne,
    Sign.LESS: operator.lt,
    Sign.AT_MOST: operator.le,
    Sign.MORE: operator.gt,
    Sign.AT_LEAST: operator.ge,
}


def matches(compiled: Compiled, values: Mapping[str, Value]) -> bool:
    """Whether a contact with these facts fulfils a condition; what is NULL does not."""
    return _truth(compiled.condition, values) is True


def condition_from(kept: Mapping[str, object]) -> Condition:
    """A condition from what `dataclasses.asdict` made of it. Raises ValueError, KeyError or
    TypeError for anything else."""
    sign, value, parts = Sign(str(kept["sign"])), kept["value"], kept["parts"]
    if not isinstance(value, int | str) or not isinstance(parts, list | tuple):
        raise TypeError(sign)
    if sign is Sign.FACT and value not in FACTS:
        raise ValueError(value)
    return Condition(sign, tuple(condition_from(part) for part in parts), value)


def _facts(node: Condition) -> Iterator[str]:
    if node.sign is Sign.FACT:
        yield str(node.value)
    for part in node.parts:
        yield from _facts(part)


def _sql(node: Condition, prefix: str, params: dict[str, int | str]) -> str:
    sign = node.sign
    if sign is Sign.FACT:
        return f"({FACTS[str(node.value)].sql})"
    if sign in (Sign.NUMBER, Sign.TEXT):
        name = f"{prefix}_{len(params)}"
        params[name] = node.value
        return f":{name}"
    parts = [_sql(part, prefix, params) for part in node.parts]
    if sign in _ARITHMETIC:
        # PostgreSQL takes the width of a sum from its parts, and 4 bytes overflow.
        parts[0] = f"CAST({parts[0]} AS BIGINT)"
    return f"({_written(sign, parts)})"


def _written(sign: Sign, parts: list[str]) -> str:
    if sign is Sign.IN:
        return f"{parts[0]} IN ({', '.join(parts[1:])})"
    if sign is Sign.BETWEEN:
        return f"{parts[0]} BETWEEN {parts[1]} AND {parts[2]}"
    if sign is Sign.IS_NULL:
        return f"{parts[0]} IS NULL"
    if sign is Sign.NOT:
        return f"NOT {parts[0]}"
    return f" {sign.value.upper()} ".join(parts)


def _term(node: Condition, values: Mapping[str, Value]) -> Value:
    if node.sign is Sign.FACT:
        return values[str(node.value)]
    if not node.parts:
        return node.value
    left, right = _term(node.parts[0], values), _term(node.parts[1], values)
    if isinstance(left, int) and isinstance(right, int):
        return _ARITHMETIC[node.sign](left, right)
    return None


def _truth(node: Condition, values: Mapping[str, Value]) -> bool | None:
    sign, parts = node.sign, node.parts
    if sign in (Sign.AND, Sign.OR):
        return _joined((_truth(part, values) for part in parts), decisive=sign is Sign.OR)
    if sign is Sign.NOT:
        inner = _truth(parts[0], values)
        return None if inner is None else not inner
    terms = [_term(part, values) for part in parts]
    if sign is Sign.IS_NULL:
        return terms[0] is None
    if sign is Sign.BETWEEN:
        value, low, high = terms
        both = (_compared(Sign.AT_LEAST, value, low), _compared(Sign.AT_MOST, value, high))
        return _joined(both, decisive=False)
    if sign is Sign.IN:
        return None if terms[0] is None else terms[0] in terms[1:]
    return _compared(sign, terms[0], terms[1])


def _joined(truths: Iterable[bool | None], decisive: bool) -> bool | None:
    """`or` when true decides, `and` when false does; what follows the decision is not asked."""
    joined: bool | None = not decisive
    for truth in truths:
        if truth is decisive:
            return decisive
        if truth is None:
            joined = None
    return joined


def _compared(sign: Sign, left: Value, right: Value) -> bool | None:
    return None if left is None or right is None else _COMPARISONS[sign](left, right)
