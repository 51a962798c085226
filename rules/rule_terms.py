"""The parts of a comparison and their types: what may be computed, what compared with what.

Invariant: what is built here means the same on every engine: both sides have
one type, texts are only equal or not, numbers stay below 8 bytes, and one side
reads a fact.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from rules.conditions import Compiled, Condition, Sign
from rules.facts import FACTS, FactType
from rules.rule_text import PredicateFault, Token, nearest, shown
from rules.timing import day_number
from rules.wording import N_, Sentence, sentence

Known = Mapping[str, Collection[str]]
"""The values that a fact can have in this SOP: {"stage": ("lead", "mql")}."""

_LARGEST_FACT = 2**31
"""No day and no count comes near."""
_LARGEST = 2**62
"""What every sum must stay below, so that 8 bytes hold it on every engine."""
_MOST_LISTED = 12
_TYPE_WORDS = {
    FactType.INTEGER: sentence(N_("a number")),
    FactType.TEXT: sentence(N_("a text")),
    FactType.DAY: sentence(N_("a day")),
}
_INTEGER, _DAY = FactType.INTEGER, FactType.DAY
_RESULTS: Mapping[tuple[FactType, Sign, FactType], FactType] = {
    (_INTEGER, Sign.PLUS, _INTEGER): _INTEGER,
    (_INTEGER, Sign.MINUS, _INTEGER): _INTEGER,
    (_INTEGER, Sign.TIMES, _INTEGER): _INTEGER,
    (_DAY, Sign.PLUS, _INTEGER): _DAY,
    (_INTEGER, Sign.PLUS, _DAY): _DAY,
    (_DAY, Sign.MINUS, _INTEGER): _DAY,
    (_DAY, Sign.MINUS, _DAY): _INTEGER,
}
"""What a computation gives; what is not here cannot be computed."""


class Refused(Exception):
    """Ends the reading of a rule at its first fault."""

    def __init__(self, offset: int, message: Sentence, accepted: tuple[str, ...] = ()) -> None:
        super().__init__(str(message))
        self.fault = PredicateFault(offset, message, accepted)


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a comparison, or a part of it."""

    type: FactType
    node: Condition
    offset: int
    largest: int
    """No value of it is further from 0."""

    @property
    def is_fixed(self) -> bool:
        """Whether it reads no fact."""
        return not Compiled("", self.node).facts


def fact_term(token: Token) -> Term:
    """A fact, whose name was checked."""
    node = Condition(Sign.FACT, (), token.text)
    return Term(FACTS[token.text].type, node, token.offset, _LARGEST_FACT)


def value_term(token: Token) -> Term:
    """A number or a text."""
    if token.kind == "text":
        return Term(FactType.TEXT, Condition(Sign.TEXT, (), token.text), token.offset, 0)
    return _number(int(token.text), token.offset)


def negative(term: Term) -> Term:
    if term.node.sign is Sign.NUMBER:
        return _number(-int(term.node.value), term.offset)
    return computed(Sign.MINUS, _number(0, term.offset), term)


def computed(sign: Sign, left: Term, right: Term) -> Term:
    """A sum, a difference or a product. Raises Refused."""
    result = _RESULTS.get((left.type, sign, right.type))
    if result is None:
        message = N_("{left} {sign} {right} cannot be computed")
        words = {"left": _TYPE_WORDS[left.type], "right": _TYPE_WORDS[right.type]}
        raise Refused(left.offset, sentence(message, sign=sign.value, **words))
    is_product = sign is Sign.TIMES
    largest = left.largest * right.largest if is_product else left.largest + right.largest
    if largest > _LARGEST:
        message = N_("this can become too large a number: multiply less")
        raise Refused(left.offset, sentence(message))
    return Term(result, Condition(sign, (left.node, right.node)), left.offset, largest)


def compared(sign: Sign, left: Term, right: Term, known: Known) -> Condition:
    """A comparison of two terms. Raises Refused."""
    if left.is_fixed and right.is_fixed:
        message = N_("no side of this comparison is a fact; the name of a fact has no quotes")
        raise Refused(left.offset, sentence(message), tuple(FACTS))
    left, right = _as_day(left, right.type), _as_day(right, left.type)
    if left.type is not right.type:
        raise _mismatch(left, right)
    if left.type is FactType.TEXT:
        if sign not in (Sign.EQUAL, Sign.UNEQUAL):
            message = N_("texts have no order: use =, <> or in")
            raise Refused(left.offset, sentence(message), ("=", "<>", "in"))
        _check_value(left, right, known)
        _check_value(right, left, known)
    return Condition(sign, (left.node, right.node))


def _number(value: int, offset: int) -> Term:
    return Term(FactType.INTEGER, Condition(Sign.NUMBER, (), value), offset, abs(value))


def _as_day(term: Term, other: FactType) -> Term:
    """A text that is compared with a day, as that day."""
    if term.node.sign is not Sign.TEXT or other is not FactType.DAY:
        return term
    text = str(term.node.value)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        message = N_('"{word}" is no date: write it as 2026-07-01')
        accepted = ("'YYYY-MM-DD'", "today")
        raise Refused(term.offset, sentence(message, word=shown(text)), accepted)
    number = day_number(found)
    return Term(FactType.DAY, Condition(Sign.NUMBER, (), number), term.offset, abs(number))


def _mismatch(left: Term, right: Term) -> Refused:
    if right.is_fixed == left.is_fixed:
        message = N_("{left} cannot be compared with {right}")
        words = {"left": _TYPE_WORDS[left.type], "right": _TYPE_WORDS[right.type]}
        return Refused(left.offset, sentence(message, **words))
    fixed, read = (right, left) if right.is_fixed else (left, right)
    if read.type is FactType.TEXT:
        message = N_("this is a text: compare it with a text in single quotes, as in '{word}'")
        return Refused(fixed.offset, sentence(message, word=shown(str(fixed.node.value))))
    if read.type is FactType.DAY:
        message = N_("a day is compared with a date, as in '2026-07-01', or with today - 7")
        return Refused(fixed.offset, sentence(message), ("'YYYY-MM-DD'", "today"))
    message = N_("a number is compared with a whole number without quotes")
    return Refused(fixed.offset, sentence(message))


def _check_value(fact: Term, value: Term, known: Known) -> None:
    """A text that the fact can never have is a slip of the pen."""
    if fact.node.sign is not Sign.FACT or value.node.sign is not Sign.TEXT:
        return
    name, word = str(fact.node.value), str(value.node.value)
    accepted = tuple(known.get(name, ())) or FACTS[name].accepted
    if not accepted or word in accepted:
        return
    near = nearest(word, accepted)
    if near is None:
        listed = ", ".join(map(shown, accepted[:_MOST_LISTED]))
        listed += ", …" if len(accepted) > _MOST_LISTED else ""
        message = N_('"{fact}" is never "{word}"; it can be {accepted}')
        what = sentence(message, fact=name, word=shown(word), accepted=listed)
    else:
        message = N_('"{fact}" is never "{word}": did you mean "{near}"?')
        what = sentence(message, fact=name, word=shown(word), near=near)
    raise Refused(value.offset, what, accepted)
