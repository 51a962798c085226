"""Masking for a shared screen: what tells who a contact is stands on it as "张**" or "138****0001".

Invariant: whatever draws a name, a company, a phone, an id, a remark, or words
that may hold one, asks here for it before it passes the door of `tui.show`. So
there is one switch, and no screen has its own way of hiding. Copies, exports
and files take the true text: they ask nothing here. What an operator types
stays as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scripts.filling import Filled

STARS = "**"
"""What stands for the rest of a text; as long for all, since a length tells too."""
MIDDLE = "****"
WHOLE_PHONE = 11
"""Digits from which a phone keeps its first three and its last four."""
SHORT_PHONE = 7
"""Digits from which a number is taken for a phone, and keeps its last two."""
OPEN_FIELDS = frozenset(
    ("title", "source", "added", "tags", "interest", "owner", "stage", "consent", "on", "")
)
"""Fields of a profile that tell nobody apart."""

OF_A_PERSON = frozenset(("name", "salutation", "company"))
"""Blanks of a script whose values tell who a contact is."""

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))\+?\d(?:[ \-]?\d){6,}")
_DIGIT = re.compile(r"\d")


class _Switch:
    """For the whole process: a desk has one screen."""

    on = False


def is_on() -> bool:
    return _Switch.on


def turn(*, on: bool) -> None:
    """Everything drawn from now on is masked, or no longer is."""
    _Switch.on = on


def name(text: str) -> str:
    """A contact's name as it may be drawn; empty stays empty, so that "(no name)" stands."""
    return _beginning(text) if _Switch.on else text


def company(text: str) -> str:
    return _beginning(text) if _Switch.on else text


def phone(text: str) -> str:
    return _phone(text) if _Switch.on else text


def hidden(text: str) -> str:
    """An id, a remark, an address, a cell of a file of which nobody knows what it means."""
    return _beginning(text) if _Switch.on else text


def field(named: str, text: str) -> str:
    """The value of a profile's field."""
    if not _Switch.on or named in OPEN_FIELDS:
        return text
    if named == "birthday":
        return STARS if text else text
    return _phone(text) if named == "phone" else _beginning(text)


def words(text: str, profile: Mapping[str, str]) -> str:
    """Words about somebody: what the profile holds of them, phones and addresses are masked."""
    if not _Switch.on:
        return text
    known = {v: field(k, v) for k, v in profile.items() if k not in OPEN_FIELDS and len(v) > 1}
    if known:
        longest_first = sorted(known, key=len, reverse=True)
        found = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
        folded = {value.casefold(): mask for value, mask in known.items()}
        text = found.sub(lambda m: folded.get(m.group().casefold(), STARS), text)
    text = _ADDRESS.sub(lambda m: _beginning(m.group()), text)
    return _NUMBER.sub(lambda m: _phone(m.group()), text)


def told(texts: Mapping[str, str], profile: Mapping[str, str]) -> dict[str, str]:
    """The words of an event by what they are: fields of a profile, else words about somebody."""
    from store.profiles import FIELDS

    return {
        kind: field(kind, text) if kind in FIELDS else words(text, profile)
        for kind, text in texts.items()
    }


Spans = tuple[tuple[int, int], ...]


def filled(script: Filled) -> tuple[str, Spans]:
    """A filled script, what tells in it who the contact is masked; with the filled places."""
    text = script.text
    if not _Switch.on:
        return text, script.spans
    parts, places, done, length = [], [], 0, 0
    for (start, end), named in zip(script.spans, script.fields, strict=True):
        before, value = text[done:start], text[start:end]
        mask = _beginning(value) if named in OF_A_PERSON else value
        parts += [before, mask]
        places.append((length + len(before), length + len(before) + len(mask)))
        length, done = places[-1][1], end
    return "".join([*parts, text[done:]]), tuple(places)


def _beginning(text: str) -> str:
    """The first letter and stars; of one letter, which would be all of it, the stars alone."""
    bare = text.strip()
    if not bare:
        return text
    return STARS if len(bare) == 1 else bare[0] + STARS


def _phone(text: str) -> str:
    digits = "".join(_DIGIT.findall(text))
    if len(digits) >= WHOLE_PHONE:
        return digits[:3] + MIDDLE + digits[-4:]
    if len(digits) >= SHORT_PHONE:
        return MIDDLE + digits[-2:]
    return _beginning(text) if text else text
