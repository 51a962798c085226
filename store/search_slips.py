"""What somebody may have meant who mistyped: the keys one slip away from a query.

A slip is one letter or digit too many, too few, another one, or two exchanged;
in Chinese, a character of the same sound, or of one that much of the country
speaks alike (zh and z, ing and in). The first letter is taken as meant.
Pure; whoever searches asks for each as a prefix, so the cost follows the
query and not the desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from store.search_keys import HAN, pinyin

SHORTEST = 4
"""Letters from which a slip is looked for: with fewer, nearly everybody would be meant."""
LONGEST = 14
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
SPOKEN_ALIKE: Mapping[str, str] = {
    **{"zh": "z", "ch": "c", "sh": "s", "z": "zh", "c": "ch", "s": "sh"},
    **{"l": "n", "n": "l", "h": "f", "f": "h"},
}
"""Beginnings of syllables that are one in the speech of many; the longer ones first."""


def slips(query: str) -> Iterator[str]:
    """Every prefix that a folded query may have been meant as; most likely ones first."""
    if HAN.search(query):
        if len(query) > 1:
            yield from _alike(pinyin(query))
        return
    if not SHORTEST <= len(query) <= LONGEST or not query.isascii() or not query.isalnum():
        return
    alphabet = DIGITS if query.isdigit() else LETTERS
    seen = {query}
    for slip in _one_away(query, alphabet):
        if slip not in seen:
            seen.add(slip)
            yield slip


def _alike(readings: Sequence[str]) -> Iterator[str]:
    """The sound of a text, and with one syllable as others say it."""
    yield "".join(readings)
    for at, syllable in enumerate(readings):
        for form in _forms(syllable):
            yield "".join((*readings[:at], form, *readings[at + 1 :]))


def _forms(syllable: str) -> Iterator[str]:
    head = next((head for head in SPOKEN_ALIKE if syllable.startswith(head)), None)
    if head is not None:
        yield SPOKEN_ALIKE[head] + syllable.removeprefix(head)
    if syllable.endswith(("an", "en", "in")):
        yield syllable + "g"
    elif syllable.endswith(("ang", "eng", "ing")):
        yield syllable[:-1]


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
