"""Four months of one operator's work, told through the verbs that a key press calls.

Every day the due contacts are written to in three sittings, what comes back is
logged when it comes back, and what the sending rules forbid is left for later.
Lots are drawn from the given `Random` only, in the order of what happens.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from random import Random

from rules.nouns import Purpose, Reaction
from rules.sending import Blocked
from rules.sop import Sop
from rules.timing import Moment, date_of, day_number, working_days_after
from store import undoing, verbs
from store.bought import buy
from store.importing import import_contacts
from store.list_pass import judge_all
from store.queue import Place, due_page, stage_counts
from store.verbs import Done
from tui.demo.material import Material
from tui.demo.people import Batch
from tui.demo.quality import reaction_to
from tui.demo.sales import Sales
from tui.opening import OpenDesk

ZONE = timezone(timedelta(hours=8))
FIRST_DAY = day_number(date(2025, 11, 3))
LAST_DAY = day_number(date(2026, 2, 28))
LAST_SALE = LAST_DAY - 3
FESTIVAL = day_number(date(2026, 2, 15))
"""Spring Festival: its first day off."""

OPENING = time(9, 0)
SITTINGS = (time(9, 35), time(13, 35), time(18, 5))
"""When the operator sits down to write; each step's window holds one of them."""
CLOSING = time(21, 30)
A_PAGE = 500

SILENT = 0.18
"""Share of the contacts who never react; the others do so the more."""
LOSS = 0.002
"""Chance that a touch is the one after which the contact deletes the operator."""
REFUSED = 0.17
"""Chance that a rejection is meant for good."""
RESUMED = 0.06
"""Chance of a paused contact to be taken up again, per day from the third week."""
PAUSE_AT_LEAST = 15
LEFT_OVER = 0.12
"""Share of what is due on one of the last days that stays undone."""
BACKLOG_FROM = LAST_DAY - 1
POSTPONED, POSTPONED_BEFORE_FESTIVAL = 0.006, 0.05
ANSWERED = 0.3
"""Chance that a positive reply asks for something and is answered."""
CHOSEN_NEXT = 0.3
"""Chance that somebody exploring gets a content chosen by hand on the next day."""
NOTED = 0.25
SLIP = 0.008
"""Chance of a wrong key, undone at once."""
QUICK = 0.75
"""Share of the replies that come within a sitting, the others hours later."""


@dataclass(order=True)
class Reply:
    """Something that a contact will do, and when the operator will see it."""

    at: datetime
    number: int
    """Keeps replies of the same minute in the order in which they were drawn."""
    contact: int = field(compare=False)
    content: str = field(compare=False)
    reaction: Reaction = field(compare=False)


@dataclass
class Season:
    """The operator's months: the desk, the lots, and what is still to come."""

    desk: OpenDesk
    sales: Sales
    rng: Random
    """Decides what happens; asked alike in every language."""
    words: Random
    """Chooses how it is told."""
    now: datetime
    replies: list[Reply] = field(default_factory=list)
    """A heap."""
    drawn: int = 0
    arrived: int = 0
    """How many contacts came so far."""
    eagerness: dict[int, float] = field(default_factory=dict)
    paused: dict[int, int] = field(default_factory=dict)
    """Contact to the day of the rejection."""
    chosen_next: list[int] = field(default_factory=list)
    """Who gets a content chosen by hand tomorrow."""
    left: set[int] = field(default_factory=set)
    """Who waits since one of the last days."""

    @property
    def material(self) -> Material:
        return self.sales.material

    def moment(self) -> Moment:
        return Moment.at(self.now, self.desk.shift.settings.day_ends)

    def go_to(self, day: int, hour: time) -> None:
        """To an hour of a day, unless it is later already."""
        self.now = max(self.now, at(day, hour))

    def pass_time(self, low: int, high: int) -> None:
        """Some seconds of work."""
        self.now += timedelta(seconds=self.rng.randint(low, high))


def at(day: int, hour: time) -> datetime:
    return datetime.combine(date_of(day), hour, ZONE)


