"""Other forms of a query that found nobody as it was typed: a phone, signs left out, its words.

Pure. A phone is compared without its country and its marks, a name without
apostrophes and hyphens; several words may name one contact in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.phones import phone_key
from store.search_keys import HAN, HEAD, INSIDE, PHONE_END, WORDS, folded

_PHONE = re.compile(r"[+(]*\d[\d().\-/+]{4,}")
_WORD = re.compile(rf"{HAN.pattern}+|(?:(?!{HAN.pattern})[^\W_])+")


def other_beginnings(query: str) -> Iterator[str]:
    """Beginnings of keys, marked, that a folded query may stand for."""
    if _PHONE.fullmatch(query):
        digits = phone_key(query)
        yield HEAD + digits
        if len(digits) > PHONE_END:
            yield INSIDE + digits[-PHONE_END:]
        return
    bare = "".join(WORDS.findall(query))
    if bare and bare != query:
        yield HEAD + bare
        yield INSIDE + bare


def words_of(text: str) -> tuple[str, ...]:
    """The words of a query, folded: between blanks and signs, Chinese apart from the rest."""
    return tuple(dict.fromkeys(folded(word) for word in _WORD.findall(text)))
