"""How soon the better script is shown more often: Thompson sampling beside a fixed split.

Two scripts of known quality compete for the sends of one content. Invariant:
the same seed gives the same table. `python -m bench.variants` prints it, with
`--write` it puts it into docs/verdicts.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from statistics import mean, quantiles

from bench.measured_parts import renewed
from bench.verdicts import LOSS, OUTCOMES, PAGE, SEED
from rules.sop import Script
from rules.verdicts import Evidence
from scripts.choosing import VARIANT_RULES, VariantEvidence, choose_variant, fixed_split

Rates = tuple[float, float, float, float]
"""Of friendly, positive, exploring, rejecting."""
Chooser = Callable[[int, Sequence[VariantEvidence], Random], Script]
"""The script for a contact."""

RUNS = 100
SIZES = (65, 100, 300)
"""Sends after which it is looked how far a run has come."""
A_SITTING = 10
"""Sends until what they brought is known."""
BETTER, WORSE = Script("a", "better"), Script("b", "worse")

GREAT: Rates = (0.16, 0.15, 0.07, 0.006)
GOOD: Rates = (0.17, 0.05, 0.02, 0.006)
GAPS: Mapping[str, tuple[Rates, Rates]] = {
    "none: both good": (GOOD, GOOD),
    "small: positive 7 % instead of 5 %": ((0.17, 0.07, 0.02, 0.006), GOOD),
    "middle: positive 10 % instead of 5 %": ((0.17, 0.10, 0.02, 0.006), GOOD),
    "large: great beside good": (GREAT, GOOD),
    "put off: rejecting 0.6 % instead of 8 %": (GOOD, (0.17, 0.05, 0.02, 0.08)),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """What one content's sends have come to."""

    share: float
    """Of the sends that went to the better script."""
    worth: float
    """Of what came back, per 100 sends: engaged 1, the others as the rules weigh them."""


def by_lot(_contact: int, evidence: Sequence[VariantEvidence], rng: Random) -> Script:
    return choose_variant(evidence, rng).variant


def by_halves(contact: int, evidence: Sequence[VariantEvidence], _rng: Random) -> Script:
    return fixed_split("simulated", contact, [each.variant for each in evidence])


def run(choose: Chooser, gap: str, rng: Random) -> dict[int, Stand]:
    """One content written to its contacts in sittings; how it stands after each of `SIZES`."""
    known = {BETTER: Evidence(), WORSE: Evidence()}
    pairs = zip(known, GAPS[gap], strict=True)
    upto = {script: [*accumulate((*rates, LOSS)), 1.0] for script, rates in pairs}
    contacts = rng.sample(range(1_000_000), max(SIZES))
    evidence: list[VariantEvidence] = []
    stands = {}
    for sends, contact in enumerate(contacts):
        if sends % A_SITTING == 0:
            evidence = [VariantEvidence(script, found) for script, found in known.items()]
        script = choose(contact, evidence, rng)
        known[script] += Evidence.of(rng.choices(OUTCOMES, cum_weights=upto[script]))
        if sends + 1 in SIZES:
            stands[sends + 1] = _stand(known)
    return stands


def _stand(known: Mapping[Script, Evidence]) -> Stand:
    total, rules = sum(known.values(), Evidence()), VARIANT_RULES
    worth = total.engaged + rules.friendly * total.friendly - rules.against * total.against
    return Stand(known[BETTER].sends / total.sends, 100 * worth / total.sends)


def runs(choose: Chooser, gap: str, number: int = RUNS) -> list[dict[int, Stand]]:
    """Several contents with the same gap, from the same seed."""
    rng = Random(SEED)
    return [run(choose, gap, rng) for _ in range(number)]


def shares() -> str:
    """Share of the sends that went to the better script, and what all sends brought."""
    lines = [
        "| gap between the scripts | sends | to the better | worst tenth of runs, at most"
        " | fixed split | worth per 100 sends | fixed split |",
        "|---|---|---|---|---|---|---|",
    ]
    for gap in GAPS:
        ours, fixed = runs(by_lot, gap), runs(by_halves, gap)
        for sends in SIZES:
            found, split = [each[sends] for each in ours], [each[sends] for each in fixed]
            cells = (
                f"{mean(stand.share for stand in found):.0%}",
                f"{quantiles([stand.share for stand in found], n=10)[0]:.0%}",
                f"{mean(stand.share for stand in split):.0%}",
                f"{mean(stand.worth for stand in found):.1f}",
                f"{mean(stand.worth for stand in split):.1f}",
            )
            lines.append(f"| {gap} | {sends} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


PARTS: Mapping[str, Callable[[], str]] = {"shares": shares}


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table, or with --write puts it into docs/verdicts.md."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="renew the page")
    if parser.parse_args(arguments).write:
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), PARTS), "utf-8")
        return 0
    print(shares())
    return 0


if __name__ == "__main__":
    sys.exit(main())
