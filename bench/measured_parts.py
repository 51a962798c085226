"""The parts of a page that a simulation writes: between `measured: name` and `end` in comments.

Everything outside the marks belongs to whoever writes the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

PART = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(page: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """The page with the parts that are given written anew; the others stay as they are."""

    def part(found: re.Match[str]) -> str:
        write = parts.get(found[2])
        return found[0] if write is None else f"{found[1]}\n{write().strip()}\n\n{found[3]}"

    return PART.sub(part, page)
