"""What is measured, how often, and how it is told: a figure beside its floor, a ratio, a goal.

Invariant: figure and floor are measured alternately in the same run, so that a
machine that slows down slows both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

Sample = Callable[[], float]
"""Measures once; milliseconds of CPU, or whatever unit the figure names."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    measured: Sequence[float]
    floor_is: str
    floor: Sequence[float]
    goal: float | None
    """The ratio not to be exceeded; None is told for information."""
    unit: str = "ms CPU"

    @property
    def ratio(self) -> float:
        """Median of the figure to the median of its floor."""
        return median(self.measured) / median(self.floor)

    @property
    def best_ratio(self) -> float:
        """Best to best: what is left when the machine was quiet."""
        return min(self.measured) / min(self.floor)

    @property
    def verdict(self) -> str:
        """Met or not only where median and best agree: a slow disk hides what a program costs."""
        if self.goal is None:
            return ""
        held = {self.ratio <= self.goal, self.best_ratio <= self.goal}
        return "unclear" if len(held) > 1 else "met" if held == {True} else "NOT met"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a piece of work took, in milliseconds."""

    cpu: float
    """User and system time of this thread, or of the other process."""
    wall: float
    peak: float = 0.0
    """The most memory that the other process held, in MiB."""


def alternately(rounds: int, *samples: Sample) -> list[list[float]]:
    """Each sample `rounds` times, in turn, the order reversed every other round."""
    found: list[list[float]] = [[] for _ in samples]
    for number in range(rounds):
        places = range(len(samples))
        for place in places if number % 2 == 0 else reversed(places):
            found[place].append(samples[place]())
    return found


@contextmanager
def spending() -> Iterator[list[Spent]]:
    """Puts what the block spent into the list it gives."""
    found: list[Spent] = []
    cpu, wall = time.thread_time_ns(), time.perf_counter_ns()
    yield found
    found.append(Spent((time.thread_time_ns() - cpu) / 1e6, (time.perf_counter_ns() - wall) / 1e6))


HEADING = (
    "| figure | measured (best) | floor (best) | floor is | ratio (best) | goal | |\n"
    "|---|---|---|---|---|---|---|"
)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    return "\n".join([HEADING, *map(line, figures)])


def line(figure: Figure) -> str:
    goal = "" if figure.goal is None else f"{figure.goal:g}"
    cells = (
        figure.what,
        f"{told(figure.measured)} {figure.unit}",
        told(figure.floor),
        figure.floor_is,
        f"{figure.ratio:.2f} ({figure.best_ratio:.2f})",
        goal,
        figure.verdict,
    )
    return "| " + " | ".join(cells) + " |"


def told(values: Sequence[float]) -> str:
    """Median and best."""
    return f"{short(median(values))} ({short(min(values))})"


def short(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.2g}" if value < 1 else f"{value:.3g}"
