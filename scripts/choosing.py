"""Which scripts of a content can be offered to a contact, why there is none, and which comes first.

Invariants: what is offered fits the contact's stage and has no empty blank; a
choice by lot carries what was drawn, so that the log can tell it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from hashlib import sha256
from typing import Protocol

from rules.sop import Content, Script
from rules.verdicts import Evidence, Usual, usual_of
from rules.wording import N_, Sentence, sentence
from scripts.filling import UNWRITTEN, Filled, Missing, fill

_FIELD_NAMES: Mapping[str, str] = {
    "name": N_("the name"),
    "salutation": N_("the name"),
    "company": N_("the company"),
    "title": N_("the job title"),
    "interest": N_("the interest"),
    "content": N_("the content's title"),
    "keyword": N_("the content's keyword"),
    "operator": N_("the operator's name"),
    UNWRITTEN: N_("the script"),
}
"""How a field is called in a sentence: a salutation is made of the name."""

_LEAST = 1e-6
"""A Dirichlet shape must be over 0, also for a reaction that is never seen."""
FEW = 10
"""Sends below which nothing is said of which script is the better one."""

_OF_THE_SOP = frozenset({"content", "keyword", "operator", UNWRITTEN})
"""Fields that are written in the SOP's files, not in a contact's."""


class Lots(Protocol):
    """Where chance comes from; `random.Random` is one."""

    def random(self) -> float:
        """Evenly from 0 up to, not including, 1."""
        ...

    def gammavariate(self, alpha: float, beta: float) -> float:
        """From the gamma distribution of shape `alpha` and scale `beta`."""
        ...


@dataclass(frozen=True, slots=True)
class VariantRules:
    """What a reaction is worth when scripts compete, and how much is spent on comparing."""

    friendly: float = 0.4
    """Beside 1 for positive or exploring: it shows good will, but nothing follows."""
    against: float = 2.0
    """Taken off for rejecting or lost: it ends all further touches of the contact, and a dozen
    of those are worth one or two eager replies."""
    least_share: float = 0.05
    """Share of the sends that every script gets at least."""
    prior_sends: float = 4
    """How many sends of a script the average of the content's scripts counts as."""


VARIANT_RULES = VariantRules()


@dataclass(frozen=True, slots=True)
class VariantEvidence:
    """A script and what came back to its present text."""

    variant: Script
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Choice:
    """The script that comes first, why, and what chance had to do with it."""

    variant: Script
    why: Sentence
    lot: float | None = None
    """What decided whether to compare or to follow the evidence; None for an only script."""
    drawn: Mapping[str, float] = field(default_factory=dict)
    """Worth of one send as drawn for each script, by id; empty when the lot decided alone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant, ready to be copied."""

    variant: Script
    text: Filled


def offers(
    content: Content, stage: str, values: Mapping[str, str], first: str | None = None
) -> tuple[Offer, ...]:
    """The scripts that fit the stage and can be filled, the variant with the id `first` first.

    The others keep the order of the file. Empty when there is none: `why_none` says why.
    """
    filled = ((script, fill(script.text, values)) for script in content.variants_for(stage))
    found = [Offer(script, text) for script, text in filled if isinstance(text, Filled)]
    if first is None:
        return tuple(found)
    return tuple(sorted(found, key=lambda offer: offer.variant.id != first))


def why_none(content: Content, stage: str, values: Mapping[str, str]) -> Sentence:
    """Why a content has nothing to offer, and what to do: asked when `offers` is empty."""
    variants = content.variants_for(stage)
    if content.scripts and not variants:
        message = N_('"{content}" is not for the stage "{stage}": choose another content')
        return sentence(message, content=content.title, stage=stage)
    tried = (fill(script.text, values) for script in variants)
    missing = [result.fields for result in tried if isinstance(result, Missing)]
    if not missing:
        message = N_('"{content}" has no script to offer: choose another content')
        return sentence(message, content=content.title)
    fewest = min(missing, key=len)
    if _OF_THE_SOP.intersection(fewest):
        message = N_("{fields} is empty: write it into the SOP or choose another content")
    else:
        message = N_(
            "{fields} is empty: write it into the contact's file or choose another content"
        )
    return sentence(message, fields=_listed(fewest))


