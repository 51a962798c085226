"""A refusal holds for the person, whichever of their contacts it was said to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rules.sending import Why
from store import verbs
from store.offering import offer
from tests.desk_kit import Desk, blocked, moment, new_desk, row, sent


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path)
    with closing(made.db):
        yield made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"phone": "13800138000"}, {"phone": "+86 138 0013 8000"}, id="phone"),
        pytest.param({"handle": "zw88"}, {"handle": "zw88"}, id="chat id"),
    ],
)
def test_nobody_is_written_to_under_another_name(
    desk: Desk, one: dict[str, Any], other: dict[str, Any]
) -> None:
    desk.take([row("张伟", external_id="wm-aaaaaaaa", **one)])
    desk.take([row("小张", external_id="wm-bbbbbbbb", **other)])
    if desk.one("SELECT COUNT(*) FROM contact_state") == 1:
        pytest.skip("taken for one person, which is as safe")
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    assert blocked(verbs.send(desk.db, desk.shift, moment(), 2)) == "do_not_contact"
    verbs.resume(desk.db, desk.shift, moment(), 1, "又同意了")
    sent(verbs.send(desk.db, desk.shift, moment(), 2))


def test_refusal_under_another_name_is_the_first_reason(desk: Desk) -> None:
    """A reason that tomorrow takes away would leave the script on the screen and in a file."""
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone="13800138000")])
    desk.take([row("小张", external_id="wm-bbbbbbbb", phone="13800138000")])
    sent(verbs.send(desk.db, desk.shift, moment(), 2))
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    for hour in (10, 23):
        for answer in (False, True):
            offered = offer(desk.db, desk.shift, moment(hour=hour), 2, answer=answer)
            assert offered.blocked is not None
            assert offered.blocked.why is Why.DO_NOT_CONTACT


def test_row_numbers_of_two_files_are_no_alias(desk: Desk) -> None:
    desk.take([row("张伟", external_id="7")])
    desk.take([row("李芳", external_id="7")])
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    sent(verbs.send(desk.db, desk.shift, moment(), 2))
