"""`contact`, `edit`, `stage`, and `person export`, `erase` and `retention`: one person's file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from rules.nouns import MONEY, Kind
from rules.plain_text import keep
from rules.purchases import totals
from rules.timing import iso_day
from rules.walks import waiting
from rules.wording import N_, DeskError, sentence
from store import editing
from store.backups import Backup, Occasion, back_up
from store.erasing import Erased, erase, would_erase
from store.exchange.doubtful import doubts
from store.exchange.export import replacing
from store.offering import offer
from store.old_words import backups_with_words
from store.person_file import PersonFile, person_file
from store.verbs import Done
from tui import person_words, purchase_words
from tui.commands.buying import purchase_document
from tui.commands.choices import told_key, words_for
from tui.commands.options import answer, chosen, desk_options, wants_json
from tui.commands.people import document_of as event_document
from tui.commands.people import iso_time, one_contact, sent_words
from tui.commands.retention import retention_command
from tui.dates import parse_day
from tui.list_words import facts_told
from tui.opening import OpenDesk, desk
from tui.show import printable, show
from tui.sop_names import extra_word, stage_named
from tui.wording import day_words, said_of, status_word
from tui.words import _, ngettext, say

OTHER_NAMES = {"电话": "phone", "微信": "handle", "公司": "company", "备注": "remark"}
"""What operators also call a field."""


@click.command(name="contact", help=_("Show a contact's file: who it is and all that happened."))
@click.argument("contact")
@desk_options
def contact_command(contact: str) -> None:
    with desk(chosen(), needs_sop=False) as opened:
        file = person_file(opened.db, one_contact(opened.db, contact))
        document, text = document_of(opened, file), "\n".join(text_lines(opened, file))
    answer(document, text)


@click.command(name="edit", help=_("Change fields of a contact's file; FIELD= clears one."))
@click.argument("contact")
@click.argument("fields", nargs=-1, required=True, metavar=_("FIELD=VALUE..."))
@click.option("--on", help=_("The day of a consent; today without it"))
@desk_options
def edit_command(contact: str, fields: tuple[str, ...], on: str | None) -> None:
    told = told_fields(fields)
    source = told.pop("consent", None)
    with desk(chosen(), writes="edit") as opened:
        who, now = one_contact(opened.db, contact), opened.clock()
        day = now.day if on is None else parse_day(on, now.day, past=True)
        if day is None:
            raise click.UsageError(_("--on needs a day like 2026-03-02"))
        if told:
            done = editing.edit(opened.db, opened.shift, now, who, told)
        if source is not None:
            done = editing.consent(opened.db, opened.shift, now, who, source, day)
        changed = [*told, *(["consent"] if source is not None else [])]
    tell_doubts(told)
    document = {"event": done.event.uuid, "contact": str(who), "changed": changed}
    names = _(", ").join(person_words.label(name) for name in changed)
    answer(document, _("changed: {names}", names=names))


def tell_doubts(told: Mapping[str, str]) -> None:
    """Says of values that were kept that they can't be right."""
    for name, value in told.items():
        doubt = doubts(name, editing.cleaned(name, value))
        if doubt is not None:
            click.echo(printable(f"! {say(doubt)}"), err=True)


