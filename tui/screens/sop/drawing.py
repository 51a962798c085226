"""The SOP screen as lines. Outside text passes the door here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len

from rules.comparison import Outcome
from rules.nouns import Purpose
from rules.sop import Content as ScriptedContent
from rules.sop import Sop
from sop_content import ships
from sop_content.faults import Fault
from store.adjustments import Adjustment
from store.review import ContentReview
from tui.comparison_wording import (
    OUTCOME_LOOKS,
    OUTCOME_SIGNS,
    outcome_word,
    outcome_words,
    table_lines,
)
from tui.screens.card import two_rows
from tui.screens.sop.reading import VIEWS, Shown, StepRow, View
from tui.show import pad, show
from tui.sop_wording import adjustment_words, reason_words
from tui.widgets.lines import Line, Piece
from tui.wording import (
    VERDICT_LOOKS,
    VERDICT_SIGNS,
    day_words,
    form_word,
    purpose_word,
    verdict_word,
)
from tui.words import _, ngettext, say
from tui.wrapping import wrap

DAY, PURPOSE, FORM, VERDICT, SENDS = 8, 10, 13, 12, 6
WIDE = 100
LONGEST_TITLE = 64
LOG_DAY, LOG_EFFECT = 9, 24
"""Cells of a change's day, at least, and of what came of it, at most."""


def view_word(view: View) -> str:
    return {
        View.STEPS: _("steps"),
        View.PROBLEMS: _("problems"),
        View.LOG: _("adjustment log"),
        View.COMPARE: _("versions"),
    }[view]


def views_line(shown: Shown, view: View, width: int) -> Line:
    """The four views with their digits, the one shown marked; then the SOP and its folder."""
    counts = {View.PROBLEMS: len(shown.problems), View.LOG: len(shown.log)}
    pieces: list[Piece] = [(" ", "plain")]
    for digit, one in enumerate(VIEWS, 1):
        told = f"{view_word(one)} {counts[one]}" if counts.get(one) else view_word(one)
        pieces += [(f" {digit} ", "key"), (f" {told} ", "tab" if one is view else "plain")]
    rest = width - sum(cell_len(text) for text, _look in pieces) - 2
    sop, folder = shown.desk.shift.sop, shown.desk.sop_path
    name = f"{sop.name} {sop.version}"
    names = [f"SOP {sop.version}", name]
    if not ships(folder):
        names += [f"{name} · …/{folder.name}", f"{name} · {folder}"]
    fitting = [show(text) for text in names if cell_len(show(text)) <= rest]
    return (*pieces, ("  ", "plain"), (fitting[-1] if fitting else "", "dim"))


def step_line(row: StepRow, shown: Shown, width: int) -> Line:
    """A sequence's name, or a step: day, purpose, content, form, verdict, sends."""
    sop = shown.desk.shift.sop
    if row.step is None:
        told = ngettext("{n} step", "{n} steps", len(row.sequence.steps))
        stages = _(", ").join(_stage(stage, sop) for stage in row.sequence.stages)
        head = show(f"{row.sequence.name} · {stages} · {told}", width - 1)
        return ((" " + head, "title"),)
    content = sop.contents.get(row.step.content)
    found = shown.reviews.get(row.step.content)
    form = FORM if width >= WIDE else 0
    taken = 3 + DAY + PURPOSE + form + VERDICT + SENDS
    title = max(8, min(LONGEST_TITLE, width - taken - 1))
    pieces: list[Piece] = [
        ("   " + pad(_("d{day}", day=row.step.day), DAY), "dim"),
        (pad(purpose_word(content.purpose) if content else "", PURPOSE), "plain"),
        (pad(content.title if content else row.step.content, title), "plain"),
        (" ", "plain"),
    ]
    if form:
        pieces.append((pad(_form(content), form), "dim"))
    if found is None:
        return (*pieces, (pad(_("not sent yet"), VERDICT + SENDS), "dim"))
    word = f"{VERDICT_SIGNS[found.verdict]} {verdict_word(found.verdict)}"
    return (
        *pieces,
        (pad(word, VERDICT), VERDICT_LOOKS[found.verdict]),
        (f"{found.evidence.sends:>{SENDS}d}", "strong"),
    )


def step_lines(row: StepRow, shown: Shown, width: int) -> list[Line]:
    """All that a sequence or a step is: the arc, or what is sent and how it did."""
    sop = shown.desk.shift.sop
    if row.step is None:
        contents = (sop.contents.get(step.content) for step in row.sequence.steps)
        arc = Counter(content.purpose for content in contents if content)
        told = " · ".join(f"{purpose_word(p)} {arc[p]}" for p in Purpose if arc[p])
        edited = _edited_words(shown.desk.sop_path)
        return _plain([_("The arc: {steps}", steps=told), edited], width)
    content = sop.contents.get(row.step.content)
    found = shown.reviews.get(row.step.content)
    judged = [] if found is None else _verdict_lines(found, sop, width)
    return [*judged, *(() if content is None else _content_lines(content, width))]


