"""The list of the content review as columns: which there is room for, their headings, the rows.

Pure; outside text passes the door here. Invariant: a heading stands over its column at every
width.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from rules.trends import Way
from rules.verdicts import Evidence, Measured, Verdict, percent
from store.review import ContentReview
from tui.show import pad
from tui.trend_words import way_word
from tui.widgets.lines import Line, Piece
from tui.wording import (
    SIGNS,
    VERDICT_LOOKS,
    VERDICT_SIGNS,
    reaction_counts,
    reaction_word,
    verdict_word,
)
from tui.words import _

VERDICT, SENDS, COUNT, VERSION = 12, 6, 6, 6
RATE, TREND = 16, 10
WIDE = 100
"""Cells from which the rate and the trend have columns of their own."""
LONGEST_TITLE = 64
NARROW, SIGN, LEAST_TITLE = 68, 3, 20
"""Cells below which a verdict is its sign, and reactions leave a title this much."""
FOUND = "!"
"""Beside a content of which siyu sop check has something to say."""
FALLING = "↓"
"""Beside a premium content whose good reactions become fewer."""
WAY_LOOKS = {Way.RISING: "success", Way.FALLING: "warning"}


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands beside a content's own figures."""

    title: str
    way: Way
    found: bool = False
    """The checks found something in it."""

    def sign(self, verdict: Verdict) -> str:
        """Before a content that wears out, or in which the checks found something."""
        if verdict is Verdict.PREMIUM and self.way is Way.FALLING:
            return FALLING
        return FOUND if self.found else " "


def heading_line(width: int, *, versions: bool) -> Line:
    """What stands over the columns; `width` is the list's."""
    words = [reaction_word(reaction) for reaction in SIGNS][: reaction_count(width)]
    reactions = [" " + pad(word, COUNT - 1) for word in words]
    if any(cell_len(word) >= COUNT for word in words):
        reactions = [" " + pad(_("reactions"), len(words) * COUNT - 1)]
    verdict = verdict_size(width)
    pieces = [
        " " + pad(_("verdict") if verdict == VERDICT else "", verdict),
        pad(_("content"), title_size(width, versions=versions)),
        " " + pad("SOP", VERSION - 1) if versions else "",
        _right(_("sends"), SENDS),
        *reactions,
    ]
    if width >= WIDE:
        pieces += [" " + pad(_("pos.+expl."), RATE - 1), pad(_("trend"), TREND)]
    return tuple((text, "dim") for text in pieces)


def row_line(row: ContentReview, marks: Marks, width: int, *, versions: bool) -> Line:
    """Verdict, title, sends, what came back; version, rate and trend where there is room."""
    pieces: list[Piece] = [
        (marks.sign(row.verdict), "warning"),
        verdict_piece(row.verdict, verdict_size(width)),
        (pad(marks.title, title_size(width, versions=versions)), "plain"),
    ]
    if versions:
        pieces.append((" " + pad(row.version, VERSION - 1), "dim"))
    pieces += [
        (f"{row.evidence.sends:>{SENDS}d}", "strong"),
        *reaction_pieces(row.evidence, COUNT)[: reaction_count(width)],
    ]
    if width >= WIDE:
        rate = rate_words(row.judgement.figures.engaged)
        way = "" if marks.way is Way.UNKNOWN else way_word(marks.way)
        pieces += [
            (f" {rate:<{RATE - 1}}", "plain"),
            (pad(way, TREND), WAY_LOOKS.get(marks.way, "dim")),
        ]
    return tuple(pieces)


def title_size(width: int, *, versions: bool) -> int:
    """Cells of the title: what the other columns leave, no more than an eye follows."""
    taken = 1 + verdict_size(width) + SENDS + reaction_count(width) * COUNT
    taken += VERSION if versions else 0
    taken += RATE + TREND if width >= WIDE else 0
    return max(8, min(LONGEST_TITLE, width - taken))


def verdict_size(width: int) -> int:
    """Cells of the verdict: its word goes first where the title has too little room."""
    return VERDICT if width >= NARROW else SIGN


def reaction_count(width: int) -> int:
    """How many of the reactions have a column: the last go first."""
    room = (width - 1 - SIGN - SENDS - LEAST_TITLE) // COUNT
    return len(SIGNS) if width >= NARROW else max(0, min(len(SIGNS), room))


def rate_words(measured: Measured) -> str:
    """Rate and 95 % interval in per cent."""
    low, high = measured.interval
    return f"{percent(measured.rate):>4}% ({low * 100:.0f}–{high * 100:.0f})"


def reaction_pieces(evidence: Evidence, size: int) -> list[Piece]:
    """Each reaction's sign and number, `size` cells each."""
    return [
        (" " + pad(f"{SIGNS[reaction]}{n:d}", size - 1), reaction.value if n else "rest")
        for reaction, n in reaction_counts(evidence).items()
    ]


def verdict_piece(verdict: Verdict, size: int) -> Piece:
    """Sign and word; the sign alone where there is no room for both."""
    told = f"{VERDICT_SIGNS[verdict]} {verdict_word(verdict)}"
    if cell_len(told) > size:
        told = VERDICT_SIGNS[verdict]
    return (pad(told, size), VERDICT_LOOKS[verdict])


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cell_len(text)) + text
