"""How often readings are right: on replies that the weights did not learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scripts.reading.model import NONE, Model
from scripts.reading.nearest import Examples
from scripts.reading.reading import Known, Reading, read
from scripts.reading.training import Example, crossed, rows_of


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over examples of one kind."""

    examples: int
    proposed: int
    right: int

    @property
    def share_proposed(self) -> float:
        return self.proposed / self.examples if self.examples else 0.0

    @property
    def share_right(self) -> float:
        """Of those proposed."""
        return self.right / self.proposed if self.proposed else 0.0


Judged = tuple[Example, Reading]


def cross_validated(examples: Sequence[Example]) -> Iterator[Judged]:
    """Each example read by weights of the other folds, as the desk would read it."""
    nothing = Examples(())
    for place, model in crossed(rows_of(examples)):
        yield examples[place], read(examples[place].text, Known(model, nothing))


def read_all(examples: Iterable[Example], model: Model) -> Iterator[Judged]:
    """Each example read by given weights; for examples that did not teach them."""
    known = Known(model, Examples(()))
    for example in examples:
        yield example, read(example.text, known)


def score_of(judged: Iterable[Judged]) -> Score:
    """Replies that mean a reaction: how many get a proposal; of all proposals, how many are right.

    A proposal for a line that answers nothing counts as proposed and wrong.
    """
    pairs = list(judged)
    meant = [pair for pair in pairs if pair[0].meant != NONE]
    proposed = [pair for pair in pairs if pair[1].reaction is not None]
    right = sum(example.meant == reading.reaction for example, reading in proposed)
    return Score(len(meant), len(proposed), right)


def left_alone(judged: Iterable[Judged]) -> Score:
    """Lines that answer nothing: how many were left alone, as they should be."""
    none = [reading for example, reading in judged if example.meant == NONE]
    kept = sum(reading.reaction is None for reading in none)
    return Score(len(none), len(none), kept)
