"""What the words of a reply say, as named cues: asking, refusing, praising, other matters.

A cue is a pattern over the plain text. One that a negation stands before is
another cue ("not:want"). What the last clause says counts once more, since
"no budget, but send me the plan" asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from scripts.reading.words.asking import ASKING
from scripts.reading.words.kind import KIND
from scripts.reading.words.liking import LIKING
from scripts.reading.words.other import OTHER
from scripts.reading.words.refusing import REFUSING

PATTERNS = MappingProxyType({**ASKING, **REFUSING, **LIKING, **KIND, **OTHER})
_COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
NEGATABLE = frozenset({*ASKING, *LIKING})
"""Cues that say the opposite behind a negation; refusals hold theirs already."""
_NEGATED = re.compile(
    r"(?:(?<![能要行是好错])(?:不(?!错|过|仅|止|只|少|但|看不|好意思)|没(?!错|想到|事)|[别无未勿])"
    r"(?:有|是|再|太|会|想|打算|什么|啥|怎么|用|要|能|很){0,2}"
    r"|(?:谈不上|说不上|算不上|哪有|哪来的?|谁说|没(?:有)?说过?|没打算)(?:我们?|要|想|会|什么|有){0,3}"
    r"|\b(?:not|no|never|without|nor|neither|nothing|hardly)(?: \w+){0,2} ?)$"
)
_LOOK_BACK = 24
CLAUSE_ENDS = re.compile(
    r"[,.;!?\n]+|(?:不过|但是|但|可是|可惜|然而|只是|就是(?!这|我们))"
    r"|\b(?:but|however|though|yet(?= \w))\b"
)
CONTRAST = re.compile(r"不过|但是|但|可是|可惜|然而|\b(?:but|however|though)\b")


def cues_of(text: str) -> Iterator[str]:
    """The cues of a plain text, `not:` before those behind a negation."""
    for name, pattern in _COMPILED.items():
        seen: set[bool] = set()
        for found in pattern.finditer(text):
            seen.add(name in NEGATABLE and _is_negated(text, found.start()))
        for negated in seen:
            yield f"not:{name}" if negated else name


def clauses(text: str) -> list[str]:
    """The parts between marks and words like "but", empty ones left out."""
    return [part.strip() for part in CLAUSE_ENDS.split(text) if part and part.strip()]


def _is_negated(text: str, start: int) -> bool:
    return _NEGATED.search(text[max(0, start - _LOOK_BACK) : start]) is not None
