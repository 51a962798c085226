"""The file beside a desk: its rights, its lines, copies put back by hand, disks that fail."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store import connection, editing, reapplying_kept, side_file, undoing, verbs
from store.backups import Backup
from store.connection import NotSaved, connect
from store.desk_file import DeskFile
from store.exchange.contact_rows import ContactRow
from store.refusals_kept import fault_of, level
from store.side_file import Told, side_of
from tests.backup_kit import BECAUSE, backed_up, closed, refused, taken_back
from tests.beside_kit import (
    OTHER,
    PHONE,
    THIRD,
    WAYS,
    agrees,
    beside,
    by_an_edit,
    by_an_import,
    erased,
    examined,
    held,
    lost,
    refuses,
    resumed,
    three_people,
    told_of,
    with_a_new_phone,
)
from tests.desk_kit import Desk, moment, row, sent


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from three_people(tmp_path)


def test_only_its_owner_may_read_it(desk: Desk) -> None:
    refuses(desk)
    file = side_of(desk.path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    by_an_edit(desk)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_lines_are_only_added(desk: Desk) -> None:
    before = b""
    for act in (refuses, by_an_import, with_a_new_phone, resumed, erased):
        act(desk)
        after = side_of(desk.path).read_bytes()
        assert after.startswith(before)
        before = after


def test_ordinary_work_does_not_touch_it(desk: Desk) -> None:
    refuses(desk)
    file = side_of(desk.path)
    file.unlink()
    sent(verbs.send(desk.db, desk.shift, moment(), 2))
    verbs.note(desk.db, desk.shift, moment(), 2, {"note": "later"})
    editing.edit(desk.db, desk.shift, moment(), 2, {"company": "新禾"})
    undoing.undo(desk.db, desk.shift, moment())
    desk.take([row("新来的", phone=THIRD)])
    assert not file.exists()


def torn(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data + data[: len(data) // 2])


def with_garbage(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(b"\xff\x00garbage\n00000000 {}\n" + data + os.urandom(99) + b"\n")


def with_another_desks_lines(file: Path) -> None:
    side_file.append(file, "another desk", [Told("u", refused="v"), Told("u", free="w")])


def changed_by_hand(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data + data.replace(b'"refused"', b'"free"', 1))


FAULTY: dict[str, Callable[[Path], None]] = {
    "a torn last line": torn,
    "garbage": with_garbage,
    "another desk's lines": with_another_desks_lines,
    "a line changed by hand": changed_by_hand,
}


@pytest.mark.parametrize("case", FAULTY)
def test_what_is_no_line_takes_nothing_from_the_others(desk: Desk, case: str) -> None:
    old = backed_up(desk)
    refuses(desk)
    FAULTY[case](side_of(desk.path))
    assert told_of(desk) == {1}
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    assert told_of(desk) == {1, 2}
    lost(desk)
    taken_back(desk, old)
    assert refused(desk) == {"张伟", "李芳"}


def test_desks_of_one_folder_have_a_file_each(tmp_path: Path, desk: Desk) -> None:
    refuses(desk)
    copy = tmp_path / "copy.db"
    shutil.copyfile(closed(desk), copy)
    with closing(connect(copy)) as db:
        other = Desk(db, copy, desk.shift)
        verbs.refuse(db, desk.shift, moment(), 2, "no")
        assert told_of(other) == {1, 2}, "it says all from its first line on"
        assert agrees(other)
    desk.db = connect(desk.path)
    assert told_of(desk) == {1}


def test_a_desk_begun_anew_takes_nothing_from_the_one_before(tmp_path: Path, desk: Desk) -> None:
    refuses(desk)
    for left in (closed(desk), *connection.beside(desk.path)):
        left.unlink(missing_ok=True)
    desk.db = connect(desk.path)
    desk.take([row("别的", phone=PHONE)])
    assert taken_up(desk) == 0
    assert beside(desk) == side_file.NOTHING
    verbs.refuse(desk.db, desk.shift, moment(), 1, "no")
    assert agrees(desk)


def taken_up(desk: Desk) -> int:
    return reapplying_kept.take_up(desk.db, desk.path, "op1", moment(), BECAUSE)


# Desks put back by hand


def by_hand(desk: Desk, backup: Backup) -> None:
    for left in (closed(desk), *connection.beside(desk.path)):
        left.unlink(missing_ok=True)
    shutil.copyfile(backup.path, desk.path)
    desk.db = connect(desk.path)


def test_older_copy_put_back_by_hand_takes_up_who_refused_since(desk: Desk) -> None:
    old = backed_up(desk)
    refuses(desk)
    by_hand(desk, old)
    assert not examined(desk)
    assert taken_up(desk) == 1
    assert refused(desk) == {"张伟"}
    events = desk.events()
    assert taken_up(desk) == 0
    assert desk.events() == events
    assert agrees(desk)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mended", [False, True], ids=["at the opening", "by the doctor"])
def test_older_copy_put_back_by_hand_says_the_same_afterwards(
    desk: Desk, way: str, mended: bool
) -> None:
    old = backed_up(desk)
    WAYS[way][0](desk)
    known = [phone for phone in (PHONE, OTHER, THIRD) if held(desk, phone)]
    gone = desk.one("SELECT COUNT(*) FROM event WHERE kind = 'erased'")
    by_hand(desk, old)
    if mended:
        reapplying_kept.mend(desk.db, desk.path, "op1", moment(), BECAUSE)
        assert agrees(desk)
    else:
        taken_up(desk)
    assert [phone for phone in known if not held(desk, phone)] == []
    assert desk.one("SELECT COUNT(*) FROM event WHERE kind = 'erased'") == gone
    assert desk.faults() == []
    if gone:
        desk.db.close()
        assert "张伟".encode() not in desk.path.read_bytes()


def test_file_that_is_gone_is_made_anew(desk: Desk) -> None:
    refuses(desk)
    side_of(desk.path).unlink()
    assert not examined(desk)
    assert level(desk.db, desk.path) == 1
    assert agrees(desk)
    assert level(desk.db, desk.path) == 0


# Disks that fail


def fails(*_told: Any, **_named: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
def test_refusal_stands_though_the_file_cannot_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fails)
        refuses(desk)
        assert refused(desk) == {"张伟"}
        fault = fault_of(desk.db)
        assert fault is not None
        assert "No space left on device" in str(fault)
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    assert fault_of(desk.db) is None
    assert told_of(desk) == {1, 2}, "what was missing is told with the next one"
    assert agrees(desk)


@pytest.mark.parametrize("what", ["a folder", "a link", "a pipe"])
def test_what_stands_in_its_place_is_left_alone(desk: Desk, tmp_path: Path, what: str) -> None:
    file, elsewhere = side_of(desk.path), tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    if what == "a folder":
        file.mkdir()
    elif what == "a link":
        file.symlink_to(elsewhere)
    else:
        os.mkfifo(file)
    refuses(desk)
    assert refused(desk) == {"张伟"}
    assert fault_of(desk.db) is not None
    assert elsewhere.read_bytes() == b"mine"
    assert taken_up(desk) == 0


def test_it_is_never_behind_the_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written and synced before the commit; and what was not saved may stand there."""
    order: list[str] = []
    synced: Callable[[int], None] = os.fsync

    def sync(handle: int) -> None:
        order.append("sync")
        synced(handle)

    monkeypatch.setattr(os, "fsync", sync)
    desk.db.set_trace_callback(lambda sql: order.append(sql) if sql == "COMMIT" else None)
    refuses(desk)
    assert order[0] == "sync"
    assert order[-1] == "COMMIT"
    order.clear()
    verbs.resume(desk.db, desk.shift, moment(), 1, "按错了")
    assert order == ["COMMIT", "sync"], "the end of a refusal is told afterwards"


def test_refusal_that_was_not_saved_is_taken_up_at_the_next_opening(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        wanted = DeskFile.execute

        def execute(db: DeskFile, sql: str, *told: Any) -> sqlite3.Cursor:
            if sql == "COMMIT":
                raise sqlite3.OperationalError("disk I/O error")
            return wanted(db, sql, *told)

        patch.setattr(DeskFile, "execute", execute, raising=False)
        with pytest.raises(NotSaved):
            refuses(desk)
    assert refused(desk) == set()
    assert taken_up(desk) == 1
    assert refused(desk) == {"张伟"}
    assert agrees(desk)


def test_dry_run_tells_nothing(desk: Desk) -> None:
    desk.take([row("新来的", phone=THIRD, refused=True)], dry_run=True)
    sent(verbs.send(desk.db, desk.shift, moment(), 2))
    assert not side_of(desk.path).exists()


def test_many_refusals_of_one_import_are_told(desk: Desk) -> None:
    people: list[ContactRow] = [
        row(f"客户{n}", n, phone=str(13_600_000_000 + n), refused=bool(n % 2))
        for n in range(2, 400)
    ]
    desk.take(people)
    assert len(told_of(desk)) == 199
    assert agrees(desk)
