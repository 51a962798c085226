"""How often readings are right: on replies that the weights did not learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.nouns import Reaction
from scripts.reading.model import NONE, Model
from scripts.reading.nearest import Examples
from scripts.reading.reading import Known, Reading, read
from scripts.reading.training import Example, crossed, rows_of


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over examples."""

    examples: int
    """Replies that mean a reaction."""
    proposed: int
    """Of these, how many got a proposal."""
    right: int
    """Proposals that were right."""
    unrelated: int
    """Lines that answer nothing."""
    astray: int
    """Of these, how many got a proposal."""

    @property
    def share_proposed(self) -> float:
        return self.proposed / self.examples if self.examples else 0.0

    @property
    def share_right(self) -> float:
        """Of all proposals, those for unrelated lines among them."""
        proposals = self.proposed + self.astray
        return self.right / proposals if proposals else 0.0


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
    """How the readings of some examples did."""
    told = [(example.meant, reading.reaction) for example, reading in judged]
    unrelated = [reaction for meant, reaction in told if meant == NONE]
    replies = [pair for pair in told if pair[0] != NONE]
    return Score(
        examples=len(replies),
        proposed=sum(reaction is not None for _, reaction in replies),
        right=sum(meant == reaction for meant, reaction in replies),
        unrelated=len(unrelated),
        astray=sum(reaction is not None for reaction in unrelated),
    )


def score_by_reaction(judged: Iterable[Judged]) -> dict[Reaction, Score]:
    """The same for the replies that mean each reaction."""
    pairs = list(judged)
    return {
        reaction: score_of(pair for pair in pairs if pair[0].meant == reaction)
        for reaction in Reaction
    }
