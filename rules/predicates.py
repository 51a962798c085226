"""From a rule as a person wrote it to a condition that was checked.

Invariant: nothing of the written text reaches a database. sqlglot parses what
`rules.rule_text` let pass; a walk over its tree takes the few kinds of nodes
that it knows and builds a condition of its own, typed by `rules.rule_terms`.
Everything else is refused, with its place. sqlglot is imported on a call and
never before: that takes longer than opening the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rules.conditions import Compiled, Condition, Sign, matches
from rules.facts import FACTS, FactType
from rules.rule_terms import (
    Known,
    Refused,
    Term,
    compared,
    computed,
    fact_term,
    negative,
    value_term,
)
from rules.rule_text import PredicateFault, Token, scan
from rules.wording import N_, Sentence, sentence

if TYPE_CHECKING:
    from sqlglot import exp

__all__ = ["Compiled", "Known", "PredicateFault", "compile_predicate", "matches"]

NO_SOP: Known = {}
_BEFORE = "SELECT 1 WHERE "
_SIGNS = {
    "EQ": Sign.EQUAL,
    "NEQ": Sign.UNEQUAL,
    "LT": Sign.LESS,
    "LTE": Sign.AT_MOST,
    "GT": Sign.MORE,
    "GTE": Sign.AT_LEAST,
    "Add": Sign.PLUS,
    "Sub": Sign.MINUS,
    "Mul": Sign.TIMES,
}
"""By the name of sqlglot's class, which must be exactly this one and no kind of it."""
_COMPUTING = (Sign.PLUS, Sign.MINUS, Sign.TIMES)
_COMPARING = ("=", "<>", "<", "<=", ">", ">=", "in", "between", "is null")
_EXAMPLES = {FactType.INTEGER: "1", FactType.TEXT: "'…'", FactType.DAY: "today"}


def compile_predicate(text: str, known: Known = NO_SOP) -> Compiled | PredicateFault:
    """The condition of a rule, or the first thing that is wrong with it.

    A fact named in `known` is compared with these texts only. Raises nothing
    and runs nothing, whatever the text is.
    """
    tokens = scan(text)
    if isinstance(tokens, PredicateFault):
        return tokens
    if not tokens:
        message = N_("the rule is empty: write a condition such as touch_count >= 3")
        return PredicateFault(0, sentence(message), tuple(FACTS))
    try:
        tree = _parsed(text)
        return Compiled(text, _Walk(tokens, known).condition(tree))
    except Refused as refused:
        return refused.fault
    except RecursionError:
        return PredicateFault(0, sentence(N_("the rule is nested too deep: make it several rules")))


def _parsed(text: str) -> exp.Expression:
    """The tree of the one condition that a text is. Raises Refused."""
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import ParseError, TokenError

    # One line, so that the place in an error is a place in the text.
    line = _BEFORE + "".join(" " if char.isspace() else char for char in text)
    try:
        statements = sqlglot.parse(line)
    except ParseError as error:
        raise _unreadable(_place(error.errors[0], text) if error.errors else 0) from error
    except TokenError as error:
        raise _unreadable(0) from error
    select = statements[0] if len(statements) == 1 else None
    where = select.args.get("where") if isinstance(select, exp.Select) else None
    used = {name for name, value in select.args.items() if value} if select else set()
    if not isinstance(where, exp.Where) or used != {"expressions", "where"}:
        raise _unreadable(0)
    tree: exp.Expression = where.this
    return tree


def _place(error: Mapping[str, object], text: str) -> int:
    """Where in the text a parser's error stands: it tells the end of a word, counted from 1."""
    end, word = error.get("col"), error.get("highlight")
    if not isinstance(end, int) or not isinstance(word, str):
        return 0
    return min(max(end - len(word) - len(_BEFORE), 0), len(text) - 1)


def _unreadable(offset: int) -> Refused:
    message = N_("the rule cannot be read here: write comparisons, with and or or between them")
    return Refused(offset, sentence(message), ("and", "or"))


