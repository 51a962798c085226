"""Whether two contacts are one person: surely, perhaps, or not worth telling.

Invariants: people whose external ids differ are never surely one, nor are
different names behind one phone. What is compared was made plain before
(simplified characters, lower case, readings), so that nothing here knows a
dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.wording import N_, Sentence, sentence


class Alike(StrEnum):
    """How sure it is that two contacts are one person."""

    SURELY = "surely"
    PERHAPS = "perhaps"


SURELY, PERHAPS = 90, 50
"""Scores from which a pair is told, out of 100."""
OFFICE = 4
"""So many contacts behind one phone make it an office's."""
AGAINST = 15
"""What each contradiction takes from a score that rests on names."""
MORE = 3
"""What each further agreement adds."""


class Names(StrEnum):
    """What two contacts' names say of each other."""

    SAME = "same"
    SOUND = "sound"
    """In two scripts, or in two characters of one sound."""
    SHORT = "short"
    """老张 and 张伟: it may be."""
    UNKNOWN = "unknown"
    """One of them has no name that is one."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of one contact; an empty field is not known."""

    contact: int
    written: frozenset[str] = frozenset()
    """Full names in plain characters, of the name and of the remark."""
    sounds: frozenset[str] = frozenset()
    """The readings of these names."""
    surnames: frozenset[str] = frozenset()
    """The readings of surnames, of full names too."""
    is_short: bool = False
    """Only a surname is known: 老张, 张总."""
    companies: frozenset[str] = frozenset()
    """Companies, of the field and of the remark, without place and legal form."""
    phone: str = ""
    external_id: str = ""
    """Empty for a mere row number."""
    handle: str = ""
    email: str = ""
    birthday: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two contacts that may be one, and why."""

    one: int
    two: int
    score: int
    alike: Alike
    because: tuple[Sentence, ...]


REASONS: Mapping[Names, Sentence] = {
    Names.SAME: sentence(N_("same name")),
    Names.SOUND: sentence(N_("names that sound alike")),
    Names.SHORT: sentence(N_("names that may be one")),
    Names.UNKNOWN: sentence(N_("one name is unknown")),
    Names.OTHER: sentence(N_("different names")),
}


def _scores(*scores: int) -> dict[Names, int]:
    return dict(zip(Names, scores, strict=True))


BY_FIELD: tuple[tuple[str, Sentence, Mapping[Names, int]], ...] = (
    ("external_id", sentence(N_("same external id")), _scores(100, 98, 95, 93, 80)),
    ("handle", sentence(N_("same chat id")), _scores(97, 95, 88, 85, 70)),
    ("phone", sentence(N_("same phone")), _scores(95, 92, 80, 65, 55)),
    ("email", sentence(N_("same email")), _scores(93, 90, 75, 62, 52)),
)
"""The score of each agreement, by what the names say."""
BY_COMPANY: Mapping[Names, int] = {Names.SAME: 75, Names.SOUND: 68, Names.SHORT: 52}
COMPANY = sentence(N_("same company"))
CONTRADICTIONS: tuple[tuple[str, Sentence], ...] = (
    ("external_id", sentence(N_("different external ids"))),
    ("handle", sentence(N_("different chat ids"))),
    ("phone", sentence(N_("different phones"))),
    ("email", sentence(N_("different emails"))),
    ("birthday", sentence(N_("different birthdays"))),
)
FORBIDS = ("external_id", "handle", "birthday")
"""Fields whose contradiction leaves every pair at perhaps."""


def likeness(one: Known, two: Known, *, sharing: int = 2) -> Likeness | None:
    """How alike two contacts are; None when it is not worth telling.

    `sharing` is how many contacts have their common phone.
    """
    names = compare_names(one, two)
    scores: list[int] = []
    because: list[Sentence] = []
    for name, reason, by_names in BY_FIELD:
        if _same(one, two, name):
            is_office = name == "phone" and sharing >= OFFICE
            scores.append(by_names[names] - (20 if is_office and names is not Names.SAME else 0))
            because.append(reason)
    ids = bool(scores)
    if one.companies and same_company(one.companies, two.companies):
        because.append(COMPANY)
        if names in BY_COMPANY:
            scores.append(BY_COMPANY[names])
    against = [(name, reason) for name, reason in CONTRADICTIONS if _differ(one, two, name)]
    if not scores:
        return None
    because += [REASONS[names], *(reason for _name, reason in against)]
    score = min(100, max(scores) + MORE * (len(scores) - 1))
    if not ids:
        score -= AGAINST * len(against)
    if names is Names.OTHER or any(name in FORBIDS for name, _reason in against):
        score = min(score, SURELY - 1)
    if score < PERHAPS:
        return None
    alike = Alike.SURELY if score >= SURELY else Alike.PERHAPS
    first, second = sorted((one.contact, two.contact))
    return Likeness(first, second, score, alike, tuple(because))


def compare_names(one: Known, two: Known) -> Names:
    """What the names of two contacts say of each other."""
    if one.written & two.written and not (one.is_short and two.is_short):
        return Names.SAME
    if one.sounds & two.sounds and not (one.is_short or two.is_short):
        return Names.SOUND
    if (one.is_short or two.is_short) and one.surnames & two.surnames:
        return Names.SHORT
    if not one.surnames or not two.surnames:
        return Names.UNKNOWN
    return Names.OTHER


def same_company(ones: Iterable[str], twos: Iterable[str]) -> bool:
    """Whether two contacts name one company: the same, or one within the other."""
    others = [*twos]
    return any(
        one == two or (min(len(one), len(two)) >= 2 and (one in two or two in one))
        for one in ones
        for two in others
        if one and two
    )


def chosen_together(
    pairs: Iterable[tuple[int, int]], external_ids: Mapping[int, str]
) -> list[tuple[int, int]]:
    """Pairs that can be merged in one go, in their order.

    A pair that would make one of people whose external ids differ, by way of
    a third, is left out.
    """
    group_of: dict[int, set[int]] = {}
    chosen = []
    for one, two in pairs:
        joined = group_of.get(one, {one}) | group_of.get(two, {two})
        if len({external_ids[c] for c in joined if external_ids.get(c)}) > 1:
            continue
        group_of |= dict.fromkeys(joined, joined)
        chosen.append((one, two))
    return chosen


def _same(one: Known, two: Known, name: str) -> bool:
    value = getattr(one, name)
    return bool(value) and value == getattr(two, name)


def _differ(one: Known, two: Known, name: str) -> bool:
    value, other = getattr(one, name), getattr(two, name)
    return bool(value and other and value != other)


# Taking names and companies out of what operators write

LETTER = r"[^\W\d_\u2e80-\uffff]"
"""A letter of a name that is not Chinese, with or without accents."""
BETWEEN = re.compile(
    rf"[_—–~·•|/\\,，、;；:：()（）\[\]【】<>《》@#+&*]+|(?<!{LETTER})-+|-+(?!{LETTER})"
)
"""What stands between a name and other things; the hyphen of Jean-Luc does not."""
HAN = re.compile(r"[㐀-䶿一-鿿\U00020000-\U0003134f]")
HAN_ONLY = re.compile(r"[㐀-䶿一-鿿\U00020000-\U0003134f]{2,4}")
LATIN = re.compile(rf"{LETTER}+(?:[ .'’-]+{LETTER}+)*\.?")
HONORIFIC = re.compile(
    "(?:总经理|董事长|经理|老师|先生|女士|小姐|主任|总监|老板|师傅|厂长|工程师|采购|哥|姐|总|工|董)$"
)
BEFORE = ("老", "小", "阿", "大")
LEGAL = re.compile(
    "(?:股份有限公司|有限责任公司|集团有限公司|有限公司|分公司|公司|集团|股份|工厂|厂"
    r"|,? *(?:co\.?,? *ltd|company|limited|ltd|inc|corp|llc|gmbh)\.?)+$"
)
PLACE = re.compile(
    "^(?:中国|北京|上海|天津|重庆|广东|广州|深圳|东莞|佛山|江苏|苏州|无锡|南京|常州|昆山|浙江|杭州|宁波"
    "|温州|义乌|福建|厦门|泉州|福州|山东|青岛|济南|四川|成都|湖北|武汉|湖南|长沙|河南|郑州|安徽|合肥"
    "|陕西|西安|河北|石家庄|辽宁|沈阳|大连|江西|南昌|香港|台湾|台北)(?:省|市)?"
)
TRADE = re.compile(
    "(?:科技|技术|贸易|实业|精密|机械|电子|信息|网络|文化|传媒|教育|咨询|服务|制造|采购|销售|市场|财务"
    "|老板|总监|经理|总)+$"
)


@dataclass(frozen=True, slots=True)
class Called:
    """What one text that names somebody says."""

    names: tuple[str, ...] = ()
    """Full names, as they are written."""
    short: str = ""
    """A surname with what people put around it taken away."""
    rest: tuple[str, ...] = ()
    """The other parts: a company, a place, a job."""


def called(text: str, is_surname: Callable[[str], bool]) -> Called:
    """Takes a name apart; `text` is plain (simplified, lower case).

    张伟-新禾采购 names 张伟 and leaves 新禾采购.
    """
    parts = [part for piece in BETWEEN.split(text) for part in _pieces(piece)]
    for place, part in enumerate(parts):
        rest = (*parts[:place], *parts[place + 1 :])
        if not HAN.search(part):
            if LATIN.fullmatch(part) and len(part) > 1:
                return Called((part,), "", rest)
            continue
        bare = HONORIFIC.sub("", part)
        shorts = (bare if bare != part else "", bare[1:] if bare[:1] in BEFORE else "")
        for short in shorts:
            if short and is_surname(short):
                return Called((), short, rest)
        name = bare if len(bare) > 1 else part
        if HAN_ONLY.fullmatch(name) and (is_surname(name[0]) or is_surname(name[:2])):
            return Called((name,), "", rest)
    alone = parts[0] if len(parts) == 1 else ""
    return Called((alone,)) if HAN_ONLY.fullmatch(alone) else Called((), "", tuple(parts))


def company_core(text: str) -> str:
    """A plain company without its place, its legal form and its trade: what tells it apart."""
    core = LEGAL.sub("", "".join(text.split()))
    core = PLACE.sub("", core) or core
    return TRADE.sub("", core) or core


def _pieces(piece: str) -> list[str]:
    """Parts at blanks, unless the words are a Latin name; digits are no part."""
    words = [word for word in piece.split() if not word.isdigit()]
    if any(HAN.search(word) for word in words):
        return words
    return [" ".join(words)] if words else []
