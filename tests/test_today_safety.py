"""Nothing is logged that nobody meant, and nothing is lost that somebody did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules.nouns import Reaction
from rules.plain_text import NOTE_LIMIT
from store import verbs
from store.connection import connect
from tests.app_kit import MONDAY, SMALL, AtWork, csv_of, names, new_file, play
from tui.wording import day_words
from tui.words import Language, _

TEXTS = {
    "a sentence of the input method": "好的，下午3点见",
    "digits in lines": "1\n2\n9\n",
    "an address": "https://example.com/?a=1&b=2",
    "a phone number": "138 0013 8000",
    "control characters": "\x1b[5n\x1b]52;c;UFdORUQ=\x07 4",
    "many lines": "4\n" * 5000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_that_arrives_triggers_nothing(tmp_path: Path, text: str) -> None:
    async def story(work: AtWork) -> None:
        await work.paste(text)
        assert work.log() == []
        assert work.app.clipboard == ""
        assert "\x1b" not in work.text
        await work.press("enter", gap=0.4)
        await work.press("enter", gap=0.4)
        assert work.app.clipboard == "", "Enter is ignored for a second"
        await work.press("escape")
        assert _("The text was dropped; nothing was logged.") in work.text
        await work.press("2")
        assert work.words() == []

    play(new_file(tmp_path, "zh"), "zh", story)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_reaction_key_logs_the_text_that_arrived(tmp_path: Path, lang: Language) -> None:
    first, second, *_rest = names(lang)

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        await work.paste("好的，下午3点见")
        assert "好的，下午3点见" in work.message
        await work.press("2")
        assert work.log()[1:] == [("reaction", "positive", first)]
        assert "好的，下午3点见" in work.words()[0]
        assert "好的，下午3点见" in "".join(work.pane("#card"))
        await work.press("enter", "1")
        assert work.log()[2:] == [("reaction", "friendly", second)]
        assert len(work.words()) == 1, "the text was logged once"

    play(new_file(tmp_path, lang), lang, story, (120, 40))


def test_enter_works_again_a_second_after_a_text(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.paste("in")
        await work.press("enter", gap=0.99)
        assert work.app.clipboard == ""
        await work.press("enter", gap=0.02)
        assert work.app.clipboard != ""

    play(new_file(tmp_path, "en"), "en", story)


def test_a_text_that_arrived_can_become_a_note(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.paste("says\nMonday, 3 pm")
        await work.press("7", "enter", "enter")
        await work.write("visit")
        await work.press("enter", "1")
        assert [kind for kind, _r, _n in work.log()] == ["note", "reaction"]
        assert "Monday, 3 pm" in json.loads(work.words()[0])["reply"]
        assert len(work.words()) == 1

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize("keys", [(), ("7",), ("9",), ("slash",), ("f3",)], ids=str)
def test_a_paste_of_a_million_letters_is_cut_and_stops_nothing(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async def story(work: AtWork) -> None:
        await work.press(*keys)
        await work.paste("好" * 500_000 + "\n" + "1" * 500_000)
        assert work.log() == []
        await work.press("escape", "escape", "f2", "down", "1")
        assert len(work.log()) == 1
        assert all(len(words) < 2 * NOTE_LIMIT for words in work.words())

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_every_line_of_a_paste_is_kept_in_a_field(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("7")
        await work.paste("first line\r\nsecond line\n\nthird")
        await work.press("enter", "enter", "enter")
        assert "first line second line third" in work.words()[-1]

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize("keys", [("9",), ("space",), ("f1",)], ids=["9", "Space", "F1"])
def test_a_text_presses_nothing_in_a_dialog(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async def story(work: AtWork) -> None:
        await work.press(*keys)
        await work.paste("1")
        await work.paste("4\n好的\n")
        assert work.log() == []
        await work.press("escape")
        assert work.log() == []

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


@pytest.mark.parametrize(("gap", "logged"), [(0.1, 1), (0.29, 1), (0.31, 2)])
def test_one_digit_twice_within_three_tenths_of_a_second_is_one(
    tmp_path: Path, gap: float, logged: int
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("1")
        await work.press("1", gap=gap)
        assert len(work.log()) == logged

    play(new_file(tmp_path, "en"), "en", story)


def test_a_held_digit_is_one_reaction(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.hold("4", [1.0, *[0.033] * 30])
        assert work.log() == [("reaction", "rejecting", names("en")[0])]

    play(new_file(tmp_path, "en"), "en", story)


def test_the_next_contacts_reaction_is_no_bounce(tmp_path: Path) -> None:
    """A quick operator presses the same digit for one contact after the other."""
    first, second, *_rest = names("zh")

    async def story(work: AtWork) -> None:
        await work.press("1")
        await work.press("down", "1", "2", gap=0.05)
        assert [(r, name) for _kind, r, name in work.log()] == [
            ("friendly", first),
            ("friendly", second),
            ("positive", second),
        ]

    play(new_file(tmp_path, "zh"), "zh", story)


# Another process


def test_keys_act_on_the_contact_that_was_drawn(tmp_path: Path) -> None:
    first, second, *_rest = names("zh")

    async def story(work: AtWork) -> None:
        await work.press("down")
        other = connect(work.opened.path)
        desk = work.opened
        verbs.refuse(other, desk.shift, desk.clock(), work.contact(first), "asked elsewhere")
        verbs.snooze(other, desk.shift, desk.clock(), work.contact(second), MONDAY + 3)
        other.close()
        assert work.name == second
        await work.press("1")
        assert work.log()[-1] == ("reaction", "friendly", second)
        await work.press("enter", "enter")
        assert work.rows("SELECT * FROM touch") == [], "it is not due any more"
        assert day_words(MONDAY + 3) in work.text or "2026-03-05" in work.text

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


def test_a_refusal_between_copying_and_confirming_wins(tmp_path: Path) -> None:
    first = names("en")[0]

    async def story(work: AtWork) -> None:
        await work.press("enter")
        other = connect(work.opened.path)
        desk = work.opened
        verbs.refuse(other, desk.shift, desk.clock(), work.contact(first), "asked elsewhere")
        other.close()
        await work.press("enter")
        assert work.rows("SELECT * FROM touch") == []
        assert _("asked not to be contacted") in work.message
        await work.press("enter", "5", "enter")
        assert work.rows("SELECT * FROM touch") == []

    play(new_file(tmp_path, "en"), "en", story)


def test_a_message_sent_elsewhere_is_not_sent_twice(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter")
        other = connect(work.opened.path)
        desk = work.opened
        verbs.send(other, desk.shift, desk.clock(), work.contact(names("en")[0]))
        verbs.react(other, desk.shift, desk.clock(), 2, Reaction.LOST)
        other.close()
        await work.press("enter")
        assert work.value("SELECT COUNT(*) FROM touch") == 1
        assert "2026-03-0" in work.message or "Mar" in work.message

    play(new_file(tmp_path, "en"), "en", story)


# A full disk


def fill_up(work: AtWork) -> None:
    """From now on the file cannot grow."""
    pages = work.value("PRAGMA page_count")
    work.opened.db.execute(f"PRAGMA max_page_count = {pages}").fetchall()


def make_room(work: AtWork) -> None:
    work.opened.db.execute("PRAGMA max_page_count = 1000000").fetchall()


LONG = "那就下周三下午，我带两位同事过去看看" * 200


@pytest.mark.parametrize("size", [SMALL, (120, 36)], ids=["80 columns", "120 columns"])
def test_what_could_not_be_saved_is_said_and_kept(tmp_path: Path, size: tuple[int, int]) -> None:
    first = names("zh")[0]

    async def story(work: AtWork) -> None:
        fill_up(work)
        await work.paste(LONG)
        await work.press("2")
        assert _("NOT SAVED: the disk is full") in work.message
        assert work.log() == []
        await work.press("2")
        assert work.log() == []
        make_room(work)
        await work.press("2")
        assert work.log() == [("reaction", "positive", first)]
        assert LONG[:200] in work.words()[0]

    play(new_file(tmp_path, "zh"), "zh", story, size)


def test_a_note_that_could_not_be_saved_is_not_lost(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        fill_up(work)
        await work.press("7")
        await work.paste(LONG)
        await work.press("enter", "enter")
        await work.write("price")
        await work.press("enter")
        assert _("NOT SAVED: the disk is full") in work.text
        assert work.log() == []
        make_room(work)
        await work.press("7", "enter", "enter", "enter")
        assert [kind for kind, _r, _n in work.log()] == ["note"]
        assert LONG[:200] in work.words()[0]
        assert "price" in work.words()[0]

    play(new_file(tmp_path, "zh"), "zh", story)


@pytest.mark.parametrize("key", ["9", "f11"])
def test_a_reason_that_could_not_be_saved_is_not_lost(tmp_path: Path, key: str) -> None:
    kind = {"9": "refused", "f11": "resumed"}[key]

    async def story(work: AtWork) -> None:
        if key == "f11":
            await work.press("4")
        before = work.log()
        fill_up(work)
        await work.press(key, "4")
        await work.paste(LONG + "因为")
        await work.press("enter")
        assert _("NOT SAVED: the disk is full") in work.text
        assert work.log() == before
        make_room(work)
        await work.press(key)
        assert "因为" in work.text
        await work.press("enter")
        assert [done for done, _r, _n in work.log()][len(before) :] == [kind]
        assert "因为" in work.words()[-1]
        await work.press("4" if key == "f11" else "f11", key)
        assert "因为" not in work.text, "what was saved is not asked for again"

    play(new_file(tmp_path, "zh"), "zh", story)


def test_a_reason_that_was_dropped_is_not_there_again(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        fill_up(work)
        await work.press("9", "4")
        await work.paste(LONG + "因为")
        await work.press("enter", "9", "escape", "9")
        assert "因为" not in work.text

    play(new_file(tmp_path, "zh"), "zh", story)


def test_a_send_that_could_not_be_saved_is_asked_for_again(tmp_path: Path) -> None:
    """Sends and reactions until the file is full: what is ticked is on the disk, no more."""
    people = [(f"人{n}", f"1390000{n:04}", "厂" * 20, "lead") for n in range(60)]

    async def story(work: AtWork) -> None:
        fill_up(work)
        for _n in range(60):
            await work.press("enter", "enter")
            if _("NOT SAVED: the disk is full") in work.message:
                break
            await work.press("enter")
        else:
            pytest.fail("the file never filled up")
        name = work.name
        sent = work.value("SELECT COUNT(*) FROM touch")
        assert work.listed[0].startswith("⧉"), "copied, not ticked"
        assert f" {sent} / " in work.text
        make_room(work)
        await work.press("enter")
        assert work.log()[-1] == ("touch", None, name)

    play(new_file(tmp_path, "zh", csv_of("zh", people)), "zh", story)


# Nobody there

EMPTY: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "no contacts": ("", "2026-03-02T09:40+08:00", (), "This desk has no contacts yet."),
    "nobody in this stage": ("one sql", "2026-03-02T09:40+08:00", ("left",), "SQL"),
    "everybody written to": (
        "one sql",
        "2026-03-02T09:40+08:00",
        ("enter", "enter", "enter"),
        "Everybody due today has been written to.",
    ),
    "everybody put off": (
        "one sql",
        "2026-03-02T09:40+08:00",
        ("space", "1", "down"),
        "Nobody is due.",
    ),
}


@pytest.mark.parametrize(("people", "now", "keys", "told"), EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("size", [SMALL, (120, 36)], ids=["80 columns", "120 columns"])
def test_an_empty_list_says_what_to_do(
    tmp_path: Path, people: str, now: str, keys: tuple[str, ...], told: str, size: tuple[int, int]
) -> None:
    rows = [("Gwen Hale", "13800000007", "River Works", "SQL")] if people else []
    path = new_file(tmp_path, "en", csv_of("en", rows))
    every = ("1", "0", "9", "enter", "5", "6", "7", "8", "space", "tab", "backspace", "f9", "f11")

    async def story(work: AtWork) -> None:
        await work.press(*keys)
        assert told in " ".join(" ".join(work.listed).split())
        before = work.log()
        for key in (*every, "down", "up", "end", "right", "left", "escape"):
            if key == "backspace" and people:
                continue
            await work.press(key)
            assert work.name == "" or key in {"right", "left"}
            if work.app.screen is not work.today:
                await work.press("escape")
        assert work.log() == before

    play(path, "en", story, size)


def test_when_all_is_done_the_next_day_and_the_others_are_named(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en", csv_of("en", [("Gwen Hale", "13800000007", "River", "SQL")]))

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "enter")
        told = " ".join(work.listed)
        assert day_words(work.value("SELECT due FROM contact_state")) in told
        assert work.name == ""

    play(path, "en", story)
