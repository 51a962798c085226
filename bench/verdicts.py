"""How often a verdict is wrong, beside plain thresholds on raw rates: simulated, no clock.

Contents of known quality are sent, what comes back is drawn, and the verdict is
compared with the truth. Invariant: the same seed gives the same tables, so that
docs/verdicts.md can be checked against the code. `python -m bench.verdicts`
prints them, with `--write` it puts them into the page.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from pathlib import Path
from random import Random

from bench.measured_parts import renewed
from rules.nouns import Reaction
from rules.verdicts import (
    RULES,
    Bar,
    Evidence,
    Usual,
    Verdict,
    VerdictRules,
    judge_all,
    usual_of,
)
from tui.demo.quality import BAD, GOOD, GREAT, WEAK_SCRIPT, Quality, qualities

PAGE = Path(__file__).parents[1] / "docs" / "verdicts.md"
SEED = 20260302
SOPS = 40
"""Simulated SOPs of each size."""
SIZES = (20, 30, 50, 65, 100, 300)
"""Sends of each content."""
REAL = 65
"""Sends that a content of the demo desk gets in a season, about."""
LOSS = 0.002
"""Chance that a touch is the one after which the contact deletes the operator."""
SPREAD = 0.2
"""The true rates vary by so much (deviation of their logarithm) around those of their kind."""

Judges = Callable[[Mapping[str, Evidence]], Mapping[str, Verdict]]
Table = Counter[tuple[Verdict, Verdict]]
"""How often a content of the first, true verdict was given the second."""

OUTCOMES = (
    Reaction.FRIENDLY,
    Reaction.POSITIVE,
    Reaction.EXPLORING,
    Reaction.REJECTING,
    Reaction.LOST,
    None,
)
BETTER = (Verdict.PREMIUM, Verdict.KEEP)
DECIDED = (*BETTER, Verdict.REWRITE, Verdict.DROP)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a content really is, and how probable each outcome of a send is."""

    verdict: Verdict
    rates: tuple[float, ...]
    """Of friendly, positive, exploring, rejecting, lost; the rest is silence."""

    @classmethod
    def near(cls, quality: Quality, rng: Random, spread: float) -> Truth:
        """A content of a kind: each rate a little off, the same on the average."""
        kind = (quality.friendly, quality.positive, quality.exploring, quality.rejecting)
        rates = (rate * rng.lognormvariate(-spread * spread / 2, spread) for rate in kind)
        return cls(Verdict(quality.worth.value), (*rates, LOSS))

    def draw(self, sends: int, rng: Random) -> Evidence:
        """What comes back."""
        upto = [*accumulate(self.rates), 1.0]
        return Evidence.of(rng.choices(OUTCOMES, cum_weights=upto, k=sends))


def mix(great: int, good: int, weak: int, bad: int) -> list[Quality]:
    """An SOP of so many contents of each kind."""
    return [GREAT] * great + [GOOD] * good + [WEAK_SCRIPT] * weak + [BAD] * bad


MIXES: Mapping[str, Sequence[Quality]] = {
    "the demo's": list(qualities().values()),
    "all are good": mix(0, 40, 0, 0),
    "most are great": mix(24, 12, 2, 2),
    "half put people off": mix(6, 12, 18, 4),
    "most are bad": mix(3, 8, 4, 25),
}


def judged(contents: Mapping[str, Evidence]) -> Mapping[str, Verdict]:
    """By the rules as they ship."""
    return {content: found.verdict for content, found in judge_all(contents).items()}


def plainly(contents: Mapping[str, Evidence]) -> Mapping[str, Verdict]:
    """By the same bars on raw rates, without asking how sure they are."""
    total = sum(contents.values(), Evidence())
    usual = usual_of(total)
    return {content: _plain(evidence, usual, RULES) for content, evidence in contents.items()}


def _plain(evidence: Evidence, usual: Usual, rules: VerdictRules) -> Verdict:
    if evidence.good < rules.drop.at(usual.good) * evidence.sends:
        return Verdict.DROP
    if evidence.against > rules.rewrite.at(usual.against) * evidence.sends:
        return Verdict.REWRITE
    if evidence.engaged > rules.premium.at(usual.engaged) * evidence.sends:
        return Verdict.PREMIUM
    return Verdict.KEEP


