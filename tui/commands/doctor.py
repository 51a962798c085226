"""`doctor`: folds the log, compares every derived table, and says whether they agree."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from store import doctor, reapplying_kept
from store.backups import newest_sound
from store.doctor import Check
from store.refusals_kept import not_kept
from store.whereabouts import danger_of
from tui import clipboard
from tui.beside import because
from tui.commands.options import answer, chosen, desk_options
from tui.opening import OpenDesk, desk
from tui.show import printable, show
from tui.wording import said_of
from tui.words import _, say


@click.command(name="doctor", help=_("Check that the log and everything derived from it agree."))
@click.option("--rebuild", is_flag=True, help=_("Make the derived tables anew from the log"))
@desk_options
def doctor_command(rebuild: bool) -> None:
    with desk(chosen(), writes="doctor" if rebuild else "", needs_sop=False) as opened:
        if rebuild:
            rebuilt(opened)
        checks = (*doctor.examine(opened.db), reapplying_kept.examine(opened.db, opened.path))
        danger = danger_of(opened.path)
    ok = all(check.ok for check in checks)
    told = clipboard.diagnose(os.environ, clipboard.run_tool)
    document = {
        "ok": ok,
        "checks": [{"check": c.name, "ok": c.ok, "detail": str(c.detail)} for c in checks],
        "warnings": [] if danger is None else [str(danger)],
        "clipboard": {"ok": told.ok, "detail": [str(said) for said in told.said]},
    }
    place = [] if danger is None else [f"! {show(say(danger))}"]
    lines = [*map(line_of, checks), verdict(checks, opened.path), *place, *clipboard_lines(told)]
    answer(document, "\n".join(lines))
    if not ok:
        raise SystemExit(1)


def rebuilt(opened: OpenDesk) -> None:
    """Mends what is derived from the log, and what stands beside the desk."""
    doctor.rebuild(opened.db)
    told = opened.shift.operator, opened.clock(), because()
    try:
        reapplying_kept.mend(opened.db, opened.path, *told)
    except OSError as error:
        click.echo(printable(say(not_kept(opened.path, error))), err=True)


def line_of(check: Check) -> str:
    sign = "✓" if check.ok else "✗"
    return f"{sign} {said_of(check_word(check.name), say(check.detail))}"


def check_word(name: str) -> str:
    """What is checked, in the language that is set; the document keeps the name."""
    return {
        "file": _("file"),
        "log": _("the log"),
        "contact states": _("contact states"),
        "plans": _("plans"),
        "touches": _("touches"),
        "profiles": _("profiles"),
        "merged contacts": _("merged contacts"),
        "contacts kept apart": _("contacts kept apart"),
        "former phones and ids": _("former phones and ids"),
        "refusals beside the desk": _("refusals beside the desk"),
        "search keys": _("search keys"),
        "search keys of each contact": _("search keys of each contact"),
        "due counts": _("due counts"),
        "content and day counters": _("content and day counters"),
        "learned replies": _("learned replies"),
        "entries of lists": _("entries of lists"),
        "counts of lists": _("counts of lists"),
        "follow-ups": _("follow-ups"),
        "numbers of lists": _("numbers of lists"),
    }.get(name, name)


def verdict(checks: Sequence[Check], path: Path) -> str:
    """What to do: a sound log mends what is derived from it, and nothing mends a log."""
    wrong = {check.name for check in checks if not check.ok}
    if not wrong:
        return _("Everything agrees.")
    if not wrong & {"file", "log"}:
        return _(
            "Something does not agree. siyu doctor --rebuild mends derived tables from the log."
        )
    sound = newest_sound(path)
    if sound is None:
        return _(
            "The file itself is at fault, and there is no sound backup of it. Nothing is"
            " written to it; what it holds can still be read: siyu find, timeline, export"
        )
    return _(
        "The file itself is at fault: take a backup back with siyu --database {path} restore"
        " {name}",
        path=shlex.quote(show(str(path), 400)),
        name=sound.name,
    )


def clipboard_lines(told: clipboard.Diagnosis) -> list[str]:
    """What copying can do in this terminal."""
    sign = "✓" if told.ok else "!"
    lines = [f"{sign} {show(say(said))}" for said in told.said]
    return lines if told.ok else [*lines, _("On the desk Ctrl+K shows a script to select by hand.")]
