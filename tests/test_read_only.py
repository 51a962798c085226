"""A desk that may only be read: a folder without write permission, a file another desk holds.

Permissions do not bind the user of most containers, so the reading itself is
done by a process that gave up what lets root write everywhere.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import file_words
from store.connection import ReadOnlyDesk, damaged
from store.lock import take_lock
from tests.app_kit import PEOPLE, new_file
from tests.place_kit import WITHOUT_POWER, cannot_open, run
from tests.shell_kit import Shell
from tui.words import say, set_language


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A desk in a folder that nobody may write to."""
    place = tmp_path / "kept"
    place.mkdir()
    shutil.copyfile(new_file(tmp_path, "en"), place / "desk.db")
    (place / "desk.db").chmod(0o444)
    place.chmod(0o555)
    try:
        yield place
    finally:
        place.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="root is made as others by Linux' own call")
def test_desk_in_a_read_only_folder_is_read_and_not_called_damaged(folder: Path) -> None:
    for arguments in (("today",), ("find", "Anna"), ("timeline", "1"), ("doctor",)):
        answer = run(WITHOUT_POWER, folder / "desk.db", *arguments)
        assert (answer.returncode, answer.stderr) == (0, ""), (arguments, answer)
    answer = run(WITHOUT_POWER, folder / "desk.db", "send", "1")
    assert answer.returncode == 1
    assert "read-only where it stands" in answer.stderr
    assert "--database" in answer.stderr
    assert "damaged" not in answer.stderr
    assert sorted(p.name for p in folder.iterdir()) == ["desk.db"]


def test_file_is_read_by_itself_only_without_a_log_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, error = new_file(tmp_path, "en"), cannot_open("SQLITE_CANTOPEN")
    assert not file_words.is_at_rest(path, error), "the folder can be written to"
    monkeypatch.setattr(file_words, "is_read_only", lambda _folder: True)
    assert file_words.is_at_rest(path, error)
    assert not file_words.is_at_rest(path, cannot_open("SQLITE_CORRUPT"))
    path.with_name("desk.db-wal").write_bytes(b"x")
    assert not file_words.is_at_rest(path, error)
    told = damaged(path, error)
    assert isinstance(told, ReadOnlyDesk)
    assert "stands in desk.db-wal" in str(told.what)


def test_faults_of_the_place_are_told_in_the_language(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")
    set_language("zh")
    try:
        for code in ("SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_NOTADB"):
            words = say(damaged(path, cannot_open(code)).what).replace(str(path), "")
            assert not any(char.isascii() and char.isalpha() for char in words), words
    finally:
        set_language("en")


def test_dry_run_works_while_a_desk_is_open_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    more = tmp_path / "more.csv"
    more.write_text(PEOPLE["en"] + "Hana Ito,13800000008,Bay,Buyer,x,Fair,lead,2026-01-15\n")
    lock = take_lock(shell.database, "desk", "now", lambda _holder: False)
    before = shell.database.read_bytes()
    try:
        told = shell.json("import", str(more), "--dry-run")
        assert (told["new"], told["same"]) == (1, 7)
        refused = shell.run("import", str(more))
    finally:
        lock.release()
    assert refused.code == 1
    for words in ("is open elsewhere (desk", "siyu today", "import --dry-run"):
        assert words in refused.err
    assert shell.database.read_bytes() == before
    assert shell.json("find", "Hana") == []
