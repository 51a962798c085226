"""Which scripts of a content can be offered to a contact, and why there is none.

Invariant: what is offered fits the contact's stage and has no empty blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256

from rules.sop import Content, Script
from rules.wording import N_, Sentence, sentence
from scripts.filling import Filled, Missing, fill

_FIELD_NAMES: Mapping[str, str] = {
    "name": N_("the name"),
    "salutation": N_("the name"),
    "company": N_("the company"),
    "title": N_("the job title"),
    "interest": N_("the interest"),
    "content": N_("the content's title"),
    "keyword": N_("the content's keyword"),
    "operator": N_("the operator's name"),
}
"""How a field is called in a sentence: a salutation is made of the name."""

_OF_THE_SOP = frozenset({"content", "keyword", "operator"})
"""Fields that are written in the SOP's files, not in a contact's."""


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


def _draw(content_id: str, contact_id: int, variant_id: str) -> bytes:
    return sha256(f"{content_id}\n{contact_id}\n{variant_id}".encode()).digest()


def _listed(fields: Sequence[str]) -> Sentence:
    names = dict.fromkeys(_FIELD_NAMES.get(field, field) for field in fields)
    return reduce(
        lambda one, other: sentence(N_("{one}, {other}"), one=one, other=other),
        (sentence(name) for name in names),
    )
