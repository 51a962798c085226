"""Traditional characters, Cantonese and regional words as the common written ones.

The characters are OpenCC's; the words are those of short business chat.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Any

SPOKEN = MappingProxyType(
    {
        "可唔可以": "可以吗",
        "系咪": "是吗",
        "唔好意思": "不好意思",
        "唔好": "不要",
        "咪再": "别再",
        "唔该晒": "谢谢",
        "唔该": "谢谢",
        "多谢晒": "多谢",
        "唔使": "不用",
        "唔": "不",
        "冇": "没有",
        "有无": "有没有",
        "睇": "看",
        "倾": "聊",
        "傾": "聊",
        "搵": "找",
        "几钱": "多少钱",
        "几多": "多少",
        "点用": "怎么用",
        "点收费": "怎么收费",
        "点样": "怎么",
        "点解": "为什么",
        "几时": "什么时候",
        "遲啲": "以后",
        "迟啲": "以后",
        "得闲": "有空",
        "食咗饭": "吃饭",
        "食饭": "吃饭",
        "咗": "了",
        "嘅": "的",
        "喺": "在",
        "俾": "给",
        "畀": "给",
        "嗰": "那",
        "呢个": "这个",
        "乜": "什么",
        "咩": "什么",
        "㗎": "吗",
        "喇": "了",
        "囖": "了",
        "真系": "真的",
        "联络": "联系",
        "讯息": "消息",
        "信息": "消息",
        "资讯": "消息",
        "封锁": "拉黑",
        "厂商": "供应商",
        "传给": "发给",
        "再传": "再发",
        "传了": "发了",
        "传一": "发一",
        "传消息": "发消息",
        "不要传": "不要发",
        "导入": "上",
        "移除": "删除",
        "检举": "举报",
        "帐号": "账号",
        "表单": "表",
        "您": "你",
        "妳": "你",
    }
)
"""Spoken and regional words, already in simplified characters, as the common written ones."""
_SPOKEN = re.compile("|".join(sorted(map(re.escape, SPOKEN), key=len, reverse=True)))


_HAN = re.compile("[\u3400-\u9fff]")


def simplified(text: str) -> str:
    """The text in simplified characters and common words."""
    if _HAN.search(text) is None:
        return text
    return _SPOKEN.sub(lambda found: SPOKEN[found[0]], _converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> Any:
    # Loaded when the first Chinese text is read: nothing else needs it.
    from opencc import OpenCC

    return OpenCC("t2s")
