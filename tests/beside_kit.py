"""A desk with three people, whatever makes somebody refuse there, and what stands beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from store import connection, editing, merging, reapplying_kept, side_file, undoing, verbs
from store.connection import connect
from store.erasing import erase
from store.refusals_kept import desk_of, differences
from store.side_file import Kept, side_of
from store.verbs import Done
from tests.backup_kit import closed
from tests.desk_kit import Desk, moment, new_desk, row

PHONE, OTHER, THIRD = "13800138000", "13900139000", "13700137000"


def three_people(tmp_path: Path) -> Iterator[Desk]:
    """The body of a fixture."""
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
