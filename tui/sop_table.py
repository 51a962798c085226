"""The views of the SOP as rows of a file: steps, problems, the adjustment log, two versions.

Days are ISO dates, rates are per cent with a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rules.comparison import Comparison
from rules.sop import Sop
from rules.timing import iso_day
from rules.verdicts import Evidence, percent
from sop_content.faults import Fault
from store.adjustments import Adjustment
from store.review import ContentReview
from tui.comparison_wording import outcome_word, outcome_words, plain_rate
from tui.sop_wording import adjustment_words, because_word, stage_name
from tui.wording import purpose_word, reaction_counts, reaction_word, verdict_word
from tui.words import _, say

Rows = Iterator[tuple[str, ...]]


def step_headings() -> tuple[str, ...]:
    return (
        _("sequence"),
        _("stages"),
        _("step"),
        _("day"),
        _("purpose"),
        _("content"),
        _("verdict"),
        _("sends"),
    )


def step_rows(sop: Sop, reviews: Mapping[str, ContentReview]) -> Rows:
    """Every step of every sequence with what came back to its content, as `reviews` by content."""
    for sequence in sop.sequences:
        stages = ", ".join(stage_name(stage, sop) for stage in sequence.stages)
        for step in sequence.steps:
            content, found = sop.contents.get(step.content), reviews.get(step.content)
            yield (
                sequence.name,
                stages,
                step.id,
                str(step.day),
                purpose_word(content.purpose) if content else "",
                content.title if content else step.content,
                verdict_word(found.verdict) if found else "",
                str(found.evidence.sends) if found else "0",
            )


def problem_headings() -> tuple[str, ...]:
    return (_("file"), _("line"), _("severity"), _("problem"), _("accepted"), _("proposal"))


def problem_rows(faults: Iterable[Fault]) -> Rows:
    for fault in faults:
        severity = _("error") if fault.severity == "error" else _("warning")
        proposal = "" if fault.proposal is None else say(fault.proposal)
        accepted = ", ".join(fault.accepted)
        yield (fault.path, str(fault.line), severity, say(fault.message), accepted, proposal)


def log_headings() -> tuple[str, ...]:
    return (
        _("day"),
        _("what was changed"),
        _("reason"),
        _("kind of reason"),
        _("by whom"),
        _("effect"),
        _("figures"),
        _("taken back"),
    )


def log_rows(told: Iterable[tuple[Adjustment, Comparison]]) -> Rows:
    """Each change of the SOP with its reason and what came of it."""
    for one, came in told:
        yield (
            iso_day(one.event.day) or "",
            adjustment_words(one),
            one.reason.words,
            because_word(one.reason.because) if one.reason.because else "",
            one.reason.author or one.event.operator,
            outcome_word(came.outcome),
            outcome_words(came),
            _("yes") if one.undone else "",
        )


def comparison_headings() -> tuple[str, ...]:
    return (
        _("stage"),
        _("version"),
        _("sends"),
        *(reaction_word(reaction) for reaction in reaction_counts(Evidence())),
        _("positive or exploring, %"),
        _("reacted well, %"),
        _("against, %"),
    )


def comparison_rows(found: Comparison, names: Sequence[str], sop: Sop) -> Rows:
    """Each stage in both versions, then all stages together."""
    sides = [(stage_name(pair.stage, sop), (pair.first, pair.second)) for pair in found.stages]
    for stage, pair in (*sides, (_("all stages"), (found.first, found.second))):
        for name, evidence in zip(names, pair, strict=True):
            rates = (plain_rate(evidence, rate) for rate in ("engaged", "good", "against"))
            yield (
                stage,
                name,
                str(evidence.sends),
                *(str(n) for n in reaction_counts(evidence).values()),
                *(percent(rate.rate) if rate.weight else "" for rate in rates),
            )
