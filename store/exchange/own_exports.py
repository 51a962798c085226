"""The columns that this program's own exports put beside the fields of a contact.

They tell of a day's work, not of a person: a file that has all headings of one
export is known again, and an import leaves these columns out. A single heading
is never enough, since other programs call a column of theirs so too.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

_EXPORTS: Sequence[tuple[str, str]] = (
    # Today
    (
        "姓名 备注 手机 公司 职位 阶段 负责人",
        "步骤|到期日|上次消息|上次反应|话术|现在不能发的原因",
    ),
    (
        "name remark phone company title stage owner",
        "step|due on|last message|last reaction|script|may not go now",
    ),
    # Lists
    ("姓名 备注 手机 公司 阶段 负责人", "到期日|进名单日|兴趣点|理由|现在不能发的原因"),
    (
        "name remark phone company stage owner",
        "due on|on the list since|interest points|reason|may not go now",
    ),
    # what a search found
    ("姓名 备注 手机 微信号 公司 职位 标签 阶段 负责人", "状态|到期日"),
    ("name remark phone company title tags stage owner", "status|due on"),
    # Replies
    ("姓名 备注 公司 阶段", "发送日期|内容|话术|反应"),
    ("name remark company stage", "sent on|content|script|reaction"),
    # the replies behind a content
    ("姓名 公司 阶段", "内容|话术|发送日期|反应日期|反应|回复|备注|兴趣点"),
    (
        "name company stage",
        "content|script|sent on|answered on|reaction|reply|note|interest",
    ),
    # accounts with nobody behind them
    ("姓名 公司 来源 添加时间", "编号|已发|理由"),
    ("name company source", "number|sent|reason"),
    # Undo
    ("姓名", "日期|时间|操作|内容|话术|文字|已撤销"),
    ("name", "day|time|what was done|content|script|words|taken back"),
)
"""Headings that tell of the contact, and those that an import leaves out."""


def left_out(headings: Sequence[str]) -> Set[str]:
    """The headings of a file's row that are an export's own; none for another program's file."""
    given = {heading.strip().casefold() for heading in headings}
    found: set[str] = set()
    for contact, own in _EXPORTS:
        beside = set(own.split("|"))
        if given >= beside | set(contact.split()):
            found |= beside
    return found
