"""What came back to each content: figures, verdicts, trend, and the replies behind them.

Reads the counters that every touch keeps up to date, so the cost depends on the
SOP and not on the length of the log. Replies and trend look at the latest
touches of one content only, `LATEST` at most.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rules.nouns import Kind, Reaction
from rules.periods import EVERY_MONTH, Months
from rules.sop import Sop
from rules.trends import Trend, halves, trend
from rules.verdicts import (
    Evidence,
    Judgement,
    Usual,
    Verdict,
    VerdictRules,
    judge,
    judge_all,
    usual_of,
)
from store.statements import named
from store.timeline import any_script, timeline

Key = TypeVar("Key")

RIPE = 7
"""Days after which most answers to a touch have come."""
LATEST = 5000
"""Touches of one content that a trend or a look for replies goes back."""


@dataclass(frozen=True, slots=True)
class Count:
    """One row of counters: a text of a content, as it did in one stage."""

    content: str
    version: str
    variant: str
    digest: str
    stage: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ScriptReview:
    """One text of a content."""

    variant: str
    digest: str
    in_use: bool
    """Whether the SOP that is open still has this text."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class StageReview:
    """A content in one stage."""

    stage: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ContentReview:
    """A content in one version of the SOP, with the texts and stages beneath."""

    content: str
    version: str
    evidence: Evidence
    """All its sends in this version."""
    judgement: Judgement
    """By the texts in use; by all texts while none of those in use was sent."""
    scripts: tuple[ScriptReview, ...]
    stages: tuple[StageReview, ...]
    usual: Usual
    """The rates of the version's other contents."""
    rewritten: bool = False
    """An earlier text of it was judged to be rewritten."""
    begins: str = ""
    """A template of it that was sent, where the SOP has the content no more."""

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    def part(self, evidence: Evidence, rules: VerdictRules) -> Judgement:
        """A part of it, one text or one stage, judged beside the version's other contents.

        Judged when asked for: a list of contents shows none of its parts.
        """
        return judge(evidence, self.usual, rules)

    @property
    def digests(self) -> frozenset[str]:
        """The texts that were sent."""
        return frozenset(script.digest for script in self.scripts)


@dataclass(frozen=True, slots=True)
class Reply:
    """One reaction to a content: who, when, to which text, in which words."""

    touch: int
    """Sequence number of the touch that it answers."""
    contact: int
    sent: int
    """Day number."""
    variant: str
    digest: str
    stage: str
    reaction: Reaction
    day: int
    """Day number of the reaction."""
    name: str
    company: str
    words: Mapping[str, str] = field(default_factory=dict)
    """`reply`, `note` and `interest`, as far as they were written."""


def review(
    db: sqlite3.Connection, sop: Sop, stage: str | None = None, months: Months = EVERY_MONTH
) -> tuple[ContentReview, ...]:
    """Every content that was sent, per version: the newest version first, then the SOP's order.

    With `stage` or `months` only what was sent to contacts of that stage, in
    those months, counts, and is judged beside what the other contents did there.
    """
    counts = [count for count in _counts(db, months) if stage in (None, count.stage)]
    versions = _newest_first(db, counts, sop.version)
    found: list[ContentReview] = []
    failed: dict[str, frozenset[str]] = {}
    for version in reversed(versions):  # oldest first: what failed before is known by then
        these = [count for count in counts if count.version == version]
        reviewed = tuple(_remembered(db, one, sop) for one in _of_version(these, sop, failed))
        failed |= {r.content: r.digests for r in reviewed if r.verdict is Verdict.REWRITE}
        found = [*reviewed, *found]
    return tuple(found)


def trend_of(
    db: sqlite3.Connection,
    content: str,
    version: str,
    rules: VerdictRules,
    stage: str | None = None,
    months: Months = EVERY_MONTH,
    today: int | None = None,
) -> Trend:
    """Whether a content wears out, by its latest touches, those of the stage and the months.

    With `today`, a day number, touches younger than `RIPE` days are left out, answered or
    not: the later half would look worse only because its answers are still to come.
    """
    since, until = months.days
    if today is not None:
        until = min(until, today - RIPE)
    values = {"content": content, "version": version, "stage": stage or "", "most": LATEST}
    values |= {"since": since, "until": until}
    rows = db.execute(named()["reactions_of_content"], values).fetchall()
    told = [None if reaction is None else Reaction(reaction) for (reaction,) in rows]
    return trend(*halves(told[::-1]), rules)


def replies(
    db: sqlite3.Connection,
    content: str,
    version: str,
    reaction: Reaction | None = None,
    stage: str | None = None,
    months: Months = EVERY_MONTH,
    n: int = 500,
) -> tuple[Reply, ...]:
    """The reactions behind a content's figures that stand, newest first, `n` at most."""
    since, until = months.days
    values = {
        "content": content,
        "version": version,
        "since": since,
        "until": until,
        "reaction": reaction.value if reaction else "",
        "stage": stage or "",
        "most": LATEST,
        "n": n,
    }
    rows = db.execute(named()["replies_of_content"], values)
    return tuple(_reply(*row) for row in rows)


