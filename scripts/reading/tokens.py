"""What two replies are compared by: characters in pairs, words, signs; and how alike they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from scripts.reading.normal import Plain

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z']*")
SINGLE = 0.4
"""What a single character counts beside a pair or a word."""


def tokens(reply: Plain) -> frozenset[str]:
    """The tokens of a reply; of one that is only marks or figures, its characters."""
    found = set(_LATIN.findall(reply.text))
    for run in _HAN.findall(reply.text):
        found.update(run)
        found.update(map("".join, pairwise(run)))
    found.update(f"[{sign}]" for sign in reply.signs)
    return frozenset(found or reply.text)


def likeness(a: Collection[str], b: Collection[str]) -> float:
    """0 for replies that share nothing, 1 for the same tokens."""
    known = frozenset(b)
    both = weight_of(token for token in a if token in known)
    return 2 * both / (weight_of(a) + weight_of(b)) if both else 0.0


def weight_of(found: Iterable[str]) -> float:
    return sum(SINGLE if len(token) == 1 else 1.0 for token in found)
