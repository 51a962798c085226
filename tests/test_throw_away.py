"""Which accounts look thrown away, and what stands where one was paused."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.nouns import Reaction
from rules.sending import PAUSED_AS_ONE
from rules.throw_away import Account, is_own_name, signs
from store import merging, offering, verbs
from store.throw_away import suspects
from tests.desk_kit import moment, new_desk, row

CASES = {
    "silence alone, however long": (Account(60, 0, 0), 0),
    "three messages, added in bulk": (Account(3, 0, 0, together=20), 2),
    "the same, working somewhere": (Account(3, 0, 0, together=20, has_company=True), 0),
    "three messages, added with a few": (Account(3, 0, 0, together=19), 0),
    "three messages, without a name": (Account(3, 0, 0, has_name=False), 2),
    "two messages, without a name": (Account(2, 0, 0, has_name=False), 0),
    "three nameless of one day, nothing sent": (Account(0, 0, 0, 3, has_name=False, nameless=3), 2),
    "two nameless of one day, nothing sent": (Account(0, 0, 0, 2, has_name=False, nameless=2), 0),
    "one answer among many messages": (Account(30, 1, 0, 99, has_name=False), 0),
    "a purchase": (Account(30, 0, 1, 99, has_name=False), 0),
}


@pytest.mark.parametrize("case", CASES)
def test_account_looks_thrown_away_or_not(case: str) -> None:
    account, reasons = CASES[case]
    assert len(signs(account)) == reasons


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("微信用户", False),
        ("微信用户_8f3k", False),
        ("用户83920", False),
        ("WeChat User", False),
        ("user20391", False),
        (" ", False),
        ("张伟", True),
        ("用户体验部小王", True),
        ("Lina", True),
    ],
)
def test_name_of_the_platform_is_no_own_name(name: str, own: bool) -> None:
    assert is_own_name(name) is own


def test_three_nameless_of_one_day_are_proposed_and_silent_ones_are_not(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    added = moment().day - 20
    people = [row("微信用户", n, handle=f"wx{n}", source="群", added=added) for n in range(2, 5)]
    desk.take([*people, row("张伟", 5, source="群", added=added)])
    desk.db.execute("UPDATE contact_state SET touches = 14 WHERE contact = 4")
    assert [s.contact for s in suspects(desk.db, "op1")] == [1, 2, 3]


def test_pause_as_throw_away_has_its_own_reason_and_a_rejection_another(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    one, other = desk.add("甲"), desk.add("乙")
    merging.pause_all(desk.db, desk.shift, moment(), [one])
    verbs.react(desk.db, desk.shift, moment(), other, Reaction.REJECTING)
    told = [offering.offer(desk.db, desk.shift, moment(), c) for c in (one, other)]
    assert [t.blocked and t.blocked.why.value for t in told] == ["paused", "paused"]
    assert told[0].blocked is not None
    assert told[0].blocked.reason == PAUSED_AS_ONE
    assert told[1].blocked is not None
    assert told[1].blocked.reason != PAUSED_AS_ONE
