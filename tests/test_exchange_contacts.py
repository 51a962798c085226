"""Rows: what a contact is made of, and when a row is rejected or passed over."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.timing import day_number
from store.exchange.cell_values import clean, day_in, lost_digits, phones_in, tags_in
from store.exchange.contacts import ContactRow, RejectedRow, open_contacts
from store.phones import phone_key


def table(folder: Path, *rows: tuple[str, ...]) -> Path:
    """A CSV file of those rows."""
    path = folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(folder: Path, *rows: tuple[str, ...]) -> list[ContactRow | RejectedRow]:
    return list(open_contacts(table(folder, *rows)).rows())


def contact(folder: Path, **cells: str) -> ContactRow:
    """The contact of one row whose headings are the keywords."""
    [row] = read(folder, tuple(cells), tuple(cells.values()))
    assert isinstance(row, ContactRow)
    return row


def test_every_field_of_a_full_row(tmp_path: Path) -> None:
    row = contact(
        tmp_path,
        客户姓名="张伟",
        备注名="新禾 张经理",
        手机号="138-0013-8000",
        微信号="wx_zw",
        external_userid="wmAAA",
        所属企业="苏州新禾",
        职位="采购经理",
        跟进员工="op1",
        添加时间="2026-01-12 09:30:00",
        来源="展会",
        商机阶段="MQL",
        企业标签="制造业,排产",
        个人标签="排产；老客户",
        生日="1980年3月2日",
        邮箱="zw@example.com",
        性别="男",
    )
    assert row == ContactRow(
        line=2,
        name="张伟",
        remark="新禾 张经理",
        phone="13800138000",
        handle="wx_zw",
        external_id="wmAAA",
        company="苏州新禾",
        title="采购经理",
        owner="op1",
        added=day_number(date(2026, 1, 12)),
        source="展会",
        stage="MQL",
        tags=("制造业", "排产", "老客户"),
        birthday="1980-03-02",
        email="zw@example.com",
        extra={"性别": "男"},
        cells=row.cells,
    )


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        pytest.param({"Name": "A B", "First": "X", "Last": "Y"}, "A B", id="full name first"),
        pytest.param({"First": "Wei", "Last": "Zhang"}, "Wei Zhang", id="Latin parts"),
        pytest.param({"First": "伟", "Last": "张"}, "张伟", id="Chinese parts"),
        pytest.param({"First": "", "Last": "Zhang"}, "Zhang", id="one part"),
        pytest.param({"姓名": "", "昵称": "小明"}, "小明", id="nickname"),
        pytest.param({"姓名": "", "备注": "老客户", "微信": "wx"}, "老客户", id="remark"),
        pytest.param({"姓名": " ", "微信": "wx", "手机": "138"}, "wx", id="handle"),
        pytest.param({"姓名": "", "手机": "138 0"}, "1380", id="phone"),
        pytest.param({"姓名": "", "邮箱": "a@b.c"}, "a@b.c", id="email"),
        pytest.param({"姓名": "#N/A", "手机": "13800"}, "13800", id="spreadsheet error"),
        pytest.param({"姓名": "小明\u200b"}, "小明\u200b", id="invisible parts are kept"),
        pytest.param({"姓名": "AA[/]BB"}, "AA[/]BB", id="markup is kept"),
        pytest.param({"姓名": "a\x1b[5nb"}, "a\ufffd[5nb", id="control characters are not"),
        pytest.param({"姓名": "好" * 10_000}, "好" * 256, id="far too long"),
    ],
)
def test_name(tmp_path: Path, cells: dict[str, str], name: str) -> None:
    assert contact(tmp_path, **cells).name == name


def test_nothing_is_lost(tmp_path: Path) -> None:
    [row] = read(
        tmp_path,
        ("姓名", "昵称", "手机", "手机", "", "添加时间", "备注", "备注名"),
        ("张伟", "小明", "138 / 139、137", "136", "x", "someday", "好", "张经理"),
    )
    assert isinstance(row, ContactRow)
    assert (row.phone, row.added, row.remark) == ("138", None, "张经理")
    assert row.extra == {
        "昵称": "小明",
        "手机 (2)": "136",
        "手机 (3)": "139",
        "手机 (4)": "137",
        "#5": "x",
        "添加时间": "someday",
        "备注": "好",
    }


def test_second_column_stands_in_for_an_empty_one(tmp_path: Path) -> None:
    row = contact(tmp_path, 姓名="张伟", 手机="", 电话="0512-66")
    assert (row.phone, row.extra) == ("051266", {})


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param(("张伟", "1.38E+10"), "lost digits", id="rounded phone"),
        pytest.param(("张伟", "8.6138e12"), "lost digits", id="rounded phone, small e"),
        pytest.param(("张伟", "138", "wx", "3.1E+17"), "lost digits", id="rounded id"),
        pytest.param(("张伟", "138", "", "", "x"), "1 cells more", id="too long"),
        pytest.param(("", "", "", "wm1"), "nothing names", id="only an id"),
        pytest.param(("张伟", "x" * 40_000), "40000 characters", id="endless cell"),
    ],
)
def test_row_is_rejected(tmp_path: Path, cells: tuple[str, ...], words: str) -> None:
    first, second = read(
        tmp_path, ("姓名", "手机", "微信", "userid"), cells, ("李芳", "139", "w", "1e5")
    )
    assert isinstance(first, RejectedRow)
    assert first.line == 2
    assert first.cells == cells
    assert words in str(first.reason)
    assert isinstance(second, ContactRow)
    assert second.external_id == "1e5"


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(("", "  ", ""), id="empty"),
        pytest.param(("合计", "", "25"), id="sum"),
        pytest.param(("", "總計：", "1,234.5"), id="traditional, in the second column"),
        pytest.param(("Total", "3", ""), id="English"),
        pytest.param(("共 12 条记录", "", ""), id="count"),
        pytest.param(("导出时间：2026-01-12 09:00", "", ""), id="note of the export"),
        pytest.param(("姓名", "手机", "公司"), id="headings once more"),
    ],
)
def test_row_is_passed_over(tmp_path: Path, cells: tuple[str, ...]) -> None:
    assert read(tmp_path, ("姓名", "手机", "公司"), cells) == []


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(("Total", "13800138000", ""), id="Total with a phone"),
        pytest.param(("合计", "", "新禾"), id="a sum with a company"),
        pytest.param(("总计划", "", ""), id="begins like a sum"),
        pytest.param(("张伟",), id="short row"),
        pytest.param(("'; DROP TABLE contact;--", "", ""), id="SQL"),
    ],
)
def test_row_is_a_contact(tmp_path: Path, cells: tuple[str, ...]) -> None:
    [row] = read(tmp_path, ("姓名", "手机", "公司"), cells)
    assert isinstance(row, ContactRow)
    assert row.name == cells[0]


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        pytest.param("013900", ["013900"], id="leading zero"),
        pytest.param("+86 138 0013 8000", ["+8613800138000"], id="plus and blanks"),
        pytest.param("(905) 555-1234", ["9055551234"], id="brackets"),
        pytest.param("１３８００１３８０００", ["13800138000"], id="full width"),
        pytest.param("13800138000.0", ["13800138000"], id="number with a point"),
        pytest.param("138\u20110013\u20118000", ["13800138000"], id="other hyphens"),
        pytest.param("\u202d13800138000\u202c", ["13800138000"], id="direction marks"),
        pytest.param("'13800138000", ["13800138000"], id="apostrophe"),
        pytest.param("0512-6688 转 801", ["05126688"], id="extension"),
        pytest.param("13800138000（微信同号）", ["13800138000"], id="note in brackets"),
        pytest.param("138/139；137", ["138", "139", "137"], id="three"),
        pytest.param("111 ::: 222", ["111", "222"], id="Google's break"),
        pytest.param("mobile", [], id="word"),
        pytest.param("12", [], id="too short"),
        pytest.param("1" * 30, [], id="too long"),
    ],
)
def test_phones_in(cell: str, phones: list[str]) -> None:
    assert list(phones_in(cell)) == phones


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("013800138000", "13800138000"),
        ("0512-66881234", "051266881234"),
        ("013900", "013900"),
        ("+49 1234 56789", "49123456789"),
        ("0049123456789", "49123456789"),
        ("00", "00"),
        ("无", ""),
        ("", ""),
    ],
)
def test_phone_key(phone: str, key: str) -> None:
    assert phone_key(phone) == key


@given(st.text(st.sampled_from("0123456789+-() ，/转张１\u202d'"), max_size=30))
def test_phones_and_their_keys_are_ascii_digits(text: str) -> None:
    for phone in phones_in(text):
        assert re.fullmatch(r"\+?[0-9]{3,20}", phone)
        assert re.fullmatch(r"[0-9]+", phone_key(phone))
        assert list(phones_in(phone)) == [phone]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-12", date(2026, 1, 12)),
        ("2026/1/12", date(2026, 1, 12)),
        ("2026.1.12", date(2026, 1, 12)),
        ("2026年1月12日", date(2026, 1, 12)),
        ("2026年1月12日 周一", date(2026, 1, 12)),
        ("20260112", date(2026, 1, 12)),
        ("2026-01-12T23:30:00+08:00", date(2026, 1, 12)),
        ("2026/1/12 9:05", date(2026, 1, 12)),
        ("２０２６－０１－１２", date(2026, 1, 12)),
        ("46034", date(2026, 1, 12)),
        ("46034.9", date(2026, 1, 12)),
        ("2026-13-40", None),
        ("2025-02-29", None),
        ("12345", None),
        ("1/12/2026", None),
        ("0001-01-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_day_in(text: str, day: date | None) -> None:
    assert day_in(text) == (None if day is None else day_number(day))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1980/3/2", "1980-03-02"), ("3月2日", "03-02"), ("--03-02", "03-02"), ("春天", "春天")],
)
def test_birthday(tmp_path: Path, written: str, kept: str) -> None:
    assert contact(tmp_path, 姓名="张伟", 生日=written).birthday == kept


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a,b，c;d；e、f|g", list("abcdefg")),
        ("* My Contacts ::: * Test", ["My Contacts", "Test"]),
        ("a,,a, b ", ["a", "b"]),
        ("", []),
    ],
)
def test_tags_in(text: str, tags: list[str]) -> None:
    assert list(tags_in(text)) == tags


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("1.38E+10", True),
        ("1.3800138E+10", True),
        ("1.3800138000E+10", False),
        ("1E-5", True),
        ("13800138000", False),
        ("wx1e5", False),
    ],
)
def test_lost_digits(text: str, lost: bool) -> None:
    assert lost_digits(text) is lost


@pytest.mark.parametrize(
    ("cell", "cleaned"),
    [
        (" 张伟\u3000", "张伟"),
        ("13800138000\t", "13800138000"),
        ('="013900"', "013900"),
        ("#DIV/0!", ""),
        ("=1+1", "=1+1"),
        ("#1", "#1"),
    ],
)
def test_clean(cell: str, cleaned: str) -> None:
    assert clean(cell) == cleaned


def test_preview_reads_only_the_first_rows(tmp_path: Path) -> None:
    file = open_contacts(table(tmp_path, ("姓名",), ("a",), ("b",), ("c",)))
    assert [row.line for row in file.preview(2)] == [2, 3]
    assert len(list(file.rows())) == 3
