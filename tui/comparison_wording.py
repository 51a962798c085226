"""Two sides on equal stages in words: rates, intervals, which did better and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from rules.comparison import Comparison, Outcome, Rate, standardised
from rules.sop import Sop
from rules.verdicts import Evidence, percent
from tui.show import pad, show
from tui.wording import SIGNS, reaction_counts
from tui.words import _, say

SENDS, WIDE = 6, 112
Line = Sequence[tuple[str, str]]
"""Texts that may be drawn as they are, each with its look."""

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
        Outcome.UNSURE: _("no clear difference"),
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


@dataclass(frozen=True, slots=True)
class Columns:
    """How a comparison is laid out in a width."""

    stage: int
    version: int
    count: int
    rate: int
    rates: tuple[str, ...]

    @classmethod
    def fit(cls, width: int) -> Columns:
        """All of it from 112 cells on, else narrower and without the good reactions."""
        if width >= WIDE:
            return cls(14, 8, 5, 18, ("engaged", "good", "against"))
        return cls(10, 6, 4, 15, ("engaged", "against"))


def comparison_lines(
    found: Comparison, names: tuple[str, str], sop: Sop, width: int = WIDE
) -> list[str]:
    """A table for people and below it which did better."""
    table = [
        "".join(text for text, _look in line) for line in table_lines(found, names, sop, width)
    ]
    first, second = (show(name, 12) for name in names)
    beside = _("{second} beside {first}", first=first, second=second)
    told = _("{what}: {text}", what=beside, text=outcome_words(found))
    return [*(line.rstrip() for line in table), told]


def table_lines(found: Comparison, names: tuple[str, str], sop: Sop, width: int) -> list[Line]:
    """The rates on equal stages, then each stage and side with counts and rates."""
    laid = Columns.fit(width)
    lines: list[Line] = [((_heading(laid), "title"),)]
    pairs = [getattr(found, rate) for rate in laid.rates]
    equal, look = _("equal mix"), OUTCOME_LOOKS[found.outcome]
    lines.append(_total_line(laid, equal, names[0], [pair.first for pair in pairs], "dim"))
    lines.append(_total_line(laid, "", names[1], [pair.second for pair in pairs], look))
    for stage in found.stages:
        known = sop.stage(stage.stage)
        label = known.name if known else stage.stage
        lines.append(_side_line(laid, label, names[0], stage.first, "dim"))
        lines.append(_side_line(laid, "", names[1], stage.second, "plain"))
    return lines


def _heading(laid: Columns) -> str:
    words = {"engaged": _("pos.+expl."), "good": _("well"), "against": _("against")}
    signs = "".join(f"{sign:>{laid.count}}" for sign in SIGNS.values())
    sent = " " * max(0, SENDS - cell_len(_("sent"))) + _("sent")
    head = pad("", laid.stage + laid.version + 1)
    return head + sent + signs + "  " + _cells(laid, [words[rate] for rate in laid.rates])


def _side_line(laid: Columns, stage: str, name: str, side: Evidence, look: str) -> Line:
    counts = "".join(f"{n:>{laid.count}d}" for n in reaction_counts(side).values())
    rates = _cells(laid, [rate_words(plain_rate(side, rate)) for rate in laid.rates])
    head = pad(stage, laid.stage) + pad(name, laid.version)
    return ((f" {head}", look), (f"{side.sends:>{SENDS}d}{counts}  {rates}", look))


def _total_line(laid: Columns, label: str, name: str, rates: Sequence[Rate], look: str) -> Line:
    blank = " " * (SENDS + laid.count * len(SIGNS))
    head = pad(label, laid.stage) + pad(name, laid.version)
    return ((f" {head}", "strong"), (f"{blank}  {_cells(laid, [*map(rate_words, rates)])}", look))


def _cells(laid: Columns, words: Sequence[str]) -> str:
    return "".join(pad(word, laid.rate) for word in words)
