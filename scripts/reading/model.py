"""The weights of the features, and the chances that follow from them: a softmax over their sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from rules.nouns import Reaction

NONE = "none"
"""The class of lines that answer nothing."""
CLASSES = (*(reaction.value for reaction in Reaction), NONE)


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned from the examples that ship."""

    weights: Mapping[str, Sequence[float]]
    """By feature: one weight a class, in the order of CLASSES."""

    def chances(self, found: Mapping[str, float]) -> dict[str, float]:
        """The chance of each class for a reply's features; they add up to 1."""
        sums = [0.0] * len(CLASSES)
        for feature, value in found.items():
            for place, weight in enumerate(self.weights.get(feature, ())):
                sums[place] += value * weight
        return dict(zip(CLASSES, softmax(sums), strict=True))


def softmax(sums: Iterable[float]) -> list[float]:
    values = list(sums)
    highest = max(values)
    parts = [exp(value - highest) for value in values]
    whole = sum(parts)
    return [part / whole for part in parts]
