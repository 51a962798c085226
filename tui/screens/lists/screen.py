"""The Lists screen: whom to follow up, why, and the contact under the cursor in hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.lists import PROPOSAL
from rules.wording import N_
from store import lists
from store.lists import ListCount, list_counts
from tui.keys import APP_KEYS, CONTACT_KEYS, ENTRY_KEYS, EXPORT_KEYS, LIST_KEYS, SEND_KEYS
from tui.list_words import fact_words
from tui.opening import OpenDesk
from tui.screens import questions
from tui.screens.listed import ListedContacts
from tui.screens.lists import drawing
from tui.screens.lists.entries import Entries
from tui.screens.today.drawing import usual_longest
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.wording import day_words
from tui.words import _


class ListsScreen(ListedContacts):
    """One list at a time, worked like Today."""

    NAME = "lists"
    INTRO = N_(
        "Whom to follow up, and why: the rules of the SOP put contacts onto these lists"
        " and take them off. Beside the name stands the day on which it is due; the sign"
        " is the latest reaction."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*LIST_KEYS, *ENTRY_KEYS, *EXPORT_KEYS)
    ]
    KEYS = (
        *ENTRY_KEYS,
        *CONTACT_KEYS[:SEND_KEYS],
        *APP_KEYS,
        *CONTACT_KEYS[SEND_KEYS:],
        *EXPORT_KEYS,
        *LIST_KEYS,
    )

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.hand.early = True
        self.entries = Entries(desk)
        self.counts: tuple[ListCount, ...] = ()
        self._longest = drawing.NAME

    def compose_more(self) -> ComposeResult:
        yield Lines(id="entry", classes="bar more")

    def on_mount(self) -> None:
        self._read_counts()
        busy = next((c for c in self.counts if c.due), None)
        first = busy or next((c for c in self.counts if c.total), None)
        shown = first or (self.counts[0] if self.counts else None)
        self.entries.open(None if shown is None else shown.rule)
        self.hand.take(self.contact)

    @property
    def listed(self) -> int | None:
        return None if self.entries.current is None else self.entries.current.contact

    @property
    def place(self) -> tuple[int, int]:
        return self.entries.cursor, len(self.entries.rows)

    @property
    def shown(self) -> ListCount | None:
        """The list that is open."""
        rule = self.entries.rule
        return next((c for c in self.counts if rule is not None and c.rule.id == rule.id), None)

    def reread(self, contact: int | None, stage: str | None) -> None:  # noqa: ARG002 - lists
        self._read_counts()
        shown = self.shown or (self.counts[0] if self.counts else None)
        self.entries.open(None if shown is None else shown.rule, contact)

    def action_move(self, by: int) -> None:
        """Moves the cursor; an entry that was dealt with leaves the list as the cursor does."""
        if self.visiting is not None:
            self.action_back()
            return
        row = self.entries.current
        if row is None:
            return
        self.say("")
        if self.hand.phase == "copied":
            self.say(_("{name}: copied, not confirmed as sent", name=self.hand.name), "warning")
        if not self.entries.is_settled(row):
            self.entries.move(by)
            self.query_one(QueueList).move_to(self.entries.cursor)
            self.hand.take(self.contact)
            self.redraw_contact()
            return
        self.entries.leave_current()
        if by < 0:
            self.entries.move(by)
        self.hand.take(self.contact)
        self.redraw()

    def action_tab(self, by: int) -> None:
        """Left and right: the lists in the SOP's order."""
        names = [count.rule.id for count in self.counts]
        if not names:
            return
        rule = self.entries.rule
        place = names.index(rule.id) if rule is not None and rule.id in names else 0
        self.visiting = None
        self._read_counts()
        self.entries.open(self.counts[(place + by) % len(names)].rule)
        self.hand.take(self.contact)
        self.say("")
        self.redraw()

    def action_settle(self) -> None:
        """Dealt with; on the list of proposals, the proposed stage is accepted."""
        contact, rule = self.contact, self.entries.rule
        if contact is None or rule is None or self.is_bounce(f"{contact}settle"):
            return
        accept = self._accept if rule.id == PROPOSAL else self._settle
        self.attempt(lambda: accept(contact, rule.id))

    def _settle(self, contact: int, name: str) -> None:
        desk = self.desk
        lists.follow_up(desk.db, desk.shift, desk.clock(), contact, name)
        self.say_done(_("dealt with") + self._due_again())
        self.after_write()

    def _accept(self, contact: int, _name: str) -> None:
        desk = self.desk
        done = lists.accept_stage(desk.db, desk.shift, desk.clock(), contact)
        stage = fact_words("stage", done.state.stage, desk.shift.sop)
        told = _("now {stage}", stage=stage)
        if done.state.next_due is not None:
            told += " · " + _("next on {day}", day=day_words(done.state.next_due))
        self.say_done(told)
        self.after_write()

    def action_decline(self) -> None:
        contact, rule = self.contact, self.entries.rule
        if contact is None or rule is None or self.is_bounce(f"{contact}decline"):
            return
        if rule.id != PROPOSAL:
            self.say(_("Only a proposed stage is declined; F12 says that an entry is dealt with."))
            self.redraw_contact()
            return
        self.attempt(lambda: self._decline(contact))

    def _decline(self, contact: int) -> None:
        desk = self.desk
        lists.decline_stage(desk.db, desk.shift, desk.clock(), contact)
        told = _("stays; not proposed again before something new is heard")
        self.say_done(told)
        self.after_write()

    def action_postpone(self) -> None:
        """Puts the entry off, not the message: the steps of the SOP keep their days."""
        contact, rule = self.contact, self.entries.rule
        if contact is None or rule is None:
            return
        today = self.desk.clock().day

        def decided(day: str | None) -> None:
            found = questions.day_of(day, today)
            if found is not None:
                self.attempt(lambda: self._put_off(contact, rule.id, found))

        self.app.push_screen(questions.postponement(lambda: self.hand.name, today), decided)

    def _put_off(self, contact: int, name: str, day: int) -> None:
        desk = self.desk
        lists.put_off(desk.db, desk.shift, desk.clock(), contact, name, day)
        self.say_done(_("entry put off") + self._due_again())
        self.after_write()

    def _due_again(self) -> str:
        """When the entry under the cursor is due after what was just written."""
        row = self.entries.current
        fresh = None if row is None else self.entries.fresh(row)
        if fresh is None:
            return ""
        return " · " + _("due again on {day}", day=day_words(fresh.due))

    def action_export(self) -> None:
        """Writes the whole list into a file, not only the rows that were read so far."""
        # Imported when asked for: the start does not wait for CSV and XLSX.
        from tui import list_words
        from tui.screens.exporting import Table, ask_and_write

        rule, shown = self.entries.rule, self.shown
        if rule is None or shown is None:
            return

        def rows() -> Iterator[tuple[str, ...]]:
            found = list_words.entry_rows(self.desk, rule)
            return (list_words.cells(self.desk, rule, row) for row in found)

        ask_and_write(self, Table(f"list-{rule.id}", list_words.headings(), shown.total, rows))

    def after_write(self) -> None:
        self.hand.read_again()
        if self.visiting is None:
            self.entries.refresh_current()
        self._read_counts()
        self.redraw()

    def _read_counts(self) -> None:
        desk = self.desk
        day = desk.clock().day
        self.counts = list_counts(desk.db, desk.shift.operator, desk.shift.sop, day)

    def redraw(self) -> None:
        """Draws everything anew: one frame, no layout."""
        queue, tabs = self.query_one(QueueList), self.query_one("#progress", Lines)
        rule = self.entries.rule
        tabs.draw([drawing.tabs_line(self.counts, rule.id if rule else None, tabs.size.width)])
        queue.border_title = Content(show(drawing.title(self.shown, queue.size.width - 4)))
        rows = self.entries.rows
        self._longest = usual_longest([row.name for row in rows])
        nobody = () if rows else drawing.empty_lines(rule, self.counts, queue.size.width)
        queue.show_rows(len(rows), self.entries.cursor, nobody)
        self.redraw_contact()

    def redraw_contact(self) -> None:
        super().redraw_contact()
        self.query_one(QueueList).refresh_row(self.entries.cursor)
        reason = self.query_one("#entry", Lines)
        row = self.entries.current if self.visiting is None else None
        sop = self.desk.shift.sop
        reason.draw([drawing.reason_line(self.entries.rule, row, sop, reason.size.width)])

    def row_line(self, index: int, width: int) -> Line:
        row = self.entries.rows[index]
        mark, today = self.hand.sign_of(row.contact), self.desk.clock().day
        gone = row.contact in self.entries.gone
        sop, longest = self.desk.shift.sop, self._longest
        return drawing.row_line(row, sop, today, mark, width, gone=gone, longest=longest)
