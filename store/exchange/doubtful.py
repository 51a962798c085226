"""Values that are kept as they are although nobody can be reached by them. Pure.

Only what is impossible is doubted, never what is merely unusual: a number of
another country, a landline, an extension, several addresses in one cell pass.
"""

from __future__ import annotations

import re

from rules.wording import N_, Sentence, sentence

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_BEGINS = re.compile(r"(?:\+|00)?(?:86)?(1[3-9][0-9]*)")
"""In China, or in North America, where a number has as many digits."""
_SHORTEST, _LONGEST = 5, 15
"""Digits of a service number; of the longest number of any country."""
_BETWEEN = re.compile(r"[\s,;，；、|]+")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+")
_NO_PHONE = N_('"{text}" has too few or too many digits for a phone: kept as it is')
_NO_EMAIL = N_('"{text}" is no whole email address: kept as it is')


def is_doubtful_phone(phone: str) -> bool:
    """Whether a number (digits, with "+" in front where one stood) is a digit short or long."""
    if not phone or _MOBILE.fullmatch(phone):
        return False
    digits = phone.removeprefix("+")
    bare = digits.removeprefix("00")
    with_extension = bare == digits and digits.startswith("0")
    if len(bare) < _SHORTEST or (len(bare) > _LONGEST and not with_extension):
        return True
    mobile = _MOBILE_BEGINS.fullmatch(phone)
    return mobile is not None and len(digits) > 6 and not _MOBILE.fullmatch(mobile[1])


def is_doubtful_email(text: str) -> bool:
    """Whether one of the addresses in a text is none."""
    return bool(text) and any(
        not _ADDRESS.fullmatch(part.strip("<>")) for part in _BETWEEN.split(text.strip()) if part
    )


def doubts(field: str, value: str) -> Sentence | None:
    """What is said of a field's value that is kept although it can't be right."""
    if field == "phone" and is_doubtful_phone(value):
        return sentence(_NO_PHONE, text=value)
    if field == "email" and is_doubtful_email(value):
        return sentence(_NO_EMAIL, text=value)
    return None
