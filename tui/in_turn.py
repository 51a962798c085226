"""What a terminal sends, given to the app in turn: each when what came before is dealt with.

Textual passes a key to whatever is in front when the key arrives, and opens a
dialog some turns of the loop later. Of keys that wait together, because the
machine was busy for a moment, the digits of `/ 1 3 8` would so be reactions on
the screen behind the search. Invariant: a key reaches what the one before it
led to. Of an Enter that is held down one is given (`tui.held_keys`).

Private parts of Textual used, held by a test: the `_message_queue` of a message
pump with its `ready_event`, and `_next_callbacks`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from operator import attrgetter
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message

from tui.held_keys import REPEAT_GAP, Enters, Press

TURNS = 3
"""Turns of the loop at rest in a row: what was called soon has run by then."""
MOST_TURNS = 5_000
"""Turns after which nothing is waited for any more; a fraction of a second."""

Give = Callable[[Message], None]


class InTurn:
    """The messages of one driver on their way to its app; lives in the app's loop."""

    def __init__(self, app: App[Any], give: Give) -> None:
        self._app, self._give = app, give
        self._waiting: deque[Message] = deque()
        self._giving: asyncio.Task[None] | None = None
        self._came = asyncio.Event()
        self._enters = Enters()

    def add(self, found: Iterable[Message]) -> None:
        """More messages, behind all that wait."""
        self._waiting.extend(found)
        self._came.set()
        if self._giving is None and self._waiting:
            self._giving = asyncio.create_task(self._give_all())

    async def _give_all(self) -> None:
        try:
            while self._waiting:
                if not isinstance(self._waiting[0], events.MouseMove):
                    await come_to_rest(self._app)
                repeated = await self._is_repeated(self._waiting[0])
                message = self._waiting.popleft()
                if not repeated:
                    self._give(message)
        finally:
            self._giving = None

    async def _is_repeated(self, message: Message) -> bool:
        """Whether it is an Enter that nobody pressed; some are known by what follows them."""
        if not _is_enter(message):
            if isinstance(message, events.Key | events.Paste):
                self._enters.other_key()
            return False
        press = self._enters.press(message.time)
        if getattr(self._app, "text_mode", False):
            return False  # in a field it only goes on to the next
        if press is not Press.OPEN:
            return press is Press.REPEATED
        if len(self._waiting) == 1:
            self._came.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._came.wait(), REPEAT_GAP)
        then = self._waiting[1] if len(self._waiting) > 1 else None
        return (
            then is not None
            and _is_enter(then)
            and self._enters.begins_train(message.time, then.time)
        )


def _is_enter(message: Message) -> bool:
    return isinstance(message, events.Key) and message.key == "enter"


async def come_to_rest(app: App[Any]) -> None:
    """Waits until the app has dealt with all it was given, or `MOST_TURNS` have passed."""
    resting = 0
    for _ in range(MOST_TURNS):
        await asyncio.sleep(0)
        resting = resting + 1 if is_at_rest(app) else 0
        if resting == TURNS:
            return


def is_at_rest(app: App[Any]) -> bool:
    """Whether everything that is shown, and the app, waits for its next message."""
    return not any(map(_is_at_work, _pumps(app)))


def _pumps(app: App[Any]) -> Iterator[DOMNode]:
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def _is_at_work(pump: DOMNode) -> bool:
    ready: asyncio.Event = attrgetter("_message_queue.ready_event")(pump)
    waiting = not ready.is_set() and bool(attrgetter("_waiters")(ready))
    return not waiting or bool(pump._next_callbacks)
