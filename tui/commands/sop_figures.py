"""`sop log`: each change of the SOP with its reason and effect. `sop compare`: two versions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from rules.comparison import Comparison, Pair, Rate, StagePair, compare, standardised
from rules.timing import date_of
from rules.verdicts import Evidence
from rules.wording import N_, DeskError, sentence
from store.adjustments import Adjustment, adjustments, effect, versions
from tui import sop_table
from tui.commands.exporting import check_target, exportable, into_file
from tui.commands.options import answer, chosen, desk_options
from tui.comparison_wording import comparison_lines, outcome_words
from tui.opening import desk
from tui.sop_wording import adjustment_words, reason_words
from tui.words import _


class NeverSent(DeskError):
    """Nothing was sent by a version that was named."""

    def __init__(self, version: str, known: tuple[str, ...]) -> None:
        super().__init__(
            sentence(N_("nothing was sent by version {version}"), version=version),
            sentence(N_("Accepted: {words}"), words=", ".join(known)) if known else None,
        )


@click.command(name="log", help=_("List every change of the SOP with its reason and effect."))
@exportable
@desk_options
def log_command(export: Path | None, replace: bool) -> None:
    if export is not None:
        check_target(export, replace=replace)
    with desk(chosen()) as opened:
        found = adjustments(opened.db)
        told = [(one, effect(opened.db, found, one, opened.shift.sop)) for one in found]
        if export is not None:
            into_file(export, sop_table.log_headings(), sop_table.log_rows(told))
            return
        nothing = _("The SOP was not changed yet: siyu sop publish puts another version into use.")
        lines = [text_of(one, came) for one, came in told] or [nothing]
        answer([document_of(one, came) for one, came in told], "\n".join(lines))


@click.command(name="compare", help=_("Show two versions side by side on equal stages."))
@click.argument("first")
@click.argument("second")
@exportable
@desk_options
def compare_command(first: str, second: str, export: Path | None, replace: bool) -> None:
    if export is not None:
        check_target(export, replace=replace)
    with desk(chosen()) as opened:
        known, sop = versions(opened.db), opened.shift.sop
        for version in (first, second):
            if version not in known:
                raise NeverSent(version, tuple(known))
        found = compare(known[first], known[second], sop.verdicts, sop.stage_names())
        if export is not None:
            rows = sop_table.comparison_rows(found, (first, second), sop)
            into_file(export, sop_table.comparison_headings(), rows)
            return
        document = {"first": first, "second": second, **comparison_document(found)}
        answer(document, "\n".join(comparison_lines(found, (first, second), sop)))


def document_of(one: Adjustment, came: Comparison) -> dict[str, object]:
    return {
        "event": one.event.uuid,
        "day": date_of(one.event.day).isoformat(),
        "kind": one.event.kind.value,
        "version": one.event.version,
        "was": one.was,
        "reason": one.reason.words,
        "reason_kind": one.reason.because.value if one.reason.because else None,
        "author": one.reason.author or one.event.operator,
        "changes": asdict(one.edit),
        "moved": one.event.amount or 0,
        "undone": one.undone,
        "effect": comparison_document(came),
    }


def comparison_document(found: Comparison) -> dict[str, object]:
    return {
        "stages": [stage_document(pair) for pair in found.stages],
        "total": {
            "first": evidence_document(found.first),
            "second": evidence_document(found.second),
            "engaged": pair_document(found.engaged),
            "good": pair_document(found.good),
            "against": pair_document(found.against),
        },
        "outcome": found.outcome.value,
        "reason": str(found.reason),
    }


def stage_document(pair: StagePair) -> dict[str, object]:
    sides = (("first", pair.first), ("second", pair.second))
    return {"stage": pair.stage, **{name: evidence_document(side) for name, side in sides}}


def evidence_document(evidence: Evidence) -> dict[str, object]:
    """Sends, reactions, and the plain rates with their intervals."""
    rates = ("engaged", "good", "against")
    return {**asdict(evidence), "rates": {name: plain_rate(evidence, name) for name in rates}}


def pair_document(pair: Pair) -> dict[str, object]:
    """A rate on equal stages on both sides, and the chance that the second is higher."""
    return {
        "first": rate_document(pair.first),
        "second": rate_document(pair.second),
        "chance": round(pair.chance, 4),
    }


def rate_document(rate: Rate) -> dict[str, float]:
    told = {"rate": rate.rate, "low": rate.low, "high": rate.high}
    return {name: round(value, 4) for name, value in told.items()}


def plain_rate(evidence: Evidence, name: str) -> dict[str, float]:
    return rate_document(standardised([(getattr(evidence, name), evidence.sends)], [1.0]))


def text_of(one: Adjustment, came: Comparison) -> str:
    """Three lines: when and what, why, what came of it."""
    lines = (
        f"{date_of(one.event.day).isoformat()}  {adjustment_words(one)}",
        "  " + reason_words(one),
        "  " + outcome_words(came),
    )
    return "\n".join(lines)
