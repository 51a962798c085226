"""What differs between two versions of an SOP, one sentence for each thing, told by name.

`rules.sop_edits` counts the same differences. Invariant: there is none exactly
when the two are equal, and each carries both sides as texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from rules.conditions import Compiled
from rules.lists import DueFrom, DueRule
from rules.ordering import in_order
from rules.sop import Content, Script, Settings, Sop, Step, Window
from rules.sop import Sequence as StepSequence
from rules.timing import date_of
from rules.wording import N_, Sentence, sentence


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_WithId)


class What(StrEnum):
    """What a difference is about."""

    SOP = "sop"
    STAGE = "stage"
    CONTENT = "content"
    SCRIPT = "script"
    SEQUENCE = "sequence"
    STEP = "step"
    LIST = "list"
    RULE = "rule"
    SETTING = "setting"


class How(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is another in the new version."""

    what: What
    how: How
    id: str
    """Of the content, sequence, stage or list; the name of a setting."""
    part: str
    """Of the script or step, or the field that changed; may be empty."""
    message: Sentence
    before: str = ""
    after: str = ""


def differences(old: Sop, new: Sop) -> tuple[Difference, ...]:
    """All differences: the SOP itself, stages, contents, sequences, rules, settings."""
    return (
        *_heading(old, new),
        *_contents(old, new),
        *_sequences(old, new),
        *_rules(old, new),
        *_settings(old, new),
    )


