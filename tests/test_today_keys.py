"""Every key of the day's loop, seen on the screen and found on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from rules.nouns import Reaction
from tests.app_kit import (
    MIDDLE,
    MONDAY,
    SMALL,
    AtWork,
    names,
    new_file,
    play,
    squeeze,
)
from tui.app import DeskApp
from tui.screens.contact_screen import ContactScreen
from tui.screens.hand import COPIED, SENT
from tui.screens.today.screen import TodayScreen
from tui.widgets.queue_list import QueueList
from tui.wording import SIGNS, day_words, reaction_word
from tui.words import Language, _

NEXT_DAY = "2026-03-03T09:40+08:00"

DESKS: dict[str, tuple[Language, tuple[int, int]]] = {
    "Chinese, 80 columns": ("zh", SMALL),
    "English, 120 columns": ("en", MIDDLE),
}
each_desk = pytest.mark.parametrize(("lang", "size"), DESKS.values(), ids=DESKS)


@each_desk
def test_enter_copies_then_confirms_then_goes_on(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    first, second, *_rest = names(lang)

    async def story(work: AtWork) -> None:
        script = work.script
        await work.press("enter")
        assert squeeze(work.app.clipboard) in script
        assert work.log() == []
        assert work.listed[0].startswith(COPIED)

        await work.press("enter")
        assert work.log() == [("touch", None, first)]
        assert work.listed[0].startswith(SENT)
        assert (work.name, work.script) == (first, script)
        assert _("sent") in work.message

        await work.press("enter")
        assert work.log() == [("touch", None, first)]
        assert work.name == second
        assert not any(first in line for line in work.listed)
        assert len(work.listed) == 3

    play(new_file(tmp_path, lang), lang, story, size)


@each_desk
def test_each_digit_logs_its_reaction_to_the_message_just_sent(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    keys = {"1": "friendly", "2": "positive", "3": "exploring", "4": "rejecting", "0": "lost"}

    async def story(work: AtWork) -> None:
        for (key, value), name in zip(keys.items(), names(lang), strict=False):
            if key == "0":
                await work.press("right")
            assert work.name == name
            await work.press("enter", "enter", key)
            reaction = Reaction(value)
            assert work.log()[-1] == ("reaction", value, name)
            assert f"{SIGNS[reaction]} {reaction_word(reaction)}" in work.message
            assert SIGNS[reaction] in "".join(work.pane("#card")), "the card tells it"
            touch = work.rows(
                "SELECT t.reaction, t.reaction_seq, e.ref = t.seq FROM touch t"
                " JOIN event e ON e.seq = t.reaction_seq WHERE t.contact = ?",
                work.contact(name),
            )
            assert touch == [(value, work.value("SELECT MAX(seq) FROM event"), 1)]
            assert work.state(name, "last_reaction") == value
            await work.press("down")
        statuses = work.rows("SELECT status FROM contact_state ORDER BY contact LIMIT 5")
        assert [s for (s,) in statuses] == ["active", "active", "active", "paused", "lost"]

    play(new_file(tmp_path, lang), lang, story, size)


@each_desk
def test_a_reaction_goes_to_the_message_that_the_screen_names(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    path, first = new_file(tmp_path, lang), names(lang)[0]

    async def monday(work: AtWork) -> None:
        assert squeeze(_("a reaction would stand without credit")) in squeeze(work.message)
        await work.press("enter", "enter")

    async def tuesday(work: AtWork) -> None:
        while work.name != first:
            await work.press("down")
        assert day_words(MONDAY) in work.message, "before the send, the message of yesterday"
        await work.press("1")
        assert work.rows("SELECT day, reaction FROM touch") == [(MONDAY, "friendly")]
        await work.press("enter", "enter", "2", "3")
        assert work.rows("SELECT day, reaction FROM touch ORDER BY seq") == [
            (MONDAY, "friendly"),
            (MONDAY + 1, "exploring"),
        ]
        assert [kind for kind, _r, _n in work.log()].count("reaction") == 3

    play(path, lang, monday, size)
    play(path, lang, tuesday, size, now=NEXT_DAY)


@each_desk
def test_the_footer_names_the_credited_message_of_the_next_contact_too(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    path = new_file(tmp_path, lang)

    async def monday(work: AtWork) -> None:
        await work.press(*("enter", "enter", "down") * 4)

    async def tuesday(work: AtWork) -> None:
        await work.press("enter", "enter", "down")
        assert day_words(MONDAY) in work.message

    play(path, lang, monday, size)
    play(path, lang, tuesday, size, now=NEXT_DAY)


@each_desk
def test_do_not_contact_asks_why_and_then_nothing_can_be_sent(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    first = names(lang)[0]

    async def story(work: AtWork) -> None:
        await work.press("9")
        assert _("withdrew consent") in work.text
        assert work.log() == []
        await work.press("2")
        assert work.log() == [("refused", None, first)]
        assert _("withdrew consent") in work.words()[0]
        reason = squeeze(_("asked not to be contacted"))
        assert reason in squeeze("".join(work.pane("#card")))

        await work.press("enter", "enter", "enter")
        assert work.app.clipboard == ""
        await find_first(work, first)
        assert reason in squeeze("".join(work.pane("#card")))
        await work.press("enter", "enter", "5", "6", "tab", "enter", "enter")
        await work.press("8", "enter", "enter", "enter", "5", "enter")
        assert work.app.clipboard.startswith("https://") or not work.app.clipboard
        await work.press("backspace", "f9", "2", "enter", "enter")
        kinds = [kind for kind, _r, _n in work.log()]
        assert "touch" not in kinds
        assert "answer" not in kinds
        assert work.state(first, "status") == "do_not_contact"

    play(new_file(tmp_path, lang), lang, story, size)


async def find_first(work: AtWork, name: str) -> None:
    await work.press("slash")
    await work.write(name)
    await work.press("enter")
    assert work.name == name


@each_desk
def test_a_reason_in_words_of_ones_own(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("9", "escape", "9", "4", "enter")
        assert _("Write a few words first") in work.text
        await work.write("2 x no, 9")
        assert work.log() == []
        await work.press("enter")
        assert work.log() == [("refused", None, names(lang)[0])]
        assert "2 x no, 9" in work.words()[0]

    play(new_file(tmp_path, lang), lang, story, size)


POSTPONED = {
    "tomorrow": (("1",), 1),
    "three days": (("2",), 3),
    "next Monday": (("3",), 7),
    "a date": (("4", *"2026-03-12", "enter"), 10),
    "a date that falls on a Saturday": (("4", *"3-14", "enter"), 14),
    "a date by the input method": (("4", *"３月１１日", "down"), 9),
}


@pytest.mark.parametrize(("keys", "days"), POSTPONED.values(), ids=POSTPONED)
@pytest.mark.parametrize("lang", ["zh"])
def test_space_postpones(tmp_path: Path, lang: Language, keys: tuple[str, ...], days: int) -> None:
    first, second, *_rest = names(lang)

    async def story(work: AtWork) -> None:
        await work.press("space", *keys)
        assert work.log() == [("snooze", None, first)]
        assert work.state(first, "due") == MONDAY + days
        assert day_words(MONDAY + days) in work.message
        await work.press("down")
        assert work.name == second
        assert not any(first in line for line in work.listed)

    play(new_file(tmp_path, lang), lang, story, SMALL)


def test_a_day_that_cannot_be_is_asked_for_again(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("space", "escape", "space", "4", "enter")
        await work.write("soon")
        await work.press("enter")
        assert "2026-03-09" in work.text
        await work.press(*["backspace"] * 4)
        await work.write("2026-02-27")
        await work.press("enter")
        assert _("The day lies in the past") in work.text
        assert work.log() == []
        await work.press("escape")
        assert work.log() == []

    play(new_file(tmp_path, "en"), "en", story)


@each_desk
def test_backspace_takes_back_one_step_a_press_and_f9_does_it_again(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    first = names(lang)[0]

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "3", "down", "backspace")
        assert work.name == first, "shown is what the undo is about"
        assert work.value("SELECT reaction FROM touch") is None
        await work.press("backspace")
        assert work.rows("SELECT * FROM touch") == []
        assert work.state(first, "due") == MONDAY
        await work.press("f9", "ctrl+y")
        assert work.rows("SELECT reaction FROM touch") == [("exploring",)]
        assert work.state(first, "last_reaction") == "exploring"
        kinds = [kind for kind, _r, _n in work.log()]
        assert kinds == ["touch", "reaction", "undo", "undo", "redo", "redo"]
        await work.press("f9")
        assert _("nothing to redo") in work.message
        await work.press("ctrl+z")
        assert work.value("SELECT reaction FROM touch") is None

    play(new_file(tmp_path, lang), lang, story, size)


def test_a_held_backspace_counts_once_and_single_ones_each(tmp_path: Path) -> None:
    """A terminal waits half a second, then repeats a held key thirty times a second."""

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "1", "2", "3")
        await work.hold("backspace", [5.0, 0.5, *[0.033] * 20])
        assert work.value("SELECT reaction FROM touch") == "positive"
        await work.press("backspace")
        assert work.value("SELECT reaction FROM touch") == "friendly"
        await work.press("f9", "f9")
        assert work.value("SELECT reaction FROM touch") == "exploring"
        await work.press("backspace", gap=5.0)
        await work.press("backspace", gap=0.3)
        await work.until(lambda: work.value("SELECT reaction FROM touch") == "friendly")
        kinds = [kind for kind, _r, _n in work.log()]
        assert (kinds.count("undo"), kinds.count("redo")) == (4, 2)

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


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
    "a note": ("7", *"hm", "enter", "enter"),
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
        await work.write("1 2 3 排产")
        await work.press("down")
        await work.write("价格,交期")
        assert work.log() == []
        await work.press("enter")
        assert work.log() == [("note", None, first)]
        assert "1 2 3 排产" in work.words()[0]
        interest = work.value("SELECT interest FROM contact WHERE id = ?", work.contact(first))
        assert "价格" in interest
        assert "交期" in interest
        assert "价格" in "".join(work.pane("#card"))
        assert _("noted") in work.message
        await work.press("7", "enter", "enter")
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
