"""Checks what good practice asks of an SOP, beyond what its files must hold to be read.

Invariants: pure, so the day and the names of people are arguments; the same
SOP gives the same findings in the same order; a rule that is off, or that has
an exception for the content or sequence, finds nothing there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from rules.lint_rules import Gravity
from rules.sop import Sop
from scripts.findings import Finding
from scripts.lint_contents import content_findings, unchanged_rewrite
from scripts.lint_sequences import sequence_findings
from scripts.near_duplicates import duplicate_findings

__all__ = ["Finding", "lint"]


def lint(
    sop: Sop,
    today: int | None = None,
    people: Collection[str] = (),
    unchanged: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What could be better, by content and then by sequence, each in the SOP's order.

    `today` is a day number; without it nothing is too old. `people` are names
    and companies that no case may show; `unchanged` are contents that were to be
    rewritten in the version before and stand here as they were.
    """
    found = (
        *content_findings(sop, today, people),
        *duplicate_findings(sop),
        *sequence_findings(sop),
        *(unchanged_rewrite(sop.contents[name]) for name in unchanged),
    )
    kept = [_weighed(finding, sop) for finding in found if not _excused(finding, sop)]
    return tuple(sorted((one for one in kept if one), key=lambda one: _place(one, sop)))


def by_content(findings: Collection[Finding]) -> dict[str, list[Finding]]:
    """The findings of each content that has any, also those of its steps."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for content in filter(None, dict.fromkeys((finding.content, finding.other))):
            found.setdefault(content, []).append(finding)
    return found


def _excused(finding: Finding, sop: Sop) -> bool:
    ids = (finding.content, finding.other, finding.sequence)
    return sop.lint.excuses(finding.rule, *filter(None, ids))


def _weighed(finding: Finding, sop: Sop) -> Finding | None:
    gravity = sop.lint.gravity(finding.rule)
    return None if gravity is Gravity.OFF else replace(finding, gravity=gravity)


def _place(finding: Finding, sop: Sop) -> tuple[int, ...]:
    """Where a finding comes in the list: contents first, a sequence's own findings after."""
    contents = {name: n for n, name in enumerate(sop.contents)}
    sequences = {one.id: n for n, one in enumerate(sop.sequences)}
    rules = list(type(finding.rule))
    if finding.sequence:
        walked = sop.sequence(finding.sequence)
        step = walked.position(finding.step) if walked else None
        return (1, sequences.get(finding.sequence, 0), step or 0, rules.index(finding.rule))
    return (0, contents.get(finding.content, 0), 0, rules.index(finding.rule))
