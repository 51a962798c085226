"""A long file read by a second process: the same rows, whatever becomes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store import reading_ahead
from store.exchange.contact_rows import ContactRow
from store.exchange.contacts import ContactFile, open_contacts
from store.exchange.faults import FileRefused
from store.importing import import_contacts
from store.met_in_file import MetInFile
from store.read_rows import ReadRow, read_row, with_ahead
from store.reading_ahead import TOGETHER, Row, rows_of
from tests.desk_kit import SOURCE, Desk, moment, new_desk
from tests.test_import_chunks import told

HEADING = "姓名,手机,备注,商机阶段,添加时间,标签"
COUNT = TOGETHER + 7


def people(count: int) -> Iterator[str]:
    for i in range(count):
        name, phone, day = f"王{'伟芳'[i % 2]}{i % 90}", f"138{i % 400:08}", f"{1 + i % 28}/2/2026"
        yield f'{name},{phone},"第{i}位 (""老客户"")",什么,{day},展会'


def file(folder: Path, *more: str, count: int = COUNT) -> ContactFile:
    path = folder / "people.csv"
    lines = [HEADING, *people(count), *more]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_contacts(path)


FAULTS = (",,,,,", "张伟,1.38E+10,,,,", "李芳,#N/A,,,明天,", "合计,3,,,,")


@pytest.fixture(autouse=True)
def every_file_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "FROM_ROWS", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def alone(what: ContactFile) -> list[Row]:
    met = MetInFile()
    return [
        with_ahead(read_row(row, met)) if isinstance(row, ContactRow) else row
        for row in what.rows()
    ]


def all_alike(found: Iterable[Any]) -> list[Row]:
    """Rows in one form, whoever read them; nothing is said of those before them."""
    read = [with_ahead(read_row(row)) if isinstance(row, ContactRow) else row for row in found]
    return [row._replace(is_first=False) if isinstance(row, ReadRow) else row for row in read]


@pytest.mark.parametrize("count", [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 2 * TOGETHER])
def test_rows_are_those_of_the_file(tmp_path: Path, count: int) -> None:
    what = file(tmp_path, *FAULTS, count=count)
    found = list(rows_of(what))
    assert all_alike(found) == all_alike(alone(what))
    firsts = sum(isinstance(row, ReadRow) and row.is_first for row in found)
    assert firsts == pytest.approx(min(count, 400), abs=3), "bits may be met by chance"
    assert not any(isinstance(row, ContactRow) for row in found), "nothing was read here"


def test_a_desk_is_the_same_either_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desks = []
    for name, rows in (("ahead", rows_of), ("alone", ContactFile.rows)):
        (tmp_path / name).mkdir()
        desk = new_desk(tmp_path / name)
        done = take(desk, rows(file(tmp_path, *FAULTS)))
        assert desk.faults() == []
        desks.append((done.new, done.same, done.rejected, done.notes, told(desk)))
    assert desks[0] == desks[1]


def take(desk: Desk, rows: Iterator[Any]) -> Any:
    return import_contacts(desk.db, desk.shift, moment(), rows, SOURCE)


def test_a_process_that_cannot_be_begun_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what = file(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no such program"))
    assert all_alike(rows_of(what)) == all_alike(alone(what))


def test_a_process_that_fails_at_once_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what = file(tmp_path)
    monkeypatch.setattr(reading_ahead, "ROOT", tmp_path / "nothing of siyu here")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    (tmp_path / "store").mkdir()
    assert all_alike(rows_of(what)) == all_alike(alone(what))


@pytest.mark.parametrize("error", [EOFError, OSError, ValueError])
def test_a_process_that_dies_in_the_middle_loses_and_doubles_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    part = reading_ahead._part
    parts: list[Any] = []

    def dies(sent: bytes) -> Any:
        if parts:
            raise error
        parts.append(part(sent))
        return parts[0]

    monkeypatch.setattr(reading_ahead, "_part", dies)
    what = file(tmp_path, *FAULTS)
    found = list(rows_of(what))
    assert all_alike(found) == all_alike(alone(what))
    assert {type(row) for row in found if row.line > 2} > {ReadRow}, "the rest was read here"


def test_a_broken_file_is_refused_as_ever(tmp_path: Path) -> None:
    what = file(tmp_path, '张伟,"13800000001,,,,')
    with pytest.raises(FileRefused):
        list(rows_of(what))


def test_an_import_that_stops_ends_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def watched(*words: Any, **more: Any) -> subprocess.Popen[bytes]:
        begun.append(popen(*words, **more))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    rows = rows_of(file(tmp_path, count=5 * TOGETHER))
    next(rows)
    assert begun[0].poll() is None
    rows.close()  # type: ignore[attr-defined]
    assert begun[0].poll() is not None


def test_a_short_file_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "FROM_ROWS", COUNT + 9)
    monkeypatch.setattr(subprocess, "Popen", None)
    assert sum(1 for _ in rows_of(file(tmp_path))) == COUNT


def test_who_waits_for_rows_may_go_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the second process has sent nothing yet, it is asked whether rows are still wanted."""
    monkeypatch.setattr(reading_ahead, "LOOK", 0.001)

    class NoMore(Exception):
        pass

    def gone() -> None:
        raise NoMore

    with pytest.raises(NoMore):
        list(rows_of(file(tmp_path), gone))
