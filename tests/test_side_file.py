"""Who refused stands in a file beside the desk, too: what is written, when, and what for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import editing, merging, undoing, verbs
from store.refusals_kept import fault_of
from store.side_file import side_of
from tests.backup_kit import backed_up, refused, taken_back
from tests.beside_kit import (
    OTHER,
    PHONE,
    THIRD,
    WAYS,
    agrees,
    beside,
    erased,
    held,
    lost,
    refuses,
    resumed,
    three_people,
    told_of,
)
from tests.desk_kit import Desk, blocked, moment, row, sent


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from three_people(tmp_path)


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
