"""Who is kept too long: by which day, on the command line, on the screen; nobody goes unasked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import kept_long
from rules.nouns import Kind, Reaction, Status
from rules.timing import day_number
from sop_content import shipped
from store import verbs
from store.erasing import erase
from store.keeping import erase_kept, kept_too_long
from store.suppression import suppressed
from tests import shell_kit
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, new_file, play
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row
from tests.shell_kit import Shell
from tui.screens.dialogs import ChoiceDialog
from tui.words import Language

LATER = day_number(date(2028, 3, 3))
"""Two years and a day after the Monday on which everybody came."""
NOW = "2028-03-03T09:40+08:00"

FIRST_DAYS = {
    "two years": ("2028-03-03", 24, "2026-03-03"),
    "over the turn of a year": ("2026-01-15", 1, "2025-12-15"),
    "a day that the month lacks": ("2026-03-31", 1, "2026-02-28"),
    "a leap day": ("2028-02-29", 12, "2027-02-28"),
}


@pytest.mark.parametrize(("today", "months", "wanted"), FIRST_DAYS.values(), ids=FIRST_DAYS)
def test_the_first_day_within_so_many_months(today: str, months: int, wanted: str) -> None:
    told = kept_long.first_day_within(day_number(date.fromisoformat(today)), months)
    assert told == day_number(date.fromisoformat(wanted))


@given(st.integers(10_000, 30_000), st.integers(1, 300))
def test_a_longer_time_never_proposes_more(today: int, months: int) -> None:
    first = kept_long.first_day_within(today, months)
    assert kept_long.first_day_within(today, months + 1) < first < today
    assert first <= kept_long.first_day_within(today + 1, months)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    for n, name in enumerate(("张伟", "李芳", "王建国")):
        made.add(name, phone=f"1380000000{n}")
    return made


def kept(desk: Desk, months: int = 24) -> list[tuple[int, Status, int]]:
    return [(k.contact, k.status, k.last) for k in kept_too_long(desk.db, LATER, months)]


def test_nobody_before_the_time_and_everybody_after_it(desk: Desk) -> None:
    assert kept_too_long(desk.db, LATER - 1, 24) == ()
    assert [one for one, _status, _day in kept(desk)] == [1, 2, 3]
    assert kept(desk, 25) == []
    assert kept(desk, 0) == []


def done(desk: Desk, what: str, day: int) -> None:
    """Something that passes between the desk and the first contact on a day."""
    db, shift, now = desk.db, desk.shift, moment(day)
    match what:
        case "message":
            verbs.send(db, shift, now, 1)
        case "reaction":
            verbs.react(db, shift, now, 1, Reaction.FRIENDLY)
        case "lost":
            verbs.react(db, shift, now, 1, Reaction.LOST)
        case "refusal":
            verbs.refuse(db, shift, now, 1, "asked to stop")
        case "keyword":
            verbs.keyword(db, shift, now, 1, "模板")
        case "purchase":
            event = verbs.draft(shift, now, Kind.PURCHASE, 1, amount=100)
            verbs.write(db, event, desk.state(1))


@pytest.mark.parametrize("what", ["message", "reaction", "lost", "refusal", "keyword", "purchase"])
def test_whatever_passed_within_the_time_keeps_somebody(desk: Desk, what: str) -> None:
    done(desk, what, LATER - 700)
    assert [one for one, _status, _day in kept(desk)] == [2, 3]


def test_the_last_day_and_the_reason_are_told_the_longest_first(desk: Desk) -> None:
    done(desk, "refusal", MONDAY + 1)
    verbs.react(desk.db, desk.shift, moment(), 2, Reaction.LOST)
    assert kept_too_long(desk.db, LATER, 24)[0].contact == 2
    assert [(one, status) for one, status, _day in kept_far(desk)] == [
        (2, Status.LOST),
        (3, Status.ACTIVE),
        (1, Status.DO_NOT_CONTACT),
    ]


def kept_far(desk: Desk) -> list[tuple[int, Status, int]]:
    return [(k.contact, k.status, k.last) for k in kept_too_long(desk.db, LATER + 30, 24)]


def test_only_who_was_confirmed_and_is_still_on_the_list_is_erased(desk: Desk) -> None:
    done(desk, "refusal", MONDAY)
    verbs.send(desk.db, desk.shift, moment(LATER - 3), 2)
    gone = erase_kept(desk.db, desk.shift, moment(LATER), {1, 2})
    assert [one.event.contact for one in gone if one.event] == [1]
    assert desk.one("SELECT name FROM contact WHERE id = 2") == "李芳"
    assert desk.one("SELECT name FROM contact WHERE id = 3") == "王建国"
    assert desk.faults() == []


def test_a_refusal_outlives_the_erasure(desk: Desk) -> None:
    done(desk, "refusal", MONDAY)
    erase_kept(desk.db, desk.shift, moment(LATER), {1})
    assert suppressed(desk.db)
    taken = desk.take([row("张伟", phone="13800000000")], moment(LATER))
    assert (taken.new, taken.refused_kept) == (0, 1)


def test_the_erased_are_never_proposed_again(desk: Desk) -> None:
    erase(desk.db, desk.shift, moment(), 1, "by letter")
    assert [one for one, _status, _day in kept(desk)] == [2, 3]


# On the command line


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(shell_kit, "NOW", NOW)
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def test_the_list_names_reason_and_last_day_and_changes_nothing(shell: Shell) -> None:
    told = shell.json("person", "retention")
    assert told["months"] == 24
    assert len(told["kept"]) == 7
    assert told["kept"][0] == {
        "contact": "1",
        "name": "Anna Bell",
        "company": "Harbour Tools",
        "status": "active",
        "last_day": "2026-03-02",
        "reason": "silent",
    }
    assert told["erased"] == []
    assert "Anna Bell" in shell.text("person", "retention")
    assert len(shell.json("person", "retention")["kept"]) == 7


def test_an_erasure_needs_a_yes(shell: Shell) -> None:
    answer = shell.run("person", "retention", "--erase")
    assert answer.code == 1
    assert "add --yes" in answer.err
    assert shell.run("person", "retention", "--yes").code == 2
    assert len(shell.json("person", "retention")["kept"]) == 7


def test_a_yes_erases_all_and_backs_up_without_their_words(shell: Shell) -> None:
    told = shell.json("person", "retention", "--erase", "--yes")
    assert told["erased"] == [str(n) for n in range(1, 8)]
    assert shell.json("person", "retention")["kept"] == []
    assert shell.run("contact", "Anna Bell").code == 1
    assert [one["what"] for one in shell.json("backup", "list")][:1] == ["erasure"]


def test_a_time_without_end_is_told_with_its_line(shell: Shell, tmp_path: Path) -> None:
    sop = tmp_path / "sop"
    shutil.copytree(shipped("en"), sop)
    file = sop / "desk.yaml"
    text = file.read_text().replace("retention_months: 24", "retention_months: forever")
    file.write_text(text)
    (problem,) = json.loads(shell.run("sop", "check", str(sop), "--json").out)["problems"]
    line = text[: text.index("forever")].count("\n") + 1
    assert (problem["line"], problem["column"]) == (line, 19)
    assert "a whole number from 0 to 600" in problem["message"]


# On the screen

SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["small", "middle", "large"])


async def look(work: AtWork) -> None:
    await work.press("ctrl+d", "left")
    await work.until(lambda: "Anna Bell" in work.text or "张伟" in work.text)


@SIZES
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_fits_and_says_what_enter_does(
    tmp_path: Path, size: tuple[int, int], lang: Language
) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        assert "2026-03-02" in work.text
        assert "Enter" in work.lines[-4] + work.lines[-3] + work.lines[-2] + work.lines[-1]
        assert all(len(line) <= size[0] for line in work.lines)

    play(new_file(tmp_path, lang), lang, story, size, now=NOW)


def contacts(work: AtWork) -> list[int]:
    return [n for (n,) in work.rows("SELECT id FROM contact ORDER BY id")]


def test_one_is_erased_after_the_question_and_nobody_before(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("down", "enter")
        assert isinstance(work.app.screen, ChoiceDialog)
        await work.press("enter", "escape")
        assert contacts(work) == [1, 2, 3, 4, 5, 6, 7]
        await work.press("enter", "1")
        assert work.rows("SELECT 1 FROM event WHERE kind = 'erased'") == [], "1 leaves all as it is"
        await work.press("enter", "2")
        assert contacts(work) == [1, 3, 4, 5, 6, 7]
        assert "1 contact erased for good" in work.text
        assert "Ben Cole" not in work.text
        await work.press("f2")
        assert contacts(work) == [1, 3, 4, 5, 6, 7]

    play(new_file(tmp_path, "en"), "en", story, now=NOW)


def test_the_ticked_are_erased_together_and_tab_ticks_all(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("space", "space", "enter", "2")
        assert contacts(work) == [3, 4, 5, 6, 7]
        await work.press("tab", "enter", "2")
        assert contacts(work) == []
        assert "Nobody was out of touch for 24 months." in work.text
        await work.press("f2")
        assert work.app.screen is work.today

    play(new_file(tmp_path, "en"), "en", story, now=NOW)


def test_a_contact_that_was_found_and_then_erased_is_no_longer_in_hand(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("slash", *"Ben", "enter")
        await look(work)
        await work.press("tab", "enter", "2", "f2", "enter", "7", "escape")
        assert work.today.contact is None

    play(new_file(tmp_path, "en"), "en", story, now=NOW)


def test_who_is_kept_too_long_goes_into_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("ctrl+e", "enter")
        assert "7 rows written to" in work.text
        (path,) = tmp_path.rglob("siyu-kept-*.csv")
        told = path.read_text("utf-8-sig").replace('"', "").splitlines()
        assert told[0] == "number,name,company,status,last in touch,reason"
        assert told[2].startswith("2,Ben Cole,North Gears,active,2026-03-02,")
        assert contacts(work) == [1, 2, 3, 4, 5, 6, 7]

    play(new_file(tmp_path, "en"), "en", story, now=NOW)


def test_zero_months_propose_nobody(tmp_path: Path) -> None:
    sop = tmp_path / "sop"
    shutil.copytree(shipped("en"), sop)
    file = sop / "desk.yaml"
    file.write_text(file.read_text().replace("retention_months: 24", "retention_months: 0"))

    async def story(work: AtWork) -> None:
        await work.press("ctrl+d", "left")
        await work.until(lambda: "retention_months is 0" in work.text)

    play(new_file(tmp_path, "en"), "en", story, now=NOW, sop=sop)
