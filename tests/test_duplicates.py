"""Who may be one person: scores by a table, candidates without comparing everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.duplicates import Alike, called, chosen_together, company_core
from scripts.naming import is_surname
from store import merging
from store.duplicates import duplicates, sure_pairs
from store.exchange.contact_rows import ContactRow
from store.phones import phone_key
from tests.desk_kit import Desk, moment, new_desk, row

PHONE, OTHER = "138 0000 0001", "13900000002"
WM1, WM2 = "wmAAAAAAAAAA1", "wmBBBBBBBBBB2"

SURELY, PERHAPS, NO = "surely", "perhaps", "no"
PAIRS = {
    "phone written otherwise, same name": (
        row("张伟", phone=PHONE),
        row("张伟", phone="+86 13800000001", email="b@b.cn", company="新禾"),
        SURELY,
    ),
    "same phone, name in traditional characters": (
        row("张伟", phone=PHONE, handle="a1"),
        row("张偉", phone=PHONE),
        SURELY,
    ),
    "same phone, name in pinyin": (
        row("张伟", phone=PHONE, company="a"),
        row("zhang wei", phone=PHONE),
        SURELY,
    ),
    "same phone, name behind a remark": (
        row("A-小张的店", remark="张伟-新禾采购", phone=PHONE),
        row("张伟", phone=PHONE, email="z@w.cn"),
        SURELY,
    ),
    "accents or none, same company": (
        row("Tomáš Nowak", company="Rovello Valvole Srl", handle="tn"),
        row("Nowak Tomas", company="Rovello Valvole", phone=PHONE),
        PERHAPS,
    ),
    "two people of one company, remarks with its name": (
        row("Tomáš Nowak", remark="Tomáš Nowak - Rovello", company="Rovello Valvole Srl"),
        row("Paul Lefèvre", remark="Paul Lefèvre - Rovello", company="Rovello Valvole Srl"),
        NO,
    ),
    "two people of one company, remarks of nothing else": (
        row("Ann Bell", remark="Rovello", company="Rovello Valvole Srl"),
        row("Ben Cole", remark="Rovello", company="Rovello Valvole Srl"),
        NO,
    ),
    "two people with a double name": (
        row("Jean-Luc Petit", company="Rovello Valvole Srl"),
        row("Jean-Paul Gros", company="Rovello Valvole Srl"),
        NO,
    ),
    "same phone, 老张": (row("张伟", phone=PHONE), row("老张", phone=PHONE), PERHAPS),
    "same phone, different names": (row("张伟", phone=PHONE), row("李芳", phone=PHONE), PERHAPS),
    "same phone and name, different external ids": (
        row("张伟", phone=PHONE, external_id=WM1),
        row("张伟", phone=PHONE, external_id=WM2),
        PERHAPS,
    ),
    "same email and name": (
        row("张伟", email="z@w.cn", phone=PHONE),
        row("张伟", email="Z@w.cn".lower(), phone=OTHER),
        SURELY,
    ),
    "same email, different names": (
        row("张伟", email="sales@w.cn"),
        row("李芳", email="sales@w.cn"),
        PERHAPS,
    ),
    "same name and company": (
        row("张伟", company="苏州新禾精密有限公司", phone=PHONE),
        row("张伟", company="新禾精密", handle="zw"),
        PERHAPS,
    ),
    "company in the remark": (
        row("zhang wei", remark="张伟-新禾采购", handle="zw"),
        row("张偉", company="苏州新禾精密有限公司", phone=PHONE),
        PERHAPS,
    ),
    "老张 of the same company": (
        row("老张", remark="老张-新禾", handle="zw"),
        row("张伟", company="苏州新禾精密", phone=PHONE),
        PERHAPS,
    ),
    "same name and company, another phone": (
        row("张伟", company="新禾精密", phone=PHONE),
        row("张伟", company="新禾精密", phone=OTHER),
        PERHAPS,
    ),
    "same name and company, another phone and external id": (
        row("张伟", company="新禾精密", phone=PHONE, external_id=WM1),
        row("张伟", company="新禾精密", phone=OTHER, external_id=WM2),
        NO,
    ),
    "the name alone": (row("张伟", phone=PHONE), row("张伟", handle="zw"), NO),
    "only the city in common": (
        row("张伟", company="苏州新禾精密", phone=PHONE),
        row("张伟", company="苏州云链科技", handle="zw"),
        NO,
    ),
    "only the company in common": (
        row("张伟", company="新禾精密"),
        row("李芳", company="新禾精密"),
        NO,
    ),
    "row numbers are no ids": (row("张伟", external_id="7"), row("李芳", external_id="7"), NO),
    "two short names of one company": (
        row("老张", remark="老张-新禾", handle="a"),
        row("小张", remark="小张-新禾", phone=PHONE),
        PERHAPS,
    ),
}


def put(desk: Desk, *people: ContactRow) -> None:
    """Puts people on the desk who an import would have recognised as one."""
    for line, who in enumerate(people, 2):
        assert desk.take([row(f"某人{line}", line)]).new == 1
        known = (who.name, who.remark, who.phone, phone_key(who.phone), who.handle)
        ids = (who.external_id, who.company, who.email)
        desk.db.execute(
            "UPDATE contact SET name = ?, remark = ?, phone = ?, phone_key = ?, handle = ?,"
            " external_id = ?, company = ?, email = ? WHERE id = ?",
            (*known, *ids, desk.one("SELECT MAX(id) FROM contact")),
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


@pytest.mark.parametrize("case", PAIRS)
def test_pair_is_told_as_it_is(desk: Desk, case: str) -> None:
    one, two, expected = PAIRS[case]
    put(desk, one, two)
    found = duplicates(desk.db)
    assert [pair.alike.value for pair in found] == ([] if expected == NO else [expected])
    for pair in found:
        assert (pair.one, pair.two) == (1, 2)
        assert 50 <= pair.score <= 100
        assert pair.because
        assert (pair.score >= 90) == (pair.alike is Alike.SURELY)


CALLED = {
    "a name": ("张伟", ("张伟",), "", ()),
    "name and company": ("张伟-新禾采购", ("张伟",), "", ("新禾采购",)),
    "company and name": ("新禾采购-张伟", ("张伟",), "", ("新禾采购",)),
    "a title behind the name": ("张伟经理", ("张伟",), "", ()),
    "a surname and a title": ("张总", (), "张", ()),
    "老 and a surname": ("老张", (), "张", ()),
    "a Latin name": ("zhang wei", ("zhang wei",), "", ()),
    "a Latin name and a phone": ("zhang wei 13800000001", ("zhang wei",), "", ()),
    "blanks between parts": ("张伟 新禾 采购", ("张伟",), "", ("新禾", "采购")),
    "a nickname": ("云淡风轻", ("云淡风轻",), "", ()),
    "signs": ("🌸🌸", (), "", ("🌸🌸",)),
    "nothing": ("", (), "", ()),
}


@pytest.mark.parametrize("case", CALLED)
def test_text_says_who_somebody_is(case: str) -> None:
    text, names, short, rest = CALLED[case]
    told = called(text, is_surname)
    assert (told.names, told.short, told.rest) == (names, short, rest)


COMPANIES = {
    "place, trade and legal form": ("苏州新禾精密有限公司", "新禾"),
    "already short": ("新禾", "新禾"),
    "a company that is only a trade": ("科技", "科技"),
    "Latin": ("international works co., ltd.", "internationalworks"),
    "a job behind it": ("新禾采购", "新禾"),
}


@pytest.mark.parametrize("case", COMPANIES)
def test_company_is_what_tells_it_apart(case: str) -> None:
    text, core = COMPANIES[case]
    assert company_core(text) == core


def test_office_phone_of_many_is_not_told(desk: Desk) -> None:
    put(
        desk,
        *(row(name, phone="05120000001") for name in ("张伟", "李芳", "王建国", "陈静", "赵敏")),
    )
    assert duplicates(desk.db) == ()


def test_large_group_compares_only_people_of_one_name(desk: Desk) -> None:
    people = [
        row(f"{sure}{name}", phone="05120000001") for sure in "张李王赵陈" for name in "伟芳军"
    ]
    put(desk, *people, row("张偉", phone="05120000001"))
    assert [(p.one, p.two, p.alike.value) for p in duplicates(desk.db)] == [(1, 16, "surely")]


def test_pair_kept_apart_is_not_told_again_also_after_a_merge(desk: Desk) -> None:
    put(desk, *(row("张伟", phone=PHONE, external_id=e) for e in (WM1, WM2, "")))
    assert len(duplicates(desk.db)) == 3
    merging.keep_apart(desk.db, desk.shift, moment(), 1, 2)
    assert {(p.one, p.two) for p in duplicates(desk.db)} == {(1, 3), (2, 3)}


def test_kept_apart_holds_for_the_merged_person(desk: Desk) -> None:
    desk.take([row("张伟", 2, phone=PHONE), row("李芳", 3), row("王军", 4, phone=OTHER)])
    merging.keep_apart(desk.db, desk.shift, moment(), 1, 3)
    merging.merge(desk.db, desk.shift, moment(), 2, 3)
    desk.db.execute("UPDATE contact SET phone_key = '1'")
    assert duplicates(desk.db) == ()


def test_sure_pairs_never_join_people_of_two_external_ids_by_a_third(desk: Desk) -> None:
    put(desk, *(row("张伟", phone=PHONE, external_id=e) for e in (WM1, "", WM2)))
    assert sure_pairs(desk.db, duplicates(desk.db)) == [(1, 2)]
    assert chosen_together([(1, 2), (2, 3)], {1: "a", 3: "b"}) == [(1, 2)]
