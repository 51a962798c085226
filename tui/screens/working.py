"""Work that takes longer than a frame, behind a small window that waits for it.

The work runs in a thread with the desk's one connection; while the window
stands no other key reaches the desk, so nobody else uses the connection. Esc,
and leaving the app, make the rows end in `Cancelled`, which takes the whole
transaction back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen

from rules.wording import DeskError
from tui.show import show
from tui.widgets.lines import Line, Lines, Wrapped
from tui.words import _

T = TypeVar("T")
Row = TypeVar("Row")
REDRAW = 0.1
"""Seconds between two looks at how far the work has come."""


class Cancelled(Exception):
    """Somebody asked the work to stop; nothing of it stays."""


class Watch:
    """How far a work has come, and whether it shall stop."""

    def __init__(self) -> None:
        self.done = 0
        self._stop = Event()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        self._stop.set()

    def look(self) -> None:
        """Raises Cancelled after `stop`: for who waits for the next row."""
        if self._stop.is_set():
            raise Cancelled

    def each(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, counted; raises Cancelled at the next one after `stop`."""
        for row in rows:
            self.look()
            self.done += 1
            yield row


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of a work; with neither value nor error it was cancelled."""

    value: T | None = None
    error: DeskError | None = None


def outcome_of(work: Callable[[Watch], T], watch: Watch) -> Outcome[T]:
    """Does the work here and now."""
    try:
        return Outcome(work(watch))
    except Cancelled:
        return Outcome()
    except DeskError as error:
        return Outcome(error=error)


class WorkDialog(ModalScreen[Outcome[T]]):
    """A bar, and Esc; ends by itself with the work's outcome."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The desk's file is closed when the app ends, so the work ends before it.
        Binding("escape,ctrl+q,ctrl+c", "cancel", show=False, priority=True),
    ]

    @dataclass
    class Ended(Message):
        """The work is over."""

        outcome: Outcome[Any]

    def __init__(
        self, title: str, work: Callable[[Watch], T], total: int = 0, hint: str = ""
    ) -> None:
        """`total` is about the number of rows, 0 when unknown; `hint` says what Esc does."""
        super().__init__()
        self._title, self._work, self._total, self._told = title, work, total, hint
        self.watch_work = Watch()
        self._outcome: Outcome[T] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(show(self._title))
            yield Lines(id="bar")
            yield Wrapped(id="hint", classes="hint")

    def on_mount(self) -> None:
        self.set_interval(REDRAW, self._draw)
        self.run_worker(self._run, thread=True)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def on_unmount(self) -> None:
        self.watch_work.stop()

    def action_cancel(self) -> None:
        self.watch_work.stop()
        self._draw()

    def on_work_dialog_ended(self, event: Ended) -> None:
        self._outcome = event.outcome
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Ends once nothing stands above the window, which must not be lost beneath it."""
        if self._outcome is not None and self.is_current:
            self.dismiss(self._outcome)

    def _run(self) -> None:
        self.post_message(self.Ended(outcome_of(self._work, self.watch_work)))

    def _draw(self) -> None:
        bar = self.query_one("#bar", Lines)
        bar.draw([progress(self.watch_work.done, self._total, bar.size.width)])
        told = _("Stopping …") if self.watch_work.stopped else self._told
        self.query_one("#hint", Lines).draw([((show(told), "dim"),)])


def progress(done: int, total: int, width: int) -> Line:
    """A bar with the rows done; only their number where the total is unknown."""
    if total <= 0:
        return ((_("{n} rows", n=f"{done:,}") if done else "…", "plain"),)
    told = f" {min(1.0, done / total):4.0%} · " + _("{n} rows", n=f"{done:,}")
    size = max(5, min(40, width - len(told)))
    full = min(size, size * done // total)
    return (("▇" * full, "done"), ("▁" * (size - full), "rest"), (told, "plain"))
