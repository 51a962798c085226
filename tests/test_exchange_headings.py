"""Headings: which are known, where they stand, and what a caller may change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from rules.wording import DeskError
from store.exchange.contacts import ContactRow, Field, open_contacts
from store.exchange.headings import HeadingRow, find_headings, heading_key, read_headings
from store.exchange.table_rows import TableRow

PRODUCT = {
    Field.NAME: "客户姓名 客户名称 姓名 名称 客户信息 name Full-Name",
    Field.NICKNAME: "昵称 客户昵称",
    Field.REMARK: "备注 备注名 客户备注 remark notes",
    Field.PHONE: "手机号 手机 电话 电话号码 联系电话 mobile phone",
    Field.HANDLE: "微信号 微信 wechat wechat_id",
    Field.EXTERNAL_ID: "userid external_userid unionid id identifier",
    Field.COMPANY: "企业 企业名称 所属企业 公司 单位 company organization",
    Field.TITLE: "职位 所属职位 职务 title",
    Field.OWNER: "跟进员工 添加人 所属客服 归属成员 负责人 owner",
    Field.ADDED: "添加时间 添加好友时间 创建时间 created",
    Field.SOURCE: "来源 添加方式 添加渠道 source",
    Field.STAGE: "商机阶段 阶段 客户阶段 stage",
    Field.TAGS: "标签 企业标签 客户标签 tags labels",
    Field.BIRTHDAY: "生日 birthday",
    Field.EMAIL: "邮箱 电子邮箱 email E-Mail",
    Field.FIRST_NAME: "First_Name firstname",
    Field.LAST_NAME: "Last-Name lastname",
}


def headings(*cells: str) -> HeadingRow:
    return read_headings(TableRow(1, cells), {})


def fields(*cells: str) -> list[Field | None]:
    return [column.field for column in headings(*cells).columns]


@pytest.mark.parametrize(
    ("heading", "field"),
    [(heading, field) for field, words in PRODUCT.items() for heading in words.split()],
)
def test_heading_is_known(heading: str, field: Field) -> None:
    assert fields(heading) == [field]


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("*手机号", id="star before"),
        pytest.param(" 手 机 号 ", id="blanks"),
        pytest.param("\ufeff手机号\u200b", id="mark and zero width"),
        pytest.param("手機號", id="traditional"),
        pytest.param("手机号（必填）", id="note in brackets"),
        pytest.param("【必填】手机号:", id="note before, colon"),
        pytest.param("Phone Number", id="two words"),
        pytest.param("PHONE_NUMBER", id="capitals"),
        pytest.param("Ｐｈｏｎｅ", id="full width"),
        pytest.param("Phone 1 - Value", id="Google"),
    ],
)
def test_heading_is_known_in_any_dress(heading: str) -> None:
    assert fields(heading) == [Field.PHONE]


TRADITIONAL = {
    Field.NAME: "客戶姓名 聯絡人 聯繫人姓名 客戶名稱 客戶資訊",
    Field.REMARK: "備註 備註名稱 客戶備註",
    Field.PHONE: "聯絡電話 聯繫電話 手機號碼 行動電話 電話號碼 聯絡方式 辦公電話 固話",
    Field.HANDLE: "微信號 微信帳號 微信賬號",
    Field.NICKNAME: "客戶暱稱 微信名稱",
    Field.EXTERNAL_ID: "客戶編號 外部聯繫人ID 外部聯係人ID",
    Field.COMPANY: "企業名稱 所屬企業 公司名稱 單位 工作單位",
    Field.TITLE: "職位 職稱 所屬職位 職務 崗位",
    Field.OWNER: "負責人 業務員 跟進員工 歸屬成員 所屬客服",
    Field.ADDED: "添加時間 建立日期 創建時間 加好友時間",
    Field.SOURCE: "來源 客戶來源 來源渠道",
    Field.STAGE: "客戶階段 商機階段",
    Field.TAGS: "標籤 客戶標籤 個人標籤 企業標籤",
    Field.EMAIL: "電子信箱 電子郵件 郵箱地址",
}


@pytest.mark.parametrize(
    ("heading", "field"),
    [(heading, field) for field, words in TRADITIONAL.items() for heading in words.split()],
)
def test_heading_in_traditional_characters_is_the_same(heading: str, field: Field) -> None:
    assert fields(heading) == [field]


@pytest.mark.parametrize("heading", ["代理人电话", "Home Fax", "性别", "", "*", "()"])
def test_unknown_heading_becomes_extra(heading: str) -> None:
    assert fields(heading) == [None]


def test_customer_beside_a_contact_person_is_the_company() -> None:
    assert fields("客户名称", "电话") == [Field.NAME, Field.PHONE]
    assert fields("客户名称", "联系人") == [Field.COMPANY, Field.NAME]


def test_birth_day_beside_a_birth_month_is_no_birthday() -> None:
    assert fields("Birth Day") == [Field.BIRTHDAY]
    assert fields("Birth Month", "Birth Day") == [None, None]


def test_headings_are_told_apart() -> None:
    row = headings("*手机", "手机", "", "手机 (2)", "")
    assert [column.heading for column in row.columns] == [
        "手机",
        "手机 (2)",
        "#3",
        "手机 (2) (2)",
        "#5",
    ]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        pytest.param([["姓名", "电话"], ["张伟", "138"]], 1, id="first row"),
        pytest.param([["客户信息"], ["姓名", "电话"]], 2, id="title that is a heading too"),
        pytest.param([["标签", "来源", "公司"], ["姓名"]], 2, id="no person in the fuller row"),
        pytest.param([["昵称", "a", "b"], ["姓名", "电话"]], 2, id="wider row knows less"),
        pytest.param([["t"]] * 19 + [["姓名"]], 20, id="twentieth row"),
        pytest.param([["t"]] * 20 + [["姓名"]], None, id="twenty-first row"),
        pytest.param([["id", "value"]], None, id="running number names nobody"),
        pytest.param([["userid", "value"]], 1, id="an id of a chat tool names somebody"),
        pytest.param([["公司", "标签"]], None, id="companies only"),
        pytest.param([], None, id="no rows"),
    ],
)
def test_heading_row_is_found(rows: list[list[str]], line: int | None) -> None:
    table = [TableRow(number, tuple(cells)) for number, cells in enumerate(rows, 1)]
    found = find_headings(table, {})
    assert (found.line if found else None) == line


@pytest.mark.parametrize(
    ("mapping", "name", "extra"),
    [
        pytest.param({}, "小明", {"Who": "张伟"}, id="none"),
        pytest.param({"Who": "name"}, "张伟", {"昵称": "小明"}, id="own name first"),
        pytest.param({"who": "name"}, "张伟", {"昵称": "小明"}, id="another case"),
        pytest.param({"昵称": "", "Who": "name"}, "张伟", {"昵称": "小明"}, id="not that one"),
        pytest.param({"nowhere": "phone"}, "小明", {"Who": "张伟"}, id="no such heading"),
    ],
)
def test_a_callers_mapping_goes_first(
    tmp_path: Path, mapping: Mapping[str, str], name: str, extra: Mapping[str, str]
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("昵称,Who\n小明,张伟\n", encoding="utf-8")
    [row] = open_contacts(path, mapping).rows()
    assert isinstance(row, ContactRow)
    assert (row.name, row.extra) == (name, extra)


def test_a_callers_mapping_opens_a_table_without_known_headings(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("a;b\nx;y\n", encoding="utf-8")
    file = open_contacts(path, {"b": "name"})
    [row] = file.rows()
    assert isinstance(row, ContactRow)
    assert (row.name, file.headings) == ("y", ("a", "b"))


def test_a_mapping_to_no_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="cannot become nam") as caught:
        open_contacts(tmp_path / "in.csv", {"a": "nam"})
    assert "nickname" in str(caught.value.remedy)


def test_second_of_two_equal_headings_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("姓名,手机,手机\n张伟,111,222\n", encoding="utf-8")
    [row] = open_contacts(path, {"手机 (2)": "phone", "手机": ""}).rows()
    assert isinstance(row, ContactRow)
    assert (row.phone, row.extra) == ("222", {"手机": "111"})


def test_every_accepted_heading_is_written_as_it_is_compared() -> None:
    from store.exchange.headings import _BY_KEY

    assert [key for key in _BY_KEY if heading_key(key) != key] == []
