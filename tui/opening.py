"""Opening a desk: which file, which SOP, who works, which clock; and closing it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rules.plain_text import keep
from rules.shift import Shift
from rules.sop import Settings, Sop
from rules.timing import OnLeave, WorkCalendar, date_of
from rules.wording import N_, DeskError, sentence
from sop_content import shipped, ships
from sop_content.cache import open_sop
from sop_content.editions import Shelf, finish, shelf_of, was_published
from sop_content.faults import Fault, ReadSop
from sop_content.last_good import LastGood
from store import start_up
from store.connection import Connection, NotSaved
from store.log_times import invented_at
from store.pragmas import wait_less
from tui.banners import BACKUP, FAULTS, FILES, LATER, MISSING, PLACE, READS, VERSION, Banner
from tui.clock import Clock, desk_clock
from tui.show import printable
from tui.sop_in_use import cache_of, had_own, has_errors, stays_words, without_words
from tui.typed_paths import desk_file, is_folder
from tui.words import _, language, say, set_today

if TYPE_CHECKING:
    # Loaded by whoever writes; a command that only reads needs none of it.
    from store.backups import Backup, Occasion
    from store.lock import DeskLock
    from tui.drafts import Drafts

JUDGED_LATER = ("", "desk", "doctor")
"""Who does not judge all contacts by the rules first: who only reads, the app, who mends."""
KNOWS_VERSION = ("doctor", "lists", "sop publish", "undo", "redo")
"""Who works by no SOP, or is about versions."""


class SopFaulty(DeskError):
    """The SOP has errors, so nothing is offered from it."""

    def __init__(self, folder: Path, faults: tuple[Fault, ...]) -> None:
        if not is_folder(folder):
            super().__init__(
                sentence(N_("there is no folder {folder}"), folder=folder),
                sentence(N_("siyu sop init FOLDER writes one to begin with")),
            )
        else:
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
        """--database, SIYU_DATABASE, else the user's own data folder.

        A link stands for the file it leads to: by whatever name, it is one desk with one
        lock, one folder of backups and one SOP.
        """
        told = self.database or self.environ.get("SIYU_DATABASE")
        if told:
            return desk_file(told)
        from platformdirs import user_data_path

        return desk_file(user_data_path("siyu") / "desk.db")

    def sop_path(self) -> Path:
        """--sop, SIYU_SOP, the folder `sop` beside the desk's file, else the one that ships.

        The folder beside the file also when it is gone and the desk worked by it last.
        """
        told = self.sop or self.environ.get("SIYU_SOP")
        if told:
            return Path(told).expanduser()
        beside = self.sop_folder()
        known = (beside / "sop.yaml").is_file() or had_own(beside, self.cache())
        return beside if known else shipped(language())

    def names_sop(self) -> bool:
        """Whether a folder was asked for."""
        return bool(self.sop or self.environ.get("SIYU_SOP"))

    def sop_folder(self) -> Path:
        """The folder of the desk's own SOP, be it there already or not."""
        told = self.sop or self.environ.get("SIYU_SOP")
        if told and not ships(Path(told).expanduser()):
            return Path(told).expanduser()
        return self.database_path().with_name("sop")

    def read_sop(self) -> ReadSop:
        """The SOP in use, the last good one if need be, with the faults of its files.

        Its checked form is cached beside the desk's file.
        """
        files = self.sop_files()
        files.refresh()
        return ReadSop(files.sop, files.faults, files.calendar)

    def stand_in(self) -> ReadSop:
        """The SOP that ships, for what needs none; the desk does not work by it."""
        return open_sop(shipped(language()), None, years=self._years())

    def sop_files(self) -> LastGood:
        """The same, to be looked at again while somebody works."""
        return LastGood(self.sop_path(), self.cache(), self._years())

    def who(self, settings: Settings) -> str:
        """Who works: --operator, SIYU_OPERATOR, else the desk's settings."""
        told = self.operator or self.environ.get("SIYU_OPERATOR") or settings.operator
        return keep(told)

    def cache(self) -> Path | None:
        """The file that keeps the SOP last read without errors."""
        return cache_of(self.database_path(), self.sop or self.environ.get("SIYU_SOP"))

    def _years(self) -> range:
        year = date_of(desk_clock_day(self.environ)).year
        return range(year - 1, year + 3)


def desk_clock_day(environ: Mapping[str, str]) -> int:
    """Today's day number before any setting is known; good enough to choose calendar years."""
    return desk_clock(Settings(), environ)().day


