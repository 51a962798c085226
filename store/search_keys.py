"""The keys under which a contact is found while somebody types.

Every suffix of a name, of its pinyin by syllables and of its initials; the
words of Latin names; phone digits; ids. A query is a prefix of one of them, so
one Chinese character is no special case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

KEY_LENGTH = 40
LONGEST_NAME = 24
"""Characters of one name that are indexed from each place."""

HAN = re.compile(r"[㐀-䶿一-鿿\U00020000-\U0003134f]")
WORDS = re.compile(r"[^\W_]+")
DIGITS = re.compile(r"\d{5,}")

SURNAME_READINGS: Mapping[str, str] = {
    "单": "shan",
    "單": "shan",
    "仇": "qiu",
    "曾": "zeng",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "區": "ou",
    "朴": "piao",
    "任": "ren",
    "华": "hua",
    "盖": "ge",
    "尉": "wei",
    "乐": "yue",
    "缪": "miao",
    "覃": "qin",
    "翟": "zhai",
    "长": "zhang",
    "万": "wan",
    "冼": "xian",
    "黑": "he",
    "重": "chong",
    "秘": "bi",
    "折": "she",
    "召": "shao",
}
"""Characters that read differently as a surname."""
COMPOUND_READINGS: Mapping[str, tuple[str, str]] = {
    "尉迟": ("yu", "chi"),
    "尉遲": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "单于": ("chan", "yu"),
}


def folded(text: str) -> str:
    """Text as keys hold it: lower case, no blanks."""
    return "".join(text.casefold().split())


def keys_of(profile: Mapping[str, str]) -> frozenset[str]:
    """All keys of a profile; at most `KEY_LENGTH` characters each."""
    found: set[str] = set()
    for field in ("name", "remark"):
        found.update(name_keys(profile.get(field, "")))
    found.update(suffixes(folded(profile.get("company", ""))))
    digits = "".join(c for c in profile.get("phone", "") if c.isdigit())
    if digits:
        found.update((digits, digits[-4:]))
        if len(digits) > 11:
            found.add(digits[-11:])
    for field in ("handle", "external_id", "email"):
        found.add(folded(profile.get(field, "")))
    found.discard("")
    return frozenset(key[:KEY_LENGTH] for key in found)


def name_keys(name: str) -> Iterator[str]:
    """Keys of a name in any script."""
    text = folded(name)[:LONGEST_NAME]
    if HAN.search(text):
        yield from suffixes(text)
        readings = pinyin(text)
        for start in range(len(readings)):
            yield "".join(readings[start:])
            yield "".join(reading[0] for reading in readings[start:])
    words = WORDS.findall(name.casefold())
    for start, word in enumerate(words):
        yield "".join(words[start:])
        yield word


def suffixes(text: str) -> Iterator[str]:
    """Every suffix of Chinese text; Latin text as a whole."""
    text = text[:LONGEST_NAME]
    for start, char in enumerate(text):
        if start == 0 or HAN.match(char):
            yield text[start:]


def pinyin(text: str) -> list[str]:
    """The reading of each character, its surname reading in front; Latin runs stay whole."""
    readings = [reading(char) for char in text]
    compound = COMPOUND_READINGS.get(text[:2])
    if compound:
        readings[:2] = compound
    elif len(text) in (2, 3) and text[0] in SURNAME_READINGS:
        readings[0] = SURNAME_READINGS[text[0]]
    return readings


@lru_cache(maxsize=30_000)
def reading(char: str) -> str:
    """One character in pinyin without tones; other characters as they are."""
    if not HAN.match(char):
        return char
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(char)[0])
