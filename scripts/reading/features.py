"""A reply as features: what it says (cues), how it is said, and its words and characters.

Invariant: the same text gives the same features on every machine; the weights
that ship belong to exactly these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from scripts.reading.cues import CONTRAST, clauses, cues_of
from scripts.reading.normal import Plain
from scripts.reading.words.asking import ASKING
from scripts.reading.words.kind import KIND
from scripts.reading.words.liking import LIKING
from scripts.reading.words.other import OTHER
from scripts.reading.words.refusing import REFUSING

CUE, WORD, CHARACTER = 1.0, 0.6, 0.4
"""How much a feature of each kind may say: cues are meant, characters meet by chance."""
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[\u4e00-\u9fff]|[?!]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z']*")
_ASKS = re.compile(r"\?|(?<!什)[吗么嘛](?:[,.!]|$)|呢(?:[,.!]|$)|(?<=[\u4e00-\u9fff])不(?:[,.!]|$)")
_ENDING = re.compile(r"(?:ing|ed|es|s)$")
GROUPS: Mapping[str, Mapping[str, str]] = {
    "asking": ASKING,
    "refusing": REFUSING,
    "liking": LIKING,
    "kind": KIND,
    "other": OTHER,
}
_GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}
LENGTHS = (2, 5, 9, 15, 25, 45, 90)


def features(reply: Plain) -> dict[str, float]:
    """The features of a reply with their weight."""
    found: dict[str, float] = dict.fromkeys(_grams(reply.text), CHARACTER)
    found |= dict.fromkeys(_words(reply.text), WORD)
    found |= dict.fromkeys(_said(reply), CUE)
    return found


def groups(reply: Plain) -> frozenset[str]:
    """The kinds of what a reply says: asking, refusing and so on, and their opposites."""
    return frozenset(_group(cue) for cue in cues_of(reply.text))


def _said(reply: Plain) -> Iterator[str]:
    """Cues of the whole and of its last clause, and the shape of the reply."""
    text = reply.text
    whole = set(cues_of(text))
    yield from (f"c:{cue}" for cue in whole)
    kinds = {_group(cue) for cue in whole}
    yield "g:" + "+".join(sorted(kinds))
    parts = clauses(text)
    if len(parts) > 1:
        last = set(cues_of(parts[-1]))
        yield from (f"l:{cue}" for cue in last)
        yield "gl:" + "+".join(sorted({_group(cue) for cue in last}))
        if CONTRAST.search(text):
            yield "shape:but"
            yield from (f"b:{_group(cue)}" for cue in last)
    asks = _ASKS.search(text) is not None
    if asks:
        yield "shape:asks"
        yield from (f"asks:{group}" for group in kinds or {"nothing"})
    for sign in set(reply.signs):
        yield f"s:{sign}"
        if not text:
            yield f"only:{sign}"
    length = len(_TOKEN.findall(text))
    yield f"n:{sum(length >= limit for limit in LENGTHS)}"
    if re.search(r"\d", text):
        yield "shape:digit"


def _group(cue: str) -> str:
    if cue.startswith("not:"):
        return "no_" + _GROUP_OF[cue[4:]]
    return _GROUP_OF[cue]


def stem(word: str) -> str:
    """An English word without its ending."""
    return _ENDING.sub("", word) if len(word) > 4 else word


def _words(text: str) -> Iterator[str]:
    words = [stem(word) for word in _LATIN.findall(text)]
    if not words:
        return
    yield from (f"w:{word}" for word in words)
    framed = ["^", *words, "$"]
    yield from (f"w:{a} {b}" for a, b in pairwise(framed))
    yield from (f"w:{a} {b} {c}" for a, b, c in zip(framed, framed[1:], framed[2:], strict=False))


def _grams(text: str) -> Iterator[str]:
    if _HAN.search(text) is None:
        return
    framed = f"^{text}$"
    for size in (1, 2, 3):
        yield from (framed[at : at + size] for at in range(len(framed) - size + 1))
