"""A reading in words: what is proposed, by which key, how surely, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from rules.nouns import REACTION_KEYS, Status
from tui import masking
from tui.show import show
from tui.wording import SIGNS, reaction_word, status_word
from tui.words import _, say

if TYPE_CHECKING:
    from scripts.reading.reading import Reading

DIGITS = {reaction: digit for digit, reaction in REACTION_KEYS.items()}
REFUSAL = "9"
"""The digit of do not contact, which is stronger than any reaction."""
SHORTEST = 10
"""Cells that a text or a reason has at least."""


def key_of(reading: Reading | None) -> str:
    """The digit that logs what is proposed; empty when nothing is."""
    if reading is not None and reading.for_good:
        return REFUSAL
    return "" if reading is None or reading.reaction is None else DIGITS[reading.reaction]


def proposal_line(reading: Reading) -> str:
    """Key, sign, reaction (or do not contact) and confidence."""
    if reading.reaction is None:
        return _("nothing proposed")
    sure = f"{reading.confidence:.0%}"
    meant = reaction_word(reading.reaction)
    if reading.for_good:
        meant = status_word(Status.DO_NOT_CONTACT)
    return f"{key_of(reading)} {SIGNS[reading.reaction]} {meant} {sure}"


def why_words(reading: Reading) -> str:
    """The reason; and that 4 only pauses, when the words refuse for good."""
    because = reading.because
    if "example" in because.values:  # what somebody else wrote
        quoted = masking.hidden(str(because.values["example"]))
        because = replace(because, values={**because.values, "example": quoted})
    told = show(say(because))
    if reading.for_good:
        told += " · " + _("4 would only pause")
    return told


def key_words(reading: Reading | None) -> str:
    """The key that logs a reply and what it means; all of them where nothing is proposed."""
    if reading is None or reading.reaction is None:
        return _("1 to 4")
    meant = reaction_word(reading.reaction)
    if reading.for_good:
        meant = status_word(Status.DO_NOT_CONTACT)
    return f"{key_of(reading)} {meant}"


def enter_words(reading: Reading | None) -> str:
    """What is said to an Enter on a pasted reply: it is logged by its own key alone."""
    return _("Enter logs no reply: {key} does", key=key_words(reading))


def waits_words(reading: Reading | None) -> str:
    """That a reply waits, behind what was just done."""
    return _("the reply waits: {key}", key=key_words(reading))


def arrived_words(reading: Reading, title: str, width: int) -> str:
    """The line about a text that arrived; `title` is of the content that its keyword asks for."""
    if title:
        end = _("3 logs it and takes {title} as the answer", title=title)
    elif reading.for_good:
        end = _("9 takes it as the reason · Esc drops it")
    elif reading.reaction is None:
        end = _("1 to 4 log it · 7 notes it · Esc drops it")
    else:
        end = _("{key} logs it · Esc drops it", key=key_of(reading))
    proposed = proposal_line(reading)
    why = why_words(reading)
    rest = width - cell_len(f"“” → {proposed} ·  · {end}")
    if rest < cell_len(why) + SHORTEST:
        # What is least needed gives way: how it goes on stands in the help too.
        end, rest = "", width - cell_len(f"“” → {proposed} · ")
    text = show(reading.text, max(SHORTEST, rest - cell_len(why)))
    why = show(why, max(SHORTEST, rest - cell_len(text)))
    return " · ".join(filter(None, (f"“{text}” → {proposed}", why, end)))
