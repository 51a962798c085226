"""What is said about the SOP's files while somebody works: edits, faults, changed steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.sop import Sop
from rules.sop_edits import NOTHING, Edit
from rules.succession import Choice, Fate
from scripts.readiness import Readiness
from sop_content.faults import Fault
from store.adjustments import Adjustment
from store.publishing import Because, Plan, SequencePlan
from store.replanning import Changes, SequenceChange
from store.walking import Looked
from tui import masking
from tui.show import show
from tui.wording import said_of, titled
from tui.words import _, ngettext, say


def edit_words(edit: Edit, warnings: int) -> str:
    """One line about an edit that is in use now."""
    told = [*edit_parts(edit)]
    if edit == NOTHING:
        told.append(_("the files were saved, nothing in them changed"))
    if warnings:
        told.append(
            ngettext(
                "{n} warning, listed by siyu sop check",
                "{n} warnings, listed by siyu sop check",
                warnings,
            )
        )
    return said_of("SOP", " · ".join(told))


def edit_parts(edit: Edit) -> list[str]:
    """What was changed, a few words each."""
    told = []
    if edit.version:
        told.append(_("now version {version}", version=show(edit.version, 20)))
    if edit.scripts:
        told.append(
            ngettext(
                "{n} script changed: a new text with figures of its own",
                "{n} scripts changed: new texts with figures of their own",
                edit.scripts,
            )
        )
    if edit.changed:
        told.append(ngettext("{n} content changed", "{n} contents changed", edit.changed))
    if edit.added:
        told.append(ngettext("{n} content added", "{n} contents added", edit.added))
    if edit.gone:
        told.append(ngettext("{n} content removed", "{n} contents removed", edit.gone))
    if edit.sequences:
        told.append(ngettext("{n} sequence changed", "{n} sequences changed", edit.sequences))
    if edit.stages:
        told.append(_("stages changed"))
    if edit.settings:
        told.append(_("settings changed"))
    if edit.rules:
        told.append(_("rules changed"))
    return told


def entered_words(looked: Looked) -> str:
    """How many the desk put into sequences by itself."""
    return ngettext(
        "{n} contact entered a sequence", "{n} contacts entered sequences", looked.entered
    )


def fault_words(faults: Sequence[Fault]) -> str:
    """The first error of the files, how many more, and what is in use meanwhile."""
    errors = [fault for fault in faults if fault.severity == "error"]
    first = errors[0]
    place = f"{show(first.path)}:{first.line}:{first.column}"
    more = _(" (and {n} more)", n=len(errors) - 1) if errors[1:] else ""
    stays = _("the last good SOP stays in use")
    return f"✗ {place}{more} {show(say(first.message))} · {stays}"


def question_lines(changes: Changes, sop: Sop) -> list[str]:
    """Each changed sequence: who is under way in it, and what a replan would change."""
    return [line for change in changes.sequences for line in _lines(change, sop)]


def _lines(change: SequenceChange, sop: Sop) -> list[str]:
    known = sop.sequence(change.sequence)
    name = show(known.name if known else change.sequence, 24)
    head = ngettext(
        "{name}: {n} contact under way",
        "{name}: {n} contacts under way",
        change.under_way,
        name=name,
    )
    counts = (
        (_("step gone, the next follows: {n}", n=change.gone), change.gone),
        (_("step gone, nothing follows: {n}", n=change.ended), change.ended),
        (_("due day moves: {n}", n=change.moved), change.moved),
    )
    told = [words for words, n in counts if n] or [_("nothing changes for them")]
    return [head, *(f"· {words}" for words in told)]


def banner_words(changes: Changes) -> str:
    """What stays on the screen until somebody decided."""
    return ngettext(
        "The steps changed: {n} contact keeps its plan until you decide: F7, then 7",
        "The steps changed: {n} contacts keep their plans until you decide: F7, then 7",
        changes.touched,
    )


def unready_lines(unready: Readiness, blocked: int, new: Sop) -> list[str]:
    """What a version that is to take over still lacks; nothing when it is all written."""
    lines = []
    if unready.todo:
        names = [name for name, _script in unready.todo]
        told = ngettext(
            "{n} script is still to be written: {titles}",
            "{n} scripts are still to be written: {titles}",
            len(unready.todo),
            titles=_titles(names, new),
        )
        lines.append(f"! {told}")
    if blocked:
        told = ngettext(
            "{n} contact due today would have nothing to be sent",
            "{n} contacts due today would have nothing to be sent",
            blocked,
        )
        lines.append(f"! {told}")
    if unready.unchanged:
        told = ngettext(
            "{n} content to be rewritten is as it was: {titles}",
            "{n} contents to be rewritten are as they were: {titles}",
            len(unready.unchanged),
            titles=_titles(unready.unchanged, new),
        )
        lines.append(f"! {told}")
    return lines


def _titles(names: Iterable[str], sop: Sop) -> str:
    return " ".join(titled(show(sop.contents[name].title, 40)) for name in dict.fromkeys(names))


def plan_lines(told: Plan, sop: Sop) -> list[str]:
    """What a publish would do to the contacts of each sequence, with the first names."""
    if not told.under_way:
        return [_("Nobody is under way: every contact begins with the new version.")]
    return [line for plan in told.sequences for line in _plan_lines(plan, sop)]


def _plan_lines(plan: SequencePlan, sop: Sop) -> list[str]:
    known = sop.sequence(plan.sequence)
    head = ngettext(
        "{name}: {n} contact under way",
        "{name}: {n} contacts under way",
        plan.under_way,
        name=show(known.name if known else plan.sequence, 24),
    )
    fates = (fate for fate in Fate if plan.of(fate))
    return [head, *(f"· {fate_words(plan, fate, sop)}" for fate in fates)]


def fate_words(plan: SequencePlan, fate: Fate, sop: Sop) -> str:
    """How many have a fate, in which stages, and who is first among them."""
    told = _("{what}: {text}", what=fate_word(fate), text=plan.of(fate))
    stages = [
        f"{stage_name(stage, sop)} {n}"
        for (found, stage), n in plan.counts.items()
        if found is fate
    ]
    first = plan.first.get(fate, ())
    shown = (show(masking.name(name), 16, empty=_("(no name)")) for _contact, name in first)
    names = _(", ").join(shown)
    more = " …" if plan.of(fate) > len(first) else ""
    return _(
        "{told} ({stages}) {names}", told=told, stages=_(", ").join(stages), names=names + more
    )


def stage_name(stage: str, sop: Sop) -> str:
    known = sop.stage(stage)
    return show(known.name if known else stage, 12)


def fate_word(fate: Fate) -> str:
    return {
        Fate.STAYS: _("stay at their step"),
        Fate.MOVES: _("move to the matching step"),
        Fate.RESTARTS: _("begin again"),
        Fate.FINISHES: _("finish: nothing is left"),
        Fate.WAITS: _("wait: nobody knows their step"),
    }[fate]


def choice_word(choice: Choice) -> str:
    return {
        Choice.MOVE: _("matching step"),
        Choice.STAY: _("stay"),
        Choice.RESTART: _("begin again"),
    }[choice]


def because_word(because: Because) -> str:
    return {
        Because.MARKET: _("market"),
        Because.NEEDS: _("contacts' needs"),
        Because.COMPANY: _("company"),
    }[because]


def adjustment_words(one: Adjustment) -> str:
    """One line: what was changed, and whether it was taken back."""
    version = show(one.event.version or "", 20)
    if one.is_publish:
        was = show(one.was, 20)
        head = _("SOP {was} → {version} published", was=was, version=version)
    else:
        head = _("SOP {version} edited", version=version)
    told = " · ".join((head, *edit_parts(replace(one.edit, version=""))))
    return f"↶ {told} · " + _("taken back") if one.undone else told


def reason_words(one: Adjustment) -> str:
    """Why, from which side, by whom; or that nobody said."""
    reason = one.reason
    if not reason.words:
        return _("no reason was given")
    told = show(reason.words, 200)
    if reason.because:
        told = _("{what}: {text}", what=because_word(reason.because), text=told)
    author = show(reason.author, 20)
    return f"{told} ({author})" if author else told
