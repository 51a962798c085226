"""The content review as lines. Pure; outside text passes the door here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.cells import cell_len

from rules.nouns import Reaction
from rules.periods import Period
from rules.sop import Sop
from rules.trends import Trend, Way
from rules.verdicts import Evidence, Measured, Verdict, percent
from scripts.findings import Finding
from store.carrying import Carried
from store.review import ContentReview, Reply
from tui import masking
from tui.kept_words import told_apart
from tui.screens.contents.choosing import FORMS, PURPOSES, Order, Shown
from tui.screens.contents.columns import (
    FOUND,
    SENDS,
    VERDICT,
    rate_words,
    reaction_pieces,
    verdict_piece,
)
from tui.show import pad, show
from tui.trend_words import way_word
from tui.widgets.lines import Line, Piece
from tui.wording import (
    SIGNS,
    VERDICT_LOOKS,
    VERDICT_SIGNS,
    day_words,
    form_word,
    period_word,
    purpose_word,
    reaction_counts,
    reaction_word,
    verdict_word,
)
from tui.words import _, ngettext, say
from tui.wrapping import wrap

LONGEST_BAR = 30
MOST_FOUND = 2
"""Findings that are told beside the verdict, each in at most two lines."""
DAY = 9
"""Cells of a day of about this year."""
NAME, LONG_NAME, ROOMY = 14, 18, 74
"""Cells of the names of those who replied; the longer from so many cells of the row."""
USUAL = 9
"""Cells from which the usual rate is told beside a rate."""


def shown_words(shown: Shown, n: int, sop: Sop) -> str:
    """How many, how they are sorted, and every filter that is set."""
    order = {
        Order.VERDICT: _("verdict"),
        Order.SENDS: _("sends"),
        Order.ENGAGED: _("positive rate, its lower bound"),
        Order.TITLE: _("title"),
    }[shown.order]
    parts = [
        ngettext("{n} content", "{n} contents", n),
        _("sorted by {order}", order=order),
        *filter_words(shown, sop),
    ]
    return " · ".join(parts)


def filter_words(shown: Shown, sop: Sop) -> Iterator[str]:
    """Each filter that is set."""
    if shown.stage:
        stage = sop.stage(shown.stage)
        yield _("stage: {value}", value=show(stage.name if stage else shown.stage))
    if shown.form:
        form = form_word(FORMS[shown.form]) if shown.form in FORMS else _("text only")
        yield _("form: {value}", value=form)
    if shown.purpose:
        yield _("purpose: {value}", value=purpose_word(PURPOSES[shown.purpose]))
    if shown.version:
        yield _("SOP: {value}", value=show(shown.version))
    if shown.period is not Period.ALL:
        yield _("sent: {value}", value=period_word(shown.period))


def figure_lines(row: ContentReview, width: int) -> list[Line]:
    """The chart of the reactions, the rates with their intervals, and where they go."""
    figures = row.judgement.figures
    counts = reaction_counts(figures.evidence)
    rates = {
        _("well"): figures.good,
        _("pos.+expl."): figures.engaged,
        _("against"): figures.against,
    }
    words = [reaction_word(reaction) for reaction in counts]
    name = 1 + max(cell_len(word) for word in (*words, *rates))
    lines = chart_lines(counts, figures.evidence.sends, name, width)
    for label, measured in rates.items():
        told = f"  {pad(label, name)}{count_words(measured)} "
        room = width - cell_len(told)
        usual = _("usual {usual}%", usual=percent(measured.usual)) if room >= USUAL else ""
        lines.append(((told, "plain"), (show(usual, max(0, room)), "dim")))
    evidence = figures.evidence
    silence = _("{n} of {sends} without a reaction", n=evidence.silence, sends=evidence.sends)
    lines.append((("  " + show(silence, width - 2), "dim"),))
    return lines


def earlier_lines(row: ContentReview, known: Mapping[str, Carried], width: int) -> list[Line]:
    """What other versions brought to the same texts, and the verdict with it."""
    one = known.get(row.content)
    if one is None or row.version != one.review.version or not one.earlier:
        return []
    told = _(
        "With {versions} too: {sends} sends, {verdict}",
        versions=", ".join(show(version, 12) for version in one.earlier),
        sends=one.review.evidence.sends,
        verdict=f"{VERDICT_SIGNS[one.review.verdict]} {verdict_word(one.review.verdict)}",
    )
    return [(("  " + row_, "strong"),) for row_ in wrap(told, width - 2)]


def chart_lines(counts: Mapping[Reaction, int], sends: int, name: int, width: int) -> list[Line]:
    """A bar for each reaction, the longest for the most frequent."""
    highest = max([*counts.values(), 1])
    lines: list[Line] = []
    for reaction, n in counts.items():
        measured = Measured(n, sends, 0.5, 1)
        told = f"{SIGNS[reaction]} {pad(reaction_word(reaction), name)}{count_words(measured)} "
        room = min(LONGEST_BAR, max(0, width - cell_len(told)))
        bar = "█" * (n * room // highest) or ("▏" if n and room else "")
        lines.append(((told, reaction.value), (bar, reaction.value)))
    return lines


def count_words(measured: Measured) -> str:
    """Count, rate and 95 % interval in per cent, 19 cells."""
    return f"{measured.count:>4d} {rate_words(measured):<14}"


def part_lines(
    row: ContentReview,
    sop: Sop,
    verdict_of: Callable[[Evidence], Verdict],
    found: Sequence[Finding],
    trend: Trend,
    width: int,
) -> list[Line]:
    """The verdict with its reason and the trend, what the checks found, each script and stage."""
    verdict = row.verdict
    word = f"{VERDICT_SIGNS[verdict]} {verdict_word(verdict)}"
    reason = _("{what}: {text}", what=word, text=say(row.judgement.reason))
    lines: list[Line] = [((told, VERDICT_LOOKS[verdict]),) for told in wrap(reason, width)[:3]]
    way = _("Trend: {way}", way=way_word(trend.way))
    look = "warning" if trend.way is Way.FALLING else "plain"
    lines += [((told, look),) for told in wrap(f"{way} · {say(trend.reason)}", width)]
    lines += finding_lines(found, width)
    lines.append(((_("Scripts"), "title"),))
    for script in row.scripts:
        label = script.variant if script.in_use else f"{script.variant}*"
        lines.append(part_line(label, script.evidence, verdict_of(script.evidence), width))
    lines.append(((_("Stages"), "title"),))
    for one in row.stages:
        stage = sop.stage(one.stage)
        name = stage.name if stage else one.stage
        lines.append(part_line(name, one.evidence, verdict_of(one.evidence), width))
    if any(not script.in_use for script in row.scripts):
        lines.append(((_("* a text that is no longer in use"), "dim"),))
    if row.rewritten:
        lines.append(((_("an earlier text was to be rewritten"), "dim"),))
    return lines


def finding_lines(found: Sequence[Finding], width: int) -> list[Line]:
    """What the checks found in a content and what to do about it, the first few."""
    lines: list[Line] = []
    for finding in found[:MOST_FOUND]:
        told = show(f"{FOUND} {say(finding.message)} · {say(finding.proposal)}")
        first, *rest = wrap(told, width)
        lines += [
            ((row, "warning"),) for row in (first, *([show(" ".join(rest), width)] if rest else ()))
        ]
    if found[MOST_FOUND:]:
        more = _("{n} more: siyu sop check", n=len(found) - MOST_FOUND)
        lines.append(((f"{FOUND} {more}", "warning"),))
    return lines


def part_line(label: str, evidence: Evidence, verdict: Verdict, width: int) -> Line:
    """One script or stage: its name, sends, what came back, the verdict's sign."""
    size = 5
    name = max(4, min(14, width - SENDS - 5 * size - 2))
    rest = max(2, min(VERDICT, width - name - SENDS - 5 * size))
    return (
        (pad(label, name), "plain"),
        (f"{evidence.sends:>{SENDS - 1}d}", "strong"),
        *reaction_pieces(evidence, size),
        (" ", "plain"),
        verdict_piece(verdict, rest),
    )


