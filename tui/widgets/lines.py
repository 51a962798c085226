"""A pane that draws prepared lines: no layout, no markup, one frame a change.

The pieces must have passed the door of `tui.show`; colours are component
classes of `siyu.tcss`, so every theme works.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.show import ELLIPSIS, printable
from tui.widgets.contrast import READABLE, VISIBLE, legible
from tui.wrapping import wrap

Piece = tuple[str, str]
"""A text that may be drawn as it is, and the look it has."""
Line = Sequence[Piece]

LOOKS = (
    "plain",
    "dim",
    "strong",
    "accent",
    "filled",
    "key",
    "cursor",
    "title",
    "masked",
    "tab",
    "done",
    "rest",
    "warning",
    "error",
    "success",
    "friendly",
    "positive",
    "exploring",
    "rejecting",
    "lost",
)
"""Each has a component class of the app: `lines--LOOK`."""
DRAWN = ("done", "rest")
"""Looks of what is no word: bars, frames, figures that are nought."""
COMPONENTS = frozenset(f"lines--{look}" for look in LOOKS)
"""They are the app's, not each pane's: Textual works out a component's style for every
widget that has it, which took longer than all else before the first picture."""


class Lines(Widget, can_focus=False):
    """Lines from the top; one that is too long ends with the sign for it.

    Where there are more lines than rows, the last row ends with it, too.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.lines: tuple[Line, ...] = ()
        self._ground: Style | None = None
        self._looks: dict[tuple[str, str], Style] = {}

    def draw(self, lines: Sequence[Line]) -> None:
        """Shows these lines from the next frame on; nothing happens when they are the same.

        A pane without any shows no frame either: see "empty" in siyu.tcss.
        """
        new = tuple(tuple(line) for line in lines)
        self.set_class(not new, "empty")
        if new != self.lines:
            self.lines = new
            self.refresh()

    def line_at(self, y: int) -> Line:
        """The line in row `y`, empty below the last."""
        return self.lines[y] if y < len(self.lines) else ()

    def render_lines(self, crop: Region) -> list[Strip]:
        # What a style is mixed from cannot change within one repaint, and it costs
        # more than the line: worked out anew only for each repaint.
        ground = self.rich_style
        if ground != self._ground:
            self._ground, self._looks = ground, {}
        return super().render_lines(crop)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks = {}

    def render_line(self, y: int) -> Strip:
        strip = self.strip_of(self.line_at(y))
        if y == self.size.height - 1 and self.goes_on():
            return self._ending(strip, " " + ELLIPSIS)
        return strip

    def goes_on(self) -> bool:
        """Whether words stand below the last row, where nobody sees them."""
        below = self.lines[self.size.height :]
        return any(text.strip() for line in below for text, _look in line)

    def strip_of(self, line: Line, under: str = "") -> Strip:
        """A line as the compositor takes it, filled up to the pane's width.

        `under` is a look that lies beneath the whole line (the cursor's).
        """
        base = self._ground or self.rich_style
        if under:
            base += self.look(under)
        segments = [Segment(printable(text), base + self.look(look, under)) for text, look in line]
        width, size = self.size.width, sum(cell_len(text) for text, _ in line)
        strip = Strip(segments, size)
        if size > width > 0 and strip.crop(width, size).text.strip():
            return self._ending(strip, ELLIPSIS)
        return strip.adjust_cell_length(width, base)

    def _ending(self, strip: Strip, sign: str) -> Strip:
        """The pane's width of a strip, the sign for what is left out at its end."""
        base = self._ground or self.rich_style
        end = Strip([Segment(printable(sign), base + self.look("dim"))], cell_len(sign))
        return Strip.join([strip.crop(0, max(0, self.size.width - end.cell_length)), end])

    def look(self, name: str, under: str = "") -> Style:
        """The colours of a look, to be laid over the pane's own or over the look `under` it."""
        known = self._looks.get((name, under))
        if known is None:
            known = self._looks[name, under] = self._mixed(name, under)
        return known

    def _mixed(self, name: str, under: str) -> Style:
        """A look with its see-through colour mixed with what lies beneath, fit to be read."""
        told = self.app.get_component_styles(f"lines--{name}")
        beneath = self.background_colors[1]
        if under:
            beneath += self.app.get_component_styles(f"lines--{under}").background
        beneath += told.background
        own = (self._ground or self.rich_style).color
        color = told.color if told.has_rule("color") or own is None else Color.from_rich_color(own)
        least = VISIBLE if name in DRAWN else READABLE
        fit = legible(beneath + color, beneath, least).rich_color
        return told.partial_rich_style + Style(color=fit)


class Wrapped(Lines):
    """Texts that are broken to the pane's width; with `height: auto` as high as they need."""

    def draw(self, lines: Sequence[Line]) -> None:
        before = self.lines
        super().draw(lines)
        if self.lines != before:
            self.refresh(layout=True)

    def line_at(self, y: int) -> Line:
        rows = self._rows(self.size.width)
        return rows[y] if y < len(rows) else ()

    def goes_on(self) -> bool:
        return False  # as high as it needs to be, or scrolled

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._rows(width))

    def _rows(self, width: int) -> list[Line]:
        pieces = (piece for line in self.lines for piece in line)
        return [((row, look),) for text, look in pieces for row in wrap(text, width)]
