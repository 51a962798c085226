"""A cursor key on Today, its card and script redrawn, against one changed line of an empty app.

The programs that are compared stand side by side, and a key goes to one after the
other: machines are slower in one second than in the next by more than the desks
differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.figures import Figure
from bench.programs import Answered, Watched, environment
from bench.starting import HELLO, SIYU, desk_environment, first_name, left_once

DOWN = b"\x1b[B"
WARM = 5
KEYS = 20
"""Keys that move the cursor within the rows in view."""
TO_THE_EDGE = 8
SCROLLS = 15
"""Keys behind the edge of the view: each scrolls by a row."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a key cost in each of the programs that stood side by side, in the median."""

    floor: Answered
    """One line in an empty app."""
    moved: Sequence[Answered]
    """A key within the rows in view, on each desk."""
    scrolled: Sequence[Answered]


def measure(desk: Path, large: Path | None, rounds: int) -> list[Figure]:
    """Keys on a desk, on the large one, and in the empty app, pressed in turn."""
    desks = [path for path in (desk, large) if path is not None]
    for path in desks:
        left_once(path)
    found = [_round(desks) for _ in range(rounds)]
    floor, moved = [it.floor for it in found], [it.moved[0] for it in found]
    scrolled = [it.scrolled[0] for it in found]
    figures = [
        _figure("cursor key on Today", moved, "one line in an empty app", floor, 6),
        Figure(
            "frames of it",
            [float(key.frames) for key in moved],
            "one",
            [1.0] * rounds,
            1,
            "frames",
        ),
        Figure(
            "bytes of it",
            [float(key.size) for key in moved],
            "one line in an empty app",
            [float(key.size) for key in floor],
            None,
            "bytes",
        ),
        _figure("key that scrolls the list", scrolled, "cursor key", moved, 2),
    ]
    if large is not None:
        there = [it.moved[1] for it in found]
        figures.append(_figure("cursor key on the large desk", there, "small desk", moved, 1.1))
    return figures


def _figure(
    what: str,
    keys: Sequence[Answered],
    floor_is: str,
    floor: Sequence[Answered],
    goal: float | None,
) -> Figure:
    return Figure(what, [key.cpu for key in keys], floor_is, [key.cpu for key in floor], goal)


def _round(desks: Sequence[Path]) -> Round:
    """All programs are open at once, and each key goes to one after the other."""
    with ExitStack() as opened:
        empty = opened.enter_context(Watched(HELLO, environment()))
        empty.until("hello 0")
        apps = [_today(opened, path) for path in desks]
        for app in (empty, *apps):
            app.rest()
        floor, *moved = _pressed((empty, *apps), KEYS)
        for app in apps * TO_THE_EDGE:
            app.press(DOWN)
        return Round(floor, moved, _pressed(apps, SCROLLS))


def _today(opened: ExitStack, path: Path) -> Watched:
    app = opened.enter_context(Watched(SIYU, desk_environment(path)))
    app.until(first_name(path))
    return app


def _pressed(apps: Sequence[Watched], count: int) -> list[Answered]:
    """What the key costs each program, in the median over `count` of them."""
    found: list[list[Answered]] = [[] for _ in apps]
    for _ in range(WARM + count):
        for app, answers in zip(apps, found, strict=True):
            answers.append(app.press(DOWN))
    return [_median(answers[WARM:]) for answers in found]


def _median(found: Sequence[Answered]) -> Answered:
    return Answered(
        median(it.cpu for it in found),
        median(it.wall for it in found),
        round(median(it.frames for it in found)),
        round(median(it.size for it in found)),
    )
