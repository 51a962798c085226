"""`backup`, `backup list` and `restore`: copies of the desk's file, and taking one back."""

from __future__ import annotations

import sys

import click

from rules.sop import Settings
from rules.wording import N_, DeskError, sentence
from store.backups import Backup, Looked, Occasion, back_up, backups, folder_of, look, newest_sound
from store.restoring import Loss, Restored, would_lose
from tui.backup_words import loss_lines, occasion_word, size_words
from tui.clock import desk_clock
from tui.commands.options import answer, chosen, desk_options, wants_json
from tui.opening import Chosen
from tui.show import printable, show
from tui.taking_back import take_back
from tui.words import _, say


class NoBackup(DeskError):
    """There is no backup, or none of that name."""


@click.group(
    name="backup",
    help=_("Back up the desk's file, and list the backups."),
    invoke_without_command=True,
)
@desk_options
def backup_command() -> None:
    if click.get_current_context().invoked_subcommand is not None:
        return
    told = chosen()
    path = told.database_path()
    read = told.read_sop()
    clock = desk_clock(read.sop.settings if read.sop else Settings(), told.environ)
    made = back_up(path, clock(), Occasion.ASKED)
    known = made or next(iter(backups(path)), None)
    document = {"made": made is not None, "backup": known.name if known else None}
    if made is not None:
        text = _("Backup {file}, read back and sound.", file=show(str(made.path)))
    elif known is not None:
        text = _("Nothing changed since the backup {name}.", name=known.name)
    else:
        text = _("There is nothing to back up yet.")
    answer(document, text)


@backup_command.command(name="list", help=_("List the backups, each read back."))
@desk_options
def list_command() -> None:
    path = chosen().database_path()
    found = [(backup, look(backup.path)) for backup in backups(path)]
    answer([document_of(*pair) for pair in found], "\n".join(list_lines(path.name, found)))


@click.command(
    name="restore", help=_("Put a backup in the desk's place; the newest without a name.")
)
@click.argument("name", required=False)
@click.option("--yes", is_flag=True, help=_("Do it without asking"))
@desk_options
def restore_command(name: str | None, yes: bool) -> None:
    told = chosen()
    backup = the_backup(told, name)
    loss = would_lose(told.database_path(), backup)
    if not (yes or agreed(backup, loss)):
        raise SystemExit(1)
    done, lines = take_back(told, backup)
    answer(restored_document(done, loss), "\n".join(lines))


def the_backup(told: Chosen, name: str | None) -> Backup:
    """The backup that a name or its beginning means; the newest sound one without. Or NoBackup."""
    path = told.database_path()
    if name is None:
        newest = newest_sound(path)
        if newest is not None:
            return newest
        what = N_("there is no sound backup in {folder}")
        raise NoBackup(sentence(what, folder=show(str(folder_of(path)))))
    wanted = name.removesuffix(".db")
    known = backups(path)
    found = [b for b in known if b.name == wanted] or [
        b for b in known if b.name.startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    what = N_('"{name}" may be {n} backups') if found else N_('no backup is called "{name}"')
    raise NoBackup(
        sentence(what, name=show(name), n=len(found)), sentence(N_("siyu backup list names them"))
    )


def agreed(backup: Backup, loss: Loss) -> bool:
    """Says what would be lost and asks; without somebody to ask, says how to agree."""
    lines = [_("Restore the backup of {when}?", when=backup.when), *loss_lines(loss)]
    for line in lines:
        click.echo(printable(line), err=True)
    if wants_json() or not sys.stdin.isatty():
        click.echo(_("Nothing was changed. To do it, add --yes"), err=True)
        return False
    return click.confirm(_("Restore it"), err=True)


def list_lines(desk: str, found: list[tuple[Backup, Looked]]) -> list[str]:
    """One line a backup, newest first."""
    if not found:
        return [_("No backup of {file} yet. siyu backup makes one.", file=show(desk))]
    lines = []
    for backup, looked in found:
        sign = "✓" if looked.fault is None else "✗"
        events = _("{n} events", n=looked.end[0])
        line = f"{sign} {backup.name}  {size_words(backup.size)}  {events}"
        line += f"  {occasion_word(backup.occasion)}"
        lines.append(line if looked.fault is None else f"{line}  {show(say(looked.fault))}")
    return lines


def document_of(backup: Backup, looked: Looked) -> dict[str, object]:
    return {
        "backup": backup.name,
        "at": backup.when,
        "what": backup.occasion.value,
        "size": backup.size,
        "events": looked.end[0],
        "ok": looked.fault is None,
        "fault": None if looked.fault is None else str(looked.fault),
        "file": str(backup.path),
    }


def restored_document(done: Restored, loss: Loss) -> dict[str, object]:
    return {
        "backup": done.backup.name,
        "lost": {kind.value: n for kind, n in loss.kinds.items()},
        "refused_kept": done.kept.refusals,
        "erased_again": done.kept.erasures,
        "before": done.before.name if done.before else None,
        "damaged": str(done.aside) if done.aside else None,
    }
