"""A reply as it is compared: one spelling for what means the same.

Invariant: `plain` of a plain text is that text again, signs are taken out of
the words, and nothing depends on the machine or its locale.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from scripts.reading.characters import simplified
from scripts.reading.signs import CODE, CODES, LETTERS, SMILEYS

LONGEST = 400
"""Characters of a reply that are read; what decides stands within them."""
THANKS = ("thx", "tks", "tnx", "thks", "thanx", "ty", "tysm", "tq", "3q", "3ku", "thnks", "thanku")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u00ad]")
_REPEATED = re.compile(r"(.)\1{2,}")
_REPEATED_MARK = re.compile(r"([^\w\s])\1+")
_BLANKS = re.compile(r"[^\S\n]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_MARKS = str.maketrans(
    {"。": ".", "、": ",", "~": "", "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"'}
)

_WORDS = {
    **dict.fromkeys(THANKS, "thanks"),
    **dict.fromkeys(("pls", "plz", "plse", "kindly"), "please"),
    **dict.fromkeys(("okay", "okey", "okie", "okk", "okok", "k", "kk", "oki"), "ok"),
    "u": "you",
    "ur": "your",
    "r": "are",
    "im": "i am",
    "i'm": "i am",
    "ive": "i have",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "cant": "can not",
    "cannot": "can not",
    "wont": "will not",
    "isnt": "is not",
    "arent": "are not",
    "can't": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "wanna": "want to",
    "gonna": "going to",
    "info": "information",
    "msg": "message",
    "msgs": "messages",
    "mins": "minutes",
    "tmr": "tomorrow",
    "tmrw": "tomorrow",
    "abt": "about",
    "bcoz": "because",
    "gd": "good",
    "cya": "bye",
}
_WORD = re.compile(r"[a-z][a-z'.-]*[a-z]|[a-z]|3q|3ku")
_SHORT = (
    (re.compile(r"\b(\w+)n't\b"), r"\1 not"),
    (re.compile(r"\b(\w+)'(?:re)\b"), r"\1 are"),
    (re.compile(r"\b(\w+)'(?:ll)\b"), r"\1 will"),
    (re.compile(r"\b(\w+)'(?:d)\b"), r"\1 would"),
    (re.compile(r"\b(\w+)'(?:ve)\b"), r"\1 have"),
    (re.compile(r"\b(it|that|there|what|here|let|who|where|when)'s\b"), r"\1 is"),
)

_TWICE = (
    # "not that we do not need it": two negations are none, what follows is meant.
    re.compile(
        r"(?<![是不])(?:也|倒|并|又)?(?:不是|并非|并不是|没说|没有说|不代表|不等于|不能说|不会)"
        r"(?:说|因为)?(我们?|咱们?|你们?|公司|老板|真的?|完全)?(?:不是|不会|不|没有?"
        r"|无)(?=[\u4e00-\u9fff])"
    ),
    re.compile(
        r"\b(?:it is |i am |we are )?not (?:that|because|saying|to say)(?: that)?((?: \w+){0,2}?)"
        r" (?:(?:do|does|did|am|are|is|have) not|no)\b"
    ),
    # "how could one not read it", "read it more than a little": a negation that affirms.
    re.compile(
        r"(?:(?:怎么|哪里?|岂)(?:能|会|敢|可能)?(?:不|没)|(?<![能可得])不(?:得|能|可)不"
        r"|没有?理由不|不可能不)"
        r"()(?=需要|感兴趣|想|看(?!到|见)|喜欢|支持|佩服|服|赞|说|学|夸|承认)"
    ),
    re.compile(r"(?:没少|没有少|少不了)()(?=[看读学用转听夸受])"),
    re.compile(r"(?:不能|没法|无法)(?:再|更)()(?=赞|好|棒|对)"),
    re.compile(r"\bnot (?=un|dis)()(?:un|dis)(?=interested|interesting|happy|like)"),
)
_NOT_AGAINST = re.compile(r"\bnot (?:against|opposed)\b|\bwhy not\b")
_MORE_THAN_YES = (
    # Negations of set phrases, which say the most: those no rule of negation may count.
    (
        re.compile(r"\b(?:can|could) not (?:have )?(?:agreed?|put it) (?:\w+ )?better\b"),
        "well said",
    ),
    (re.compile(r"\b(?:can|could) not agree more\b"), "fully agree"),
    (re.compile(r"\b(?:can|could) not be (?:any )?(?:more |(?=\w+er\b))"), "is very "),
    (re.compile(r"\b(?:would|will) not (?:say no to|mind|refuse|object to)\b"), "would like"),
    (re.compile(r"(?:不能|没法|无法)(?:再|更)?(?:同意|赞同|认同)(?:更多)?"), "同意"),
    (re.compile(r"\b(?:can|could) not wait\b"), "looking forward"),
    (re.compile(r"\b(?:can|could) not (?:stop|help) (?=\w+ing)"), "love "),
    (
        re.compile(r"\b(?:not|never) (?:going to|gonna) lie\b|\bngl\b|\bno (?:kidding|joke|cap)\b"),
        "really",
    ),
    (re.compile(r"(?:不用|不必|甭|别)(?:这么|那么|太)?(?:谢|客气)|不谢"), "客气"),
    (
        re.compile(
            r"(?:说实话|不瞒你说|不骗你|没骗你|没?不?开玩笑|不夸张|毫不夸张|不是吹|不吹不黑"
            r"|别的不(?:敢)?说|不多说|"
            r"话不多说|没话说|没毛病|没得说|二话不说)"
        ),
        "真的",
    ),
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A reply without its signs, and the signs."""

    text: str
    """Simplified, lower case, one blank between words, marks in their half-width form."""
    signs: tuple[str, ...]
    """Kinds of emoji, WeChat codes and smileys, in order: see `signs`."""


@lru_cache(maxsize=8192)
def plain(raw: str) -> Plain:
    """The reply as it is compared; the same examples are compared again and again."""
    signs: list[str] = []

    def taken(sign: str | None, found: str) -> str:
        if sign is None:
            return found
        signs.append(sign)
        return " "

    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw[:LONGEST])).casefold()
    text = simplified(text.translate(_MARKS))
    text = CODE.sub(lambda found: taken(CODES.get(found[1]), found[0]), text)
    if not text.isascii():
        text = "".join(
            taken(LETTERS.get(c), c) for c in text if not "\U0001f3fb" <= c <= "\U0001f3ff"
        )
    text = SMILEYS.sub(lambda found: taken("wry" if "(" in found[0] else "smile", found[0]), text)
    text = _REPEATED_MARK.sub(r"\1", _REPEATED.sub(r"\1\1", text))
    return Plain(_said_once(_spelled(text)), tuple(signs))


def _spelled(text: str) -> str:
    """English short forms written out, blanks made one."""
    if re.search("[a-z]", text):
        text = _WORD.sub(lambda found: _WORDS.get(found[0], found[0]), text)
        for pattern, form in _SHORT:
            text = pattern.sub(form, text)
    text = text.replace("马住", "收藏").replace("码住", "收藏")
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _BETWEEN_HAN.sub(",", "\n".join(filter(None, lines)))


def _said_once(text: str) -> str:
    """The text without double negations."""
    for pattern in _TWICE:
        text = pattern.sub(lambda found: found[1] or "", text)
    for pattern, form in _MORE_THAN_YES:
        text = pattern.sub(form, text)
    return _NOT_AGAINST.sub("ok with", text)
