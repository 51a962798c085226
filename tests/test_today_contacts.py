"""The contact in hand: other scripts, other stages, finding, notes, and what the help tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.binding import Binding

from store.queue import DueRow
from tests.app_kit import MIDDLE, MONDAY, SMALL, AtWork, names, new_file, play, squeeze
from tests.test_today_keys import each_desk
from tui.app import DeskApp
from tui.screens.contact_screen import ContactScreen
from tui.screens.hand import COPIED, SENT
from tui.screens.today.due_list import DueList
from tui.screens.today.screen import TodayScreen
from tui.widgets.queue_list import QueueList
from tui.words import Language, _


@each_desk
def test_tab_shows_the_next_script_and_that_one_is_sent(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        shown, offers = work.script, work.today.hand.offered
        assert offers is not None
        ids = [offer.variant.id for offer in offers.scripts]
        assert len(ids) == 2
        await work.press("enter", "tab")
        assert work.script != shown
        assert not work.listed[0].startswith(COPIED), "a script not copied yet"
        assert work.app.focused is None
        await work.press("enter")
        assert squeeze(work.app.clipboard) in work.script
        await work.press("enter")
        assert work.rows("SELECT variant FROM touch") == [(ids[1],)]
        sent = work.script
        await work.press("tab", "5")
        assert (work.script, squeeze(work.app.clipboard) in sent) == (sent, True)

    play(new_file(tmp_path, lang), lang, story, size)


@each_desk
def test_left_and_right_go_through_the_stages(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    """Every stage is gone through, also one without anybody."""
    people = names(lang)

    async def story(work: AtWork) -> None:
        seen = []
        for _stage in range(4):
            seen.append((work.name, len(work.listed)))
            await work.press("right")
            assert work.app.focused is None
        assert [name for name, _count in seen] == [people[0], people[4], people[6], ""]
        assert [count for _name, count in seen[:3]] == [4, 2, 1]
        assert work.name == people[0]
        await work.press("left", "left", "1")
        assert work.log() == [("reaction", "friendly", people[6])]

    play(new_file(tmp_path, lang), lang, story, size)


def test_the_stage_shown_stands_in_the_heading_however_narrow(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        for stage in work.opened.shift.sop.stages:
            assert f"[{stage.name} " in work.text, stage.name
            await work.press("right")

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_the_cursor_is_where_the_card_says(tmp_path: Path) -> None:
    """Arrows, page keys and a click: the marked row is the contact whose card is drawn."""
    people = names("zh")[:4]

    async def story(work: AtWork) -> None:
        for key, place in {"down": 1, "end": 3, "up": 2, "home": 0, "pagedown": 3, "k": 2}.items():
            await work.press(key)
            assert work.name == people[place], key
            assert marked(work) == [place], key
        await work.pilot.click("#queue", offset=(4, 2))
        await work.settle()
        assert (work.name, marked(work)) == (people[1], [1])
        assert work.log() == []

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


def marked(work: AtWork) -> list[int]:
    """The rows of the list that are drawn as the cursor's."""
    place = work.today.query_one("#queue").content_region
    cursor = work.today.query_one(QueueList).look("cursor").bgcolor
    strips = work.app.screen._compositor.render_strips()[place.y : place.bottom]
    return [
        row
        for row, strip in enumerate(strips)
        if any(s.style and s.style.bgcolor == cursor for s in strip.crop(place.x, place.right))
    ]


