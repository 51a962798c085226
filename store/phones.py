"""Phones as they are compared: the same person's number, however it was written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOBILE = re.compile(r"(?:\+?(?:00)?86|0)?(1[3-9][0-9]{9})")
"""A Chinese mobile, with or without the country's or the trunk prefix."""

PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def phone_key(phone: str) -> str:
    """Digits only, a Chinese mobile without +86 or 0; "" for a text without digits."""
    return phone if not phone or PLAIN_MOBILE.fullmatch(phone) else _folded(phone)


@lru_cache(maxsize=4096)
def _folded(phone: str) -> str:
    folded = unicodedata.normalize("NFKC", phone)
    bare = re.sub(r"[^0-9+]", "", folded)
    mobile = MOBILE.fullmatch(bare)
    if mobile:
        return mobile[1]
    digits = bare.replace("+", "")
    return digits.removeprefix("00") if len(digits) > len("00") else digits
