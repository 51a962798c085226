"""One version of an SOP as frozen values: stages, sequences, steps, content, scripts, settings.

Read from YAML by `sop_content`, used by every room. A script's identity
includes a digest of its text, so a changed text is a new text with figures of
its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from rules.conditions import Compiled
from rules.lint_rules import LintRules
from rules.lists import ListRule, PriorityRule
from rules.nouns import Channel, Form, Purpose, Split, Walked
from rules.verdicts import VerdictRules

DIGEST_LENGTH = 12


@lru_cache(maxsize=1024)
def text_digest(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of a script's text (UTF-8)."""
    return sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the local day in which a message may be sent."""

    start: int
    """Minutes since midnight, inclusive."""
    end: int
    """Minutes since midnight, exclusive."""

    def __contains__(self, minute: int) -> bool:
        return self.start <= minute < self.end


@dataclass(frozen=True, slots=True)
class Script:
    """One variant of the words that lead a content in."""

    id: str
    """Unique within its content: "a", "b"."""
    text: str
    """The template, with {placeholders}."""
    stages: tuple[str, ...] = ()
    """Stages it is for; empty means all that the content is for."""

    @property
    def digest(self) -> str:
        return text_digest(self.text)


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent: scripts that lead in, and at most one other form."""

    id: str
    title: str
    purpose: Purpose
    scripts: tuple[Script, ...]
    form: Form | None = None
    target: str = ""
    """A link, or a file's path relative to the SOP folder; empty without a form."""
    keyword: str = ""
    """What the contact is asked to reply with; empty if nothing is asked."""
    reply_with: str = ""
    """The content that such a reply brings; empty when none is named."""
    stages: tuple[str, ...] = ()
    """Stages it is for; empty means all."""
    published: int | None = None
    """Day number (days since 1970-01-01), if known."""
    advertising: bool = False

    def variants_for(self, stage: str) -> tuple[Script, ...]:
        """The scripts that fit a stage; empty when the content is not for it."""
        if self.stages and stage not in self.stages:
            return ()
        return tuple(s for s in self.scripts if not s.stages or stage in s.stages)


@dataclass(frozen=True, slots=True)
class Step:
    """One timed send of a sequence."""

    id: str
    """Unique within its sequence."""
    day: int
    """Working days since the sequence began; the gap to the step before is what counts.
    Of an event: days of the calendar before (negative) or after its day."""
    content: str
    window: Window | None = None
    """Overrides the desk's window."""
    stages: tuple[str, ...] = ()
    """Stages it is for; empty means all of the sequence."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Timed steps for the contacts of some stages, or for an event or a state of interaction."""

    id: str
    name: str
    stages: tuple[str, ...]
    """Whose sequence it is; empty for an interaction sequence."""
    steps: tuple[Step, ...]
    kind: Walked = Walked.STAGE
    when: Compiled | None = None
    """Who enters; None for a stage sequence."""
    priority: int = 0
    """1 to 9: of the steps that are due, the one of the highest goes first; 0 for a stage's."""
    on: int | None = None
    """The event's day number."""
    again_after: int = 0
    """Days after entering until somebody may enter once more; 0 means once only."""

    def position(self, step: str) -> int | None:
        """Where a step stands, or None when this version no longer has it."""
        return next((i for i, s in enumerate(self.steps) if s.id == step), None)


@dataclass(frozen=True, slots=True)
class Stage:
    """A place on the way from lead to customer."""

    id: str
    name: str
    task: str = ""
    """The key task of the stage, one line, shown on the card."""
    also: tuple[str, ...] = ()
    """Other words for it in imported files."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`desk.yaml`: how this desk works."""

    timezone: str = ""
    """IANA name; empty means the clock's own offset."""
    day_ends: int = 4 * 60
    """Minutes after midnight at which the desk's day ends."""
    country: str = "CN"
    """ISO 3166 code of the working-day calendar."""
    window: Window = field(default_factory=lambda: Window(9 * 60, 21 * 60))
    interval_days: int = 1
    """Days that must pass between two touches of one contact: 1 means never twice on a day."""
    credit_days: int = 14
    """A reaction answers a touch at most this many days old."""
    daily_cap: int = 80
    """Touches of one operator on one day."""
    week_cap: int = 7
    """Touches of one contact within seven days."""
    month_cap: int = 0
    """Touches of one contact in a calendar month; 0 means as many as the month has days."""
    channel: Channel = Channel.WECHAT
    operator: str = "op1"
    variants: Split = Split.THOMPSON
    retention_months: int = 24
    """Months without contact after which an erasure is proposed; 0 proposes none."""
    leave: tuple[tuple[int, int], ...] = ()
    """First and last day number of each leave, inclusive."""


@dataclass(frozen=True)
class Sop:
    """One version of all sequences, content and scripts, with the desk's settings."""

    version: str
    name: str
    stages: tuple[Stage, ...]
    sequences: tuple[Sequence, ...]
    contents: Mapping[str, Content]
    settings: Settings = field(default_factory=Settings)
    lists: tuple[ListRule, ...] = ()
    """At most 60, in the order in which they are shown."""
    priorities: tuple[PriorityRule, ...] = ()
    verdicts: VerdictRules = field(default_factory=VerdictRules)
    lint: LintRules = field(default_factory=LintRules)

    def reply_to(self, content: str) -> str:
        """The content that answers the keyword of one; itself while none is named."""
        known = self.contents.get(content)
        return known.reply_with or content if known else content

    @property
    def answering(self) -> frozenset[str]:
        """The contents that answer a keyword of another one."""
        return frozenset(c.reply_with for c in self.contents.values() if c.reply_with != c.id)

    def sequence(self, sequence_id: str) -> Sequence | None:
        return next((s for s in self.sequences if s.id == sequence_id), None)

    @property
    def interactions(self) -> tuple[Sequence, ...]:
        """The sequences for events and states of interaction, in the order of the files."""
        return tuple(s for s in self.sequences if s.kind is not Walked.STAGE)

    def sequence_for(self, stage: str) -> Sequence | None:
        """The stage sequence that a contact of this stage walks."""
        return next((s for s in self.sequences if stage in s.stages), None)

    def stage(self, stage_id: str) -> Stage | None:
        return next((s for s in self.stages if s.id == stage_id), None)

    def stage_called(self, told: str) -> str | None:
        """The stage that a word means: its id, its name or another word for it."""
        word = told.strip().casefold()
        for stage in self.stages:
            if word in {stage.id.casefold(), stage.name.casefold(), *map(str.casefold, stage.also)}:
                return stage.id
        return None

    def stage_names(self) -> tuple[str, ...]:
        return tuple(s.id for s in self.stages)

    def stage_words(self) -> dict[str, str]:
        """What people call each stage, by its id."""
        return {stage.id: stage.name for stage in self.stages}
