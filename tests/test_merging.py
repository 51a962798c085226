"""Two contacts made one, and given back as they were."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rules.nouns import Kind, Reaction, Status
from rules.wording import DeskError
from store import doctor, log, merging, people, reapplying, undoing, verbs
from store.connection import transaction
from store.list_pass import judge_all
from store.offering import NotOnDesk, offer
from store.profiles import profile_of
from store.timeline import timeline
from store.undoing import StaysUndone
from store.verbs import Done
from tests.desk_kit import MONDAY, Desk, blocked, moment, new_desk, row, sent
from tests.list_kit import lists_of
from tests.merge_kit import AT_WORK, MERGING, STEPS, History, histories, rows_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    made.take(
        [
            row("张伟", 2, phone="13800000001", company="新禾", external_id="wmAAAAAAAAAA1"),
            row("老张", 3, phone="13800000002", handle="zhang88", company="新禾", tags=("展会",)),
            row("李芳", 4),
        ]
    )
    return made


def merge(desk: Desk, one: int = 1, two: int = 2, day: int = MONDAY) -> Done:
    return merging.merge(desk.db, desk.shift, moment(day, 12), one, two)


def send(desk: Desk, contact: int, day: int = MONDAY) -> Done:
    return sent(verbs.send(desk.db, desk.shift, moment(day), contact, "hello"))


def react(desk: Desk, contact: int, reaction: Reaction, day: int = MONDAY, **words: str) -> Done:
    return verbs.react(desk.db, desk.shift, moment(day), contact, reaction, words)


def test_merge_keeps_both_histories(desk: Desk) -> None:
    send(desk, 1)
    send(desk, 2)
    react(desk, 1, Reaction.FRIENDLY)
    react(desk, 2, Reaction.POSITIVE, interest="排产")
    verbs.note(desk.db, desk.shift, moment(), 2, {"note": "喜欢喝茶"})
    before = [len(timeline(desk.db, c)) for c in (1, 2)]
    state = merge(desk).state
    assert (state.touches, state.friendly, state.positive) == (2, 1, 1)
    assert state.last_reaction is Reaction.POSITIVE
    assert state.interests == 1
    told = timeline(desk.db, 1)
    assert len(told) == sum(before) + 1
    assert [e.event.seq for e in told] == sorted(e.event.seq for e in told)
    assert timeline(desk.db, 2) == told
    assert desk.faults() == []


def test_merge_fills_what_is_empty_and_keeps_other_values(desk: Desk) -> None:
    merge(desk)
    profile = profile_of(desk.db, 1)
    assert profile is not None
    assert (profile["name"], profile["phone"], profile["handle"]) == (
        "张伟",
        "13800000001",
        "zhang88",
    )
    assert profile["tags"] == "展会"
    assert json.loads(profile["extra"]) == {"name (2)": "老张", "phone (2)": "13800000002"}


def test_merged_contact_is_found_as_the_survivor(desk: Desk) -> None:
    merge(desk)
    assert [p.contact for p in people.resolve(desk.db, "2")] == [1]
    assert [p.contact for p in people.find(desk.db, "13800000002")] == [1]
    assert [p.contact for p in people.find(desk.db, "老张")] == [1]
    assert desk.one("SELECT COUNT(*) FROM contact_state WHERE contact = 2") == 0
    with pytest.raises(NotOnDesk):
        send(desk, 2)


def refuse(desk: Desk, contact: int) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")


def reject(desk: Desk, contact: int) -> None:
    react(desk, contact, Reaction.REJECTING)


def lose(desk: Desk, contact: int) -> None:
    react(desk, contact, Reaction.LOST)


def nothing(desk: Desk, contact: int) -> None:
    """Stays active."""


STATUSES = {
    "refused and active": (refuse, nothing, Status.DO_NOT_CONTACT),
    "active and refused": (nothing, refuse, Status.DO_NOT_CONTACT),
    "paused and refused": (reject, refuse, Status.DO_NOT_CONTACT),
    "refused and lost": (refuse, lose, Status.DO_NOT_CONTACT),
    "active and paused": (nothing, reject, Status.PAUSED),
    "lost and active": (lose, nothing, Status.LOST),
    "both active": (nothing, nothing, Status.ACTIVE),
}


@pytest.mark.parametrize("case", STATUSES)
def test_strongest_status_of_both_holds(desk: Desk, case: str) -> None:
    first, second, expected = STATUSES[case]
    first(desk, 1)
    second(desk, 2)
    alone = {c: (desk.state(c).status, desk.state(c).status_seq) for c in (1, 2)}
    state = merge(desk).state
    assert state.status is expected
    assert (state.status, state.status_seq) in alone.values()
    merging.unmerge(desk.db, desk.shift, moment(), 2)
    assert {c: (desk.state(c).status, desk.state(c).status_seq) for c in (1, 2)} == alone


def test_refusal_of_the_other_cannot_be_undone_under_cover_of_the_survivors(desk: Desk) -> None:
    refuse(desk, 1)
    refuse(desk, 2)
    seq = desk.state(2).status_seq
    merge(desk)
    with pytest.raises(StaysUndone):
        undoing.toggle(desk.db, desk.shift, moment(), seq or 0)
    assert desk.faults() == []


def test_refusal_told_while_merged_holds_for_both_afterwards(desk: Desk) -> None:
    merge(desk)
    refuse(desk, 1)
    merging.unmerge(desk.db, desk.shift, moment(), 2)
    assert {desk.state(c).status for c in (1, 2)} == {Status.DO_NOT_CONTACT}
    assert timeline(desk.db, 2)[-1].event.text == {"reason": "别再发了"}
    assert desk.faults() == []


def test_redo_of_a_merge_does_not_lift_a_refusal(desk: Desk) -> None:
    refuse(desk, 1)
    reject(desk, 2)
    merged = merge(desk).event.seq
    undoing.toggle(desk.db, desk.shift, moment(), merged)
    verbs.resume(desk.db, desk.shift, moment(hour=13), 2, "又想要了")
    with suppress(StaysUndone):
        undoing.toggle(desk.db, desk.shift, moment(hour=14), merged)
    assert desk.state(1).status is Status.DO_NOT_CONTACT


def test_suppression_by_the_merged_contacts_phone_goes_on(desk: Desk) -> None:
    """A third contact refused under the phone that only the merged one had."""
    desk.take([row("王", 9, phone="13900000009", external_id="wmBBBBBBBBBB2")])
    desk.take([row("小王", 10, phone="13900000009", external_id="wmCCCCCCCCCC3")])
    third, fourth = 4, 5
    merge(desk, 1, third)
    refuse(desk, fourth)
    assert blocked(verbs.send(desk.db, desk.shift, moment(hour=15), 1, "hello")) == "do_not_contact"


def test_refusal_of_a_merged_person_stops_its_other_phone(desk: Desk) -> None:
    desk.take([row("王", 9, phone="13800000002", handle="another1")])
    merge(desk)
    refuse(desk, 1)
    assert blocked(verbs.send(desk.db, desk.shift, moment(hour=15), 4, "hello")) == "do_not_contact"
    desk.take([row("新人", 11, phone="13800000002", handle="another2")])
    assert desk.state(5).status is Status.DO_NOT_CONTACT


def test_import_of_both_again_changes_nothing(desk: Desk) -> None:
    merge(desk)
    before = rows_of(desk.db)
    done = desk.take(
        [
            row("张伟", 2, phone="13800000001", company="新禾", external_id="wmAAAAAAAAAA1"),
            row("老张", 3, phone="13800000002", handle="zhang88", company="新禾", tags=("展会",)),
        ]
    )
    assert (done.new, done.changed, done.same, done.rejected) == (0, 0, 2, ())
    assert rows_of(desk.db) == before


def test_import_of_the_merged_contact_completes_the_survivor(desk: Desk) -> None:
    merge(desk)
    done = desk.take([row("老张", 3, phone="13800000002", title="采购经理")])
    assert (done.new, done.changed) == (0, 1)
    assert (profile_of(desk.db, 1) or {})["title"] == "采购经理"


def test_earlier_step_of_the_merged_contact_is_undone_while_merged(desk: Desk) -> None:
    send(desk, 2)
    seq = react(desk, 2, Reaction.POSITIVE).event.seq
    merge(desk)
    undoing.toggle(desk.db, desk.shift, moment(), seq)
    assert desk.state(1).positive == 0
    assert desk.faults() == []
    merging.unmerge(desk.db, desk.shift, moment(), 2)
    assert (desk.state(2).touches, desk.state(2).positive) == (1, 0)
    assert desk.faults() == []


def test_import_stays_once_its_contacts_are_one_with_others(desk: Desk) -> None:
    done = desk.take([row("王", 9), row("赵", 10)])
    merge(desk, 1, 4)
    assert done.event is not None
    with pytest.raises(StaysUndone):
        undoing.toggle(desk.db, desk.shift, moment(), done.event.seq)


def test_next_message_keeps_the_interval_to_the_others_latest(desk: Desk) -> None:
    send(desk, 2, MONDAY)
    state = merge(desk).state
    interval = desk.shift.settings.interval_days
    assert state.due is not None
    assert state.due >= MONDAY + interval


def test_reaction_answers_a_touch_of_the_merged_contact(desk: Desk) -> None:
    send(desk, 2)
    merge(desk)
    done = react(desk, 1, Reaction.FRIENDLY)
    assert done.event.ref is not None
    assert desk.one("SELECT contact FROM touch WHERE reaction = 'friendly'") == 1
    assert desk.faults() == []
    merging.unmerge(desk.db, desk.shift, moment(), 2)
    assert desk.faults() == []


def test_chain_of_merges_resolves_to_the_last_survivor_and_back(desk: Desk) -> None:
    before = rows_of(desk.db)
    merge(desk, 1, 2)
    merge(desk, 3, 1)
    assert {people.resolve(desk.db, c)[0].contact for c in "123"} == {3}
    assert desk.faults() == []
    merging.unmerge(desk.db, desk.shift, moment(), 2)
    assert people.resolve(desk.db, "1")[0].contact == 3
    assert desk.state(2).contact == 2
    assert desk.faults() == []
    merging.unmerge(desk.db, desk.shift, moment(), 1)
    assert rows_of(desk.db) == before


def test_many_merges_are_one_step(desk: Desk) -> None:
    judge_all(desk.db, AT_WORK.sop, MONDAY)
    before = rows_of(desk.db)
    done = merging.merge_all(desk.db, desk.shift, moment(), [(1, 2), (2, 3), (1, 3)])
    assert done.count == 2
    assert people.resolve(desk.db, "3")[0].contact == 1
    assert desk.faults() == []
    told = next(undoing.steps(desk.db, "op1"))
    assert told.event.kind is Kind.CLEANED
    undoing.undo(desk.db, desk.shift, moment())
    assert rows_of(desk.db) == before
    undoing.redo(desk.db, desk.shift, moment())
    assert desk.one("SELECT COUNT(*) FROM contact") == 1
    assert desk.faults() == []


def test_list_entries_keep_their_first_day_through_merge_and_back(desk: Desk) -> None:
    judge_all(desk.db, AT_WORK.sop, MONDAY)
    judge_all(desk.db, AT_WORK.sop, MONDAY + 5)
    before = rows_of(desk.db)
    assert "everybody" in lists_of(desk, 2)
    merge(desk, day=MONDAY + 5)
    assert rows_of(desk.db) != before
    undoing.undo(desk.db, desk.shift, moment(MONDAY + 5))
    assert rows_of(desk.db) == before


def test_pair_kept_apart_is_remembered_through_undo_and_rebuild(desk: Desk) -> None:
    merging.keep_apart(desk.db, desk.shift, moment(), 1, 2)
    assert desk.one("SELECT other FROM kept_apart WHERE contact = 1") == 2
    doctor.rebuild(desk.db)
    assert desk.faults() == []
    assert desk.one("SELECT other FROM kept_apart WHERE contact = 1") == 2
    undoing.undo(desk.db, desk.shift, moment())
    assert desk.one("SELECT COUNT(*) FROM kept_apart") == 0


def test_pause_of_many_is_one_step_and_never_touches_a_refusal(desk: Desk) -> None:
    refuse(desk, 2)
    done = merging.pause_all(desk.db, desk.shift, moment(), [1, 2, 3])
    assert done.count == 2
    assert [desk.state(c).status.value for c in (1, 2, 3)] == [
        "paused",
        "do_not_contact",
        "paused",
    ]
    undoing.undo(desk.db, desk.shift, moment())
    assert [desk.state(c).status.value for c in (1, 3)] == ["active", "active"]
    assert desk.faults() == []


FAULTS: dict[str, Callable[[Desk], object]] = {
    "with itself": lambda desk: merge(desk, 1, 1),
    "with nobody": lambda desk: merge(desk, 1, 99),
    "a merge never made": lambda desk: merging.unmerge(desk.db, desk.shift, moment(), 1),
}


@pytest.mark.parametrize("case", FAULTS)
def test_impossible_merge_says_so_and_writes_nothing(desk: Desk, case: str) -> None:
    before = desk.events()
    with pytest.raises(DeskError):
        FAULTS[case](desk)
    assert desk.events() == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=histories(STEPS), after=histories(MERGING), pair=st.permutations([1, 2, 3]))
# By the day of the merge another plan of the contact that is paused has come due.
@example(before=[("day", 1, 5), ("react", 2, 3), ("day", 1, 4)], after=[], pair=[2, 1, 3])
def test_unmerge_gives_back_equal_records(
    before: Sequence[tuple[str, int, int]],
    after: Sequence[tuple[str, int, int]],
    pair: Sequence[int],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder))
        desk.db.execute("PRAGMA synchronous = OFF")
        try:
            _merged_and_given_back(desk, before, after, pair)
        finally:
            desk.db.close()


def _merged_and_given_back(
    desk: Desk,
    before: Sequence[tuple[str, int, int]],
    after: Sequence[tuple[str, int, int]],
    pair: Sequence[int],
) -> None:
    desk.take(
        [
            row("张伟", 2, phone="13800000001", extra={"地区": "苏州"}),
            row("张偉", 3, phone="13800000001", handle="zw88", extra={"地区": "吴江"}),
            row("zhang wei", 4, email="z@w.cn"),
        ]
    )
    judge_all(desk.db, AT_WORK.sop, MONDAY)
    history = History(desk)
    history.play(before)
    stood = rows_of(desk.db)
    survivor, other, _third = pair
    now = moment(history.day, 12)
    refused = {desk.state(c).status for c in (survivor, other)} & {Status.DO_NOT_CONTACT}
    merging.merge(desk.db, AT_WORK, now, survivor, other)
    assert desk.faults() == []
    assert refused <= {desk.state(survivor).status}
    undoing.undo(desk.db, AT_WORK, now)
    assert rows_of(desk.db) == stood
    undoing.redo(desk.db, AT_WORK, now)
    assert desk.faults() == []
    history.play(after)
    assert desk.faults() == []
    merged = rows_of(desk.db)
    doctor.rebuild(desk.db)
    assert rows_of(desk.db) == merged


def test_offer_of_a_survivor_shows_all_of_both(desk: Desk) -> None:
    send(desk, 1)
    send(desk, 2)
    merge(desk)
    shown = offer(desk.db, desk.shift, moment(), 1)
    assert shown.used.month == 2


def test_refusal_of_a_merged_person_outlives_a_restore_for_both(desk: Desk, tmp_path: Path) -> None:
    """The backup is older than the merge, so that both stand in it on their own."""
    folder = tmp_path / "older"
    folder.mkdir()
    older = new_desk(folder)
    desk.db.backup(older.db)
    merge(desk)
    refuse(desk, 1)
    told = reapplying.outliving(desk.db)
    with transaction(older.db):
        head = log.append(older.db, reapplying.plain_event("op1", moment(), Kind.RESTORED, None))
        assert reapplying.reapply(older.db, told, head, "kept").refusals == 2
    assert {older.state(c).status for c in (1, 2)} == {Status.DO_NOT_CONTACT}
    assert older.faults() == []