@each_desk
def test_copied_but_not_confirmed_is_said_and_not_logged(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    first, second, *_rest = names(lang)

    async def story(work: AtWork) -> None:
        await work.press("enter", "down")
        assert _("{name}: copied, not confirmed as sent", name=first) in work.message
        assert (work.log(), work.name) == ([], second)
        await work.press("up", "enter")
        assert work.log() == [("touch", None, first)]
        await work.press("up")
        assert work.name == second

    play(new_file(tmp_path, lang), lang, story, size)


OVER_IT = {
    "help": ("f1", "escape"),
    "a note": ("7", *"hm", "enter", "enter", "enter"),
    "a note dropped": ("7", "escape"),
    "something else": ("8", "escape"),
    "a postponement": ("space", "escape"),
    "find": ("slash", "escape"),
}


@pytest.mark.parametrize("keys", OVER_IT.values(), ids=OVER_IT)
def test_an_instant_reaction_lands_on_the_contact_just_sent_to_whatever_was_opened(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    first = names("zh")[0]

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", *keys)
        assert work.name == first
        assert work.listed[0].startswith(SENT)
        await work.press("2")
        assert work.log()[-1] == ("reaction", "positive", first)
        assert work.value("SELECT reaction FROM touch") == "positive"

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


FOUND = {
    "pinyin initials": ("zh", "zm", "赵敏"),
    "pinyin": ("zh", "sunli", "孙丽"),
    "a name": ("zh", "建国", "王建国"),
    "a company": ("zh", "华新", "钱多多"),
    "the end of a phone number": ("en", "0005", "Eve Ford"),
    "letters": ("en", "gwe", "Gwen Hale"),
}


@pytest.mark.parametrize(("lang", "typed", "name"), FOUND.values(), ids=FOUND)
def test_anyone_is_found_by_letters_then_enter_then_a_reaction(
    tmp_path: Path, lang: Language, typed: str, name: str
) -> None:
    first = names(lang)[0]

    async def story(work: AtWork) -> None:
        await work.press("slash")
        await work.write(typed)
        assert name in work.text
        await work.press("enter")
        assert work.name == name
        assert work.log() == []
        await work.press("3")
        assert work.log() == [("reaction", "exploring", name)]
        assert _("kept without credit") in work.message
        await work.press("escape")
        assert work.name == first

    play(new_file(tmp_path, lang), lang, story, SMALL if lang == "zh" else MIDDLE)


def test_the_arrows_choose_among_those_found(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("slash")
        await work.write("138")
        await work.press("down", "down", "up", "enter")
        chosen = work.name
        await work.press("1")
        assert work.log() == [("reaction", "friendly", chosen)]
        await work.press("slash")
        await work.write("zzzz")
        await work.press("enter", "1")
        assert work.log() == [("reaction", "friendly", chosen)], "nobody found: 1 is text"

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


@each_desk
def test_a_note_and_interest_points_are_kept(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    first = names(lang)[0]

    async def story(work: AtWork) -> None:
        await work.press("7")
        await work.write("多少钱?")
        await work.press("enter")
        await work.write("1 2 3 排产")
        await work.press("down")
        await work.write("价格,交期")
        assert work.log() == []
        await work.press("enter")
        assert work.log() == [("note", None, first)]
        words = json.loads(work.words()[0])
        assert words == {"reply": "多少钱?", "note": "1 2 3 排产", "interest": "价格,交期"}
        interest = work.value("SELECT interest FROM contact WHERE id = ?", work.contact(first))
        assert "价格" in interest
        assert "交期" in interest
        assert "价格" in "".join(work.pane("#card"))
        assert _("noted") in work.message
        await work.press("7", "enter", "enter", "enter")
        assert len(work.log()) == 1, "an empty note is none"

    play(new_file(tmp_path, lang), lang, story, size)


@each_desk
def test_something_else_is_sent_when_it_is_chosen(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    first = names(lang)[0]

    async def story(work: AtWork) -> None:
        shown = work.script
        await work.press("8")
        await work.write("kitting")
        await work.press("enter")
        assert work.script != shown
        assert work.log() == []
        await work.press("enter", "enter")
        assert work.rows("SELECT content FROM touch") == [("kitting_checklist",)]
        assert work.state(first, "step") == "l01", "the planned step still waits"
        assert work.state(first, "due") == MONDAY + 1

    play(new_file(tmp_path, lang), lang, story, size)


def test_five_copies_again_and_six_opens_nothing_where_no_screen_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    async def story(work: AtWork) -> None:
        await work.press("5", "5")
        assert squeeze(work.app.clipboard) in work.script
        await work.press("6")
        assert work.app.clipboard == "https://example.com/files/weekly-schedule.xlsx"
        assert work.log() == []
        await work.press("enter", "5", "enter")
        assert [kind for kind, _r, _n in work.log()] == ["touch"]

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_tells_every_key_that_is_bound(tmp_path: Path, lang: Language) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "f1", "1", "9", "tab")
        told = squeeze(work.text)
        for key in work.today.KEYS:
            assert squeeze(key.sign + _(key.told)) in told, key.sign
        bindings = (*TodayScreen.BINDINGS, *ContactScreen.BINDINGS, *DeskApp.BINDINGS)
        bound = {name for b in bindings if isinstance(b, Binding) for name in b.key.split(",")}
        assert bound == {name for key in work.today.KEYS for name in key.keys.split(",")}
        await work.press("f1")
        assert len(work.log()) == 1

    play(new_file(tmp_path, lang), lang, story, (100, 70))


def test_other_letters_and_keys_log_nothing(tmp_path: Path) -> None:
    letters = [c for c in "abdefgimpqrtuvwxyzABCDEF!@#$%^&*()-=+[];',." if c.isprintable()]

    async def story(work: AtWork) -> None:
        await work.press(*letters, "insert", "f5", "f12", "shift+tab", "ctrl+a", "delete")
        assert work.log() == []
        assert work.app.focused is None

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_enter_goes_on_to_whom_may_be_written_to_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first, second, third, *_rest = names("en")

    def hours(_due: DueList, row: DueRow) -> str:
        return "from 17:00" if row.name == second else ""

    monkeypatch.setattr(DueList, "_hours", hours)

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "enter")
        assert work.name == third
        await work.press("up")
        assert work.name == second, "the arrows reach everybody"

    play(new_file(tmp_path, "en"), "en", story)


def test_enter_after_a_visit_comes_back_to_where_the_list_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second, third, *_rest = names("en")

    def hours(_due: DueList, row: DueRow) -> str:
        return "from 17:00" if row.name == first else ""

    monkeypatch.setattr(DueList, "_hours", hours)

    async def story(work: AtWork) -> None:
        await work.press("up")
        assert work.name == first
        await work.press("slash", *third.split()[0], "enter", "enter", "enter")
        assert work.name == third
        await work.press("enter")
        assert work.name == first

    play(new_file(tmp_path, "en"), "en", story)
