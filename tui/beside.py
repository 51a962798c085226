"""The file beside the desk that keeps who refused: taken up at an opening, told when it fails."""

from __future__ import annotations

from pathlib import Path

from rules.timing import Moment
from rules.wording import DeskError, Sentence
from store.connection import Connection
from store.refusals_kept import fault_of, is_ahead
from tui.banners import TAKEN, UNTOLD, Banners
from tui.show import printable
from tui.words import _, ngettext, say


def because() -> str:
    """Why a refusal is written once more, in the operator's language."""
    return _("stands also after a backup was restored")


def take_up_refusals(
    db: Connection, path: Path, operator: str, now: Moment, banners: Banners
) -> None:
    """Takes over what the file tells of and the desk lacks, and says how much."""
    if not is_ahead(db, path):
        return
    from store.reapplying_kept import take_up  # hardly ever needed

    try:
        n = take_up(db, path, operator, now, because())
    except DeskError as error:
        banners[TAKEN] = (f"! {say(error.what)}", "error")
        return
    if n:
        told = ngettext(
            "{n} do-not-contact or erasure that this copy of the desk did not hold stands again.",
            "{n} do-not-contacts and erasures that this copy of the desk did not hold stand again.",
            n,
        )
        banners[TAKEN] = (f"! {told}", "warning")


def tell_untold(db: Connection, banners: Banners, fault: Sentence | None = None) -> bool:
    """Says on every screen that the file lacks something, or no longer; whether that is news."""
    fault = fault or fault_of(db)
    before = banners.pop(UNTOLD, None)
    if fault is not None:
        banners[UNTOLD] = (f"! {say(fault)}", "error")
    return before != banners.get(UNTOLD)


def tell_at_the_end(db: Connection, banners: Banners) -> None:
    """The same as lines of a command that has done its work, on standard error."""
    import click

    tell_untold(db, banners)
    for name in (TAKEN, UNTOLD):
        words, _look = banners.pop(name, ("", ""))
        if words:
            click.echo(printable(words), err=True)
