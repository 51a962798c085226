"""Files as other programs export them, and as people leave them: read, or refused in one line.

The cells are invented; headings, order and faults are those of the programs named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from rules.wording import DeskError
from store.exchange.contacts import ContactRow, open_contacts
from tests.desk_kit import Desk, new_desk

WECOM = (
    "\ufeff客户名称,备注,企业,添加人,添加人账号,所属部门,添加时间,来源,描述\r\n"
    '"张伟\t",老张,新禾,小王,wangxm,销售部,2026-01-12 09:30:11,扫描二维码,\r\n'
    "李娜@微信,,,小王,wangxm,销售部,2026-01-13 10:00,名片分享,\r\n"
)
WITH_TITLES = (
    "企业微信客户列表\n导出时间：2026-03-01 10:00\n\n序号,客户昵称,客户备注,手机号,客户标签\n"
    '1,阿强🌟,强哥,13800000001,"重要,老客户"\n2,小美,,139 0000 0002,\n合计,2人\n'
)
CHENFENG = (
    "客户ID,客户昵称,客户备注名,unionid,企业名称,所属员工,好友添加时间,客户标签,客户状态\n"
    'wmA1,老王,王总,oX1,杭州云链,小陈,2026.01.05 12:00:00,"【行业】制造;【意向】高",已添加\n'
)
HUBSPOT = (
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Associated Company,"
    "Create Date,Opted out of email: Marketing Information\n"
    "51,Ann,Lee,ann@x.com,+1 (415) 555-0100,Bob Ray,X Inc.,2026-01-05 14:02,\n"
    '52,Wei,"O\'Neil, Sr.",wei@x.com,(415) 555-0101 ext. 22,Bob Ray,"Y, LLC",2026-01-06,true\n'
)
SALESFORCE = (
    '"Salutation","First Name","Last Name","Title","Account Name","Mailing Street","Mobile",'
    '"Account Owner","Email Opt Out","Do Not Call"\r\n'
    '"Mr.","José","García","CTO","Acme","1 Road\nSuite 4","+51 955 501 00","K. Hu","0","1"\r\n'
)
WHATSAPP = (
    "Country Code,Phone Number,Formatted Phone,Is My Contact,Saved Name,Public Name,Group Name\n"
    "852,91234567,+852 9123 4567,,,Sam 🇭🇰,客户群\n"
)
LINE = (
    "LINEユーザーID,LINE表示名,本名,電話番号,友だち追加日時,ブロック,タグ\n"
    "U1a2b3,たろう,山田太郎,090-1234-5678,2026/01/05 10:00,,VIP\n"
    "U1a2b4,はなこ,,,2026/01/06,ブロック中,\n"
)
LINE_TAIWAN = (
    "LINE ID,顯示名稱,手機號碼,加入好友時間,備註\nu01,陳小姐,0912-345-678,2026-01-05,早上\n"
)
FROM_JAVA = "姓名,手机,添加时间\n王五,8.613800000003E12,46027.5\n李芳,1.38E+10,\n"
SPREADSHEET_FAULTS = "姓名,手机号,公司\n张伟,#N/A,#REF!\n#N/A,13800000002,\n#NAME?,,\n\u200b,,\n"
TWICE = "姓名,手机,手机,标签,标签,备注,备注\n张伟,,13800000001,A,B,甲,乙\n"
TOTALS = "Name,Phone,Company\nTotal Wine,13800000001,Total\nGrand Total,,3\n总计：2,,\n"
CARD_21 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=C5;=CE=B0\r\n"
    "TEL;CELL;PREF:138-0000-0001\r\nTEL;WORK;FAX:0512 1\r\nEND:VCARD\r\n"
)
CARD_40 = (
    'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:王 芳\r\nTEL;VALUE=uri;TYPE="cell":tel:+86-138-0000-0003'
    "\r\nEMAIL:mailto:w@f.cn\r\nBDAY:--0302\r\nCATEGORIES:VIP,勿扰\r\nEND:VCARD\r\n"
)


@dataclass(frozen=True)
class Export:
    """A file, and what must come of it."""

    text: str
    name: str = "contacts.csv"
    encoding: str = "utf-8"
    new: int = 1
    rejected: int = 0
    refused: int = 0
    says: dict[str, object] = field(default_factory=dict)
    """Fields of the last row that is taken."""


EXPORTS = {
    "WeCom": Export(WECOM, new=2, says={"name": "李娜@微信", "owner": "小王", "added": 20466}),
    "titles above, a sum of people below": Export(WITH_TITLES, new=2, says={"name": "小美"}),
    "尘锋": Export(CHENFENG, says={"external_id": "oX1", "remark": "王总", "added": 20458}),
    "HubSpot": Export(HUBSPOT, new=2, refused=1, says={"company": "Y, LLC", "phone": "4155550101"}),
    "Salesforce": Export(SALESFORCE, refused=1, says={"company": "Acme", "owner": "K. Hu"}),
    "WhatsApp": Export(WHATSAPP, says={"name": "Sam 🇭🇰", "phone": "+85291234567"}),
    "LINE": Export(LINE, new=2, refused=1, says={"name": "はなこ", "handle": "U1a2b4"}),
    "LINE in Big5": Export(LINE_TAIWAN, encoding="big5", says={"name": "陳小姐", "remark": "早上"}),
    "numbers as Java writes them": Export(
        FROM_JAVA, rejected=1, says={"phone": "8613800000003", "added": 20458}
    ),
    "cells of errors, and a name nobody sees": Export(
        SPREADSHEET_FAULTS, new=2, rejected=1, says={"name": "13800000002", "company": ""}
    ),
    "headings that stand twice": Export(
        TWICE, says={"phone": "13800000001", "tags": ("A", "B"), "remark": "甲"}
    ),
    "somebody called Total": Export(TOTALS, says={"name": "Total Wine"}),
    "GB18030 with rare characters": Export(
        "姓名,手机号,公司\n李㐂,13800000002,𠮷野家\n",
        encoding="gb18030",
        says={"company": "𠮷野家"},
    ),
    "UTF-16 without a mark": Export("姓名,手机号\n张伟,1\n", encoding="utf-16-le"),
    "two byte order marks": Export("\ufeff\ufeff姓名,手机号\n张伟,13800000001\n"),
    "lines that end as on old Macs": Export(
        "姓名,手机\r张伟,13800000001\r李芳,13800000002\r", new=2
    ),
    "headings again in the middle": Export("姓名,手机\n张伟,138\n姓名,手机\n李芳,139\n", new=2),
    "cells that pass for formulas": Export('姓名,手机号\n"=""张伟""","=""13800000001"""\n'),
    "quotation marks within tabs": Export('姓名\t备注\n张伟\t身高"180"厘米\n', "contacts.tsv"),
    "vCard 2.1 in GBK": Export(CARD_21, "a.vcf", says={"name": "张伟", "phone": "13800000001"}),
    "vCard 4.0": Export(CARD_40, "a.vcf", refused=1, says={"birthday": "03-02", "email": "w@f.cn"}),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_exports_of_other_programs_are_read(desk: Desk, tmp_path: Path, export: Export) -> None:
    path = tmp_path / export.name
    path.write_bytes(export.text.encode(export.encoding))
    rows = list(open_contacts(path).rows())
    taken = [row for row in rows if isinstance(row, ContactRow)]
    done = desk.take(rows)
    assert (done.new, len(done.rejected), done.refused) == (
        export.new,
        export.rejected,
        export.refused,
    )
    assert {name: getattr(taken[-1], name) for name in export.says} == export.says


