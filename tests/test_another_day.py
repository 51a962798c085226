"""A desk last opened days ago, read by commands alone: nobody comes to be written to wrongly."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from store.lock import take_lock
from tests.app_kit import new_file
from tests.shell_kit import Shell

LATER = "2026-03-05T10:00+08:00"
"""A Thursday; the desk was last opened on the Monday."""
FROZEN: dict[str, Any] = {"SIYU_NOW": LATER}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [*csv.DictReader(lines)]


def test_order_of_an_earlier_day_is_said_to_be(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("today")["notices"] == []
    (told,) = shell.json("today", **FROZEN)["notices"]
    assert "2026-03-02" in told
    assert "are of 2 Mar" in shell.run("export", str(tmp_path / "due.csv"), **FROZEN).err
    shell.json("log", "1", "1", **FROZEN)
    assert shell.json("today", **FROZEN)["notices"] == []


@pytest.mark.parametrize("held", [False, True], ids=["", "while the desk is open"])
def test_who_refused_and_whom_a_cap_stops_stand_in_no_list_as_due(
    shell: Shell, tmp_path: Path, held: bool
) -> None:
    """The lists are judged first, or it is said of which day they are; refusals hold at once."""
    for contact in ("1", "2", "3"):
        shell.json("send", contact)
        shell.json("log", contact, "positive")
    shell.json("edit", "2", "phone=13800000001")
    shell.json("refuse", "1", "--reason", "stop")
    lock = take_lock(shell.database, "desk", "now", lambda _holder: False) if held else None
    file = tmp_path / "revisit.csv"
    days: tuple[dict[str, Any], ...] = ({}, FROZEN)
    for now in days:
        assert [row["contact"] for row in shell.json("lists", "revisit", **now)] == ["3"]
        assert shell.run("lists", "revisit", "--export", str(file), "--replace", **now).code == 0
        assert [row["name"] for row in rows(file)] == ["Cora Dunn"]
    (row,) = shell.json("lists", "revisit")
    assert "last message on" in row["blocked"]
    assert "not now: last message on" in shell.text("lists", "revisit")
    if lock is not None:
        lock.release()


def test_cap_is_that_of_today(shell: Shell, tmp_path: Path) -> None:
    folder, file = tmp_path / "three", tmp_path / "due.csv"
    assert shell.run("sop", "init", str(folder)).code == 0
    settings = folder / "desk.yaml"
    settings.write_text(
        re.sub("operator_day: .*", "operator_day: 3", settings.read_text("utf-8")), "utf-8"
    )
    told = ("today", "--sop", str(folder))
    shell.json("send", "1", "--sop", str(folder))
    assert len(shell.json(*told)["due"]) == 2
    assert len(shell.json(*told, **FROZEN)["due"]) == 3
    assert shell.run("export", str(file), "--sop", str(folder)).code == 0
    waits = [row["may not go now"] for row in rows(file)]
    assert waits[:2] == ["", ""]
    assert all("3 messages a day" in reason for reason in waits[2:])
    assert len(waits) == 6