def empty_lines(filtered: bool, width: int) -> tuple[Line, ...]:
    """What to do when there is nothing to review."""
    if filtered:
        texts = [_("No content passes these filters."), _("0 takes the filters away.")]
    else:
        texts = [
            _("Nothing was sent yet."),
            _("F2 shows whom to write to; what is sent and what comes back is counted here."),
        ]
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))


def reply_line(reply: Reply, sop: Sop, width: int) -> Line:
    """When, who, in which stage, to which script, what it was, in which words."""
    stage = sop.stage(reply.stage)
    name = LONG_NAME if width >= ROOMY else NAME
    day = day_words(reply.day)
    start: list[Piece] = [
        (" " + pad(day, max(DAY, cell_len(day) + 1)), "dim"),
        (pad(masking.name(reply.name), name, empty=_("(no name)")), "strong"),
        (" " + pad(stage.name if stage else reply.stage, 8), "dim"),
        (pad(reply.variant, 3), "dim"),
        (pad(f"{SIGNS[reply.reaction]} {reaction_word(reply.reaction)}", 12), reply.reaction.value),
    ]
    taken = sum(cell_len(text) for text, _look in start)
    return (
        *start,
        (show(_in_a_line(reply), max(0, width - taken)), "plain"),
    )


def _in_a_line(reply: Reply) -> str:
    """The reply as it came; what else was written down beside it says what it is."""
    words = _told(reply, reply.words)
    said = words.pop("reply", "")
    return " · ".join(filter(None, (said, *told_apart(words))))


def reply_lines(reply: Reply, notes: Sequence[Mapping[str, str]], width: int) -> list[Line]:
    """One reply with all its words, and the notes written after it."""
    names = (masking.name(reply.name), masking.company(reply.company))
    who = show(" · ".join(filter(None, names)), width, empty=_("(no name)"))
    sent = _("sent {day}, script {variant}", day=day_words(reply.sent), variant=show(reply.variant))
    told = f"{SIGNS[reply.reaction]} {reaction_word(reply.reaction)}"
    lines: list[Line] = [
        ((who, "strong"),),
        ((told, reply.reaction.value), (f"  {sent}", "dim")),
    ]
    kept = [_told(reply, words) for words in (reply.words, *notes)]
    texts = [show(text) for words in kept for text in told_apart(words)]
    lines += [((row, "plain"),) for text in texts for row in wrap(text, width)]
    if not texts:
        lines.append(((_("no words were kept"), "dim"),))
    return lines


def _told(reply: Reply, words: Mapping[str, str]) -> dict[str, str]:
    """Words about whoever replied, fit for a screen that is shared."""
    return masking.told(words, {"name": reply.name, "company": reply.company})
