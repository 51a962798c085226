"""`today`: the day as text or JSON; what may be sent now, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from rules.notices import day_notices
from rules.nouns import Status
from rules.sending import Blocked
from rules.timing import Moment, date_of, iso_day
from rules.walks import waiting
from rules.wording import N_, DeskError, Sentence, sentence
from store.judged import day_of, is_current
from store.log_times import newest_time
from store.offering import Offered, offer
from store.queue import Place, StageCount, due_page, place_of, stage_counts, standing_aside
from tui.commands.options import answer, chosen, desk_options, wants_json
from tui.day_cap import over_cap, room_today
from tui.opening import OpenDesk, desk
from tui.show import pad, show
from tui.wording import due_words, weekday_word
from tui.words import _, date_words, say

_EARLIER = N_(
    "The order and who enters a sequence are of {day}: opening the desk brings them up to date"
)
PAGE = 200
SHOWN = 6
"""Names beside a reason that many must wait for."""
ASIDE = 500
"""Contacts standing aside that one answer lists at most."""


@dataclass(frozen=True)
class Day:
    """One operator's day, worked out."""

    now: Moment
    counts: tuple[StageCount, ...]
    due: tuple[Offered, ...]
    """What may be sent now, in the order of the list."""
    blocked: tuple[tuple[Offered, Blocked], ...]


@click.command(name="today", help=_("Show who is due today and what to send."))
@click.option("--stage", help=_("Only this stage"))
@desk_options
def today_command(stage: str | None) -> None:
    with desk(chosen()) as opened:
        day = the_day(opened, None if stage is None else stage_called(opened, stage))
        answer(document_of(opened, day), "" if wants_json() else text_of(opened, day))


class NoSuchStage(DeskError):
    """A word that means none of the SOP's stages."""

    def __init__(self, told: str, stages: tuple[str, ...]) -> None:
        super().__init__(
            sentence(N_('the SOP has no stage "{stage}"'), stage=told),
            sentence(N_("Its stages are {stages}"), stages=", ".join(stages)),
        )


def stage_called(opened: OpenDesk, told: str) -> str:
    """The stage that a word means: its id, its name or another word for it."""
    found = opened.shift.sop.stage_called(told)
    if found is None:
        raise NoSuchStage(told, opened.shift.sop.stage_names())
    return found


def the_day(opened: OpenDesk, only: str | None = None) -> Day:
    """Works out what may be sent now by this desk's operator."""
    now = opened.clock()
    names = opened.shift.sop.stage_names()
    counts = stage_counts(opened.db, opened.shift.operator, names, now.day)
    room = room_today(opened)
    counts = tuple(c for c in counts if only in (None, c.stage))
    due: list[Offered] = []
    blocked: list[tuple[Offered, Blocked]] = []
    for contact in (*due_contacts(opened, now, counts), *aside(opened, now, only)):
        offered = offer(opened.db, opened.shift, now, contact)
        if offered.blocked is not None:
            blocked.append((offered, offered.blocked))
        elif len(due) < room:
            due.append(offered)
        else:
            blocked.append((offered, over_cap(opened)))
    return Day(now, counts, tuple(due), tuple(blocked))


def notices(opened: OpenDesk, now: Moment) -> tuple[Sentence, ...]:
    """What must be known about the day itself."""
    newest = newest_time(opened.db)
    told = day_notices(now, opened.shift.calendar, newest, opened.invented_at)
    judged = day_of(opened.db)
    if judged is None or is_current(opened.db, opened.shift.sop, now.day):
        return told
    # Whether somebody may be written to is worked out for today all the same.
    return (*told, sentence(_EARLIER, day=date_of(judged)))


def due_contacts(opened: OpenDesk, now: Moment, counts: tuple[StageCount, ...]) -> Iterator[int]:
    for count in counts:
        place = Place()
        while rows := due_page(opened.db, opened.shift.operator, count.stage, now.day, place, PAGE):
            yield from (row.contact for row in rows)
            place = place_of(rows[-1])