def _heading(old: Sop, new: Sop) -> Iterator[Difference]:
    for name in ("version", "name"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield _changed(What.SOP, name, "", before, after)
    yield from _records(What.STAGE, _by_id(old.stages), _by_id(new.stages))
    names = [[s.id for s in sop.stages] for sop in (old, new)]
    if names[0] != names[1] and set(names[0]) == set(names[1]):
        yield _changed(What.STAGE, "stages", "", *(", ".join(told) for told in names))


def _contents(old: Sop, new: Sop) -> Iterator[Difference]:
    for name, content in old.contents.items():
        if name not in new.contents:
            yield _gone(What.CONTENT, name, content.title)
    for name, content in new.contents.items():
        before = old.contents.get(name)
        if before is None:
            yield _new(What.CONTENT, name, content.title)
        elif before != content:
            yield from _fields_changed(What.CONTENT, name, before, content, ("scripts",))
            yield from _scripts(name, before, content)


def _scripts(name: str, old: Content, new: Content) -> Iterator[Difference]:
    before, after = ({script.id: script for script in one.scripts} for one in (old, new))
    for script in old.scripts:
        if script.id not in after:
            yield _part(How.REMOVED, What.SCRIPT, name, script.id, before=script.text)
    for script in new.scripts:
        known = before.get(script.id)
        if known is None:
            yield _part(How.ADDED, What.SCRIPT, name, script.id, after=script.text)
        elif known != script:
            yield from _script(name, known, script)
    if list(before) != list(after) and before.keys() == after.keys():
        yield _changed(What.CONTENT, name, "scripts", ", ".join(before), ", ".join(after))


def _script(name: str, old: Script, new: Script) -> Iterator[Difference]:
    if old.text != new.text:
        message = N_('script {part} of "{id}" has another text')
        what = sentence(message, part=new.id, id=name)
        yield Difference(What.SCRIPT, How.CHANGED, name, new.id, what, old.text, new.text)
    if old.stages != new.stages:
        before, after = _told(old.stages), _told(new.stages)
        message = N_('script {part} of "{id}" is for {after}, was for {before}')
        what = sentence(message, part=new.id, id=name, before=before, after=after)
        yield Difference(What.CONTENT, How.CHANGED, name, new.id, what, before, after)


def _sequences(old: Sop, new: Sop) -> Iterator[Difference]:
    before, after = _by_id(old.sequences), _by_id(new.sequences)
    for sequence in old.sequences:
        if sequence.id not in after:
            yield _gone(What.SEQUENCE, sequence.id, sequence.name)
    for sequence in new.sequences:
        known = before.get(sequence.id)
        if known is None:
            yield _new(What.SEQUENCE, sequence.id, sequence.name)
        elif known != sequence:
            yield from _fields_changed(What.SEQUENCE, sequence.id, known, sequence, ("steps",))
            yield from _steps(known, sequence)
    if list(before) != list(after) and before.keys() == after.keys():
        yield _changed(What.SEQUENCE, "sequences", "", ", ".join(before), ", ".join(after))


def _steps(old: StepSequence, new: StepSequence) -> Iterator[Difference]:
    before, after = _by_id(old.steps), _by_id(new.steps)
    for step in old.steps:
        if step.id not in after:
            yield _whole_step(How.REMOVED, new.id, step)
    moved = _moved([s.id for s in old.steps], [s.id for s in new.steps])
    for step in new.steps:
        known = before.get(step.id)
        if known is None:
            yield _whole_step(How.ADDED, new.id, step)
            continue
        if step.id in moved:
            places = (str(1 + one.steps.index(s)) for one, s in ((old, known), (new, step)))
            yield _part(How.MOVED, What.STEP, new.id, step.id, *places)
        for name, was, now in _other_fields(known, step, ("id",)):
            message = N_('step {part} of "{id}": {field} is {after}, was {before}')
            what = sentence(message, part=step.id, id=new.id, field=name, before=was, after=now)
            how = How.MOVED if name == "day" else How.CHANGED
            yield Difference(What.STEP, how, new.id, step.id, what, was, now)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The steps that stand elsewhere among those that both versions have: as few as possible."""
    both = [name for name in new if name in old]
    staying = in_order([old.index(name) for name in both])
    return {name for place, name in enumerate(both) if place not in staying}


def _rules(old: Sop, new: Sop) -> Iterator[Difference]:
    yield from _records(What.LIST, _by_id(old.lists), _by_id(new.lists))
    names = [[rule.id for rule in sop.lists] for sop in (old, new)]
    if names[0] != names[1] and set(names[0]) == set(names[1]):
        yield _changed(What.LIST, "lists", "", *(", ".join(told) for told in names))
    if old.priorities != new.priorities:
        told = (
            "; ".join(f"{rule.when.text} → {rule.priority}" for rule in sop.priorities)
            for sop in (old, new)
        )
        yield _changed(What.RULE, "priority", "", *told)
    for name in ("verdicts", "lint"):
        yield from _flat_changes(What.RULE, name, getattr(old, name), getattr(new, name))


_WRITTEN: Mapping[str, str] = {
    "country": "calendar",
    "daily_cap": "caps.operator_day",
    "week_cap": "caps.contact_week",
    "month_cap": "caps.contact_month",
}
"""Settings whose name in desk.yaml is another one."""


def _settings(old: Sop, new: Sop) -> Iterator[Difference]:
    for name, before, after in _other_fields(old.settings, new.settings):
        told = (before, after)
        if name == "day_ends":
            told = (_clock(old.settings), _clock(new.settings))
        elif name == "leave":
            told = (_leave(old.settings), _leave(new.settings))
        yield _changed(What.SETTING, _WRITTEN.get(name, name), "", *told)


def _clock(settings: Settings) -> str:
    return f"{settings.day_ends // 60:02d}:{settings.day_ends % 60:02d}"


def _leave(settings: Settings) -> str:
    return ", ".join(f"{date_of(a)} – {date_of(b)}" for a, b in settings.leave) or "–"


def _flat_changes(what: What, name: str, old: object, new: object) -> Iterator[Difference]:
    """The fields of nested records that differ, each by its dotted name."""
    before, after = dict(_flat(name, old)), dict(_flat(name, new))
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield _changed(what, key, "", before.get(key, "–"), after.get(key, "–"))


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _flat(f"{name}.{field.name}", getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}", inner)
    else:
        yield name, _told(value)


def _records(
    what: What, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[Difference]:
    """Records with an id and a name that are gone, new or others."""
    for name, record in old.items():
        if name not in new:
            yield _gone(what, name, getattr(record, "name", name))
    for name, record in new.items():
        if name not in old:
            yield _new(what, name, getattr(record, "name", name))
        elif old[name] != record:
            yield from _fields_changed(what, name, old[name], record, ())


def _fields_changed(
    what: What, name: str, old: object, new: object, without: Sequence[str]
) -> Iterator[Difference]:
    for field, before, after in _other_fields(old, new, ("id", *without)):
        yield _changed(what, name, field, before, after)


def _other_fields(
    old: object, new: object, without: Sequence[str] = ()
) -> Iterator[tuple[str, str, str]]:
    """Name and both sides of each field that differs."""
    for field in fields(old) if is_dataclass(old) else ():
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in without and before != after:
            if field.name == "published":
                yield field.name, _date(before), _date(after)
            else:
                yield field.name, _told(before), _told(after)


def _date(day: int | None) -> str:
    return "–" if day is None else date_of(day).isoformat()


def _told(value: object) -> str:
    """A value as the files have it, as far as one line can."""
    match value:
        case None | "" | ():
            told = "–"
        case bool():
            told = str(value).lower()
        case tuple():
            told = ", ".join(map(_told, value))
        case Window():
            told = "-".join(f"{at // 60:02d}:{at % 60:02d}" for at in (value.start, value.end))
        case Compiled():
            told = value.text
        case DueRule():
            told = _due(value)
        case _:
            told = str(value)
    return told


def _due(rule: DueRule) -> str:
    if rule.start is DueFrom.TODAY:
        return "today"
    if rule.start is DueFrom.ROUND:
        return f"every {rule.days} days"
    return f"{rule.days} days after the {rule.start.value}"


def _whole_step(how: How, sequence: str, step: Step) -> Difference:
    """A step that only one of the versions has."""
    if how is How.ADDED:
        message = N_('step {part} of "{id}" is new: {content} on day {day}')
    else:
        message = N_('step {part} of "{id}" is gone: {content} on day {day}')
    what = sentence(message, part=step.id, id=sequence, content=step.content, day=step.day)
    before, after = ("", step.content) if how is How.ADDED else (step.content, "")
    return Difference(What.STEP, how, sequence, step.id, what, before, after)


def _by_id(records: Sequence[Named]) -> dict[str, Named]:
    return {record.id: record for record in records}


def _gone(what: What, name: str, title: str) -> Difference:
    return Difference(
        what, How.REMOVED, name, "", sentence(_GONE[what], id=name, title=title), before=title
    )


def _new(what: What, name: str, title: str) -> Difference:
    return Difference(
        what, How.ADDED, name, "", sentence(_NEW[what], id=name, title=title), after=title
    )


_GONE = {
    What.CONTENT: N_('content "{title}" ({id}) is gone'),
    What.SEQUENCE: N_('sequence "{title}" ({id}) is gone'),
    What.STAGE: N_('stage "{title}" ({id}) is gone'),
    What.LIST: N_('list "{title}" ({id}) is gone'),
}
_NEW = {
    What.CONTENT: N_('content "{title}" ({id}) is new'),
    What.SEQUENCE: N_('sequence "{title}" ({id}) is new'),
    What.STAGE: N_('stage "{title}" ({id}) is new'),
    What.LIST: N_('list "{title}" ({id}) is new'),
}
_PARTS = {
    (What.SCRIPT, How.ADDED): N_('script {part} of "{id}" is new'),
    (What.SCRIPT, How.REMOVED): N_('script {part} of "{id}" is gone'),
    (What.STEP, How.MOVED): N_('step {part} of "{id}" moved from place {before} to {after}'),
}


def _part(
    how: How, what: What, name: str, part: str, before: str = "", after: str = ""
) -> Difference:
    message = sentence(_PARTS[what, how], id=name, part=part, before=before, after=after)
    return Difference(what, how, name, part, message, before, after)


def _changed(what: What, name: str, part: str, before: str, after: str) -> Difference:
    if part:
        message = N_('"{id}": {field} is {after}, was {before}')
    else:
        message = N_("{id} is {after}, was {before}")
    told = sentence(message, id=name, field=part, before=before, after=after)
    return Difference(what, How.CHANGED, name, part, told, before, after)
