"""The SOP's files edited while somebody works: what is taken up, what is asked, what stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from sop_content import shipped
from tests.app_kit import LARGE, MONDAY, SMALL, AtWork, names, new_file, play, squeeze
from tui import sop_watch
from tui.screens.dialogs import ChoiceDialog

LEADS = "sequences/leads.yaml"
FIRST_STEP = "  - id: l01\n    day: 0\n    content: schedule_template\n"
Story = Callable[[AtWork], Coroutine[Any, Any, None]]


@pytest.fixture
def sop(tmp_path: Path) -> Path:
    """The folder that is edited: a copy of the English SOP."""
    return Path(shutil.copytree(shipped("en"), tmp_path / "sop"))


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app looks when a test says so."""
    monkeypatch.setattr(sop_watch, "LOOK_EVERY", 3600.0)


def edit(sop: Path, file: str, old: str, new: str, times: int = 1) -> None:
    path = sop / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, times), "utf-8")


async def look(work: AtWork) -> None:
    """Looks until the files are at rest and what was read is taken up."""
    for _again in range(2):
        work.app.sop_watch.look()
        await work.until(lambda: not work.app.sop_watch.busy)
    await work.settle()


async def decide(work: AtWork, *, asked: bool = True) -> None:
    """Opens the dialog by the key that the line above the list names."""
    await work.press("f7", "7")
    assert isinstance(work.app.screen, ChoiceDialog) is asked


def at_desk(tmp_path: Path, sop: Path, story: Story, **options: Any) -> None:
    play(new_file(tmp_path, "en"), "en", story, sop=sop, **options)