def live_through(
    desk: OpenDesk, sales: Sales, batches: Collection[Batch], rng: Random, words: Random
) -> None:
    """Works every working day of the four months at an empty desk."""
    season = Season(desk, sales, rng, words, at(FIRST_DAY, OPENING))
    arriving = {batch.day: batch for batch in batches}
    for day in range(FIRST_DAY, LAST_DAY + 1):
        if desk.shift.calendar.is_working(day):
            season.go_to(day, OPENING)
            judge_all(desk.db, unhurried(desk.shift.sop), day)
            if day in arriving:
                bring(season, arriving[day])
            work(season, day)
    judge_all(desk.db, desk.shift.sop, LAST_DAY)


def unhurried(sop: Sop) -> Sop:
    """The SOP with its lists, but nobody more pressing than another.

    So the story does not depend on who the rules put first.
    """
    lists = tuple(replace(rule, priority=0) for rule in sop.lists)
    return replace(sop, lists=lists, priorities=())


def bring(season: Season, batch: Batch) -> None:
    """Imports one file."""
    source = {"file": batch.file, "sha256": batch.digest, "demo": season.desk.invented_at}
    import_contacts(season.desk.db, season.desk.shift, season.moment(), batch.rows, source)
    for row in batch.rows:
        season.arrived += 1  # everybody is new, so the number of the row is the contact
        season.sales.expect(season.arrived, row.stage, batch.day)


def sell(season: Season, day: int) -> None:
    """Writes down what was bought since the last working day; the last days are for messages."""
    for sale in season.sales.until(min(day, LAST_SALE)):
        deal = replace(sale.deal, day=min(sale.day, day))
        season.now += timedelta(seconds=40)
        buy(
            *(season.desk.db, season.desk.shift, season.moment(), sale.contact, deal),
            contract=sale.contract,
        )


def work(season: Season, day: int) -> None:
    """One working day: what came over night, three sittings, what comes in the evening."""
    hear(season)
    sell(season, day)
    take_up_again(season, day)
    leave_over(season, day)
    for number, hour in enumerate(SITTINGS):
        hear(season, at(day, hour))
        season.go_to(day, hour)
        if number == 0:
            send_chosen(season)
        for contact in list(due(season)):
            if contact not in season.left:
                touch(season, day, contact)
    hear(season, at(day, CLOSING))


def due(season: Season) -> Iterator[int]:
    """Who is due now, in the order of Today."""
    db, shift, now = season.desk.db, season.desk.shift, season.moment()
    for count in stage_counts(db, shift.operator, shift.sop.stage_names(), now.day):
        if count.due:
            page = due_page(db, shift.operator, count.stage, now.day, Place(), A_PAGE)
            yield from (row.contact for row in page)


def leave_over(season: Season, day: int) -> None:
    """Chooses whom the operator does not get to on the last days: the backlog of the demo."""
    if day >= BACKLOG_FROM:
        season.left.update(c for c in due(season) if season.rng.random() < LEFT_OVER)


def touch(season: Season, day: int, contact: int) -> None:
    """Sends the planned step, or puts it off; what comes back is drawn at once."""
    season.pass_time(40, 110)
    hear(season)
    before_festival = FESTIVAL - 5 <= day < FESTIVAL
    chance = POSTPONED_BEFORE_FESTIVAL if before_festival else POSTPONED
    db, shift = season.desk.db, season.desk.shift
    if season.rng.random() < chance:
        until = FESTIVAL if before_festival else day + season.rng.randint(2, 7)
        verbs.snooze(db, shift, season.moment(), contact, until)
        return
    sent = verbs.send(db, shift, season.moment(), contact)
    if not isinstance(sent, Blocked):
        await_reply(season, day, sent)


def send_chosen(season: Season) -> None:
    """A case or a demonstration for those who explored the day before."""
    shift = season.desk.shift
    for contact in season.chosen_next:
        content = season.rng.choice(
            [c.id for c in shift.sop.contents.values() if c.purpose is Purpose.EFFECT]
        )
        season.pass_time(60, 240)
        verbs.send(season.desk.db, shift, season.moment(), contact, content)
    season.chosen_next.clear()