@dataclass
class OpenDesk:
    """A desk somebody works at.

    `shift` and `clock` are others once the SOP's files changed: whoever needs
    them asks the desk each time, and keeps neither.
    """

    db: Connection
    shift: Shift
    clock: Clock
    path: Path
    sop_path: Path
    files: LastGood | None = None
    """The SOP's files, for looking whether they changed."""
    environ: Mapping[str, str] = field(default_factory=dict)
    invented_at: str = ""
    """The moment of a demo desk (ISO 8601); empty for a real one."""
    banners: dict[str, Banner] = field(default_factory=dict)
    """What every screen says until its cause is gone, by a name of the cause."""
    shelf: Shelf | None = None
    """Where a version that is published comes to stand."""
    person: int | None = None
    """The contact whose file is open."""
    reads: bool = False
    """Whether the app only reads it."""

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and is not saved yet."""
        from tui.drafts import Drafts

        return Drafts(self.path, keeps=not self.reads)

    def follow_log(self) -> bool:
        """Brings the files to the publish that stands in the log; whether they are others now.

        Asked when the desk is opened, and after everything that may have
        undone a publish. What went wrong stands in a banner.
        """
        if self.shelf is None or not was_published(self.shelf):
            return False
        from tui.editions import follow

        followed = follow(self.db, self.shelf)
        self.banners.pop(FILES, None)
        if followed.problem is not None:
            self.banners[FILES] = (say(followed.problem.what), "error")
        if followed.changed:
            self.take_up_folder()
        return followed.changed

    def take_up_folder(self) -> None:
        """Works by the files that stand in the folder now, or says why it goes on as before."""
        if self.shelf is None or self.files is None:
            return
        own = self.shelf.folder
        self.sop_path = own if (own / "sop.yaml").is_file() else shipped(language())
        self.files.look_at(self.sop_path)
        read = self.files.refresh()
        if read is not None:
            self.take_up(read)
            self.tell_faults()

    def take_up(self, read: ReadSop) -> None:
        """Works by another reading of the SOP from now on; the operator stays who it is."""
        if read.sop is not None:
            self.shift = shift_of(self.shift.operator, read.sop, read.calendar)
            self.clock = desk_clock(read.sop.settings, self.environ)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the SOP's files were found to have at their latest reading, good or not."""
        return self.files.faults if self.files is not None else ()

    def tell_faults(self) -> None:
        """Says on every screen that the last good SOP is in use, while its files have errors."""
        self.banners.pop(FAULTS, None)
        if has_errors(self.faults):
            self.banners[FAULTS] = (stays_words(self.faults, self.sop_path), "error")

    def tell_faults_aside(self) -> None:
        """The same as one line of a command, on standard error."""
        words, _look = self.banners.pop(FAULTS, ("", ""))
        if words:
            import click

            known = self.files is not None and self.files.sop is not None
            click.echo(printable(words if known else without_words(self.sop_path)), err=True)

    def warn_of_version(self, asked: Chosen, writes: str) -> None:
        """Says when a folder that was asked for is of another version than the log."""
        if not asked.names_sop() or writes in KNOWS_VERSION:
            return
        from tui.version_words import other_version_words

        words = other_version_words(self.db, self.shift.sop.version, self.sop_path)
        if words and (writes == "desk" or self.reads):
            self.banners[VERSION] = (words, "warning")
        elif words:
            import click

            click.echo(printable(words), err=True)

    def catch_up(self) -> None:
        """What follows from people or an SOP that came: lists are judged, sequences entered.

        It comes after a write that stands, and the next opening of the desk does it
        too: where it cannot be written, a banner says so.
        """
        from store.list_pass import judge_all
        from store.walking import look_at_sequences

        try:
            judge_all(self.db, self.shift.sop, self.clock().day)
            look_at_sequences(self.db, self.shift, self.clock())
        except NotSaved as error:
            why = say(error.what)
            told = _("Done; lists and sequences follow at the next opening: {why}", why=why)
            self.banners[LATER] = (f"! {told}", "warning")

    def told_beside(self) -> list[str]:
        """What a command says beside its answer: what did not come about, though its work did."""
        return [words for words, _look in self.banners.values()]

    def before(self, what: Occasion) -> Backup | None:
        """A backup around something that changes much; where none can be made, a banner says so."""
        from store.backups import back_up

        try:
            made = back_up(self.path, self.clock(), what)
        except DeskError as error:
            self.no_backup(error)
            return None
        self.no_backup(None)
        return made

    def no_backup(self, error: DeskError | None) -> None:
        """Says on every screen why no backup was made, or no longer says so."""
        self.banners.pop(BACKUP, None)
        if error is not None:
            remedy = f" · {say(error.remedy)}" if error.remedy else ""
            self.banners[BACKUP] = (f"! {say(error.what)}{remedy}", "warning")