def fixed_split(content_id: str, contact_id: int, variants: Sequence[Script]) -> Script:
    """The variant that a contact gets of a content: always the same, evenly spread over contacts.

    A variant that is added or taken away moves only the contacts that it gains
    or loses. Raises ValueError without variants.
    """
    return max(variants, key=lambda script: _draw(content_id, contact_id, script.id))


def choose_variant(
    candidates: Sequence[VariantEvidence], lots: Lots, rules: VariantRules = VARIANT_RULES
) -> Choice:
    """The script to show first, by Thompson sampling: the better it seems, the more often.

    For each script the worth of a send is drawn from what is believed of it, and
    the highest wins; a small share of the sends goes evenly to all. Draw once for
    a message and keep the choice: the next draw may differ. Raises ValueError
    without candidates.
    """
    if not candidates:
        raise ValueError("no script to choose from")
    if len(candidates) == 1:
        return Choice(candidates[0].variant, sentence(N_("the only script")))
    lot = lots.random()
    share = min(rules.least_share, 1 / len(candidates))
    if lot < share * len(candidates):
        chosen = candidates[min(int(lot / share), len(candidates) - 1)]
        message = N_("to compare: every script gets at least {share}% of the sends")
        return Choice(chosen.variant, sentence(message, share=f"{share * 100:g}"), lot)
    usual = usual_of(sum((c.evidence for c in candidates), Evidence()))
    beliefs = [belief(c.evidence, usual, rules) for c in candidates]
    drawn = [_drawn_worth(shapes, lots, rules) for shapes in beliefs]
    best = max(range(len(candidates)), key=drawn.__getitem__)
    expected = [expected_worth(shapes, rules) for shapes in beliefs]
    why = _why_chosen(candidates[best].evidence, is_best=expected[best] == max(expected))
    by_id = {c.variant.id: worth for c, worth in zip(candidates, drawn, strict=True)}
    return Choice(candidates[best].variant, why, lot, by_id)


def _drawn_worth(shapes: Sequence[float], lots: Lots, rules: VariantRules) -> float:
    return expected_worth([lots.gammavariate(shape, 1.0) for shape in shapes], rules)


def belief(
    evidence: Evidence, usual: Usual, rules: VariantRules = VARIANT_RULES
) -> tuple[float, ...]:
    """Dirichlet shapes of engaged, friendly, against and silence."""
    friendly, silence = usual.good - usual.engaged, 1 - usual.good - usual.against
    prior = rules.prior_sends
    return (
        max(prior * usual.engaged, _LEAST) + evidence.engaged,
        max(prior * friendly, _LEAST) + evidence.friendly,
        max(prior * usual.against, _LEAST) + evidence.against,
        max(prior * silence, _LEAST) + evidence.silence,
    )


def expected_worth(weights: Sequence[float], rules: VariantRules = VARIANT_RULES) -> float:
    """What a send of a script of this belief is worth on average, from -against to 1."""
    engaged, friendly, against, _silence = weights
    good = engaged + rules.friendly * friendly - rules.against * against
    return good / sum(weights)


def _why_chosen(evidence: Evidence, *, is_best: bool) -> Sentence:
    if not evidence.sends:
        return sentence(N_("not sent yet"))
    if evidence.sends < FEW:
        message = N_("few sends: {count} of {sends} reacted well")
    elif is_best:
        message = N_("best so far: {count} of {sends} reacted well")
    else:
        message = N_("unproven: {count} of {sends} reacted well")
    return sentence(message, count=evidence.good, sends=evidence.sends)


def _draw(content_id: str, contact_id: int, variant_id: str) -> bytes:
    return sha256(f"{content_id}\n{contact_id}\n{variant_id}".encode()).digest()


def _listed(fields: Sequence[str]) -> Sentence:
    names = dict.fromkeys(_FIELD_NAMES.get(field, field) for field in fields)
    return reduce(
        lambda one, other: sentence(N_("{one}, {other}"), one=one, other=other),
        (sentence(name) for name in names),
    )
