"""What a sequence is asked for, as a contact of one stage walks it: the arc, and rare advertising.

A step may name the stages it is for, so every stage has a walk of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Ordered

from rules.lint_rules import LintLimits, LintRule
from rules.nouns import Purpose
from rules.ordering import in_order
from rules.sop import Content, Sequence, Sop, Step
from rules.wording import N_, Sentence, sentence
from scripts.findings import Finding

ARC = (Purpose.FUNCTION, Purpose.EFFECT, Purpose.BRAND)
"""The order in which a contact gets to know what is offered; service and events stand apart."""
FEWEST_ADVERTS = 2
"""One send with advertising is no habit, however short the sequence."""

Walk = Ordered[tuple[Step, Content]]


def sequence_findings(sop: Sop) -> Iterator[Finding]:
    """The findings of every sequence, each step and rule once."""
    for sequence in sop.sequences:
        told: set[tuple[LintRule, str]] = set()
        for stage in sequence.stages:
            walk = walk_of(sop, sequence, stage)
            found = (
                *_out_of_the_arc(sequence, walk),
                *_adverts_in_a_row(sequence, walk, sop.lint.limits),
                *_adverts_too_often(sequence, stage, walk, sop.lint.limits),
            )
            for finding in found:
                if (finding.rule, finding.step) not in told:
                    told.add((finding.rule, finding.step))
                    yield finding


def walk_of(sop: Sop, sequence: Sequence, stage: str) -> Walk:
    """The steps that a contact of a stage gets, each with its content."""
    return [
        (step, sop.contents[step.content])
        for step in sequence.steps
        if step.content in sop.contents and (not step.stages or stage in step.stages)
    ]


def _out_of_the_arc(sequence: Sequence, walk: Walk) -> Iterator[Finding]:
    """The steps that would have to move for the others to stand in order: as few as possible."""
    in_arc = [(step, content) for step, content in walk if content.purpose in ARC]
    ranks = [ARC.index(content.purpose) for _, content in in_arc]
    staying = in_order(ranks)
    for place, (step, content) in enumerate(in_arc):
        if place in staying:
            continue
        before = [n for n in staying if n < place and ranks[n] > ranks[place]]
        other = in_arc[before[0] if before else min(n for n in staying if n > place)]
        if before:
            message = N_(
                "step {step} ({purpose}) comes after step {other} ({others}): a sequence goes"
                " from function over effect to brand"
            )
            proposal = N_("Move it before step {other}")
        else:
            message = N_(
                "step {step} ({purpose}) comes before step {other} ({others}): a sequence goes"
                " from function over effect to brand"
            )
            proposal = N_("Move it after the last step of an earlier purpose")
        values = {"step": step.id, "purpose": content.purpose.value, "other": other[0].id}
        yield Finding(
            LintRule.ARC,
            sentence(message, others=other[1].purpose.value, **values),
            sentence(proposal, other=other[0].id),
            content.id,
            sequence=sequence.id,
            step=step.id,
        )


def _adverts_in_a_row(sequence: Sequence, walk: Walk, limits: LintLimits) -> Iterator[Finding]:
    run = 0
    for step, content in walk:
        run = run + 1 if content.advertising else 0
        if run > limits.advertising_in_a_row:
            message = N_("step {step} is advertising, {n} sends in a row: {limit} at most")
            yield _advertising(
                sequence,
                step,
                sentence(message, step=step.id, n=run, limit=limits.advertising_in_a_row),
            )


def _adverts_too_often(
    sequence: Sequence, stage: str, walk: Walk, limits: LintLimits
) -> Iterator[Finding]:
    adverts = [step for step, content in walk if content.advertising]
    if len(adverts) < FEWEST_ADVERTS:
        return
    if 100 * len(adverts) > limits.advertising_percent * len(walk):
        message = N_('of the {all} sends of stage "{stage}" {n} are advertising: {limit}% at most')
        what = sentence(
            message,
            all=len(walk),
            stage=stage,
            n=len(adverts),
            limit=limits.advertising_percent,
        )
        yield _advertising(sequence, adverts[-1], what)


def _advertising(sequence: Sequence, step: Step, what: Sentence) -> Finding:
    return Finding(
        LintRule.ADVERTISING,
        what,
        sentence(N_("Put something useful in its place or between")),
        step.content,
        sequence=sequence.id,
        step=step.id,
    )
