"""What Today asks before it acts: why, until when, what to note, whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rich.cells import cell_len

from rules.nouns import Status
from rules.sop import Sop
from rules.timing import date_of
from store import people as finding
from store.people import Person
from store.queue import contacts_total
from store.replanning import Changes
from tui import masking
from tui.dates import next_monday, parse_day
from tui.drafts import Draft
from tui.screens.desk_screen import DeskScreen
from tui.screens.dialogs import ChoiceDialog, FieldsDialog, Found, Option, PickDialog
from tui.screens.window import Told
from tui.show import own_name, pad, show
from tui.sop_wording import question_lines
from tui.widgets.lines import Line
from tui.wording import day_words, status_word
from tui.words import _, ngettext

NAME, STAGE, OWNER = 20, 12, 12
"""Cells that what a search finds has at most."""


def refusal(name: Callable[[], str], draft: Draft) -> ChoiceDialog:
    """Why somebody is not to be contacted again; the reason begins with its draft."""
    reasons = (_("asked to stop"), _("withdrew consent"), _("wrong person"))
    options = [Option(str(i), reason, reason) for i, reason in enumerate(reasons, 1)]
    options.append(Option("4", _("another reason: write it"), "", writes=True))
    return reason_dialog(
        lambda: _("Do not contact {name} again: why?", name=name()), options, draft
    )


def resumption(name: Callable[[], str], draft: Draft) -> ChoiceDialog:
    """Why somebody who stood aside is written to again; `draft` as above."""
    reasons = (_("wrote again and is interested"), _("agreed to be contacted"), _("a slip of mine"))
    options = [Option(str(i), reason, reason) for i, reason in enumerate(reasons, 1)]
    options.append(Option("4", _("another reason: write it"), "", writes=True))
    return reason_dialog(lambda: _("Take {name} up again: why?", name=name()), options, draft)


def erasure(names: Sequence[str]) -> ChoiceDialog:
    """Whether these contacts are erased for good: "erase" or nothing."""
    n = len(names)
    title = ngettext("Erase {n} contact for good?", "Erase {n} contacts for good?", n)

    def who() -> str:
        shown = [show(masking.name(name), 20, empty=_("(no name)")) for name in names[:3]]
        return " · ".join([*shown, "…"] if names[3:] else shown)

    body: list[Told] = [
        who,
        _("Names, phones, notes and replies go. No undo."),
        "",
    ]
    told = ngettext("yes, erase {n} contact", "yes, erase {n} contacts", n)
    options = (Option("1", _("no, leave everything as it is"), ""), Option("2", told, "erase"))
    return ChoiceDialog(title, options, body=body)


def reason_dialog(title: Told, options: Sequence[Option], draft: Draft) -> ChoiceDialog:
    """A reason by digit or in words; one that stands among the options is not written again."""
    begun = draft.begun.get("words", "")
    written = "" if any(option.value == begun for option in options) else begun
    prompt = _("the reason, in a few words")
    return ChoiceDialog(title, options, prompt, begun=written, typed=draft.keep)


def postponement(name: Callable[[], str], today: int) -> ChoiceDialog:
    """Until when the message waits; the answer is a day number as text, or a date as typed."""
    days = (
        (_("tomorrow"), today + 1),
        (_("in 3 days"), today + 3),
        (_("next Monday"), next_monday(today)),
    )
    options = [
        Option(str(i), f"{label} · {day_words(day)}", f"+{day - today}")
        for i, (label, day) in enumerate(days, 1)
    ]
    options.append(Option("4", _("a date: write it"), "", writes=True))

    def check(text: str) -> str:
        day = parse_day(text, today)
        if day is None:
            return _("Write a day like {example}", example=f"{date_of(today + 7):%Y-%m-%d}")
        return "" if day > today else _("The day lies in the past")

    title = lambda: _("Postpone {name} until", name=name())  # noqa: E731
    return ChoiceDialog(title, options, "2026-03-09", check)


def day_of(answer: str | None, today: int) -> int | None:
    """The day that an answer of `postponement` means."""
    return None if answer is None else parse_day(answer, today)


def note(name: Callable[[], str], draft: Draft, arrived: str) -> FieldsDialog:
    """The words of a reply, a note, interest points; the draft stands in the fields already.

    A text that `arrived` is the reply, unless one was begun.
    """
    begun = draft.begun
    return FieldsDialog(
        lambda: _("Note on {name}", name=name()),
        (
            ("reply", _("Reply, in their words"), begun.get("reply") or arrived),
            ("note", _("Note"), begun.get("note", "")),
            ("interest", _("Interest points, separated by commas"), begun.get("interest", "")),
        ),
        draft.keep,
        is_left_over=bool(begun),
    )


def changed_steps(changes: Changes, sop: Sop) -> ChoiceDialog:
    """What becomes of contacts under way, now that the steps changed: "keep" or "move"."""
    options = (
        Option("1", _("keep every plan; new contacts take the new steps"), "keep"),
        Option("2", _("replan now; undo takes all of it back"), "move"),
    )
    body = [*question_lines(changes, sop), ""]
    if any(change.gone + change.ended for change in changes.sequences):
        body[-1:] = [_("With 1 too, those whose step is gone go on with the next."), ""]
    title, hint = _("The steps changed"), _("KEYS: press a digit · Esc decides later")
    return ChoiceDialog(title, options, body=body, hint=hint)


def pausing(count: int) -> ChoiceDialog:
    """Whether so many accounts are to be paused."""
    told = ngettext("yes, pause {n} account", "yes, pause {n} accounts", count)
    options = (Option("1", _("no, leave everything as it is"), ""), Option("2", told, "pause"))
    body = [_("Nothing goes to them until you resume each. Backspace takes it back."), ""]
    title = ngettext("Pause {n} throw-away account?", "Pause {n} throw-away accounts?", count)
    return ChoiceDialog(title, options, body=body)


def people(screen: DeskScreen) -> PickDialog:
    """Anybody on the desk, by any part of what is known of them; what is found can be exported."""
    db, shift = screen.desk.db, screen.desk.shift
    names = shift.sop.stage_words()

    def export(text: str) -> None:
        # Imported when asked for: a search does not wait for CSV and XLSX.
        from tui.screens.exporting import export_found

        export_found(screen, text)

    def find(text: str) -> list[Found]:
        found = finding.find(db, text, owner=shift.operator)
        told = [told_of(person, names) for person in found]
        sizes = tuple(max(map(cell_len, column)) for column in zip(*told, strict=True))
        return [
            Found(str(person.contact), partial(person_line, row, sizes))
            for person, row in zip(found, told, strict=True)
        ]

    anybody = contacts_total(db) > 0
    nobody = _("No contacts yet. Esc, then Ctrl+O imports a file of them.")
    return PickDialog(
        _("Find anyone"),
        find,
        _("Nobody is called so. Names, companies, pinyin, initials, phones and ids are searched.")
        if anybody
        else nobody,
        _("TEXT: type letters, ↑↓ choose, Enter shows · Ctrl+E to a file · Esc back"),
        export,
        empty=_("A name, a company, pinyin or initials, a phone or an id finds anyone.")
        if anybody
        else nobody,
    )


def told_of(person: Person, stages: Mapping[str, str]) -> tuple[str, ...]:
    """What a search tells of somebody: name, company, stage, why aside, owner."""
    name = own_name(masking.name(person.name), person.contact)
    return (
        show(name, NAME, empty=_("(no name)")),
        show(masking.company(person.company)),
        show(stages.get(person.stage, person.stage), STAGE),
        "" if person.status is Status.ACTIVE else status_word(person.status),
        show(person.owner, OWNER),
    )


def person_line(told: Sequence[str], sizes: Sequence[int], width: int) -> Line:
    """Columns as wide as they need to be; the company gives way."""
    name, company, stage, aside, owner = told
    rest = sum(size + 1 for size in (sizes[0], *sizes[2:]) if size)
    columns = zip(
        (name, company, stage, aside, owner),
        (sizes[0], max(8, min(sizes[1], width - rest)), *sizes[2:]),
        ("strong", "plain", "dim", "warning", "dim"),
        strict=True,
    )
    return tuple((pad(text, size) + " ", look) for text, size, look in columns if size)
