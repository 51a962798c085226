"""Who explored stays known after a friendlier word: the day in the state, the fact, the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from rules.facts import values
from rules.nouns import Reaction
from sop_content import shipped
from sop_content.reader import read_sop
from store import merging, read_anew, undoing, verbs
from store.list_pass import judge_all
from store.migrations import exploring_of_contacts
from tests.desk_kit import MONDAY, Desk, moment, new_desk, rows, sent, shift
from tests.list_kit import lists_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = new_desk(tmp_path)
    desk.take(rows("张伟", "李芳", "王建国"))
    for contact in (1, 2, 3):
        sent(verbs.send(desk.db, desk.shift, moment(), contact))
    return desk


def react(desk: Desk, contact: int, reaction: Reaction, day: int) -> None:
    verbs.react(desk.db, desk.shift, moment(day), contact, reaction)


def explored(desk: Desk) -> list[int | None]:
    return [desk.state(contact).last_exploring_day for contact in (1, 2, 3)]


def test_a_later_reaction_does_not_take_it_away_and_an_undo_does(desk: Desk) -> None:
    react(desk, 1, Reaction.EXPLORING, MONDAY)
    react(desk, 1, Reaction.FRIENDLY, MONDAY + 1)
    react(desk, 2, Reaction.EXPLORING, MONDAY)
    react(desk, 2, Reaction.EXPLORING, MONDAY + 2)
    react(desk, 3, Reaction.EXPLORING, MONDAY)
    undoing.undo(desk.db, desk.shift, moment())
    assert explored(desk) == [MONDAY, MONDAY + 2, None]
    assert values(desk.state(1), MONDAY + 5)["days_since_exploring"] == 5
    assert values(desk.state(3), MONDAY + 5)["days_since_exploring"] is None
    assert desk.faults() == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_interest_list_that_ships_keeps_who_says_thanks(desk: Desk, lang: str) -> None:
    sop = read_sop(shipped(lang)).sop
    assert sop is not None
    desk.shift = shift("op1", sop)
    react(desk, 1, Reaction.EXPLORING, MONDAY)
    react(desk, 1, Reaction.FRIENDLY, MONDAY + 1)
    judge_all(desk.db, sop, MONDAY + 2)
    assert "interest" in lists_of(desk, 1)
    judge_all(desk.db, sop, MONDAY + 31)
    assert "interest" not in lists_of(desk, 1)


def test_old_file_finds_it_in_its_log_also_of_those_who_were_merged(desk: Desk) -> None:
    react(desk, 1, Reaction.EXPLORING, MONDAY)
    react(desk, 1, Reaction.FRIENDLY, MONDAY + 1)
    react(desk, 2, Reaction.EXPLORING, MONDAY + 1)
    merging.merge(desk.db, desk.shift, moment(MONDAY + 2), 1, 2)
    assert desk.state(1).last_exploring_day == MONDAY + 1
    desk.db.execute("ALTER TABLE contact_state DROP COLUMN last_exploring_day")
    exploring_of_contacts(Database(desk.db, recursive_triggers=False, execute_plugins=False))
    assert desk.faults() != []
    read_anew.read_anew(desk.db)
    assert desk.state(1).last_exploring_day == MONDAY + 1
    assert desk.faults() == []
