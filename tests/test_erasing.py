"""Erasing a person: the words go for good, figures and chain stay, nobody comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.nouns import Kind, Reaction, Status
from store import editing, erasing, merging, restoring, undoing, verbs
from store.backups import Occasion, back_up
from store.connection import connect
from store.doctor import rebuild
from store.erasing import erase, would_erase
from store.learning import near
from store.offering import NotOnDesk
from store.people import find
from store.suppression import suppressed
from store.undoing import StaysUndone
from store.verbs import Done, NeedsReason
from tests.backup_kit import backed_up, taken_back
from tests.desk_kit import Desk, moment, new_desk, row

WORDS = ("张伟", "13800000001", "新禾", "玫瑰园", "急单太多")
FIELDS = {"phone": "13800000001", "company": "苏州新禾", "remark": "玫瑰园"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One person with a history of words, and another one."""
    made = new_desk(tmp_path)
    who = made.add("张伟", **FIELDS)
    made.add("李芳", phone="13800000002")
    assert isinstance(verbs.send(made.db, made.shift, moment(), who), Done)
    reply = {"reply": "急单太多", "note": "玫瑰园", "interest": "排产"}
    verbs.react(made.db, made.shift, moment(), who, Reaction.POSITIVE, reply)
    return made


def gone(desk: Desk, contact: int = 1) -> None:
    erase(desk.db, desk.shift, moment(), contact, "asked by letter")


def on_disk(desk: Desk) -> bytes:
    files = sorted(desk.path.parent.glob(f"{desk.path.name}*"))
    return b"".join(file.read_bytes() for file in files if file.is_file())


def test_words_are_on_no_page_of_the_file(desk: Desk) -> None:
    desk.db.execute("PRAGMA wal_checkpoint(FULL)").fetchall()
    before = on_disk(desk)
    assert all(word.encode() in before for word in WORDS)
    gone(desk)
    after = on_disk(desk)
    assert [word for word in WORDS if word.encode() in after] == []
    assert "李芳".encode() in after


def test_what_a_refused_person_was_known_by_keeps_them_away_too(desk: Desk) -> None:
    """The phone was taken out after the refusal; erased, nothing else tells who it was."""
    same = desk.add("老张")
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发了")
    editing.edit(desk.db, desk.shift, moment(), 1, {"phone": ""})
    editing.edit(desk.db, desk.shift, moment(), same, {"phone": "13800000001"})
    told = would_erase(desk.db, 1)
    assert (told.recognised_by, told.others) == (("phone",), (same,))
    gone(desk)
    assert desk.state(same).status is Status.DO_NOT_CONTACT
    done = desk.take([row("张先生", 2, phone="+86 138 0000 0001", external_id="wmNEW00001")])
    assert (done.new, len(done.rejected)) == (0, 1)
    assert desk.faults() == []


def test_chain_and_tables_agree_and_can_be_made_anew(desk: Desk) -> None:
    gone(desk)
    assert desk.faults() == []
    rebuild(desk.db)
    assert desk.faults() == []


def test_figures_of_the_content_stay(desk: Desk) -> None:
    told = "SELECT SUM(sends), SUM(positive) FROM content_month"
    before = desk.db.execute(told).fetchone()
    gone(desk)
    assert desk.db.execute(told).fetchone() == before == (1, 1)


def test_nothing_finds_or_knows_the_person(desk: Desk) -> None:
    assert near(desk.db, "急单太多")
    gone(desk)
    assert find(desk.db, "张伟") == ()
    assert all(p.contact != 1 for p in find(desk.db, "13800000001"))
    assert near(desk.db, "急单太多") == ()
    with pytest.raises(NotOnDesk):
        verbs.note(desk.db, desk.shift, moment(), 1, {"note": "again"})


def test_undo_never_brings_the_words_back(desk: Desk) -> None:
    gone(desk)
    for seq in range(1, desk.events() + 1):
        try:
            undoing.toggle(desk.db, desk.shift, moment(), seq)
            undoing.toggle(desk.db, desk.shift, moment(), seq)
        except (StaysUndone, undoing.NothingToUndo):
            continue
    assert desk.one("SELECT COUNT(*) FROM contact WHERE id = 1") == 0
    assert desk.faults() == []


def test_erasure_itself_is_no_step_to_undo(desk: Desk) -> None:
    gone(desk)
    seq = desk.one("SELECT seq FROM event WHERE kind = 'erased'")
    with pytest.raises(StaysUndone):
        undoing.toggle(desk.db, desk.shift, moment(), seq)
    assert undoing.undo(desk.db, desk.shift, moment()).target.kind is Kind.REACTION


SAME = {
    "the phone, written otherwise": {"phone": "+86 138 0000 0001"},
    "the chat id": {"handle": "wei_z"},
    "the email in capitals": {"email": "WEI@example.com"},
    "the external id": {"external_id": "wmAAAA1111"},
}


