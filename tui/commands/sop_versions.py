"""`sop plan` and `sop publish`: what another version would do, and having it in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import click

from rules.sop import Sop
from rules.succession import Choice, Fate
from store.publishing import Because, Choices, Plan, Reason, SequencePlan
from tui.commands.choices import Words, words_for
from tui.commands.options import answer, chosen, desk_options
from tui.opening import OpenDesk, desk
from tui.publishing import Proposal, Unwritten, plan_of, proposal, publish
from tui.show import printable
from tui.sop_wording import because_word, edit_words, plan_lines, unready_lines
from tui.words import _


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Adds --stay, --move and --restart, each for a sequence and as often as wanted."""
    told = {
        "--restart": _("Contacts of this sequence begin again at its first step"),
        "--move": _("Contacts of this sequence go to the matching step (the default)"),
        "--stay": _("Contacts of this sequence keep step and day"),
    }
    for name, words in told.items():
        command = click.option(name, metavar=_("SEQUENCE"), multiple=True, help=words)(command)
    return command


def choices_of(stay: Iterable[str], move: Iterable[str], restart: Iterable[str]) -> Choices:
    """What was chosen by sequence; of several for one, restart before move before stay."""
    chosen_by = ((Choice.STAY, stay), (Choice.MOVE, move), (Choice.RESTART, restart))
    return {name: choice for choice, names in chosen_by for name in names}


@click.command(name="plan", help=_("Show who would stay, move, restart or finish."))
@click.argument("folder", type=click.Path(path_type=Path))
@choosing
@desk_options
def plan_command(
    folder: Path, stay: tuple[str, ...], move: tuple[str, ...], restart: tuple[str, ...]
) -> None:
    with desk(chosen()) as opened:
        proposed = proposal(opened, folder)
        told = plan_of(opened, proposed, choices_of(stay, move, restart))
        was = opened.shift.sop
        lines = [edit_words(proposed.edit, len(proposed.reading.faults))]
        lines += unready_lines(proposed.unready, told.blocked, proposed.shift.sop)
        lines += plan_lines(told, was)
        answer(document_of(proposed, told, was), "\n".join(lines))


@click.command(name="publish", help=_("Put another version into use; undo takes it back."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help=_("Why the SOP changes, in a few words"))
@click.option(
    "--reason-kind",
    type=Words({because.value: words_for(because_word, because) for because in Because}),
    help=_("What made it change: market, needs of contacts, company"),
)
@click.option(
    "--anyway", is_flag=True, help=_("Publish although contacts due today would get nothing")
)
@click.option("--author", default="", help=_("Who wrote the change, if not the operator"))
@choosing
@desk_options
def publish_command(
    folder: Path,
    reason: str,
    reason_kind: str | None,
    author: str,
    anyway: bool,
    stay: tuple[str, ...],
    move: tuple[str, ...],
    restart: tuple[str, ...],
) -> None:
    because = Because(reason_kind) if reason_kind else None
    with desk(chosen(), writes="sop publish") as opened:
        was = opened.shift.sop.version
        choices = choices_of(stay, move, restart)
        _tell_unready(opened, folder, choices, anyway=anyway)
        head = publish(opened, folder, choices, Reason(reason, because, author))
        opened.follow_log()
        opened.catch_up()
        kept = dict(head.then.facts).get("kept", "")
        document = {
            "event": head.uuid,
            "version": head.version,
            "was": was,
            "moved": head.amount,
            "folder": str(opened.sop_path),
            "kept": str(opened.sop_path.with_name(kept)) if kept else None,
        }
        told = (
            _("SOP {version} is in use, {n} contacts moved.", version=head.version, n=head.amount),
            _("siyu undo takes it back."),
        )
        answer(document, "\n".join(told))
        for words in opened.told_beside():
            click.echo(printable(words), err=True)


def _tell_unready(opened: OpenDesk, folder: Path, choices: Choices, *, anyway: bool) -> None:
    """Says what the version lacks. Raises Unwritten when contacts would get nothing by it."""
    proposed = proposal(opened, folder)
    blocked = plan_of(opened, proposed, choices).blocked
    for line in unready_lines(proposed.unready, blocked, proposed.shift.sop):
        click.echo(printable(line), err=True)
    if blocked and not anyway:
        raise Unwritten(blocked)


def document_of(proposed: Proposal, told: Plan, was: Sop) -> dict[str, object]:
    return {
        "version": proposed.shift.sop.version,
        "was": was.version,
        "changes": asdict(proposed.edit),
        "to_write": [{"content": c, "script": s} for c, s in proposed.unready.todo],
        "unchanged_rewrites": list(proposed.unready.unchanged),
        "blocked": told.blocked,
        "under_way": told.under_way,
        **{fate.value: told.of(fate) for fate in Fate},
        "sequences": [sequence_document(sequence) for sequence in told.sequences],
    }


def sequence_document(told: SequencePlan) -> dict[str, object]:
    stages = dict.fromkeys(stage for _fate, stage in told.counts)
    return {
        "sequence": told.sequence,
        "choice": told.choice.value,
        "under_way": told.under_way,
        **{fate.value: told.of(fate) for fate in Fate},
        "stages": [
            {"stage": stage, **{fate.value: told.counts.get((fate, stage), 0) for fate in Fate}}
            for stage in stages
        ],
        "first": {
            fate.value: [{"contact": str(contact), "name": name} for contact, name in first]
            for fate, first in told.first.items()
        },
    }