def notes_after(db: sqlite3.Connection, reply: Reply) -> tuple[Mapping[str, str], ...]:
    """What was noted on the contact between this touch and the next: words by their kind.

    The kinds are those of `Reply.words`.
    """
    notes: list[Mapping[str, str]] = []
    for entry in timeline(db, reply.contact):
        if entry.event.seq <= reply.touch or entry.undone:
            continue
        if entry.event.kind is Kind.TOUCH:
            break
        if entry.event.kind is Kind.NOTE:
            notes.append(entry.event.text)
    return tuple(filter(None, notes))


def _reply(*row: object) -> Reply:
    touch, contact, sent, variant, digest, stage, reaction, day, name, company, body = row
    words = json.loads(str(body)) if body else {}
    return Reply(
        int(str(touch)),
        int(str(contact)),
        int(str(sent)),
        str(variant),
        str(digest),
        str(stage),
        Reaction(str(reaction)),
        int(str(day)),
        str(name or ""),
        str(company or ""),
        words,
    )


def _counts(db: sqlite3.Connection, months: Months) -> list[Count]:
    rows = db.execute(named()["content_stats"], {"first": months.first, "last": months.last})
    return [
        Count(content, version, variant, digest, stage, Evidence(*counts))
        for content, version, variant, digest, stage, *counts in rows
    ]


def _newest_first(db: sqlite3.Connection, counts: Sequence[Count], current: str) -> list[str]:
    """The versions, the open one first, the others by their first touch."""
    begun: dict[str, int] = {}
    for content, version in {(c.content, c.version) for c in counts}:
        values = {"content": content, "version": version}
        first = int(db.execute(named()["first_touch_of_version"], values).fetchone()[0] or 0)
        begun[version] = min(first, begun.get(version, first))
    return sorted(begun, key=lambda v: (v == current, begun[v]), reverse=True)


def _of_version(
    counts: Sequence[Count], sop: Sop, failed: Mapping[str, frozenset[str]]
) -> tuple[ContentReview, ...]:
    """The reviews of one version's contents, each beside the others."""
    by_content: dict[str, list[Count]] = {}
    for count in counts:
        by_content.setdefault(count.content, []).append(count)
    live = {name: _in_use(sop, these) for name, these in by_content.items()}
    evidence = {name: _sum(these) for name, these in live.items()}
    usual = {name: _beside(name, evidence, sop.verdicts) for name in evidence}
    rewritten = {
        name
        for name, these in live.items()
        if _failed_here(by_content[name], these, usual[name], sop.verdicts)
        or (name in failed and failed[name].isdisjoint(count.digest for count in these))
    }
    judged = judge_all(evidence, sop.verdicts, rewritten)
    order = {name: place for place, name in enumerate(sop.contents)}
    return tuple(
        ContentReview(
            name,
            by_content[name][0].version,
            _sum(by_content[name]),
            judged[name],
            _scripts(by_content[name], sop),
            _stages(by_content[name], sop),
            usual[name],
            name in rewritten,
        )
        for name in sorted(by_content, key=lambda name: (order.get(name, len(order)), name))
    )


def _remembered(db: sqlite3.Connection, one: ContentReview, sop: Sop) -> ContentReview:
    """A content that the SOP has no more is known by the words that were sent."""
    dropped = one.content not in sop.contents
    return replace(one, begins=any_script(db, one.content)) if dropped else one


def _beside(content: str, evidence: Mapping[str, Evidence], rules: VerdictRules) -> Usual:
    """What is usual for the other contents."""
    others = (one for name, one in evidence.items() if name != content)
    return usual_of(sum(others, Evidence()), rules)


def _failed_here(
    counts: Sequence[Count], live: Sequence[Count], usual: Usual, rules: VerdictRules
) -> bool:
    """Whether the texts that are no longer in use were judged to be rewritten."""
    old = [count for count in counts if count not in live]
    return bool(old) and judge(_sum(old), usual, rules).verdict is Verdict.REWRITE


def _scripts(counts: Sequence[Count], sop: Sop) -> tuple[ScriptReview, ...]:
    found = _summed(counts, lambda count: (count.content, count.variant, count.digest))
    return tuple(
        ScriptReview(variant, digest, _has(sop, content, variant, digest), evidence)
        for (content, variant, digest), evidence in found.items()
    )


def _stages(counts: Sequence[Count], sop: Sop) -> tuple[StageReview, ...]:
    names = sop.stage_names()
    found = _summed(counts, lambda count: count.stage)
    order = sorted(found, key=lambda s: (names.index(s) if s in names else len(names), s))
    return tuple(StageReview(stage, found[stage]) for stage in order)


def _in_use(sop: Sop, counts: Sequence[Count]) -> list[Count]:
    """The counts of the texts in use, or all while none of those was sent."""
    live = [c for c in counts if _has(sop, c.content, c.variant, c.digest)]
    return live or [*counts]


def _has(sop: Sop, content: str, variant: str, digest: str) -> bool:
    known = sop.contents.get(content)
    return known is not None and any(
        (script.id, script.digest) == (variant, digest) for script in known.scripts
    )


def _sum(counts: Iterable[Count]) -> Evidence:
    return sum((count.evidence for count in counts), Evidence())


def _summed(counts: Iterable[Count], key: Callable[[Count], Key]) -> dict[Key, Evidence]:
    found: dict[Key, Evidence] = {}
    for count in counts:
        found[key(count)] = found.get(key(count), Evidence()) + count.evidence
    return found
