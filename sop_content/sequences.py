"""`sop.yaml` and `sequences/*.yaml`: the stages, and the timed steps for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.nouns import Walked
from rules.sop import Content, Sequence, Stage, Step
from rules.wording import N_, sentence
from sop_content.content import Stages, read_stages
from sop_content.entering import ENTERING_FIELDS, read_entering
from sop_content.faults import FaultList, shortened
from sop_content.fields import Record, nearest, with_proposal
from sop_content.marked_yaml import Node, Scalar
from sop_content.moments import read_window
from sop_content.places import Ids, Located

SOP_FIELDS = ("version", "name", "stages")
STAGE_FIELDS = ("id", "name", "task", "also")
FIELDS = ("id", "name", "stages", *ENTERING_FIELDS, "steps")
STEP_FIELDS = ("id", "day", "content", "window", "stages")
THE_SOP = sentence(N_("the SOP"))
A_STAGE = sentence(N_("a stage"))
A_SEQUENCE = sentence(N_("a sequence"))
A_STEP = sentence(N_("a step"))
LAST_DAY = 2000
"""Working days; about eight years."""
LONGEST_BEFORE = 366
"""Days before an event."""


@dataclass(frozen=True)
class Heading:
    """What `sop.yaml` says."""

    version: str
    name: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Surroundings:
    """What the steps of a sequence may refer to."""

    stages: Stages
    contents: Mapping[str, Content]
    complete: bool
    """Whether every content file could be read; else an unknown content is no fault."""
    ids: Ids
    """Of the sequences of all files."""


def read_heading(root: Node | None, faults: FaultList) -> Heading | None:
    """What `sop.yaml` says; None (told) when it has no fields at all."""
    record = Record.of(root, THE_SOP, SOP_FIELDS, faults)
    if record is None:
        return None
    name = record.needed_text("name")
    return Heading(record.id("version"), name, tuple(_stages(record)))


def _stages(sop: Record) -> Iterator[Stage]:
    ids, words = Ids(A_STAGE), Ids(A_STAGE)
    for item in sop.needed_items("stages"):
        record = Record.of(item, A_STAGE, STAGE_FIELDS, sop.faults)
        if record is None:
            continue
        stage_id = record.id()
        ids.claim(stage_id, record.place("id"), record.faults)
        also = record.texts("also")
        for word in also:
            words.claim(word.value, word, record.faults)
        task = record.text("task")
        name = record.needed_text("name")
        yield Stage(stage_id, name, task, tuple(word.value for word in also))


def read_sequence(
    root: Node | None, around: Surroundings, faults: FaultList
) -> Located[Sequence] | None:
    """The sequence of a file's root; None (told) when it has no fields at all."""
    record = Record.of(root, A_SEQUENCE, FIELDS, faults)
    if record is None:
        return None
    sequence_id = record.id()
    around.ids.claim(sequence_id, record.place("id"), faults)
    name = record.needed_text("name")
    entering = read_entering(record, around.stages)
    named = _stages_of(record, entering.kind, around.stages)
    for_stages = named if entering.kind is Walked.STAGE else tuple(around.stages.known or ())
    steps = tuple(_steps(record, entering.kind, for_stages, around))
    sequence = Sequence(
        sequence_id,
        name,
        named,
        steps,
        entering.kind,
        entering.when,
        entering.priority,
        entering.on,
        entering.again_after,
    )
    return Located(sequence, faults, record.place("stages"))


def _stages_of(record: Record, kind: Walked, stages: Stages) -> tuple[str, ...]:
    """The stages whose sequence it is; none for a sequence that has a condition instead."""
    if kind is Walked.STAGE:
        if "stages" not in record.table.fields:
            message = N_('"stages" or "kind" is missing in {kind}: say for whom it is')
            accepted = ("stages", "kind")
            record.faults.error(record.table, sentence(message, kind=record.kind), accepted)
        return read_stages(record, stages)
    if "stages" in record.table.fields:
        message = N_('"stages" is for a sequence without "kind": say in "when" who enters')
        record.faults.error(record.place("stages"), sentence(message), ("when",))
    return ()


def _steps(
    sequence: Record, kind: Walked, of_sequence: tuple[str, ...], around: Surroundings
) -> Iterator[Step]:
    ids = Ids(A_STEP)
    first = -LONGEST_BEFORE if kind is Walked.EVENT else 0
    before = first
    for item in sequence.needed_items("steps"):
        record = Record.of(item, A_STEP, STEP_FIELDS, sequence.faults)
        if record is None:
            continue
        step_id = record.id()
        ids.claim(step_id, record.place("id"), record.faults)
        before = _day(record, before, first)
        named = read_stages(record, around.stages)
        _tell_beyond(record, named, of_sequence)
        content = record.scalar("content") if record.need("content") else None
        if content is not None:
            _check_content(record, content, named or of_sequence, around)
        yield Step(
            id=step_id,
            day=before,
            content=content.value if content else "",
            window=read_window(record.scalar("window"), record.faults),
            stages=named,
        )


def _day(record: Record, before: int, first: int) -> int:
    """The day of a step, not before `first` or the day of the step above."""
    if not record.need("day"):
        return before
    day = record.number("day", first, LAST_DAY, before)
    if day < before:
        message = N_("day {day} comes after day {before}: days must not decrease")
        record.faults.error(record.place("day"), sentence(message, day=day, before=before))
        return before
    return day


def _tell_beyond(record: Record, named: tuple[str, ...], of_sequence: tuple[str, ...]) -> None:
    for stage in named if of_sequence else ():
        if stage not in of_sequence:
            message = N_('this step is for stage "{stage}", but its sequence is not')
            what = sentence(message, stage=shortened(stage))
            record.faults.error(record.place("stages"), what, of_sequence)


def _check_content(
    record: Record, named: Scalar, stages: tuple[str, ...], around: Surroundings
) -> None:
    """A step's content must exist and have a script for every stage of the step."""
    content = around.contents.get(named.value)
    if content is None:
        if around.complete and not record.faults.full:
            what = sentence(N_('there is no content "{word}".'), word=shortened(named.value))
            near = nearest(named.value, around.contents)
            accepted = (near,) if near else tuple(around.contents)
            record.faults.error(named, with_proposal(what, named.value, accepted), accepted)
        return
    left_out = tuple(stage for stage in stages if not content.variants_for(stage))
    if left_out and content.scripts:
        message = N_(
            'content "{content}" has no script for stage {stages}:'
            ' write "stages" in the step without it, or add a script'
        )
        what = sentence(message, content=shortened(named.value), stages=", ".join(left_out))
        fitting = tuple(stage for stage in stages if stage not in left_out)
        record.faults.error(named, what, fitting)
