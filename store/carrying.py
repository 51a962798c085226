"""What is known of the texts in use, whichever versions they were sent with.

A verdict is of a content in one version (`store.review`); a text that a later
version took over unchanged is the same text, so that its earlier sends say as
much of it. Invariant: only texts of the SOP in use count here, by their digest;
a changed text is a new text, and brings nothing along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.sop import Sop
from rules.verdicts import Evidence, Verdict, judge_all, usual_of
from store.review import ContentReview, ScriptReview


@dataclass(frozen=True)
class Carried:
    """A content of the SOP in use by all sends of its present texts."""

    review: ContentReview
    """Judged by them; of the version in use."""
    earlier: Mapping[str, Evidence]
    """What other versions brought to these texts, by version, newest first."""

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version that counts, that in use first."""
        return (self.review.version, *self.earlier)


def carried(rows: Sequence[ContentReview], sop: Sop) -> dict[str, Carried]:
    """Each content of the SOP in use that was sent, by its id; `rows` are of all versions.

    While no text in use was ever sent, a content is as its own version has it.
    """
    of: dict[str, list[ContentReview]] = {}
    for row in rows:
        if row.content in sop.contents:
            of.setdefault(row.content, []).append(row)
    found = {name: _gathered(sop, name, these) for name, these in of.items()}
    evidence = {name: one.evidence for name, (one, _earlier) in found.items() if one is not None}
    rewritten = {name for name, (one, _e) in found.items() if one is not None and one.rewritten}
    judged = judge_all(evidence, sop.verdicts, rewritten)
    whole = {}
    for name, (one, earlier) in found.items():
        if one is not None:
            others = sum((e for other, e in evidence.items() if other != name), Evidence())
            usual = usual_of(others, sop.verdicts)
            whole[name] = Carried(replace(one, judgement=judged[name], usual=usual), earlier)
    return whole


def _gathered(
    sop: Sop, name: str, rows: Sequence[ContentReview]
) -> tuple[ContentReview | None, dict[str, Evidence]]:
    """A content by the texts in use, not yet judged, and what of it came with which version."""
    digests = {script.digest: script.id for script in sop.contents[name].scripts}
    here = next((row for row in rows if row.version == sop.version), None)
    by_version: dict[str, Evidence] = {}
    by_text: dict[str, Evidence] = {}
    for row in rows:
        for script in row.scripts:
            if script.digest in digests:
                by_version[row.version] = by_version.get(row.version, Evidence()) + script.evidence
                by_text[script.digest] = by_text.get(script.digest, Evidence()) + script.evidence
    if not by_text:
        return here, {}
    failed = any(row.verdict is Verdict.REWRITE and row.digests.isdisjoint(digests) for row in rows)
    scripts = tuple(
        ScriptReview(digests[digest], digest, in_use=True, evidence=evidence)
        for digest, evidence in sorted(by_text.items(), key=lambda pair: digests[pair[0]])
    )
    whole = replace(
        here or rows[0],
        version=sop.version,
        evidence=sum(by_text.values(), Evidence()),
        scripts=scripts,
        stages=here.stages if here else (),
        rewritten=failed or (here is not None and here.rewritten),
    )
    return whole, {v: e for v, e in by_version.items() if v != sop.version and e.sends}
