"""`lists`, `why` and `rules test`: who is to be followed up, why, and what rules would change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import click

from rules.facts import shown_value
from rules.lists import ListRule
from rules.nouns import Reaction
from rules.sop import Sop
from rules.timing import iso_day
from rules.wording import N_, DeskError, sentence
from store.judged import day_of, is_current
from store.list_trial import RuleTrial, try_rules
from store.lists import EntryRow, ListCount, Why, list_counts, why
from tui.commands.choices import told_key, words_for
from tui.commands.exporting import check_target, exportable, into_file
from tui.commands.options import answer, chosen, desk_options, wants_json
from tui.commands.people import one_contact
from tui.list_words import (
    PART_SIGNS,
    cells,
    entry_rows,
    facts_told,
    forbidden_words,
    headings,
    part_words,
    reason_words,
)
from tui.opening import OpenDesk, desk
from tui.show import pad, printable, show
from tui.sop_names import rule_name, stage_named
from tui.wording import day_words, due_told, due_words, reaction_word
from tui.words import _

FOLLOWED = {
    Reaction.POSITIVE: "revisit",
    Reaction.EXPLORING: "interest",
    Reaction.REJECTING: "paused",
}
"""The list on which a reaction is followed up, by the id that it has in the SOPs that ship."""


class NoSuchList(DeskError):
    """A word that names none of the SOP's lists."""

    def __init__(self, told: str, sop: Sop) -> None:
        super().__init__(
            sentence(N_('there is no list "{name}"'), name=show(told)),
            sentence(
                N_("Accepted: {fields}."),
                fields=", ".join(f"{show(r.name)} ({r.id})" for r in sop.lists),
            ),
        )


@click.command(name="lists", help=_("Show whom to follow up: every list, or the people on one."))
@click.argument("name", required=False)
@exportable
@desk_options
def lists_command(name: str | None, export: Path | None, replace: bool) -> None:
    if export is not None:
        if name is None:
            raise click.UsageError(_("say which list is to be written: siyu lists NAME --export"))
        check_target(export, replace=replace)
    with listed_desk() as opened:
        if name is None:
            tell_counts(opened)
            return
        rule = list_called(opened.shift.sop, name)
        if export is not None:
            rows = (cells(opened, rule, row) for row in entry_rows(opened, rule))
            into_file(export, headings(), rows)
            return
        found = tuple(entry_rows(opened, rule))
        text = "" if wants_json() else entries_text(opened, rule, found)
        answer([entry_document(opened, rule, row) for row in found], text)


@click.command(name="why", help=_("Show every rule about a contact, and which of its parts hold."))
@click.argument("contact")
@desk_options
def why_command(contact: str) -> None:
    with listed_desk() as opened:
        who = one_contact(opened.db, contact)
        day = opened.clock().day
        sop = opened.shift.sop
        found = why(opened.db, sop, who, day)
        text = "\n".join(line for told in found for line in why_lines(told, sop, day))
    answer([why_document(told) for told in found], text or _("The SOP has no rules."))


@click.group(name="rules", help=_("Try the rules of the SOP."))
def rules_command() -> None:
    """The commands about rules."""


@rules_command.command(name="test", help=_("Show what the rules would change; changes nothing."))
@desk_options
def test_command() -> None:
    with desk(chosen()) as opened:
        sop = opened.shift.sop
        found = try_rules(opened.db, sop, opened.clock().day)
    document = [
        {"rule": t.rule, "now": t.now, "added": t.added, "removed": t.removed} for t in found
    ]
    answer(document, "\n".join(trial_line(one, sop) for one in found) or _("The SOP has no rules."))


@contextmanager
def listed_desk() -> Iterator[OpenDesk]:
    """A desk to read lists from, brought up to the day, or it is said of which day they are.

    Nothing is written while somebody works at the desk, or where the file only
    can be read.
    """
    wanted = chosen()
    with ExitStack() as stack:
        opened = stack.enter_context(desk(wanted))
        if not is_current(opened.db, opened.shift.sop, opened.clock().day):
            stack.close()
            with suppress(DeskError), desk(wanted, writes="lists"):
                pass
            opened = stack.enter_context(desk(wanted))
            tell_age(opened)
        yield opened


def tell_age(opened: OpenDesk) -> None:
    """Says on standard error when the lists are not of today."""
    if is_current(opened.db, opened.shift.sop, opened.clock().day):
        return
    day = day_of(opened.db)
    if day is None:
        told = _("Nobody was judged by the rules yet: open the desk once.")
    else:
        told = _(
            "These lists are of {day}: the desk's file cannot be written now.", day=iso_day(day)
        )
    click.echo(printable(told), err=True)