def _content_lines(content: ScriptedContent, width: int) -> list[Line]:
    about = f"{purpose_word(content.purpose)} · {_form(content)} {content.target}".rstrip()
    texts = [about, *(f"{script.id}  {script.text}" for script in content.scripts)]
    rows = [row for text in texts for row in two_rows(show(text), width)]
    return [((show(content.title, width), "strong"),), *(((row, "plain"),) for row in rows)]


def _verdict_lines(found: ContentReview, sop: Sop, width: int) -> list[Line]:
    word = f"{VERDICT_SIGNS[found.verdict]} {verdict_word(found.verdict)}"
    reason = _("{what}: {text}", what=word, text=say(found.judgement.reason))
    if found.version != sop.version:
        reason += " · " + _("as sent by version {version}", version=show(found.version, 12))
    return [((row, VERDICT_LOOKS[found.verdict]),) for row in wrap(reason, width)]


def problem_line(fault: Fault, width: int) -> Line:
    """Place and message."""
    place = f"{fault.path}:{fault.line}"
    size = min(32, width // 3)
    look = "error" if fault.severity == "error" else "warning"
    return ((" ! " + pad(place, size), look), (show(say(fault.message), width - size - 4), "plain"))


def problem_lines(fault: Fault, width: int) -> list[Line]:
    place = f"{fault.path}:{fault.line}:{fault.column}"
    texts = [place, say(fault.message)]
    if fault.accepted:
        texts.append(_("Accepted: {words}", words=", ".join(fault.accepted)))
    if fault.proposal is not None:
        texts.append(say(fault.proposal))
    return _plain(texts, width)


def log_line(one: Adjustment, shown: Shown, width: int) -> Line:
    """Day, what, and which way the figures went since."""
    outcome = shown.effect(one).outcome
    told = "" if one.undone else f"{OUTCOME_SIGNS[outcome]} {outcome_word(outcome)}"
    effect = min(LOG_EFFECT, max(map(cell_len, map(outcome_word, Outcome))) + 2)
    look, day = "dim" if one.undone else "plain", day_words(one.event.day)
    size = max(LOG_DAY, cell_len(day) + 1)
    return (
        (" " + pad(day, size), "dim"),
        (pad(adjustment_words(one), max(8, width - size - effect - 2)), look),
        (" " + pad(told, effect), OUTCOME_LOOKS[outcome]),
    )


def log_lines(one: Adjustment, shown: Shown, width: int) -> list[Line]:
    """What, why, and the figures before and since."""
    came = shown.effect(one)
    lines = _plain([adjustment_words(one)], width)
    reason = _("Reason: {reason}", reason=reason_words(one))
    if not one.reason.words:
        reason += " · " + _("Enter says why")
    lines += [((told, "accent"),) for told in wrap(reason, width)]
    lines += [((told, OUTCOME_LOOKS[came.outcome]),) for told in wrap(outcome_words(came), width)]
    names = (_("before"), _("since"))
    return [*lines, *table_lines(came, names, shown.desk.shift.sop, width)]


def empty_lines(view: View, width: int) -> tuple[Line, ...]:
    """What to do where there is nothing to show."""
    texts = {
        View.STEPS: [_("This SOP has no sequence."), _("siyu sop check says what is missing.")],
        View.PROBLEMS: [
            _("No problem was found in the SOP's files."),
            _("What an edit brings stands here at once, with file, line and what is accepted."),
        ],
        View.LOG: [
            _("The SOP was not changed yet."),
            _("What is edited while the desk is open, and each version that is published,"
              " stands here with its reason and what came of it."),
            _("5 opens the folder of the next version. siyu sop init writes one to begin with."),
        ],
        View.COMPARE: [
            _("There are no two versions to compare yet."),
            _("Once a second version was published and sent, both stand here side by side."),
            _("5 opens the folder of the next version."),
        ],
    }[view]  # fmt: skip
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))


def version_choice(names: tuple[str, str], known: Sequence[str]) -> str:
    """Which versions are compared, and how to choose others."""
    told = _("{second} beside {first}", first=show(names[0], 12), second=show(names[1], 12))
    return f"{told} · {_('←→ another version')}" if len(known) > 2 else told


def _plain(texts: Sequence[str], width: int) -> list[Line]:
    return [((row, "plain"),) for text in texts for row in wrap(show(text), width)]


def _form(content: ScriptedContent | None) -> str:
    if content is None:
        return ""
    return form_word(content.form) if content.form else _("text only")


def _stage(stage: str, sop: Sop) -> str:
    known = sop.stage(stage)
    return known.name if known else stage


def _edited_words(folder: Path) -> str:
    """Where steps are edited; the SOP that ships is copied first, since it goes with an update."""
    if ships(folder):
        return _(
            "This is the SOP that ships. siyu sop init FOLDER writes a copy to edit, and"
            " siyu sop publish FOLDER puts it into use."
        )
    return _("Steps are edited in {folder}", folder=folder)
