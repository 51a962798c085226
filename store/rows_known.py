"""What is said of a row that is about somebody known, or that has somebody else's phone."""

from __future__ import annotations

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


def known_as(
    line: int, known: Mapping[str, str], profile: Mapping[str, str], earlier: int | None
) -> Known:
    """How somebody was known: by the first field that the row and the desk have alike."""
    fields = (f for f in ("external_id", "handle", "phone", "email") if _alike(f, known, profile))
    return Known(line, known.get("name", ""), next(fields, "name"), earlier)


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