def await_reply(season: Season, day: int, sent: Done) -> None:
    """Draws what a touch brings, and when it will be seen."""
    contact, content = sent.state.contact, sent.event.content or ""
    rng = season.rng
    if contact not in season.eagerness:
        season.eagerness[contact] = 0.0 if rng.random() < SILENT else 1 / (1 - SILENT)
    reaction = reaction_to(content, season.eagerness[contact], rng)
    if rng.random() < LOSS:
        reaction = Reaction.LOST
    if reaction is None:
        return
    minutes = rng.randint(1, 40) if rng.random() < QUICK else rng.randint(90, 900)
    seen = season.now + timedelta(minutes=minutes)
    if seen > at(day, CLOSING):
        next_day = working_days_after(day, 1, season.desk.shift.calendar)
        seen = at(next_day, OPENING) + timedelta(minutes=minutes % 30)
    season.drawn += 1
    heapq.heappush(season.replies, Reply(seen, season.drawn, contact, content, reaction))


def hear(season: Season, until: datetime | None = None) -> None:
    """Logs every reply that has come by now, or comes until a later time."""
    limit = max(until or season.now, season.now)
    while season.replies and season.replies[0].at <= limit:
        reply = heapq.heappop(season.replies)
        season.now = max(season.now, reply.at)
        log(season, reply)


def log(season: Season, reply: Reply) -> None:
    """One reaction with its words, and what the operator does about it."""
    db, shift = season.desk.db, season.desk.shift
    if season.rng.random() < SLIP:
        verbs.react(db, shift, season.moment(), reply.contact, Reaction.FRIENDLY)
        undoing.undo(db, shift, season.moment())
    words = spoken(season, reply)
    verbs.react(db, shift, season.moment(), reply.contact, reply.reaction, words)
    season.pass_time(15, 45)
    if reply.reaction is Reaction.POSITIVE:
        answer(season, reply)
    elif reply.reaction is Reaction.EXPLORING:
        explore(season, reply)
    elif reply.reaction is Reaction.REJECTING:
        reject(season, reply)


def spoken(season: Season, reply: Reply) -> dict[str, str]:
    """What the contact wrote, and the interest points in it."""
    words, material = season.words, season.material
    if reply.reaction is Reaction.LOST:
        return {}
    if reply.reaction is Reaction.EXPLORING:
        interest = words.choice(material.interests)
        told = words.choice(material.exploring).format(interest=interest)
        return {"reply": told, "interest": interest}
    known = {
        Reaction.FRIENDLY: material.friendly,
        Reaction.POSITIVE: material.positive,
        Reaction.REJECTING: material.rejecting,
    }
    return {"reply": words.choice(known[reply.reaction])}


def answer(season: Season, reply: Reply) -> None:
    """Sends what was asked for to some of those who wrote eagerly."""
    if season.rng.random() < ANSWERED:
        db, shift = season.desk.db, season.desk.shift
        brought = shift.sop.reply_to(reply.content)
        verbs.send(db, shift, season.moment(), reply.contact, brought, answer=True)
        season.pass_time(20, 60)


def explore(season: Season, reply: Reply) -> None:
    """Notes what is known of somebody exploring; some get a content chosen by hand."""
    if season.rng.random() < NOTED:
        words = {"note": season.words.choice(season.material.notes)}
        verbs.note(season.desk.db, season.desk.shift, season.moment(), reply.contact, words)
    if season.rng.random() < CHOSEN_NEXT:
        season.chosen_next.append(reply.contact)


def reject(season: Season, reply: Reply) -> None:
    """A rejection pauses; some are meant for good."""
    if season.rng.random() < REFUSED:
        reason = season.words.choice(season.material.refusals)
        verbs.refuse(season.desk.db, season.desk.shift, season.moment(), reply.contact, reason)
    else:
        season.paused[reply.contact] = season.moment().day


def take_up_again(season: Season, day: int) -> None:
    """Resumes some of those who have been paused for weeks."""
    for contact, since in list(season.paused.items()):
        if day - since >= PAUSE_AT_LEAST and season.rng.random() < RESUMED:
            reason = season.words.choice(season.material.resumptions)
            del season.paused[contact]
            verbs.resume(season.desk.db, season.desk.shift, season.moment(), contact, reason)
            season.pass_time(30, 90)
