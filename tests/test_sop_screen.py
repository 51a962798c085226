"""The SOP screen by real keys: its views, the next version from folder to use, and back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from sop_content import shipped
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, csv_of, new_file, play, squeeze
from tests.hostile_people import HOSTILE_NAMES
from tests.test_editions import write_version
from tests.test_sop_versions import unwrite
from tui import sop_watch
from tui.screens.sop.publish_screen import PublishScreen
from tui.screens.sop.screen import SopScreen
from tui.widgets.lines import Lines
from tui.words import Language

Story = Callable[[AtWork], Coroutine[Any, Any, None]]


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sop_watch, "LOOK_EVERY", 3600.0)


def at_desk(
    tmp_path: Path, story: Story, lang: Language = "en", csv: str | None = None, **options: Any
) -> None:
    """The app on a desk whose SOP is a folder beside it, and a version to publish."""
    sop = Path(shutil.copytree(shipped(lang), tmp_path / "sop"))
    if lang == "en":
        write_version(tmp_path / "next-2.0", "2.0")
    play(new_file(tmp_path, lang, csv), lang, story, sop=sop, **options)


async def open_next(work: AtWork) -> PublishScreen:
    """From anywhere to the page of the version beside the desk."""
    await work.press("f7", "5")
    await work.write("next-2")
    await work.press("enter")
    await work.settle()
    shown = work.app.screen
    assert isinstance(shown, PublishScreen), work.text
    return shown


async def publish(work: AtWork) -> None:
    await work.press("enter", "1")
    await work.write("slow season")
    await work.press("enter", "enter")
    await work.until(lambda: isinstance(work.app.screen, SopScreen))
    await work.settle()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80", "120", "200"])
def test_every_view_of_a_new_desk_says_something(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        seen = set()
        await work.press("f7")
        for key in ("1", "2", "3", "4"):
            await work.press(key)
            seen.add(work.text)
        assert len(seen) == 4
        words = {"en": "5 opens the folder", "zh": "按 5 打开下一版"}[lang]
        assert squeeze(words) in work.squeezed, "an empty view says what to do"
        await work.press("tab")
        assert {"en": "d0", "zh": "第0天"}[lang] in work.text

    at_desk(tmp_path, story, lang, size=size)


def test_steps_show_purpose_title_and_verdict(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "f7", "end", "home", "down")
        lines = [line for line in work.lines if "function" in line]
        assert lines
        assert "not sent yet" in work.text
        for _row in range(40):
            await work.press("down")
        assert "undecided" in work.text, "what was sent is judged"

    at_desk(tmp_path, story)


def test_next_version_is_looked_at_published_and_taken_back(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        before = work.rows("SELECT contact, step, due FROM contact_state ORDER BY contact")
        await open_next(work)
        assert "SOP 1.0 → 2.0" in work.text
        assert "Leads" in work.text
        assert "→4" in work.text, "four leads stand at the step that has another name"
        assert work.log() == [], "looking changes nothing"
        await publish(work)
        assert "SOP 2.0 is in use, 4 contacts moved" in work.text
        assert work.opened.shift.sop.version == "2.0"
        assert {s for (s,) in work.rows("SELECT DISTINCT step FROM contact_state")} >= {"n2"}
        assert work.agrees()
        await work.press("3")
        assert "SOP 1.0 → 2.0 published" in work.text
        assert "slow season" in work.text
        await work.press("f10", "enter")
        await work.settle()
        assert work.opened.shift.sop.version == "1.0"
        assert "undone: SOP published" in work.text
        await work.press("f7")
        assert "SOP 2.0 is in use" not in work.text
        await work.press("f10")
        assert "SOP 1.0" in work.lines[0]
        assert work.rows("SELECT contact, step, due FROM contact_state ORDER BY contact") == before
        assert (tmp_path / "sop" / "sop.yaml").read_text("utf-8").count("1.0")
        await work.press("enter")
        assert work.opened.shift.sop.version == "2.0"
        assert work.agrees()

    at_desk(tmp_path, story)


def test_the_next_version_is_drafted_by_a_key_and_opened(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f7", "6")
        assert "Draft SOP 2.0" in work.text
        await work.press("enter")
        assert "SOP 2.0 drafted in" in work.text
        folder = work.opened.path.parent / "sop-2.0-draft"
        assert (folder / "sop.yaml").is_file()
        assert (folder / "DRAFT.md").is_file()
        await work.press("6", "enter")
        assert "drafted" not in work.message, "a folder that holds something is left as it is"
        await work.press("5")
        await work.write("draft")
        await work.press("enter")
        assert isinstance(work.app.screen, PublishScreen)

    at_desk(tmp_path, story)


def test_what_the_checks_find_stands_among_the_problems(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f7", "2")
        assert "brand.yaml:" in work.text
        assert "wall of text" in work.text or "long" in work.text

    sop = Path(shutil.copytree(shipped("en"), tmp_path / "sop"))
    file = sop / "content" / "brand.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace(
            "        text: |\n",
            "        text: |\n"
            + "          Far too many words, all of them in one row. " * 30
            + "\n",
            1,
        ),
        "utf-8",
    )
    play(new_file(tmp_path, "en"), "en", story, sop=sop)


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
def test_unwritten_version_is_told_and_asked_about(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        unwrite(tmp_path / "next-2.0")
        await open_next(work)
        assert squeeze("! 1 script is still to be written") in work.squeezed
        await work.press("enter")
        assert "Not all of it is written" in work.text
        assert squeeze("would have nothing to be sent") in work.squeezed
        await work.press("escape")
        assert isinstance(work.app.screen, PublishScreen)
        await work.press("enter", "1", "1")
        await work.write("slow season")
        await work.press("enter", "enter")
        await work.until(lambda: isinstance(work.app.screen, SopScreen))
        assert work.value("SELECT version FROM event WHERE kind = 'publish'") == "2.0"

    at_desk(tmp_path, story, size=size)


def test_choice_of_a_sequence_changes_the_plan(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        shown = await open_next(work)
        await work.press("down", "right")
        assert "‹ stay ›" in work.text
        assert "→4" in work.text, "their step is gone, so they move all the same"
        await work.press("right")
        assert "‹ begin again ›" in work.text
        assert "↺4" in work.text
        assert {name: choice.value for name, choice in shown.choices.items()} == {
            "leads": "restart"
        }
        await work.press("escape")
        assert isinstance(work.app.screen, SopScreen)
        assert work.log() == []

    at_desk(tmp_path, story)


def test_publish_without_a_reason_is_refused_and_nothing_lost(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await open_next(work)
        await work.press("enter", "2", "enter", "enter")
        await work.until(lambda: "a reason is needed" in work.text)
        assert work.log() == []
        assert not (tmp_path / ".sop.staged").exists()
        await work.press("enter", "escape")
        assert isinstance(work.app.screen, PublishScreen)
        assert work.opened.shift.sop.version == "1.0"

    at_desk(tmp_path, story)


def test_folder_with_errors_is_named(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        (tmp_path / "next-2.0" / "sop.yaml").write_text("version: [", "utf-8")
        await work.press("f7", "5")
        await work.write("next-2")
        await work.press("enter")
        assert isinstance(work.app.screen, SopScreen)
        assert "has errors" in work.text

    at_desk(tmp_path, story)


def test_folder_in_use_is_not_offered(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f7", "5")
        found = work.app.screen.query_one("#found", Lines).lines
        assert [line[1][0].strip() for line in found] == ["next-2.0"]
        await work.write("/no/such place")
        assert "Type its path" in work.text
        await work.press("enter", "escape")
        assert isinstance(work.app.screen, SopScreen)

    at_desk(tmp_path, story, size=LARGE)


def test_edit_that_is_taken_up_is_recorded_and_gets_its_reason(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        path = tmp_path / "sop" / "desk.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("operator_day: 80", "operator_day: 7"), "utf-8")
        for _again in range(3):
            work.app.sop_watch.look()
            await work.until(lambda: not work.app.sop_watch.busy)
        await work.press("f7", "3")
        assert "SOP 1.0 edited · settings changed" in work.text
        assert "no reason was given" in work.text
        await work.press("enter", "3")
        await work.write("new owner")
        await work.press("enter")
        await work.write("Zoe")
        await work.press("enter")
        assert "company: new owner (Zoe)" in work.text
        assert [kind for kind, _r, _n in work.log()] == ["reasoned"]
        assert work.agrees()

    at_desk(tmp_path, story)


@pytest.mark.parametrize("name", ["an escape", "right to left", "markup"])
def test_hostile_names_are_drawn_as_names(tmp_path: Path, name: str) -> None:
    hostile = HOSTILE_NAMES.get(name) or next(iter(HOSTILE_NAMES.values()))
    people = csv_of("en", [(hostile, "13800000001", "x", "lead")])

    async def story(work: AtWork) -> None:
        await open_next(work)
        assert "→1" in work.text
        assert "\x1b" not in work.text
        await publish(work)
        assert "1 contacts moved" in work.text

    at_desk(tmp_path, story, csv=people)


def test_publish_key_pressed_in_a_burst_does_nothing(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await open_next(work)
        await work.paste("好的，下午3点见")
        await work.press("enter", gap=0.1)
        assert isinstance(work.app.screen, PublishScreen)

    at_desk(tmp_path, story)


def test_an_error_of_an_edit_stands_among_the_problems_while_the_sop_before_stays(
    tmp_path: Path,
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f7", "2")
        assert "No problem was found" in work.text
        leads = tmp_path / "sop" / "sequences" / "leads.yaml"
        leads.write_text(leads.read_text("utf-8").replace("content:", "contents:", 1), "utf-8")
        for _again in range(2):
            work.app.sop_watch.look()
            await work.until(lambda: not work.app.sop_watch.busy)
        await work.settle()
        assert "No problem was found" not in work.text
        assert "sequences/leads.yaml:" in "".join(work.lines[4:])

    at_desk(tmp_path, story)


def test_keys_of_one_view_stand_in_the_footer_there_alone(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f7")
        assert "Enter reason" not in work.text
        await open_next(work)
        await publish(work)
        await work.press("3")
        assert "Enter reason" in work.text
        await work.press("1")
        assert "Enter reason" not in work.text

    at_desk(tmp_path, story)
