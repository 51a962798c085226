"""A version that may be published, as lines. Outside text passes the door here."""

from __future__ import annotations

from collections.abc import Sequence

from rules.sop import Content, Sop
from rules.succession import Fate
from store.publishing import SequencePlan
from tui.publishing import Proposal
from tui.show import pad, show
from tui.sop_wording import choice_word, fate_word, fate_words
from tui.widgets.lines import Line, Piece
from tui.words import _, ngettext
from tui.wrapping import wrap

CHOICE, COUNT, NAME = 18, 7, 40
FATE_SIGNS = {
    Fate.STAYS: "=",
    Fate.MOVES: "→",
    Fate.RESTARTS: "↺",
    Fate.FINISHES: "■",
    Fate.WAITS: "!",
}
FATE_LOOKS = {
    Fate.STAYS: "plain",
    Fate.MOVES: "accent",
    Fate.RESTARTS: "warning",
    Fate.FINISHES: "dim",
    Fate.WAITS: "error",
}


def heading(new: Proposal, in_use: Sop) -> str:
    """From which version to which, and where it lies."""
    was, version = show(in_use.version, 12), show(new.shift.sop.version, 12)
    return f"SOP {was} → {version} · {show(str(new.folder), 48)}"


def difference(old: Sop, new: Sop) -> list[str]:
    """Each content and sequence that is new, gone or another one."""
    told = [f"+ {c.title}" for name, c in new.contents.items() if name not in old.contents]
    told += [f"− {c.title}" for name, c in old.contents.items() if name not in new.contents]
    both = [(old.contents[name], c) for name, c in new.contents.items() if name in old.contents]
    told += [
        f"✎ {after.title}: {_what(before, after)}" for before, after in both if before != after
    ]
    known = {sequence.id: sequence for sequence in old.sequences}
    for sequence in new.sequences:
        before_it = known.pop(sequence.id, None)
        if before_it != sequence:
            steps = ngettext("{n} step", "{n} steps", len(sequence.steps))
            told.append(f"{'✎' if before_it else '+'} {sequence.name}: {steps}")
    return [*told, *(f"− {sequence.name}" for sequence in known.values())]


def _what(before: Content, after: Content) -> str:
    texts = {script.id: script.text for script in before.scripts}
    changed = [script.id for script in after.scripts if texts.get(script.id) != script.text]
    told = [_("script {variant}", variant=variant) for variant in changed]
    if before.purpose != after.purpose or before.stages != after.stages:
        told.append(_("whom and what it is for"))
    if (before.title, before.form, before.target) != (after.title, after.form, after.target):
        told.append(_("title or form"))
    return ", ".join(told) or _("smaller things")


def columns(texts: Sequence[str], width: int, height: int) -> list[Line]:
    """Texts under each other, in two columns below the first where there is room."""
    warned = [text for text in texts[1:] if text.startswith("!")]
    head: list[Line] = [((row, "strong"),) for row in wrap(texts[0], width)]
    head += [((row, "warning"),) for text in warned for row in wrap(text, width)[:2]]
    room, rest = max(0, height - len(head)), [text for text in texts[1:] if text not in warned]
    half = width // 2 if width >= 100 and len(rest) > room else width
    side = width // half
    shown = list(rest[: room * side])
    if len(rest) > len(shown) and shown:
        shown[-1] = _("… and {n} more", n=len(rest) - len(shown) + 1)
    rows = [shown[place : place + side] for place in range(0, len(shown), side)]
    return [*head, *(tuple((pad(text, half), "plain") for text in row) for row in rows)]


def plan_line(plan: SequencePlan, sop: Sop, width: int) -> Line:
    """A sequence: what was chosen for it, and how many have which fate."""
    known = sop.sequence(plan.sequence)
    name = max(8, min(NAME, width - CHOICE - COUNT * (len(Fate) + 1) - 2))
    pieces: list[Piece] = [
        (" " + pad(known.name if known else plan.sequence, name), "strong"),
        (pad(f"‹ {choice_word(plan.choice)} ›", CHOICE), "key"),
        (f"{plan.under_way:>{COUNT}d}", "plain"),
    ]
    for fate in Fate:
        n = plan.of(fate)
        pieces.append((f"{FATE_SIGNS[fate]}{n}".rjust(COUNT), FATE_LOOKS[fate] if n else "rest"))
    return tuple(pieces)


def plan_detail(plan: SequencePlan, sop: Sop, width: int) -> list[Line]:
    """Each fate with its stages and first names."""
    lines: list[Line] = []
    for fate in Fate:
        if plan.of(fate):
            told = f"{FATE_SIGNS[fate]} {fate_words(plan, fate, sop)}"
            lines += [((row, FATE_LOOKS[fate]),) for row in wrap(told, width)[:2]]
    if not lines:
        lines.append(((_("Nobody is under way here."), "dim"),))
    legend = " · ".join(f"{FATE_SIGNS[fate]} {fate_word(fate)}" for fate in Fate)
    return [*lines, (), *(((row, "dim"),) for row in wrap(legend, width))]


def empty_lines(width: int) -> tuple[Line, ...]:
    """Nobody would be moved."""
    texts = (
        _("Nobody is under way: every contact begins with the new version."),
        _("Enter asks why the SOP changes, then publishes it."),
    )
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))
