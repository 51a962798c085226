"""Restoring a backup, from the command line or behind the closed app: desk and SOP files."""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path

from rules.sop import Settings
from rules.wording import DeskError
from sop_content.editions import Shelf, mark_of, shelf_of
from store import start_up
from store.backups import Backup
from store.connection import connect
from store.publishing import Published, publishes
from store.restoring import Restored, restore
from tui.backup_words import restored_lines
from tui.beside import because
from tui.clock import desk_clock
from tui.editions import Followed, go_back
from tui.opening import Chosen
from tui.show import show
from tui.version_words import version_at
from tui.words import _, say
from tui.write_lock import take


def take_back(chosen: Chosen, backup: Backup) -> tuple[Restored, list[str]]:
    """Puts a backup in the desk's place, and the SOP's files that belong to it.

    What was done, and the same in words. Works without an SOP. Raises DeskError when
    nothing was restored; files that could not follow are told in the words.
    """
    read = chosen.read_sop()
    settings = read.sop.settings if read.sop is not None else Settings()
    clock, path = desk_clock(settings, chosen.environ), chosen.database_path()
    shelf = shelf_of(chosen.sop_folder())
    lock = take(path, "restore", clock)
    try:
        before, mark = _published(path), mark_of(shelf.folder)
        done = restore(path, backup, chosen.who(settings), clock(), because())
        followed = _files_follow(path, before, shelf)
    finally:
        lock.release()
    lines = [*restored_lines(done), *_files_lines(followed, shelf, mark)]
    return done, [*lines, *_version_lines(chosen)]


def _published(path: Path) -> tuple[Published, ...]:
    """What was published at the desk that is replaced, as far as it can be read."""
    try:
        with start_up.in_words(path), closing(start_up.open_to_read(path)) as db:
            return publishes(db)
    except DeskError:
        return ()


def _files_follow(path: Path, before: tuple[Published, ...], shelf: Shelf) -> Followed:
    try:
        with start_up.in_words(path), closing(start_up.open_to_read(path)) as db:
            return go_back(db, before, shelf)
    except DeskError as error:
        return Followed(problem=error)


def _files_lines(followed: Followed, shelf: Shelf, mark: str) -> list[str]:
    """What became of the SOP's folder."""
    lines = []
    aside = shelf.set_aside(mark) if mark else None
    if followed.changed and aside is not None:
        told = _(
            "The SOP that was published since stands in {folder}.", folder=show(str(aside), 200)
        )
        lines.append(told)
    if followed.problem is not None:
        lines.append(f"! {show(say(followed.problem.what))}")
    return lines


def _version_lines(told: Chosen) -> list[str]:
    """After a restore: the version that the desk is at, and how to get its files back."""
    with closing(connect(told.database_path(), read_only=True)) as db:
        known = version_at(db)
    read = told.read_sop().sop
    folder = told.sop_path()
    if read is None or known in ("", read.version):
        return []
    lines = [
        _(
            "The desk is at SOP {known}, and {folder} holds {version}.",
            known=show(known),
            folder=show(str(folder), 200),
            version=show(read.version),
        )
    ]
    own = told.sop_folder()
    kept = sorted(own.parent.glob(f"{own.name}-{known}*"))
    if kept:
        named_so = show(str(kept[0]), 200)
        lines.append(
            _(
                "To work by {known} again: siyu sop publish {kept} --reason TEXT",
                known=show(known),
                kept=shlex.quote(named_so),
            )
        )
    return lines
