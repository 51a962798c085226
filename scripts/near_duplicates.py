"""Scripts that say nearly the same: as variants they compare nothing, in two contents they bore."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.lint_rules import Gravity, LintRule
from rules.sop import Sop
from rules.wording import N_, sentence
from scripts.filling import is_todo
from scripts.findings import Finding

MOST = 3000
"""Scripts that are compared with each other; an SOP has some hundred."""


@dataclass(frozen=True, slots=True)
class _Text:
    content: str
    title: str
    script: str
    words: str


def duplicate_findings(sop: Sop) -> Iterator[Finding]:
    """One finding for each script that is nearly an earlier one."""
    if sop.lint.gravity(LintRule.NEAR_DUPLICATE) is Gravity.OFF:
        return
    texts = [
        _Text(content.id, content.title, script.id, " ".join(script.text.split()))
        for content in sop.contents.values()
        for script in content.scripts
        if not is_todo(script.text)
    ]
    least = sop.lint.limits.duplicate_percent
    for later, (earlier, likeness) in _pairs(texts[:MOST], least):
        first, second = texts[earlier], texts[later]
        message = N_(
            'script {script} of "{content}" is {percent}% the same as {first} of "{other}"'
        )
        yield Finding(
            LintRule.NEAR_DUPLICATE,
            sentence(
                message,
                script=second.script,
                content=second.title,
                percent=int(likeness),
                first=first.script,
                other=first.title,
            ),
            sentence(N_("Say it another way, or delete one of them")),
            second.content,
            second.script,
            other="" if first.content == second.content else first.content,
        )


def _pairs(texts: list[_Text], least: float) -> Iterator[tuple[int, tuple[int, float]]]:
    """Each text that is like an earlier one, with the one it is most like."""
    # Imported here: loading it costs more than all the other checks together.
    from rapidfuzz.fuzz import ratio

    by_length = sorted(range(len(texts)), key=lambda n: len(texts[n].words))
    found: dict[int, tuple[int, float]] = {}
    for place, one in enumerate(by_length):
        words = texts[one].words
        for other in by_length[place + 1 :]:
            # Of two texts only twice the shorter one can be common to both.
            if 200 * len(words) < least * (len(words) + len(texts[other].words)):
                break
            likeness = ratio(words, texts[other].words, score_cutoff=least)
            earlier, later = sorted((one, other))
            if likeness and (later not in found or likeness > found[later][1]):
                found[later] = (earlier, likeness)
    yield from sorted(found.items())
