"""The pages of the Cleaning screen: what was found, what is ticked, how it is drawn.

Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from rules.duplicates import Likeness
from store import derived
from store.duplicates import Pair
from store.keeping import KeptLong
from store.profiles import profile_of
from store.throw_away import Suspect
from tui import masking
from tui.in_front import in_front
from tui.opening import OpenDesk
from tui.screens.cleaning import drawing
from tui.screens.cleaning.drawing import ACCOUNTS, KEPT, PERHAPS, SURE, Side
from tui.screens.cleaning.finding import Found, key_of, look
from tui.screens.list_screen import PANE_EDGE, ReadingScreen
from tui.screens.tabs import tab_line
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _

REST = 8
"""Rows of the screen that are neither rows of the list nor of the pane below it."""
MEASURED = 200
"""Rows of a page whose names are measured."""


class Pages(ReadingScreen):
    """Four pages of what a pass found, the row under the cursor told in full."""

    @dataclass
    class Looked(Message):
        """The pass over all contacts ended."""

        found: Found

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.page = SURE
        self._name_size = drawing.LONGEST_NAME
        self.looking = False
        self.stale = True
        """What was found may be otherwise by now; not after a dialog of this screen's own."""
        self.backed_up = False
        """Whether a backup was made before the first pair was merged."""
        self.pairs: list[tuple[Likeness, Pair]] = []
        self.suspects: list[Suspect] = []
        self.left_out: set[Pair] = set()
        """Sure pairs that are not ticked."""
        self.chosen: set[int] = set()
        """Accounts that are ticked; none is before somebody ticks it."""
        self.kept: list[KeptLong] = []
        self.to_erase: set[int] = set()
        """Contacts that are ticked for erasure; nobody is at first."""

    def tabs(self) -> Line:
        return tab_line(self.NAME, _("Cleaning"))

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="progress", classes="bar")
        with Vertical(id="panes"):
            queue = QueueList(self._row, id="pairs")
            queue.add_class("pane")
            yield queue
            yield Lines(id="detail", classes="pane")

    @property
    def shown_pairs(self) -> list[tuple[Likeness, Pair]]:
        """The pairs of the page."""
        return [entry for entry in self.pairs if entry[0].alike.value == self.page]

    @property
    def place(self) -> tuple[int, int]:
        shown = {ACCOUNTS: len(self.suspects), KEPT: len(self.kept)}
        return self.cursor, shown.get(self.page, len(self.shown_pairs))

    def read(self) -> None:
        """Looks through all contacts in a thread, over a connection that only reads."""
        if self.stale and not self.looking:
            self.looking, self.stale = True, False
            self.run_worker(self._look, thread=True)

    def on_screen_suspend(self) -> None:
        shown = in_front(self.app)
        self.stale = self.stale or (shown is not None and not shown.is_modal)

    def _look(self) -> None:
        desk = self.desk
        self.post_message(self.Looked(look(desk.path, desk.shift, desk.clock().day)))

    def on_pages_looked(self, event: Looked) -> None:
        self.looking = False
        self.pairs, self.suspects = [*event.found.pairs], [*event.found.suspects]
        self.kept = [*event.found.kept]
        self.to_erase &= {one.contact for one in self.kept}
        self.cursor = max(0, min(self.cursor, self.place[1] - 1))
        self.redraw()

    @property
    def told_rows(self) -> int:
        """More of it where the list is short, nothing below an empty one."""
        if not self.place[1]:
            return 0
        rows = min(self.place[1], self.size.height * 2 // 5)
        return max(8, self.size.height - rows - REST)

    def redraw(self) -> None:
        self.make_room()
        queue, tabs = self.query_one(QueueList), self.query_one("#progress", Lines)
        counts = {
            **{page: sum(p.alike.value == page for p, _ in self.pairs) for page in (SURE, PERHAPS)},
            ACCOUNTS: len(self.suspects),
            KEPT: len(self.kept),
        }
        tabs.draw([drawing.tabs_line(self.page, {} if self.looking else counts)])
        self._name_size = drawing.name_size(self._names())
        queue.border_title = Content(show(drawing.page_word(self.page)))
        count = self.place[1]
        scored = _("figures: how alike, of 100") if count and self.page in (SURE, PERHAPS) else ""
        queue.border_subtitle = Content(scored)
        months = self.desk.shift.settings.retention_months
        nothing = drawing.empty_lines(
            self.page, looking=self.looking, months=months, width=queue.size.width
        )
        queue.show_rows(count, self.cursor, () if count else nothing)
        self.draw_told()

    def draw_told(self) -> None:
        detail = self.query_one("#detail", Lines)
        width = self.size.width - PANE_EDGE  # the pane may just have come, without a size yet
        lines: list[Line] = []
        entry, suspect, kept = self._pair(), self._suspect(), self._kept()
        if entry is not None:
            sides = [self._side(contact) for contact in entry[1]]
            if sides[0] is not None and sides[1] is not None:
                lines = drawing.pair_lines(entry[0], (sides[0], sides[1]), width)
        elif suspect is not None:
            lines = drawing.account_lines(suspect, width)
        elif kept is not None:
            lines = drawing.kept_lines(kept, self.desk.shift.settings.retention_months, width)
        detail.draw(lines)
        count = self.place[1]
        self.draw_bars(drawing.hint(self.page, self._count()) if count else "")

    def _count(self) -> int:
        if self.page == KEPT:
            return len(self.to_erase)
        return len(self._chosen() if self.page == ACCOUNTS else self._ticked())

    def _pair(self) -> tuple[Likeness, Pair] | None:
        shown = self.shown_pairs
        return shown[self.cursor] if self.cursor < len(shown) else None

    def _kept(self) -> KeptLong | None:
        here = self.page == KEPT and self.cursor < len(self.kept)
        return self.kept[self.cursor] if here else None

    def _suspect(self) -> Suspect | None:
        here = self.page == ACCOUNTS and self.cursor < len(self.suspects)
        return self.suspects[self.cursor] if here else None

    def _side(self, contact: int) -> Side | None:
        state = derived.state_of(self.desk.db, contact)
        profile = profile_of(self.desk.db, contact)
        return None if state is None or profile is None else (profile, state)

    def _row(self, index: int, width: int) -> Line:
        if self.page == ACCOUNTS:
            suspect = self.suspects[index]
            mark = self._mark(suspect.contact in self.chosen)
            return drawing.account_line(suspect, mark, self._name_size, width)
        if self.page == KEPT:
            kept = self.kept[index]
            mark = "✗" if kept.contact in self.to_erase else " "
            return drawing.kept_line(kept, mark, self._name_size, width)
        pair, order = self.shown_pairs[index]
        mark = self._mark(key_of(pair) not in self.left_out) if self.page == SURE else " "
        return drawing.pair_line(pair, self._named(order), mark, self._name_size, width)

    def _named(self, order: Pair) -> tuple[str, str]:
        """Both names of a pair, masked if need be."""
        one, two = (profile_of(self.desk.db, contact) or {} for contact in order)
        return masking.name(one.get("name", "")), masking.name(two.get("name", ""))

    def _names(self) -> list[str]:
        """The names that the page begins with: its column is made for them."""
        if self.page == ACCOUNTS:
            return [drawing.account_name(one) for one in self.suspects[:MEASURED]]
        if self.page == KEPT:
            return [drawing.kept_name(one) for one in self.kept[:MEASURED]]
        return [name for _p, order in self.shown_pairs[:MEASURED] for name in self._named(order)]

    def _mark(self, ticked: bool) -> str:
        return "✓" if ticked else "·"

    def _ticked(self) -> list[Pair]:
        shown = [key_of(pair) for pair, _order in self.shown_pairs]
        return [entry for entry in shown if entry not in self.left_out]

    def _chosen(self) -> list[int]:
        return [s.contact for s in self.suspects if s.contact in self.chosen]
