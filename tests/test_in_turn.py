"""Keys that wait together reach what the ones before them led to."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import key_to_character
from textual.widgets import Input

from rules.nouns import Kind
from tests.app_kit import SMALL, AtWork, names, new_file, play
from tui import in_turn
from tui.in_turn import InTurn

CHARACTERS = {"enter": "\r", "escape": "\x1b", "slash": "/"}


async def at_once(work: AtWork, *keys: str) -> None:
    """All keys in one turn of the loop, as after a moment in which the machine was busy."""
    driver = work.app._driver
    assert driver is not None
    turn = InTurn(work.app, driver.process_message)
    found = [events.Key(key, CHARACTERS.get(key) or key_to_character(key)) for key in keys]
    turn.add(found[:1])
    turn.add(found[1:])
    while turn._giving is not None:
        await asyncio.sleep(0)
    await work.settle()


def kinds(work: AtWork) -> list[tuple[Any, ...]]:
    return [(kind, name) for kind, _reaction, name in work.log()]


def test_digits_behind_the_key_of_a_search_are_searched_for(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await at_once(work, "slash", "0", "0", "0", "4")
        assert work.log() == []
        field = work.app.screen.query_one(Input)
        assert field.value == "0004"

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_a_reaction_behind_a_search_is_that_of_who_was_found(tmp_path: Path) -> None:
    found = names("en")[3]

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")  # a message to the first, who must get no reaction
        await at_once(work, "slash", *"Dan", "enter", "enter", "enter", "2")
        assert kinds(work)[1:] == [(Kind.TOUCH, found), (Kind.REACTION, found)]

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_keys_of_the_loop_that_wait_together_are_all_taken(tmp_path: Path) -> None:
    first, second, *_rest = names("en")

    async def story(work: AtWork) -> None:
        await at_once(work, "enter", "enter", "2", "down", "enter", "enter", "3")
        sent_and_answered = [(kind, name) for name in (first, second) for kind in WHAT]
        assert kinds(work) == sent_and_answered

    play(new_file(tmp_path, "en"), "en", story, SMALL)


WHAT = (Kind.TOUCH, Kind.REACTION)


def test_a_reason_behind_a_refusal_is_written_not_obeyed(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await at_once(work, "9", "4", *"no 12", "enter")
        assert kinds(work) == [(Kind.REFUSED, names("en")[0])]
        assert "no 12" in work.words()[0]

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_an_app_that_never_rests_still_gets_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_turn, "MOST_TURNS", 50)
    monkeypatch.setattr(in_turn, "is_at_rest", lambda _app: False)

    async def story(work: AtWork) -> None:
        await at_once(work, "enter", "enter")
        assert kinds(work) == [(Kind.TOUCH, names("en")[0])]

    play(new_file(tmp_path, "en"), "en", story, SMALL)
