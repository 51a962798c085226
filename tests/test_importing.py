"""Imports: nothing twice, nobody un-refused, all or nothing, spread over working days."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.nouns import Kind, Reaction, Status
from rules.wording import Sentence
from store import verbs
from store.exchange.contact_rows import ContactRow, RejectedRow
from store.exchange.faults import FileRefused
from store.importing import Imported, Mode, import_contacts
from store.profiles import profile_of
from tests.desk_kit import MONDAY, SOURCE, Desk, blocked, moment, new_desk, row, rows, sent, shift

FRIDAY = MONDAY + 4
NEXT_MONDAY = MONDAY + 7
PHONE = "13800000001"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def counts(done: Imported) -> tuple[int, int, int, int]:
    """New, changed, same, rejected."""
    return done.new, done.changed, done.same, len(done.rejected)


PEOPLE = [
    row("张伟", 2, phone=PHONE, company="新禾", tags=("制造业", "展会"), extra={"城市": "苏州"}),
    row("李芳", 3, external_id="wmAAAA01", stage="线索"),
    row("王建国", 4, stage="没有的阶段"),
    row("前台", 5, phone=PHONE),
    row("张伟", 6, phone=PHONE, company="云链"),
    row("李芳", 7, external_id="wmAAAA01", remark="另一个备注"),
]


def test_same_file_twice_changes_nothing(desk: Desk) -> None:
    assert counts(desk.take(PEOPLE)) == (4, 0, 0, 2)
    before = desk.events()
    for mode in (Mode.UPDATE, Mode.APPEND, Mode.UPDATE):
        again = desk.take(PEOPLE, mode=mode)
        assert counts(again) == (0, 0, 4, 2)
        assert again.event is None
    assert desk.events() == before
    assert desk.faults() == []


def test_a_second_column_of_stages_is_kept_beside_a_stage_nobody_knows(desk: Desk) -> None:
    file = [row("张伟", 2, stage="没有的阶段", extra={"stage": "另一列"})]
    desk.take(file)
    known = json.loads((profile_of(desk.db, 1) or {})["extra"])
    assert known == {"stage": "另一列", "stage (2)": "没有的阶段"}
    assert counts(desk.take(file)) == (0, 0, 1, 0)


EVERYBODY = [
    {"name": "张伟", "phone": PHONE, "external_id": "wmAAAA01", "company": "新禾"},
    {"name": "张伟", "phone": "13900000002", "external_id": "wmAAAA02", "company": "云链"},
    {"name": "前台", "phone": PHONE, "external_id": "", "company": "新禾"},
    {"name": "李芳", "phone": "", "external_id": "wmAAAA03", "company": "新禾"},
    {"name": "Ann", "phone": "", "external_id": "", "company": ""},
]


@st.composite
def told_rows(draw: st.DrawFn) -> ContactRow:
    """A row about one of a few people; it may leave out what it does not know."""
    person = dict(draw(st.sampled_from(EVERYBODY)))
    for field in ("phone", "company"):
        if draw(st.booleans()):
            person[field] = ""
    remark = draw(st.sampled_from(["", "", "老客户", "朋友"]))
    return row(line=2, remark=remark, **person)


@settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    st.lists(told_rows(), max_size=6),
    st.lists(told_rows(), min_size=1, max_size=6),
    st.sampled_from(Mode),
)
def test_any_file_twice_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[ContactRow],
    file: list[ContactRow],
    mode: Mode,
) -> None:
    desk = new_desk(tmp_path_factory.mktemp("desk"))
    desk.db.execute("PRAGMA synchronous = OFF")
    desk.take(before)
    first = desk.take(file, mode=mode)
    again = desk.take(file, mode=mode)
    assert (again.new, again.changed) == (0, 0)
    assert len(again.rejected) == len(first.rejected)
    assert desk.faults() == []
    desk.db.close()


def test_a_row_means_its_own_name_before_the_phones_other_holder(desk: Desk) -> None:
    file = [row("前台", 2), row("前台", 3, phone=PHONE), row("张伟", 4, phone=PHONE)]
    assert counts(desk.take(file)) == (2, 0, 0, 1)
    assert counts(desk.take(file)) == (0, 0, 2, 1)


def test_a_row_that_stands_twice_means_one_person_under_another_name_too(desk: Desk) -> None:
    """Append leaves the desk's name, so the second row must not find somebody new."""
    desk.take([row("前台", 2, phone=PHONE)])
    told = {"phone": PHONE, "external_id": "wmAAAA01", "company": "新禾"}
    file = [row("张伟", 2, **told), row("张伟", 3, **told), row("前台", 4, phone=PHONE)]
    first = desk.take(file, mode=Mode.APPEND)
    assert counts(first) == (0, 0, 2, 1)
    assert counts(desk.take(file, mode=Mode.APPEND)) == counts(first)


