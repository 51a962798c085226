"""A disk without room: a sound desk is never called damaged, and can be read.

Room is taken from a process by the limit on the size of its files: SQLite can
make nothing beside the desk's file then, as on a disk that is full.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.backups import Occasion, back_up
from store.connection import connect
from store.file_words import NO_ROOM_BESIDE, is_at_rest
from tests.app_kit import names, new_file
from tests.desk_kit import faults, moment
from tests.place_kit import WITHOUT_ROOM, cannot_open, run

READING: tuple[tuple[str, ...], ...] = (
    ("today",),
    ("find", "Anna"),
    ("timeline", "1"),
    ("doctor",),
)
WRITING: tuple[tuple[str, ...], ...] = (
    ("log", "1", "1"),
    ("refuse", "1", "--reason", "no more"),
    ("undo",),
)


@pytest.mark.skipif(sys.platform != "linux", reason="how SQLite shares memory is the system's")
def test_desk_without_room_is_read_and_not_called_damaged(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")
    with closing(connect(path)) as db:
        back_up(path, moment(), Occasion.ASKED)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for arguments in READING:
        answer = run(WITHOUT_ROOM, path, *arguments)
        assert (answer.returncode, answer.stderr) == (0, ""), (arguments, answer)
    assert names("en")[0] in run(WITHOUT_ROOM, path, "today").stdout
    before = path.read_bytes()
    for arguments in WRITING:
        answer = run(WITHOUT_ROOM, path, *arguments)
        assert answer.returncode == 1
        assert "No space left on device" in answer.stderr
        assert "Make room" in answer.stderr
        assert "damaged" not in answer.stderr
        assert "restore" not in answer.stderr, "an older backup would cost what was logged since"
    assert path.read_bytes() == before
    with closing(connect(path)) as db:
        assert faults(db) == []


def test_what_stands_in_the_log_beside_it_is_not_read_over(tmp_path: Path) -> None:
    path, error = new_file(tmp_path, "en"), cannot_open(f"{NO_ROOM_BESIDE}SIZE")
    journal = path.with_name("desk.db-wal")
    assert is_at_rest(path, error)
    journal.touch()
    assert is_at_rest(path, error), "SQLite makes an empty one before it finds no room"
    journal.write_bytes(b"x")
    assert not is_at_rest(path, error)
