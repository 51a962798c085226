"""What a reply likely means: the reaction that is proposed, how surely, and why.

Invariant: lines of the chat program, automatic replies and files propose no
reaction but lost; below SURE nothing is proposed; nothing is decided here but
a proposal, which a person confirms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.nouns import Reaction
from rules.wording import N_, Sentence, sentence
from scripts.reading.features import features, groups, stem
from scripts.reading.keywords import Hit, answers, keyword_in
from scripts.reading.leaving import leaves_for_good
from scripts.reading.model import CLASSES, NONE, Model
from scripts.reading.nearest import Examples, Near
from scripts.reading.normal import Plain, plain
from scripts.reading.notices import NOTICE, notice_of
from scripts.reading.tokens import likeness, tokens

SURE = 0.62
"""Confidence from which a reaction is proposed."""
REFUSALS = frozenset({Reaction.REJECTING, Reaction.LOST})
DOUBT = 0.1
"""Chance of a refusal from which nothing kinder is proposed: to write on is the worst mistake."""
BY_RULE = 0.99
BY_KEYWORD, BY_SLIP = 0.95, 0.8
CONFIRMED = 3.0
"""What one confirmed reaction to the very same words weighs, beside 1 for all shipped examples."""
MOST_CONFIRMED = 30.0
"""What the confirmed reactions to one text weigh at most."""
NEIGHBOUR = 0.6
"""Likeness from which a confirmed reaction to other words counts."""

LIKE = N_('like "{example}"')
CONFIRMED_LIKE = N_('like "{example}", confirmed at this desk')
NOT_SURE = sentence(N_("not sure enough to propose a reaction"))
MAY_REFUSE = sentence(N_("not sure: it may refuse"))
NO_REPLY = sentence(N_("does not answer a message"))
LEFT_ALONE = sentence(N_("asks to be left alone for good"))
ITS_WORDS = sentence(N_("by its words"))
EMPTY = sentence(N_("nothing is written there"))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Words that this desk has confirmed reactions to, and how often which."""

    text: str
    counts: Mapping[Reaction, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply as it was read."""

    text: str
    reaction: Reaction | None
    """What is proposed; None for nothing."""
    confidence: float
    """0 to 1; of the likeliest reaction, proposed or not."""
    because: Sentence
    nearest: tuple[Near, ...] = ()
    """The examples it rests on, most like first."""
    keyword: Hit | None = None
    answer_with: str | None = None
    """The content that the keyword asks for."""
    for_good: bool = False
    """It refuses in words that mean do not contact, which is proposed in place of a pause."""


@dataclass(frozen=True)
class Known:
    """What every reading starts from."""

    model: Model
    examples: Examples
    keywords: Mapping[str, str] = field(default_factory=dict)
    """The keyword of each content, by its id."""
    replies: Mapping[str, str] = field(default_factory=dict)
    """What answers the keyword of a content, where it is not the content itself."""

    def is_word(self, text: str) -> bool:
        """Whether the examples say it for something of its own."""
        return text in self.model.weights or f"w:{stem(text)}" in self.model.weights


def read(
    raw: str, known: Known, confirmed: Sequence[Confirmed] = (), last: str | None = None
) -> Reading:
    """The reading of one reply; `last` is the content that was sent before it."""
    text = raw.strip()
    reply = plain(text)
    if not reply.text and not reply.signs:
        return Reading(text, None, 0.0, EMPTY)
    hit = keyword_in(reply, _in_turn(known.keywords, last), known.is_word)
    if hit is not None:
        asking = answers(known.keywords, last, hit.keyword)
        return _asked(text, hit, known.replies.get(asking or "", asking))
    notice = notice_of(text, reply.text, signs=bool(reply.signs))
    leaves = leaves_for_good(reply.text)
    if notice is not None and not (leaves and notice.because is NOTICE):
        lost = Reaction.LOST if notice.lost else None
        return Reading(text, lost, BY_RULE if lost else 0.0, notice.because)
    chances, near = known.model.chances(features(reply)), _near(reply, confirmed)
    if leaves and not any(alike == 1.0 for alike, _ in near):
        chances = {**dict.fromkeys(CLASSES, 0.0), Reaction.REJECTING.value: 1.0}
    read_so = _proposed(text, reply, with_confirmed(chances, near), near, known.examples)
    return _for_good(read_so) if leaves else read_so


def with_confirmed(
    chances: Mapping[str, float], near: Sequence[tuple[float, Confirmed]]
) -> dict[str, float]:
    """The chances moved towards what this desk confirmed for words like these."""
    votes = dict.fromkeys(CLASSES, 0.0)
    for alike, one in near:
        n = sum(one.counts.values())
        weight = min(CONFIRMED * alike**4 * n, MOST_CONFIRMED)
        for reaction, count in one.counts.items():
            votes[reaction.value] += weight * count / n
    whole = 1 + sum(votes.values())
    return {name: (chances[name] + votes[name]) / whole for name in CLASSES}


def _near(reply: Plain, confirmed: Sequence[Confirmed]) -> list[tuple[float, Confirmed]]:
    """The confirmed texts that say the same in like words, most like first."""
    own, said = tokens(reply), groups(reply)
    found = []
    for one in confirmed:
        theirs = plain(one.text)
        alike = 1.0 if theirs == reply else min(0.99, likeness(own, tokens(theirs)))
        # One character more may turn the meaning round: what is said must be of one kind.
        if alike == 1.0 or (alike >= NEIGHBOUR and groups(theirs) == said):
            found.append((alike, one))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].text))


def _proposed(
    text: str,
    reply: Plain,
    chances: Mapping[str, float],
    near: Sequence[tuple[float, Confirmed]],
    examples: Examples,
) -> Reading:
    reaction = max(Reaction, key=lambda one: chances[one.value])
    confidence = min(round(chances[reaction.value], 3), BY_RULE)
    torn = reaction not in REFUSALS and chances[Reaction.REJECTING.value] >= DOUBT
    if confidence < SURE or torn:
        because = MAY_REFUSE if torn else NO_REPLY if chances[NONE] >= SURE else NOT_SURE
        return Reading(text, None, confidence, because)
    mine = [Near(one.text, reaction.value, alike) for alike, one in near if reaction in one.counts]
    shipped = examples.nearest(reply, text, reaction.value)
    because = ITS_WORDS
    if mine:
        because = sentence(CONFIRMED_LIKE, example=mine[0].text)
    elif shipped:
        because = sentence(LIKE, example=shipped[0].text)
    nearest = (*mine[:3], *shipped)[:3]
    return Reading(text, reaction, confidence, because, nearest)


def _for_good(told: Reading) -> Reading:
    """The reading of a wish to be left alone: of one that this desk confirms as a refusal."""
    if told.reaction is not Reaction.REJECTING:
        return told
    return replace(told, because=LEFT_ALONE, for_good=True)


def _asked(text: str, hit: Hit, content: str | None) -> Reading:
    """A keyword asks for the material that it names."""
    message = N_('the keyword "{keyword}"') if hit.exact else N_('the keyword "{keyword}", a slip')
    because = sentence(message, keyword=hit.keyword)
    sure = BY_KEYWORD if hit.exact else BY_SLIP
    return Reading(text, Reaction.EXPLORING, sure, because, (), hit, content)


def _in_turn(keywords: Mapping[str, str], last: str | None) -> tuple[str, ...]:
    """The keywords, that of the last content first: a slip is read as what was asked for."""
    first = [keywords[last]] if last is not None and last in keywords else []
    return tuple(dict.fromkeys([*first, *keywords.values()]))