def test_update_completes_and_append_leaves_as_it_is(desk: Desk) -> None:
    contact = desk.add("张伟", company="新禾", tags=("展会",), extra={"城市": "苏州"})
    file = [
        row("张伟", 2, title="经理", tags=("老客户", "展会"), extra={"行业": "机加工"}),
        row("李芳", 3),
    ]
    assert counts(desk.take(file, mode=Mode.APPEND)) == (1, 0, 1, 0)
    known = profile_of(desk.db, contact)
    assert known is not None
    assert (known["title"], known["tags"]) == ("", "展会")
    assert counts(desk.take(file, mode=Mode.UPDATE)) == (0, 1, 1, 0)
    known = profile_of(desk.db, contact)
    assert known is not None
    assert (known["title"], known["tags"], known["company"]) == ("经理", "展会,老客户", "新禾")
    assert json.loads(known["extra"]) == {"城市": "苏州", "行业": "机加工"}
    assert desk.faults() == []


def test_file_moves_no_stage_no_owner_and_no_plan_of_who_is_known(desk: Desk) -> None:
    contact = desk.add("张伟", stage="sql", owner="op2")
    sent(verbs.send(desk.db, shift("op2"), moment(), contact))
    before = desk.state(contact)
    desk.take([row("张伟", 2, company="新禾", stage="lead", owner="op1")])
    after = desk.state(contact)
    assert (after.stage, after.owner, after.step, after.due) == (
        before.stage,
        before.owner,
        before.step,
        before.due,
    )


MODES = pytest.mark.parametrize("mode", Mode, ids=str)


@MODES
def test_refused_contact_stays_refused(desk: Desk, mode: Mode) -> None:
    contact = desk.add("张伟", phone=PHONE)
    verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")
    file = [row("张伟", 2, phone=PHONE, company="新禾", tags=("召回",)), row("李芳", 3)]
    done = desk.take(file, mode=mode)
    assert (done.new, done.refused_kept) == (1, 1)
    assert desk.state(contact).status is Status.DO_NOT_CONTACT
    assert desk.faults() == []


@MODES
def test_refused_contact_under_another_name_is_not_written_to(desk: Desk, mode: Mode) -> None:
    contact = desk.add("张伟", phone=PHONE, handle="zw")
    verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")
    file = [
        row("阿伟", 2, phone=f"+86{PHONE}", handle="zw2"),
        row("伟哥", 3, handle="zw", external_id="wmAAAA01"),
        row("李芳", 4),
    ]
    done = desk.take(file, mode=mode)
    statuses = dict(desk.db.execute("SELECT contact, status FROM contact_state"))
    active = [c for c, status in statuses.items() if status == Status.ACTIVE]
    assert active == [desk.one("SELECT id FROM contact WHERE name = '李芳'")]
    assert done.refused_kept == 2
    for alias in statuses.keys() - set(active):
        told = verbs.send(desk.db, desk.shift, moment(), alias, "talk")
        assert blocked(told) == "do_not_contact"


def test_known_contact_that_gets_the_phone_of_a_refused_one_is_refused(desk: Desk) -> None:
    refused = desk.add("张伟", phone=PHONE, handle="zw")
    verbs.refuse(desk.db, desk.shift, moment(), refused, "别再发了")
    known = desk.add("阿伟", external_id="wmAAAA01")
    done = desk.take([row("阿伟", 2, external_id="wmAAAA01", handle="zw3", phone=PHONE)])
    assert (done.changed, done.refused_kept) == (1, 1)
    assert desk.state(known).status is Status.DO_NOT_CONTACT


def test_refused_newcomer_begins_at_the_first_step_when_resumed(desk: Desk) -> None:
    refused = desk.add("张伟", phone=PHONE, handle="zw")
    verbs.refuse(desk.db, desk.shift, moment(), refused, "别再发了")
    alias = desk.add("阿伟", phone=PHONE, handle="zw2")
    verbs.resume(desk.db, desk.shift, moment(FRIDAY), alias, "是另一个人")
    assert (desk.state(alias).step, desk.state(alias).due) == ("one", FRIDAY)
    sent(verbs.send(desk.db, desk.shift, moment(FRIDAY), alias))


def test_newcomers_are_spread_over_working_days_under_the_cap(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, daily_cap=3)
    names = [f"客户{n}" for n in range(10)]
    desk.take(rows(*names), moment(FRIDAY))
    due = Counter(day for (day,) in desk.db.execute("SELECT due FROM contact_state"))
    assert due == {FRIDAY: 3, NEXT_MONDAY: 3, NEXT_MONDAY + 1: 3, NEXT_MONDAY + 2: 1}


def test_spreading_counts_what_is_planned_and_sent_and_every_owner_alone(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, daily_cap=3)
    desk.take(rows("一一", "二二"))
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    desk.take([row("三三", 2), row("四四", 3), row("五五", 4, owner="op2")])
    due = {name: desk.state(c).due for c, name in desk.db.execute("SELECT id, name FROM contact")}
    assert due["三三"] == MONDAY
    assert due["四四"] == MONDAY + 1
    assert due["五五"] == MONDAY


