"""Whether an imported row is somebody who is on the desk already.

By external id, then chat id, then phone, then the name with the email, then the
name alone. Two people are never made one when an id, a phone, an email, the
company or the day they were added contradict each other, and a row is never
given to one of several whom it fits alike.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from rules.merging import other_values, says
from store.known_people import People
from store.namesakes import is_row_number
from store.phones import phone_key

TELLING = ("external_id", "handle", "email", "company", "added")
"""Fields that tell two people apart when both have a value; the phone is compared as digits."""
STRONG = ("external_id", "handle")
JOINED = ("tags", "extra")
"""Fields that an import adds to and that therefore tell nobody apart."""


class Several(Exception):
    """A row fits several contacts alike, and says nothing that tells them apart."""


def match(people: People, profile: Mapping[str, str], of_this_file: Container[int]) -> int | None:
    """The contact that a row is about, or None for somebody new. Raises Several.

    A contact met before in this same file is recognised by its phone only under
    its own name, so that two people behind one office phone stay two; and one of
    the row's name without a phone comes before the phone's other holder. Of
    contacts that fit, one that holds all that the row says comes first: so the
    same file a second time meets the same contacts.
    """
    told = profile.get("external_id", "")
    by_external = _free_of_conflict(
        people, people.called("external_id", told), profile, (), of_this_file
    )
    if is_row_number(told):
        by_external = [
            (c, known)
            for c, known in by_external
            if c in of_this_file or says(known, "name", profile.get("name", ""))
        ]
    handle = profile.get("handle", "")
    by_handle = _free_of_conflict(
        people, people.called("handle", handle), profile, ("external_id",), of_this_file
    )
    for found in (by_external, by_handle):
        if found:
            return _fullest(found, profile)
    phone = phone_key(profile.get("phone", ""))
    by_phone = _free_of_conflict(
        people, people.called("phone", phone), profile, STRONG, of_this_file
    )
    name = profile.get("name", "")
    named_alike = [(c, known) for c, known in by_phone if says(known, "name", name)]
    if named_alike:
        return _fullest(named_alike, profile)
    by_name = _by_name(people, profile, phone, of_this_file)
    if by_name is not None:
        return by_name
    older = [c for c, _ in by_phone if c not in of_this_file]
    return older[0] if len(older) == 1 else None


def _by_name(
    people: People,
    profile: Mapping[str, str],
    phone: str,
    of_this_file: Container[int],
) -> int | None:
    by_name = people.called("name", profile.get("name", ""))
    alike = [
        (c, known)
        for c, known in _free_of_conflict(people, by_name, profile, TELLING, of_this_file)
        if not _other_phone(known, phone)
    ]
    same_email = [(c, known) for c, known in alike if known.get("email") and profile.get("email")]
    found = same_email or alike
    if not found:
        return None
    if len(found) > 1 and not any(_holds(known, profile) for _, known in found):
        raise Several
    return _fullest(found, profile)


def the_only_one(people: People, profile: Mapping[str, str]) -> int | None:
    """The contact that is meant where a guess would do harm, as with money; None for nobody.

    Raises Several where more than one fits, also where `match` would choose.
    """
    phone, name = phone_key(profile.get("phone", "")), profile.get("name", "")
    for kind in (*STRONG, "phone"):
        value = phone if kind == "phone" else profile.get(kind, "")
        if not value:
            continue
        found = _free_of_conflict(people, people.called(kind, value), profile, STRONG, ())
        alike = [pair for pair in found if says(pair[1], "name", name)]
        if kind == "external_id" and is_row_number(value):
            found = alike
        if found:
            return _single(alike or found)
    by_name = _free_of_conflict(people, people.called("name", name), profile, TELLING, ())
    alike = [pair for pair in by_name if not _other_phone(pair[1], phone)]
    same_email = [p for p in alike if p[1].get("email") and profile.get("email")]
    return _single(same_email or alike) if alike else None


def _single(found: list[tuple[int, Mapping[str, str]]]) -> int:
    if len(found) > 1:
        raise Several
    return found[0][0]


def _fullest(found: list[tuple[int, Mapping[str, str]]], profile: Mapping[str, str]) -> int:
    """The first contact that holds all that a row says, else the first of the row's name."""
    return min(
        found,
        key=lambda pair: (
            not _holds(pair[1], profile),
            not says(pair[1], "name", profile.get("name", "")),
            pair[0],
        ),
    )[0]


def _holds(known: Mapping[str, str], profile: Mapping[str, str]) -> bool:
    return all(says(known, f, value) for f, value in profile.items() if f not in JOINED)


def refused_alias(people: People, profile: Mapping[str, str]) -> bool:
    """Whether somebody with this phone, chat id or external id asked not to be contacted."""
    if not people.has_refused:
        return False
    external = profile.get("external_id", "")
    keys = (
        ("external_id", "" if is_row_number(external) else external),
        ("handle", profile.get("handle", "")),
        ("phone", phone_key(profile.get("phone", ""))),
    )
    return any(
        people.was_of_refused(kind, value)
        or any(people.is_refused(c) for c in people.called(kind, value))
        for kind, value in keys
        if value
    )


def _free_of_conflict(
    people: People,
    contacts: Sequence[int],
    profile: Mapping[str, str],
    fields: tuple[str, ...],
    of_this_file: Container[int],
) -> list[tuple[int, Mapping[str, str]]]:
    told = [(field, value) for field in fields if (value := profile.get(field))]
    found: list[tuple[int, Mapping[str, str]]] = []
    for contact in contacts:
        known = people.profile(contact)
        within = contact in of_this_file
        pairs = ((field, known.get(field, ""), v) for field, v in told if not says(known, field, v))
        if not told or not any(_contradict(*pair, within_file=within) for pair in pairs):
            found.append((contact, known))
    return found


def _contradict(field: str, one: str, other: str, *, within_file: bool) -> bool:
    """Whether two values make two people; row numbers only do so within one file."""
    if not one or not other or one == other:
        return False
    counted = field == "external_id" and (is_row_number(one) or is_row_number(other))
    return within_file or not counted


def _other_phone(known: Mapping[str, str], phone: str) -> bool:
    stored = [known.get("phone", ""), *other_values(known).get("phone", ())]
    keys = {key for key in map(phone_key, stored) if key}
    return bool(keys and phone and phone not in keys)
