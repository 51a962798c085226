"""Learning the weights from examples: the same examples give the same weights, without chance.

Logistic regression, a step an example, each feature's steps shrinking with
what it has moved so far; the order of the examples is decided by their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt

from scripts.reading.features import features
from scripts.reading.model import CLASSES, Model, softmax
from scripts.reading.normal import plain

ROUNDS = 8
STEP = 0.35
HOLD = 5e-3
"""How strongly a weight that is used is drawn back to 0."""
SLIGHT = 0.004
"""An error below which nothing is learned from an example."""
SMALLEST = 0.06
"""A weight nearer to 0 in every class is left out."""
DIGITS = 2
FOLDS = 5

Row = tuple[Mapping[str, float], int]
"""A reply's features, and the place of its class in CLASSES."""


@dataclass(frozen=True, slots=True)
class Example:
    """A reply and the class it was placed in: a reaction's value, or "none"."""

    text: str
    meant: str
    language: str = ""
    """The file it came from."""


def in_order(examples: Iterable[Example]) -> list[Example]:
    """The examples without doubles, mixed by the digest of their words."""
    known = {(example.text, example.meant): example for example in examples}
    return sorted(known.values(), key=lambda e: sha256((e.meant + e.text).encode()).digest())


def rows_of(examples: Sequence[Example]) -> list[Row]:
    return [(features(plain(e.text)), CLASSES.index(e.meant)) for e in examples]


def trained(rows: Sequence[Row]) -> Model:
    """The weights that tell the rows' classes apart, with as many digits as they are kept."""
    weights = {
        feature: tuple(round(weight, DIGITS) for weight in own)
        for feature, own in sorted(_learned(_common(rows)).items())
    }
    return Model({f: own for f, own in weights.items() if max(map(abs, own)) >= SMALLEST})


def crossed(rows: Sequence[Row], folds: int = FOLDS) -> Iterator[tuple[int, Model]]:
    """Each row's place with a model that has not seen it: of every fold the others teach."""
    for fold in range(folds):
        model = trained([row for place, row in enumerate(rows) if place % folds != fold])
        for place in range(fold, len(rows), folds):
            yield place, model


def _common(rows: Sequence[Row]) -> list[Row]:
    """The rows without the long features that stand in one of them only: those are chance."""
    known = Counter(feature for found, _ in rows for feature in found)
    return [
        ({f: v for f, v in found.items() if known[f] > 1 or not _is_long(f)}, right)
        for found, right in rows
    ]


def _is_long(feature: str) -> bool:
    """Whether it is three characters or words in a row."""
    return feature.count(" ") == 2 if feature.startswith("w:") else len(feature) == 3


def _learned(rows: Sequence[Row]) -> dict[str, list[float]]:
    size = len(CLASSES)
    weights: dict[str, list[float]] = {}
    moved: dict[str, list[float]] = {}
    for found, _ in rows:
        for feature in found:
            if feature not in weights:
                weights[feature], moved[feature] = [0.0] * size, [1e-2] * size
    for _round in range(ROUNDS):
        for found, right in rows:
            _step([(weights[f], moved[f], value) for f, value in found.items()], right)
    return weights


def _step(held: Sequence[tuple[list[float], list[float], float]], right: int) -> None:
    """Moves the weights of one example's features towards its class."""
    sums = [sum(own[place] * value for own, _, value in held) for place in range(len(CLASSES))]
    for place, chance in enumerate(softmax(sums)):
        slope = chance - (place == right)
        if -SLIGHT < slope < SLIGHT:
            continue
        for own, moved, value in held:
            step = slope * value + HOLD * own[place]
            moved[place] += step * step
            own[place] -= STEP * step / sqrt(moved[place])
