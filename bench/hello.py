"""The floor of the app: an empty Textual app with one line that changes on every key."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Counts keys."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0

    def compose(self) -> ComposeResult:
        line = Static("hello 0")
        line.styles.height = 1
        yield line

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.keys += 1
        line = self.query_one(Static)
        line.update(f"hello {self.keys}", layout=False)


if __name__ == "__main__":
    Hello().run()
