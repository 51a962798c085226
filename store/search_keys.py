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
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring
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
HAN_RUN = re.compile(rf"{HAN.pattern}+")
PLAIN_MOBILE = re.compile(r"1\d{10}")
PHONE_END = 8
"""Last digits by which a phone of another country is found, with or without its country."""
_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_OTHER_FORMS = re.compile(
    r"[\u00a0-\u036f\u1d00-\u214f\u2460-\u24ff\u3000\u3200-\u33ff\ufb00-\uffef]"
)
"""Letters with accents, of full width and the like: most texts hold none, and are long to turn."""
_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})

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
PHRASE_READINGS: Mapping[str, tuple[str, ...]] = {
    "行长": ("hang", "zhang"),
    "银行": ("yin", "hang"),
    "长沙": ("chang", "sha"),
    "长春": ("chang", "chun"),
    "长城": ("chang", "cheng"),
    "长江": ("chang", "jiang"),
    "重庆": ("chong", "qing"),
    "厦门": ("xia", "men"),
    "成都": ("cheng", "du"),
    "音乐": ("yin", "yue"),
    "西藏": ("xi", "zang"),
    "会计": ("kuai", "ji"),
}
"""Titles and places whose characters read otherwise together than alone."""
_PHRASE = re.compile("|".join(PHRASE_READINGS))


def folded(text: str) -> str:
    """Text as keys hold it: lower case, no blanks, half width, no accents, simplified."""
    plain = "".join(unaccented(text).split())
    return "".join(map(simplified, plain)) if HAN.search(plain) else plain


def unaccented(text: str) -> str:
    """Lower case and half width; Latin letters without their accents, other scripts whole."""
    if _OTHER_FORMS.search(text) is None:
        return text.casefold()
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", plain).translate(_LETTERS))


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys that come again and again, with a mark and without."""

    heads: frozenset[str]
    inside: frozenset[str]
    every: frozenset[str]
    """Of both kinds, without a mark."""
    marked: frozenset[str]
    text: str
    """The marked ones as `together_of` has them."""


def keys_of(profile: Mapping[str, str]) -> frozenset[str]:
    """All keys of a profile; at most `KEY_LENGTH` characters each, and the mark before them.

    A key that begins something is not one within something else besides.
    """
    name, company, heads, inside = _parts(profile)
    if _are_apart(name, company, heads | inside):
        return name.marked.union(company.marked, _marked(heads, inside))
    return _joined(name, company, heads, inside)


def together_of(profile: Mapping[str, str]) -> str:
    """All keys of a profile in one text: a JSON array, always in the same order, each once."""
    name, company, heads, inside = _parts(profile)
    if _are_apart(name, company, heads | inside):
        texts = (name.text, company.text, _text(_marked(heads, inside)))
        return f"[{','.join(filter(None, texts))}]"
    return f"[{_text(_joined(name, company, heads, inside))}]"


def _text(keys: Iterable[str]) -> str:
    return ",".join(map(encode_basestring, sorted(keys)))


def _parts(profile: Mapping[str, str]) -> tuple[_Keys, _Keys, set[str], set[str]]:
    """The keys of the name, of the company, and of all else: those that begin, those within."""
    heads, inside = _of_others(profile)
    inside -= heads
    return _of_name(profile.get("name", "")), _of_company(profile.get("company", "")), heads, inside


def _are_apart(name: _Keys, company: _Keys, others: set[str]) -> bool:
    """Whether no key of one part is one of another too."""
    return (
        name.every.isdisjoint(company.every)
        and others.isdisjoint(name.every)
        and others.isdisjoint(company.every)
    )


def _joined(name: _Keys, company: _Keys, heads: set[str], inside: set[str]) -> frozenset[str]:
    begin = heads | name.heads
    return frozenset(_marked(begin, (inside | name.inside | company.inside) - begin))


def _of_others(profile: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The keys of what hardly any two contacts have alike."""
    heads: set[str] = set()
    inside: set[str] = set()
    if text := profile.get("remark"):
        heads, inside = name_keys(text)
    if text := profile.get("phone"):
        _add_phone(heads, inside, text)
    for field in ("handle", "external_id", "email"):
        if text := profile.get(field):
            heads.add(folded(text))
    for field, values in other_values(profile).items():
        for key in (key for value in values for key in keys_of({field: value})):
            (heads if key[0] == HEAD else inside).add(key[1:])
    heads.discard("")
    inside.discard("")
    return heads, inside


