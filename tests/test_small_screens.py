"""Screens below the usual size: what is least needed goes first, the script last."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app_kit import SMALL, AtWork, names, new_file, play
from tui.screens.room import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    PANE,
    TOP_AND_MESSAGE,
    Below,
    Room,
    below_for,
    room_for,
)
from tui.widgets.queue_list import QueueList
from tui.words import Language


@pytest.mark.parametrize(
    ("size", "room"),
    [
        pytest.param((80, 24), Room(), id="usual"),
        pytest.param((200, 50), Room(), id="large"),
        pytest.param((80, 18), Room(True, True, 1, False, 0, 8), id="low: keys, progress, card"),
        pytest.param((80, 12), Room(True, True, 1, False, 0, 0), id="lower: no card"),
        pytest.param((60, 20), Room(True, False, 2, True, 4, 4), id="narrow: one above the other"),
        pytest.param((60, 15), Room(True, False, 1, False, 0, 5), id="narrow and low: no list"),
        pytest.param((40, 12), Room(True, False, 1, False, 0, 0), id="the script alone"),
        pytest.param((29, 24), Room(fits=False), id="too narrow"),
        pytest.param((80, 7), Room(fits=False), id="too low"),
    ],
)
def test_what_is_least_needed_goes_first(size: tuple[int, int], room: Room) -> None:
    assert room_for(*size) == room


@given(st.integers(LEAST_WIDTH, 250), st.integers(LEAST_HEIGHT, 90), st.integers(0, 3))
def test_the_script_has_room_wherever_anything_is_drawn(width: int, height: int, more: int) -> None:
    room = room_for(width, height, more)
    if room.fits:
        bars = more + TOP_AND_MESSAGE + room.keys + room.progress
        assert height - bars - room.queue - room.card >= PANE
        assert all(rows == 0 or rows >= PANE for rows in (room.queue, room.card))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(60, 20), (40, 12), (LEAST_WIDTH, LEAST_HEIGHT)], ids=str)
def test_who_it_is_and_what_to_say_are_seen(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        for screen in ("f2", "f3", "f4"):
            await work.press(screen)
            assert len(work.lines) == size[1]
        await work.press("f2")
        first, second, *_rest = names(lang)
        assert first in work.text
        assert len(work.script) > 20
        await work.press("enter", "enter")
        assert work.log() == [("touch", None, first)]
        await work.press("enter")
        assert second in work.text
        await work.resize(*SMALL)
        assert len(work.listed) == 3
        assert work.name == second

    play(new_file(tmp_path, lang), lang, story, size)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(10, 3), (29, 24), (80, 7)], ids=str)
def test_too_small_a_screen_says_which_it_needs_and_logs_nothing(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        told = {"zh": "需要 30×8", "en": "needs 30×8"}[lang]
        assert work.lines[0].strip() == told
        assert not any(work.lines[1:])
        await work.press("1", "enter", "enter", "0")
        assert work.log() == [], "nobody is seen on whom a key would act"
        await work.resize(*SMALL)
        await work.until(lambda: told not in work.text)
        await work.press("1")
        assert len(work.log()) == 1

    play(new_file(tmp_path, lang), lang, story, size)


@pytest.mark.parametrize(
    ("size", "below"),
    [
        pytest.param((80, 24, 1, 11), Below(True, True, 3, 11), id="usual"),
        pytest.param((80, 18, 1, 11), Below(True, True, 2, 7), id="low: what is told"),
        pytest.param((60, 12, 1, 11), Below(True, False, 1, 0), id="the list alone"),
        pytest.param((80, 24, 1, 0), Below(True, True, 3, 0), id="nothing to tell"),
        pytest.param((29, 24, 1, 11), Below(fits=False), id="too narrow"),
    ],
)
def test_what_is_told_gives_way_to_the_list(size: tuple[int, int, int, int], below: Below) -> None:
    assert below_for(*size) == below


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(60, 18), (40, 12), (LEAST_WIDTH, LEAST_HEIGHT)], ids=str)
def test_other_screens_keep_their_list_and_no_scroll_bar(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "1")
        for screen in ("f5", "f7", "f10", "ctrl+d", "f2", "f6"):
            await work.press(screen)
            await work.until(lambda: "正在" not in work.text and "Looking" not in work.text)
            shown = work.app.screen
            assert len(work.lines) == size[1], screen
            assert not shown.show_vertical_scrollbar, screen
            listed = shown.query_one(QueueList)
            assert listed.size.height >= 2 or not listed.display, screen
            assert work.lines[-1].strip(), "a row of keys is left"
        assert any(name in work.text for name in names(lang)), "a file says whose it is"

    play(new_file(tmp_path, lang), lang, story, size)


def test_other_screens_too_small_say_so_and_write_nothing(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "1")
        before = work.log()
        for screen in ("f10", "f6", "ctrl+d", "f7"):
            await work.resize(*SMALL)
            await work.press("f2", screen)
            await work.resize(29, 20)
            assert work.lines[0].strip() == "needs 30×8", screen
            await work.press("enter", "4", "8", "space")
        assert work.log() == before

    play(new_file(tmp_path, "en"), "en", story)
