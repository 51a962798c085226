"""The examples nearest to a reply, as the reason that is shown for a reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

from scripts.reading.characters import simplified
from scripts.reading.normal import Plain, plain
from scripts.reading.tokens import likeness, tokens
from scripts.reading.training import Example

LOOKED_AT = 30
"""Examples that share most with a reply, of which the nearest are chosen."""
ALIKE = 0.3
"""Likeness from which an example is worth showing."""
_PARTS = re.compile(r"[a-z]+|\d+|[^\W\d_a-z]|\[[^\[\]]{1,8}\]|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Near:
    """An example beside a reply."""

    text: str
    meant: str
    likeness: float
    """0 to 1."""


@dataclass(frozen=True)
class Examples:
    """The examples that ship, prepared when they are first looked at."""

    known: Sequence[Example]

    @cached_property
    def _parts(self) -> list[tuple[frozenset[str], Example]]:
        return [(parts_of(example.text), example) for example in self.known]

    def nearest(self, reply: Plain, raw: str, meant: str, n: int = 3) -> tuple[Near, ...]:
        """The examples of a class that are most like the reply, best first."""
        parts, own = parts_of(raw), tokens(reply)
        rough = (
            (len(shared) / (len(parts) + len(theirs)), example.text)
            for theirs, example in self._parts
            if example.meant == meant and (shared := parts & theirs)
        )
        near = (
            Near(text, meant, likeness(own, tokens(plain(text))))
            for _, text in nlargest(LOOKED_AT, rough)
        )
        best = nlargest(n, near, key=lambda one: (one.likeness, one.text))
        return tuple(one for one in best if one.likeness >= ALIKE)


def parts_of(text: str) -> frozenset[str]:
    """Characters, words and signs as they stand: a first look, cheaper than tokens."""
    return frozenset(_PARTS.findall(simplified(text).casefold()))
