"""What the checks of an SOP's practice look for: their names, how grave each is, and the limits.

Owns the words that `lint.yaml` may use. What each rule finds is decided in
`scripts.lint`; a fault of the files themselves is none of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class LintRule(StrEnum):
    """One thing that good practice asks of an SOP."""

    WALL_OF_TEXT = "wall_of_text"
    SECOND_FORM = "second_form"
    REPLY_LINE = "reply_line"
    REPLY_WITH = "reply_with"
    ADVERTISING = "advertising"
    AGE = "age"
    CUSTOMER_DETAILS = "customer_details"
    NEAR_DUPLICATE = "near_duplicate"
    UNUSED = "unused"
    ARC = "arc"
    TODO = "todo"
    REWRITE = "rewrite"


class Gravity(StrEnum):
    """What becomes of a finding."""

    ERROR = "error"
    """`siyu sop check` fails; the desk goes on."""
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class LintLimits:
    """From where on something is found. A length counts a Chinese character as one, a Latin
    letter as a half."""

    text_length: int = 200
    """Of a script."""
    paragraph_length: int = 120
    """Of a part of it without a line break."""
    advertising_in_a_row: int = 1
    """Sends with advertising that may follow each other."""
    advertising_percent: int = 30
    """Of the sends that a contact of one stage gets in a sequence."""
    age_days: int = 365
    duplicate_percent: int = 90
    """How much two scripts have in common."""


@dataclass(frozen=True)
class LintRules:
    """`lint.yaml`: what differs from the usual."""

    gravities: Mapping[LintRule, Gravity] = field(default_factory=dict)
    """Of the rules that are not a warning."""
    exceptions: Mapping[str, tuple[LintRule, ...]] = field(default_factory=dict)
    """By the id of a content or of a sequence: the rules that do not ask about it."""
    limits: LintLimits = field(default_factory=LintLimits)

    def gravity(self, rule: LintRule) -> Gravity:
        return self.gravities.get(rule, Gravity.WARNING)

    def excuses(self, rule: LintRule, *ids: str) -> bool:
        """Whether one of the ids is an exception to the rule."""
        return any(rule in self.exceptions.get(name, ()) for name in ids)
