"""`sop candidates`: articles and videos that could become content, the hottest first."""

from __future__ import annotations

from pathlib import Path

import click

from rules.sop import Settings, Sop
from rules.timing import date_of
from scripts.candidates import Ranked, rank
from store.exchange.candidates import CandidateFile, read_candidates
from tui.clock import desk_clock
from tui.commands.options import answer, chosen, desk_options
from tui.opening import Chosen
from tui.show import pad, show
from tui.wording import purpose_word
from tui.words import _, say

SHOWN = 30
"""Candidates, and as many problems, that the text answer lists."""


@click.command(name="candidates", help=_("Rank articles and videos that could become content."))
@click.argument("file", type=click.Path(path_type=Path))
@desk_options
def candidates_command(file: Path) -> None:
    wanted = chosen()
    sop = wanted.read_sop().sop
    found, ranked = ranked_of(file, wanted, sop)
    document = {
        "candidates": [document_of(place, one) for place, one in enumerate(ranked, 1)],
        "problems": [{"line": line, "reason": str(reason)} for line, reason in found.problems],
    }
    answer(document, text_of(found, ranked))


def ranked_of(
    file: Path, wanted: Chosen, sop: Sop | None
) -> tuple[CandidateFile, tuple[Ranked, ...]]:
    """A file's candidates by today's day, beside what the SOP has already."""
    found = read_candidates(file)
    today = desk_clock(sop.settings if sop else Settings(), wanted.environ)().day
    return found, rank(found.candidates, today, sop)


def document_of(place: int, one: Ranked) -> dict[str, object]:
    told = one.candidate
    return {
        "rank": place,
        "title": told.title,
        "link": told.link,
        "published": None if told.published is None else date_of(told.published).isoformat(),
        "reads": told.reads,
        "plays": told.plays,
        "comments": told.comments,
        "shares": told.shares,
        "purpose": one.purpose.value,
        "heat": round(one.heat, 4),
        "freshness": round(one.freshness, 4),
        "score": round(one.score, 4),
        "old": one.old,
        "known": one.known,
        "thin": one.thin,
    }


def text_of(found: CandidateFile, ranked: tuple[Ranked, ...]) -> str:
    """A line per candidate, then what could not be read."""
    lines = [heading(), *(line_of(place, one) for place, one in enumerate(ranked[:SHOWN], 1))]
    if len(ranked) > SHOWN:
        lines.append(_("… {n} more; --json tells all", n=len(ranked) - SHOWN))
    if not ranked:
        lines = [_("There is no candidate in the file.")]
    for line, reason in found.problems[:SHOWN]:
        lines.append(_("line {line}: {reason}", line=line, reason=show(say(reason))))
    return "\n".join(lines)


def heading() -> str:
    words = (_("reads"), _("plays"), _("comments"), _("shares"))
    figures = " ".join(pad(word, 8) for word in words)
    return f"{'':4}{pad(_('score'), 6)} {pad(_('date'), 11)} {pad(_('purpose'), 9)} {figures}"


def line_of(place: int, one: Ranked) -> str:
    """Place, score of 100, day, purpose, figures, title, and what is to be known of it."""
    told = one.candidate
    day = "" if told.published is None else date_of(told.published).isoformat()
    figures = (told.reads, told.plays, told.comments, told.shares)
    marks = [
        *([_("over a year old")] if one.old else []),
        *([_("in the SOP already")] if one.known else []),
        *([_("too few have seen it")] if one.thin else []),
    ]
    parts = (
        f"{place:>3} {pad(f'{one.score * 100:.1f}', 6)}",
        pad(day, 11),
        pad(purpose_word(one.purpose), 9),
        *(pad(f"{figure:d}", 8) for figure in figures),
        show(told.title, 60),
    )
    return " ".join(parts) + "".join(f" · {mark}" for mark in marks)
