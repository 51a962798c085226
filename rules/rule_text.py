"""The text of a rule, looked at sign by sign before any parser sees it.

Invariant: what passes consists of known facts, whole numbers, texts in single
quotes, the few words and signs of a condition, and blanks; so no function, no
comment, no second statement and no parameter ever reaches a parser. Where the
first thing else stands is told, with what is meant instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rules.facts import FACTS
from rules.wording import N_, Sentence, sentence

LONGEST = 500
"""Characters of a rule."""
DEEPEST = 10
"""Brackets within brackets."""
MOST_COMPUTED = 20
"""Signs of arithmetic in a rule."""
DIGITS = 9
"""Of a number."""
WORDS = ("and", "or", "not", "in", "between", "is", "null")
SIGNS = ("=", "<>", "!=", "<", "<=", ">", ">=", "+", "-", "*", "(", ")", ",")
LEAFLESS = tuple(word for word in WORDS if word != "null")
"""The words that join values and are none."""
_PREFIXES = ("not", "-", "+")
_SHOWN = 30
"""Characters of a wrong word that a message repeats."""


@dataclass(frozen=True, slots=True)
class PredicateFault:
    """Why a rule cannot be used, at one place of it."""

    offset: int
    """Characters before the place, from the rule's beginning."""
    message: Sentence
    accepted: tuple[str, ...] = ()
    """What may stand there instead."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, text or sign."""

    kind: str
    """`word`, `number`, `text` or `sign`."""
    text: str
    """A word in small letters, a text without its quotes."""
    offset: int

    @property
    def is_leaf(self) -> bool:
        """Whether it is a value: a fact, a number, a text, or null."""
        return self.kind in ("number", "text") or (
            self.kind == "word" and self.text not in LEAFLESS
        )


_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<text>'(?:[^']|'')*')|(?P<comment>--|/\*|\*/|#)|(?P<word>[^\W\d]\w*)"
    r"|(?P<number>[0-9][\w.]*)|(?P<sign><>|!=|<=|>=|[=<>+\-*(),])|(?P<other>.)",
    re.DOTALL,
)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_HALF_WIDTH: Mapping[str, str] = {
    "＝": "=",
    "＞": ">",
    "＜": "<",
    "≥": ">=",
    "≤": "<=",
    "≠": "<>",
    "！": "<>",
    "（": "(",
    "）": ")",
    "，": ",",
    "、": ",",
    "＋": "+",
    "－": "-",
    "＊": "*",
    "×": "*",
    "“": "'",
    "”": "'",
    "‘": "'",
    "’": "'",
    "「": "'",
    "」": "'",
    "＇": "'",
    "＂": "'",
} | dict(zip("０１２３４５６７８９", "0123456789", strict=True))
"""What an input method writes in place of a sign."""

_OTHER_WORDS: Mapping[str, str] = {
    "且": "and",
    "并且": "and",
    "而且": "and",
    "或": "or",
    "或者": "or",
    "非": "not",
    "不是": "not",
    "为空": "is null",
    "阶段": "stage",
    "状态": "status",
    "负责人": "owner",
    "今天": "today",
    "今日": "today",
    "序列": "sequence",
    "步骤": "step",
    "反应": "last_reaction",
    "最近反应": "last_reaction",
    "reaction": "last_reaction",
    "content": "last_content",
    "due": "due_day",
    "overdue": "days_overdue",
    "touches": "touch_count",
    "friendly": "friendly_count",
    "positive": "positive_count",
    "exploring": "exploring_count",
    "rejecting": "rejecting_count",
    "reactions": "reaction_count",
    "answered": "unanswered",
}
"""Words that colleagues write instead of a fact, for the proposal in a message."""

_SQL_WORD = re.compile(
    "all|any|as|asc|by|case|cast|collate|cross|date|delete|desc|distinct|drop|else|end|escape"
    "|except|exists|false|fetch|for|from|full|glob|group|having|if|ilike|insert|intersect"
    "|interval|into|isnull|join|left|like|limit|match|natural|notnull|offset|on|order|outer"
    "|over|regexp|returning|right|rlike|row|select|set|similar|some|table|then|to|true|union"
    "|unknown|update|using|values|when|where|window|with|xor"
)
"""Words that people who know SQL would try."""

_SIGN_HINTS: Mapping[str, str] = {"&": "and", "|": "or", "!": "not", "/": "*"}


