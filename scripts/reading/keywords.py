"""Replies that are the keyword of a script, as it stands or with a slip.

A keyword is recognised when it is all that a reply says beside filling words:
within a longer sentence the same word may mean anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scripts.reading.normal import Plain, plain

LONGEST = 40
"""Characters of a reply that may be a keyword and what stands around it."""
SLIP_FROM = 5
"""Letters from which one wrong letter is a slip; with 4, only two that changed places."""
_FILLING = re.compile(
    r"麻烦|请问|请|谢谢|感谢|多谢|好的|你好|回复|回|我想要|我要|想要|要一[份个]|要|发一?[份个下]|发我|发给我|发来|发|给我"
    r"|来一[份个]|来个|来|求|领取?|需要|看看|看下|一下|一份|那个|这个|的|吧|呢|啊|呀|哈|哦|喔|啦"
    r"|\b(?:please|thanks|thank you|hi|hello|ok|yes|the|a|an|i|want|need|would|like|send|me|get|for"
    r"|us|to|keyword|reply|it|is|my|your|sure|share|give|can|you|have)\b"
)
_MARKS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword that a reply gave."""

    keyword: str
    """As the script has it."""
    exact: bool
    """False when it came with a slip."""


def keyword_in(reply: Plain, keywords: Iterable[str], is_word: Callable[[str], bool]) -> Hit | None:
    """The keyword that a reply gives, exact ones first; None when it gives none.

    What `is_word` knows as a word of replies is no slip, however near it comes.
    """
    if not reply.text or len(reply.text) > LONGEST:
        return None
    told = {_bare(reply.text), _MARKS.sub("", reply.text)} - {""}
    told |= {one[:-1] for one in told if one.isascii() and one.endswith("s")}
    known = [(keyword, plain(keyword).text) for keyword in keywords if keyword]
    for keyword, wanted in known:
        if not told.isdisjoint({_MARKS.sub("", wanted), _bare(wanted)}):
            return Hit(keyword, exact=True)
    told = {one for one in told if not is_word(one)}
    for keyword, wanted in known:
        if any(is_slip(one, _MARKS.sub("", wanted)) for one in told):
            return Hit(keyword, exact=False)
    return None


def _bare(text: str) -> str:
    """A text without filling words and marks."""
    return _MARKS.sub("", _FILLING.sub(" ", text))


def is_slip(told: str, wanted: str) -> bool:
    """Whether one was typed where the other was meant."""
    if not wanted or told == wanted:
        return False
    if _HAN.search(wanted):
        return len(told) == len(wanted) > 1 and _sound_alike(told, wanted)
    if _exchanged(told, wanted):
        return len(wanted) >= SLIP_FROM - 1
    return len(wanted) >= SLIP_FROM and one_apart(told, wanted)


def one_apart(a: str, b: str) -> bool:
    """Whether one letter more, less or other makes one of the other."""
    if abs(len(a) - len(b)) > 1:
        return False
    short, long = sorted((a, b), key=len)
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[at + (len(a) == len(b)) :] == long[at + 1 :]


def _exchanged(a: str, b: str) -> bool:
    """Whether two neighbours changed places."""
    if len(a) != len(b):
        return False
    other = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return (
        len(other) == 2
        and other[1] == other[0] + 1
        and (a[other[0]], a[other[1]]) == (b[other[1]], b[other[0]])
    )


def _sound_alike(a: str, b: str) -> bool:
    """Whether each character may be read like the one at its place."""
    return all(_sounds(x) & _sounds(y) for x, y in zip(a, b, strict=True))


@lru_cache(maxsize=4096)
def _sounds(character: str) -> frozenset[str]:
    """The ways to read it, without tones; zh and z, n and ng are one to many who type."""
    # Loaded when a short Chinese reply is no keyword as it stands.
    from pypinyin import Style, pinyin

    (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True)
    return frozenset(_merged(reading) for reading in readings)


def _merged(syllable: str) -> str:
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")):
        syllable = syllable.replace(one, other)
    return syllable


def answers(keywords: Mapping[str, str], last: str | None, keyword: str) -> str | None:
    """The content whose keyword it is, of `keywords` by content; the last sent before others."""
    if last is not None and keywords.get(last) == keyword:
        return last
    return next((content for content, known in keywords.items() if known == keyword), None)
