"""What else may be sent: contents that fit the contact's interests first, those it had marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len

from rules.sop import Content
from rules.verdicts import Verdict
from store.connection import Connection
from store.offering import Offered
from store.review import review
from store.timeline import last_touches
from tui.opening import OpenDesk
from tui.screens.dialogs import Found, PickDialog
from tui.show import pad, show
from tui.widgets.lines import Line
from tui.wording import (
    VERDICT_LOOKS,
    VERDICT_SIGNS,
    day_words,
    form_word,
    purpose_word,
    verdict_word,
)
from tui.words import _

ALL = 10**6
"""More touches than one contact ever has."""
TITLE, LONGEST_TITLE = 20, 44
"""Cells of the titles, at least and at most."""
TOLD = 24
"""Cells of what is told of a content, at most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One content as the dialog shows it."""

    content: Content
    verdict: Verdict | None
    sent: int | None
    """Day number on which the contact last had it."""
    fits: tuple[str, ...]
    """Interest points of the contact that it speaks of."""


def sent_days(db: Connection, contact: int) -> dict[str, int]:
    """The day number on which each content was last sent to a contact."""
    touches = reversed(last_touches(db, contact, ALL))
    return {told.touch.content: told.touch.day for told in touches}


def choices(desk: OpenDesk, offered: Offered) -> list[Choice]:
    """Every content for the contact's stage: what fits and was not sent first, then the SOP's."""
    sop = desk.shift.sop
    sent, verdicts = sent_days(desk.db, offered.contact), _verdicts(desk)
    points = [p.strip() for p in offered.profile.get("interest", "").split(",") if p.strip()]
    found = [
        Choice(c, verdicts.get(c.id), sent.get(c.id), _fits(c, points))
        for c in sop.contents.values()
        if c.variants_for(offered.state.stage)
    ]
    return sorted(found, key=lambda choice: (choice.sent is not None, -len(choice.fits)))


def another(desk: OpenDesk, offered: Offered) -> PickDialog:
    """Asks for any content that fits the contact's stage, filtered as somebody types."""
    all_of_them = choices(desk, offered)
    sizes = tuple(
        max(map(cell_len, column), default=0)
        for column in zip(*(columns(choice) for choice in all_of_them), strict=True)
    )

    def find(text: str) -> list[Found]:
        wanted = text.casefold().split()
        return [
            Found(choice.content.id, partial(choice_line, choice, sizes))
            for choice in all_of_them
            if all(word in _words(choice) for word in wanted)
        ]

    known = [verdict for verdict in Verdict if any(c.verdict is verdict for c in all_of_them)]
    signs = "  ".join(f"{VERDICT_SIGNS[v]} {verdict_word(v)}" for v in known)
    hint = _("TEXT: type to filter, ↑↓ choose, Enter takes it · Esc goes back")
    return PickDialog(
        _("Send something else"),
        find,
        _("No content is called so."),
        " · ".join(filter(None, (hint, signs))),
    )


def columns(choice: Choice) -> tuple[str, str]:
    """Purpose and form; when it was sent, or what it fits."""
    content = choice.content
    form = form_word(content.form) if content.form else _("text")
    told = ""
    if choice.sent is not None:
        told = _("sent {day}", day=day_words(choice.sent))
    elif choice.fits:
        told = _("fits {points}", points=show(" ".join(choice.fits)))
    return f"{purpose_word(content.purpose)} · {form}", show(told, TOLD)


def choice_line(choice: Choice, sizes: Sequence[int], width: int) -> Line:
    """Verdict, title, and the columns in so many cells each; the title has the rest. Pure."""
    content, verdict = choice.content, choice.verdict
    kind, told = columns(choice)
    look = "warning" if choice.sent is not None else "accent"
    title = max(TITLE, min(LONGEST_TITLE, width - sum(sizes) - 4))
    return (
        (VERDICT_SIGNS[verdict] if verdict else " ", VERDICT_LOOKS[verdict] if verdict else "dim"),
        (" " + pad(content.title, title), "dim" if choice.sent is not None else "plain"),
        (" " + pad(kind, sizes[0]), "dim"),
        (" " + told, look),
    )


def _words(choice: Choice) -> str:
    content = choice.content
    return f"{content.title} {content.id} {content.keyword}".casefold()


def _fits(content: Content, points: list[str]) -> tuple[str, ...]:
    texts = (content.title, content.keyword, *(script.text for script in content.scripts))
    told = " ".join(texts).casefold()
    return tuple(point for point in points if point.casefold() in told)


def _verdicts(desk: OpenDesk) -> Mapping[str, Verdict]:
    """The verdict on each content that has one, of the newest version that does."""
    rows = reversed(review(desk.db, desk.shift.sop))
    return {row.content: row.verdict for row in rows if row.verdict is not Verdict.UNDECIDED}
