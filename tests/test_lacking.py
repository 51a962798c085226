"""A file from which another program took a table or a column is told as that, and left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell

TAKEN = {
    "a table": ("DROP TABLE contact_state", "contact_state is missing in it"),
    "a column": ("ALTER TABLE contact RENAME name TO first", "contact.name is missing in it"),
}


@pytest.mark.parametrize("command", ["find Anna", "today", "doctor", "contact 1"])
@pytest.mark.parametrize("case", TAKEN)
def test_what_is_missing_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, command: str
) -> None:
    path = new_file(tmp_path, "en")
    statement, words = TAKEN[case]
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
    before = path.read_bytes()
    answer = Shell(monkeypatch, path).run(*command.split())
    assert answer.code == 1
    assert words in answer.err
    assert path.read_bytes() == before
