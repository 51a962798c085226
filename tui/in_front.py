"""Which screen is shown, also asked while the app ends: its timers outlive its screens."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen


def in_front(app: App[Any]) -> Screen[Any] | None:
    """The screen that has the keys; None once the app has closed its screens."""
    return next(reversed(app.screen_stack), None)
