"""The next version of an SOP, decided: what stays, what goes, and what fills the gaps.

Invariants: what is premium, to be kept, undecided or to be rewritten is carried
over as it is; a gap is only filled by something of the same purpose, so the
arc stays as it was; every step of the new version has a content with a script
for each of its stages; no sequence is left without a step.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.nouns import Form
from rules.plain_text import is_blank, keep
from rules.sop import Content, Script, Sop, Step
from rules.sop import Sequence as StepSequence
from rules.verdicts import Verdict
from scripts.candidates import Candidate, Ranked

LONGEST_VERSION = 64
STUB_SCRIPT = "a"
LINK_LIMIT = 2000
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a step whose content was dropped."""

    sequence: str
    step: str
    was: str
    """The content that was dropped."""
    content: str = ""
    """What is sent in its place; empty when the step is left out."""


@dataclass(frozen=True)
class NextVersion:
    """An SOP decided from another one and what came back to it."""

    sop: Sop
    """Whole, with its own version and without what was dropped."""
    before: Sop
    """The one that it was decided from."""
    verdicts: Mapping[str, Verdict]
    """Of every content of the version before."""
    changes: tuple[Change, ...] = ()
    added: Mapping[str, Candidate | None] = field(default_factory=dict)
    """Contents still to be written, by id, with the candidates they come from; None for one
    that only keeps a sequence from being empty."""

    def judged(self, verdict: Verdict) -> tuple[str, ...]:
        """The contents of the version before with a verdict, in their order.

        What only answers a keyword is no send and so is never judged: it is not undecided either.
        """
        sent = {step.content for sequence in self.before.sequences for step in sequence.steps}
        unjudged = self.before.answering - sent if verdict is Verdict.UNDECIDED else frozenset()
        found = (name for name, told in self.verdicts.items() if told is verdict)
        return tuple(name for name in found if name not in unjudged)


def next_version(
    sop: Sop,
    verdicts: Mapping[str, Verdict],
    stub: str,
    candidates: Sequence[Ranked] = (),
    taken: Collection[str] = (),
) -> NextVersion:
    """Decides the version after `sop`.

    What has no verdict is undecided. `stub` is the text of a script that is
    still to be written and begins with TODO; `candidates` come in their
    order; `taken` are versions whose numbers are used already.
    """
    known = {name: verdicts.get(name, Verdict.UNDECIDED) for name in sop.contents}
    filling = _Filling(sop, known, stub, list(candidates))
    sequences = tuple(filling.filled(sequence) for sequence in sop.sequences)
    left = _left(sop, known)
    version = version_after(sop.version, {sop.version, *taken})
    made = replace(sop, version=version, sequences=sequences, contents={**left, **filling.contents})
    return NextVersion(made, sop, known, tuple(filling.changes), filling.added)


def _left(sop: Sop, verdicts: Mapping[str, Verdict]) -> dict[str, Content]:
    """The contents that stay; what only answers a keyword stays and goes with it."""
    sent = {step.content for sequence in sop.sequences for step in sequence.steps}
    answers_only = sop.answering - sent
    stays = {n for n in sop.contents if verdicts[n] is not Verdict.DROP and n not in answers_only}
    found = [*stays]
    while found:
        answer = sop.contents[found.pop()].reply_with
        if answer and answer not in stays:
            stays.add(answer)
            found.append(answer)
    return {name: content for name, content in sop.contents.items() if name in stays}


def version_after(version: str, taken: Collection[str] = ()) -> str:
    """The next whole number: 1.0 gives 2.0, v1.4 gives v2.0, spring gives spring-2."""
    found = re.fullmatch(r"(\D*)(\d{1,9})((?:\.\d+)*)", version)
    head, number, tail = (
        (found[1], int(found[2]), re.sub(r"\d+", "0", found[3]))
        if found
        else (f"{version}-", 1, "")
    )
    while True:
        number += 1
        ending = f"{number}{tail}"
        told = head[: max(0, LONGEST_VERSION - len(ending))] + ending
        if told not in taken:
            return told


