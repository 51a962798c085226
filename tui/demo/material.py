"""What a demo desk is made of in one language: names, companies, and what people say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Material:
    """The words of one language; all of them invented."""

    families: tuple[str, ...]
    given: tuple[str, ...]
    name_form: str
    """With {family} and {given}."""
    remark_form: str
    """How an operator notes somebody down, with {name}, {given} and {short}."""
    phone_form: str
    """With {number}, from 0 to 999: numbers that nobody has."""
    awkward: tuple[str, ...]
    """Names as chats really bring them: signs, brackets, a whole sentence."""
    nameless: tuple[str, ...]
    """What a chat shows of accounts that chose no name."""
    companies: Mapping[str, str]
    """Full name to the short one."""
    titles: tuple[str, ...]
    sources: tuple[str, ...]
    """Also the names of the imported files."""
    tags: tuple[str, ...]
    stages: Mapping[str, str]
    """Stage id to the word that the imported files use for it."""
    interests: tuple[str, ...]
    friendly: tuple[str, ...]
    """What comes back in each kind of reaction."""
    positive: tuple[str, ...]
    exploring: tuple[str, ...]
    """With {interest}."""
    rejecting: tuple[str, ...]
    notes: tuple[str, ...]
    refusals: tuple[str, ...]
    """Why somebody is not to be contacted."""
    resumptions: tuple[str, ...]
    """Why somebody is taken up again."""
    currency: str
    contracts: tuple[tuple[str, int], ...]
    """What customers sign, with its price in whole units of the currency."""
    products: tuple[tuple[str, int], ...]
    """What they buy afterwards."""
    trials: tuple[tuple[str, int], ...]
    """What somebody pays for who has not decided yet."""
