"""`siyu backup` and `siyu restore`: they ask, they say what goes, they answer programs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.backups import backups
from tests.app_kit import PEOPLE, csv_of, names, new_file
from tests.shell_kit import Shell

ANNA, BEN, *_REST = names("en")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def test_backup_is_made_once_and_told(shell: Shell) -> None:
    first = shell.json("backup")
    assert first == {"made": True, "backup": "2026-03-02_09.40.00_asked"}
    assert shell.json("backup") == {**first, "made": False}
    assert "Nothing changed since" in shell.text("backup")


def test_list_tells_what_was_read(shell: Shell) -> None:
    assert shell.json("backup", "list") == []
    assert "siyu backup makes one" in shell.text("backup", "list")
    shell.json("backup")
    shell.json("log", ANNA, "1")
    shell.json("backup")
    newer, older = shell.json("backup", "list")
    assert [b["ok"] for b in (newer, older)] == [True, True]
    assert newer["events"] == older["events"] + 1
    os.truncate(older["file"], 9000)
    text = shell.text("backup", "list").splitlines()
    assert [line[0] for line in text] == ["✓", "✗"]
    assert "is damaged" in text[1]


def test_restore_asks_and_without_a_yes_changes_nothing(shell: Shell) -> None:
    shell.json("backup")
    shell.json("log", ANNA, "1")
    before = shell.database.read_bytes()
    answer = shell.run("restore")
    assert answer.code == 1
    assert "1 event after the backup goes: reaction 1." in answer.err
    assert "--yes" in answer.err
    assert shell.database.read_bytes() == before


def test_restore_keeps_who_refused_since(shell: Shell) -> None:
    shell.json("backup")
    shell.json("log", ANNA, "1")
    shell.json("refuse", BEN, "--reason", "asked to stop")
    told = shell.json("restore", "2026-03-02_09.40.00_asked", "--yes")
    assert told["lost"] == {"reaction": 1, "refused": 1}
    assert told["refused_kept"] == 1
    assert told["before"] == "2026-03-02_09.40.00_2_restore"
    assert shell.json("doctor")["ok"] is True
    assert "asked not to be contacted" in shell.run("send", BEN).err
    kinds = [event["kind"] for event in shell.json("timeline", ANNA)]
    assert kinds == ["added"]


NAMES = {
    "a name that is none": ("yesterday", 'no backup is called "yesterday"'),
    "a beginning of several": ("2026-03-02", '"2026-03-02" may be 2 backups'),
    "an escape": ("\x1b[2J", "no backup is called"),
    "a way out of the folder": ("../desk", "no backup is called"),
}


@pytest.mark.parametrize("case", NAMES)
def test_backup_that_is_not_clear(shell: Shell, case: str) -> None:
    shell.json("backup")
    shell.json("log", ANNA, "1")
    shell.json("backup")
    name, words = NAMES[case]
    answer = shell.run("restore", name, "--yes")
    assert answer.code == 1
    assert words in answer.err
    assert "\x1b" not in answer.err


def test_without_a_backup_there_is_nothing_to_restore(shell: Shell) -> None:
    assert "there is no sound backup" in shell.json("restore", "--yes", code=1)["error"]


@pytest.mark.parametrize("left", [b"", b"scribble" * 200, None], ids=["empty", "a text", "gone"])
def test_lost_desk_comes_back_by_the_command_that_the_message_names(
    shell: Shell, left: bytes | None
) -> None:
    shell.json("log", ANNA, "2")
    shell.json("backup")
    if left is None:
        shell.database.unlink()
    else:
        shell.database.write_bytes(left)
    for arguments in (("today",), ("log", ANNA, "1"), ("import", "nobody.csv")):
        assert shell.run(*arguments).code == 1
    assert shell.database.exists() == (left is not None)
    answer = shell.run("log", ANNA, "1")
    command = f"siyu --database {shell.database} restore"
    assert "1 backups, the newest: 2026-03-02_09.40.00_asked" in answer.err
    assert command in answer.err
    assert shell.run(*command.split()[1:], "--yes").code == 0
    assert shell.json("doctor")["ok"] is True
    assert [e["kind"] for e in shell.json("timeline", ANNA)] == ["added", "reaction"]


def test_doctor_of_a_damaged_log_advises_a_restore(shell: Shell) -> None:
    shell.json("backup")
    with closing(sqlite3.connect(shell.database)) as disk:
        triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        for (name,) in disk.execute(triggers).fetchall():
            disk.execute(f"DROP TRIGGER {name}")
        disk.execute("UPDATE event SET day = day + 1 WHERE seq = 3")
        disk.commit()
    answer = shell.run("doctor")
    assert answer.code == 1
    assert "--rebuild" not in answer.out
    command = f"siyu --database {shell.database} restore 2026-03-02_09.40.00_asked"
    assert command in answer.out
    assert shell.run(*command.split()[1:], "--yes").code == 0
    assert shell.json("doctor")["ok"] is True


def test_restore_works_though_the_sop_has_errors(shell: Shell, tmp_path: Path) -> None:
    shell.json("backup")
    sop = tmp_path / "broken"
    sop.mkdir()
    (sop / "sop.yaml").write_text("version: [1\n", "utf-8")
    shell.database.unlink()
    assert shell.run("restore", "--yes", SIYU_SOP=str(sop)).code == 0
    assert shell.json("doctor")["ok"] is True


def test_import_backs_up_first_and_a_dry_run_does_not(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text(csv_of("en", [("Zoe", "13900000001", "Bay", "lead")]), "utf-8")
    shell.json("import", str(file), "--dry-run")
    assert backups(shell.database) == ()
    shell.json("import", str(file))
    (made,) = shell.json("backup", "list")
    assert (made["what"], made["events"]) == ("import", 8)


def test_import_goes_on_where_no_backup_can_be_made_and_says_so(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "more.csv"
    file.write_text(csv_of("en", [("Zoe", "13900000001", "Bay", "lead")]), "utf-8")
    shell.database.with_name("desk.db.backups").write_text("in the way")
    answer = shell.run("import", str(file))
    assert answer.code == 0
    assert "No backup was made" in answer.err
    assert len(shell.json("find", "Zoe")) == 1


def test_first_import_needs_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(monkeypatch, tmp_path / "new" / "desk.db")
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE["en"], "utf-8")
    answer = shell.run("import", str(file))
    assert (answer.code, answer.err) == (0, "")
    assert backups(shell.database) == ()


def test_backup_and_list_work_while_the_desk_is_open_and_restore_says_who_has_it(
    shell: Shell,
) -> None:
    from store.lock import take_lock

    lock = take_lock(shell.database, "desk", "2026-03-02 09:00", lambda _holder: False)
    assert shell.json("backup")["made"] is True
    assert len(shell.json("backup", "list")) == 1
    answer = shell.run("restore", "--yes")
    assert answer.code == 1
    assert "is open elsewhere (desk, process" in answer.err
    lock.release()
    assert shell.run("restore", "--yes").code == 0
