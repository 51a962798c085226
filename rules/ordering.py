"""Which things of a row stay where they are, when as few as possible move."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def in_order(ranks: Sequence[int]) -> frozenset[int]:
    """The places of a longest part of the ranks that never falls."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for place, rank in enumerate(ranks):
        size = bisect_right(ends, rank)
        before.append(last[size - 1] if size else None)
        ends[size : size + 1] = [rank]
        last[size : size + 1] = [place]
    found: set[int] = set()
    at = last[-1] if last else None
    while at is not None:
        found.add(at)
        at = before[at]
    return frozenset(found)