def test_changed_text_is_on_the_card_and_told(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        before = work.script
        await look(work)
        assert work.script == before, "nothing changed yet"
        for text in sorted((sop / "content").glob("*.yaml")):
            text.write_text(text.read_text("utf-8").replace("        text: |\n",
                            "        text: |\n          Good news. \n"), "utf-8")  # fmt: skip
        await look(work)
        assert squeeze("Good news.") in work.script
        assert "scripts changed: new texts with figures of their own" in work.message
        assert work.log() == []

    at_desk(tmp_path, sop, story)


def test_app_looks_by_itself(tmp_path: Path, sop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sop_watch, "LOOK_EVERY", 0.02)

    async def story(work: AtWork) -> None:
        edit(sop, "desk.yaml", "operator_day: 80", "operator_day: 7")
        await work.until(lambda: "settings changed" in work.message)
        assert work.opened.shift.settings.daily_cap == 7

    at_desk(tmp_path, sop, story)


def test_edit_is_read_only_once_it_is_at_rest(tmp_path: Path, sop: Path) -> None:
    """An editor that saves a file in two writes is waited for."""

    async def story(work: AtWork) -> None:
        watch, reads = work.app.sop_watch, []
        edit(sop, "desk.yaml", "operator_day: 80", "operator_day: 7")
        watch.look()
        reads.append(watch.busy)
        edit(sop, "desk.yaml", "operator_day: 7", "operator_day: 70")
        watch.look()
        reads.append(watch.busy)
        watch.look()
        reads.append(watch.busy)
        assert reads == [False, False, True]
        await work.until(lambda: not watch.busy)
        assert work.opened.shift.settings.daily_cap == 70

    at_desk(tmp_path, sop, story)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80 columns", "200 columns"])
def test_faulty_file_is_named_until_it_is_mended(
    tmp_path: Path, sop: Path, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        script, rows = work.script, len(work.lines)
        edit(sop, LEADS, "content: schedule_template", "content: no_such_content")
        edit(sop, LEADS, "day: 1\n", "day: soon\n")
        await look(work)
        assert "sequences/leads.yaml:10:14" in work.text
        assert "(and 1 more)" in work.text
        assert work.script, "its pane may be lower now"
        assert script.startswith(work.script.removesuffix("…"))
        await work.press("down", "up", "enter", "enter")
        assert work.log() == [("touch", None, names("en")[0])], "the day goes on"
        assert "sequences/leads.yaml:10:14" in work.text, "and the fault stays on the screen"
        edit(sop, LEADS, "no_such_content", "schedule_template")
        edit(sop, LEADS, "day: soon\n", "day: 1\n")
        await look(work)
        assert "leads.yaml" not in work.text
        assert "nothing in them changed" in work.message
        assert len(work.lines) == rows

    at_desk(tmp_path, sop, story, size=size)


def test_folder_that_is_gone_changes_nothing_else(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        script = work.script
        shutil.move(sop, tmp_path / "elsewhere")
        await look(work)
        assert "is gone" in work.text
        assert "siyu sop init" in work.text
        await work.press("enter", "enter")
        assert work.script == script
        shutil.move(tmp_path / "elsewhere", sop)
        await look(work)
        assert "is gone" not in work.text

    at_desk(tmp_path, sop, story)


def test_what_was_copied_is_what_is_sent_and_credited(tmp_path: Path, sop: Path) -> None:
    """The text changes, its content goes from the step, the version is raised, all at once."""
    first = names("en")[0]

    async def story(work: AtWork) -> None:
        await work.press("tab", "enter")
        copied, script, asked = work.app.clipboard, work.script, work.today.hand.offer
        assert asked is not None
        for path in sop.rglob("*.yaml"):
            text = path.read_text("utf-8").replace("text: |\n", "text: |\n          Other. \n")
            path.write_text(text, "utf-8")
        edit(sop, LEADS, "content: schedule_template", "content: three_signals")
        edit(sop, "sop.yaml", 'version: "1.0"', 'version: "2.0"')
        await look(work)
        assert "2.0" in work.lines[0]
        assert work.script == script, "the card shows what was copied"
        await work.press("down", "up")
        assert work.script == script, "also when somebody comes back to it"
        await work.press("enter")
        variant = asked.variant
        assert work.log() == [("touch", None, first)]
        sent = work.rows("SELECT content, variant, digest, version FROM touch")
        assert sent == [("schedule_template", variant.id, variant.digest, "1.0")]
        body = work.value("SELECT body FROM script_text WHERE digest = ?", variant.digest)
        assert squeeze(body).split("{name}")[-1] in squeeze(copied)
        await work.press("down")
        assert squeeze("Other.") in work.script, "the next contact gets the new text"

    at_desk(tmp_path, sop, story)


def test_settings_and_calendar_hold_at_once(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        edit(sop, "desk.yaml", "window: 09:00-21:00", "window: 20:00-21:00")
        edit(sop, "desk.yaml", "day_ends: 04:00", "day_ends: 10:00")
        await look(work)
        assert "settings changed" in work.message
        assert work.opened.clock().day == MONDAY - 1, "it is Sunday until ten now"
        await work.press("enter")
        assert work.log() == []

    at_desk(tmp_path, sop, story)


@pytest.mark.parametrize("dialog", [False, True], ids=["", "behind a dialog"])
def test_leave_that_is_cut_short_spreads_what_waited(
    tmp_path: Path, sop: Path, dialog: bool
) -> None:
    leave = "leave: [2026-03-02 to 2026-03-06]"
    edit(sop, "desk.yaml", "operator_day: 80", "operator_day: 2")
    edit(sop, "desk.yaml", "operator: op1", f"operator: op1\n{leave}")
    due_today = "SELECT COUNT(*) FROM contact_state WHERE due <= ?"

    async def story(work: AtWork) -> None:
        assert work.value(due_today, MONDAY) == 7
        assert work.log() == []
        if dialog:
            await work.press("7")
        edit(sop, "desk.yaml", leave, "leave: [2026-03-04 to 2026-03-06]")
        await look(work)
        if dialog:
            assert work.log() == [], "not behind a dialog"
            await work.press("escape")
            work.app.day_turn.look()
            await work.settle()
        assert "Today is worked after all" in work.message
        assert "5 beyond the day's cap moved" in work.message
        assert work.value(due_today, MONDAY) == 2
        assert work.value(due_today, MONDAY + 6) == 4, "two on Tuesday; then leave and a weekend"
        work.app.day_turn.look()
        assert [kind for kind, *_rest in work.log()].count("spread") == 1

    at_desk(tmp_path, sop, story)


def test_changed_steps_are_asked_about_and_kept_with_1(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        before = work.rows("SELECT contact, step, due FROM contact_state")
        edit(sop, LEADS, FIRST_STEP, "")
        await look(work)
        assert "4 contacts keep their plans until you decide: F7, then 7" in work.text
        await decide(work)
        assert "Leads: 4 contacts under way" in work.text
        assert "step gone, the next follows: 4" in work.text
        assert work.rows("SELECT contact, step, due FROM contact_state") == before
        await work.press("1")
        await work.until(lambda: "4 contacts go on with the next step" in work.text)
        assert work.log()[0] == ("replan", None, None)
        assert [work.state(name, "step") for name in names("en")[:4]] == ["l02"] * 4
        assert "until you decide" not in work.text
        assert "no longer has" not in work.text, "nobody is left at a step that is gone"
        await look(work)
        assert not isinstance(work.app.screen, ChoiceDialog)

    at_desk(tmp_path, sop, story)


def test_changed_steps_move_contacts_with_2_and_undo_takes_it_back(
    tmp_path: Path, sop: Path
) -> None:
    async def story(work: AtWork) -> None:
        before = work.script
        edit(sop, LEADS, FIRST_STEP, "")
        await look(work)
        await decide(work)
        await work.press("2")
        await work.until(lambda: "4 contacts planned anew" in work.text)
        await work.press("f2")
        assert len(work.log()) == 5
        assert [work.state(name, "step") for name in names("en")[:5]] == ["l02"] * 4 + ["g01"]
        assert work.script != before, "the card shows the step that follows"
        assert "until you decide" not in work.text
        await work.press("backspace")
        assert [work.state(name, "step") for name in names("en")[:4]] == ["l01"] * 4
        assert "changed steps" in work.message

    at_desk(tmp_path, sop, story)


def test_esc_decides_later_and_the_next_start_tells_again(tmp_path: Path, sop: Path) -> None:
    async def later(work: AtWork) -> None:
        edit(sop, LEADS, FIRST_STEP, "")
        await look(work)
        await decide(work)
        await work.press("escape")
        assert not isinstance(work.app.screen, ChoiceDialog)
        assert "until you decide" in work.text
        await look(work)
        assert not isinstance(work.app.screen, ChoiceDialog)
        commands = [c.title for c in work.app.get_system_commands(work.app.screen)]
        assert "Changed steps" in commands
        assert work.log() == []

    async def next_start(work: AtWork) -> None:
        await look(work)
        assert "until you decide" in work.text
        await decide(work)
        assert "Leads: 4 contacts under way" in work.text

    at_desk(tmp_path, sop, later)
    play(tmp_path / "desk.db", "en", next_start, sop=sop)


def test_reaction_is_a_reaction_while_steps_wait_for_a_decision(tmp_path: Path, sop: Path) -> None:
    """Files change while somebody works; no dialog comes over Today to take the digit."""

    async def story(work: AtWork) -> None:
        edit(sop, LEADS, FIRST_STEP, "")
        await look(work)
        assert not isinstance(work.app.screen, ChoiceDialog)
        await work.press("2")
        assert work.log() == [("reaction", "positive", names("en")[0])]
        assert [work.state(name, "step") for name in names("en")[1:4]] == ["l01"] * 3

    at_desk(tmp_path, sop, story)


def test_nothing_to_decide_is_said(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        await decide(work, asked=False)
        assert "No changed step waits for a decision." in work.text

    at_desk(tmp_path, sop, story)


def test_steps_that_move_nobody_are_taken_without_a_question(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        edit(sop, LEADS, "day: 52", "day: 60")
        await look(work)
        assert "1 sequence changed" in work.message
        assert not isinstance(work.app.screen, ChoiceDialog)
        assert work.value("SELECT COUNT(*) FROM sop_shape") == 2

    at_desk(tmp_path, sop, story)


def test_edit_taken_back_takes_the_question_back(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        edit(sop, LEADS, FIRST_STEP, "")
        await look(work)
        edit(sop, LEADS, "steps:\n", f"steps:\n{FIRST_STEP}")
        await look(work)
        assert "until you decide" not in work.text
        assert work.app.sop_watch.changes is None

    at_desk(tmp_path, sop, story)


def test_other_screens_show_the_edit_when_they_are_shown(tmp_path: Path, sop: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "f3")
        edit(sop, "content/function.yaml", "title: ", "title: New ", 99)
        await look(work)
        assert squeeze("New ") in work.squeezed
        assert "contents changed" in work.text
        await work.press("f2")
        assert "“New " in work.text

    at_desk(tmp_path, sop, story)


def test_a_look_while_the_app_ends_does_nothing(tmp_path: Path, sop: Path) -> None:
    """Textual closes its screens before its timers and its queue of messages."""
    apps: list[AtWork] = []

    async def story(work: AtWork) -> None:
        apps.append(work)

    at_desk(tmp_path, sop, story)
    app = apps[0].app
    edit(sop, "desk.yaml", "operator_day: 80", "operator_day: 7")
    app.sop_watch.look()
    app.on_sop_watch_read(app.sop_watch.Read(None))
    app.begin_day()
    assert not app.screen_stack
