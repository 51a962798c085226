"""What is said of a row that is about somebody known, or that has somebody else's phone.

Invariant: no value of a known contact is replaced without a `Replaced` that names both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.merging import says
from rules.wording import N_, Sentence, sentence
from store.known_people import People
from store.phones import phone_key

KNOWN_TOLD = 1000
"""Rows about somebody known that are told one by one."""


@dataclass(frozen=True, slots=True)
class Known:
    """A row about somebody who is on the desk, or stands further up in the file."""

    line: int
    name: str
    """As the desk has it."""
    by: str
    """The field that both have: external_id, handle, phone, email or name."""
    earlier: int | None
    """The line further up that is about the same person."""
    contact: int = 0


@dataclass(frozen=True, slots=True)
class Replaced:
    """A value of a known contact in whose place the file has another."""

    line: int
    name: str
    """The contact's, as the desk has it."""
    field: str
    """A field of the profile; an extra field's heading with `is_extra`."""
    before: str
    value: str
    is_extra: bool = False

    @property
    def told(self) -> Sentence:
        """In a sentence; a change of name is called one."""
        if self.field == "name" and not self.is_extra:
            return sentence(
                N_('the name of {name} becomes "{value}"'), name=self.name, value=self.value
            )
        return sentence(
            N_('{name}: "{value}" takes the place of "{before}"'),
            name=self.name,
            value=self.value,
            before=self.before,
        )


def replaced(line: int, known: Mapping[str, str], changes: Mapping[str, str]) -> Iterator[Replaced]:
    """The values that changes put in the place of others; what is only added is none."""
    name = known.get("name", "")
    for field, value in changes.items():
        before = known.get(field)
        if not before or field == "tags":
            continue
        if field == "extra":
            was, is_now = json.loads(before), json.loads(value)
            for heading, text in was.items():
                if is_now.get(heading, text) != text:
                    yield Replaced(line, name, heading, text, is_now[heading], is_extra=True)
        else:
            yield Replaced(line, name, field, before, value)


def known_as(
    line: int,
    known: Mapping[str, str],
    profile: Mapping[str, str],
    earlier: int | None,
    contact: int,
) -> Known:
    """How somebody was known: by the first field that the row and the desk have alike."""
    fields = (f for f in ("external_id", "handle", "phone", "email") if _alike(f, known, profile))
    return Known(line, known.get("name", ""), next(fields, "name"), earlier, contact)


def _alike(name: str, known: Mapping[str, str], profile: Mapping[str, str]) -> bool:
    told = profile.get(name, "")
    if name == "phone" and told:
        return phone_key(told) == phone_key(known.get("phone", "")) or says(known, name, told)
    return bool(told) and says(known, name, told)


def same_phone(
    people: People, line: int, profile: Mapping[str, str], lines: Mapping[int, int]
) -> Iterator[tuple[int, Sentence]]:
    """That somebody new has the phone of somebody known: the line, with a note."""
    phone = phone_key(profile.get("phone", ""))
    others = people.called("phone", phone) if phone else []
    for other in others[:1]:
        name = people.profile(other).get("name", "")
        if other in lines:
            told = N_("the phone of line {line}, {name}, under another name: two contacts")
            yield line, sentence(told, line=lines[other], name=name)
        else:
            told = N_("the phone of {name}, who is on the desk, under another name: two contacts")
            yield line, sentence(told, name=name)
