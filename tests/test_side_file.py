"""Who refused stands in a file beside the desk, too: what is written, when, and what for."""

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

from store import connection, editing, merging, reapplying_kept, side_file, undoing, verbs
from store.backups import Backup
from store.connection import NotSaved, connect
from store.desk_file import DeskFile
from store.erasing import erase
from store.exchange.contact_rows import ContactRow
from store.refusals_kept import desk_of, differences, fault_of, level
from store.side_file import Kept, Told, side_of
from store.verbs import Done
from tests.backup_kit import BECAUSE, backed_up, closed, refused, taken_back
from tests.desk_kit import Desk, blocked, moment, new_desk, row, sent

PHONE, OTHER, THIRD = "13800138000", "13900139000", "13700137000"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path)
    made.take(
        [row("张伟", phone=PHONE, handle="zw88"), row("李芳", 3, phone=OTHER), row("王敏", 4)]
    )
    yield made
    made.db.close()


def beside(desk: Desk) -> Kept:
    return side_file.read(side_of(desk.path), desk_of(desk.db))


def told_of(desk: Desk) -> set[int]:
    """The contacts who refuse by the file beside."""
    rows = (
        desk.one("SELECT contact FROM event WHERE uuid = ?", who) for who in beside(desk).refused
    )
    return set(rows)


def agrees(desk: Desk) -> bool:
    return [*differences(desk.db, beside(desk))] == [] and examined(desk)


def examined(desk: Desk) -> bool:
    return reapplying_kept.examine(desk.db, desk.path).ok


def lost(desk: Desk) -> Path:
    """The desk's file cannot be read any more."""
    path = closed(desk)
    path.write_bytes(b"rubbish" * 999)
    for left in connection.beside(path):
        left.unlink(missing_ok=True)
    return path


# What is written


def refuses(desk: Desk) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")


def by_an_import(desk: Desk) -> None:
    desk.take([row("张伟", phone=PHONE, refused=True), row("新来的", 3, phone=THIRD, refused=True)])


def by_an_edit(desk: Desk) -> None:
    refuses(desk)
    editing.edit(desk.db, desk.shift, moment(), 2, {"phone": PHONE})


def by_a_merge(desk: Desk) -> None:
    refuses(desk)
    merging.merge(desk.db, desk.shift, moment(), 2, 1)


def by_an_undone_resume(desk: Desk) -> None:
    refuses(desk)
    verbs.resume(desk.db, desk.shift, moment(), 1, "又同意了")
    undoing.undo(desk.db, desk.shift, moment())


def with_a_new_phone(desk: Desk) -> None:
    refuses(desk)
    editing.edit(desk.db, desk.shift, moment(), 1, {"phone": THIRD})


def with_an_import_undone(desk: Desk) -> None:
    brought = desk.take([row("张伟", phone=PHONE, handle="zw99", external_id="wm-aaaaaaaa")])
    refuses(desk)
    assert brought.event is not None
    undoing.toggle(desk.db, desk.shift, moment(), brought.event.seq)


def after_an_unmerge(desk: Desk) -> None:
    by_a_merge(desk)
    merging.unmerge(desk.db, desk.shift, moment(), 1)


def refused_while_merged(desk: Desk) -> None:
    merging.merge(desk.db, desk.shift, moment(), 1, 2)
    refuses(desk)
    merging.unmerge(desk.db, desk.shift, moment(), 2)


def erased(desk: Desk) -> None:
    refuses(desk)
    erase(desk.db, desk.shift, moment(), 1, "来信要求")


def by_a_redo(desk: Desk) -> None:
    """They are known by one phone more than when they refused."""
    edited = editing.edit(desk.db, desk.shift, moment(), 3, {"phone": THIRD})
    undoing.toggle(desk.db, desk.shift, moment(), edited.event.seq)
    verbs.refuse(desk.db, desk.shift, moment(), 3, "no")
    undoing.toggle(desk.db, desk.shift, moment(), edited.event.seq)


def resumed(desk: Desk) -> None:
    refuses(desk)
    verbs.resume(desk.db, desk.shift, moment(), 1, "按错了")


WAYS: dict[str, tuple[Callable[[Desk], None], set[int]]] = {
    "a refusal": (refuses, {1}),
    "an import": (by_an_import, {1, 4}),
    "an edit to such a phone": (by_an_edit, {1, 2}),
    "a merge": (by_a_merge, {1, 2}),
    "a resume that was undone": (by_an_undone_resume, {1}),
    "a new phone": (with_a_new_phone, {1}),
    "an import undone": (with_an_import_undone, {1}),
    "an un-merge": (after_an_unmerge, {1}),
    "an un-merge of who refused together": (refused_while_merged, {1, 2}),
    "a redo of an older change": (by_a_redo, {3}),
    "an erasure": (erased, set()),
    "a resume": (resumed, set()),
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_makes_somebody_refuse_is_told_beside(desk: Desk, way: str) -> None:
    act, wanted = WAYS[way]
    act(desk)
    assert fault_of(desk.db) is None
    assert told_of(desk) == wanted
    assert agrees(desk)
    assert len(beside(desk).erased) == (way == "an erasure")


@pytest.mark.parametrize("way", WAYS)
def test_refusals_outlive_a_desk_that_cannot_be_read(desk: Desk, way: str) -> None:
    old = backed_up(desk)
    act, _wanted = WAYS[way]
    act(desk)
    known = {phone: held(desk, phone) for phone in (PHONE, OTHER, THIRD)}
    lost(desk)
    taken_back(desk, old)
    assert not [phone for phone, was in known.items() if was and not held(desk, phone)]
    assert desk.faults() == []
    assert agrees(desk)


def held(desk: Desk, phone: str) -> bool:
    """Whether nobody who comes with a phone may be written to; asked of a copy."""
    copy = desk.path.with_name("asked.db")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(copy)) as new:
        desk.db.backup(new)
    with closing(connect(copy)) as db:
        asked = Desk(db, copy, desk.shift)
        if asked.take([row("某人", phone=phone, external_id="wm-zzzzzzzz")]).rejected:
            return True
        contact = int(asked.one("SELECT id FROM contact WHERE external_id = 'wm-zzzzzzzz'"))
        return not isinstance(verbs.send(db, asked.shift, moment(), contact), Done)


