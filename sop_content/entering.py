"""Who enters an interaction sequence, and when: the fields beside `kind` of a sequence file.

Invariant: a sequence has either `stages` or a `kind` with all that this kind
needs; a field that means nothing for it is told, and never dropped in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.conditions import Compiled
from rules.lists import MOST_PRESSING
from rules.nouns import INTERACTIONS, Walked
from rules.wording import N_, sentence
from sop_content.content import Stages
from sop_content.faults import shortened
from sop_content.fields import Record, tell_unknown_value
from sop_content.moments import read_day
from sop_content.rule_file import MOST_DAYS, read_when

ENTERING_FIELDS = ("kind", "when", "priority", "on", "again_after")
ONLY_FOR = {
    "when": INTERACTIONS,
    "priority": INTERACTIONS,
    "on": (Walked.EVENT,),
    "again_after": (Walked.LOW_INTERACTION, Walked.RECALL),
}
"""The kinds for which a field means something."""

_DAYS = re.compile(r"([1-9][0-9]{0,3}) days?")


@dataclass(frozen=True)
class Entering:
    """What a sequence file says of entering."""

    kind: Walked = Walked.STAGE
    when: Compiled | None = None
    priority: int = 0
    on: int | None = None
    again_after: int = 0


def read_entering(record: Record, stages: Stages) -> Entering:
    """The kind of a sequence with its condition; a stage sequence has neither."""
    kind = _kind(record)
    for name, kinds in ONLY_FOR.items():
        if name in record.table.fields and kind not in kinds and kind is not None:
            message = N_('"{field}" is for a sequence of kind {kinds} only: delete it')
            accepted = tuple(k.value for k in kinds)
            what = sentence(message, field=name, kinds=", ".join(accepted))
            record.faults.error(record.place(name), what, accepted)
    if kind is None or kind is Walked.STAGE:
        return Entering(kind or Walked.EVENT)
    record.need("priority")
    dated = kind is Walked.EVENT and record.need("on")
    return Entering(
        kind,
        read_when(record, {"stage": tuple(stages.known or ())}),
        record.number("priority", 1, MOST_PRESSING, 1),
        read_day(record.scalar("on"), record.faults) if dated else None,
        0 if kind is Walked.EVENT else _again_after(record),
    )


def _kind(record: Record) -> Walked | None:
    """What makes contacts walk it; None (told) for a word that is none of the kinds."""
    if "kind" not in record.table.fields:
        return Walked.STAGE
    found = record.scalar("kind")
    accepted = tuple(kind.value for kind in INTERACTIONS)
    if found is None or found.value in accepted:
        return Walked(found.value) if found else None
    tell_unknown_value(found, "kind", accepted, record.faults)
    return None


def _again_after(record: Record) -> int:
    """Days until somebody may enter once more; 0 when the field is absent."""
    found = record.scalar("again_after")
    if found is None:
        return 0
    days = _DAYS.fullmatch(" ".join(found.value.split()))
    if days and int(days[1]) <= MOST_DAYS:
        return int(days[1])
    message = N_('"{word}" is no number of days: write it as {accepted}')
    what = sentence(message, word=shortened(found.value), accepted='"60 days"')
    record.faults.error(found, what, ("N days",))
    return 0
