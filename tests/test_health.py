"""A damaged or altered file is not opened for writing; reading it still works."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from store.connection import NotADesk, connect
from store.health import check_health
from tests.desk_kit import new_desk, rows


def altered(folder: Path, statement: str) -> Path:
    """A desk in which somebody changed something behind the log's back."""
    desk = new_desk(folder)
    desk.take(rows("张伟", "李芳"))
    with closing(desk.db) as db:
        db.execute("DROP TRIGGER event_stays")
        db.execute(statement)
    return desk.path


def test_sound_file_is_opened(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.take(rows("张伟"))
    with closing(desk.db):
        check_health(desk.db, desk.path)


def test_empty_desk_is_sound(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    with closing(desk.db):
        check_health(desk.db, desk.path)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param("UPDATE event SET day = day + 1 WHERE seq = 2", "event 2 was", id="a column"),
        pytest.param(
            "UPDATE event SET hash = prev.hash FROM (SELECT hash FROM event WHERE seq = 1)"
            " AS prev WHERE event.seq = 3",
            "event 3 was",
            id="a hash",
        ),
        pytest.param("UPDATE event_text SET body = '{}' WHERE seq = 3", "event 3 was", id="words"),
    ],
)
def test_altered_log_is_named_and_not_opened(tmp_path: Path, statement: str, words: str) -> None:
    path = altered(tmp_path, statement)
    with closing(connect(path)) as db, pytest.raises(NotADesk, match=words):
        check_health(db, path)


def test_page_of_rubbish_is_refused(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.take(rows(*(f"客户{n}" for n in range(300))))
    desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.db.close()
    page = bytearray(desk.path.read_bytes())
    page[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    desk.path.write_bytes(page)
    with pytest.raises(NotADesk, match="damaged"), closing(connect(desk.path)) as db:
        check_health(db, desk.path)


def test_only_the_newest_events_are_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = altered(tmp_path, "UPDATE event SET day = day + 1 WHERE seq = 1")
    monkeypatch.setattr("store.health.NEWEST", 2)
    with closing(connect(path)) as db:
        check_health(db, path)
