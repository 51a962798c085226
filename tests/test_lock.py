"""One process writes: the second is told by whom, and a killed holder locks nobody out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.lock import DeskHeld, Holder, NoLock, lock_path, read_holder, take_lock

SINCE = "2026-03-02 09:00"
HOLDS = """
import sys
from pathlib import Path
from store.lock import take_lock
lock = take_lock(Path(sys.argv[1]), "desk", "2026-03-02 09:00", lambda holder: False)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holder(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the desk open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def never(_holder: Holder | None) -> bool:
    return False


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def test_second_process_is_refused_with_the_holders_name(database: Path) -> None:
    with holder(database) as process:
        with pytest.raises(DeskHeld) as told:
            take_lock(database, "import", SINCE, never)
        assert told.value.holder == Holder(process.pid, SINCE, "desk")
        assert str(told.value.what) == (
            f"{database} is open elsewhere (desk, process {process.pid}, since {SINCE})"
        )


def test_lock_of_a_killed_process_is_free(database: Path) -> None:
    with holder(database) as process:
        process.kill()
        process.wait()
        lock = take_lock(database, "import", SINCE, never)
    assert read_holder(lock_path(database)) == Holder(os.getpid(), SINCE, "import")
    lock.release()


def test_refused_process_asks_whether_to_go_on_trying(database: Path) -> None:
    asked: list[Holder | None] = []
    first = take_lock(database, "send", SINCE, never)

    def until_it_is_free(known: Holder | None) -> bool:
        asked.append(known)
        if len(asked) == 3:
            first.release()
        return True

    take_lock(database, "log", SINCE, until_it_is_free).release()
    assert [known.what for known in asked if known] == ["send"] * 3


def test_released_lock_can_be_taken_again(database: Path) -> None:
    for _ in range(2):
        take_lock(database, "log", SINCE, never).release()


def test_shorter_name_leaves_nothing_of_a_longer_one(database: Path) -> None:
    for what in ("a command of a very long name", "log"):
        take_lock(database, what, SINCE, never).release()
    known = read_holder(lock_path(database))
    assert known is not None
    assert known.what == "log"


UNREADABLE = {
    "nothing": "",
    "no JSON": "{",
    "other JSON": "[1]",
    "no pid": '{"since": "", "what": ""}',
    "a pid in words": '{"pid": "x", "since": "", "what": ""}',
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_holder_that_says_nothing_readable_is_unknown(database: Path, case: str) -> None:
    first = take_lock(database, "desk", SINCE, never)
    lock_path(database).write_text(UNREADABLE[case])
    with pytest.raises(DeskHeld) as told:
        take_lock(database, "log", SINCE, never)
    assert told.value.holder is None
    first.release()


def test_lock_and_its_folder_are_the_owners_alone(tmp_path: Path) -> None:
    database = tmp_path / "new" / "desk.db"
    take_lock(database, "log", SINCE, never).release()
    assert database.parent.stat().st_mode & 0o777 == 0o700
    assert lock_path(database).stat().st_mode & 0o777 == 0o600


def test_place_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NoLock, match="cannot be created"):
        take_lock(tmp_path / "file" / "desk.db", "log", SINCE, never)
