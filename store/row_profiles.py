"""What a row of a contact file says of a contact, in the fields of a profile, and what is news.

Keeps that a file adds and completes: nothing that is known is emptied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from rules.merging import other_values, says
from rules.timing import iso_day
from store.exchange.contacts import ContactRow


def profile_of_row(row: ContactRow) -> dict[str, str]:
    """A row's profile fields that have a value."""
    values = {
        "name": row.name,
        "remark": row.remark,
        "phone": row.phone,
        "handle": row.handle,
        "external_id": row.external_id,
        "company": row.company,
        "title": row.title,
        "email": row.email,
        "birthday": row.birthday,
        "source": row.source,
        "added": iso_day(row.added) or "",
        "tags": ",".join(row.tags),
        "extra": json.dumps(dict(row.extra), ensure_ascii=False) if row.extra else "",
    }
    return {name: value for name, value in values.items() if value}


def changes_to(known: Mapping[str, str], profile: Mapping[str, str]) -> dict[str, str]:
    """Fields that a row adds or alters; tags and extra fields are joined, nothing is emptied.

    What the contact was called in one that was merged into it is known already.
    """
    wanted = dict(profile)
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
    return {name: value for name, value in wanted.items() if not says(known, name, value)}


def with_stage(extra: str, stage: str) -> str:
    """Extra fields with what a stage was called that the SOP does not know."""
    known = json.loads(extra) if extra else {}
    return json.dumps({**known, "stage": stage}, ensure_ascii=False)
