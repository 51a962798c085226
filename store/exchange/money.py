"""What a cell's text is worth as money: minor units and a currency, or nothing.

Pure functions; nothing is rounded, so a cell that says more than its currency
can is worth nothing here and its row is told.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from rules.purchases import WITHOUT_MINOR, YUAN

MOST = 10**15
"""Minor units; more is no price."""

_CALLED = {
    **dict.fromkeys(("", "¥", "元", "圆", "RMB", "CNY", "人民币", "人民幣", "CN¥"), YUAN),
    **dict.fromkeys(("$", "US$", "USD", "美元", "美金"), "USD"),
    **dict.fromkeys(("HK$", "HKD", "港币", "港元", "港幣"), "HKD"),
    **dict.fromkeys(("NT$", "TWD", "NTD", "新台币", "新台幣", "台币"), "TWD"),
    **dict.fromkeys(("€", "EUR", "欧元", "歐元"), "EUR"),
    **dict.fromkeys(("£", "GBP", "英镑", "英鎊"), "GBP"),
    **dict.fromkeys(("円", "JP¥", "JPY", "日元"), "JPY"),
    **dict.fromkeys(("₩", "KRW", "韩元"), "KRW"),
    **dict.fromkeys(("S$", "SGD", "新加坡元"), "SGD"),
}
_CODE = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(
    r"(?P<open>\()?(?P<minus>[-−])?(?P<before>[^\d\s().,+−-]{0,4})\s*(?P<late>[-−])?\+?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<thousands>[万萬])?\s*(?P<after>[^\d\s().,+−-]{0,5})(?P<close>\))?"
)


def currency_called(told: str) -> str | None:
    """The code of a currency by its sign, name or code; yuan for nothing, None for no currency."""
    word = unicodedata.normalize("NFKC", told).strip().upper()
    known = _CALLED.get(word)
    return known or (word if _CODE.fullmatch(word) else None)


def money_in(text: str, currency: str = "") -> tuple[int, str] | None:
    """Minor units and currency code of an amount; None where the text is none.

    A sign beside the number counts before `currency`, which is the row's.
    "(50.00)" and "-50" are money given back.
    """
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).replace("−", "-").strip())
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    if found["before"] and found["after"] and found["before"] != "¥":
        return None
    code = currency_called(found["after"] or found["before"] or currency)
    if code is None:
        return None
    amount = Decimal(found["number"].replace(",", "")) * (10_000 if found["thousands"] else 1)
    minor = amount if code in WITHOUT_MINOR else amount * 100
    if minor != minor.to_integral_value() or minor > MOST:
        return None
    negative = bool(found["open"] or found["minus"] or found["late"])
    return (-int(minor) if negative else int(minor)), code


def money_text(minor: int, currency: str) -> str:
    """An amount as people write it: 1,299.00 CNY."""
    if currency in WITHOUT_MINOR:
        return f"{minor:,} {currency}"
    sign, whole = ("-" if minor < 0 else ""), abs(minor)
    return f"{sign}{whole // 100:,}.{whole % 100:02} {currency}"


def plain_number(minor: int, currency: str) -> str:
    """An amount without currency and separators: 1299.00."""
    if currency in WITHOUT_MINOR:
        return str(minor)
    sign, whole = ("-" if minor < 0 else ""), abs(minor)
    return f"{sign}{whole // 100}.{whole % 100:02}"
