"""The widget of the keys below the panes."""

from __future__ import annotations

from collections.abc import Sequence

from tui.keys import Key
from tui.widgets.bars import bar_rows
from tui.widgets.lines import Lines


class KeyBar(Lines):
    """The keys of the screen, as many rows as they need, and no more than there is room for."""

    most: int | None = None
    """Rows at most; None without a limit but the bar's own."""

    def show_keys(self, keys: Sequence[Key], marked: str = "") -> None:
        """Lays the keys out for the width there is. `marked` is the sign of a proposed key."""
        rows = bar_rows(keys, self.size.width, marked)[: self.most]
        self.styles.height = max(1, len(rows))
        self.draw(rows)