@pytest.mark.parametrize("case", SAME)
def test_import_does_not_take_the_person_in_again(tmp_path: Path, case: str) -> None:
    desk = new_desk(tmp_path)
    ids = {"handle": "wei_z", "email": "wei@example.com", "external_id": "wmAAAA1111"}
    desk.add("张伟", phone="13800000001", **ids)
    gone(desk)
    done = desk.take([row("Wei Zhang", 2, **SAME[case]), row("王建国", 3, phone="13800000009")])
    assert (done.new, len(done.rejected), done.refused_kept) == (1, 1, 1)
    assert desk.one("SELECT COUNT(*) FROM contact") == 1


def test_hashes_are_not_the_phone(desk: Desk) -> None:
    gone(desk)
    outcome = desk.one("SELECT outcome FROM event WHERE kind = 'erased'")
    assert "13800000001" not in outcome
    assert suppressed(desk.db).holds({"phone": "138 0000 0001"})
    assert not suppressed(desk.db).holds({"phone": "13800000002", "name": "张伟"})


def test_two_erasures_share_one_salt(desk: Desk) -> None:
    gone(desk)
    gone(desk, 2)
    assert len(suppressed(desk.db).by_salt) == 1


def test_same_person_as_another_contact_is_left_alone(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    people = [row(name, n, phone="13800000001") for n, name in enumerate(("张伟", "张经理"), 2)]
    desk.take(people)
    found = would_erase(desk.db, 1)
    assert (found.others, found.recognised_by) == ((2,), ("phone",))
    gone(desk)
    assert desk.state(2).status is Status.DO_NOT_CONTACT
    assert desk.faults() == []


def test_reason_is_needed(desk: Desk) -> None:
    with pytest.raises(NeedsReason):
        erase(desk.db, desk.shift, moment(), 1, " ")
    assert find(desk.db, "张伟")


@pytest.mark.parametrize("known", [True, False], ids=["the backup has them", "it has them not"])
def test_restore_of_an_older_backup_erases_again(tmp_path: Path, *, known: bool) -> None:
    desk = new_desk(tmp_path)
    desk.add("李芳", phone="13800000002")
    if known:
        desk.add("张伟", **FIELDS)
    backup = back_up(desk.path, moment(), Occasion.ASKED)
    assert backup is not None
    if not known:
        desk.add("张伟", **FIELDS)
    gone(desk, 2)
    desk.db.close()
    restoring.restore(desk.path, backup, "op1", moment(hour=11), "kept")
    again = Desk(connect(desk.path), desk.path, desk.shift)
    assert [word for word in WORDS if word.encode() in on_disk(again)] == []
    assert again.take([row("Wei", phone="13800000001")]).refused_kept == 1
    assert again.faults() == []
    assert len([*erasing.erasures(again.db)]) == 1


def test_a_merged_person_is_erased_as_a_whole(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    one, two = (
        desk.add("张伟", **FIELDS),
        desk.add("Wei Zhang", phone="13900000009", handle="wei_z"),
    )
    merging.merge(desk.db, desk.shift, moment(), one, two)
    found = would_erase(desk.db, one)
    assert (found.others, set(found.recognised_by)) == ((), {"phone", "handle"})
    gone(desk, one)
    words = (*WORDS[:4], "Wei Zhang", "13900000009", "wei_z")
    assert [word for word in words if word.encode() in on_disk(desk)] == []
    assert desk.faults() == []
    again = [row("Wei", 2, phone="13900000009"), row("老张", 3, phone="13800000001")]
    assert (desk.take(again).new, desk.take(again).refused_kept) == (0, 2)
    merging.unmerge(desk.db, desk.shift, moment(), two)
    assert desk.one("SELECT COUNT(*) FROM contact_state") == 0
    assert desk.faults() == []
    rebuild(desk.db)
    assert desk.faults() == []


def test_undo_gives_nobody_the_phone_of_somebody_erased(desk: Desk) -> None:
    desk.take([row("小张", external_id="wm-bbbbbbbb", phone="13900139000")])
    other = int(desk.one("SELECT MAX(id) FROM contact"))
    editing.edit(desk.db, desk.shift, moment(), other, {"phone": ""})
    desk.take([row("老张", external_id="wm-cccccccc", phone="13900139000")])
    erase(desk.db, desk.shift, moment(), other + 1, "asked")
    for step in [*undoing.steps(desk.db, "op1")]:
        if step.event.kind is Kind.PROFILE:
            with pytest.raises(StaysUndone):
                undoing.toggle(desk.db, desk.shift, moment(), step.event.seq)
    assert desk.one("SELECT phone FROM contact WHERE id = ?", other) == ""
    assert desk.faults() == []


def test_restore_refuses_whoever_has_the_phone_of_somebody_erased_since(desk: Desk) -> None:
    """The contact was not on the desk when the person was erased, but is in the backup."""
    desk.take([row("小张", external_id="wm-bbbbbbbb", phone="13900139000")])
    other = int(desk.one("SELECT MAX(id) FROM contact"))
    kept = backed_up(desk)
    undoing.undo(desk.db, desk.shift, moment())
    desk.take([row("老张", external_id="wm-cccccccc", phone="13900139000")])
    erase(desk.db, desk.shift, moment(), int(desk.one("SELECT MAX(id) FROM contact")), "asked")
    taken_back(desk, kept)
    assert desk.state(other).status is Status.DO_NOT_CONTACT
    assert desk.faults() == []
