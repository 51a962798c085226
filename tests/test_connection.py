"""Opening a desk: what is refused and left as it was, what is created, what a file must be."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import connection, migrations, profiles
from store.connection import NotADesk, NotSaved, connect, transaction
from store.migrations import APPLICATION_ID, MIGRATIONS
from tests.desk_kit import Desk, faults, new_desk, row, rows

SCHEMA = Path(__file__).with_name("final_schema.sql")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, as it lies there."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("客户,电话\n" * 99, encoding="utf-8")


def short(path: Path) -> None:
    path.write_bytes(connection.HEADER + b"\0" * 50)


def garbage_behind_the_header(path: Path) -> None:
    path.write_bytes(connection.HEADER + bytes(range(256)) * 40)


def another_program(path: Path) -> None:
    with_pragmas(path, f"PRAGMA application_id = {0x0F055112}")


def nobodys(path: Path) -> None:
    with_pragmas(path)


def another_program_with_a_journal(path: Path) -> None:
    with_pragmas(path, "PRAGMA journal_mode = WAL")


def newer(path: Path) -> None:
    with_pragmas(path, f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 99")


def half(path: Path) -> None:
    desk = new_desk(path.parent)
    desk.take([row(f"客户{n}", n) for n in range(60)])
    desk.db.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def folder(path: Path) -> None:
    path.mkdir()


def with_pragmas(path: Path, *pragmas: str) -> None:
    """A database that is not ours, with a table in it."""
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in pragmas:
        db.execute(pragma)
    db.execute("CREATE TABLE song (title TEXT)")
    db.close()


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "an empty file": (empty, "is empty: its content was lost"),
    "a text file": (text, "is damaged or is no desk file"),
    "a file shorter than a header": (short, "is damaged or is no desk file"),
    "a header and garbage": (garbage_behind_the_header, "is a database of another program"),
    "another program's": (another_program, "is a database of another program"),
    "nobody's": (nobodys, "is a database of another program"),
    "another program's, with a journal": (
        another_program_with_a_journal,
        "is a database of another program",
    ),
    "a newer siyu's": (newer, "was written by a newer siyu (format 99"),
    "half a file": (half, "is damaged"),
    "a pipe": (os.mkfifo, "is a pipe or a device, not a desk file"),
    "a folder": (folder, "is a folder, not a desk file"),
}


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize("case", REFUSED)
def test_file_that_cannot_be_used_is_refused_and_stays_as_it_was(
    tmp_path: Path, case: str, read_only: bool
) -> None:
    make, words = REFUSED[case]
    path = tmp_path / "desk.db"
    make(path)
    before = bytes_of(tmp_path)
    with pytest.raises(NotADesk) as told:
        connect(path, read_only=read_only)
    assert f"{path} {words}" in str(told.value.what)
    after = bytes_of(tmp_path)
    assert after.get("desk.db") == before.get("desk.db")
    if case != "half a file":
        assert after == before


def test_reading_a_desk_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(NotADesk, match="does not exist yet"):
        connect(tmp_path / "desk.db", read_only=True)
    assert bytes_of(tmp_path) == {}


def test_new_desk_and_its_folder_are_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.db"
    umask = os.umask(0)
    try:
        db = connect(path)
        db.execute("BEGIN IMMEDIATE")
        db.execute("COMMIT")
        modes = {p.name: p.stat().st_mode & 0o777 for p in path.parent.iterdir()}
    finally:
        os.umask(umask)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert modes["desk.db"] == 0o600
    assert set(modes.values()) == {0o600}
    assert faults(db) == []
    db.close()


def test_new_desk_that_fails_leaves_no_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(db: Database) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(connection, "MIGRATIONS", (*MIGRATIONS, fails))
    with pytest.raises(NotSaved):
        connect(tmp_path / "desk.db")
    assert bytes_of(tmp_path) == {}
    monkeypatch.undo()
    connect(tmp_path / "desk.db").close()


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".desk.db.{os.getpid()}.new").write_text("half")
    connect(tmp_path / "desk.db").close()
    assert list(bytes_of(tmp_path)) == ["desk.db"]


def test_place_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    text(tmp_path / "file")
    with pytest.raises(NotADesk, match="cannot be"):
        connect(tmp_path / "file" / "desk.db")


PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "busy_timeout": 15_000,
    "application_id": APPLICATION_ID,
    "user_version": len(MIGRATIONS),
}


@pytest.mark.parametrize("pragma", PRAGMAS)
def test_connection_has_the_desks_pragmas(tmp_path: Path, pragma: str) -> None:
    desk = new_desk(tmp_path)
    assert desk.one(f"PRAGMA {pragma}") == PRAGMAS[pragma]


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.take(rows("张伟"))
    desk.db.close()
    before = bytes_of(tmp_path)
    connect(desk.path).close()
    assert bytes_of(tmp_path) == before


def test_file_of_the_first_format_is_upgraded_with_its_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def next_format(db: Database) -> None:
        db.execute("CREATE TABLE list_item (contact INTEGER NOT NULL) STRICT")

    desk = new_desk(tmp_path)
    desk.take(rows("张伟", "李芳"))
    desk.db.close()
    monkeypatch.setattr(connection, "MIGRATIONS", (*MIGRATIONS, next_format))
    with pytest.raises(NotADesk, match="must be upgraded"):
        connect(desk.path, read_only=True)
    for _ in range(2):
        upgraded = Desk(connect(desk.path), desk.path, desk.shift)
        assert upgraded.one("PRAGMA user_version") == len(MIGRATIONS) + 1
        assert upgraded.one("SELECT COUNT(*) FROM list_item") == 0
        assert upgraded.faults() == []
        assert upgraded.one("SELECT COUNT(*) FROM contact_state") == 2
        upgraded.db.close()


def test_an_upgrade_makes_the_search_keys_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def next_format(db: Database) -> None:
        migrations.marked_search_keys(db)

    desk = new_desk(tmp_path)
    desk.take(rows("张伟", "李芳"))
    desk.db.close()
    monkeypatch.setattr(connection, "MIGRATIONS", (*MIGRATIONS, next_format))
    desk = Desk(connect(desk.path), desk.path, desk.shift)
    assert desk.one("SELECT COUNT(*) FROM contact_key WHERE k = '1zhangwei'") == 1
    assert desk.faults() == []


def test_an_upgrade_puts_the_keys_of_a_contact_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path)
    contact = desk.add("张伟")
    for statement in (
        "DROP TABLE keys_of_contact",
        "CREATE INDEX contact_key_of ON contact_key (contact)",
        f"PRAGMA user_version = {MIGRATIONS.index(migrations.keys_together)}",
        "DELETE FROM _sqlite_migrations WHERE name = 'keys_together'",
    ):
        desk.db.execute(statement)
    desk.db.close()
    desk = Desk(connect(desk.path), desk.path, desk.shift)
    assert schema(desk.db) == SCHEMA.read_text(encoding="utf-8")
    assert desk.one("SELECT COUNT(*) FROM keys_of_contact WHERE contact = ?", contact) == 1
    assert desk.faults() == []
    with transaction(desk.db):
        profiles.save(desk.db, contact, None)
    assert desk.one("SELECT COUNT(*) FROM contact_key") == 0


def test_upgrade_that_fails_leaves_the_old_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_done(db: Database) -> None:
        db.execute("CREATE TABLE list_item (contact INTEGER NOT NULL) STRICT")
        db.execute("DROP TABLE contact_key")
        raise sqlite3.OperationalError("disk I/O error")

    desk = new_desk(tmp_path)
    desk.take(rows("张伟"))
    desk.db.close()
    monkeypatch.setattr(connection, "MIGRATIONS", (*MIGRATIONS, half_done))
    with pytest.raises(NotADesk):
        connect(desk.path)
    monkeypatch.undo()
    desk = Desk(connect(desk.path), desk.path, desk.shift)
    assert desk.one("PRAGMA user_version") == len(MIGRATIONS)
    assert desk.one("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'list_item'") == 0
    assert desk.faults() == []


def schema(db: sqlite3.Connection) -> str:
    """Everything that the migrations made, as its statements."""
    found = db.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
        " AND tbl_name <> '_sqlite_migrations' ORDER BY type, name"
    )
    return "".join(f"{sql};\n" for (sql,) in found)


def test_final_schema_is_the_pinned_one(tmp_path: Path) -> None:
    """A change of the schema is a new migration, and shows as a difference to read.

    `python -m tests.test_connection` pins the schema of this moment.
    """
    assert schema(new_desk(tmp_path).db) == SCHEMA.read_text(encoding="utf-8")


LOG_IS_CHANGED = {
    "an update": "UPDATE event SET day = 1",
    "a deletion": "DELETE FROM event",
    "an insertion that replaces": (
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1"
    ),
    "an update that replaces": "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
}


@pytest.mark.parametrize("case", LOG_IS_CHANGED)
def test_log_is_append_only(tmp_path: Path, case: str) -> None:
    desk = new_desk(tmp_path)
    desk.take(rows("张伟"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        desk.db.execute(LOG_IS_CHANGED[case])
    assert desk.faults() == []


def test_migration_statements_keep_a_trigger_whole() -> None:
    script = "CREATE TABLE a (b);\nCREATE TRIGGER t BEFORE UPDATE ON a\nBEGIN SELECT 1; END;\n"
    assert migrations.statements(script) == [
        "CREATE TABLE a (b)",
        "CREATE TRIGGER t BEFORE UPDATE ON a\nBEGIN SELECT 1; END",
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        SCHEMA.write_text(schema(new_desk(Path(name)).db), encoding="utf-8")
