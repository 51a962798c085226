"""What a verb writes, and how little besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.nouns import Reaction
from store import verbs
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row, sent

TUESDAY, WEDNESDAY = MONDAY + 1, MONDAY + 2


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_uuids_stand_in_the_order_of_time(desk: Desk) -> None:
    """Events of one moment are neighbours in the index of uuids, and none is another's."""
    alone = desk.add("李娜")
    desk.take([row(name, n) for n, name in enumerate(("王强", "赵军", "周磊"), 2)], moment(TUESDAY))
    verbs.note(desk.db, desk.shift, moment(WEDNESDAY), alone, {"note": "x"})
    uuids = [uuid for (uuid,) in desk.db.execute("SELECT uuid FROM event ORDER BY uuid")]
    days = [day for (day,) in desk.db.execute("SELECT day FROM event ORDER BY uuid")]
    assert days == sorted(days)
    assert {len(uuid) for uuid in uuids} == {32}
    assert len(set(uuids)) == desk.events()


def test_an_answer_moves_only_what_it_changes(desk: Desk) -> None:
    """A reaction reads the plans once and leaves the touch under its contact."""
    contact = desk.add()
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    told: list[str] = []
    desk.db.set_trace_callback(told.append)
    verbs.react(desk.db, desk.shift, moment(), contact, Reaction.FRIENDLY)
    desk.db.set_trace_callback(None)
    assert sum(" FROM walk " in statement for statement in told) == 1
    assert [s.split(" = ")[0] for s in told if s.startswith("UPDATE touch")] == [
        "UPDATE touch SET reaction"
    ]
