"""The weights of the features, and how sure a reading by them is.

A softmax over a sum of weights, softened until its figures agree with how
often it is right on replies that it did not learn from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from rules.nouns import Reaction

NONE = "none"
"""The class of lines that answer nothing."""
CLASSES = (*(reaction.value for reaction in Reaction), NONE)


@dataclass(frozen=True)
class Model:
    """What was learned from the examples that ship."""

    weights: Mapping[str, Sequence[float]]
    """By feature: one weight a class, in the order of CLASSES."""
    softness: float = 1.0
    """What the sums are divided by before they become chances."""

    def chances(self, found: Mapping[str, float]) -> dict[str, float]:
        """The chance of each class for a reply's features; they add up to 1."""
        sums = [0.0] * len(CLASSES)
        for feature, value in found.items():
            weights = self.weights.get(feature)
            if weights is not None:
                for place, weight in enumerate(weights):
                    sums[place] += value * weight
        return dict(zip(CLASSES, softmax(total / self.softness for total in sums), strict=True))


def softmax(sums: Iterable[float]) -> list[float]:
    values = list(sums)
    highest = max(values)
    parts = [exp(value - highest) for value in values]
    whole = sum(parts)
    return [part / whole for part in parts]
