"""One thing that happened, as it stands in the log, and the two states folded from it.

An event carries its outcome: whatever followed from files, settings, calendar
or chance was decided once, before the write, and stands in `then`. Folding the
log therefore needs no file and gives the same state on every machine.

They are named tuples: made and compared for each key and each row of an
import, in a seventh of the time of a frozen dataclass with as many fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rules.nouns import Kind, Reaction, Status

NOTHING: Mapping[str, str] = {}


class Walk(NamedTuple):
    """One plan of a contact that has several: where it stands in one sequence.

    The log keeps a plan as its values in this order: a field is only ever appended.
    """

    sequence: str
    priority: int
    """As the sequence declared it, 1 to 9; 0 is the stage's own sequence."""
    step: str | None
    """The step that comes next; None when the sequence ended for this contact."""
    due: int | None
    """Day number on which `step` is due."""
    since: int = 0
    """The day number that the steps count from: an event's own, else that of the entering."""
    snoozed: int = 0
    """1 when the due day was put off by hand."""


Plans = Mapping[str, Walk]
"""The plans of a contact by sequence, ended ones too; empty for whom the stage's is the only one,
which then stands in the contact's state alone."""


class Then(NamedTuple):
    """What an event decided for its contact. A field that is None was not decided."""

    owner: str | None = None
    stage: str | None = None
    status: Status | None = None
    sequence: str | None = None
    step: str | None = None
    due: int | None = None
    """Day number on which `step` is due."""
    finished: bool = False
    """The sequence has no further step: step and due day become empty."""
    lot: float | None = None
    """What chance said when a script was suggested; it changes nothing, but tells why later."""
    drawn: tuple[tuple[str, float], ...] = ()
    """The worth of a send as drawn for each variant; empty when the lot decided alone."""
    list: str | None = None
    """The list whose entry was dealt with or put off."""
    until: int | None = None
    """Day number to which the entry was put off."""
    plans: tuple[Walk, ...] = ()
    """Where a contact with several plans stands after it in those that changed."""
    facts: tuple[tuple[str, str], ...] = ()
    """What an event of the whole desk records beside its columns, by name; no personal words."""
    other: int | None = None
    """The contact that a merge took in, or that was found to be somebody else."""
    stood: tuple[tuple[int, str, int], ...] = ()
    """Contact, list and first day of each entry before a merge, for the way back."""


UNDECIDED = Then()


class Event(NamedTuple):
    """One row of the append-only log."""

    uuid: str
    """Made before the write, so that a retry writes the event once."""
    at_ms: int
    """UTC, milliseconds since 1970."""
    offset: int
    """Local offset from UTC, minutes."""
    day: int
    """The desk's day number; of a purchase, the day on which it was made."""
    operator: str
    kind: Kind
    contact: int | None = None
    content: str | None = None
    variant: str | None = None
    digest: str | None = None
    """Of the script's template, see `rules.sop.text_digest`."""
    version: str | None = None
    """The SOP version the message came from."""
    channel: str | None = None
    stage: str | None = None
    """The contact's stage when it happened."""
    step: str | None = None
    """The step that a touch carried out; None for a content chosen by hand."""
    reaction: Reaction | None = None
    ref: int | None = None
    """Sequence number of the event it answers, undoes or belongs to."""
    amount: int | None = None
    then: Then = UNDECIDED
    text: Mapping[str, str] = NOTHING
    """Personal words (names, phones, notes, reasons); erased on their own."""
    seq: int = 0
    """Its place in the log; 0 until written."""


class Touch(NamedTuple):
    """One scheduled message as the counters see it: sent, and what stands as its reaction."""

    seq: int
    contact: int
    operator: str
    day: int
    at_ms: int
    content: str
    variant: str
    digest: str
    version: str
    stage: str
    reaction: Reaction | None = None
    reaction_seq: int | None = None
    reaction_day: int | None = None


class ContactState(NamedTuple):
    """Everything the queue and the rules need to know of a contact."""

    contact: int
    owner: str
    stage: str
    status: Status = Status.ACTIVE
    status_seq: int | None = None
    """The event that set the status."""
    sequence: str | None = None
    step: str | None = None
    due: int | None = None
    """Day number; kept while paused, so that resuming knows the plan."""
    snoozed: int = 0
    """1 when the due day was put off by hand."""
    priority: int = 0
    touches: int = 0
    friendly: int = 0
    positive: int = 0
    exploring: int = 0
    rejecting: int = 0
    last_touch: int | None = None
    """Sequence number of the latest touch."""
    last_touch_day: int | None = None
    last_content: str | None = None
    last_reaction: Reaction | None = None
    last_reaction_day: int | None = None
    heard: int | None = None
    """Sequence number of the latest event in which the contact wrote."""
    last_seq: int = 0
    heard_day: int | None = None
    """Day number of that event."""
    added_day: int | None = None
    """Day number on which the contact came onto the desk."""
    last_positive_day: int | None = None
    keywords: int = 0
    """Replies with a keyword."""
    last_keyword_day: int | None = None
    interests: int = 0
    """Interest points known."""
    stage_seq: int | None = None
    """The event that last decided about the stage: a move, or a move declined."""
    flags: int = 0
    """The lists it stands on, a bit each; like the priority not folded but judged."""
    purchases: int = 0
    """Purchases and contracts that stand, as corrected."""
    spent: int = 0
    """What they add up to, in whole units of the currency of the latest."""
    last_purchase_day: int | None = None
    last_exploring_day: int | None = None
    """Of the latest exploring reaction, also where a later one stands in its place: somebody who
    says thanks for what was sent is not less interested."""

    @property
    def next_due(self) -> int | None:
        """The day of the next planned message; none while the contact stands aside."""
        return self.due if self.status is Status.ACTIVE else None


@dataclass(frozen=True, slots=True)
class Care:
    """What somebody did about one contact's entry on one list."""

    handled: int | None = None
    """Day number on which it was last dealt with."""
    until: int | None = None
    """Day number to which it was put off since."""
