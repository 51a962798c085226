"""What this desk learns of replies: at once, undone with its reaction, compared by the doctor."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from rules.nouns import Reaction
from store import derived, doctor, learning, undoing, verbs
from store.connection import transaction
from tests.desk_kit import Desk, moment, new_desk, row, sent


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two contacts who were written to."""
    desk = new_desk(tmp_path)
    desk.take([row("张伟", 2, phone="13800000001"), row("李芳", 3, phone="13900000002")])
    for contact in (1, 2):
        sent(verbs.send(desk.db, desk.shift, moment(), contact))
    return desk


def react(desk: Desk, reaction: Reaction, reply: str = "", contact: int = 1, at: int = 0) -> None:
    words = {"reply": reply} if reply else {}
    verbs.react(desk.db, desk.shift, moment(minute=at), contact, reaction, words)


def learned(db: sqlite3.Connection, text: str) -> dict[str, dict[str, int]]:
    return {
        one.text: {reaction.value: n for reaction, n in one.counts.items()}
        for one in learning.near(db, text)
    }


def test_confirmed_reply_is_learned_at_once(desk: Desk) -> None:
    react(desk, Reaction.EXPLORING, "搞起搞起")
    assert learned(desk.db, "搞起搞起") == {"搞起搞起": {"exploring": 1}}
    assert learned(desk.db, "那就搞起") == {"搞起搞起": {"exploring": 1}}
    assert desk.faults() == []


def test_same_words_are_counted_by_reaction(desk: Desk) -> None:
    react(desk, Reaction.FRIENDLY, "收到！")
    react(desk, Reaction.FRIENDLY, "收到！！", contact=2)
    react(desk, Reaction.POSITIVE, "收到!", contact=2, at=30)
    found = learned(desk.db, "收到!")
    assert list(found.values()) == [{"friendly": 2, "positive": 1}]
    assert desk.faults() == []


def test_traditional_words_are_the_same_words(desk: Desk) -> None:
    react(desk, Reaction.REJECTING, "暂时不需要")
    assert learned(desk.db, "暫時不需要") == {"暂时不需要": {"rejecting": 1}}


def test_undo_takes_back_what_was_learned_and_redo_learns_it_again(desk: Desk) -> None:
    react(desk, Reaction.EXPLORING, "搞起搞起")
    undoing.undo(desk.db, desk.shift, moment())
    assert learned(desk.db, "搞起搞起") == {}
    assert desk.db.execute("SELECT COUNT(*) FROM learned_token").fetchone() == (0,)
    assert desk.faults() == []
    undoing.redo(desk.db, desk.shift, moment())
    assert learned(desk.db, "搞起搞起") == {"搞起搞起": {"exploring": 1}}
    assert desk.faults() == []


CORRECTIONS = {
    "soon after, without words": (5, "", {"ok": {"friendly": 1}}),
    "much later, without words": (30, "", {"ok": {"positive": 1}}),
    "soon after, with words of its own": (
        5,
        "好的多少钱",
        {"ok": {"positive": 1}, "好的多少钱": {"friendly": 1}},
    ),
}


@pytest.mark.parametrize("case", CORRECTIONS)
def test_reaction_without_words_soon_after_corrects_the_one_before(desk: Desk, case: str) -> None:
    at, words, expected = CORRECTIONS[case]
    react(desk, Reaction.POSITIVE, "ok")
    react(desk, Reaction.FRIENDLY, words, at=at)
    assert {**learned(desk.db, "ok"), **(learned(desk.db, words) if words else {})} == expected
    assert desk.faults() == []


def test_undone_correction_leaves_what_was_confirmed_first(desk: Desk) -> None:
    react(desk, Reaction.POSITIVE, "ok")
    react(desk, Reaction.FRIENDLY, at=1)
    undoing.undo(desk.db, desk.shift, moment(minute=2))
    assert learned(desk.db, "ok") == {"ok": {"positive": 1}}
    assert desk.faults() == []


def test_other_contact_is_not_corrected(desk: Desk) -> None:
    react(desk, Reaction.POSITIVE, "ok")
    react(desk, Reaction.FRIENDLY, contact=2, at=1)
    assert learned(desk.db, "ok") == {"ok": {"positive": 1}}


def test_words_that_are_erased_are_forgotten(desk: Desk) -> None:
    """Numbers made of them stand nowhere once the contact is folded again."""
    react(desk, Reaction.POSITIVE, "我们老板在问")
    with transaction(desk.db):
        desk.db.execute("DELETE FROM event_text WHERE body LIKE '%老板%'")
        derived.refold(desk.db, 1)
    assert learned(desk.db, "我们老板在问") == {}
    for count in ("SELECT COUNT(*) FROM learned", "SELECT COUNT(*) FROM learned_token"):
        assert desk.db.execute(count).fetchone() == (0,)
    assert desk.faults() == []


def test_no_words_stand_beside_the_log(desk: Desk) -> None:
    react(desk, Reaction.POSITIVE, "王大锤的电话是多少")
    told = [
        *desk.db.execute("SELECT * FROM learned"),
        *desk.db.execute("SELECT * FROM learned_token"),
    ]
    assert not any("锤" in str(value) for line in told for value in line)


BROKEN = {
    "a lesson that went": "DELETE FROM learned",
    "another reaction": "UPDATE learned SET reaction = 'lost'",
    "tokens that went": "DELETE FROM learned_token WHERE token % 2 = 0",
    "a token too many": "INSERT INTO learned_token VALUES (1, 2)",
}


@pytest.mark.parametrize("case", BROKEN)
def test_doctor_names_and_mends_what_was_learned(desk: Desk, case: str) -> None:
    react(desk, Reaction.EXPLORING, "多少钱")
    desk.db.execute(BROKEN[case])
    wrong = [check.name for check in doctor.examine(desk.db) if not check.ok]
    assert wrong == ["learned replies"]
    doctor.rebuild(desk.db)
    assert desk.faults() == []


def test_older_desk_learns_from_its_log_when_it_is_opened(tmp_path: Path) -> None:
    from store.connection import connect

    desk = new_desk(tmp_path)
    desk.take([row("张伟", 2)])
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    react(desk, Reaction.EXPLORING, "多少钱")
    path = Path(desk.db.execute("PRAGMA database_list").fetchone()[2])
    with transaction(desk.db):
        desk.db.execute("DROP TABLE learned")
        desk.db.execute("DROP TABLE learned_token")
        desk.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'learned_replies'")
    count = desk.db.execute("SELECT COUNT(*) FROM _sqlite_migrations").fetchone()[0]
    desk.db.execute(f"PRAGMA user_version = {count}")
    desk.db.close()
    again = connect(path)
    assert learned(again, "多少钱") == {"多少钱": {"exploring": 1}}
    again.close()