class _Filling:
    """One pass over the steps, remembering what was put where."""

    def __init__(
        self, sop: Sop, verdicts: Mapping[str, Verdict], stub: str, candidates: list[Ranked]
    ) -> None:
        self._sop, self._verdicts, self._stub = sop, verdicts, stub
        self._candidates = [one for one in candidates if not (one.old or one.known or one.thin)]
        self._taken: dict[str, str] = {}
        """The new content of each that was dropped."""
        self.contents: dict[str, Content] = {}
        self.added: dict[str, Candidate | None] = {}
        self.changes: list[Change] = []

    def filled(self, sequence: StepSequence) -> StepSequence:
        """The sequence with its gaps filled, or closed where nothing fits."""
        steps: list[Step] = []
        gaps: list[tuple[Step, str]] = []
        for step in sequence.steps:
            if self._verdicts.get(step.content) is not Verdict.DROP:
                steps.append(step)
                continue
            new = self._candidate_for(step.content) or self._own_for(sequence, step, steps)
            gaps.append((step, new))
            if new:
                steps.append(replace(step, content=new))
        if not steps and gaps:
            first, _ = gaps[0]
            new = self._add(self._sop.contents[first.content], None)
            gaps[0] = (first, new)
            steps.append(replace(first, content=new))
        self.changes += [Change(sequence.id, step.id, step.content, new) for step, new in gaps]
        return replace(sequence, steps=tuple(steps))

    def _candidate_for(self, dropped: str) -> str:
        """The best candidate left of the same purpose, the same one wherever this was sent."""
        if dropped not in self._taken:
            content = self._sop.contents[dropped]
            for one in self._candidates:
                if one.purpose is content.purpose:
                    self._candidates.remove(one)
                    return self._add(content, one.candidate)
        return self._taken.get(dropped, "")

    def _own_for(self, sequence: StepSequence, gap: Step, before: Sequence[Step]) -> str:
        """A content of the SOP's own: one that no step sends, else a premium one."""
        sent = {step.content for one in self._sop.sequences for step in one.steps}
        sent |= self._sop.answering
        unused = [name for name in self._sop.contents if name not in sent]
        premium = [n for n, verdict in self._verdicts.items() if verdict is Verdict.PREMIUM]
        stages = gap.stages or sequence.stages
        purpose = self._sop.contents[gap.content].purpose
        for name in (*unused, *premium):
            content = self._sop.contents[name]
            fits = content.purpose is purpose and self._verdicts[name] is not Verdict.DROP
            if (
                fits
                and all(content.variants_for(stage) for stage in stages)
                and name not in self._got(sequence, before, stages)
            ):
                return name
        return ""

    def _got(
        self, sequence: StepSequence, before: Sequence[Step], stages: Collection[str]
    ) -> set[str]:
        """What contacts of these stages get in the sequence anyway."""
        steps = (*sequence.steps, *before)
        return {s.content for s in steps if not s.stages or not set(stages).isdisjoint(s.stages)}

    def _add(self, dropped: Content, candidate: Candidate | None) -> str:
        """A content still to be written in place of a dropped one, for the same stages."""
        name = self._taken.get(dropped.id) or self._unused_id(
            "new" if candidate else f"{dropped.id[:50]}_new"
        )
        self._taken[dropped.id] = name
        form, target = _form(candidate)
        self.added[name] = candidate
        self.contents[name] = Content(
            id=name,
            title=_title(candidate) or dropped.title,
            purpose=dropped.purpose,
            scripts=(Script(STUB_SCRIPT, self._stub),),
            form=form,
            target=target,
            stages=dropped.stages,
            published=candidate.published if candidate else None,
        )
        return name

    def _unused_id(self, wish: str) -> str:
        known = {*self._sop.contents, *self.contents}
        return next(name for name in _numbered(wish) if name not in known)


def _numbered(wish: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{wish}_{number:02d}"


def _title(candidate: Candidate | None) -> str:
    """A candidate's title as an SOP may hold it; empty when nothing of it can be seen."""
    if candidate is None:
        return ""
    line = " ".join(candidate.title.split())
    seen = keep("".join(char for char in line if char.isprintable())).strip()
    return "" if is_blank(seen) else seen


def _form(candidate: Candidate | None) -> tuple[Form | None, str]:
    """A video is what was rather played than read."""
    if candidate is None or not _LINK.fullmatch(candidate.link):
        return None, ""
    if not candidate.link.isprintable() or keep(candidate.link, LINK_LIMIT) != candidate.link:
        return None, ""
    return (Form.VIDEO if candidate.plays > candidate.reads else Form.ARTICLE), candidate.link
