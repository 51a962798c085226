"""`read`: what replies likely mean, from an argument or line by line; nothing is logged."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from rules.plain_text import NOTE_LIMIT, keep, line_ends
from rules.sop import Sop
from scripts.reading.accuracy import Judged, Score, cross_validated, score_by_reaction, score_of
from scripts.reading.pasted import messages
from scripts.reading.reading import Reading
from tui.commands.options import answer, chosen, desk_options
from tui.commands.people import one_contact
from tui.opening import desk
from tui.reading_words import key_of, proposal_line, why_words
from tui.show import pad, show
from tui.sop_names import anything_named
from tui.wording import SIGNS, reaction_word
from tui.words import _

MOST_LINES = 10_000
"""Lines of one reading; a chat of a year is below."""


@click.command(
    name="read",
    help=_("Say what replies likely mean, one told here or line by line from standard input."),
)
@click.argument("text", required=False)
@click.option("--contact", help=_("Who wrote it"))
@click.option(
    "--accuracy", is_flag=True, help=_("How often the proposals are right, by cross-validation")
)
@desk_options
def read_command(text: str | None, contact: str | None, accuracy: bool) -> None:
    if accuracy:
        _accuracy()
        return
    texts = _lines() if text is None else [keep(line_ends(text), NOTE_LIMIT)]
    readings, sop = _read(texts, contact)
    answer(
        [document_of(reading) for reading in readings],
        "\n".join(line_of(reading, sop) for reading in readings),
    )


def _read(texts: Sequence[str], contact: str | None) -> tuple[list[Reading], Sop]:
    """The readings at the desk; without one, by what ships and the SOP's keywords."""
    # Imported here: the help and the accuracy need no desk.
    from tui.reply_reader import read_reply, reading_of

    told = chosen()
    sop = None if contact or told.database_path().exists() else told.read_sop().sop
    if sop is not None:
        return [replace(reading_of(said_in(text), sop, None), text=text) for text in texts], sop
    with desk(told) as opened:
        who = None if contact is None else one_contact(opened.db, contact)
        read = [replace(read_reply(said_in(text), opened, who), text=text) for text in texts]
        return read, opened.shift.sop


def said_in(text: str) -> str:
    """The words of a text as it was copied from a chat, without names and times before them."""
    return "\n".join(message.text for message in messages(text)) or text


def _lines() -> list[str]:
    """The lines of standard input that say something."""
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    lines = (keep(line, NOTE_LIMIT).strip() for line in line_ends(text).split("\n"))
    return [line for line in lines if line][:MOST_LINES]


def document_of(reading: Reading) -> dict[str, object]:
    """One reading as the JSON contract has it."""
    return {
        "text": reading.text,
        "reaction": None if reading.reaction is None else reading.reaction.value,
        "key": key_of(reading) or None,
        "confidence": reading.confidence,
        "because": str(reading.because),
        "nearest": [
            {"text": near.text, "reaction": near.meant, "likeness": round(near.likeness, 2)}
            for near in reading.nearest
        ],
        "keyword": reading.keyword.keyword if reading.keyword else None,
        "answer_with": reading.answer_with,
        "do_not_contact": reading.for_good,
    }


def line_of(reading: Reading, sop: Sop) -> str:
    """One reading for people: the key that would log it, how sure, why, and the words."""
    parts = [pad(proposal_line(reading), 22), show(reading.text), why_words(reading)]
    if reading.answer_with is not None:
        parts.append(
            _("answer with {content}", content=show(anything_named(sop, reading.answer_with)))
        )
    return "  ".join(parts)


def _accuracy() -> None:
    """Reads every example that ships by weights that have not seen it, and counts."""
    from sop_content.replies import shipped_examples

    examples = shipped_examples()
    told = _("Reads {n} examples; this takes up to a minute.", n=len(examples))
    click.echo(told, err=True)
    judged = list(cross_validated(examples))
    parts = {"all": judged}
    for language in sorted({example.language for example in examples}):
        parts[language] = [pair for pair in judged if pair[0].language == language]
    document = {
        name: {
            **_figures(score_of(part)),
            "reactions": {r.value: _figures(one) for r, one in score_by_reaction(part).items()},
        }
        for name, part in parts.items()
    }
    answer(document, "\n".join(line for part in parts.items() for line in _score_lines(*part)))


def _figures(score: Score) -> dict[str, object]:
    return {
        "examples": score.examples,
        "proposed": round(score.share_proposed, 4),
        "right": round(score.share_right, 4),
        "unrelated": score.unrelated,
        "unrelated_proposed": score.astray,
    }


def _score_lines(name: str, judged: Sequence[Judged]) -> list[str]:
    """The figures of one language, and beneath it of each reaction."""
    whole = score_of(judged)
    rows = [(_("all languages") if name == "all" else name, whole)]
    rows += [
        (f"  {SIGNS[r]} {reaction_word(r)}", one) for r, one in score_by_reaction(judged).items()
    ]
    lines = [
        _(
            "{name} {n} replies, {proposed} proposed, {right} of the proposals right",
            name=pad(label, 16),
            n=f"{score.examples:>5}",
            proposed=f"{score.share_proposed:.1%}",
            right=f"{score.share_right:.1%}",
        )
        for label, score in rows
    ]
    astray = _("{n} of {of} unrelated lines got a proposal", n=whole.astray, of=whole.unrelated)
    return [*lines, f"  {astray}"]