def list_called(sop: Sop, told: str) -> ListRule:
    """The list that a word means: its id or its name. Raises NoSuchList."""
    word = told_key(told)
    for reaction, name in FOLLOWED.items():
        if word in {told_key(each) for each in words_for(reaction_word, reaction)}:
            word = name
    names = ((rule, {rule.id.casefold(), rule.name.casefold()}) for rule in sop.lists)
    found = next((rule for rule, known in names if word in known), None)
    if found is None:
        raise NoSuchList(told, sop)
    return found


def tell_counts(opened: OpenDesk) -> None:
    day, sop = opened.clock().day, opened.shift.sop
    found = list_counts(opened.db, opened.shift.operator, sop, day)
    document = [
        {"list": c.rule.id, "name": c.rule.name, "due": c.due, "total": c.total} for c in found
    ]
    answer(document, "\n".join(map(count_line, found)) or _("The SOP has no rules."))


def count_line(count: ListCount) -> str:
    told = _("{due} due of {total}", due=count.due, total=count.total)
    return f"{pad(count.rule.name, 20)}  {pad(told, 20)}  {count.rule.id}"


def entry_document(opened: OpenDesk, rule: ListRule, row: EntryRow) -> dict[str, object]:
    return {
        "contact": str(row.contact),
        "name": row.name,
        "company": row.company,
        "stage": row.state.stage,
        "due_on": iso_day(row.due),
        "since": iso_day(row.since),
        "interest": row.interest.split(",") if row.interest else [],
        "reason": facts_told({n: shown_value(n, row.facts[n]) for n in rule.when.facts}),
        "reason_of_sop": reason_words(rule, row.facts, opened.shift.sop, row.state),
        "blocked": forbidden_words(opened, row.state) or None,
    }


def entries_text(opened: OpenDesk, rule: ListRule, rows: tuple[EntryRow, ...]) -> str:
    """A line per entry for people."""
    if not rows:
        return _("Nobody stands on this list.")
    return "\n".join(entry_line(opened, rule, row) for row in rows)


def entry_line(opened: OpenDesk, rule: ListRule, row: EntryRow) -> str:
    day, sop = opened.clock().day, opened.shift.sop
    parts = [
        pad(row.name, 14, empty=_("(no name)")),
        pad(row.company, 16),
        pad(stage_named(sop, row.state.stage), 6),
        pad(due_words(row.due, day), 12),
        show(reason_words(rule, row.facts, sop, row.state)),
    ]
    if forbidden := forbidden_words(opened, row.state):
        parts.append(_("not now: {reason}", reason=show(forbidden)))
    return "  ".join(parts)


def why_document(told: Why) -> dict[str, object]:
    return {
        "rule": told.explained.rule,
        "matched": told.explained.matched,
        "facts": dict(told.explained.facts),
        "parts": [
            {"part": part.text or part.sign.value, "depth": part.depth, "holds": part.held}
            for part in told.explained.parts
        ],
        "since": shown_value("due_day", told.since),
        "due_on": shown_value("due_day", told.due),
    }


def why_lines(told: Why, sop: Sop, day: int) -> Iterator[str]:
    """The rule and its answer; beneath, which parts held and when the entry is due."""
    found = told.explained
    name = rule_name(sop, found.rule)
    yield f"{'✓' if found.matched else '·'} {show(name)}"
    for part in found.parts:
        indent = " " * (4 + 2 * part.depth)
        yield f"{indent}{PART_SIGNS[part.held]} {show(part_words(part, sop))}"
    if told.since is not None and told.due is not None:
        yield "    " + " · ".join(_when(told, told.since, told.due, day))


def _when(told: Why, since: int, due: int, day: int) -> Iterator[str]:
    yield _("on the list since {day}", day=day_words(since))
    yield due_told(due, day)
    if told.care.until is not None and told.care.until == due:
        yield _("put off by hand")
    elif told.care.handled is not None:
        yield _("dealt with on {day}", day=day_words(told.care.handled))


def trial_line(trial: RuleTrial, sop: Sop) -> str:
    told = _(
        "{n} now, {added} come, {removed} go", n=trial.now, added=trial.added, removed=trial.removed
    )
    people = [f"+{show(name, 12)}" for name in trial.coming]
    people += [f"-{show(name, 12)}" for name in trial.going]
    return "  ".join((pad(rule_name(sop, trial.rule), 22), pad(told, 30), " ".join(people)))
