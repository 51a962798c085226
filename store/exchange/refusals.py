"""What a file says of who is not to be contacted: a column of its own, or a tag.

Keeps that a refusal in a file is never read as none: what says neither yes nor
no is told to the caller. Pure functions over one cell.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from store.exchange.cell_values import CACHED, day_in

REFUSING_HEADINGS = (
    "勿扰 免打扰 消息免打扰 请勿打扰 勿打扰 不打扰 请勿联系 勿联系 不再联系 不要联系 禁止联系"
    " 拒绝联系 拒绝联络 退订 已退订 拉黑 已拉黑 被拉黑 黑名单 拒收 拒收消息 拒绝营销 停止联系"
    " 是否勿扰 是否免打扰 是否退订 是否拉黑 是否黑名单 是否拒收 勿扰名单 退订状态 勿扰状态 客户勿扰"
    " 取消订阅 已取消订阅 donotcontact dnc donotdisturb dnd donotcall donotemail donotmail"
    " donotmessage donottext donotmarket nocontact unsubscribed unsubscribe isunsubscribed"
    " optout optedout isoptedout optsout emailoptout emailoptedout hasoptedout"
    " hasoptedoutofemail smsoptout marketingoptout unsubscribedfromallemail"
    " blocked isblocked blacklist blacklisted blocklist blocklisted suppressed ブロック"
)
"""Of a column that says who is not to be contacted, as `heading_key` has them."""
REFUSING_BEGINNING = ("optedoutof", "unsubscribedfrom")
"""Of such a column too; what follows is a kind of message."""
_TAG_WORDS = (
    "勿扰 免打扰 请勿打扰 勿打扰 请勿联系 勿联系 不再联系 不要联系 禁止联系 拒绝联系 退订 已退订"
    " 拉黑 已拉黑 黑名单 拒收 勿扰名单 勿扰客户 黑名单客户 donotcontact dnc donotdisturb"
    " unsubscribed optout optedout blocked blacklist blacklisted blocklist ブロック ブロック中"
)
"""Tags that say so by themselves; 客户已取消勿扰 and the like do not."""
_YES_WORDS = "是 对 有 真 已 yes y true t 1 on 开 开启 已开启 √ ✓ ✔ ☑ ✅ ● 是的 确认 已确认 checked"
_NO_WORDS = (
    "否 不 不是 无 没有 未 假 no n false f 0 off 关 关闭 未开启 × ✗ ✘ ✕ ☐ ❌ ○ - -- — / null none"
    " n/a na 正常 可联系 可以联系 未退订 未拉黑 未勿扰 已订阅 订阅中 subscribed unchecked active"
)
_LOOK = "\ufe0f"
"""Asks for a sign to be drawn as a picture."""
_TAGS = frozenset(_TAG_WORDS.split())
_YES = frozenset(_YES_WORDS.split())
_NO = frozenset(_NO_WORDS.split())
_SPOKEN = str.maketrans(
    "擾訂絡請絕單開啟關閉無沒對確認訊聯繫繼續",
    "扰订络请绝单开启关闭无没对确认讯联系继续",
)


def says_refused(cell: str) -> bool | None:
    """Whether a filled cell of such a column says yes; None when that is unclear.

    The day on which somebody refused says yes, and so does the heading's own word.
    """
    text = _plain(cell)
    if text.removesuffix(".0") in _NO:
        return False
    if text.removesuffix(".0") in _YES or _key(text) in _TAGS:
        return True
    return True if day_in(cell.strip()) is not None else None


@lru_cache(maxsize=CACHED)
def refusing_tag(tags: tuple[str, ...]) -> str:
    """The first tag that says that somebody is not to be contacted, "" where none does."""
    return next((tag for tag in tags if _key(_plain(tag)) in _TAGS), "")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip().casefold().translate(_SPOKEN)
    return folded.replace(_LOOK, "").rstrip("。.!！")


def _key(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
