"""Finding people by other forms of what is known: remarks, phones, accents, words in any order."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.people import find
from store.search_forms import other_beginnings, words_of
from store.search_keys import folded, name_keys, pinyin
from store.search_slips import slips
from tests.desk_kit import Desk, new_desk, row

PEOPLE = [
    row("张总-ABC公司", 2, phone="13812340001"),
    row("A李四", 3),
    row("🌹单雪🌹", 4, company="杭州云链"),
    row("长孙·明", 5, remark="李厂长"),
    row("陳怡君", 6, phone="0922333444"),
    row("Tom Baker", 7, company="Acme Steel", phone="+44 7700 900321"),
    row("María García-López", 8),
    row("Nguyễn Văn Đức", 9),
    row("Pat O'Brien", 10),
    row("SteveWong", 11),
    row("黄晓明", 12),
    row("黃曉明", 13),
    row("王行长", 14),
    row("김민수", 15),
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = new_desk(tmp_path)
    desk.take(PEOPLE)
    return desk


FIRST = {
    "two words of a remark, as initials and letters": ("zz abc", "张总-ABC公司"),
    "a name and its phone": ("13812340001张总", "张总-ABC公司"),
    "a name and the end of its phone": ("张总 0001", "张总-ABC公司"),
    "a phone in groups": ("138-1234-0001", "张总-ABC公司"),
    "a phone with its country": ("+86 138 1234 0001", "张总-ABC公司"),
    "full-width digits": ("１３８１２３４", "张总-ABC公司"),
    "full-width letters": ("ＡＢＣ", "张总-ABC公司"),
    "a slip behind a sorting letter": ("lsii", "A李四"),
    "a surname's reading behind an emoji": ("shanxue", "🌹单雪🌹"),
    "a name with the company": ("单雪 云链", "🌹单雪🌹"),
    "a title's reading": ("wanghangzhang", "王行长"),
    "n for ng, as it is spoken": ("里斯", "A李四"),
    "a phone of another country without it": ("07700900321", "Tom Baker"),
    "a phone of another country with it": ("886922333444", "陳怡君"),
    "family name first": ("baker tom", "Tom Baker"),
    "Latin initials": ("tb", "Tom Baker"),
    "a later word of the company": ("steel", "Tom Baker"),
    "without accents": ("maria garcia", "María García-López"),
    "without a letter's stroke": ("duc", "Nguyễn Văn Đức"),
    "other accents": ("GARCIÀ", "María García-López"),
    "an apostrophe": ("o'brien", "Pat O'Brien"),
    "a word within a word": ("wong", "SteveWong"),
    "these very characters": ("黃曉明", "黃曉明"),
    "the other characters": ("黄晓明", "黄晓明"),
    "Korean": ("김민", "김민수"),
}


@pytest.mark.parametrize("case", FIRST)
def test_other_form_finds_this_person_first(desk: Desk, case: str) -> None:
    text, name = FIRST[case]
    assert [person.name for person in find(desk.db, text)][:1] == [name]


NOBODY = {
    "words of two people": "baker garcia",
    "more words than are looked for": "t b a c m e",
    "a phone of nobody": "+49 30 123456",
    "marks alone": "-- ()",
}


@pytest.mark.parametrize("case", NOBODY)
def test_words_that_fit_nobody_together_find_nobody(desk: Desk, case: str) -> None:
    assert find(desk.db, NOBODY[case]) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ｍüller", "muller"), ("Đức", "duc"), ("Straße", "strasse"), ("張 偉", "张伟")],
)
def test_spellings_of_one_text_are_folded_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other) == folded(folded(one))


def test_what_sorts_a_contact_is_no_beginning_of_the_name() -> None:
    heads, _ = name_keys("AAA王五")
    assert {"王五", "wangwu", "ww", "aaa王五"} <= heads


def test_readings_of_titles_and_places() -> None:
    assert pinyin("长沙王行长") == ["chang", "sha", "wang", "hang", "zhang"]


def test_a_sound_that_many_speak_alike_is_a_slip() -> None:
    meant = set(slips("张山"))
    assert {"zhangshan", "zhangsan", "zangshan", "zhanshan"} <= meant
    assert "zansan" not in meant, "one slip, not two"


def test_words_of_a_query() -> None:
    assert words_of("13812340001张总, ABC") == ("13812340001", "张总", "abc")
    assert list(other_beginnings("o'brien")) == ["1obrien", "2obrien"]
    assert list(other_beginnings("zhang")) == []
