"""What Today says when nobody is in its list: always what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.queue import StageCount, contacts_total, next_due_day, owners_due
from tui.opening import OpenDesk
from tui.show import show
from tui.wording import day_words
from tui.words import _
from tui.wrapping import wrap

if TYPE_CHECKING:
    from tui.widgets.lines import Line


@dataclass(frozen=True)
class Emptiness:
    """What is known about a list without rows."""

    contacts: int
    """On the whole desk."""
    elsewhere: tuple[StageCount, ...]
    """Stages in which somebody is due."""
    next_day: int | None
    """The next day on which somebody is due."""
    others: tuple[tuple[str, int], ...]
    """Other operators with contacts due."""
    names: Mapping[str, str]
    """Stage names by id."""


def look(desk: OpenDesk, counts: Sequence[StageCount]) -> Emptiness:
    """What is known about the list of a stage in which nobody is due."""
    today, operator = desk.clock().day, desk.shift.operator
    return Emptiness(
        contacts_total(desk.db),
        tuple(count for count in counts if count.due),
        next_due_day(desk.db, operator, today),
        tuple(owner for owner in owners_due(desk.db, today) if owner[0] != operator),
        desk.shift.sop.stage_words(),
    )


def lines(found: Emptiness, width: int) -> tuple[Line, ...]:
    """The words for an empty list, wrapped."""
    texts = [*_texts(found)]
    first, *rest = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return (
        (),
        ((" " + first, "strong"),),
        *(((" " + row, "plain"),) if row else () for row in rest),
    )


def _texts(found: Emptiness) -> list[str]:
    if found.contacts == 0:
        return [
            _("This desk has no contacts yet."),
            _("Ctrl+O imports a file of contacts: CSV, XLSX or vCard."),
            _("Or look around in a desk with invented people: siyu demo"),
        ]
    if found.elsewhere:
        named = " · ".join(
            f"{show(found.names.get(c.stage, c.stage))} {c.due}" for c in found.elsewhere
        )
        return [
            _("Nobody is due in this stage."),
            _("Others wait: {named}. ← and → change the stage.", named=named),
        ]
    told = [_("Everybody due today has been written to.")]
    if found.next_day is not None:
        told.append(_("The next are due on {day}.", day=day_words(found.next_day)))
    told.append(_("Reactions that come in now: / finds anyone, Enter, then 1 to 4."))
    if found.others:
        named = " · ".join(f"{show(owner)} {n}" for owner, n in found.others)
        told.append(_("Due for others: {named} (siyu --operator NAME)", named=named))
    return told
