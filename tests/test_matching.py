"""Whether a row is somebody who is on the desk: a table of pairs, and who a refusal covers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from store import verbs
from store.connection import transaction
from store.known_people import People, people_like
from store.matching import Several, match, refused_alias
from store.row_profiles import profile_of_row
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row

Told = dict[str, Any]
PHONE, OTHER_PHONE = "13800000001", "13900000002"

SAME: dict[str, tuple[Told, Told]] = {
    "name alone": ({}, {}),
    "name, and new data": ({}, {"phone": PHONE, "company": "新禾", "email": "a@b.cn"}),
    "external id, other name": (
        {"external_id": "wmAAAA01"},
        {"name": "伟", "external_id": "wmAAAA01"},
    ),
    "external id, other phone": (
        {"external_id": "wmAAAA01", "phone": PHONE},
        {"external_id": "wmAAAA01", "phone": OTHER_PHONE},
    ),
    "external id before chat id": (
        {"external_id": "wmAAAA01", "handle": "zw"},
        {"external_id": "wmAAAA01", "handle": "zhangwei"},
    ),
    "chat id, other name": ({"handle": "zw"}, {"name": "伟", "handle": "zw"}),
    "phone, other name": ({"phone": PHONE}, {"name": "伟", "phone": PHONE}),
    "phone written otherwise": ({"phone": PHONE}, {"phone": "+86 138-0000-0001"}),
    "name and email": ({"email": "a@b.cn"}, {"email": "a@b.cn", "phone": PHONE}),
}
APART: dict[str, tuple[Told, Told]] = {
    "other name": ({}, {"name": "张玮"}),
    "other external id": ({"external_id": "wmAAAA01"}, {"external_id": "wmAAAA02"}),
    "other external id, same phone": (
        {"external_id": "wmAAAA01", "phone": PHONE},
        {"external_id": "wmAAAA02", "phone": PHONE},
    ),
    "other external id, same chat id": (
        {"external_id": "wmAAAA01", "handle": "zw"},
        {"external_id": "wmAAAA02", "handle": "zw"},
    ),
    "other chat id": ({"handle": "zw"}, {"handle": "zw2"}),
    "other chat id, same phone": (
        {"handle": "zw", "phone": PHONE},
        {"handle": "zw2", "phone": PHONE},
    ),
    "other phone": ({"phone": PHONE}, {"phone": OTHER_PHONE}),
    "other email": ({"email": "a@b.cn"}, {"email": "b@b.cn"}),
    "other company": ({"company": "新禾"}, {"company": "云链"}),
    "added on another day": ({"added": MONDAY}, {"added": MONDAY - 1}),
    "name in other letters": ({"name": "Ann"}, {"name": "ann"}),
    "zero-width letter in the name": ({"name": "小明"}, {"name": "小明\u200b"}),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def found(desk: Desk, told: Told, of_this_file: tuple[int, ...] = ()) -> int | None:
    profile = profile_of_row(row(**told))
    return match(people_for(desk, profile), profile, of_this_file)


def people_for(desk: Desk, profile: dict[str, str]) -> People:
    """Whom a row may be about."""
    with transaction(desk.db):
        return people_like(desk.db, profile)


@pytest.mark.parametrize("case", SAME)
def test_row_is_the_known_contact(desk: Desk, case: str) -> None:
    known, told = SAME[case]
    contact = desk.add(**known)
    assert found(desk, told) == contact


@pytest.mark.parametrize("case", APART)
def test_row_is_somebody_new(desk: Desk, case: str) -> None:
    known, told = APART[case]
    desk.add(**known)
    assert found(desk, told) is None


@pytest.mark.parametrize("case", APART)
def test_row_finds_its_own_contact_among_two(desk: Desk, case: str) -> None:
    known, told = APART[case]
    both = [desk.add(**known), desk.add(**told)]
    assert [found(desk, known), found(desk, told)] == both


def test_two_people_of_this_file_behind_one_phone_stay_two(desk: Desk) -> None:
    first = desk.add("张伟", phone=PHONE)
    assert found(desk, {"name": "李芳", "phone": PHONE}, (first,)) is None
    assert found(desk, {"name": "张伟", "phone": PHONE}, (first,)) == first


def test_third_name_behind_a_phone_of_two_is_somebody_new(desk: Desk) -> None:
    desk.take([row("张伟", 2, phone=PHONE), row("李芳", 3, phone=PHONE)])
    assert found(desk, {"name": "王建国", "phone": PHONE}) is None


def test_email_tells_two_of_one_name_apart(desk: Desk) -> None:
    desk.add("张伟", company="新禾")
    with_email = desk.add("张伟", company="云链", email="a@b.cn")
    assert found(desk, {"email": "a@b.cn", "title": "经理"}) == with_email


def test_row_that_fits_several_is_given_to_none(desk: Desk) -> None:
    first = desk.add("张伟", company="新禾")
    desk.add("张伟", company="云链")
    with pytest.raises(Several):
        found(desk, {"title": "经理"})
    assert found(desk, {}) == first


def test_of_two_that_fit_the_one_that_holds_all_comes_first(desk: Desk) -> None:
    known = [
        {"phone": PHONE, "external_id": "wmAAAA01", "company": "新禾"},
        {"phone": PHONE, "external_id": "wmAAAA02", "company": "云链"},
    ]
    contacts = [desk.add(**told) for told in known]
    told = [{"phone": PHONE, "company": company} for company in ("新禾", "云链")]
    assert [found(desk, one) for one in told] == contacts


ALIASES: dict[str, tuple[Told, bool]] = {
    "same phone, other nickname": ({"name": "阿伟", "phone": "+86 13800000001"}, True),
    "same chat id": ({"name": "阿伟", "handle": "zw"}, True),
    "same external id": ({"name": "阿伟", "external_id": "wmAAAA01"}, True),
    "same name only": ({"name": "张伟"}, False),
    "somebody else's phone": ({"name": "阿伟", "phone": OTHER_PHONE}, False),
    "no phone at all": ({"name": "阿伟", "phone": "无"}, False),
}


@pytest.mark.parametrize("case", ALIASES)
def test_refusal_covers_the_person_and_not_the_name(desk: Desk, case: str) -> None:
    told, refused = ALIASES[case]
    contact = desk.add("张伟", phone=PHONE, handle="zw", external_id="wmAAAA01")
    desk.add("李芳", phone=OTHER_PHONE)
    verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")
    profile = profile_of_row(row(**told))
    assert refused_alias(people_for(desk, profile), profile) is refused
