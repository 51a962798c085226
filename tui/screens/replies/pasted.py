"""Several replies pasted at once: each with its proposal, confirmed one by one.

Nothing is logged without a key, and none of the keys acts within the second in
which the paste came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from rules.nouns import REACTION_KEYS, Reaction, Status
from tui import masking
from tui.reading_words import REFUSAL, enter_words, proposal_line, why_words
from tui.screens.window import Window
from tui.show import pad, show
from tui.widgets.lines import Line, Lines, Wrapped
from tui.wording import SIGNS, reaction_word, status_word
from tui.words import _

if TYPE_CHECKING:
    from scripts.reading.reading import Reading

NAME, PROPOSAL = 14, 22
ROWS = 12


@dataclass
class Pasted:
    """One pasted message on its way into the log."""

    reading: Reading
    contact: int | None
    name: str
    """Of the contact; as it was pasted while nobody is called so."""
    logged: Reaction | None = None
    refused: bool = False
    """Logged as do not contact."""
    skipped: bool = False

    @property
    def is_open(self) -> bool:
        return self.logged is None and not self.skipped


Log = Callable[[int, Reaction, "Reading"], bool]
"""Logs the reaction to a reply; whether it was written."""
Refuse = Callable[[int, str, "Reading", Callable[[], None]], None]
"""Asks why a contact of that name is not to be contacted; the last argument runs once written."""
FindContact = Callable[[Callable[[int, str], None]], None]
"""Asks for a contact and hands over the id and name that were chosen."""


class PastedReplies(Window[None]):
    """The list of what was pasted."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("enter", "ask", show=False),
        Binding("space", "skip", show=False),
        Binding("tab,slash", "assign", show=False, priority=True),
        Binding(REFUSAL, "refuse", show=False),
        *(Binding(digit, f"log('{r.value}')", show=False) for digit, r in REACTION_KEYS.items()),
    ]

    def __init__(
        self,
        rows: Sequence[Pasted],
        log: Log,
        refuse: Refuse,
        find: FindContact,
        changed: Callable[[], None],
        awake: Callable[[], bool],
    ) -> None:
        """`changed` is called whenever a row is open no more, or is somebody else's."""
        super().__init__()
        self.rows, self._log, self._refuse, self._changed = rows, log, refuse, changed
        self._find, self._awake = find, awake
        self.cursor = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide") as dialog:
            dialog.border_title = Content(_("Replies that were pasted"))
            yield Lines(id="found")
            yield Wrapped(id="why", classes="hint")
            yield Wrapped(id="hint", classes="hint")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def draw_anew(self) -> None:
        self._draw()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, len(self.rows) - 1))
        self._draw()

    def action_ask(self) -> None:
        """Enter logs nothing here either: it asks who wrote it, or says which key logs it."""
        row = self.rows[self.cursor]
        if not self._awake() or not row.is_open:
            return
        if row.contact is None:
            self.action_assign()
        else:
            self.query_one("#hint", Wrapped).draw([((enter_words(row.reading), "warning"),)])

    def action_log(self, value: str) -> None:
        """Logs the row; one that nobody is assigned to asks for the contact first."""
        row = self.rows[self.cursor]
        if not self._awake() or not row.is_open:
            return
        if row.contact is None:
            self.action_assign()
        elif self._log(row.contact, Reaction(value), row.reading):
            row.logged = Reaction(value)
            self._go_on()

    def action_refuse(self) -> None:
        """Do not contact, once a reason was given; the reply stands in its field."""
        row = self.rows[self.cursor]

        def written() -> None:
            row.logged, row.refused = Reaction.REJECTING, True
            self._go_on()

        if not self._awake() or not row.is_open:
            return
        if row.contact is None:
            self.action_assign()
        else:
            self._refuse(row.contact, row.name, row.reading, written)

    def action_skip(self) -> None:
        row = self.rows[self.cursor]
        if self._awake() and row.logged is None:
            row.skipped = not row.skipped
            self._changed()
            self._go_on() if row.skipped else self._draw()

    def action_assign(self) -> None:
        """Says who wrote it, and every other message under the same name."""
        row = self.rows[self.cursor]

        def chosen(contact: int, name: str) -> None:
            told = row.name
            for other in self.rows:
                same = other is row or (told and other.name == told and other.contact is None)
                if same and other.is_open:
                    other.contact, other.name = contact, name
            self._changed()
            self._draw()

        if self._awake() and row.is_open:
            self._find(chosen)

    def _go_on(self) -> None:
        """To the next row that is open; when there is none, all is done."""
        places = [i for i, row in enumerate(self.rows) if row.is_open]
        self._changed()
        if not places:
            self.dismiss(None)
            return
        self.cursor = next((i for i in places if i > self.cursor), places[0])
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#found", Lines)
        height = max(1, pane.size.height)
        top = max(0, self.cursor - height + 1)
        pane.draw(
            [
                _row_line(row, place == self.cursor, pane.size.width)
                for place, row in enumerate(self.rows[top : top + height], top)
            ]
        )
        row = self.rows[self.cursor]
        self.query_one("#why", Wrapped).draw([((why_words(row.reading), "plain"),)])
        told = _(
            "The digit logs it: the one proposed, or another of 1 to 4, 0, 9 · Tab who"
            " · Space skips · Esc ends"
        )
        self.query_one("#hint", Wrapped).draw([((told, "dim"),)])


def _row_line(row: Pasted, here: bool, width: int) -> Line:
    sign = ("▌", "accent") if here else (" ", "plain")
    if row.logged is not None:
        meant = status_word(Status.DO_NOT_CONTACT) if row.refused else reaction_word(row.logged)
        told = (pad(f"✓ {SIGNS[row.logged]} {meant}", PROPOSAL), "success")
    elif row.skipped:
        told = (pad(_("skipped"), PROPOSAL), "dim")
    else:
        look = row.reading.reaction.value if row.reading.reaction else "dim"
        told = (pad(proposal_line(row.reading), PROPOSAL), look)
    name = pad(masking.name(row.name), NAME, empty=_("who?"))
    known = (name, "strong" if row.contact is not None else "warning")
    text = show(
        masking.words(row.reading.text, {"name": row.name}), max(8, width - NAME - PROPOSAL - 4)
    )
    return (sign, known, (" ", "plain"), told, (" " + text, "plain"))
