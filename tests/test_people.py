"""Finding anybody by a part of what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.nouns import Status
from store import undoing, verbs
from store.people import find, resolve
from tests.desk_kit import Desk, moment, new_desk, row, sent

PEOPLE = [
    row("张三", 2, phone="13800138000", company="苏州新禾精密"),
    row("张伟", 3, remark="展会认识的老张", external_id="wmABCdef0123456789ABCdef0123456789"),
    row("李三丰", 4, handle="lisanfeng88", email="Li@Example.com"),
    row("单雄信", 5),
    row("曾敏", 6, phone="+8613912345678"),
    row("欧阳修", 7),
    row("长孙皇后", 8),
    row("Ann Lee", 9, company="International Precision Machinery Works Limited"),
    row("小明🌸", 10),
    row("100%_真", 11),
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = new_desk(tmp_path)
    desk.take(PEOPLE)
    return desk


def names(desk: Desk, text: str) -> list[str]:
    return [person.name for person in find(desk.db, text)]


FOUND = {
    "surname": ("张", {"张三", "张伟"}),
    "whole name": ("张三", {"张三"}),
    "given name": ("三", {"张三", "李三丰"}),
    "last character": ("丰", {"李三丰"}),
    "pinyin of the surname": ("zhang", {"张三", "张伟", "长孙皇后"}),
    "whole pinyin": ("zhangsan", {"张三"}),
    "pinyin with a blank": ("Zhang San", {"张三"}),
    "pinyin begun": ("zhangs", {"张三", "长孙皇后"}),
    "pinyin of the given name": ("sanfeng", {"李三丰"}),
    "initials": ("zs", {"张三", "长孙皇后"}),
    "initials from the middle": ("sf", {"李三丰"}),
    "surname shan, not dan": ("shanxiong", {"单雄信"}),
    "dan is no surname": ("danx", set()),
    "surname zeng, not ceng": ("zengmin", {"曾敏"}),
    "ceng is no surname": ("cengm", set()),
    "surname of two characters": ("ouyang", {"欧阳修"}),
    "zhangsun, not changsun": ("zhangsun", {"长孙皇后"}),
    "phone begun": ("138001", {"张三"}),
    "last four of the phone": ("8000", {"张三"}),
    "phone without its country": ("1391234", {"曾敏"}),
    "phone with its country": ("86139", {"曾敏"}),
    "remark": ("老张", {"张伟"}),
    "pinyin of the remark": ("zhanhui", {"张伟"}),
    "company": ("新禾", {"张三"}),
    "first word of a Latin name": ("ann", {"Ann Lee"}),
    "second word of a Latin name": ("LEE", {"Ann Lee"}),
    "company longer than a key": (
        "International Precision Machinery Works Limited",
        {"Ann Lee"},
    ),
    "chat id": ("lisanf", {"李三丰"}),
    "email in other letters": ("li@example", {"李三丰"}),
    "whole external id": ("wmABCdef0123456789ABCdef0123456789", {"张伟"}),
    "other external id of the same beginning": ("wmABCdef0123456789ABCdef9999", set()),
    "emoji": ("小明🌸", {"小明🌸"}),
    "percent sign is a letter": ("%", {"100%_真"}),
    "underline is a letter": ("_", {"100%_真"}),
    "percent within the name": ("100%", {"100%_真"}),
    "traditional characters": ("張偉", {"张伟"}),
    "traditional company": ("蘇州新禾", {"张三"}),
    "two letters exchanged": ("zhagnwei", {"张伟"}),
    "a letter too few": ("zhangwe", {"张伟"}),
    "a letter too few inside": ("zhngwei", {"张伟"}),
    "a letter too many": ("zhhangwei", {"张伟"}),
    "another letter": ("zhamgwei", {"张伟"}),
    "another character of the same sound": ("章伟", {"张伟"}),
    "a digit exchanged": ("13801038000", {"张三"}),
    "two slips are another name": ("zhmgwei", set()),
    "too short for a slip": ("zj", set()),
    "nothing": ("", set()),
    "blanks": (" \u3000", set()),
    "a NUL": ("张\x00三", {"张三"}),
    "half a surrogate pair": ("\ud83d", set()),
    "an attack": ("'; DROP TABLE contact; --", set()),
    "very much text": ("张" * 100_000, set()),
}


@pytest.mark.parametrize("case", FOUND)
def test_text_finds_these_people(desk: Desk, case: str) -> None:
    text, expected = FOUND[case]
    assert set(names(desk, text)) == expected


def test_whole_name_comes_first_with_full_score(desk: Desk) -> None:
    desk.take([row("张三丰", 2), row("张三", 3, company="另一家", phone="13700000000")])
    hits = find(desk.db, "张三")
    assert [h.score for h in hits[:2]] == [100, 100]
    assert hits[-1].name == "张三丰"
    assert hits[-1].score < 100


def test_who_was_written_to_last_comes_first(desk: Desk) -> None:
    desk.take([row(f"张一{n}", n) for n in range(30, 60)])
    late = find(desk.db, "张一55")[0].contact
    assert find(desk.db, "张", owner="op1")[0].contact != late
    sent(verbs.send(desk.db, desk.shift, moment(), late, "hello"))
    assert find(desk.db, "张", owner="op1")[0].contact == late
    assert find(desk.db, "张", owner="op2")[0].contact != late


def test_the_beginning_of_a_name_comes_before_its_inside(desk: Desk) -> None:
    desk.take([row("崔长林", 2, phone="13700000001"), row("王张", 3, phone="13700000002")])
    found = names(desk, "zhang")
    assert found.index("王张") > max(found.index("张三"), found.index("张伟"))
    assert found.index("崔长林") > max(found.index("张三"), found.index("张伟"))


def test_own_contacts_come_before_others_alike(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.take([row("张三", 2, company="甲", owner="op2"), row("张三", 3, company="乙")])
    assert [p.owner for p in find(desk.db, "张三", owner="op1")] == ["op1", "op2"]
    assert [p.owner for p in find(desk.db, "张三", owner="op2")] == ["op2", "op1"]


def test_everybody_is_found_once_and_at_most_so_many(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.take([row(f"张{n}", n, remark=f"张老{n}") for n in range(60)])
    hits = find(desk.db, "张", limit=25)
    assert len(hits) == len({h.contact for h in hits}) == 25


def test_refused_people_are_found_as_such(desk: Desk) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发了")
    assert find(desk.db, "张三")[0].status is Status.DO_NOT_CONTACT


def test_who_left_the_desk_with_an_undone_import_is_not_found(desk: Desk) -> None:
    undoing.undo(desk.db, desk.shift, moment())
    assert names(desk, "张") == []


def test_changed_name_is_found_and_the_old_one_is_not(desk: Desk) -> None:
    desk.take([row("赵六", 2, phone="13800138000")])
    assert names(desk, "zhaoliu") == ["赵六"]
    assert "张三" not in names(desk, "zhangsan")
    assert names(desk, "张三") == []


RESOLVED = {
    "an id": ("4", ["单雄信"]),
    "an exact name": ("张三", ["张三"]),
    "a text for one": ("新禾", ["张三"]),
    "a text for two": ("zs", ["张三", "长孙皇后"]),
    "nobody": ("赵六", []),
    "an id of nobody": ("99", []),
    "a phone, which is no id": ("13800138000", ["张三"]),
    "a number beyond every id": ("9" * 30, []),
    "digits of another script": ("٤", []),
}


@pytest.mark.parametrize("case", RESOLVED)
def test_text_on_the_command_line_means(desk: Desk, case: str) -> None:
    text, expected = RESOLVED[case]
    assert sorted(p.name for p in resolve(desk.db, text)) == sorted(expected)


def test_exact_name_of_two_is_both(desk: Desk) -> None:
    desk.take([row("张三", 2, company="另一家", phone="13700000000")])
    assert len(resolve(desk.db, "张三")) == 2
