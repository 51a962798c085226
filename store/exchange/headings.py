"""What the headings of other programs mean here.

Owns the table of accepted headings and the search for the heading row. A
column that means nothing here is kept under its own heading, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.plain_text import keep
from store.exchange.own_exports import left_out
from store.exchange.refusals import REFUSING_BEGINNING, REFUSING_HEADINGS
from store.exchange.table_rows import TableRow

HEADING_ROWS = 20
"""Rows from the top among which the headings are looked for, below titles."""


class Field(StrEnum):
    """What a column can tell of a contact."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    NICKNAME = "nickname"
    REMARK = "remark"
    PHONE = "phone"
    HANDLE = "handle"
    EXTERNAL_ID = "external_id"
    COMPANY = "company"
    TITLE = "title"
    OWNER = "owner"
    ADDED = "added"
    SOURCE = "source"
    STAGE = "stage"
    TAGS = "tags"
    BIRTHDAY = "birthday"
    EMAIL = "email"
    DO_NOT_CONTACT = "do_not_contact"
    """Says yes or no."""
    IGNORED = "ignored"
    """A column this program added itself, to a file of rejected rows or an export."""


REJECT_HEADINGS = ("行 line", "原因 reason")
"""The columns before the original ones in a file of rejected rows."""

_ACCEPTED: Mapping[Field, str] = {
    Field.NAME: "客户姓名 姓名 联系人 联系人姓名 客户联系人 联络人 联络人姓名"
    " name fullname displayname customername contactname contact"
    " 客户名称 客户名 名称 客户信息 客户资讯 客户 名字 显示名称 savedname"
    " 氏名 本名 お名前 名前 line表示名 表示名",
    Field.FIRST_NAME: "firstname givenname forename first 名",
    Field.LAST_NAME: "lastname familyname surname last 姓 姓氏",
    Field.NICKNAME: "客户昵称 昵称 微信昵称 微信名 微信名称 nickname nick wechatname publicname",
    Field.REMARK: "备注名 客户备注 备注 客户备注名 备注名称 备注信息 附注 备考"
    " remark remarks notes note",
    Field.PHONE: "手机号 手机号码 手机 移动电话 联系手机 客户手机 客户手机号 联系人手机 备注手机号"
    " 行动电话 联络手机 mobile mobilephone mobilenumber mobilephonenumber mobileno cellphone cell"
    " whatsappphone formattedphone 携带电话 携带番号 电话番号"
    " 电话 电话号码 联系电话 客户电话 联系人电话 联系方式 联络电话 联络方式"
    " phone phonenumber phoneno contactnumber contactno phone1value primaryphone"
    " tel telno telephone telephonenumber"
    " workphone businessphone homephone phone2value phone3value 办公电话 座机 固定电话 固话"
    " 商务电话 单位电话 住宅电话 主要电话 primaryphonenumber businessphone2 homephone2",
    Field.HANDLE: "微信号 微信 微信id 微信账号 客户微信 wechat wechatid wechatnumber weixin wxid"
    " chatid whatsapp whatsappnumber lineid line账号 lineユーザーid",
    Field.EXTERNAL_ID: "externaluserid externalid unionid userid 外部联系人id 客户id 客户编号"
    " identifier contactid customerid recordid id",
    Field.COMPANY: "企业名称 所属企业 企业 公司 公司名称 客户公司 单位 单位名称 工作单位 客户企业"
    " company companyname organization organisation organizationname organisationname"
    " organization1name accountname associatedcompany 会社名 会社",
    Field.TITLE: "职位 所属职位 职务 岗位 职称 役职"
    " jobtitle organization1title organizationtitle position title",
    Field.OWNER: "跟进员工 跟进人 添加人 添加员工 所属客服 归属成员 归属员工 所属员工 所属成员"
    " 负责人 客户归属 业务员 担当者 owner contactowner accountowner recordowner assignedto",
    Field.ADDED: "添加时间 好友添加时间 加入好友时间 添加好友时间 首次添加时间 添加日期 加好友时间"
    " 友だち追加日时 创建时间 创建日期 建立时间 建立日期 added addedon addedat dateadded addtime"
    " created createdat createddate createdate creationdate createtime",
    Field.SOURCE: "来源 客户来源 添加方式 添加渠道 来源渠道 渠道 source leadsource",
    Field.STAGE: "商机阶段 客户阶段 阶段 stage lifecyclestage",
    Field.TAGS: "标签 企业标签 客户标签 个人标签 标签名称 タグ tags tag labels label categories"
    " groupmembership 类别",
    Field.BIRTHDAY: "生日 出生日期 生年月日 birthday birthdate dateofbirth dob",
    Field.EMAIL: "邮箱 电子邮箱 邮箱地址 电子邮件 客户邮箱 联系人邮箱 电子信箱 信箱"
    " 电子邮件地址 email emailaddress primaryemail email1value mail emailid メールアドレス メール"
    " secondaryemail email2value email2address",
    Field.DO_NOT_CONTACT: REFUSING_HEADINGS,
    Field.IGNORED: "行line 原因reason",
}
_PERSON_BESIDE_COMPANY = frozenset({"联系人", "联系人姓名", "客户联系人", "联络人", "联络人姓名"})
_COMPANY_BESIDE_PERSON = ("客户名称", "客户名", "客户")
_COMPANY_RANK = 100
"""After every heading that says company plainly."""
_NAMING = frozenset(
    {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.NICKNAME}
    | {Field.PHONE, Field.HANDLE, Field.EXTERNAL_ID, Field.EMAIL}
)
_RUNNING_NUMBER = "id"
"""Tells rows apart but names nobody: any table may have it."""
_SIMPLIFIED = str.maketrans(
    "戶稱暱備註手機電話號碼聯繫係絡企業職務單員標籤來階時間創郵負責歸屬進隊動辦訊編帳賬個崗資實類別額訂購買產幣種貨項課擾請絕態顯帶帯",
    "户称昵备注手机电话号码联系系络企业职务单员标签来阶时间创邮负责归属进队动办讯编账账个岗资实类别额订购买产币种货项课扰请绝态显带带",
)
"""Every character of the table that is written otherwise in traditional Chinese."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, what it is called, what it tells."""

    index: int
    heading: str
    """As it stands in the file, cleaned; "(2)" after it when it stands there twice."""
    field: Field | None
    """None: kept as an extra field under its heading."""
    rank: int = 0
    """Among columns of one field the lowest is asked first."""


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of a table and the line they stand in."""

    line: int
    columns: tuple[Column, ...]

    @property
    def recognised(self) -> int:
        """How many columns tell something known."""
        return sum(1 for column in self.columns if column.field)

    @property
    def names_a_person(self) -> bool:
        """Whether a row below could say who it is about."""
        return any(
            column.field in _NAMING and heading_key(column.heading) != _RUNNING_NUMBER
            for column in self.columns
        )


def heading_key(heading: str) -> str:
    """The form in which headings are compared: letters and digits only, one case, simplified.

    A remark in brackets, as in "手机号（必填）", does not count.
    """
    text = unicodedata.normalize("NFKC", heading).strip()
    bare = _NO_LETTER.sub("", _BRACKETS.sub("", text)) or _NO_LETTER.sub("", text)
    return bare.casefold().translate(_SIMPLIFIED)


def find_headings(
    rows: Sequence[TableRow], chosen: Mapping[str, Field | None]
) -> HeadingRow | None:
    """The row with most recognised headings that can name a person; None when there is none.

    `chosen` overrides the table of headings, by heading.
    """
    found = [read_headings(row, chosen) for row in rows[:HEADING_ROWS]]
    named = [row for row in found if row.names_a_person]
    return max(named, key=lambda row: (row.recognised, len(row.columns)), default=None)


def read_headings(row: TableRow, chosen: Mapping[str, Field | None]) -> HeadingRow:
    """The row's cells as headings, whether or not they are any."""
    titles = shown_headings(row)
    keys = [heading_key(cell) for cell in row.cells]
    known = _accepted_beside(keys)
    own = left_out(row.cells)
    by_key = {heading_key(title): title for title in chosen if title not in titles}
    columns = []
    for index, (title, key) in enumerate(zip(titles, keys, strict=True)):
        choice = title if title in chosen else by_key.get(key)
        field, rank = (chosen[choice], -1) if choice is not None else known.get(key, (None, 0))
        if choice is None and row.cells[index].strip().casefold() in own:
            field = Field.IGNORED
        if choice is None and key.startswith(REFUSING_BEGINNING):
            field = Field.DO_NOT_CONTACT
        columns.append(Column(index, title, field, rank))
    return HeadingRow(row.line, tuple(columns))


