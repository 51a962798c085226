"""Restoring a backup from the command line or behind the closed app: lock, clock, operator."""

from __future__ import annotations

from rules.sop import Settings
from store.backups import Backup
from store.restoring import Restored, restore
from tui.clock import desk_clock
from tui.opening import Chosen, take
from tui.words import _


def take_back(chosen: Chosen, backup: Backup) -> Restored:
    """Puts a backup in the desk's place; works without an SOP. Raises DeskError."""
    read = chosen.read_sop()
    settings = read.sop.settings if read.sop is not None else Settings()
    clock, path = desk_clock(settings, chosen.environ), chosen.database_path()
    lock = take(path, "restore", clock)
    try:
        because = _("stands also after a backup was restored")
        return restore(path, backup, chosen.who(settings), clock(), because)
    finally:
        lock.release()