def scan(text: str) -> list[Token] | PredicateFault:
    """The tokens of a rule, or the first thing in it that cannot stand there."""
    if len(text) > LONGEST:
        message = N_("the rule has {count} characters, {limit} at most: make it two rules")
        return PredicateFault(LONGEST, sentence(message, count=len(text), limit=LONGEST))
    if unseen := _UNSEEN.search(text):
        message = N_("an invisible control character ({code}) stands here: delete it")
        what = sentence(message, code=f"U+{ord(unseen.group()):04X}")
        return PredicateFault(unseen.start(), what)
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "other"
        if kind == "blank":
            continue
        fault = _check(kind, found, text)
        if fault is not None:
            return fault
        tokens.append(Token(kind, _value(kind, found.group()), found.start()))
    return _bracket_fault(tokens) or _shape_fault(tokens) or tokens


def unknown_fact(word: str, offset: int) -> PredicateFault:
    """The fault of a word that is no fact, with the fact that was probably meant."""
    plain = unicodedata.normalize("NFKC", word).lower()
    if plain == "priority":
        message = N_('"priority" is what rules decide, so no rule can read it')
        return PredicateFault(offset, sentence(message), tuple(FACTS))
    near = _OTHER_WORDS.get(plain)
    if near is None:
        near = nearest(word, [*FACTS, *_OTHER_WORDS])
        near = _OTHER_WORDS.get(near or "", near)
    if near is None:
        what = sentence(N_('there is no fact "{word}"'), word=shown(word))
        return PredicateFault(offset, what, tuple(FACTS))
    message = N_('there is no fact "{word}": did you mean "{near}"?')
    return PredicateFault(offset, sentence(message, word=shown(word), near=near), (near,))


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant."""
    # Imported here: asked only about a rule that is wrong.
    from difflib import get_close_matches

    plain = unicodedata.normalize("NFKC", word)[: 2 * _SHOWN].casefold()
    by_case = {name.casefold(): name for name in known}
    close = get_close_matches(plain, by_case, n=1)
    return by_case[close[0]] if close else None


def shown(word: str) -> str:
    """A word of a rule as a message repeats it: one short line with nothing unseen in it."""
    seen = "".join(char if char.isprintable() else "?" for char in word[: _SHOWN + 1])
    return seen if len(seen) <= _SHOWN else seen[: _SHOWN - 1] + "…"


def _value(kind: str, text: str) -> str:
    if kind == "text":
        return text[1:-1].replace("''", "'")
    return text.lower() if kind == "word" else text


def _check(kind: str, found: re.Match[str], text: str) -> PredicateFault | None:
    word, offset = found.group(), found.start()
    if kind == "comment":
        what = sentence(N_("a rule holds no comment: put it after # at the end of the line"))
        return PredicateFault(offset, what)
    if kind == "word":
        return _word_fault(word, offset, text[found.end() :])
    if kind == "number":
        return _number_fault(word, offset)
    if kind == "sign" and word == "=" and text[found.end() : found.end() + 1] == "=":
        return _instead(offset, "==", "=")
    if kind == "other":
        return _sign_fault(word, offset, text)
    return None


def _word_fault(word: str, offset: int, rest: str) -> PredicateFault | None:
    known = word.lower()
    if known in WORDS:
        return None
    if rest.lstrip().startswith("(") and known not in FACTS:
        message = N_('"{word}" is a function: a rule calls none, it compares facts')
        return PredicateFault(offset, sentence(message, word=shown(word)), tuple(FACTS))
    if known in FACTS:
        return None
    if _SQL_WORD.fullmatch(known):
        message = N_('"{word}" cannot stand in a rule; its words are {accepted}')
        what = sentence(message, word=shown(word), accepted=", ".join(WORDS))
        return PredicateFault(offset, what, WORDS)
    return unknown_fact(word, offset)


def _number_fault(word: str, offset: int) -> PredicateFault | None:
    if word.isascii() and word.isdigit() and len(word) <= DIGITS:
        return None
    message = N_('"{word}" is no whole number of at most {count} digits')
    return PredicateFault(offset, sentence(message, word=shown(word), count=DIGITS))


def _sign_fault(sign: str, offset: int, text: str) -> PredicateFault:
    for test in (_width_fault, _quote_fault, _statement_fault):
        fault = test(sign, offset, text)
        if fault is not None:
            return fault
    if sign in _SIGN_HINTS:
        return _instead(offset, sign, _SIGN_HINTS[sign])
    message = N_('"{sign}" cannot stand in a rule; the signs of a rule are {accepted}')
    told = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    what = sentence(message, sign=told, accepted=" ".join(SIGNS))
    return PredicateFault(offset, what, SIGNS)


def _width_fault(sign: str, offset: int, _text: str) -> PredicateFault | None:
    half = _HALF_WIDTH.get(sign)
    if half is None:
        return None
    message = N_('"{sign}" is not read here: write the half-width sign {half}')
    return PredicateFault(offset, sentence(message, sign=sign, half=half), (half,))


def _quote_fault(sign: str, offset: int, text: str) -> PredicateFault | None:
    if sign == "'":
        what = sentence(N_("the quote that opens here is never closed: close it"))
        return PredicateFault(offset, what, ("'",))
    if sign not in ('"', "`", "["):
        return None
    inner = re.split('["`\\]]', text[offset + 1 :])[0]
    message = N_("a text stands in single quotes: '{word}'")
    return PredicateFault(offset, sentence(message, word=shown(inner)), ("'",))


def _statement_fault(sign: str, offset: int, _text: str) -> PredicateFault | None:
    if sign not in (";", "；"):
        return None
    message = N_("a rule is one condition: nothing may follow it")
    return PredicateFault(offset, sentence(message), ("and", "or"))


def _instead(offset: int, sign: str, meant: str) -> PredicateFault:
    if sign == "/":
        message = N_("a rule does not divide: multiply the other side")
        return PredicateFault(offset, sentence(message), ("*",))
    message = N_('"{sign}" cannot stand in a rule: write {meant}')
    return PredicateFault(offset, sentence(message, sign=sign, meant=meant), (meant,))


def _bracket_fault(tokens: list[Token]) -> PredicateFault | None:
    """An opening bracket without its closing one, or the other way round, or too many."""
    opened: list[int] = []
    for token in tokens:
        if token.kind == "sign" and token.text == "(":
            opened.append(token.offset)
            if len(opened) > DEEPEST:
                message = N_("brackets are nested more than {count} deep: make it several rules")
                return PredicateFault(token.offset, sentence(message, count=DEEPEST))
        elif token.kind == "sign" and token.text == ")":
            if not opened:
                what = sentence(N_("this bracket closes nothing: delete it, or open it before"))
                return PredicateFault(token.offset, what, ("(",))
            opened.pop()
        elif token.kind == "sign" and token.text == "," and not opened:
            what = sentence(N_("a comma stands only in a list after in: write and, or or"))
            return PredicateFault(token.offset, what, ("and", "or"))
    if opened:
        what = sentence(N_("the bracket that opens here is never closed: close it"))
        return PredicateFault(opened[-1], what, (")",))
    return None


def _shape_fault(tokens: list[Token]) -> PredicateFault | None:
    """Where a value stands and a sign should, or the other way round."""
    value_due, prefixes, computed = True, 0, 0
    for before, token in zip((None, *tokens), tokens, strict=False):
        is_prefix = value_due and token.text in _PREFIXES and not token.is_leaf
        prefixes = prefixes + 1 if is_prefix else 0
        computed += token.kind == "sign" and token.text in "+-*"
        if prefixes > 2 or computed > MOST_COMPUTED:
            message = N_("the rule is nested too deep: make it several rules")
            return PredicateFault(token.offset, sentence(message))
        if value_due and not is_prefix and not _begins_value(token):
            return _value_missing(before, token)
        if not value_due and _begins_value(token):
            message = N_('something is missing before "{word}": a sign, and, or, or a comma')
            what = sentence(message, word=shown(token.text))
            return PredicateFault(token.offset, what, ("=", "and", "or", ","))
        if not is_prefix:
            is_close = token.kind == "sign" and token.text == ")"
            is_not = token.kind == "word" and token.text == "not"
            value_due = not (token.is_leaf or is_close or (is_not and not value_due))
    if not tokens or not value_due:
        return None
    message = N_('after "{word}" the rule ends: write what belongs there')
    return PredicateFault(tokens[-1].offset, sentence(message, word=tokens[-1].text))


def _begins_value(token: Token) -> bool:
    return token.is_leaf or (token.kind == "sign" and token.text == "(")


def _value_missing(before: Token | None, token: Token) -> PredicateFault:
    if before is not None and before.text == "(" and token.text == ")":
        message = N_("nothing stands between these brackets")
        return PredicateFault(token.offset, sentence(message))
    message = N_('before "{word}" a fact, a number or a text is missing')
    return PredicateFault(token.offset, sentence(message, word=token.text), tuple(FACTS))
