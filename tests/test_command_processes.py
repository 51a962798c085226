"""Several programs at one desk at once, and a clock that jumps while one works: all is kept.

The clock is the system's own, moved by libfaketime; where that is not
installed, a reason is given instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store import connection
from tests.app_kit import new_file
from tests.desk_kit import faults
from tests.desk_terminal import environ, opened
from tests.terminal import Terminal

AT_ONCE = 6
"""Processes that write at the same time."""
PLACES = ("lib/*/faketime", "lib/faketime", "lib64/faketime", "local/lib/faketime")
"""Where libfaketime is put, below the system's own folder."""
FAKETIME = next(
    (str(f) for p in PLACES for f in Path(os.sep, "usr").glob(f"{p}/libfaketime.so.1")), None
)
needs_faketime = pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed")
MONDAY = datetime(2026, 3, 2, 10)  # noqa: DTZ001 - the wall clock of the faked zone


def begun(path: Path, *arguments: str, **more: str | None) -> subprocess.Popen[str]:
    """A command in a process of its own; its clock is the system's unless it is told otherwise."""
    wanted = {**environ(path, "en"), **more}
    kept = {k: v for k, v in os.environ.items() if k not in wanted}
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *arguments],
        env={**kept, **{k: v for k, v in wanted.items() if v is not None}},
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answered(process: subprocess.Popen[str]) -> Any:
    """The document that a command answers with when it has done its work."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out)


def log_of(path: Path) -> list[tuple[str, int, str]]:
    """What was done since the import, in the log's order: uuid, desk day, name."""
    with closing(connection.connect(path, read_only=True)) as db:
        assert faults(db) == []
        found = db.execute(
            "SELECT e.uuid, e.day, c.name FROM event e JOIN contact c ON c.id = e.contact"
            " WHERE e.kind NOT IN ('added', 'import') ORDER BY e.seq"
        )
        return found.fetchall()


def test_commands_at_once_are_all_kept(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")
    running = [
        begun(path, "log", str(n % 7 + 1), "friendly", "--note", str(n), "--json")
        for n in range(AT_ONCE)
    ]
    told = {answered(process)["event"] for process in running}
    kept = log_of(path)
    assert len(told) == AT_ONCE
    assert {uuid for uuid, _day, _name in kept} == told
    assert len(kept) == AT_ONCE


def test_command_beside_the_open_desk_is_told_who_has_it_and_changes_nothing(
    tmp_path: Path,
) -> None:
    path = new_file(tmp_path, "en")
    with opened(path, "en") as terminal:
        terminal.wait_for("Anna Bell")
        terminal.wait_idle()
        _out, err = (refused := begun(path, "log", "2", "friendly")).communicate(timeout=120)
        assert refused.returncode == 1
        assert "is open elsewhere (desk, process" in err
        terminal.keys("1")
        terminal.wait_for("✓ Anna Bell: ✿")
    assert [name for _uuid, _day, name in log_of(path)] == ["Anna Bell"]


def faked(told: Path, moment: datetime) -> dict[str, str | None]:
    """The environment of a program whose clock shows this moment and goes on.

    What is written into the file afterwards is a jump of the clock.
    """
    set_clock(told, moment)
    return {
        "LD_PRELOAD": FAKETIME,
        "FAKETIME_TIMESTAMP_FILE": str(told),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "SIYU_NOW": None,
        "TZ": "Asia/Shanghai",
    }


def set_clock(told: Path, moment: datetime) -> None:
    told.write_text(f"@{moment:%Y-%m-%d %H:%M:%S}\n", "ascii")


JUMPS = {
    "a year ahead": timedelta(days=365),
    "three days back": timedelta(days=-3),
    "an hour back": timedelta(hours=-1),
    "a year back": timedelta(days=-365),
}


@needs_faketime
@pytest.mark.slow
@pytest.mark.parametrize("jump", JUMPS)
def test_clock_that_jumps_between_commands_changes_no_order_and_sends_nothing_twice(
    tmp_path: Path, jump: str
) -> None:
    """A message, the jump, a reaction, the clock set right, a second message."""
    path, clock, right = new_file(tmp_path, "en"), tmp_path / "clock", MONDAY + timedelta(minutes=5)
    done = (
        (MONDAY, ("send", "1")),
        (MONDAY + JUMPS[jump], ("log", "1", "friendly")),
        (right, ("send", "2")),
    )
    told = [
        answered(begun(path, *arguments, "--json", **faked(clock, moment)))["event"]
        for moment, arguments in done
    ]
    assert [uuid for uuid, _day, _name in log_of(path)] == told
    again = begun(path, "send", "1", "--json", **faked(clock, right))
    out, _err = again.communicate(timeout=120)
    assert again.returncode == 1, "the same message went out minutes ago"
    assert json.loads(out)["contact"] == "1"
    assert answered(begun(path, "doctor", "--json", **faked(clock, right)))["ok"]


@needs_faketime
@pytest.mark.slow
@pytest.mark.parametrize("jump", JUMPS)
def test_clock_that_jumps_under_the_open_desk_loses_no_key(tmp_path: Path, jump: str) -> None:
    path, clock = new_file(tmp_path, "en"), tmp_path / "clock"
    told = {**environ(path, "en"), **faked(clock, MONDAY)}
    with Terminal((sys.executable, "-m", "tui"), environ=told) as terminal:
        terminal.wait_for("2 Mar Mon")
        terminal.wait_for("Anna Bell")
        terminal.wait_idle()
        terminal.keys("1")
        terminal.wait_for("✓ Anna Bell: ✿")
        set_clock(clock, MONDAY + JUMPS[jump])
        terminal.keys("down", "2")
        terminal.wait_for("✓ Ben Cole: ▲")
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0
    kept = log_of(path)
    assert [name for _uuid, _day, name in kept] == ["Anna Bell", "Ben Cole"]
    assert kept[1][1] - kept[0][1] == JUMPS[jump].days or JUMPS[jump] == timedelta(hours=-1)
