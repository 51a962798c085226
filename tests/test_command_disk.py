"""Every command that writes, on a disk that fails at each of its writes, and on one that is full.

All of what was asked for is there afterwards, or nothing; the desk opens, the
doctor agrees, and what went wrong was told in words.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from store import connection, pragmas
from store.backups import backups, look
from tests.app_kit import NOW
from tests.desk_kit import faults
from tests.failing_disk import FailingDisk
from tests.shell_kit import Answer, Shell
from tests.test_cleaning_screen import doubled
from tests.test_editions import write_version
from tui.__main__ import COMMANDS as SIYU
from tui.command_line import command_line

NEW_PEOPLE = """Full Name,Phone,Company
Hanna Ives,13800000021,Hill
Anna Bell,13800000001,Harbour
Rounded,1.39E+10,Hill
"""
PURCHASES = "phone,order,amount,date\n13800000001,A-1,1299,2026-02-20\n"
PUBLISH = "sop publish next --reason slow"
ERASED = ("log 4 friendly --note x", "backup", "person erase 4 --reason letter --yes")


@dataclass(frozen=True)
class Asked:
    """A command, and what is done before it."""

    command: str
    before: tuple[str, ...] = ()
    several: bool = False
    """It does several things one after the other, each whole by itself."""
    now: str = NOW
    """When it is given."""


COMMANDS = {
    "send": Asked("send 4"),
    "an answer": Asked("send 4 --answer --content schedule_template", ("log 4 exploring",)),
    "log": Asked("log 4 exploring --note later --interest price"),
    "refuse": Asked("refuse 4 --reason stop"),
    "resume": Asked("resume 4 --reason again", ("refuse 4 --reason stop",)),
    "undo": Asked("undo"),
    "redo": Asked("redo", ("undo",)),
    "edit": Asked("edit 4 company=Hill title=Owner"),
    "a consent": Asked("edit 4 consent=fair"),
    "stage": Asked("stage 4 mql --reason number"),
    "erase": Asked("person erase 4 --reason letter --yes", ("log 4 friendly --note x",)),
    "erase, with its backups": Asked(
        "person erase 4 --reason letter --yes --old-backups",
        ("log 4 friendly --note x", "backup"),
        several=True,
    ),
    "purge": Asked("person purge --yes", (*ERASED, "log 5 friendly"), several=True),
    "retention": Asked(
        "person retention --erase --yes", several=True, now="2029-03-05T09:40+08:00"
    ),
    "purchase": Asked("purchase 4 199 --what pump --order A-2"),
    "a purchase corrected": Asked("purchase 4 99 --corrects LAST", ("purchase 4 199",)),
    "export of a person": Asked("person export 4 person.json"),
    "merge": Asked("merge 3 4", ("log 4 friendly",)),
    "merge of all that are sure": Asked("merge --sure"),
    "unmerge": Asked("unmerge 4", ("merge 3 4",)),
    "import": Asked("import people.csv --rejects rejects.csv", several=True),
    "import of purchases": Asked("import purchases.csv --kind purchases", several=True),
    "publish": Asked(PUBLISH, several=True),
    "undo of a publish": Asked("undo", (PUBLISH,)),
    "undo of an earlier day": Asked("undo --earlier", now="2026-03-03T09:40+08:00"),
    "undo past a refusal": Asked("undo --past-refusals", ("refuse 4 --reason stop",)),
    "backup": Asked("backup", ("log 4 friendly",)),
    "restore": Asked("restore --yes", ("backup", "log 4 friendly", "refuse 5 --reason stop")),
    "doctor": Asked("doctor --rebuild"),
    "a list": Asked("lists interest --export list.csv"),
    "lists of another day": Asked("lists", now="2026-03-03T09:40+08:00"),
    "export": Asked("export today.xlsx"),
    "export of contents": Asked("content --export contents.csv"),
    "export of those found": Asked("find anna --export found.csv"),
    "export of duplicates": Asked("duplicates --export pairs.csv"),
    "export of purchases": Asked("purchases --export bought.csv", ("purchase 4 199",)),
    "export of a comparison": Asked(
        "sop compare 1.0 2.0 --export compared.csv", (PUBLISH, "send 5")
    ),
    "export of the SOP's log": Asked("sop log --export changes.csv", (PUBLISH,)),
    "a new SOP": Asked("sop init mine"),
    "a draft": Asked("sop draft newer"),
}
READ_ONLY = (
    "backup list",
    "contact",
    "read",
    "rules test",
    "sop candidates",
    "sop check",
    "sop diff",
    "sop plan",
    "timeline",
    "today",
    "why",
)
ELSEWHERE = {"app": "tests/test_file_faults.py", "demo": "a desk of its own, made in memory"}
SOME = 9
"""One write in so many fails in the quick run."""


@dataclass
class World:
    """A folder with a desk in it, and whoever asks for something there."""

    folder: Path
    patch: pytest.MonkeyPatch

    @property
    def path(self) -> Path:
        return self.folder / "desk.db"

    def run(self, command: str, now: str = NOW) -> Answer:
        self.patch.chdir(self.folder)
        if "LAST" in command:  # the number of the newest event
            command = command.replace("LAST", str(self.events()))
        return Shell(self.patch, self.path).run(*command.split(), SIYU_NOW=now)

    def copy(self, name: str) -> World:
        there = self.folder.with_name(name)
        shutil.copytree(self.folder, there)
        return World(there, self.patch)

    def on(self, disk: FailingDisk, asked: Asked) -> Answer:
        with self.patch.context() as patch:
            disk.put_in(patch)
            return self.run(asked.command, asked.now)

    def events(self) -> int:
        """The events of the desk, which must be sound."""
        with closing(connection.connect(self.path, read_only=True)) as db:
            assert faults(db) == []
            found: int = db.execute("SELECT COUNT(*) FROM event").fetchone()[0]
            return found

    def backups_are_sound(self) -> bool:
        return all(look(known.path).fault is None for known in backups(self.path))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a message, a reaction, an SOP of its own, and files to take in."""
    folder = tmp_path_factory.mktemp("desk")
    doubled(folder)
    (folder / "people.csv").write_text(NEW_PEOPLE, "utf-8")
    (folder / "purchases.csv").write_text(PURCHASES, "utf-8")
    write_version(folder / "next", "2.0")
    with pytest.MonkeyPatch.context() as patch:
        for command in ("sop init sop", "today", "send 6", "log 6 friendly"):
            assert World(folder, patch).run(command).code == 0
    return folder