def test_stage_is_known_by_id_name_and_other_words(desk: Desk) -> None:
    told = {"潜客": "lead", "线索": "lead", "MQL": "mql", "mql": "mql", "成单": "customer"}
    for n, (word, stage) in enumerate(told.items()):
        contact = desk.add(f"客户{n}", stage=word)
        sequence = "leads" if stage == "lead" else "rest"
        assert (desk.state(contact).stage, desk.state(contact).sequence) == (stage, sequence)


def test_unknown_stage_is_a_lead_and_the_word_is_kept(desk: Desk) -> None:
    contact = desk.add("张伟", stage="高净值", extra={"城市": "苏州"})
    known = profile_of(desk.db, contact)
    assert known is not None
    assert desk.state(contact).stage == "lead"
    assert json.loads(known["extra"]) == {"城市": "苏州", "stage": "高净值"}


def test_dry_run_tells_all_and_changes_nothing(desk: Desk) -> None:
    desk.add("张伟", phone=PHONE, company="新禾")
    before = desk.one("SELECT COUNT(*) || MAX(hash) FROM event")
    told = desk.take(PEOPLE, dry_run=True)
    assert counts(told) == (3, 1, 0, 2)
    assert told.event is None
    assert desk.one("SELECT COUNT(*) || MAX(hash) FROM event") == before
    assert desk.faults() == []
    assert counts(desk.take(PEOPLE)) == counts(told)


class PulledPlug(Exception):
    """What a reader may raise."""


@pytest.mark.parametrize(
    "fault",
    [
        FileRefused(Path("people.csv"), "{file} ends within a quotation"),
        PulledPlug(),
        KeyboardInterrupt(),
    ],
    ids=["broken file", "unforeseen", "interrupted"],
)
def test_reader_that_fails_in_the_middle_leaves_nothing(desk: Desk, fault: BaseException) -> None:
    desk.add("张伟")
    before = desk.events()

    def reader() -> Iterator[ContactRow]:
        yield row("张伟", 2, company="新禾")
        yield row("李芳", 3)
        raise fault

    with pytest.raises(type(fault)):
        desk.take(reader())
    assert not desk.db.in_transaction
    assert desk.events() == before
    assert desk.faults() == []
    assert counts(desk.take(rows("李芳"))) == (1, 0, 0, 0)


def test_rejected_rows_of_the_reader_are_told_with_the_rest(desk: Desk) -> None:
    broken = RejectedRow(3, Sentence("a cell too many"), ("x",))
    done = desk.take([row("张伟", 2), broken])
    assert (done.new, done.rejected) == (1, (broken,))


def test_contradiction_within_a_file_is_rejected_with_the_line(desk: Desk) -> None:
    done = desk.take([row("张伟", 2, phone=PHONE), row("张伟", 3, phone=PHONE, company="新禾")])
    assert counts(done) == (1, 0, 0, 1)
    assert done.rejected[0].line == 3
    assert str(done.rejected[0].reason) == "the same person as line 2, with other data"


def test_row_that_could_be_several_people_is_rejected(desk: Desk) -> None:
    desk.take([row("张伟", 2, company="新禾"), row("张伟", 3, company="云链")])
    done = desk.take([row("张伟", 2, title="经理")])
    assert counts(done) == (0, 0, 0, 1)


def test_file_without_anything_new_writes_no_event(desk: Desk) -> None:
    desk.take(rows("张伟"))
    before = desk.events()
    assert desk.take([]).event is None
    assert desk.take(rows("张伟")).event is None
    assert desk.events() == before


def test_import_names_its_file_and_its_people_point_to_it(desk: Desk) -> None:
    name = b"\xbf\xcd\xbb\xa7.csv".decode("utf-8", "surrogateescape")
    event = desk.take(rows("张伟"), source={"file": name, "sha256": "ab"}).event
    assert event is not None
    assert event.kind is Kind.IMPORT
    assert event.text["sha256"] == "ab"
    assert desk.one("SELECT ref FROM event WHERE kind = 'added'") == event.seq


def test_progress_is_told_now_and_then(desk: Desk) -> None:

    told: list[int] = []
    people = rows(*(f"客户{n}" for n in range(1100)))
    import_contacts(desk.db, desk.shift, moment(), people, SOURCE, progress=told.append)
    assert told == [500, 1000]


def test_reactions_outlive_an_update(desk: Desk) -> None:
    contact = desk.add("张伟")
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    verbs.react(desk.db, desk.shift, moment(), contact, Reaction.EXPLORING, {"interest": "排产"})
    desk.take([row("张伟", 2, company="新禾")])
    known = profile_of(desk.db, contact)
    assert known is not None
    assert (known["interest"], desk.state(contact).exploring) == ("排产", 1)
    assert desk.faults() == []
