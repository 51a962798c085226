"""Opening a desk: which file, which SOP, who works, which clock; and closing it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rules.plain_text import keep
from rules.shift import Shift
from rules.sop import Settings
from rules.timing import date_of
from rules.wording import N_, DeskError, sentence
from sop_content import shipped
from sop_content.cache import open_sop
from sop_content.faults import Fault, ReadSop
from store import connection
from store.connection import Connection
from store.lock import DeskLock, Holder, take_lock
from tui.clock import Clock, desk_clock, monotonic, pause, stamp
from tui.words import language

COMMAND_WAIT = 5.0
"""Seconds that a command waits for another command to finish writing."""


class SopFaulty(DeskError):
    """The SOP has errors, so nothing is offered from it."""

    def __init__(self, folder: Path, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            sentence(N_("the SOP in {folder} has errors"), folder=folder),
            sentence(N_("siyu sop check lists them with file and line")),
        )
        self.faults = faults


@dataclass(frozen=True)
class Chosen:
    """What was asked for by options, or else by the environment."""

    database: Path | None = None
    sop: Path | None = None
    operator: str | None = None
    environ: Mapping[str, str] = field(default_factory=dict)

    def database_path(self) -> Path:
        """--database, SIYU_DATABASE, else the user's own data folder."""
        told = self.database or self.environ.get("SIYU_DATABASE")
        if told:
            return Path(told).expanduser()
        from platformdirs import user_data_path

        return user_data_path("siyu") / "desk.db"

    def sop_path(self) -> Path:
        """--sop, SIYU_SOP, the folder `sop` beside the desk's file, else the one that ships."""
        told = self.sop or self.environ.get("SIYU_SOP")
        if told:
            return Path(told).expanduser()
        beside = self.database_path().with_name("sop")
        return beside if (beside / "sop.yaml").is_file() else shipped(language())

    def read_sop(self) -> ReadSop:
        """The SOP with its faults; its checked form is cached beside the desk's file."""
        path = self.database_path()
        cache = path.with_name(f".{path.name}.sop.json") if path.parent.is_dir() else None
        return open_sop(self.sop_path(), cache, years=self._years())

    def _years(self) -> range:
        year = date_of(desk_clock_day(self.environ)).year
        return range(year - 1, year + 3)


def desk_clock_day(environ: Mapping[str, str]) -> int:
    """Today's day number before any setting is known; good enough to choose calendar years."""
    return desk_clock(Settings(), environ)().day


@dataclass(frozen=True)
class OpenDesk:
    """A desk somebody works at."""

    db: Connection
    shift: Shift
    clock: Clock
    path: Path
    sop_path: Path
    faults: tuple[Fault, ...] = ()


@contextmanager
def desk(chosen: Chosen, *, writes: str = "") -> Iterator[OpenDesk]:
    """Opens the desk; `writes` names the command that will write, and takes the lock for it.

    Raises DeskError with what to do: no such file, damaged, newer, held by
    another process, SOP with errors.
    """
    read = chosen.read_sop()
    if read.sop is None:
        raise SopFaulty(chosen.sop_path(), read.faults)
    clock = desk_clock(read.sop.settings, chosen.environ)
    path = chosen.database_path()
    lock = take(path, writes, clock) if writes else None
    try:
        db = connection.connect(path, read_only=not writes)
        try:
            operator = (
                chosen.operator or chosen.environ.get("SIYU_OPERATOR") or read.sop.settings.operator
            )
            shift = Shift(keep(operator), read.sop, read.calendar)
            yield OpenDesk(db, shift, clock, path, chosen.sop_path(), read.faults)
        finally:
            db.close()
    finally:
        if lock is not None:
            lock.release()


def take(path: Path, what: str, clock: Clock) -> DeskLock:
    """The write lock; another command is waited for, an open desk is not."""
    until = monotonic() + COMMAND_WAIT

    def retry(holder: Holder | None) -> bool:
        if holder is not None and holder.what == "desk":
            return False
        pause(0.02)
        return monotonic() < until

    return take_lock(path, what, stamp(clock()), retry)
