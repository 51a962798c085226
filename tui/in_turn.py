"""What a terminal sends, given to the app in turn: each when what came before is dealt with.

Textual passes a key to whatever is in front when the key arrives, and opens a
dialog some turns of the loop later. Of keys that wait together, because the
machine was busy for a moment, the digits of `/ 1 3 8` would so be reactions on
the screen behind the search. Invariant: a key reaches what the one before it
led to.

Private parts of Textual used, held by a test: the `_message_queue` of a message
pump with its `ready_event`, and `_next_callbacks`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message

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

    def add(self, found: Iterable[Message]) -> None:
        """More messages, behind all that wait."""
        self._waiting.extend(found)
        if self._giving is None and self._waiting:
            self._giving = asyncio.create_task(self._give_all())

    async def _give_all(self) -> None:
        try:
            while self._waiting:
                if not isinstance(self._waiting[0], events.MouseMove):
                    await come_to_rest(self._app)
                self._give(self._waiting.popleft())
        finally:
            self._giving = None


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
