"""What an edit of the SOP's files changed, as numbers, so that it can be told in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from rules.sop import Content, Settings, Sop


@dataclass(frozen=True, slots=True)
class Edit:
    """How two readings of an SOP differ."""

    scripts: int = 0
    """Texts that are other ones under the same name: new texts with figures of their own."""
    changed: int = 0
    """Contents whose title, link, stages or variants are others."""
    added: int = 0
    """Contents that are new."""
    gone: int = 0
    """Contents that are no longer there."""
    sequences: int = 0
    """Sequences that are new, gone or others."""
    stages: bool = False
    settings: bool = False
    rules: bool = False
    """Whatever else an SOP holds."""
    version: str = ""
    """The new version, when it is another one."""


NOTHING = Edit()


Facts = tuple[tuple[str, str], ...]
"""Names and values as an event keeps them."""


def facts_of(edit: Edit) -> Facts:
    """An edit as an event keeps it: what is not nothing."""
    told = ((f.name, getattr(edit, f.name)) for f in fields(edit))
    return tuple((name, str(int(n) if isinstance(n, bool) else n)) for name, n in told if n)


def edit_from(facts: Iterable[tuple[str, str]]) -> Edit:
    """The edit that an event keeps; other facts are passed by."""
    told = dict(facts)
    return Edit(
        scripts=int(told.get("scripts", 0)),
        changed=int(told.get("changed", 0)),
        added=int(told.get("added", 0)),
        gone=int(told.get("gone", 0)),
        sequences=int(told.get("sequences", 0)),
        stages=bool(told.get("stages")),
        settings=bool(told.get("settings")),
        rules=bool(told.get("rules")),
        version=told.get("version", ""),
    )


def edit_between(old: Sop, new: Sop) -> Edit:
    """The difference between what was in use and what was read."""
    known, read = old.contents, new.contents
    both = [(known[name], read[name]) for name in known.keys() & read.keys()]
    walked, walks = ({s.id: s for s in sop.sequences} for sop in (old, new))
    names = walked.keys() | walks.keys()
    return Edit(
        scripts=sum(_texts_changed(before, after) for before, after in both),
        changed=sum(_without_texts(before) != _without_texts(after) for before, after in both),
        added=len(read.keys() - known.keys()),
        gone=len(known.keys() - read.keys()),
        sequences=sum(walked.get(name) != walks.get(name) for name in names),
        stages=(old.stages, old.name) != (new.stages, new.name),
        settings=old.settings != new.settings,
        rules=_rest_of(old) != _rest_of(new),
        version="" if old.version == new.version else new.version,
    )


def _rest_of(sop: Sop) -> Sop:
    """What is left when all that is told by name is taken away."""
    return replace(
        sop, version="", name="", stages=(), sequences=(), contents={}, settings=Settings()
    )


def _texts_changed(before: Content, after: Content) -> int:
    texts = {script.id: script.text for script in before.scripts}
    return sum(texts.get(script.id, script.text) != script.text for script in after.scripts)


def _without_texts(content: Content) -> Content:
    return replace(content, scripts=tuple(replace(s, text="") for s in content.scripts))
