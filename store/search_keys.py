"""The keys under which a contact is found while somebody types.

Every suffix of a name, of its pinyin by syllables and of its initials; the
words of Latin names; phone digits; ids; the company. A query is a prefix of one
of them, so one Chinese character is no special case. A key begins with `HEAD`
or `INSIDE`, so that what begins a name is read before what stands within one,
however many of those there are.

Characters are simplified one by one, in keys and queries alike: a conversion
by phrases would turn the first character of a name otherwise than the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rules.merging import other_values

HEAD, INSIDE = "1", "2"
"""First characters of a key: the beginning of a name, phone or id; a place within, the company."""
KEY_LENGTH = 40
LONGEST_NAME = 24
"""Characters of one name that are indexed from each place."""

CACHED = 10_000
"""Names and companies whose keys are remembered: in a long file they come again."""

HAN = re.compile(r"[㐀-䶿一-鿿\U00020000-\U0003134f]")
WORDS = re.compile(r"[^\W_]+")
DIGITS = re.compile(r"\d{5,}")

SURNAME_READINGS: Mapping[str, str] = {
    "单": "shan",
    "仇": "qiu",
    "曾": "zeng",
    "解": "xie",
    "查": "zha",
    "区": "ou",
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
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "单于": ("chan", "yu"),
}


def folded(text: str) -> str:
    """Text as keys hold it: lower case, no blanks, simplified characters."""
    plain = "".join(text.casefold().split())
    return "".join(map(simplified, plain)) if HAN.search(plain) else plain


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys that come again and again, with a mark and without."""

    heads: frozenset[str]
    inside: frozenset[str]
    marked: frozenset[str]


def keys_of(profile: Mapping[str, str]) -> frozenset[str]:
    """All keys of a profile; at most `KEY_LENGTH` characters each, and the mark before them.

    A key that begins something is not one within something else besides.
    """
    name, company = _of_name(profile.get("name", "")), _of_company(profile.get("company", ""))
    heads, inside = _of_others(profile)
    inside -= heads
    apart = (
        name.heads.isdisjoint(company.inside)
        and name.heads.isdisjoint(inside)
        and heads.isdisjoint(name.inside)
        and heads.isdisjoint(company.inside)
    )
    if apart:
        return name.marked.union(company.marked, _marked(heads, inside))
    heads |= name.heads
    return frozenset(_marked(heads, (inside | name.inside | company.inside) - heads))


def _of_others(profile: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The keys of what hardly any two contacts have alike."""
    heads: set[str] = set()
    inside: set[str] = set()
    if text := profile.get("remark"):
        heads, inside = name_keys(text)
    if text := profile.get("phone"):
        digits = text if text.isdecimal() else "".join(c for c in text if c.isdigit())
        heads.add(digits)
        heads.add(digits[-11:])
        inside.add(digits[-4:])
    for field in ("handle", "external_id", "email"):
        if text := profile.get(field):
            heads.add(folded(text))
    for field, values in other_values(profile).items():
        for key in (key for value in values for key in keys_of({field: value})):
            (heads if key[0] == HEAD else inside).add(key[1:])
    heads.discard("")
    inside.discard("")
    return heads, inside


def _marked(heads: Iterable[str], inside: Iterable[str]) -> list[str]:
    marked = [HEAD + key[:KEY_LENGTH] for key in heads]
    return marked + [INSIDE + key[:KEY_LENGTH] for key in inside]


@lru_cache(maxsize=CACHED)
def _of_name(name: str) -> _Keys:
    heads, inside = name_keys(name)
    return _keys(heads - {""}, inside - heads - {""})


@lru_cache(maxsize=CACHED)
def _of_company(company: str) -> _Keys:
    return _keys(set(), set(suffixes(folded(company))) - {""})


def _keys(heads: set[str], inside: set[str]) -> _Keys:
    return _Keys(frozenset(heads), frozenset(inside), frozenset(_marked(heads, inside)))


def name_keys(name: str) -> tuple[set[str], set[str]]:
    """Keys of a name in any script: those that begin it, and those within it."""
    if name.isascii() and name.isalnum():
        return {name.casefold()}, set()
    words = WORDS.findall(name.casefold())
    heads = {"".join(words), *words[:1]}
    inside = set(words[1:])
    inside.update("".join(words[start:]) for start in range(1, len(words)))
    text = "" if name.isascii() else folded(name)[:LONGEST_NAME]
    if HAN.search(text):
        whole, *rest = suffixes(text)
        readings = pinyin(text)
        initials = "".join(reading[0] for reading in readings)
        heads |= {whole, "".join(readings), initials}
        inside.update(rest)
        inside.update("".join(readings[start:]) for start in range(1, len(readings)))
        inside.update(initials[start:] for start in range(1, len(initials)))
    return heads, inside


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
def simplified(char: str) -> str:
    """One character in its simplified form; other characters as they are."""
    return str(_converter().convert(char)) if HAN.match(char) else char


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=30_000)
def reading(char: str) -> str:
    """One character in pinyin without tones; other characters as they are."""
    if not HAN.match(char):
        return char
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(char)[0])