def _accepted_beside(keys: Sequence[str]) -> Mapping[str, tuple[Field, int]]:
    """The table of headings, less or more by what else stands in the row.

    A customer beside a contact person is the company; a birth day beside a
    birth month is a day of the month.
    """
    accepted = dict(_BY_KEY)
    if not _PERSON_BESIDE_COMPANY.isdisjoint(keys):
        accepted.update(dict.fromkeys(_COMPANY_BESIDE_PERSON, (Field.COMPANY, _COMPANY_RANK)))
    if "birthmonth" in keys:
        del accepted["birthday"]
    return accepted


_BY_KEY: Mapping[str, tuple[Field, int]] = {
    key: (field, rank)
    for field, accepted in _ACCEPTED.items()
    for rank, key in enumerate(accepted.split())
}


def shown_headings(row: TableRow) -> tuple[str, ...]:
    """The row's cells as headings are shown, each one different."""
    return tuple(_told_apart([_shown(cell) for cell in row.cells]))


def _shown(cell: str) -> str:
    return keep(_INVISIBLE.sub("", " ".join(cell.split())).strip().lstrip("*").strip())


def _told_apart(titles: Sequence[str]) -> Sequence[str]:
    """Headings with a place for those that are empty and a number for those seen before."""
    seen: set[str] = set()
    times: Counter[str] = Counter()
    told: list[str] = []
    for index, title in enumerate(titles, 1):
        wanted = title or f"#{index}"
        times[wanted] += 1
        told.append(unused(wanted, seen, times[wanted]))
        seen.add(told[-1])
    return told


def unused(title: str, seen: Mapping[str, object] | set[str], number: int = 1) -> str:
    """The title, or the title with the first free number from "(2)" on.

    Below `number` none is free: a row may have a thousand cells that say the same.
    """
    candidate = title if number == 1 else f"{title} ({number})"
    while candidate in seen:
        number += 1
        candidate = f"{title} ({number})"
    return candidate