def told_fields(fields: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE as a mapping; raises UsageError for one without the sign."""
    found = {}
    for field in fields:
        name, sign, text = field.partition("=")
        if not sign:
            raise click.UsageError(_('"{field}" is not FIELD=VALUE', field=show(field)))
        found[field_called(name)] = text
    return found


def field_called(told: str) -> str:
    """A field by its id or its name in either language; what is neither stays as it is told."""
    names = {
        told_key(word): name
        for name in person_words.FIELDS
        for word in (name, *words_for(person_words.label, name))
    }
    names |= {told_key(word): name for word, name in OTHER_NAMES.items()}
    found = names.get(told_key(told), told.strip())
    if found not in (*person_words.FIELDS, "consent"):
        shown = ("/".join((n, person_words.label(n))) for n in person_words.FIELDS if n != "stage")
        raise editing.CannotEdit(
            sentence(N_('a contact has no field "{name}"'), name=keep(found)),
            sentence(N_("Fields: {names}"), names=", ".join(shown)),
        )
    return found


@click.command(name="stage", help=_("Move a contact to another stage."))
@click.argument("contact")
@click.argument("stage")
@click.option("--reason", required=True, help=_("Why, in a few words"))
@click.option("--back", is_flag=True, help=_("A stage before the contact's own is meant"))
@desk_options
def stage_command(contact: str, stage: str, reason: str, back: bool) -> None:
    with desk(chosen(), writes="stage") as opened:
        who = one_contact(opened.db, contact)
        shift, now = opened.shift, opened.clock()
        done = editing.move_stage(opened.db, shift, now, who, stage, reason, back=back)
    answer(
        moved_document(done), _("now {stage}", stage=show(stage_named(shift.sop, done.state.stage)))
    )


def moved_document(done: Done) -> dict[str, object]:
    return {
        "event": done.event.uuid,
        "contact": str(done.state.contact),
        "stage": done.state.stage,
        "from": done.event.stage,
        "next_due": iso_day(done.state.next_due),
    }


@click.group(name="person", help=_("Hand out, or erase, all that is kept of one person."))
def person_command() -> None:
    """The commands about personal data."""


person_command.add_command(retention_command)


@person_command.command(name="export", help=_("Write one person's whole record."))
@click.argument("contact")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["json", "text"]), help=_("json or text"))
@click.option("--replace", is_flag=True, help=_("Replace the file if it exists"))
@desk_options
def export_command(contact: str, file: Path | None, form: str | None, replace: bool) -> None:
    as_json = form == "json" or (form is None and (file is None or file.suffix == ".json"))
    if file is not None and os.path.lexists(file) and not replace:
        raise DeskError(
            sentence(N_("{file} exists already and was left as it is"), file=file),
            sentence(N_("Name another file, or add --replace")),
        )
    with desk(chosen(), needs_sop=False) as opened:
        kept = person_file(opened.db, one_contact(opened.db, contact))
        document, lines = document_of(opened, kept), text_lines(opened, kept)
    text = json.dumps(document, ensure_ascii=False, indent=1) if as_json else "\n".join(lines)
    if file is None:
        answer(document, text)
        return
    with replacing(file) as out:
        out.write(f"{printable(text)}\n".encode())
    told = _("{n} events written to {file}", n=len(kept.entries), file=show(str(file)))
    answer({"contact": str(kept.contact), "events": len(kept.entries), "file": str(file)}, told)


@person_command.command(name="erase", help=_("Erase one person's words for good."))
@click.argument("contact")
@click.option("--reason", required=True, help=_("Why, without the name: it stays in the log"))
@click.option("--yes", is_flag=True, help=_("Do it without asking"))
@click.option("--old-backups", is_flag=True, help=_("Delete the backups that still hold the words"))
@desk_options
def erase_command(contact: str, reason: str, yes: bool, old_backups: bool) -> None:
    with desk(chosen(), writes="erase") as opened:
        who = one_contact(opened.db, contact)
        if not (yes or agreed(opened, who)):
            raise SystemExit(1)
        now = opened.clock()
        done = erase(opened.db, opened.shift, now, who, reason)
        opened.drafts.forget(done.contacts)
        made = opened.before(Occasion.ERASURE)
        older = backups_with_words(opened.db, opened.path)
        if old_backups and made is not None:
            older = delete(older)
    for words in opened.told_beside():
        click.echo(printable(words), err=True)
    document = {
        "event": done.event.uuid if done.event else None,
        "contact": str(who),
        "words": done.words,
        "recognised_by": list(done.recognised_by),
        "refused": [str(other) for other in done.others],
        "backups_with_words": len(older),
    }
    answer(document, "\n".join(erased_lines(done, len(older))))


@person_command.command(
    name="purge", help=_("Delete the backups that still hold words of erased people.")
)
@click.option("--yes", is_flag=True, help=_("Do it without asking"))
@desk_options
def purge_command(yes: bool) -> None:
    with desk(chosen(), writes="purge") as opened:
        older = backups_with_words(opened.db, opened.path)
        if older and not (yes or agreed_to_delete(len(older))):
            raise SystemExit(1)
        if older:
            back_up(opened.path, opened.clock(), Occasion.ERASURE)
        left = delete(older)
        gone = [backup.name for backup in older if backup not in left]
    told = ngettext(
        "{n} backup with words of erased people was deleted.",
        "{n} backups with words of erased people were deleted.",
        len(gone),
    )
    answer({"deleted": gone}, told)
    if left:
        names = ", ".join(backup.name for backup in left)
        words = _("These could not be deleted, delete them by hand: {names}", names=names)
        click.echo(printable(words), err=True)
        raise SystemExit(1)


def agreed_to_delete(count: int) -> bool:
    """Asks before backups go; without somebody to ask, says how to agree."""
    told = ngettext(
        "{n} backup still holds words of erased people. Deleted, it cannot be restored.",
        "{n} backups still hold words of erased people. Deleted, they cannot be restored.",
        count,
    )
    click.echo(printable(told), err=True)
    if wants_json() or not sys.stdin.isatty():
        click.echo(_("Nothing was changed. To do it, add --yes"), err=True)
        return False
    return click.confirm(_("Delete them"), err=True)


def delete(older: Iterable[Backup]) -> tuple[Backup, ...]:
    """Deletes backups; those that the disk does not let go, which still hold the words."""
    left = []
    for backup in older:
        try:
            backup.path.unlink(missing_ok=True)
        except OSError:
            left.append(backup)
    return tuple(left)


def agreed(opened: OpenDesk, contact: int) -> bool:
    """Says what would be gone and asks; without somebody to ask, says how to agree."""
    found, file = would_erase(opened.db, contact), person_file(opened.db, contact)
    name = show(file.profile.get("name", ""), 40)
    company = show(file.profile.get("company", ""), 40)
    told = [
        _("Erase {name} {company}?", name=name, company=company),
        _("{n} notes, replies and fields go for good. No undo brings them back.", n=found.words),
    ]
    for line in told:
        click.echo(printable(line), err=True)
    if wants_json() or not sys.stdin.isatty():
        click.echo(_("Nothing was changed. To do it, add --yes"), err=True)
        return False
    return click.confirm(_("Erase it"), err=True)


def erased_lines(done: Erased, older: int) -> list[str]:
    """What was done, and what is left to do by hand."""
    lines = [_("Erased for good: {n} events lost their words.", n=done.words)]
    if done.recognised_by:
        known = ", ".join(person_words.label(name) for name in done.recognised_by)
        lines.append(
            _("An import will not take the person in again (known by: {known}).", known=known)
        )
    else:
        told = _("Without phone, id or email an import can't know the person again.")
        lines.append(told)
    if done.others:
        ids = ", ".join(map(str, done.others))
        told = _("The same phone or id stands at {ids}: not to be contacted now.", ids=ids)
        lines.append(told)
    if older:
        told = _("{n} older backups still hold the words until they rotate.", n=older)
        lines += [told, _("To delete them now: siyu person purge")]
    lines.append(_("Exports, import files and drafts that you wrote are yours to delete."))
    return lines


def document_of(opened: OpenDesk, file: PersonFile) -> dict[str, object]:
    """The whole record; days are ISO dates, ids texts, values in English."""
    sop, now, state = opened.shift.sop, opened.clock(), file.state
    offered = offer(opened.db, opened.shift, now, file.contact)
    fields = {k: v for k, v in file.profile.items() if k not in ("extra", "tags", "interest")}
    return {
        "contact": str(file.contact),
        **fields,
        "tags": listed(file.profile.get("tags", "")),
        "interests": listed(file.profile.get("interest", "")),
        "extra": person_words.other_fields(file),
        "owner": state.owner,
        "stage": state.stage,
        "status": state.status.value,
        "consent": file.consent and {"source": file.consent.source, "on": file.consent.on},
        "sequence": state.sequence,
        "step": state.step,
        "next_due": iso_day(offered.next_due),
        "blocked": None if offered.blocked is None else str(offered.blocked.reason),
        "waiting": [
            {"sequence": walk.sequence, "step": walk.step, "due": iso_day(walk.due)}
            for walk in waiting(offered.plans, state)
        ],
        "lists": [
            {
                "list": one.explained.rule,
                "due": iso_day(one.due),
                "reason": facts_told(one.explained.facts),
                "reason_of_sop": reason,
            }
            for one, reason, _due in person_words.open_lists(opened.db, file, sop, now.day)
        ],
        "purchases": [purchase_document(one) for one in file.purchases.values()],
        "spent": dict(totals(file.purchases.values()).sums),
        "attached": [{"target": a.target, "about": a.about} for a in person_words.attached(file)],
        "events": [
            {**event_document(entry), "words": dict(entry.event.text)}
            for entry in (sent_words(e, file.profile, sop) for e in file.entries)
        ],
    }


def listed(text: str) -> list[str]:
    return text.split(",") if text else []


def text_lines(opened: OpenDesk, file: PersonFile) -> list[str]:
    """The record for people, oldest event first."""
    sop, now = opened.shift.sop, opened.clock()
    named = [(person_words.label(n), person_words.value(file, n, sop)) for n in person_words.FIELDS]
    rows = [(_("contact"), str(file.contact)), *named]
    rows += [(extra_word(name), text) for name, text in person_words.other_fields(file).items()]
    rows.append((_("status"), status_word(file.state.status)))
    offered = offer(opened.db, opened.shift, now, file.contact)
    if offered.next_due is not None:
        rows.append((_("next due"), day_words(offered.next_due)))
    if offered.blocked is not None:
        rows.append((_("why not now"), say(offered.blocked.reason)))
    for one, reason, due in person_words.open_lists(opened.db, file, sop, now.day):
        rows.append((_("on the list"), f"{one.rule.name if one.rule else ''} · {due} · {reason}"))
    rows.append((_("purchases"), purchase_words.value_words(file.purchases.values())))
    rows += [(_("attached"), f"{a.target} {a.about}".strip()) for a in person_words.attached(file)]
    lines = [said_of(show(name, 24), show(text)) for name, text in rows if text]
    lines.append("")
    corrected = purchase_words.superseded(file.entries, file.purchases)
    for entry in file.entries:
        event = entry.event
        parts = [iso_time(entry)[:16].replace("T", " "), person_words.what(event)]
        parts += [_("(undone)")] if entry.undone else []
        parts += [_("(corrected)")] if event.seq in corrected else []
        told = person_words.detail(entry, sop)
        if event.kind in MONEY:
            told = f"{iso_day(event.day)} {told}"
        sent = event.kind in (Kind.TOUCH, Kind.ANSWER)
        script = sent_words(entry, file.profile, sop).script if sent else ""
        lines.append("  ".join([*parts, *(show(t) for t in (told, script) if t)]))
    return lines
