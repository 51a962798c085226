"""Learning the weights from examples: the same examples give the same weights, without chance.

Logistic regression, a step an example, each feature's step shrinking with what
it has moved so far; examples come in an order that their words decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log, sqrt

from scripts.reading.features import features
from scripts.reading.model import CLASSES, Model, softmax
from scripts.reading.normal import plain

ROUNDS = 12
STEP = 0.35
HOLD = 2e-3
"""How strongly a weight that is used is drawn back to 0."""
SMALLEST = 0.02
"""A weight nearer to 0 in every class is left out."""
DIGITS = 3
SOFTNESSES = tuple(step / 20 for step in range(8, 41))

Row = tuple[Mapping[str, float], int]


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


def train(rows: Sequence[Row], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """The weights that tell the rows' classes apart."""
    size = len(CLASSES)
    weights: dict[str, list[float]] = {}
    moved: dict[str, list[float]] = {}
    for found, _ in rows:
        for feature in found:
            if feature not in weights:
                weights[feature], moved[feature] = [0.0] * size, [1e-2] * size
    for _round in range(rounds):
        for found, right in rows:
            held = [(weights[f], moved[f], value) for f, value in found.items()]
            sums = [0.0] * size
            for own, _, value in held:
                for place in range(size):
                    sums[place] += own[place] * value
            chances = softmax(sums)
            for place in range(size):
                slope = chances[place] - (place == right)
                if -0.004 < slope < 0.004:
                    continue
                for own, spent, value in held:
                    step = slope * value + HOLD * own[place]
                    spent[place] += step * step
                    own[place] -= STEP * step / sqrt(spent[place])
    return weights


def rounded(weights: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """The weights as they are kept: few digits, none that says nothing."""
    return {
        feature: [round(weight, DIGITS) for weight in own]
        for feature, own in sorted(weights.items())
        if max(map(abs, own)) >= SMALLEST
    }


def softness_of(chances: Iterable[tuple[Sequence[float], int]]) -> float:
    """The softness under which unseen rows, given as (sums, right class), are least surprising."""
    rows = list(chances)

    def surprise(softness: float) -> float:
        return -sum(log(max(softmax(s / softness for s in sums)[r], 1e-9)) for sums, r in rows)

    return min(SOFTNESSES, key=surprise)


def sums_of(model: Model, found: Mapping[str, float]) -> list[float]:
    """The sums behind the chances of a row."""
    sums = [0.0] * len(CLASSES)
    for feature, value in found.items():
        for place, weight in enumerate(model.weights.get(feature, ())):
            sums[place] += value * weight
    return sums