@pytest.fixture
def world(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    shutil.copytree(model, tmp_path / "desk")
    return World(tmp_path / "desk", monkeypatch)


def check(there: World, answer: Answer, counts: tuple[int, list[int]], asked: Asked) -> None:
    """All or nothing, and words; `counts` are the events before, and after each commit."""
    before, committed = counts
    assert answer.code in (0, 1), answer
    told = answer.out + answer.err
    assert "Traceback" not in told
    assert "fault of its own" not in told
    assert answer.code == 0 or answer.err.strip()
    now = there.events()
    done = {before, *committed} if asked.several else {committed[-1]}
    assert now in (done if answer.code == 0 else {before, *done} if asked.several else {before}), (
        answer,
        now,
        counts,
    )
    assert there.backups_are_sound()
    again = there.run("today", asked.now)
    assert again.code == 0, again


def test_every_command_stands_in_a_table() -> None:
    """A command that writes is tried on a disk that fails."""
    names = {*named(command_line(SIYU), "")}
    tried = {name for name in names for asked in COMMANDS.values() if begins(asked.command, name)}
    assert tried.isdisjoint({*READ_ONLY, *ELSEWHERE})
    assert names == tried | {*READ_ONLY, *ELSEWHERE}


def named(command: click.Command, called: str) -> Iterator[str]:
    """A command's name as it is typed, or those within it, and its own if it works alone."""
    if not isinstance(command, click.Group):
        yield called
        return
    if called and command.invoke_without_command:
        yield called
    with click.Context(command) as context:
        for name in command.list_commands(context):
            within = command.get_command(context, name)
            assert within is not None
            yield from named(within, f"{called} {name}".strip())


def begins(typed: str, name: str) -> bool:
    return typed.split()[: len(name.split())] == name.split()


@pytest.mark.parametrize(
    "step", [SOME, pytest.param(1, marks=pytest.mark.slow)], ids=["some writes", "every write"]
)
@pytest.mark.parametrize("name", COMMANDS)
def test_write_that_fails_leaves_all_or_nothing(world: World, name: str, step: int) -> None:
    """Every other time that write alone fails, else all after it as well."""
    asked = COMMANDS[name]
    counts, writes = faultless(world, asked)
    for write in range(0, writes, step):
        there, disk = (
            world.copy(f"at-{write}"),
            FailingDisk(write, for_good=bool(write // step % 2)),
        )
        check(there, there.on(disk, asked), counts, asked)
        shutil.rmtree(there.folder)


@pytest.mark.parametrize("name", COMMANDS)
def test_full_disk_leaves_all_or_nothing(world: World, name: str) -> None:
    """The desk's file may grow by so many pages, more each time until the command is done."""
    asked = COMMANDS[name]
    counts, _writes = faultless(world, asked)
    for pages in (0, 1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128, 256):
        there = world.copy(f"with-{pages}")
        with world.patch.context() as patch:
            patch.setattr(connection, "set_pragmas", at_most(pages))
            answer = there.run(asked.command, asked.now)
        check(there, answer, counts, asked)
        shutil.rmtree(there.folder)
        if answer.code == 0 and not answer.err:
            return
    raise AssertionError(answer)


def at_most(pages: int) -> Callable[[sqlite3.Connection], None]:
    """Sets up a connection whose file may grow by so many pages."""
    wanted = pragmas.set_pragmas

    def set_pragmas(db: sqlite3.Connection) -> None:
        wanted(db)
        known = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {known + pages}").fetchall()

    return set_pragmas


def faultless(world: World, asked: Asked) -> tuple[tuple[int, list[int]], int]:
    """Events before the command, and after each of its commits; how often it writes."""
    for command in asked.before:
        answer = world.run(command)
        assert answer.code == 0, answer
    before, disk, there = world.events(), FailingDisk(), world.copy("whole")
    answer = there.on(disk, asked)
    assert answer.code == 0, answer
    return (before, [*disk.committed, there.events()]), disk.writes
