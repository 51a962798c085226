"""Standard streams closed, full or read by nobody: the work is done, the exit code true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store import connection
from tests.app_kit import names, new_file
from tests.desk_terminal import environ

ANNA, *_REST = names("en")
FULL = Path(os.sep, "dev", "full")
READER_GONE = 141


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_file(tmp_path, "en")


def shell(path: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Runs a line of a shell in which `siyu` is the program; buffered, as in a pipe."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    known = {k: v for k, v in environ(path, "en").items() if v is not None}
    program = f'siyu() {{ "{sys.executable}" -m tui "$@"; }}; {line}'
    return subprocess.run(
        ["bash", "-c", program],
        env={**kept, **known},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def sends(path: Path) -> int:
    with closing(connection.connect(path, read_only=True)) as db:
        (count,) = db.execute("SELECT count(*) FROM event WHERE kind = 'touch'").fetchone()
    return int(count)


@pytest.mark.parametrize("command", ["today", "today --json", "export --help"])
def test_reader_that_has_seen_enough_is_no_fault(path: Path, command: str) -> None:
    done = shell(path, f"siyu {command} | true; echo ${{PIPESTATUS[0]}} >&2")
    assert done.stderr == f"{READER_GONE}\n"


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_answer_that_found_no_room_is_told_and_the_work_stands(path: Path) -> None:
    done = shell(path, f"siyu send '{ANNA}' >{FULL}")
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert sends(path) == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_stream_changes_nothing(path: Path, closed: str) -> None:
    done = shell(path, f"siyu send '{ANNA}' {closed}")
    assert done.returncode == 0, done
    assert "Traceback" not in done.stderr
    assert sends(path) == 1


def test_closed_errors_leave_the_document_whole(path: Path) -> None:
    done = shell(path, "siyu today --json 2>&- <&-")
    assert json.loads(done.stdout)
