"""What a row of a contact file says of a contact, in the fields of a profile, and what is news.

Keeps that a file adds and completes: nothing that is known is emptied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from rules.merging import other_values, says
from rules.timing import iso_day
from store.exchange.cell_values import day_in
from store.exchange.contacts import ContactRow
from store.exchange.headings import unused
from store.phones import phone_key
from store.profiles import FIELDS, Values


def values_of_row(row: ContactRow) -> Values:
    """What a row says of a profile; of interests it says nothing."""
    extra = json.dumps(dict(row.extra), ensure_ascii=False) if row.extra else ""
    return (
        *(row.name, row.remark, row.phone, row.handle, row.external_id, row.company, row.title),
        *(row.email, row.birthday, row.source, iso_day(row.added) or "", ",".join(row.tags)),
        *("", extra),
    )


def profile_from(values: Values) -> dict[str, str]:
    """The profile fields that have a value."""
    return {name: value for name, value in zip(FIELDS, values, strict=True) if value}


def profile_of_row(row: ContactRow) -> dict[str, str]:
    """A row's profile fields that have a value."""
    return profile_from(values_of_row(row))


def changes_to(
    known: Mapping[str, str], profile: Mapping[str, str], *, is_unnamed: bool = False
) -> dict[str, str]:
    """Fields that a row adds or alters; tags and extra fields are joined, nothing is emptied.

    Of a row that `is_unnamed` the name only stands in for one.

    What the contact was called in one that was merged into it is known already.
    """
    wanted = dict(profile)
    if is_unnamed and known.get("name"):
        del wanted["name"]
    if known.get("tags") and profile.get("tags"):
        wanted["tags"] = ",".join(
            dict.fromkeys([*known["tags"].split(","), *profile["tags"].split(",")])
        )
    if known.get("extra") and profile.get("extra"):
        told = json.loads(profile["extra"])
        others = other_values(known)
        new = {name: value for name, value in told.items() if value not in others.get(name, ())}
        joined = {**json.loads(known["extra"]), **new}
        wanted["extra"] = json.dumps(joined, ensure_ascii=False)
    return {
        name: value
        for name, value in wanted.items()
        if not says(known, name, value) and not _same_number(known, name, value)
    }


def _same_number(known: Mapping[str, str], name: str, value: str) -> bool:
    """Whether a phone is the contact's own, written in another way: it stays as it is."""
    return name == "phone" and phone_key(known.get("phone", "")) == phone_key(value)


def as_kept(
    row: ContactRow, known: Mapping[str, str], changes: Mapping[str, str], stage: str, owner: str
) -> ContactRow:
    """A row about somebody known as the contact will be: its own stage and owner stay."""
    told = {**known, **changes}
    return row._replace(
        name=told.get("name", ""),
        remark=told.get("remark", ""),
        phone=told.get("phone", ""),
        handle=told.get("handle", ""),
        external_id=told.get("external_id", ""),
        company=told.get("company", ""),
        title=told.get("title", ""),
        email=told.get("email", ""),
        birthday=told.get("birthday", ""),
        source=told.get("source", ""),
        stage=stage,
        owner=owner,
        added=day_in(told.get("added", "")),
        tags=tuple(filter(None, told.get("tags", "").split(","))),
        extra=json.loads(told.get("extra", "") or "{}"),
    )


def with_stage(extra: str, stage: str) -> str:
    """Extra fields with what a stage was called that the SOP does not know.

    A second column of stages may be among them already, under the same name.
    """
    known = json.loads(extra) if extra else {}
    return json.dumps({**known, unused("stage", known): stage}, ensure_ascii=False)
