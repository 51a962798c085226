"""Two sides on equal stages in words: rates, intervals, which did better and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.comparison import Comparison, Outcome, Rate, standardised
from rules.sop import Sop
from rules.verdicts import Evidence, percent
from tui.show import pad, show
from tui.wording import SIGNS, reaction_counts
from tui.words import _, say

NAME, VERSION, SENDS, RATE = 14, 8, 6, 18
RATES = ("engaged", "good", "against")

OUTCOME_SIGNS = {
    Outcome.BETTER: "▲",
    Outcome.WORSE: "▼",
    Outcome.MIXED: "◆",
    Outcome.UNSURE: "…",
    Outcome.TOO_FEW: "…",
}
OUTCOME_LOOKS = {
    Outcome.BETTER: "success",
    Outcome.WORSE: "error",
    Outcome.MIXED: "warning",
    Outcome.UNSURE: "dim",
    Outcome.TOO_FEW: "dim",
}


def outcome_word(outcome: Outcome) -> str:
    return {
        Outcome.BETTER: _("better"),
        Outcome.WORSE: _("worse"),
        Outcome.MIXED: _("better and worse"),
        Outcome.UNSURE: _("no difference to be sure of"),
        Outcome.TOO_FEW: _("too few sends"),
    }[outcome]


def outcome_words(found: Comparison) -> str:
    """Which side did better, and the rates that say so."""
    told = f"{OUTCOME_SIGNS[found.outcome]} {outcome_word(found.outcome)}"
    return _("{what}: {text}", what=told, text=say(found.reason))


def rate_words(rate: Rate) -> str:
    """A rate with its 95 % interval in per cent: 11 % (7–16)."""
    if not rate.weight:
        return "–"
    return f"{percent(rate.rate):>4}% ({rate.low * 100:.0f}–{rate.high * 100:.0f})"


def plain_rate(evidence: Evidence, name: str) -> Rate:
    """A rate of one side as it was counted."""
    return standardised([(int(getattr(evidence, name)), evidence.sends)], [1.0])


def comparison_lines(found: Comparison, names: tuple[str, str], sop: Sop) -> list[str]:
    """A table for people: each stage and side, then the totals on equal stages."""
    lines = [_heading()]
    for pair in found.stages:
        known = sop.stage(pair.stage)
        stage = known.name if known else pair.stage
        lines += [
            _side_line(stage, name, side)
            for name, side in zip(names, (pair.first, pair.second), strict=True)
        ]
    pairs = (found.engaged, found.good, found.against)
    equal = _("equal stages")
    lines.append(_total_line(equal, names[0], [pair.first for pair in pairs]))
    lines.append(_total_line(equal, names[1], [pair.second for pair in pairs]))
    first, second = (show(name, 12) for name in names)
    beside = _("{second} beside {first}", first=first, second=second)
    lines.append(_("{what}: {text}", what=beside, text=outcome_words(found)))
    return lines


def _heading() -> str:
    words = (_("pos.+expl."), _("well"), _("against"))
    signs = "".join(f"{sign:>5}" for sign in SIGNS.values())
    sent = f"{_('sent'):>{SENDS}}"
    return (pad("", NAME + VERSION) + sent + signs + " " + _cells(words)).rstrip()


def _side_line(stage: str, name: str, side: Evidence) -> str:
    counts = "".join(f"{n:>5d}" for n in reaction_counts(side).values())
    rates = _cells(rate_words(plain_rate(side, rate)) for rate in RATES)
    head = pad(stage, NAME) + pad(name, VERSION)
    return f"{head}{side.sends:>{SENDS}d}{counts} {rates}".rstrip()


def _total_line(label: str, name: str, rates: Sequence[Rate]) -> str:
    head = pad(label, NAME) + pad(name, VERSION)
    blank = " " * (SENDS + 5 * len(SIGNS))
    return f"{head}{blank} {_cells(map(rate_words, rates))}".rstrip()


def _cells(words: Iterable[str]) -> str:
    return "".join(" " + pad(word, RATE) for word in words)
