"""What a check of the SOP's practice found: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from rules.lint_rules import Gravity, LintRule
from rules.wording import Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that could be better, named by ids; the place in a file is found from those."""

    rule: LintRule
    message: Sentence
    """What is found, complete in itself."""
    proposal: Sentence
    """What to do."""
    content: str = ""
    """Empty when it is about a sequence alone."""
    script: str = ""
    """Of the content; empty when it is about the content as a whole."""
    sequence: str = ""
    step: str = ""
    """Of the sequence; empty when it is about the sequence as a whole."""
    other: str = ""
    """A second content that has its part in it."""
    gravity: Gravity = Gravity.WARNING
