"""What came back to each content: counted, judged, and the words behind the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rules.nouns import Reaction, Split
from rules.periods import Months, month_of
from rules.sop import Script, Sop
from rules.trends import Way
from rules.verdicts import Evidence, Verdict
from store import undoing, verbs
from store.log import event_of
from store.offering import Suggestion, evidence_of, offer
from store.review import ContentReview, notes_after, replies, review, trend_of
from store.statements import named
from tests.desk_kit import MONDAY, SOP, Desk, moment, new_desk, rows, sent

NEXT = moment(MONDAY + 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path, daily_cap=10_000)


def write_to(desk: Desk, reactions: Sequence[Reaction | None], variant: str = "a") -> list[int]:
    """Sends "hello" to as many new leads, each of whom reacts so."""
    before = int(desk.one("SELECT COALESCE(MAX(contact), 0) FROM event"))
    desk.take(rows(*(f"人{before + n}" for n in range(len(reactions)))))
    contacts = [before + n + 1 for n in range(len(reactions))]
    for contact, reaction in zip(contacts, reactions, strict=True):
        sent(verbs.send(desk.db, desk.shift, moment(), contact, "hello", variant))
        if reaction:
            words = {"reply": f"{reaction.value} {contact}"}
            verbs.react(desk.db, desk.shift, moment(), contact, reaction, words)
    return contacts


def the_one(found: Sequence[ContentReview], version: str = "1.0") -> ContentReview:
    (row,) = [row for row in found if (row.content, row.version) == ("hello", version)]
    return row


def with_text(sop: Sop, text: str, version: str) -> Sop:
    """An SOP whose "hello" has another first script, in a version of that name."""
    hello = sop.contents["hello"]
    scripts = (Script("a", text), *hello.scripts[1:])
    contents = {**sop.contents, "hello": replace(hello, scripts=scripts)}
    return replace(sop, contents=contents, version=version)


def work_by(desk: Desk, sop: Sop) -> None:
    desk.shift = replace(desk.shift, sop=replace(sop, settings=desk.shift.settings))


MIXED = [Reaction.FRIENDLY, Reaction.POSITIVE, None, Reaction.REJECTING, None]
AGAINST: list[Reaction | None] = [Reaction.REJECTING] * 9 + [Reaction.FRIENDLY] * 12 + [None] * 20


def test_nothing_sent_is_nothing_to_review(desk: Desk) -> None:
    assert review(desk.db, SOP) == ()


def test_counts_are_those_of_the_touches_with_scripts_and_stages_beneath(desk: Desk) -> None:
    write_to(desk, MIXED)
    write_to(desk, [Reaction.EXPLORING], "b")
    row = the_one(review(desk.db, SOP))
    assert row.evidence == Evidence(6, 1, 1, 1, 1)
    assert row.evidence.silence == 2
    assert [(s.variant, s.in_use, s.evidence.sends) for s in row.scripts] == [
        ("a", True, 5),
        ("b", True, 1),
    ]
    assert [(s.stage, s.evidence) for s in row.stages] == [("lead", row.evidence)]
    assert row.verdict is Verdict.UNDECIDED


def test_an_undone_send_counts_for_nothing(desk: Desk) -> None:
    write_to(desk, [None])
    undoing.undo(desk.db, desk.shift, moment())
    assert review(desk.db, SOP) == ()


@pytest.mark.parametrize(("stage", "sends"), [("lead", 5), ("mql", None)])
def test_a_stage_alone_shows_only_what_was_sent_in_it(
    desk: Desk, stage: str, sends: int | None
) -> None:
    write_to(desk, MIXED)
    found = review(desk.db, SOP, stage)
    assert [row.evidence.sends for row in found] == ([sends] if sends else [])


def test_a_rewritten_text_is_judged_by_itself_and_dropped_when_it_fails_too(desk: Desk) -> None:
    write_to(desk, AGAINST)
    assert the_one(review(desk.db, desk.shift.sop)).verdict is Verdict.REWRITE
    work_by(desk, with_text(SOP, "{name}，换个说法", "1.0"))
    row = the_one(review(desk.db, desk.shift.sop))
    assert row.verdict is Verdict.REWRITE, "nothing of the new text was sent"
    write_to(desk, [None])
    row = the_one(review(desk.db, desk.shift.sop))
    assert (row.verdict, row.rewritten) == (Verdict.UNDECIDED, True)
    assert row.evidence.sends == len(AGAINST) + 1
    assert row.judgement.figures.evidence.sends == 1
    write_to(desk, AGAINST)
    assert the_one(review(desk.db, desk.shift.sop)).verdict is Verdict.DROP


def test_a_rewrite_of_an_earlier_version_is_remembered_unless_the_text_is_the_same(
    desk: Desk,
) -> None:
    write_to(desk, AGAINST)
    work_by(desk, replace(SOP, version="2.0"))
    write_to(desk, AGAINST)
    found = review(desk.db, desk.shift.sop)
    assert [row.version for row in found] == ["2.0", "1.0"]
    assert the_one(found, "2.0").verdict is Verdict.REWRITE
    work_by(desk, with_text(SOP, "{name}，再换", "3.0"))
    write_to(desk, AGAINST)
    assert the_one(review(desk.db, desk.shift.sop), "3.0").verdict is Verdict.DROP


def test_replies_are_newest_first_with_names_and_words(desk: Desk) -> None:
    contacts = write_to(desk, MIXED)
    found = replies(desk.db, "hello", "1.0")
    assert [(r.contact, r.reaction) for r in found] == [
        (contacts[3], Reaction.REJECTING),
        (contacts[1], Reaction.POSITIVE),
        (contacts[0], Reaction.FRIENDLY),
    ]
    assert found[1].words == {"reply": f"positive {contacts[1]}"}
    assert (found[1].name, found[1].day, found[1].stage) == ("人1", MONDAY, "lead")


def test_replies_are_in_the_order_of_the_day_that_is_shown(desk: Desk) -> None:
    first, second, third = write_to(desk, [None, Reaction.FRIENDLY, Reaction.POSITIVE])
    verbs.react(desk.db, desk.shift, moment(MONDAY + 3), first, Reaction.EXPLORING)
    verbs.react(desk.db, desk.shift, NEXT, second, Reaction.REJECTING)
    found = replies(desk.db, "hello", "1.0")
    assert [(r.contact, r.day - MONDAY) for r in found] == [(first, 3), (second, 1), (third, 0)]
    (newest,) = replies(desk.db, "hello", "1.0", n=1)
    assert newest.contact == first


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        pytest.param({"reaction": Reaction.POSITIVE}, 1, id="one reaction"),
        pytest.param({"reaction": Reaction.LOST}, 0, id="a reaction that nobody had"),
        pytest.param({"stage": "lead"}, 3, id="the stage"),
        pytest.param({"stage": "sql"}, 0, id="another stage"),
        pytest.param({"n": 2}, 2, id="so many at most"),
    ],
)
def test_replies_can_be_narrowed(desk: Desk, asked: Mapping[str, object], n: int) -> None:
    write_to(desk, MIXED)
    assert len(replies(desk.db, "hello", "1.0", **asked)) == n  # type: ignore[arg-type]


def test_notes_belong_to_the_touch_before_them_and_go_with_an_undo(desk: Desk) -> None:
    (contact,) = write_to(desk, [Reaction.POSITIVE])
    verbs.note(desk.db, desk.shift, moment(), contact, {"note": "wants a price"})
    verbs.note(desk.db, desk.shift, moment(), contact, {"note": "slip"})
    undoing.undo(desk.db, desk.shift, moment())
    sent(verbs.send(desk.db, desk.shift, NEXT, contact, "talk"))
    verbs.note(desk.db, desk.shift, NEXT, contact, {"note": "after the next one"})
    (reply,) = replies(desk.db, "hello", "1.0")
    assert notes_after(desk.db, reply) == ({"note": "wants a price"},)


def test_a_content_that_wears_out_is_seen(desk: Desk) -> None:
    write_to(desk, [Reaction.POSITIVE] * 20 + [None] * 20)
    assert trend_of(desk.db, "hello", "1.0", SOP.verdicts).way is Way.FALLING
    assert trend_of(desk.db, "hello", "1.0", SOP.verdicts, "mql").later.sends == 0
    assert trend_of(desk.db, "talk", "1.0", SOP.verdicts).way is Way.UNKNOWN


@pytest.mark.parametrize("statement", ["reactions_of_content", "replies_of_content"])
def test_looking_behind_the_figures_walks_no_other_contents(desk: Desk, statement: str) -> None:
    values: dict[str, object] = dict.fromkeys(("content", "version", "reaction", "stage"), "x")
    values |= {"since": 0, "until": 1, "n": 1, "most": 1}
    plan = desk.db.execute("EXPLAIN QUERY PLAN " + named()[statement], values).fetchall()
    assert any("touch_content" in row[3] for row in plan), plan
    assert not [row for row in plan if row[3].startswith("SCAN touch")]


# Which script comes first


def first_of(desk: Desk, contact: int, suggested: Mapping[str, Suggestion] | None = None) -> str:
    offered = offer(desk.db, desk.shift, moment(), contact, "hello", suggested=suggested)
    return offered.scripts[0].variant.id


def test_the_better_script_is_suggested_more_often(desk: Desk) -> None:
    write_to(desk, [Reaction.POSITIVE] * 15 + [None] * 15, "b")
    write_to(desk, [Reaction.REJECTING] * 5 + [None] * 25, "a")
    desk.take(rows(*(f"新{n}" for n in range(100))))
    firsts = [first_of(desk, contact) for contact in range(61, 161)]
    assert 85 <= firsts.count("b") < 100


def test_the_same_moment_read_twice_suggests_the_same(desk: Desk) -> None:
    desk.take(rows(*(f"新{n}" for n in range(40))))
    firsts = [first_of(desk, contact) for contact in range(1, 41)]
    assert firsts == [first_of(desk, contact) for contact in range(1, 41)]
    assert set(firsts) == {"a", "b"}


def test_what_was_suggested_stays_for_the_day_whatever_comes_back(desk: Desk) -> None:
    desk.take(rows("张伟"))
    shown = offer(desk.db, desk.shift, moment(), 1, "hello")
    assert shown.suggestion is not None
    first = shown.scripts[0].variant.id
    other = "b" if first == "a" else "a"
    write_to(desk, [Reaction.POSITIVE] * 40, other)
    write_to(desk, [Reaction.REJECTING] * 40, first)
    assert first_of(desk, 1, {"hello": shown.suggestion}) == first
    assert first_of(desk, 1, {"hello": replace(shown.suggestion, day=MONDAY - 1)}) == other


def test_a_script_that_cannot_be_filled_is_no_candidate(desk: Desk) -> None:
    desk.take(rows(""))
    offered = offer(desk.db, desk.shift, moment(), 1, "hello")
    assert [script.variant.id for script in offered.scripts] in (["a"], [])
    assert offered.suggestion is None


def test_what_chance_said_stands_in_the_event_and_comes_back_from_the_disk(desk: Desk) -> None:
    desk.take(rows(*(f"新{n}" for n in range(30))))
    thens = [
        sent(verbs.send(desk.db, desk.shift, moment(), c, "hello")).event.then for c in range(1, 31)
    ]
    assert all(then.lot is not None and 0 <= then.lot < 1 for then in thens)
    assert any(dict(then.drawn).keys() == {"a", "b"} for then in thens)
    again = desk.reopened()
    told = again.db.execute(named()["all_events"]).fetchall()
    kept = [event_of(row).then for row in told if event_of(row).kind.value == "touch"]
    assert kept == thens
    assert again.faults() == []


def test_a_fixed_split_draws_no_lot(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, daily_cap=10_000, variants=Split.FIXED)
    desk.take(rows(*(f"新{n}" for n in range(40))))
    firsts = {first_of(desk, contact) for contact in range(1, 41)}
    done = sent(verbs.send(desk.db, desk.shift, moment(), 1, "hello"))
    assert firsts == {"a", "b"}
    assert (done.event.then.lot, done.event.then.drawn) == (None, ())


def test_evidence_is_that_of_the_open_version_and_the_present_text(desk: Desk) -> None:
    write_to(desk, MIXED)
    digest = SOP.contents["hello"].scripts[0].digest
    assert evidence_of(desk.db, "hello", "1.0") == {("a", digest): Evidence(5, 1, 1, 0, 1)}
    assert evidence_of(desk.db, "hello", "2.0") == {}


def test_only_the_months_that_are_asked_for_count(desk: Desk) -> None:
    contacts = write_to(desk, [Reaction.POSITIVE, None])
    later = moment(MONDAY + 31)
    sent(verbs.send(desk.db, desk.shift, later, contacts[0], "hello", "b"))
    verbs.react(desk.db, desk.shift, later, contacts[0], Reaction.REJECTING, {"reply": "later"})
    march, april = Months(month_of(MONDAY), month_of(MONDAY)), Months(*[month_of(later.day)] * 2)
    assert the_one(review(desk.db, desk.shift.sop)).evidence.sends == 3
    assert the_one(review(desk.db, desk.shift.sop, None, march)).evidence == Evidence(2, 0, 1)
    assert the_one(review(desk.db, desk.shift.sop, None, april)).evidence.rejecting == 1
    assert review(desk.db, desk.shift.sop, None, Months(0, 9)) == ()
    told = [reply.words["reply"] for reply in replies(desk.db, "hello", "1.0", months=april)]
    assert told == ["later"]
    assert desk.faults() == []


@pytest.mark.parametrize(("later", "way"), [(0, Way.FALLING), (7, Way.LEVEL), (8, Way.FALLING)])
def test_trend_leaves_out_sends_that_are_too_young_to_be_answered(
    desk: Desk, later: int, way: Way
) -> None:
    """Eighty old sends as good as each other, then sixty of today without an answer yet."""
    good: list[Reaction | None] = [Reaction.FRIENDLY, None]
    write_to(desk, good * 40)
    young: list[Reaction | None] = [None] * 60
    contacts = write_to_on(desk, young, MONDAY + 7)
    assert contacts
    today = {0: None, 7: MONDAY + 7, 8: MONDAY + 14}[later]
    assert trend_of(desk.db, "hello", "1.0", SOP.verdicts, today=today).way is way


def write_to_on(desk: Desk, reactions: Sequence[Reaction | None], day: int) -> list[int]:
    before = int(desk.one("SELECT COALESCE(MAX(contact), 0) FROM event"))
    desk.take(rows(*(f"人{before + n}" for n in range(len(reactions)))))
    contacts = [before + n + 1 for n in range(len(reactions))]
    for contact in contacts:
        sent(verbs.send(desk.db, desk.shift, moment(day), contact, "hello", "a"))
    return contacts
