"""What was typed and not saved when the desk ended, told at its next start, with the way there.

A draft stands in its window again; this says which window that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.nouns import Kind
from store.exchange.headings import Field
from store.profiles import profile_of
from tui import masking
from tui.drafts import NOBODY, PASTED
from tui.field_words import field_word
from tui.opening import OpenDesk
from tui.show import own_name, show
from tui.wording import kind_word
from tui.words import _

_TOLD = 2
"""Texts that are named; of more, how many there are."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """One text that waits: what it is, whom it is about, the keys that open it there."""

    what: str
    name: str
    contact: int
    keys: str


def left_over(desk: OpenDesk) -> list[LeftOver]:
    """What waits, newest first; without what is about a number that is somebody else's now."""
    found = []
    for window, contact, called in desk.drafts.waiting():
        way = _way(window)
        if way is None:
            continue
        if contact == NOBODY:
            found.append(LeftOver(way[0], "", contact, way[1]))
            continue
        profile = profile_of(desk.db, contact)
        name = (profile or {}).get("name", "")
        if profile is not None and called in (name, _called(name, contact)):
            shown = _called(masking.name(name), contact)
            found.append(LeftOver(way[0], shown, contact, way[1]))
    return found


def left_words(found: Sequence[LeftOver], in_hand: int | None) -> str:
    """One line about what waits; `in_hand` is the contact that keys act on. Empty for nothing."""
    if not found:
        return ""
    told = [_told(one, in_hand) for one in found[:_TOLD]]
    if len(found) > _TOLD:
        told.append(_("{n} more", n=len(found) - _TOLD))
    return _("✎ Unfinished: {texts}", texts=" · ".join(told))


def _told(one: LeftOver, in_hand: int | None) -> str:
    if one.contact == NOBODY:
        return _("{what} ({keys})", what=one.what, keys=one.keys)
    if one.contact == in_hand:
        return _("{name}, {what} ({keys})", name=one.name, what=one.what, keys=one.keys)
    return _(
        "{name}, {what} (find with /, then {keys})", name=one.name, what=one.what, keys=one.keys
    )


def _called(name: str, contact: int) -> str:
    return show(own_name(name, contact), 24, empty=_("(no name)"))


def _way(window: str) -> tuple[str, str] | None:
    """What is typed in a window, and the keys that open it from Today; None for what is shown."""
    if window == PASTED:
        return _("replies that were pasted"), "F3"
    head, _blank, rest = window.partition(" ")
    of_the_file = {
        "field": lambda: _field(rest),
        "stage": lambda: field_word(Field.STAGE),
        "link": lambda: _("link or file"),
        "purchase": lambda: kind_word(Kind.PURCHASE),
        "contract": lambda: kind_word(Kind.CONTRACT),
        "correct": lambda: kind_word(Kind.CORRECTED),
    }
    keys = {"link": "F6 5", "field": "F6", "stage": "F6"}
    if head in of_the_file:
        return of_the_file[head](), keys.get(head, "F6 8")
    by_key = {Kind.NOTE: "7", Kind.REFUSED: "9", Kind.RESUMED: "F11"}
    kind = next((kind for kind in by_key if kind == head), None)
    return None if kind is None else (kind_word(kind), by_key[kind])


def _field(name: str) -> str:
    known = {"interest": _("interests"), "consent": _("consent")}
    return known.get(name) or (field_word(Field(name)) if name in set(Field) else name)
