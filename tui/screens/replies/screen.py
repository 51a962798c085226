"""The Replies screen: sent and not yet answered, the contact under the cursor in hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content

from rules.nouns import Kind, Reaction
from rules.plain_text import keep, line_ends
from rules.wording import N_
from scripts.reading.pasted import Message, messages
from store.people import find as find_people
from store.profiles import profile_of
from store.replies import Awaiting, awaiting
from store.verbs import Done
from tui import masking
from tui.drafts import NOBODY, PASTED
from tui.keys import APP_KEYS, CONTACT_KEYS, EXPORT_KEYS, FILTER_KEYS, LIST_KEYS, SEND_KEYS
from tui.opening import OpenDesk
from tui.screens import questions
from tui.screens.dialogs import Found, PickDialog
from tui.screens.listed import ListedContacts
from tui.screens.replies import drawing
from tui.screens.replies.pasted import Pasted, PastedReplies
from tui.show import show
from tui.sop_names import content_name
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _

if TYPE_CHECKING:
    from scripts.reading.reading import Reading

PASTE_LIMIT = 40_000
"""Characters of a paste of several replies."""
MOST_PASTED = 200
"""Replies of one paste that are gone through."""


def shown(name: str) -> str:
    """A contact's name in a window's title."""
    return show(masking.name(name), 24, empty=_("(no name)"))


class RepliesScreen(ListedContacts):
    """Each contact's latest message of the last days; a reaction is one key."""

    NAME = "replies"
    INTRO = N_(
        "What you sent in the last days, the newest of each contact: those who have not"
        " answered come first. A digit logs what came back; several replies pasted at"
        " once are gone through one by one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*LIST_KEYS, *FILTER_KEYS, *EXPORT_KEYS)
    ]
    KEYS = (
        *CONTACT_KEYS[:SEND_KEYS],
        *APP_KEYS,
        *FILTER_KEYS,
        *EXPORT_KEYS,
        *CONTACT_KEYS[SEND_KEYS:],
        *LIST_KEYS,
    )

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.rows: tuple[Awaiting, ...] = ()
        self.cursor = 0
        self._needs = drawing.Needs()

    def on_mount(self) -> None:
        self.reread(None, None)
        self.hand.take(self.contact)
        self.call_after_refresh(self._take_up_pasted)

    @property
    def listed(self) -> int | None:
        return self.rows[self.cursor].contact if self.rows else None

    @property
    def place(self) -> tuple[int, int]:
        return self.cursor, len(self.rows)

    def reread(self, contact: int | None, stage: str | None) -> None:  # noqa: ARG002 - one list
        desk = self.desk
        since = desk.clock().day - desk.shift.settings.credit_days
        self.rows = awaiting(desk.db, desk.shift.operator, since)
        places = (i for i, row in enumerate(self.rows) if row.contact == contact)
        self.cursor = next(places, 0)

    def action_move(self, by: int) -> None:
        if self.visiting is not None:
            self.action_back()
            return
        self.cursor = max(0, min(self.cursor + by, len(self.rows) - 1))
        self.query_one(QueueList).move_to(self.cursor)
        self.hand.take(self.contact)
        self.redraw_contact()

    def action_filter(self) -> None:
        """Types some letters, sees who of the list fits, and goes there."""

        def find(text: str) -> list[Found]:
            words, needs = text.casefold().split(), self._needs
            people = find_people(self.desk.db, text, owner=self.desk.shift.operator)
            sound = {person.contact for person in people}  # by pinyin, initials or phone, too
            return [
                Found(str(row.contact), partial(drawing.row_line, row, self._title(row), needs))
                for row in self.rows
                if row.contact in sound
                or all(w in f"{row.name} {row.remark} {row.company}".casefold() for w in words)
            ]

        def decided(contact: str | None) -> None:
            if contact:
                self.visiting = None
                place = next(i for i, r in enumerate(self.rows) if r.contact == int(contact))
                self.action_move(place - self.cursor)

        hint = _("TEXT: type to filter, ↑↓ choose, Enter goes there · Esc goes back")
        nothing = _("Nobody of this list is called so. Esc, then / finds anyone.")
        self.app.push_screen(PickDialog(_("Filter the replies"), find, nothing, hint), decided)

    def text_arrived(self, text: str) -> None:
        """One line is a reply of the contact in hand; several are gone through one by one."""
        found = messages(keep(line_ends(text), PASTE_LIMIT))
        if len(found) < 2:
            super().text_arrived(text)
            return
        self._go_through(found[:MOST_PASTED])

    def _go_through(self, found: Sequence[Message]) -> None:
        """Shows pasted messages; those still open are there again after a sudden end."""
        rows = [self._pasted(message) for message in found]
        draft = self.desk.drafts.of(PASTED, NOBODY, "")

        def keep_open() -> None:
            left = (row for row in rows if row.is_open)
            draft.keep({f"{n:03} {row.name}": row.reading.text for n, row in enumerate(left)})

        def ended(_none: None) -> None:
            draft.drop()
            self.after_write()

        keep_open()
        told = (self._log, self._refuse_for, self._find_for, keep_open, self.after_a_second())
        self.app.push_screen(PastedReplies(rows, *told), ended)

    def _take_up_pasted(self) -> None:
        """Goes on with pasted replies that were not gone through when the desk was left."""
        left = self.desk.drafts.of(PASTED, NOBODY, "").begun
        if left:
            self._go_through([Message(key[4:], text) for key, text in sorted(left.items())])

    def _pasted(self, message: Message) -> Pasted:
        """A message with its reading, and who wrote it as far as the name tells."""
        from tui.reply_reader import read_reply

        contact = self._called(message.who)
        return Pasted(read_reply(message.text, self.desk, contact), contact, message.who)

    def _called(self, who: str) -> int | None:
        """The contact of that very name; of this list before others, None when it is not clear."""
        wanted = who.casefold()
        if not wanted:
            return None
        here = [r.contact for r in self.rows if wanted in (r.name.casefold(), r.remark.casefold())]
        if not here:
            people = find_people(self.desk.db, who, owner=self.desk.shift.operator)
            here = [p.contact for p in people if wanted in (p.name.casefold(), p.remark.casefold())]
        return here[0] if len(here) == 1 else None

    def _log(self, contact: int, reaction: Reaction, reading: Reading) -> bool:
        """Logs one pasted reply with its words."""
        logged: list[Done] = []
        self.attempt(
            lambda: logged.append(self.log_reply(contact, reaction, reading.text, reading))
        )
        return bool(logged)

    def _refuse_for(
        self, contact: int, name: str, reading: Reading, written: Callable[[], None]
    ) -> None:
        """Asks why a contact is not to be contacted; the reply is the reason to begin with."""

        draft = self.desk.drafts.of(Kind.REFUSED.value, contact, name)
        draft.keep({"words": reading.text})

        def refuse(reason: str) -> None:
            self.refuse_by_reply(contact, reason, reading.text, reading)
            written()

        self.ask_with_draft(questions.refusal(lambda: shown(name), draft), draft, refuse)

    def _find_for(self, chosen: Callable[[int, str], None]) -> None:
        """Asks who wrote a pasted message."""

        def decided(contact: str | None) -> None:
            if contact:
                profile = profile_of(self.desk.db, int(contact)) or {}
                chosen(int(contact), profile.get("name", ""))

        self.app.push_screen(questions.people(self), decided)

    def action_export(self) -> None:
        """Writes what was sent in the last days, and what came of it, into a file."""
        from tui.screens.exporting import Table, ask_and_write

        sop = self.desk.shift.sop
        rows = self.rows
        headings = drawing.headings()
        told = (drawing.cells(row, self._title(row), sop) for row in rows)
        table = Table("replies", headings, len(rows), lambda: told)
        ask_and_write(self, table)

    def after_write(self) -> None:
        """The rows keep their places while somebody works; only what they say changes."""
        self.hand.read_again()
        order = {row.contact: i for i, row in enumerate(self.rows)}
        here = self.listed
        since = self.desk.clock().day - self.desk.shift.settings.credit_days
        fresh = awaiting(self.desk.db, self.desk.shift.operator, since)
        self.rows = tuple(sorted(fresh, key=lambda row: order.get(row.contact, -1)))
        places = (i for i, row in enumerate(self.rows) if row.contact == here)
        self.cursor = next(places, min(self.cursor, max(0, len(self.rows) - 1)))
        self.redraw()

    def redraw(self) -> None:
        """Draws everything anew: one frame, no layout."""
        queue = self.query_one(QueueList)
        self._needs = drawing.needs_of(self.rows)
        days = self.desk.shift.settings.credit_days
        queue.border_title = Content(_("Sent in the last {days} days", days=f"{days:d}"))
        nobody = () if self.rows else drawing.empty_lines(days, queue.size.width)
        queue.show_rows(len(self.rows), self.cursor, nobody)
        progress = self.query_one("#progress", Lines)
        progress.draw([drawing.progress_line(self.rows, progress.size.width)])
        self.redraw_contact()

    def row_line(self, index: int, width: int) -> Line:
        row = self.rows[index]
        return drawing.row_line(row, self._title(row), self._needs, width)

    def _title(self, row: Awaiting) -> str:
        return content_name(self.desk.db, self.desk.shift.sop, row.content)
