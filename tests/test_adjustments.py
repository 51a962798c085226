"""The adjustment log in a real store: what was changed, why, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rules.comparison import Outcome
from rules.nouns import Kind, Reaction
from rules.sop_edits import Edit, edit_from, facts_of
from rules.wording import DeskError
from store import adjustments, publishing, undoing, verbs
from store.publishing import Because, Edition, Reason
from store.verbs import NeedsReason
from tests.desk_kit import MONDAY, SOP, Desk, moment, new_desk, row, sent

EDIT = Edit(scripts=2, rules=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = new_desk(tmp_path)
    desk.take([row(f"p{n}", n, stage="lead") for n in range(1, 81)])
    return desk


def send_to(desk: Desk, first: int, last: int, day: int, eager: int) -> None:
    """Sends to contacts; the first `eager` of them answer eagerly."""
    for contact in range(first, last + 1):
        sent(verbs.send(desk.db, desk.shift, moment(day), contact))
        if contact < first + eager:
            verbs.react(desk.db, desk.shift, moment(day), contact, Reaction.POSITIVE)


def publish(desk: Desk, version: str) -> int:
    new = replace(desk.shift, sop=replace(desk.shift.sop, version=version))
    edition = Edition(version.rjust(32, "0"), "d", "")
    why = Reason("市场变冷", Because.MARKET, "小周")
    head = publishing.publish(desk.db, desk.shift, new, moment(), {}, why, edition)
    desk.shift = new
    return head.seq


def test_edit_survives_the_log(desk: Desk) -> None:
    for edit in (EDIT, Edit(), Edit(1, 2, 3, 4, 5, True, True, True, "2.0")):
        assert edit_from(facts_of(edit)) == edit
    event = adjustments.note_edit(desk.db, desk.shift, moment(), EDIT, "1.0")
    (one,) = adjustments.adjustments(desk.db)
    assert (one.event, one.edit, one.was, one.reason.words) == (event, EDIT, "1.0", "")
    assert not one.is_publish
    assert desk.faults() == []


def test_reason_said_last_counts_and_the_first_stays_in_the_log(desk: Desk) -> None:
    event = adjustments.note_edit(desk.db, desk.shift, moment(), EDIT, "1.0")
    for words in ("第一次", "  更好的原因\n"):
        told = Reason(words, Because.NEEDS, "小周")
        adjustments.give_reason(desk.db, desk.shift, moment(), event.seq, told)
    (one,) = adjustments.adjustments(desk.db)
    assert one.reason == Reason("更好的原因", Because.NEEDS, "小周")
    assert desk.one("SELECT COUNT(*) FROM event WHERE kind = 'reasoned'") == 2


def test_reason_is_needed_and_only_for_a_change(desk: Desk) -> None:
    event = adjustments.note_edit(desk.db, desk.shift, moment(), EDIT, "1.0")
    with pytest.raises(NeedsReason):
        adjustments.give_reason(desk.db, desk.shift, moment(), event.seq, Reason(" "))
    with pytest.raises(DeskError, match="no such change"):
        adjustments.give_reason(desk.db, desk.shift, moment(), 1, Reason("x"))


def test_records_are_no_steps_that_are_undone(desk: Desk) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    event = adjustments.note_edit(desk.db, desk.shift, moment(), EDIT, "1.0")
    adjustments.give_reason(desk.db, desk.shift, moment(), event.seq, Reason("x"))
    with pytest.raises(undoing.NothingToUndo):
        undoing.toggle(desk.db, desk.shift, moment(), event.seq)
    kinds = {told.event.kind for told in undoing.steps(desk.db, "op1")}
    assert kinds == {Kind.TOUCH, Kind.IMPORT}
    assert undoing.undo(desk.db, desk.shift, moment()).target.kind is Kind.TOUCH
    adjustments.note_edit(desk.db, desk.shift, moment(), EDIT, "1.0")
    assert undoing.redo(desk.db, desk.shift, moment()).target.kind is Kind.TOUCH


def test_effect_compares_what_was_sent_before_and_since(desk: Desk) -> None:
    send_to(desk, 1, 40, MONDAY, eager=2)
    publish(desk, "2.0")
    send_to(desk, 41, 80, MONDAY, eager=20)
    (one,) = adjustments.adjustments(desk.db)
    came = adjustments.effect(desk.db, (one,), one, SOP)
    assert (came.first.sends, came.first.engaged) == (40, 2)
    assert (came.second.sends, came.second.engaged) == (40, 20)
    assert came.outcome is Outcome.BETTER
    assert one.reason == Reason("市场变冷", Because.MARKET, "小周")


def test_effect_ends_at_the_next_publish_that_stands(desk: Desk) -> None:
    publish(desk, "2.0")
    send_to(desk, 1, 5, MONDAY, eager=0)
    later = publish(desk, "3.0")
    send_to(desk, 6, 9, MONDAY, eager=0)
    found = adjustments.adjustments(desk.db)
    assert [one.event.version for one in found] == ["3.0", "2.0"]
    sends = [adjustments.effect(desk.db, found, one, SOP).second.sends for one in found]
    assert sends == [4, 5]
    undoing.toggle(desk.db, desk.shift, moment(), later)
    found = adjustments.adjustments(desk.db)
    assert [one.undone for one in found] == [True, False]
    assert adjustments.effect(desk.db, found, found[1], SOP).second.sends == 9


def test_effect_reads_no_more_than_the_latest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adjustments, "LATEST", 3)
    send_to(desk, 1, 5, MONDAY, eager=1)
    publish(desk, "2.0")
    send_to(desk, 6, 10, MONDAY, eager=1)
    found = adjustments.adjustments(desk.db)
    came = adjustments.effect(desk.db, found, found[0], SOP)
    assert (came.first.sends, came.first.engaged) == (3, 0), "those right before it"
    assert (came.second.sends, came.second.engaged) == (3, 1), "those right after it"


def test_versions_the_newest_first(desk: Desk) -> None:
    send_to(desk, 1, 5, MONDAY, eager=1)
    publish(desk, "0.9")
    send_to(desk, 6, 8, MONDAY, eager=1)
    found = adjustments.versions(desk.db)
    assert [*found] == ["0.9", "1.0"]
    assert found["1.0"]["lead"].sends == 5
    assert found["0.9"]["lead"].engaged == 1
