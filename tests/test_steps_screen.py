"""The Undo screen: what was done, of whom, and the way to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store import editing
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, new_file, play
from tests.import_kit import choose, gb18030
from tests.test_cleaning_screen import doubled, look
from tui.screens.person.screen import PersonScreen
from tui.words import Language


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x36", "200x50"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_blank_stands_between_what_was_done_and_the_name(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "2", "f10")
        told = re.compile(r"▲ (积极|positive) +\S")
        assert told.search(work.text)

    play(new_file(tmp_path, lang), lang, story, size)


def test_f6_opens_the_contact_of_the_step(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "2")
        contact = work.value("SELECT contact FROM event WHERE kind = 'reaction'")
        await work.press("f10", "f6")
        await work.settle()
        assert isinstance(work.app.screen, PersonScreen)
        assert work.app.desk.person == contact

    play(new_file(tmp_path, "en"), "en", story)


def test_an_import_that_was_taken_back_keeps_its_names_and_says_no_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    file = gb18030(tmp_path)

    async def story(work: AtWork) -> None:
        await choose(work, file)
        await work.press("enter", "enter", "f10")
        assert "guests.csv" in work.text
        assert not re.search(r"[0-9a-f]{16}", work.text)
        await work.press("enter", "f2", "f10")
        assert "(no name)" not in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_what_was_said_is_forgotten_when_another_screen_is_shown(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "2", "backspace")
        assert "undone" in work.text
        await work.press("f10", "enter", "f2")
        assert "undone" not in work.text

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", ("回复：下午三点见", "备注：老板拍板", "兴趣点：排产")),
        ("en", ("Reply: 下午三点见", "Note: 老板拍板", "Interest: 排产")),
    ],
    ids=["zh", "en"],
)
def test_words_beside_a_step_say_what_they_are(
    tmp_path: Path, lang: Language, told: tuple[str, ...]
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "7")
        for text in ("下午三点见", "老板拍板", "排产"):
            await work.paste(text)
            await work.press("enter")
        await work.press("f6")
        assert all(text in work.text for text in told), work.text
        await work.press("f10")
        assert all(text in work.text for text in told), work.text

    play(new_file(tmp_path, lang), lang, story, LARGE)


def test_a_step_says_what_it_decided(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("space", "2", "f10")
        assert "5 Mar" in work.text
        desk, contact = work.opened, work.contact("Anna Bell")
        editing.move_stage(desk.db, desk.shift, desk.clock(), contact, "mql", "asked")
        await work.press("f2", "f10")
        assert "Lead → MQL" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_a_changed_field_says_which(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        desk, contact = work.opened, work.contact("Anna Bell")
        editing.edit(desk.db, desk.shift, desk.clock(), contact, {"title": "CTO"})
        await work.press("f10")
        assert "title CTO" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_a_cleaning_tells_whom_it_was_about(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("enter", "f10")
        assert "1 pair merged" in work.lines[2]
        assert re.search("ANNA BELL ← Anna Bell|Anna Bell ← ANNA BELL", work.text)

    play(doubled(tmp_path), "en", story, MIDDLE)


def test_slash_finds_from_here_and_its_enter_takes_nothing_back(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        for screen in ("f10", "f5", "f7", "ctrl+d"):
            await work.press("f2", "1", screen)
            before = work.value("SELECT COUNT(*) FROM event")
            await work.press("slash", *"Ben", "enter")
            assert work.app.screen is work.today, screen
            assert work.name == "Ben Cole", screen
            assert "Esc back" in work.text, "the way back to the list is in the footer"
            assert work.value("SELECT COUNT(*) FROM event") == before, screen
            await work.press("escape")
            assert "Esc back" not in work.text

    play(new_file(tmp_path, "en"), "en", story, MIDDLE)