def shift_of(operator: str, sop: Sop, calendar: WorkCalendar) -> Shift:
    """Somebody at work by an SOP; the days of leave in it are not worked."""
    return Shift(operator, sop, OnLeave(calendar, sop.settings.leave))


@contextmanager
def desk(
    chosen: Chosen, *, writes: str = "", needs_sop: bool = True, to_look: str = ""
) -> Iterator[OpenDesk]:
    """Opens the desk; `writes` names the command that will write, and takes the lock for it.

    `to_look` opens it for an app that only reads, and says why on every screen.

    An SOP with errors leaves the last good one in use, with a banner or a line on
    standard error. Without any, what `needs_sop` is refused and the rest goes on.
    Raises DeskError with what to do: no such file, damaged, newer, held by
    another process, an SOP that was never without errors.
    """
    shelf = shelf_of(chosen.sop_folder())
    finish(shelf)
    files = chosen.sop_files()
    sop, calendar = _sop_to_open(chosen, files, needs_sop=needs_sop)
    clock = desk_clock(sop.settings, chosen.environ)
    path = chosen.database_path()
    lock = _locked(path, writes, clock)
    try:
        db = start_up.open_to_write(path, clock()) if writes else start_up.open_to_read(path)
        try:
            with start_up.in_words(path):
                if to_look or writes == "desk":
                    wait_less(db)
                shift = shift_of(chosen.who(sop.settings), sop, calendar)
                opened = OpenDesk(
                    db,
                    shift,
                    clock,
                    path,
                    chosen.sop_path(),
                    files,
                    chosen.environ,
                    invented_at(db),
                    shelf=shelf,
                    reads=bool(to_look),
                )
                if to_look:
                    opened.banners[READS] = (_("Only read: {why}", why=to_look), "warning")
                _begin(opened, chosen, writes, stands_in=files.sop is None)
                yield opened
                _end(opened, writes)
        finally:
            set_today(None)
            db.close()
    finally:
        if lock is not None:
            lock.release()


def _locked(path: Path, writes: str, clock: Clock) -> DeskLock | None:
    """The lock of whoever writes."""
    if not writes:
        return None
    from tui.write_lock import take

    return take(path, writes, clock)


def _end(opened: OpenDesk, writes: str) -> None:
    """What a command says once its work is done."""
    if writes and writes != "desk":
        from tui.beside import tell_at_the_end

        tell_at_the_end(opened.db, opened.banners)


def _begin(opened: OpenDesk, chosen: Chosen, writes: str, *, stands_in: bool) -> None:
    """What is brought up to date and told at every opening; nothing by an SOP that stands in."""
    set_today(date_of(opened.clock().day))
    if writes:
        from tui.beside import take_up_refusals

        who = opened.shift.operator
        take_up_refusals(opened.db, opened.path, who, opened.clock(), opened.banners)
    if writes and not stands_in:
        opened.follow_log()
    opened.tell_faults()
    if writes != "desk" and not opened.reads:
        opened.tell_faults_aside()
    opened.warn_of_version(chosen, writes)
    if writes not in JUDGED_LATER and not stands_in:
        from store.list_pass import judge_all

        judge_all(opened.db, opened.shift.sop, opened.clock().day)
    missing = start_up.missing_events(opened.db, opened.path) if writes else None
    if missing is not None:
        opened.banners[MISSING] = ("! " + say(missing), "warning")
    if writes == "desk":
        from store.whereabouts import danger_of

        danger = danger_of(opened.path)
        if danger is not None:
            opened.banners[PLACE] = ("! " + say(danger), "warning")


def _sop_to_open(chosen: Chosen, files: LastGood, *, needs_sop: bool) -> tuple[Sop, WorkCalendar]:
    """The SOP in use; what ships stands in for what needs none. Raises SopFaulty."""
    files.refresh()
    if files.sop is not None:
        return files.sop, files.calendar
    stand_in = None if needs_sop else chosen.stand_in()
    if stand_in is None or stand_in.sop is None:
        raise SopFaulty(chosen.sop_path(), files.faults)
    return stand_in.sop, stand_in.calendar