def aside(opened: OpenDesk, now: Moment, only: str | None) -> Iterator[int]:
    """Contacts whose step has come but who may not be written to."""
    for contact in standing_aside(opened.db, opened.shift.operator, now.day, ASIDE):
        if only is None or offer(opened.db, opened.shift, now, contact).state.stage == only:
            yield contact


def document_of(opened: OpenDesk, day: Day) -> dict[str, object]:
    return {
        "day": iso_day(day.now.day),
        "operator": opened.shift.operator,
        "sop_version": opened.shift.sop.version,
        "stages": [{"stage": c.stage, "due": c.due, "sent": c.sent} for c in day.counts],
        "due": [due_document(offered) for offered in day.due],
        "notices": [str(notice) for notice in notices(opened, day.now)],
        "blocked": [
            {
                "contact": str(offered.contact),
                "name": offered.profile.get("name", ""),
                "error": stopped.why.value,
                "reason": str(stopped.reason),
            }
            for offered, stopped in day.blocked
        ],
    }


def due_document(offered: Offered) -> dict[str, object]:
    content, script = offered.content, offered.scripts[0]
    return {
        "contact": str(offered.contact),
        "name": offered.profile.get("name", ""),
        "stage": offered.state.stage,
        "sequence": offered.state.sequence,
        "step": offered.state.step,
        "due_on": iso_day(offered.state.due),
        "content": content.id if content else None,
        "variant": script.variant.id,
        "text": script.text.text,
        "form": content.form.value if content and content.form else None,
        "target": content.target if content else "",
        "keyword": content.keyword if content else "",
        "waiting": [
            {"sequence": walk.sequence, "step": walk.step, "due_on": iso_day(walk.due)}
            for walk in waiting(offered.plans, offered.state)
        ],
    }


def text_of(opened: OpenDesk, day: Day) -> str:
    """The day for people: a line per contact, the script's beginning beside it."""
    date = date_of(day.now.day)
    sop = opened.shift.sop
    lines = [
        f"{date_words(date)} {weekday_word(date)} · {show(opened.shift.operator)}"
        f" · SOP {show(sop.version)}"
    ]
    lines += [f"! {show(say(notice))}" for notice in notices(opened, day.now)]
    names = sop.stage_words()
    lines.append(
        " · ".join(
            _(
                "{stage} {due} due, {sent} sent",
                stage=show(names.get(c.stage, c.stage)),
                due=c.due,
                sent=c.sent,
            )
            for c in day.counts
        )
    )
    for offered in day.due:
        profile, state = offered.profile, offered.state
        lines.append(
            "  ".join(
                (
                    pad(profile.get("name", ""), 14, empty=_("(no name)")),
                    pad(profile.get("company", ""), 16),
                    pad(due_words(state.due or day.now.day, day.now.day), 12),
                    show(offered.scripts[0].text.text, 60),
                )
            )
        )
    if not day.due:
        lines.append(_("Nothing may be sent now."))
    return "\n".join([*lines, *blocked_lines(day)])


def blocked_lines(day: Day) -> list[str]:
    """Who was due and must wait, by reason; who stands aside for good is only counted."""
    by_reason: dict[str, list[str]] = {}
    aside = 0
    for offered, stopped in day.blocked:
        if offered.state.status is not Status.ACTIVE:
            aside += 1
            continue
        name = show(offered.profile.get("name", ""), 14, empty=_("(no name)"))
        by_reason.setdefault(show(say(stopped.reason)), []).append(name)
    lines = [
        _("not now ({n}): {reason}: {names}", n=len(names), reason=reason, names=_some(names))
        for reason, names in sorted(by_reason.items(), key=lambda told: -len(told[1]))
    ]
    if aside:
        told = _(
            "{n} more are paused, lost or not to be contacted: siyu contact NAME says why", n=aside
        )
        lines.append(told)
    return lines


def _some(names: Sequence[str]) -> str:
    more = " …" if len(names) > SHOWN else ""
    return _(", ").join(names[:SHOWN]) + more
