"""Whether a case shows who the customer is: a phone, a person, a company.

Phones are looked for in every content, since what is sent to all shows them to
all; people and companies in cases only (purpose effect), as their names are
words that other texts may hold as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence

from rules.nouns import Purpose
from rules.sop import Content, Sop

LONGEST = 40
"""Characters of a name that is looked for."""
SHORTEST_CHINESE, SHORTEST_OTHER = 2, 4

_PHONE = re.compile(
    r"(?<![\d.])(?:"
    r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|\(?0\d{2,3}\)?[- ]\d{7,8}"
    r"|\+[1-9]\d{0,2}[- .]?(?:\(?\d{1,4}\)?[- .]?){2,5}\d{2,4}"
    r"|\(?[2-9]\d{2}\)?[- .]\d{3}[- .]\d{4}"
    r")(?![\d.]\d|\d)"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林郭马罗宋唐邓冯韩曹彭萧蔡潘田董袁杜苏魏吕丁沈姚卢傅姜崔谭廖"
)
"""The frequent ones that seldom end another word."""
_ADDRESSED = re.compile(
    f"[{_SURNAMES}](?:总(?![体是在共之的算会结部计数和量价额表图])|先生|女士|厂长|老板|主任|经理)"
)
_COMPANY = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:有限公司|股份公司|有限责任公司|集团公司)"
    r"|(?:[A-Z][\w&-]* ){1,4}(?:Ltd|Inc|GmbH|LLC|Corp|Co)\b\.?"
)


def details_shown(sop: Sop, people: Collection[str] = ()) -> Mapping[str, str]:
    """The first detail that each content shows, by the content's id; most show none.

    `people` are names and companies of contacts.
    """
    known = frozenset(name for name in map(_folded, people) if _can_be_looked_for(name))
    lengths = sorted({*map(len, known)})
    found: dict[str, str] = {}
    for content in sop.contents.values():
        shown = next(_details(content, known, lengths), None)
        if shown is not None:
            found[content.id] = shown
    return found


def without_phones(text: str) -> str:
    """A text with a mark in place of each phone number in it."""
    folded = unicodedata.normalize("NFKC", text)
    return _PHONE.sub("☎…", folded) if _PHONE.search(folded) else text


def _details(content: Content, known: frozenset[str], lengths: Sequence[int]) -> Iterator[str]:
    texts = [_folded(text) for text in (content.title, *(s.text for s in content.scripts))]
    for text in texts:
        yield from (found.group().strip() for found in _PHONE.finditer(text))
    if content.purpose is Purpose.EFFECT:
        for text in texts:
            yield from (found.group() for found in _ADDRESSED.finditer(text))
            yield from (found.group() for found in _COMPANY.finditer(text))
            yield from _named(text, known, lengths)


def _named(text: str, known: frozenset[str], lengths: Sequence[int]) -> Iterator[str]:
    """The names that stand in a text. Looks each piece of the text up among the names, so
    that a desk of a million costs hardly more than one of a hundred."""
    for start in range(len(text)) if lengths else ():
        if _inside_word(text, start):
            continue
        for length in lengths:
            piece = text[start : start + length]
            if piece in known and not _inside_word(text, start + len(piece)):
                yield piece


def _inside_word(text: str, place: int) -> bool:
    """Whether a Latin word goes on across a place; Chinese has no blanks to tell."""
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and around.isascii() and around.isalnum() and place > 0


def _can_be_looked_for(name: str) -> bool:
    least = SHORTEST_OTHER if name.isascii() else SHORTEST_CHINESE
    return least <= len(name) <= LONGEST and not name.isdigit()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
