"""kill -9 at any line of a backup, a restore or an upgrade: the old file or the new one, whole.

A process forks a child for each line that the work runs through; the child
kills itself there, the parent looks at what it left. Every line by hand:

    python -m tests.test_backup_kills restore FOLDER 1
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

import pytest
from sqlite_utils import Database

from store import connection, side_file, verbs
from store.backups import Backup, Occasion, back_up, backups, look
from store.connection import connect
from store.erasing import erase
from store.migrations import MIGRATIONS
from store.reapplying_kept import mend
from store.refusals_kept import desk_of, differences
from store.restoring import fault_of, restore
from store.side_file import side_of
from store.start_up import open_to_write
from tests.backup_kit import BECAUSE, backed_up, closed, refused, worked
from tests.desk_kit import Desk, faults, moment, row, shift

WATCHED = (
    "backups.py",
    "connection.py",
    "health.py",
    "reapplying.py",
    "reapplying_kept.py",
    "refusals_kept.py",
    "restoring.py",
    "side_file.py",
)
"""Modules of `store` at whose lines the child dies."""
SOME, MANY = 41, 7
"""One line in so many is tried in the quick run, and in the slow one."""


def prepared(folder: Path) -> tuple[Path, Backup, int]:
    """A desk with a backup and more work since, a refusal among it; its file, events then."""
    desk = worked(folder, people=5, days=1)
    backup = backed_up(desk)
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    verbs.note(desk.db, desk.shift, moment(), 3, {"note": "later"})
    events = desk.events()
    return closed(desk), backup, events


def damaged(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def back(path: Path, _backup: Backup) -> None:
    back_up(path, moment(), Occasion.WHILE)


def take_back(path: Path, backup: Backup) -> None:
    restore(path, backup, "op1", moment(), BECAUSE)


def check_backup(path: Path, _backup: Backup, events: int) -> None:
    """The desk is as it was, and what is called a backup is one."""
    assert counted(path) == events
    assert all(look(known.path).fault is None for known in backups(path))
    back_up(path, moment(), Occasion.EXIT)
    assert look(backups(path)[0].path).end[0] == events
    assert not [*path.parent.glob("desk.db.backups/.*")]


def check_restore(path: Path, backup: Backup, events: int) -> None:
    """All of the old desk or all of the new one; the refusal stands in both."""
    assert counted(path) in (events, look(backup.path).end[0] + 2)
    with closing(connect(path)) as db:
        assert refused(Desk(db, path, shift())) == {"客户2"}
    assert all(look(known.path).fault is None for known in backups(path))


def check_rescue(path: Path, backup: Backup, events: int) -> None:
    """The damaged file, or the restored one; a restore goes on from either."""
    if fault_of(path) is not None:
        assert path.exists(), "a desk that is gone could be begun anew"
        take_back(path, backup)
    assert counted(path) == look(backup.path).end[0] + 2
    with closing(connect(path)) as db:
        assert refused(Desk(db, path, shift())) == {"客户2"}
    assert events


def refuse(path: Path, _backup: Backup) -> None:
    """Somebody refuses, by a slip for a moment, is erased, comes by an import that says so."""
    with closing(connect(path)) as db:
        desk = Desk(db, path, shift())
        verbs.refuse(db, desk.shift, moment(), 4, "no")
        verbs.resume(db, desk.shift, moment(), 4, "by mistake")
        verbs.refuse(db, desk.shift, moment(), 5, "no")
        erase(db, desk.shift, moment(), 3, "asked")
        desk.take([row("新来的", phone="13700000001", refused=True)])


def check_refusals(path: Path, _backup: Backup, events: int) -> None:
    """The file beside is never behind the desk; the next opening makes them agree."""
    assert counted(path) >= events
    with closing(connect(path)) as db:
        desk = desk_of(db)
        lacking = [*differences(db, side_file.read(side_of(path), desk))]
        assert [told for told in lacking if not told.free] == []
        mend(db, path, "op1", moment(), BECAUSE)
        assert [*differences(db, side_file.read(side_of(path), desk))] == []
        assert faults(db) == []


def upgrade(path: Path, _backup: Backup) -> None:
    with patched(connection, "MIGRATIONS", (*MIGRATIONS, one_table_more)):
        open_to_write(path, moment()).close()


def check_upgrade(path: Path, _backup: Backup, events: int) -> None:
    """The old format or the new one, never between; the next start goes on from either."""
    with closing(sqlite3.connect(path)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        tables = db.execute("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'more'").fetchone()[0]
    assert version == len(MIGRATIONS) + tables
    upgrade(path, _backup)
    with patched(connection, "MIGRATIONS", (*MIGRATIONS, one_table_more)):
        assert counted(path) == events


def one_table_more(db: Database) -> None:
    db.execute("CREATE TABLE more (contact INTEGER NOT NULL) STRICT")


def patched(place: object, name: str, value: object) -> AbstractContextManager[object]:
    return mock.patch.object(place, name, value)


def counted(path: Path) -> int:
    """The events of a file that must be sound."""
    assert fault_of(path) is None
    with closing(connect(path)) as db:
        assert faults(db) == []
        found: int = db.execute("SELECT COUNT(*) FROM event").fetchone()[0]
        return found


Act = Callable[[Path, Backup], None]
Check = Callable[[Path, Backup, int], None]
ACTS: dict[str, tuple[Act, Check]] = {
    "backup": (back, check_backup),
    "restore": (take_back, check_restore),
    "rescue": (take_back, check_rescue),
    "refusals": (refuse, check_refusals),
    "upgrade": (upgrade, check_upgrade),
}


class Killer:
    """Kills its own process at the n-th line of the watched modules."""

    def __init__(self, line: int) -> None:
        self.left = line

    def __call__(self, frame: FrameType, event: str, _told: Any) -> Killer | None:
        name = Path(frame.f_code.co_filename)
        if name.name not in WATCHED or name.parent.name != "store":
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def killed_at(line: int, act: Act, path: Path, backup: Backup) -> bool:
    """Whether a child that was to die at this line did, instead of ending its work."""
    child = os.fork()
    if child == 0:
        sys.settrace(Killer(line))
        act(path, backup)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def every_line(name: str, folder: Path, step: int) -> int:
    """Dies at every `step`-th line of an act; how many deaths there were."""
    act, check = ACTS[name]
    (folder / "model").mkdir()
    path, backup, events = prepared(folder / "model")
    if name == "rescue":
        damaged(path)
    deaths, line = 0, 1
    while True:
        copy = folder / f"at-{line}"
        shutil.copytree(folder / "model", copy)
        here, taken = copy / path.name, copy / backup.path.relative_to(path.parent)
        its = next(known for known in backups(here) if known.path == taken)
        if not killed_at(line, act, here, its):
            return deaths
        check(here, its, events)
        shutil.rmtree(copy)
        deaths, line = deaths + 1, line + step


@pytest.mark.parametrize(
    "step", [SOME, pytest.param(MANY, marks=pytest.mark.slow)], ids=["some lines", "many lines"]
)
@pytest.mark.parametrize("act", ACTS)
def test_killed_at_any_line_leaves_the_old_or_the_new(tmp_path: Path, act: str, step: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.test_backup_kills", act, str(tmp_path), str(step)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 250 // step


if __name__ == "__main__":
    print(every_line(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
