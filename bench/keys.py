"""A cursor key on Today, its card and script redrawn, against one changed line of an empty app."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.figures import Figure
from bench.programs import Answered, Watched, environment
from bench.starting import HELLO, SIYU, desk_environment, first_name

DOWN = b"\x1b[B"
WARM = 5
KEYS = 20
"""Keys that move the cursor within the rows in view."""
TO_THE_EDGE = 8
SCROLLS = 15
"""Keys behind the edge of the view: each scrolls by a row."""


def measure(desk: Path, large: Path | None, rounds: int) -> list[Figure]:
    """Keys on a desk, on the large one, and in the empty app, in turn; a median for each round."""
    desks = [path for path in (desk, large) if path is not None]
    floor: list[Answered] = []
    moved: list[list[Answered]] = [[] for _ in desks]
    scrolled: list[list[Answered]] = [[] for _ in desks]
    for _ in range(rounds):
        floor.append(_hello())
        for path, keys, scrolls in zip(desks, moved, scrolled, strict=True):
            key, scroll = _today(path)
            keys.append(key)
            scrolls.append(scroll)
    figures = [
        _figure("cursor key on Today", moved[0], "one line in an empty app", floor, 6),
        Figure(
            "frames of it",
            [float(key.frames) for key in moved[0]],
            "one",
            [1.0] * rounds,
            1,
            "frames",
        ),
        Figure(
            "bytes of it",
            [float(key.size) for key in moved[0]],
            "one line in an empty app",
            [float(key.size) for key in floor],
            None,
            "bytes",
        ),
        _figure("key that scrolls the list", scrolled[0], "cursor key", moved[0], 2),
    ]
    figures += [
        _figure("cursor key on the large desk", keys, "small desk", moved[0], 1.1)
        for keys in moved[1:]
    ]
    return figures


def _figure(
    what: str,
    keys: Sequence[Answered],
    floor_is: str,
    floor: Sequence[Answered],
    goal: float | None,
) -> Figure:
    return Figure(what, [key.cpu for key in keys], floor_is, [key.cpu for key in floor], goal)


def _hello() -> Answered:
    with Watched(HELLO, environment()) as app:
        app.until("hello 0")
        app.rest()
        return _pressed(app, DOWN, KEYS)


def _today(path: Path) -> tuple[Answered, Answered]:
    """A key within the rows in view, and one that scrolls."""
    with Watched(SIYU, desk_environment(path)) as app:
        app.until(first_name(path))
        app.rest()
        key = _pressed(app, DOWN, KEYS)
        for _ in range(TO_THE_EDGE):
            app.press(DOWN)
        return key, _pressed(app, DOWN, SCROLLS)


def _pressed(app: Watched, key: bytes, count: int) -> Answered:
    """What a key costs, in the median over `count` of them."""
    for _ in range(WARM):
        app.press(key)
    found = [app.press(key) for _ in range(count)]
    return Answered(
        median(it.cpu for it in found),
        median(it.wall for it in found),
        round(median(it.frames for it in found)),
        round(median(it.size for it in found)),
    )
