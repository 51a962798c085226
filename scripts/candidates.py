"""Articles and videos that could become content: how hot and how fresh each is, and what it is for.

Invariants: pure, the day is an argument; more reads, plays, comments or shares
never make a candidate rank lower; the order of the file changes nothing but
ties. The formula is told in docs/sop.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from rules.nouns import Purpose
from rules.sop import Sop

YEAR = 365
"""Days after which a candidate is marked as old."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One article or video, with what its readers did."""

    title: str
    link: str = ""
    """Begins with http:// or https://, or is empty."""
    published: int | None = None
    """Day number."""
    reads: int = 0
    plays: int = 0
    comments: int = 0
    shares: int = 0
    purpose: Purpose | None = None
    """As the file says; None lets the title tell it."""


@dataclass(frozen=True, slots=True)
class HeatRules:
    """What makes a candidate hot."""

    reach: float = 0.4
    """Weight of reads or plays, whichever is more of what the file's best has."""
    comments: float = 0.3
    shares: float = 0.3
    half_life: int = 120
    """Days in which half of the heat is gone."""
    floor: int = 50
    """Reads or plays below which a candidate fills no gap: its figures say nothing yet."""


HEAT_RULES = HeatRules()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place."""

    candidate: Candidate
    heat: float
    """0 to 1: how its figures compare with the highest of the file."""
    freshness: float
    """0 to 1, halved by every half-life; one without a date counts as a year old."""
    age: int | None
    """Days; None without a date."""
    purpose: Purpose
    known: bool = False
    """The SOP has it already, by its link or its title."""
    thin: bool = False
    """Fewer people saw it than the floor, in a file that tells how many did."""

    @property
    def score(self) -> float:
        """0 to 1, what it is ranked by."""
        return self.heat * self.freshness

    @property
    def old(self) -> bool:
        """Whether it was published more than a year ago."""
        return self.age is not None and self.age > YEAR


def rank(
    candidates: Sequence[Candidate],
    today: int,
    sop: Sop | None = None,
    rules: HeatRules = HEAT_RULES,
) -> tuple[Ranked, ...]:
    """All candidates, the hottest and freshest first; equal ones in the file's order."""
    weights = _weights(candidates, rules)
    share = {name: _share(candidates, figure) for name, figure in _FIGURES.items()}
    known = _known(sop)
    counted = any(one.reads or one.plays for one in candidates)
    ranked = []
    for one in candidates:
        reach = max(share["reads"](one), share["plays"](one))
        parts = {"reach": reach, "comments": share["comments"](one), "shares": share["shares"](one)}
        heat = sum(weights[name] * part for name, part in parts.items())
        age = None if one.published is None else max(0, today - one.published)
        freshness = 0.5 ** ((YEAR if age is None else age) / rules.half_life)
        named = not known.isdisjoint(_names(one.title, one.link))
        thin = counted and max(one.reads, one.plays) < rules.floor
        ranked.append(Ranked(one, heat, freshness, age, purpose_of(one), named, thin))
    return tuple(sorted(ranked, key=lambda one: -one.score))


_FIGURES: Mapping[str, Callable[[Candidate], int]] = {
    "reads": lambda one: one.reads,
    "plays": lambda one: one.plays,
    "comments": lambda one: one.comments,
    "shares": lambda one: one.shares,
}


def _share(
    candidates: Sequence[Candidate], figure: Callable[[Candidate], int]
) -> Callable[[Candidate], float]:
    """How a candidate's figure compares with the highest, on a scale of orders of magnitude."""
    highest = log1p(max(map(figure, candidates), default=0))
    return lambda one: log1p(figure(one)) / highest if highest else 0.0


def _weights(candidates: Sequence[Candidate], rules: HeatRules) -> Mapping[str, float]:
    """The weights of what the file tells at all; together 1, or all 0 when it tells nothing."""
    told = {
        "reach": rules.reach * any(one.reads or one.plays for one in candidates),
        "comments": rules.comments * any(one.comments for one in candidates),
        "shares": rules.shares * any(one.shares for one in candidates),
    }
    total = sum(told.values())
    return {name: weight / total if total else 0.0 for name, weight in told.items()}


def _known(sop: Sop | None) -> frozenset[str]:
    contents = sop.contents.values() if sop else ()
    return frozenset(name for one in contents for name in _names(one.title, one.target))


def _names(title: str, link: str) -> tuple[str, ...]:
    """What a content is known again by."""
    return tuple(filter(None, (" ".join(title.split()).casefold(), link.strip())))


_WORDS: Mapping[Purpose, tuple[tuple[int, str], ...]] = {
    Purpose.EFFECT: (
        (3, r"案例|客户故事|实测|前后|复盘|\bcase stud|\bbefore and after|\bsuccess stor"),
        (2, r"从.{0,12}到|降到|降了|少了|省了|缩短|提升|提高|翻倍|增长|减少|节省|回本|投入产出"),
        (2, r"\bfrom .{1,40} to \b|\bcut\b|\bsaved?\b|\breduc|\bhalf the\b|\bpayback|\bresults?\b"),
        (2, r"试用|试排|\btrial\b|\bsandbox\b"),
        (1, r"\d+ ?%|效果|用了|两个月|\bless\b|\bmore\b|\bplants?\b|厂"),
    ),
    Purpose.BRAND: (
        (
            3,
            r"我们|创始人|获奖|荣获|入选|周年|签约|融资|品牌|年会|\bwe\b|\bour\b|\bfounder|\baward",
        ),
        (2, r"公司|团队|顾问|价格|演示|安全|资质|新品|发布会|今年|合作"),
        (2, r"\bcompany\b|\bteam\b|\bconsultant|\bpricing\b|\bdemo\b|\bsecurity\b|\banniversary\b"),
        (2, r"\byour data\b|\bpartner|\broadmap\b|数据放在"),
    ),
    Purpose.FUNCTION: (
        (3, r"模板|清单|教程|指南|攻略|步骤|避坑|\bhow to\b|\bguide\b|\bchecklist\b|\btemplate\b"),
        (2, r"如何|怎么|怎样|怎|方法|技巧|[一二三四五六七八九十\d]+个|看懂|自查|信号|问题|报告"),
        (
            2,
            r"\btips?\b|\bsteps?\b|\bways?\b|\bquestions?\b|\bsigns?\b|\bwhat is\b|\bset(ting)? up",
        ),
        (1, r"表|卡|图|为什么|\bsheet\b|\bwithout\b|\bin .{1,12} minutes\b"),
    ),
}
"""Words of titles and how plainly each tells a purpose."""

_TELLING = {
    purpose: tuple((weight, re.compile(words, re.IGNORECASE)) for weight, words in rows)
    for purpose, rows in _WORDS.items()
}


def purpose_of(candidate: Candidate) -> Purpose:
    """What a candidate is for: as its file says, else by the words of its title; what tells
    nothing is taken for something useful."""
    if candidate.purpose is not None:
        return candidate.purpose
    title = candidate.title[:200]
    scores = {
        purpose: sum(weight for weight, words in rows if words.search(title))
        for purpose, rows in _TELLING.items()
    }
    best = max(scores.values())
    return (
        Purpose.FUNCTION
        if scores[Purpose.FUNCTION] == best
        else max(scores, key=scores.__getitem__)
    )
