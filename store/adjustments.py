"""The adjustment log: each change of the SOP, why it was made, and what came of it.

A publish and an edit that was taken up are events of the whole desk; a reason
may be said afterwards and is an event too. The effect compares what was sent
before and after, up to the next publish on either side, on equal stages. It
reads at most `LATEST` touches on each side, so its cost does not grow with the
log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.comparison import Comparison, Side, compare
from rules.events import Event, Then
from rules.nouns import Kind, Reaction
from rules.plain_text import NOTE_LIMIT, keep
from rules.shift import Shift
from rules.sop import Sop
from rules.sop_edits import Edit, edit_from, facts_of
from rules.timing import Moment
from rules.verdicts import Evidence
from rules.wording import N_, DeskError, sentence
from store import derived, log
from store.connection import transaction
from store.publishing import Because, Reason
from store.statements import named
from store.verbs import NeedsReason, draft

LATEST = 20_000
"""Touches on each side of a change that its effect is measured by."""
FOREVER = 2**62


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One change of the SOP."""

    event: Event
    """A publish, or an edit that was taken up."""
    undone: bool
    edit: Edit
    """What was changed."""
    was: str
    """The version before; for an edit, the version as it was called then."""
    reason: Reason
    """As it was said last; empty words where nobody said any."""

    @property
    def is_publish(self) -> bool:
        return self.event.kind is Kind.PUBLISH


def adjustments(db: sqlite3.Connection) -> tuple[Adjustment, ...]:
    """Every change, newest first."""
    told = [*log.events(db, "adjustments")]
    undone = derived.desk_marks(db) if told else {}
    said = {event.ref: event for event in told if event.kind is Kind.REASONED}
    return tuple(
        _adjustment(event, event.seq in undone, said.get(event.seq, event))
        for event in reversed(told)
        if event.kind is not Kind.REASONED
    )


def effect(
    db: sqlite3.Connection,
    found: Sequence[Adjustment],
    one: Adjustment,
    sop: Sop,
) -> Comparison:
    """What was sent after a change beside what was sent before it.

    Both sides end at the next publish that stands, if there is one.
    """
    seq = one.event.seq
    bounds = [a.event.seq for a in found if a.is_publish and not a.undone and a is not one]
    low = max((bound for bound in bounds if bound < seq), default=0)
    high = min((bound for bound in bounds if bound > seq), default=FOREVER)
    before = _side(db, "reactions_before", low, seq)
    after = _side(db, "reactions_after", seq, high)
    return compare(before, after, sop.verdicts, sop.stage_names())


def versions(db: sqlite3.Connection) -> Mapping[str, Side]:
    """What was sent and came back by version and stage; the version touched last comes first."""
    found: dict[str, dict[str, Evidence]] = {}
    for version, stage, *counts in db.execute(named()["version_stats"]):
        found.setdefault(version, {})[stage] = Evidence(*counts)
    last: dict[str, int] = {}
    for content, version in db.execute(named()["contents_of_versions"]).fetchall():
        values = {"content": content, "version": version}
        seq = int(db.execute(named()["last_touch_of_content"], values).fetchone()[0] or 0)
        last[version] = max(seq, last.get(version, 0))
    newest = sorted(found, key=lambda version: last.get(version, 0), reverse=True)
    return {version: found[version] for version in newest}


def note_edit(db: sqlite3.Connection, shift: Shift, now: Moment, edit: Edit, was: str) -> Event:
    """Records that edited files were taken up; `shift` works by them already."""
    facts = (("was", was), *facts_of(edit))
    event = draft(shift, now, Kind.EDITED, None, version=shift.sop.version, then=Then(facts=facts))
    with transaction(db):
        return log.append(db, event)


def give_reason(
    db: sqlite3.Connection, shift: Shift, now: Moment, change: int, reason: Reason
) -> Event:
    """Says why a change was made, in place of what was said before.

    `change` is the sequence number of its event. Raises NeedsReason.
    """
    words = keep(reason.words, NOTE_LIMIT).strip()
    if not words:
        raise NeedsReason
    because = (("because", reason.because.value),) if reason.because else ()
    text = {"reason": words, "author": keep(reason.author).strip() or shift.operator}
    with transaction(db):
        about = next(log.events(db, "event_by_seq", seq=change), None)
        if about is None or about.kind not in (Kind.PUBLISH, Kind.EDITED):
            raise DeskError(sentence(N_("there is no such change of the SOP")))
        event = draft(shift, now, Kind.REASONED, None, text=text, then=Then(facts=because))
        return log.append(db, event._replace(ref=change))


def _adjustment(event: Event, undone: bool, said: Event) -> Adjustment:
    facts = dict(event.then.facts)
    because = dict(said.then.facts).get("because")
    reason = Reason(
        said.text.get("reason", ""),
        Because(because) if because else None,
        said.text.get("author", ""),
    )
    return Adjustment(event, undone, edit_from(event.then.facts), facts.get("was", ""), reason)


def _side(db: sqlite3.Connection, statement: str, low: int, high: int) -> Side:
    """The touches between two events, by stage."""
    counts: dict[str, dict[Reaction | None, int]] = {}
    values = {"low": low, "high": high, "most": LATEST}
    for stage, reaction, n in db.execute(named()[statement], values):
        counts.setdefault(stage, {})[Reaction(reaction) if reaction else None] = n
    return {
        stage: Evidence(sum(found.values()), *(found.get(reaction, 0) for reaction in Reaction))
        for stage, found in counts.items()
    }
