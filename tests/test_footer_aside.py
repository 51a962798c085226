"""A contact who stands aside, on the screens: no next message is promised, and the key that
takes it up again stands first in the footer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import LARGE, SMALL, AtWork, new_file, play

ASIDE = {
    "paused": ("4",),
    "lost": ("0",),
    "do not contact": ("9", "1"),
}


@pytest.mark.parametrize("keys", ASIDE.values(), ids=ASIDE.keys())
@pytest.mark.parametrize("screen", ["f2", "f6"])
def test_the_way_back_is_the_first_key_of_the_footer(
    tmp_path: Path, keys: tuple[str, ...], screen: str
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        assert "F11 resume" not in work.text
        await work.press(*keys, screen)
        footer = [line for line in work.lines if "F11 resume " in line]
        assert [line[:12] for line in footer] == [" F11 resume "]

    play(new_file(tmp_path, "en"), "en", story, SMALL)


@pytest.mark.parametrize("keys", ASIDE.values(), ids=ASIDE.keys())
def test_no_next_day_is_promised(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "f6")
        assert " · next " in work.text
        await work.press(*keys)
        assert work.value("SELECT due FROM contact_state WHERE contact = 1") is not None
        assert " · next " not in work.text
        assert "nothing is planned" in work.text

    play(new_file(tmp_path, "en"), "en", story, LARGE)
