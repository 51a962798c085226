"""The reason of an entry on a list: one line with facts in braces, as the SOP writes it.

`{fact}` is its value, `{fact|one|many}` a count with its word, and what stands in
square brackets with a fact in it is left out where a fact of it is empty or 0.
Invariant: a value is never read for braces or brackets of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rules.facts import FACTS, FactType
from rules.wording import N_, sentence

if TYPE_CHECKING:
    from rules.rule_text import PredicateFault

NO_VALUE = "–"
"""Stands in a reason where a fact is empty."""
_BLANK = re.compile(r"\{([^{}]*)\}|[{}]")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
_NOTHING = ("", "0")


def reason_text(reason: str, words: Mapping[str, str]) -> str:
    """A reason, its facts as `words` has them; one that is empty is a dash."""

    def whole(found: re.Match[str]) -> str:
        names = (blank[1] for blank in _BLANK.finditer(found[1]) if blank[1])
        return "" if any(words.get(_fact(name), "") in _NOTHING for name in names) else found[1]

    return _BLANK.sub(lambda found: _filled(found[1] or "", words), _OPTIONAL.sub(whole, reason))


def check_reason(text: str) -> Iterator[PredicateFault]:
    """Every blank of a reason that is no fact, and every brace that stands alone."""
    # Imported here: rules are checked when they are read anew, not at every start.
    from rules.rule_text import PredicateFault, unknown_fact

    for found in _BLANK.finditer(text):
        name = found.group(1)
        if name is None:
            message = N_("a brace stands alone: a reason holds facts in braces, such as {fact}")
            what = sentence(message, fact="{touch_count}")
            yield PredicateFault(found.start(), what, tuple(FACTS))
            continue
        fact, *forms = name.split("|")
        if fact not in FACTS:
            yield unknown_fact(fact, found.start())
        elif forms and (len(forms) != 2 or FACTS[fact].type is not FactType.INTEGER):
            message = N_("a count is written with its word for one and for many, such as {example}")
            what = sentence(message, example="{touch_count|message|messages}")
            yield PredicateFault(found.start(), what, ())


def _filled(blank: str, words: Mapping[str, str]) -> str:
    fact, *forms = blank.split("|")
    word = words.get(fact) or NO_VALUE
    if len(forms) != 2:
        return word
    return f"{word} {forms[0] if word == '1' else forms[1]}"


def _fact(blank: str) -> str:
    return blank.split("|")[0]
