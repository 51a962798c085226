"""The content review and the replies behind it as rows of a file. Pure; days are ISO dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.sop import Sop
from rules.timing import iso_day
from rules.verdicts import Evidence, percent
from store.exchange.headings import Field
from store.review import ContentReview, Reply
from tui.field_words import field_word
from tui.screens.contents.choosing import title_of
from tui.wording import reaction_counts, reaction_word, verdict_word
from tui.words import _, say


def headings() -> tuple[str, ...]:
    """What stands above the columns of `content_cells`."""
    return (
        _("content"),
        "SOP",
        _("verdict"),
        _("sends"),
        *(reaction_word(reaction) for reaction in reaction_counts(Evidence())),
        _("reacted well, %"),
        _("positive or exploring, %"),
        _("against, %"),
        _("reason"),
    )


def content_cells(row: ContentReview, sop: Sop) -> tuple[str, ...]:
    """One content in one version of the SOP: what came back, and the verdict on it."""
    figures = row.judgement.figures
    return (
        title_of(row, sop),
        row.version,
        verdict_word(row.verdict),
        f"{row.evidence.sends:d}",
        *(f"{n:d}" for n in reaction_counts(row.evidence).values()),
        *(percent(one.rate) for one in (figures.good, figures.engaged, figures.against)),
        say(row.judgement.reason),
    )


def reply_headings() -> tuple[str, ...]:
    """What stands above the columns of `reply_cells`."""
    return (
        _("content"),
        _("script"),
        _("sent on"),
        _("answered on"),
        field_word(Field.NAME),
        field_word(Field.COMPANY),
        field_word(Field.STAGE),
        _("reaction"),
        _("reply"),
        _("note"),
        _("interest"),
    )


def reply_cells(
    reply: Reply, notes: Sequence[Mapping[str, str]], title: str, sop: Sop
) -> tuple[str, ...]:
    """One reply with all its words, those noted after it too."""
    stage = sop.stage(reply.stage)
    kept = (reply.words, *notes)
    return (
        title,
        reply.variant,
        iso_day(reply.sent) or "",
        iso_day(reply.day) or "",
        reply.name,
        reply.company,
        stage.name if stage else reply.stage,
        reaction_word(reply.reaction),
        *(
            " · ".join(words[kind] for words in kept if words.get(kind))
            for kind in ("reply", "note", "interest")
        ),
    )
