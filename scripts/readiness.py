"""Whether a drafted version is written: scripts still to come, and rewrites that were not done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.sop import Sop
from rules.verdicts import Verdict
from scripts.filling import is_todo


@dataclass(frozen=True)
class Readiness:
    """What a version still lacks beside the one before it."""

    todo: tuple[tuple[str, str], ...] = ()
    """Content and script of each text that begins with TODO."""
    unchanged: tuple[str, ...] = ()
    """Contents that were to be rewritten and have the same texts as before."""


def readiness(old: Sop, new: Sop, verdicts: Mapping[str, Verdict]) -> Readiness:
    """`verdicts` are of the contents of `old`; of another version, so nothing is unchanged in
    the same one."""
    todo = (
        (content.id, script.id)
        for content in new.contents.values()
        for script in content.scripts
        if is_todo(script.text)
    )
    same = () if old.version == new.version else unchanged_rewrites(old, new, verdicts)
    return Readiness(tuple(todo), same)


def unchanged_rewrites(old: Sop, new: Sop, verdicts: Mapping[str, Verdict]) -> tuple[str, ...]:
    """The contents that were to be rewritten and whose every script is as it was."""
    return tuple(
        name
        for name, content in new.contents.items()
        if verdicts.get(name) is Verdict.REWRITE
        and name in old.contents
        and {s.digest for s in content.scripts} == {s.digest for s in old.contents[name].scripts}
    )


def is_unwritten(sop: Sop, content: str, stage: str) -> bool:
    """Whether all that a content has for a stage is still to be written."""
    known = sop.contents.get(content)
    scripts = known.variants_for(stage) if known else ()
    return bool(scripts) and all(is_todo(script.text) for script in scripts)
