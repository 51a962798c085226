"""Lists and the order of Today while the app is open: opening, midnight, an edited SOP."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rules.nouns import Reaction
from rules.timing import Moment
from sop_content import shipped
from store import lists, verbs
from store.judged import day_of, is_current
from tests.app_kit import MONDAY, AtWork, new_file, play
from tests.desk_kit import moment
from tui import sop_watch
from tui.opening import OpenDesk


def total(desk: OpenDesk, name: str) -> int:
    found = lists.list_counts(desk.db, "op1", desk.shift.sop, desk.clock().day)
    return next(count.total for count in found if count.rule.id == name)


def test_opening_and_midnight_judge_everybody(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        desk = work.app.desk
        assert is_current(desk.db, desk.shift.sop, MONDAY)
        verbs.react(desk.db, desk.shift, desk.clock(), 1, Reaction.EXPLORING)
        assert total(desk, "interest") == 1
        before = lists.list_page(desk.db, "op1", desk.shift.sop.lists[1], MONDAY)[0]

        def tomorrow() -> Moment:
            return moment(MONDAY + 1)

        desk.clock = tomorrow
        work.app.begin_day(reread=True)
        await work.settle()
        assert day_of(desk.db) == MONDAY + 1
        after = lists.list_page(desk.db, "op1", desk.shift.sop.lists[1], MONDAY + 1)[0]
        assert (before.since, after.since) == (MONDAY, MONDAY)
        assert after.facts["days_since_reaction"] == 1

    play(new_file(tmp_path, "en"), "en", story)


def test_opening_on_a_later_day_orders_today_by_the_rules(tmp_path: Path) -> None:
    """As if the rules had come to hold over night: nobody was judged by them yet."""
    later = "2026-03-04T10:00+08:00"
    path = new_file(tmp_path, "en")

    async def monday(work: AtWork) -> None:
        desk = work.app.desk
        verbs.keyword(desk.db, desk.shift, desk.clock(), 3, "template")
        desk.db.execute("UPDATE contact_state SET priority = 0, flags = 0 WHERE contact = 3")
        desk.db.execute("DELETE FROM list_entry")
        desk.db.execute("DELETE FROM list_count")

    async def wednesday(work: AtWork) -> None:
        desk = work.app.desk
        assert day_of(desk.db) == MONDAY + 2
        assert total(desk, "high_intent") == 1
        assert work.today.contact == 3

    play(path, "en", monday, examined=False)
    play(path, "en", wednesday, now=later)


def test_edited_rules_are_in_force_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sop_watch, "LOOK_EVERY", 3600.0)
    sop = Path(shutil.copytree(shipped("en"), tmp_path / "sop"))

    async def story(work: AtWork) -> None:
        desk = work.app.desk
        assert total(desk, "recall") == 0
        file = sop / "rules.yaml"
        text = file.read_text("utf-8")
        file.write_text(text.replace("status = 'lost'", "touch_count = 0"), "utf-8")
        for _again in range(2):
            work.app.sop_watch.look()
            await work.until(lambda: not work.app.sop_watch.busy)
        await work.settle()
        assert total(desk, "recall") == 7

    play(new_file(tmp_path, "en"), "en", story, sop=sop)
