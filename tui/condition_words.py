"""Conditions of rules in the reader's words: facts, values and what stands between them.

In English they stand as rules.yaml has them, so that a rule is found again by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rules.facts import FACTS
from rules.wording import N_
from tui.words import _

FACT_WORDS = (
    N_("stage"),
    N_("status"),
    N_("owner"),
    N_("today"),
    N_("sequence"),
    N_("step"),
    N_("due_day"),
    N_("days_overdue"),
    N_("snoozed"),
    N_("finished"),
    N_("touch_count"),
    N_("last_touch_day"),
    N_("days_since_touch"),
    N_("last_content"),
    N_("unanswered"),
    N_("days_since_added"),
    N_("silent_days"),
    N_("keyword_count"),
    N_("days_since_keyword"),
    N_("interest_count"),
    N_("stage_settled"),
    N_("last_reaction"),
    N_("last_reaction_day"),
    N_("days_since_reaction"),
    N_("last_positive_day"),
    N_("days_since_positive"),
    N_("last_exploring_day"),
    N_("days_since_exploring"),
    N_("friendly_count"),
    N_("positive_count"),
    N_("exploring_count"),
    N_("rejecting_count"),
    N_("reaction_count"),
    N_("purchase_count"),
    N_("purchase_total"),
    N_("last_purchase_day"),
    N_("days_since_purchase"),
)
"""Every fact by the name that rules call it; the catalogues say it in other languages."""
BETWEEN = (N_("is not null"), N_("is null"), N_("not in"), N_("in"), N_("between"), N_("and"))
"""What may stand between facts and values, the longer before what it begins with."""
TOKEN = re.compile(
    r"(?P<text>'(?:[^']|'')*')|(?P<between>\b(?:" + "|".join(BETWEEN) + r")\b)|(?P<name>[a-z_]+)"
)


def fact_name(name: str) -> str:
    """What a fact is called."""
    return _(name) if name in FACTS else name


def condition_words(text: str, value: Callable[[str], str]) -> str:
    """A comparison as it is told; `value` says what a text in it is called."""

    def told(found: re.Match[str]) -> str:
        if found["text"] is not None:
            written = found["text"][1:-1].replace("''", "'")
            word = value(written)
            return found["text"] if word.casefold() == written.casefold() else f"“{word}”"
        return _(found["between"]) if found["between"] else fact_name(found["name"])

    return TOKEN.sub(told, text)
