"""What somebody may have meant who mistyped: the keys one slip away from a query.

A slip is one letter or digit too many, too few, another one, or two exchanged;
in Chinese, a character of the same sound. The first letter is taken as meant.
Pure; whoever searches asks for each as a prefix, so the cost follows the
query and not the desk.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.search_keys import HAN, pinyin

SHORTEST = 4
"""Letters from which a slip is looked for: with fewer, nearly everybody would be meant."""
LONGEST = 14
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"


def slips(query: str) -> Iterator[str]:
    """Every prefix that a folded query may have been meant as; most likely ones first."""
    if HAN.search(query):
        if len(query) > 1:
            yield "".join(pinyin(query))
        return
    if not SHORTEST <= len(query) <= LONGEST or not query.isascii() or not query.isalnum():
        return
    alphabet = DIGITS if query.isdigit() else LETTERS
    seen = {query}
    for slip in _one_away(query, alphabet):
        if slip not in seen:
            seen.add(slip)
            yield slip


def _one_away(query: str, alphabet: str) -> Iterator[str]:
    places = range(1, len(query))
    for at in places[:-1]:
        yield query[:at] + query[at + 1] + query[at] + query[at + 2 :]
    for at in places:
        yield query[:at] + query[at + 1 :]
    for at in places:
        for letter in alphabet:
            yield query[:at] + letter + query[at:]
            yield query[:at] + letter + query[at + 1 :]
