"""The Lists screen by its keys: who is to be followed up, why, and what is done about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.nouns import Reaction
from store import verbs
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, chosen, new_file, play
from tui.opening import desk
from tui.words import Language

EVERYBODY = ("Anna", "Ben", "Cora", "Dan", "Eve", "Finn", "Gwen")
SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["small", "middle", "large"])


def worked(folder: Path, lang: Language = "en") -> Path:
    """A desk on which Anna explores, Ben is positive, Cora rejects and Dan refuses."""
    path = new_file(folder, lang)
    with desk(chosen(path, lang), writes="test") as opened:
        now = opened.clock()
        for contact, reaction in (
            (1, Reaction.EXPLORING),
            (2, Reaction.POSITIVE),
            (3, Reaction.REJECTING),
            (4, Reaction.EXPLORING),
        ):
            verbs.send(opened.db, opened.shift, now, contact, "schedule_template")
            verbs.react(opened.db, opened.shift, now, contact, reaction, {"reply": "hm"})
        verbs.note(opened.db, opened.shift, now, 1, {"interest": "pricing"})
        verbs.refuse(opened.db, opened.shift, now, 4, "leave me alone")
    return path


def listed(work: AtWork) -> list[str]:
    """The first names in the list, as far as they are in view."""
    found = (re.match(r"│[ ✓⧉] (\w+) ", line) for line in work.lines)
    return [match[1] for match in found if match and match[1] in EVERYBODY]


@SIZES
def test_a_list_shows_who_is_due_and_why(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f4")
        assert "[Interest 1]" in work.text
        assert "Why: wanted to know more 0 days ago" in work.text
        assert listed(work)[0] == "Anna"
        assert all(len(line) <= size[0] for line in work.lines)

    play(worked(tmp_path), "en", story, size)


def test_the_arrows_go_from_list_to_list_and_the_day_to_come_is_told(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f4", "right", "right")
        assert "[Revisit 0]" in work.text
        assert listed(work) == ["Ben"]
        assert "0 due of 1" in work.text
        await work.press("left", "left", "left")
        assert "[High intent 0]" in work.text
        assert "Nobody stands on this list." in work.text
        assert "Interest 1" in work.text

    play(worked(tmp_path), "en", story)


def test_who_is_not_to_be_contacted_is_on_no_list(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f4")
        for _ in range(7):
            assert "Dan" not in listed(work)
            await work.press("right")

    play(worked(tmp_path), "en", story)


def test_done_takes_the_entry_away_when_the_cursor_leaves_it(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f4", "f12")
        assert "Anna Bell: dealt with · due again on 9 Mar" in work.text
        assert listed(work) == ["Anna"], "it stays for an instant reaction"
        assert work.log()[-1][0] == "followed_up"
        await work.press("down")
        assert listed(work) == []
        await work.press("backspace")
        assert listed(work) == ["Anna"]

    play(worked(tmp_path), "en", story)


def test_space_puts_the_entry_off_and_leaves_the_step_alone(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        due = work.state("Anna Bell", "due")
        await work.press("f4", "space", "2")
        assert "entry put off · due again on 5 Mar" in work.text
        assert work.state("Anna Bell", "due") == due
        assert work.log()[-1][0] == "put_off"

    play(worked(tmp_path), "en", story)


def test_the_next_step_is_offered_before_its_day(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f4", "right", "right")
        sent = work.value("SELECT COUNT(*) FROM touch")
        await work.press("enter", "enter")
        assert work.value("SELECT COUNT(*) FROM touch") == sent, "one message a day stays the rule"

    play(worked(tmp_path), "en", story)


def test_the_next_step_is_sent_from_a_list_days_before_it_is_due(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        step = work.state("Ben Cole", "step")
        assert work.state("Ben Cole", "due") > 20515
        await work.press("f4", "right", "right")
        assert "Ben Cole" in work.text
        await work.press("enter", "enter")
        assert work.log()[-1][0] == "touch"
        assert work.state("Ben Cole", "step") != step, "the plan goes on behind it"

    path = worked(tmp_path)
    with desk(chosen(path, "en"), writes="test") as opened:
        verbs.snooze(opened.db, opened.shift, opened.clock(), 2, 20530)
    play(path, "en", story, now="2026-03-03T09:40+08:00")


def test_a_reaction_from_a_list_is_logged_as_everywhere(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f4", "2")
        assert work.log()[-1][:2] == ("reaction", "positive")

    play(worked(tmp_path), "en", story)


@pytest.mark.parametrize(
    ("key", "kind", "stage"),
    [
        pytest.param("f12", "stage", "sql", id="accepted"),
        pytest.param("delete", "declined", "mql", id="declined"),
    ],
)
def test_a_proposed_stage_is_one_key(tmp_path: Path, key: str, kind: str, stage: str) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f4")
        while "[Ready for the next stage" not in work.text:
            await work.press("right")
        assert listed(work) == ["Eve"]
        await work.press(key)
        assert work.log()[-1][0] == kind
        assert work.state("Eve Ford", "stage") == stage
        await work.press("down")
        assert listed(work) == []
        await work.press("backspace")
        assert work.state("Eve Ford", "stage") == "mql"

    path = worked(tmp_path)
    with desk(chosen(path, "en"), writes="test") as opened:
        shift, now = opened.shift, opened.clock()
        verbs.send(opened.db, shift, now, 5, "case_rush_orders")
        verbs.react(opened.db, shift, now, 5, Reaction.POSITIVE)
        verbs.send(opened.db, shift, now, 6, "case_rush_orders")
    with desk(chosen(path, "en", "2026-03-03T09:40+08:00"), writes="test") as opened:
        shift, now = opened.shift, opened.clock()
        verbs.send(opened.db, shift, now, 5, "schedule_template")
        verbs.react(opened.db, shift, now, 5, Reaction.EXPLORING)
    play(path, "en", story, now="2026-03-04T09:40+08:00")


def test_why_shows_every_rule_with_its_values(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("equals_sign")
        assert "Why: Eve Ford" in work.text
        assert "✗ last_reaction = 'exploring' · does not hold: it is empty" in work.text
        assert "✓ status = 'active' · holds: it is active" in work.text
        await work.press("escape")
        assert "Why: " not in work.text

    play(worked(tmp_path), "en", story, size=LARGE)


def test_why_is_told_in_the_words_of_the_language(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("equals_sign")
        assert "距上次" in work.text
        assert "“正常”" in work.text
        told = [line for line in work.lines[1:-4] if "成立" in line]
        assert told
        assert not any("_" in line for line in told), "no name of a fact is left in English"

    play(new_file(tmp_path, "zh"), "zh", story, LARGE)