def _add_phone(heads: set[str], inside: set[str], text: str) -> None:
    digits = text if text.isdecimal() else "".join(c for c in text if c.isdigit())
    heads.add(digits)
    inside.add(digits[-4:])
    if not PLAIN_MOBILE.fullmatch(digits):
        heads.add(digits[-11:])
        inside.add(digits[-PHONE_END:])


def _marked(heads: Iterable[str], inside: Iterable[str]) -> list[str]:
    marked = [HEAD + key[:KEY_LENGTH] for key in heads]
    return marked + [INSIDE + key[:KEY_LENGTH] for key in inside]


@lru_cache(maxsize=CACHED)
def _of_name(name: str) -> _Keys:
    heads, inside = name_keys(name)
    return _keys(heads - {""}, inside - heads - {""})


@lru_cache(maxsize=CACHED)
def _of_company(company: str) -> _Keys:
    inside = set(suffixes(folded(company)))
    if HAN_RUN.fullmatch(company) is None:
        words = WORDS.findall(unaccented(company))
        inside.update("".join(words[start:]) for start in range(1, len(words)))
    return _keys(set(), inside - {""})


def _keys(heads: set[str], inside: set[str]) -> _Keys:
    marked = frozenset(_marked(heads, inside))
    every = frozenset(heads | inside)
    return _Keys(frozenset(heads), frozenset(inside), every, marked, _text(marked))


def name_keys(name: str) -> tuple[set[str], set[str]]:
    """Keys of a name in any script: those that begin it, and those within it.

    What stands before its first Chinese character, as in "A张三" or "🌹李芳", is
    no part of the name: people put it there to sort their contacts.
    """
    if name.isascii() and name.isalnum() and _NEW_WORD.search(name) is None:
        return {name.casefold()}, set()
    heads, inside = _of_words(name)
    text = "" if name.isascii() else folded(name)[:LONGEST_NAME]
    first = HAN.search(text)
    if first is not None:
        whole, *rest = suffixes(text)
        readings = pinyin(text)
        initials = "".join(reading[0] for reading in readings)
        heads |= {whole, "".join(readings), initials}
        inside.update(rest)
        inside.update("".join(readings[start:]) for start in range(1, len(readings)))
        inside.update(initials[start:] for start in range(1, len(initials)))
        if at := first.start():
            heads |= {text[at:], "".join(readings[at:]), initials[at:]}
    return heads, inside


def _of_words(name: str) -> tuple[set[str], set[str]]:
    """Keys of a name's words: the whole, the first, each later one, and Latin initials."""
    words = WORDS.findall(unaccented(_NEW_WORD.sub(" ", name)))
    heads = {"".join(words), *words[:1]}
    inside = {"".join(words[start:]) for start in range(1, len(words))}
    if len(words) > 1 and all(word[0].isascii() for word in words):
        heads.add("".join(word[0] for word in words))
    return heads, inside.union(words[1:])


def suffixes(text: str) -> Iterator[str]:
    """Every suffix of Chinese text; Latin text as a whole."""
    text = text[:LONGEST_NAME]
    for start, char in enumerate(text):
        if start == 0 or HAN.match(char):
            yield text[start:]


def pinyin(text: str) -> list[str]:
    """The reading of each character, its surname reading in front; Latin runs stay whole."""
    readings = [reading(char) for char in text]
    for found in _PHRASE.finditer(text):
        readings[found.start() : found.end()] = PHRASE_READINGS[found[0]]
    run = HAN_RUN.search(text)
    if run is None:
        return readings
    at, length = run.start(), len(run[0])
    compound = COMPOUND_READINGS.get(text[at : at + 2])
    if compound:
        readings[at : at + 2] = compound
    elif length in (2, 3) and text[at] in SURNAME_READINGS and run[0][:2] not in PHRASE_READINGS:
        readings[at] = SURNAME_READINGS[text[at]]
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
