"""The app is at rest when the helpers say so, and the screen shows it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tests.pilot import paste, press, screen_text, settle


class Relay(Static):
    """Hands a message on so many times before it shows it."""

    class Handed(Message):
        def __init__(self, times: int) -> None:
            super().__init__()
            self.times = times

    async def on_relay_handed(self, message: Handed) -> None:
        message.stop()
        await asyncio.sleep(0)
        if message.times:
            self.post_message(self.Handed(message.times - 1))
        else:
            self.call_after_refresh(self.update, "张伟 arrived")


class Question(ModalScreen[None]):
    BINDINGS = [("escape", "dismiss")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static("a question")


class Small(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []

    def compose(self) -> ComposeResult:
        yield Relay("waiting")
        yield Input(disabled=True)

    def on_key(self, event: events.Key) -> None:
        self.pressed.append(event.key)
        if event.key == "1":
            self.query_one(Relay).post_message(Relay.Handed(20))
        elif event.key == "2":
            self.push_screen(Question())
        elif event.key == "3":
            self.query_one(Input).disabled = False
            self.query_one(Input).focus()
        elif event.key == "4":
            raise ValueError("broken")


def run(coroutine: Any) -> None:
    asyncio.run(coroutine)


def test_settle_waits_for_what_follows_from_a_key() -> None:
    async def story() -> None:
        async with Small().run_test() as pilot:
            await settle(pilot)
            assert screen_text(pilot.app)[0] == "waiting"
            await press(pilot, "1")
            assert screen_text(pilot.app)[0] == "张伟 arrived"

    run(story())


def test_a_screen_that_opened_is_there_at_once() -> None:
    async def story() -> None:
        async with Small().run_test() as pilot:
            await press(pilot, "2")
            assert "a question" in "\n".join(screen_text(pilot.app))
            await press(pilot, "escape")
            assert screen_text(pilot.app)[0] == "waiting"

    run(story())


def test_keys_have_textuals_names_and_characters() -> None:
    async def story() -> None:
        async with Small().run_test() as pilot:
            await press(pilot, "/", "space", "enter", "f1", "好")
            assert isinstance(pilot.app, Small)
            assert pilot.app.pressed == ["slash", "space", "enter", "f1", "好"]
            await press(pilot, "3", "a", "/", " ", "好")
            await paste(pilot, "，行")
            assert pilot.app.query_one(Input).value == "a/ 好，行"

    run(story())


def test_a_failure_in_a_handler_is_not_hidden() -> None:
    async def story() -> None:
        async with Small().run_test() as pilot:
            await press(pilot, "4")

    with pytest.raises(ValueError, match="broken"):
        run(story())