def simulated(
    judges: Judges, kinds: Sequence[Quality], sends: int | Sequence[int], sops: int = SOPS
) -> Table:
    """The verdicts on so many SOPs; `sends` of each content, or one number for all."""
    rng = Random(SEED)
    numbers = [sends] * len(kinds) if isinstance(sends, int) else sends
    table: Table = Counter()
    for _ in range(sops):
        truths = {str(place): Truth.near(kind, rng, SPREAD) for place, kind in enumerate(kinds)}
        drawn = zip(truths.items(), numbers, strict=True)
        evidence = {content: truth.draw(number, rng) for (content, truth), number in drawn}
        for content, verdict in judges(evidence).items():
            table[truths[content].verdict, verdict] += 1
    return table


def share_decided(table: Table) -> float:
    """Of all contents."""
    return _count(table, lambda _true, given: given in DECIDED) / table.total()


def share_wrong(table: Table) -> float:
    """Of the decided ones; 0 when nothing was decided."""
    return _of_decided(table, lambda true, given: given is not true)


def share_harmful(table: Table) -> float:
    """Of the decided ones: good ones taken out or rewritten, others kept as they are."""
    return _of_decided(table, lambda true, given: (true in BETTER) != (given in BETTER))


def _of_decided(table: Table, is_counted: Callable[[Verdict, Verdict], bool]) -> float:
    decided = _count(table, lambda _true, given: given in DECIDED)
    found = _count(table, lambda true, given: given in DECIDED and is_counted(true, given))
    return found / decided if decided else 0.0


def _count(table: Table, is_counted: Callable[[Verdict, Verdict], bool]) -> int:
    return sum(number for (true, given), number in table.items() if is_counted(true, given))


def by_sends() -> str:
    """Wrong verdicts at several numbers of sends."""
    return _rows("sends of each content", ((str(sends), "the demo's", sends) for sends in SIZES))


def by_mix() -> str:
    """Wrong verdicts for SOPs of other mixes, at the demo's number of sends."""
    return _rows("the SOP's contents", ((name, name, REAL) for name in MIXES))


def _rows(what: str, cases: Iterator[tuple[str, str, int]]) -> str:
    lines = [
        f"| {what} | decided | wrong | harmful | plain: wrong | plain: harmful |",
        "|---|---|---|---|---|---|",
    ]
    for told, name, sends in cases:
        ours = simulated(judged, MIXES[name], sends)
        plain = simulated(plainly, MIXES[name], sends)
        figures = (
            share_decided(ours),
            *(share_wrong(ours), share_harmful(ours)),
            *(share_wrong(plain), share_harmful(plain)),
        )
        lines.append(f"| {told} | " + " | ".join(f"{figure:.1%}" for figure in figures) + " |")
    return "\n".join(lines)


def confusion() -> str:
    """What each kind of content is called, at the demo's number of sends."""
    table = simulated(judged, MIXES["the demo's"], REAL)
    given = (*DECIDED, Verdict.UNDECIDED)
    lines = ["| truly | " + " | ".join(given) + " |", "|---" * (len(given) + 1) + "|"]
    for true in DECIDED:
        of_kind = sum(table[true, verdict] for verdict in given)
        cells = (f"{table[true, verdict] / of_kind:.1%}" for verdict in given)
        lines.append(f"| {true} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def thresholds() -> str:
    """The defaults of every threshold."""
    lines = ["| threshold | times the usual | at least | at most | sure |", "|---|---|---|---|---|"]
    for each in fields(RULES):
        value = getattr(RULES, each.name)
        if isinstance(value, Bar):
            cells = (f"{value.times:g}", f"{value.least:g}", f"{value.most:g}", f"{value.sure:g}")
            lines.append(f"| `{each.name}` | " + " | ".join(cells) + " |")
    lines += ["", "| threshold | default |", "|---|---|"]
    for each in fields(RULES):
        value = getattr(RULES, each.name)
        if isinstance(value, Usual):
            told = ", ".join(f"{f.name} {getattr(value, f.name):g}" for f in fields(value))
            lines.append(f"| `{each.name}` | {told} |")
        elif not isinstance(value, Bar):
            lines.append(f"| `{each.name}` | {value:g} |")
    return "\n".join(lines)


PARTS: Mapping[str, Callable[[], str]] = {
    "thresholds": thresholds,
    "by_sends": by_sends,
    "confusion": confusion,
    "by_mix": by_mix,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables, or with --write puts them into docs/verdicts.md."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="renew the page")
    if parser.parse_args(arguments).write:
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), PARTS), "utf-8")
        return 0
    for name, part in PARTS.items():
        print(f"{name}\n\n{part()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