def test_a_person_of_the_backup_is_refused_there_and_nobody_else(desk: Desk) -> None:
    old = backed_up(desk)
    refuses(desk)
    lost(desk)
    done = taken_back(desk, old)
    assert done.kept.refusals == 1
    assert refused(desk) == {"张伟"}
    assert desk.one("SELECT COUNT(*) FROM event WHERE contact IS NULL AND kind = 'refused'") == 0
    sent(verbs.send(desk.db, desk.shift, moment(), 2))


def test_somebody_the_backup_does_not_know_is_refused_when_they_come(desk: Desk) -> None:
    old = backed_up(desk)
    late = desk.add("新来的", phone=THIRD)
    verbs.refuse(desk.db, desk.shift, moment(), late, "no")
    lost(desk)
    taken_back(desk, old)
    assert refused(desk) == set()
    told = desk.take([row("新来的", phone=THIRD)])
    assert (told.new, told.refused_kept) == (1, 1)
    assert refused(desk) == {"新来的"}
    assert held(desk, THIRD)
    # Who is given such a phone by hand is that person; and so it is after the next restore.
    editing.edit(desk.db, desk.shift, moment(), 2, {"phone": THIRD})
    assert blocked(verbs.send(desk.db, desk.shift, moment(), 2)) == "do_not_contact"
    lost(desk)
    taken_back(desk, old)
    assert held(desk, THIRD)
    assert desk.faults() == []
    assert agrees(desk)


def test_who_shares_a_phone_with_somebody_lost_is_refused(desk: Desk) -> None:
    """On the lost desk their refusal stopped the other one, too."""
    editing.edit(desk.db, desk.shift, moment(), 2, {"external_id": "wm-aaaaaaaa"})
    merging.merge(desk.db, desk.shift, moment(), 3, 2)
    old = backed_up(desk)
    late = desk.add("新来的", phone=OTHER, external_id="wm-bbbbbbbb")
    verbs.refuse(desk.db, desk.shift, moment(), late, "no")
    assert blocked(verbs.send(desk.db, desk.shift, moment(), 3)) == "do_not_contact"
    lost(desk)
    taken_back(desk, old)
    assert refused(desk) == {"王敏"}
    assert agrees(desk)


def test_somebody_with_nothing_but_a_name_is_refused_when_they_come(desk: Desk) -> None:
    old = backed_up(desk)
    late = desk.add("新来的")
    verbs.refuse(desk.db, desk.shift, moment(), late, "no")
    lost(desk)
    taken_back(desk, old)
    desk.take([row("新来的"), row("新来的", 3, phone=THIRD)])
    assert refused(desk) >= {"新来的"}
    assert not held(desk, OTHER)


def test_undo_gives_nobody_the_phone_of_a_stranger_who_refused(desk: Desk) -> None:
    desk.take([row("王敏", phone=THIRD)])
    edited = editing.edit(desk.db, desk.shift, moment(), 3, {"phone": "13600136000"})
    old = backed_up(desk)
    late = desk.add("新来的", phone=THIRD)
    verbs.refuse(desk.db, desk.shift, moment(), late, "no")
    lost(desk)
    taken_back(desk, old)
    with pytest.raises(undoing.StaysUndone, match="asked not to be contacted"):
        undoing.toggle(desk.db, desk.shift, moment(), edited.event.seq)


def test_resume_that_follows_at_once_does_not_come_back(desk: Desk) -> None:
    old = backed_up(desk)
    resumed(desk)
    lost(desk)
    assert taken_back(desk, old).kept.refusals == 0
    sent(verbs.send(desk.db, desk.shift, moment(), 1))


def test_resume_of_who_was_put_back_by_a_restore_stands(desk: Desk) -> None:
    """The person is another contact since the first restore; the line of the old one is over."""
    old = backed_up(desk)
    late = desk.add("新来的", phone=THIRD)
    verbs.refuse(desk.db, desk.shift, moment(), late, "no")
    taken_back(desk, old)
    again = int(desk.one("SELECT id FROM contact WHERE phone = ?", THIRD))
    verbs.resume(desk.db, desk.shift, moment(), again, "又同意了")
    lost(desk)
    taken_back(desk, old)
    assert not held(desk, THIRD)
    assert agrees(desk)


def test_erased_person_leaves_no_plain_word_and_stays_away(desk: Desk) -> None:
    old = backed_up(desk)
    erased(desk)
    written = side_of(desk.path).read_bytes()
    for word in ("张伟", PHONE, "zw88", "来信要求", "别再发"):
        assert word.encode() not in written
        assert ascii(word)[1:-1].encode() not in written
    lost(desk)
    done = taken_back(desk, old)
    assert done.kept.erasures >= 1
    assert desk.one("SELECT COUNT(*) FROM contact WHERE id = 1") == 0
    assert len(desk.take([row("张伟", phone=PHONE)]).rejected) == 1


# The file itself


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
