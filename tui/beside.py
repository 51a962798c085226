"""The file beside the desk that keeps who refused: taken up at an opening, told when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.wording import DeskError, Sentence
from store.refusals_kept import fault_of, is_ahead
from tui.show import printable
from tui.words import _, ngettext, say

if TYPE_CHECKING:
    from tui.opening import OpenDesk

TAKEN, UNTOLD = "refusals taken up", "refusals untold"
"""The names of two banners: who refused was put back; the file could not be written."""


def because() -> str:
    """Why a refusal is written once more, in the operator's language."""
    return _("stands also after a backup was restored")


def take_up_refusals(desk: OpenDesk) -> None:
    """Takes over what the file tells of and the desk lacks, and says how much."""
    if not is_ahead(desk.db, desk.path):
        return
    from store.reapplying_kept import take_up  # hardly ever needed

    try:
        n = take_up(desk.db, desk.path, desk.shift.operator, desk.clock(), because())
    except DeskError as error:
        desk.banners[TAKEN] = (f"! {say(error.what)}", "error")
        return
    if n:
        told = ngettext(
            "{n} do-not-contact or erasure that this copy of the desk did not hold stands again.",
            "{n} do-not-contacts and erasures that this copy of the desk did not hold stand again.",
            n,
        )
        desk.banners[TAKEN] = (f"! {told}", "warning")


def tell_untold(desk: OpenDesk, fault: Sentence | None = None) -> bool:
    """Says on every screen that the file lacks something, or no longer; whether that is news."""
    fault = fault or fault_of(desk.db)
    before = desk.banners.pop(UNTOLD, None)
    if fault is not None:
        desk.banners[UNTOLD] = (f"! {say(fault)}", "error")
    return before != desk.banners.get(UNTOLD)


def tell_at_the_end(desk: OpenDesk) -> None:
    """The same as lines of a command that has done its work, on standard error."""
    import click

    tell_untold(desk)
    for name in (TAKEN, UNTOLD):
        words, _look = desk.banners.pop(name, ("", ""))
        if words:
            click.echo(printable(words), err=True)