def merged_cells(book: Workbook) -> None:
    sheet = book.worksheets[0]
    rows = (["第一季度客户跟进表"], ["姓名", "电话", "公司"], ["张伟", 13800000001.0, "新禾"])
    for row in (*rows, ["李芳", "1.3800000002E+10", None], ["合计", None, 2]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("C3:C4")


def two_rows_of_headings(book: Workbook) -> None:
    sheet = book.worksheets[0]
    sheet.append(["基本信息", None, "联系方式"])
    sheet.append(["姓名", "添加时间", "手机"])
    sheet.append(["张伟", datetime.combine(date(2026, 1, 5), time(9, 1)), 13800000001])
    sheet.append(["李芳", 46027, "+86 138 0000 0002"])


def cover_and_chart(book: Workbook) -> None:
    book.worksheets[0].append(["填表说明"])
    sheet = book.create_sheet("客户")
    for row in (["姓名", "手机"], ["张伟", 13800000001], ["李芳", "13800000002"]):
        sheet.append(row)
    book.create_chartsheet("图").add_chart(BarChart())


@pytest.mark.parametrize("fill", [merged_cells, two_rows_of_headings, cover_and_chart])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_workbooks_as_people_keep_them(
    desk: Desk, tmp_path: Path, fill: Callable[[Workbook], None], name: str
) -> None:
    book = Workbook()
    fill(book)
    book.save(tmp_path / "a.xlsx")
    path = (tmp_path / "a.xlsx").rename(tmp_path / name)
    done = desk.take(list(open_contacts(path).rows()))
    assert (done.new, done.rejected) == (2, ())


def bomb() -> bytes:
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<a/>")
        parts.writestr("xl/worksheets/sheet1.xml", bytes(220 * 2**20))
    return package.getvalue()


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("a.csv", bytes),
    "a byte order mark alone": ("a.csv", lambda: b"\xef\xbb\xbf"),
    "blank lines": ("a.csv", lambda: b"\n\n,,,\n;;\n"),
    "a picture": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "a web page": ("a.xls", lambda: "<table><tr><td>姓名".encode()),
    "JSON": ("a.csv", lambda: '[{"name": "张伟"}]'.encode()),
    "an old workbook": ("a.xlsx", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
    "an archive that unpacks without end": ("a.xlsx", bomb),
    "text under the name of a workbook": ("a.xlsx", lambda: "姓名,手机\n张伟,1\n".encode()),
    "a quotation mark that is not closed": ("a.csv", lambda: '姓名,手机\n"张伟,1\n李,2\n'.encode()),
    "a card without an end": ("a.vcf", lambda: b"BEGIN:VCARD\nVERSION:3.0\nFN:A\n"),
    "no card": ("a.vcf", lambda: b"hello"),
    "NUL in a name": ("a.csv", lambda: "姓名,手机\n张\0伟,1\n".encode()),
    "no headings": ("a.csv", lambda: "张伟,13800000001\n李芳,13800000002\n".encode()),
    "full-width commas": ("a.csv", lambda: "姓名，手机号\n张伟，1\n".encode()),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_contact_list_is_refused_in_one_line(
    tmp_path: Path, name: str, content: Callable[[], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(DeskError) as refused:
        list(open_contacts(path).rows())
    assert name in str(refused.value.what)
    assert "\n" not in str(refused.value.what)