class _Walk:
    """Turns sqlglot's tree into a condition, going along the tokens to know each place."""

    def __init__(self, tokens: list[Token], known: Known) -> None:
        self._leaves = [token for token in tokens if token.is_leaf]
        self._at = 0
        self._known = known

    def condition(self, node: exp.Expression) -> Condition:
        """A node that is true, false or NULL."""
        kind = type(node).__name__
        read = {
            "Paren": lambda: self.condition(node.this),
            "And": lambda: self._joined(Sign.AND, node),
            "Or": lambda: self._joined(Sign.OR, node),
            "Not": lambda: Condition(Sign.NOT, (self.condition(node.this),)),
            "Is": lambda: self._is_null(node),
            "In": lambda: self._one_of(node),
            "Between": lambda: self._between(node),
        }.get(kind)
        if read is not None:
            return read()
        sign = _SIGNS.get(kind)
        if sign is None or sign in _COMPUTING:
            raise self._no_condition(node)
        left, right = self._term(node.this), self._term(node.args["expression"])
        return compared(sign, left, right, self._known)

    def _joined(self, sign: Sign, node: exp.Expression) -> Condition:
        parts: list[Condition] = []
        for side in (node.this, node.args["expression"]):
            part = self.condition(side)
            parts += part.parts if part.sign is sign else (part,)
        return Condition(sign, tuple(parts))

    def _is_null(self, node: exp.Expression) -> Condition:
        term = self._term(node.this)
        if type(node.args["expression"]).__name__ != "Null":
            message = N_('after "is" stands null or not null; a value is compared with =')
            raise self._refused(sentence(message), ("null", "not null"))
        self._take()
        if term.is_fixed:
            message = N_("only a fact can be null")
            raise Refused(term.offset, sentence(message), tuple(FACTS))
        return Condition(Sign.IS_NULL, (term.node,))

    def _one_of(self, node: exp.Expression) -> Condition:
        term = self._term(node.this)
        items = node.args.get("expressions")
        if not items or any(node.args.get(name) for name in ("query", "field", "unnest")):
            message = N_("after \"in\" stands a list of values in brackets: in ('lead', 'mql')")
            raise self._refused(sentence(message))
        found = []
        for item in items:
            value = self._term(item)
            if value.node.sign not in (Sign.NUMBER, Sign.TEXT):
                message = N_("a list after in holds numbers and texts, nothing else")
                raise Refused(value.offset, sentence(message))
            found.append(compared(Sign.EQUAL, term, value, self._known).parts[1])
        return Condition(Sign.IN, (term.node, *found))

    def _between(self, node: exp.Expression) -> Condition:
        term = self._term(node.this)
        low, high = self._term(node.args["low"]), self._term(node.args["high"])
        lowest = compared(Sign.AT_LEAST, term, low, self._known)
        highest = compared(Sign.AT_MOST, term, high, self._known)
        return Condition(Sign.BETWEEN, (*lowest.parts, highest.parts[1]))

    def _no_condition(self, node: exp.Expression) -> Refused:
        """Why a node that is no comparison cannot stand where one must."""
        term = self._term(node)
        if term.node.sign is Sign.FACT:
            name = str(term.node.value)
            example = f"{name} = {_EXAMPLES[term.type]}"
            message = N_('"{fact}" alone is no condition: compare it, as in {example}')
            return Refused(term.offset, sentence(message, fact=name, example=example), _COMPARING)
        message = N_("this is compared with nothing: write a comparison")
        return Refused(term.offset, sentence(message), _COMPARING)

    def _term(self, node: exp.Expression) -> Term:
        """A node that is a number, a text or a day."""
        kind = type(node).__name__
        if kind == "Paren":
            return self._term(node.this)
        if kind == "Column":
            token = self._take()
            if token.kind == "word" and token.text in FACTS:
                return fact_term(token)
        elif kind == "Literal":
            token = self._take()
            # Places are counted along the tree: a leaf that does not fit is not understood.
            if (node.this, node.is_string) == (token.text, token.kind == "text"):
                return value_term(token)
        elif kind == "Neg":
            return negative(self._term(node.this))
        elif kind in _SIGNS and _SIGNS[kind] in _COMPUTING:
            left, right = self._term(node.this), self._term(node.args["expression"])
            return computed(_SIGNS[kind], left, right)
        raise self._misplaced(kind)

    def _misplaced(self, kind: str) -> Refused:
        if kind == "Null":
            message = N_("nothing equals null: write is null or is not null")
            return self._refused(sentence(message), ("is null", "is not null"))
        if kind in ("EQ", "NEQ", "LT", "LTE", "GT", "GTE"):
            message = N_("a comparison cannot be compared: write a < b and b < c")
            return self._refused(sentence(message), ("and",))
        message = N_("this cannot stand here: a fact, a number or a text can")
        return self._refused(sentence(message), tuple(FACTS))

    def _refused(self, message: Sentence, accepted: tuple[str, ...] = ()) -> Refused:
        """Refuses what stands at the next leaf."""
        at = self._leaves[min(self._at, len(self._leaves) - 1)]
        return Refused(at.offset, message, accepted)

    def _take(self) -> Token:
        """The token of the next leaf."""
        if self._at >= len(self._leaves):
            raise _unreadable(self._leaves[-1].offset)
        self._at += 1
        return self._leaves[self._at - 1]
