"""Conditions over facts after they were checked: a tree that becomes SQL, or judges one contact.

Invariants: both ways give the same, in SQL's three-valued logic; every number
and text of a rule becomes a bound parameter, named so that several conditions
can stand in one statement. Knows no parser: a tree is built by
`rules.predicates` once, and kept.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
        return tuple(dict.fromkeys(facts_of(self.condition)))

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


Facts = Mapping[str, Value]
Truth = Callable[[Facts], bool | None]
"""Asks a contact's facts; None is SQL's NULL."""


def matches(compiled: Compiled, values: Facts) -> bool:
    """Whether a contact with these facts fulfils a condition; what is NULL does not."""
    return truth_of(compiled.condition)(values) is True


def truth_of(node: Condition) -> Truth:
    """A condition as a function, for asking it of many contacts."""
    sign, parts = node.sign, node.parts
    if sign in (Sign.AND, Sign.OR):
        return _joined([truth_of(part) for part in parts], decisive=sign is Sign.OR)
    if sign is Sign.NOT:
        return _negated(truth_of(parts[0]))
    if sign is Sign.IS_NULL:
        term = _term(parts[0])
        return lambda values: term(values) is None
    if sign is Sign.IN:
        return _one_of(_term(parts[0]), frozenset(part.value for part in parts[1:]))
    if sign is Sign.BETWEEN:
        value, low, high = parts
        both = [_compared(Sign.AT_LEAST, value, low), _compared(Sign.AT_MOST, value, high)]
        return _joined(both, decisive=False)
    return _compared(sign, *parts)


def condition_from(kept: Mapping[str, object]) -> Condition:
    """A condition from what `dataclasses.asdict` made of it. Raises ValueError, KeyError or
    TypeError for anything else."""
    sign, value, parts = Sign(str(kept["sign"])), kept["value"], kept["parts"]
    if not isinstance(value, int | str) or not isinstance(parts, list | tuple):
        raise TypeError(sign)
    if sign is Sign.FACT and value not in FACTS:
        raise ValueError(value)
    return Condition(sign, tuple(condition_from(part) for part in parts), value)


def facts_of(node: Condition) -> Iterator[str]:
    """The facts that a condition reads, in order."""
    if node.sign is Sign.FACT:
        yield str(node.value)
    for part in node.parts:
        yield from facts_of(part)


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


def _term(node: Condition) -> Callable[[Facts], Value]:
    value = node.value
    if node.sign is Sign.FACT:
        return operator.itemgetter(str(value))
    if not node.parts:
        return lambda _: value
    left, right = map(_term, node.parts)
    compute = _ARITHMETIC[node.sign]

    def computed(values: Facts) -> Value:
        one, other = left(values), right(values)
        both = isinstance(one, int) and isinstance(other, int)
        return compute(one, other) if both else None  # type: ignore[arg-type]

    return computed


def _joined(truths: Sequence[Truth], *, decisive: bool) -> Truth:
    """`or` when true decides, `and` when false does; what follows the decision is not asked."""

    def joined(values: Facts) -> bool | None:
        found: bool | None = not decisive
        for truth in truths:
            told = truth(values)
            if told is decisive:
                return decisive
            if told is None:
                found = None
        return found

    return joined


def _negated(truth: Truth) -> Truth:
    def negated(values: Facts) -> bool | None:
        told = truth(values)
        return None if told is None else not told

    return negated


def _one_of(term: Callable[[Facts], Value], listed: Collection[int | str]) -> Truth:
    def one_of(values: Facts) -> bool | None:
        value = term(values)
        return None if value is None else value in listed

    return one_of


def _compared(sign: Sign, one: Condition, other: Condition) -> Truth:
    compare, left, right = _COMPARISONS[sign], _term(one), _term(other)

    def compared(values: Facts) -> bool | None:
        first, second = left(values), right(values)
        return None if first is None or second is None else compare(first, second)

    return compared
