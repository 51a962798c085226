"""`content`: what came back to each content, its verdict and why, as text or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from rules.periods import Months, Period, months_of
from rules.sop import Sop
from rules.trends import Trend
from rules.verdicts import Evidence, Judgement, Measured
from store.carrying import Carried, carried
from store.review import ContentReview, review, trend_of
from tui import content_table
from tui.commands.choices import Words, words_for
from tui.commands.exporting import check_target, exportable, into_file
from tui.commands.options import answer, chosen, desk_options
from tui.opening import OpenDesk, desk
from tui.screens.contents.choosing import title_of
from tui.show import pad, show
from tui.wording import SIGNS, VERDICT_SIGNS, period_word, verdict_word
from tui.words import _, say


@click.command(name="content", help=_("Show what came back to each content, and its verdict."))
@click.option("--stage", type=str, help=_("Only what was sent to contacts of this stage"))
@click.option(
    "--period",
    type=Words({period.value: words_for(period_word, period) for period in Period}),
    default=Period.ALL.value,
    help=_("Only what was sent in these months"),
)
@exportable
@desk_options
def content_command(stage: str | None, period: str, export: Path | None, replace: bool) -> None:
    if export is not None:
        check_target(export, replace=replace)
    with desk(chosen()) as opened:
        sop = opened.shift.sop
        months = months_of(Period(period), opened.clock().day)
        told = stage and (sop.stage_called(stage) or stage)
        rows = review(opened.db, sop, told, months)
        if export is not None:
            cells = (content_table.content_cells(row, sop) for row in rows)
            into_file(export, content_table.headings(), cells)
            return
        known = carried(rows, sop)
        documents = [
            {**document_of(opened, row, told, months), "with_earlier": earlier_of(row, known)}
            for row in rows
        ]
        answer(documents, text_of(rows, sop))


def document_of(
    opened: OpenDesk, row: ContentReview, stage: str | None, months: Months
) -> dict[str, object]:
    rules = opened.shift.sop.verdicts
    known = opened.shift.sop.contents.get(row.content)
    return {
        "content": row.content,
        "title": known.title if known else "",
        "version": row.version,
        **counts(row.evidence),
        **judged(row.judgement),
        "rewritten": row.rewritten,
        "trend": trended(
            trend_of(opened.db, row.content, row.version, rules, stage, months, opened.clock().day)
        ),
        "variants": [
            {
                "variant": script.variant,
                "digest": script.digest,
                "in_use": script.in_use,
                **counts(script.evidence),
                **judged(row.part(script.evidence, rules)),
            }
            for script in row.scripts
        ],
        "stages": [
            {
                "stage": stage.stage,
                **counts(stage.evidence),
                **judged(row.part(stage.evidence, rules)),
            }
            for stage in row.stages
        ],
    }


def earlier_of(row: ContentReview, known: Mapping[str, Carried]) -> dict[str, object] | None:
    """The same texts with the sends of other versions; None where there are none of those."""
    one = known.get(row.content)
    if one is None or row.version != one.review.version or not one.earlier:
        return None
    sends = {version: evidence.sends for version, evidence in one.earlier.items()}
    return {
        "versions": sends,
        **counts(one.review.evidence),
        "verdict": one.review.verdict.value,
        "reason": str(one.review.judgement.reason),
    }


def counts(evidence: Evidence) -> dict[str, int]:
    """The sends and what came back to them."""
    return {
        "sends": evidence.sends,
        "friendly": evidence.friendly,
        "positive": evidence.positive,
        "exploring": evidence.exploring,
        "rejecting": evidence.rejecting,
        "lost": evidence.lost,
        "silence": evidence.silence,
    }


def judged(judgement: Judgement) -> dict[str, object]:
    """The verdict, why, and the rates it rests on."""
    figures = judgement.figures
    return {
        "verdict": judgement.verdict.value,
        "reason": str(judgement.reason),
        "rates": {
            "engaged": rate(figures.engaged),
            "good": rate(figures.good),
            "against": rate(figures.against),
        },
    }


def rate(measured: Measured) -> dict[str, float]:
    """A rate with its 95 % interval, and what is usual, each from 0 to 1."""
    low, high = measured.interval
    told = {"rate": measured.rate, "low": low, "high": high, "usual": measured.usual}
    return {name: round(value, 4) for name, value in told.items()}


def trended(found: Trend) -> dict[str, object]:
    return {"way": found.way.value, "chance": round(found.chance, 4), "reason": str(found.reason)}


def text_of(rows: tuple[ContentReview, ...], sop: Sop) -> str:
    """A line per content and version for people."""
    if not rows:
        return _("Nothing was sent yet: what is sent and what comes back is counted here.")
    return "\n".join(line_of(row, sop) for row in rows)


def line_of(row: ContentReview, sop: Sop) -> str:
    evidence = row.evidence
    reactions = [
        f"{sign} {counts(evidence)[reaction.value]:<4}" for reaction, sign in SIGNS.items()
    ]
    verdict = f"{VERDICT_SIGNS[row.verdict]} {verdict_word(row.verdict)}"
    parts = (
        pad(verdict, 12),
        pad(title_of(row, sop), 32),
        pad(row.version, 6),
        f"{evidence.sends:>5}",
        " ".join(reactions),
        show(say(row.judgement.reason)),
    )
    return "  ".join(parts)
