"""Driving an app in a test without guessing when it is at rest.

The pilot that comes with Textual judges by the CPU time of the process, so it
returns too early on a starved machine. Here the loop runs until every message
pump waits for its next message and the screen is clean. Timers that have yet
to fire and worker threads are not waited for.
"""

from __future__ import annotations

import asyncio
from operator import attrgetter
from typing import Any

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, key_to_character
from textual.pilot import Pilot
from textual.screen import Screen

from tui.in_turn import TURNS, is_at_rest

DEADLINE = 30.0
"""Seconds after which an app is taken to never come to rest."""

_CHARACTERS = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b"}
_NAMES = {" ": "space", "/": "slash", "\r": "enter", "\t": "tab", "?": "question_mark"}


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Presses keys by Textual's names of them, each when the one before is done with."""
    for key in keys:
        name = _NAMES.get(key, key)
        character = _CHARACTERS.get(name) or key_to_character(REPLACED_KEYS.get(name, name))
        await post(pilot, events.Key(name, character))


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Brings a text as a paste does."""
    await post(pilot, events.Paste(text))


async def post(pilot: Pilot[Any], event: events.Event) -> None:
    """Gives the app an event as its driver would, and waits until it is done with."""
    event.set_sender(pilot.app)
    pilot.app.post_message(event)
    await settle(pilot)


async def settle(pilot: Pilot[Any]) -> None:
    """Runs the loop until nothing is left to do and the screen shows what is to be shown.

    Returns at once when the app has failed or ended: `run_test` raises the
    failure when it is left.
    """
    app = pilot.app
    failed: asyncio.Event = attrgetter("_exception_event")(app)  # its annotation is no type
    loop = asyncio.get_running_loop()
    deadline = loop.time() + DEADLINE
    turns_at_rest = 0
    while turns_at_rest < TURNS and app.is_running and not failed.is_set():
        assert loop.time() < deadline, "the app does not come to rest"
        await asyncio.sleep(0)
        at_rest = is_at_rest(app) and not _paint(app)
        turns_at_rest = turns_at_rest + 1 if at_rest else 0


def screen_text(app: App[Any]) -> list[str]:
    """The lines on the screen, without blanks at their ends."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def _paint(app: App[Any]) -> bool:
    """Paints at once what waits for the next frame; whether anything did.

    Of the screens behind a window first: what changed there is drawn by the window.
    """
    behind = [screen for screen in app._background_screens if _waits(screen)]
    for screen in behind:
        screen._on_timer_update()
    shown: Screen[Any] = app.screen
    waiting = bool(_waits(shown) or shown._repaint_required or shown._callbacks)
    if waiting:
        shown._on_timer_update()
    return waiting or bool(behind)


def _waits(screen: Screen[Any]) -> bool:
    """Whether parts of a screen wait to be drawn; one behind a window asks for itself always."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._recompose_required
        or screen._dirty_widgets
    )
