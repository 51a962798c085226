"""The Cleaning screen by its keys: what is merged, kept apart and paused, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.backups import Occasion, backups
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, chosen, new_file, play
from tui.opening import desk
from tui.words import Language

SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["small", "middle", "large"])
HEAD = "Full Name,Phone,Company,Source,Added,WeChat,Email\n"
PEOPLE = (
    "Anna Bell,13800000001,Harbour Tools,Fair,2026-01-12,,\n"
    "ANNA BELL,13800000001,,Web,2026-02-01,,\n"
    "Ben Cole,,North Gears,Fair,2026-01-12,ben1,\n"
    "Cole Ben,,North Gears Ltd,Web,2026-02-02,ben2,\n"
)
BULK = "".join(f"User{n:02d},,,Poster,2026-02-20,auto{n:04d},\n" for n in range(22))


def doubled(folder: Path, lang: Language = "en") -> Path:
    """Anna twice with one phone, Ben perhaps twice, and many of one day."""
    return new_file(folder, lang, HEAD + PEOPLE + BULK)


def silent(folder: Path, lang: Language = "en") -> Path:
    """The same, where three of one day were written to often enough."""
    path = doubled(folder, lang)
    with desk(chosen(path, lang), writes="test") as opened:
        opened.db.execute("UPDATE contact_state SET touches = 4 WHERE contact IN (7, 8, 9)")
    return path


async def look(work: AtWork) -> None:
    await work.press("ctrl+d")
    await work.until(lambda: "Looking" not in work.text and "正在" not in work.text)


@SIZES
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_fits_and_says_what_enter_does(
    tmp_path: Path, size: tuple[int, int], lang: Language
) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        for _page in range(4):
            assert ("Enter " in work.text) == (" 0]" not in work.text)
            assert all(len(line) <= size[0] for line in work.lines)
            await work.press("right")

    play(silent(tmp_path, lang), lang, story, size, examined=False)


@pytest.mark.parametrize("page", [(), ("right",)], ids=["all that are sure", "a pair"])
def test_backup_is_made_before_contacts_are_merged(tmp_path: Path, page: tuple[str, ...]) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press(*page, "enter")
        assert "merged" in work.text
        assert [made.occasion for made in backups(work.opened.path)] == [Occasion.MERGE]

    play(doubled(tmp_path), "en", story, examined=False)


def test_sure_ones_are_merged_in_one_go_and_given_back(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        assert "Anna Bell" in work.text
        assert "same phone" in work.text
        await work.press("enter")
        assert "1 pair merged" in work.text
        assert work.rows("SELECT contact, survivor FROM merged") == [(2, 1)]
        assert "Nobody is surely on the desk twice." in work.text
        await work.press("backspace")
        assert work.rows("SELECT contact FROM merged") == []

    play(doubled(tmp_path), "en", story)


def test_a_pair_that_is_not_ticked_is_left(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("space", "enter")
        assert work.rows("SELECT contact FROM merged") == []
        await work.press("space", "tab", "enter")
        assert work.rows("SELECT contact, survivor FROM merged") == [(1, 2)]

    play(doubled(tmp_path), "en", story)


def test_perhaps_is_kept_apart_and_not_proposed_again(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("right")
        assert "is merged into it" in work.text
        assert "ben2" in work.text
        await work.press("delete")
        assert "kept apart" in work.text
        assert work.rows("SELECT contact, other FROM kept_apart") == [(3, 4)]
        await work.press("f2")
        await look(work)
        assert "No pair is left to decide." in work.text

    play(doubled(tmp_path), "en", story)


def test_perhaps_is_merged_by_enter_and_a_held_enter_merges_once(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("right")
        await work.hold("enter", [0.5, 0.03, 0.03])
        assert work.rows("SELECT contact, survivor FROM merged") == [(4, 3)]

    play(doubled(tmp_path), "en", story)


def test_accounts_are_paused_not_deleted(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("right", "right")
        assert "no answer to 4 messages" in work.text
        await work.press("enter", "enter")
        assert "Nobody is ticked" in work.text
        await work.press("down", "space", "space", "enter")
        assert "Pause 2 throw-away accounts?" in work.text
        await work.press("enter", "1")
        assert work.log() == [], "nothing is paused unasked"
        await work.press("enter", "2")
        assert "2 accounts paused" in work.text
        paused = "SELECT contact FROM contact_state WHERE status = 'paused' ORDER BY contact"
        assert work.rows(paused) == [(8,), (9,)]
        assert work.value("SELECT COUNT(*) FROM contact") == 26
        await work.press("backspace")
        assert work.rows(paused) == []

    play(silent(tmp_path), "en", story, examined=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_desk_without_anything_to_clean_says_what_to_do(tmp_path: Path, lang: Language) -> None:
    told = {"en": "After an import (Ctrl+O) look here again.", "zh": "再来看看"}

    async def story(work: AtWork) -> None:
        await look(work)
        assert told[lang] in work.squeezed or told[lang] in work.text
        await work.press("enter", "space", "delete", "tab", "right", "enter", "right", "enter")
        assert work.rows("SELECT contact FROM merged") == []

    play(new_file(tmp_path, lang), lang, story)


def test_paused_account_says_so_on_its_card_and_on_its_list(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await look(work)
        await work.press("right", "right", "space", "enter")
        assert "1 account paused" in work.text
        await work.press("f4")
        assert "paused as a throw-away account" in work.text
        assert "rejected" not in work.text

    play(silent(tmp_path), "en", story, LARGE, examined=False)
