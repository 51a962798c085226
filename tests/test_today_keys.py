"""Every key of the day's loop, seen on the screen and found on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rules.nouns import Reaction
from sop_content import shipped
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
from tui.screens.hand import COPIED, SENT
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
def test_after_the_last_step_the_row_says_that_all_is_sent(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    sop = tmp_path / "sop"
    shutil.copytree(shipped(lang), sop)
    leads = sop / "sequences" / "leads.yaml"
    begin, first, *_rest = leads.read_text(encoding="utf-8").split("  - id:")
    leads.write_text(f"{begin}  - id:{first}", encoding="utf-8")
    person = names(lang)[0]

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        assert work.state(person, "step") is None
        assert _("all sent") in work.listed[0]
        await work.press("1")
        assert work.log()[-1] == ("reaction", "friendly", person)
        await work.press("enter")
        assert work.name != person

    play(new_file(tmp_path, lang), lang, story, size, sop=sop)
