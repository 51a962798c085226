"""One operator's weeks over the Spring Festival of 2026, day by day, with a leave in them.

Nobody is written to twice within the interval, on a day off or in the leave,
no cap is passed, and what piled up is never more than a day takes.
"""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from rules.nouns import Reaction
from rules.shift import Shift
from rules.timing import OnLeave, day_number
from sop_content import shipped
from sop_content.reader import read_sop
from store import queue, smoothing, verbs
from store.offering import offer
from tests.desk_kit import Desk, moment, new_desk, rows

FIRST, LAST = day_number(date(2026, 2, 2)), day_number(date(2026, 3, 13))
LEAVE = (day_number(date(2026, 3, 2)), day_number(date(2026, 3, 6)))
HOLIDAY = range(day_number(date(2026, 2, 15)), day_number(date(2026, 2, 23)) + 1)
MADE_UP = {day_number(date(2026, 2, 14)), day_number(date(2026, 2, 28))}
CAP = 12


def at_work() -> Shift:
    read = read_sop(shipped("zh"), years=(2026,))
    assert read.sop is not None
    settings = replace(read.sop.settings, daily_cap=CAP, leave=(LEAVE,))
    calendar = OnLeave(read.calendar, settings.leave)
    return Shift("op1", replace(read.sop, settings=settings), calendar)


def work_a_day(desk: Desk, day: int, chance: random.Random) -> list[int]:
    """Sends everything that may go, at several hours; the contacts written to."""
    sent = []
    smoothing.spread_backlog(desk.db, desk.shift, moment(day, 9))
    names = desk.shift.sop.stage_names()
    counts = queue.stage_counts(desk.db, "op1", names, day)
    if desk.shift.calendar.is_working(day):
        assert sum(c.due for c in counts) <= CAP
    for hour in (9, 11, 14, 16, 19):
        for stage in names:
            for line in queue.due_page(desk.db, "op1", stage, day, queue.Place(), 500):
                now = moment(day, hour, 45)
                done = verbs.send(desk.db, desk.shift, now, line.contact)
                if isinstance(done, verbs.Done):
                    sent.append(line.contact)
                    if chance.random() < 0.3:
                        reaction = chance.choice([*Reaction])
                        verbs.react(desk.db, desk.shift, now, line.contact, reaction)
    return sent


def test_a_month_over_the_spring_festival_keeps_every_rule(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.shift = at_work()
    chance = random.Random(2026)
    last_sent: dict[int, int] = {}
    weeks: dict[int, Counter[int]] = {}
    worked = 0
    with closing(desk.db):
        for day in range(FIRST, LAST + 1):
            if day < FIRST + 5:
                names = (f"客户{day}-{n}" for n in range(9))
                desk.take(rows(*names), now=moment(day, 8))
            for contact in work_a_day(desk, day, chance):
                assert day - last_sent.get(contact, 0) >= desk.shift.settings.interval_days
                last_sent[contact] = day
                weeks.setdefault(contact, Counter())[day] += 1
                worked += 1
            sent_today = sum(n[day] for n in weeks.values())
            assert sent_today <= CAP
            if day in HOLIDAY or LEAVE[0] <= day <= LEAVE[1]:
                assert sent_today == 0
        assert sum(n[day] for n in weeks.values() for day in MADE_UP) > 0
        assert worked > 150
        assert max(sum(n.values()) for n in weeks.values()) <= 31
        assert desk.faults() == []


def test_a_day_off_is_said_in_words(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.shift = at_work()
    with closing(desk.db):
        desk.take(rows("张伟"), now=moment(FIRST, 8))
        blocked = offer(desk.db, desk.shift, moment(HOLIDAY[1]), 1).blocked
        away = offer(desk.db, desk.shift, moment(LEAVE[0]), 1).blocked
    assert blocked is not None
    assert blocked.why == "day_off"
    assert away is not None
    assert str(away.reason) == "you are on leave until 2026-03-06"
