"""The Cleaning screen: sure pairs merged in one go, others decided one by one, accounts paused,
and those who are kept too long erased, after a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from rules.duplicates import Likeness
from rules.wording import N_, DeskError
from store import connection, derived, merged, merging, undoing
from store.backups import Occasion
from store.duplicates import Pair, duplicates, sure_pairs, survivor_first
from store.keeping import KeptLong, erase_kept, kept_too_long
from store.profiles import profile_of
from store.throw_away import Suspect, suspects
from tui import masking
from tui.in_front import in_front
from tui.keys import APP_KEYS, EXPORT_KEYS, LIST_KEYS
from tui.opening import OpenDesk
from tui.screens import questions
from tui.screens.cleaning import drawing
from tui.screens.cleaning.drawing import ACCOUNTS, KEPT, PAGES, PERHAPS, SURE, Side
from tui.screens.cleaning.keys import CLEANING_KEYS
from tui.screens.list_screen import ReadingScreen
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.wording import erased_words, kind_word
from tui.words import _, ngettext


def key_of(pair: Likeness) -> Pair:
    return pair.one, pair.two


@dataclass(frozen=True)
class Found:
    """What a pass over all contacts found."""

    pairs: tuple[tuple[Likeness, Pair], ...] = ()
    """Each with the contact that goes on first."""
    suspects: tuple[Suspect, ...] = ()
    kept: tuple[KeptLong, ...] = ()


class CleaningScreen(ReadingScreen):
    """Four pages of what to clean; nothing is done without a key, and only an erasure is final."""

    NAME = "cleaning"
    INTRO = N_(
        "Contacts who stand on the desk twice, and accounts that nobody stands behind."
        " A merge keeps both histories, and a do-not-contact of either. Whoever was not in touch"
        " for longer than desk.yaml says is proposed for erasure, and asked about first."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*CLEANING_KEYS, *EXPORT_KEYS, *LIST_KEYS)
    ]
    KEYS = (*CLEANING_KEYS, *APP_KEYS, *EXPORT_KEYS, *LIST_KEYS)

    @dataclass
    class Looked(Message):
        """The pass over all contacts ended."""

        found: Found

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.page = SURE
        self.looking = False
        self.stale = True
        """What was found may be otherwise by now; not after a dialog of this screen's own."""
        self.pairs: list[tuple[Likeness, Pair]] = []
        self.suspects: list[Suspect] = []
        self.left_out: set[Pair] = set()
        """Sure pairs that are not ticked."""
        self.chosen: set[int] = set()
        """Accounts that are ticked; none is before somebody ticks it."""
        self.kept: list[KeptLong] = []
        self.to_erase: set[int] = set()
        """Contacts that are ticked for erasure; nobody is at first."""

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="progress", classes="bar")
        with Vertical(id="panes"):
            queue = QueueList(self._row, id="pairs")
            queue.add_class("pane")
            yield queue
            yield Lines(id="detail", classes="pane")

    # What is shown

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
        found = Found()
        with (
            suppress(DeskError),  # the screen says that nothing was found, and can be opened again
            closing(connection.connect(self.desk.path, read_only=True)) as db,
        ):
            likely = duplicates(db)
            sure = {frozenset(pair): pair for pair in sure_pairs(db, likely)}
            pairs = []
            for pair in likely:
                first = sure.get(frozenset((pair.one, pair.two)))
                pairs.append((pair, first or survivor_first(db, pair.one, pair.two)))
            shift, today = self.desk.shift, self.desk.clock().day
            kept = kept_too_long(db, today, shift.settings.retention_months)
            found = Found(tuple(pairs), suspects(db, shift.operator), kept)
        self.post_message(self.Looked(found))

    def on_cleaning_screen_looked(self, event: Looked) -> None:
        self.looking = False
        self.pairs, self.suspects = [*event.found.pairs], [*event.found.suspects]
        self.kept = [*event.found.kept]
        self.to_erase &= {one.contact for one in self.kept}
        self.cursor = max(0, min(self.cursor, self.place[1] - 1))
        self.redraw()

    def redraw(self) -> None:
        queue, tabs = self.query_one(QueueList), self.query_one("#progress", Lines)
        counts = {
            **{page: sum(p.alike.value == page for p, _ in self.pairs) for page in (SURE, PERHAPS)},
            ACCOUNTS: len(self.suspects),
            KEPT: len(self.kept),
        }
        tabs.draw([drawing.tabs_line(self.page, counts)])
        queue.border_title = Content(show(drawing.page_word(self.page)))
        count = self.place[1]
        months = self.desk.shift.settings.retention_months
        nothing = drawing.empty_lines(
            self.page, looking=self.looking, months=months, width=queue.size.width
        )
        queue.show_rows(count, self.cursor, () if count else nothing)
        self.draw_told()

    def draw_told(self) -> None:
        detail = self.query_one("#detail", Lines)
        width = detail.size.width
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
            return drawing.account_line(suspect, self._mark(suspect.contact in self.chosen), width)
        if self.page == KEPT:
            kept = self.kept[index]
            return drawing.kept_line(kept, "✗" if kept.contact in self.to_erase else " ", width)
        pair, (one, two) = self.shown_pairs[index]
        profiles = (profile_of(self.desk.db, contact) or {} for contact in (one, two))
        names = tuple(masking.name(profile.get("name", "")) for profile in profiles)
        mark = self._mark(key_of(pair) not in self.left_out) if self.page == SURE else " "
        return drawing.pair_line(pair, (names[0], names[1]), mark, width)

    def _mark(self, ticked: bool) -> str:
        return "✓" if ticked else "·"

    def _ticked(self) -> list[Pair]:
        shown = [key_of(pair) for pair, _order in self.shown_pairs]
        return [entry for entry in shown if entry not in self.left_out]

    def _chosen(self) -> list[int]:
        return [s.contact for s in self.suspects if s.contact in self.chosen]

    def action_export(self) -> None:
        """Writes the pairs, or accounts, of the page."""
        # Imported when asked for: the start does not wait for CSV and XLSX.
        from tui import pairs_table
        from tui.screens.exporting import Table, ask_and_write

        if self.page == KEPT:
            self.say(_("siyu person retention writes this list."))
            self.draw_told()
            return
        if self.page == ACCOUNTS:
            told = tuple(self.suspects)
            table = Table(
                "accounts",
                pairs_table.account_headings(),
                len(told),
                lambda: map(pairs_table.account_cells, told),
            )
        else:
            pairs = tuple(pair for pair, _order in self.shown_pairs)
            table = Table(
                "duplicates",
                pairs_table.headings(),
                len(pairs),
                lambda: pairs_table.pair_rows(self.desk.db, pairs),
            )
        ask_and_write(self, table)

    # What is done

    def action_tab(self, by: int) -> None:
        self.page = PAGES[(PAGES.index(self.page) + by) % len(PAGES)]
        self.cursor = 0
        self.say("")
        self.redraw()

    def action_tick(self) -> None:
        entry, suspect, kept = self._pair(), self._suspect(), self._kept()
        if self.page == PERHAPS:
            return
        if kept is not None:
            self.to_erase ^= {kept.contact}
        elif entry is not None:
            self.left_out ^= {key_of(entry[0])}
        elif suspect is not None:
            self.chosen ^= {suspect.contact}
        self.action_move(1)
        self.redraw()

    def action_swap(self) -> None:
        entry = self._pair()
        if self.page == KEPT:
            self.to_erase = set() if self.to_erase else {one.contact for one in self.kept}
            self.redraw()
        elif entry is not None:
            place = self.pairs.index(entry)
            self.pairs[place] = (entry[0], (entry[1][1], entry[1][0]))
            self.redraw()

    def action_do_it(self) -> None:
        """Merges or pauses what the page says; a held key does it once."""
        if self.in_burst() or self.is_held_on() or self.looking or not self.place[1]:
            return
        self.train_went_on()
        act = {
            SURE: self._merge_ticked,
            PERHAPS: self._merge_pair,
            ACCOUNTS: self._ask_to_pause,
            KEPT: self._ask_to_erase,
        }
        self.attempt(act[self.page])

    def _merge_ticked(self) -> None:
        ticked = self._ticked()
        pairs = [order for pair, order in self.shown_pairs if key_of(pair) in ticked]
        desk = self.desk
        done = merging.merge_all(desk.db, desk.shift, desk.clock(), pairs)
        told = ngettext("{n} pair merged", "{n} pairs merged", done.count)
        self._done(told, lambda pair: key_of(pair) in ticked)

    def _merge_pair(self) -> None:
        entry = self._pair()
        if entry is None:
            return
        desk, (pair, order) = self.desk, entry
        merging.merge(desk.db, desk.shift, desk.clock(), *order)
        self._done(_("merged"), lambda p: p is pair)

    def action_apart(self) -> None:
        entry = self._pair()
        if entry is None or self.is_bounce(f"{entry[1]}apart"):
            return

        def write() -> None:
            desk, (pair, order) = self.desk, entry
            merging.keep_apart(desk.db, desk.shift, desk.clock(), *order)
            self._done(_("kept apart; not proposed again"), lambda p: p is pair)

        self.attempt(write)

    def _ask_to_pause(self) -> None:
        """One account is paused at once; before several a question stands."""
        contacts = self._chosen()
        if not contacts:
            self.say(_("Nobody is ticked: Space ticks whom to pause"), "warning")
            self.draw_told()
        elif len(contacts) == 1:
            self._pause(contacts)
        else:
            self.app.push_screen(
                questions.pausing(len(contacts)), partial(self._answered, contacts)
            )

    def _answered(self, contacts: Sequence[int], answer: str | None) -> None:
        if answer:
            self.attempt(lambda: self._pause(contacts))

    def _pause(self, contacts: Sequence[int]) -> None:
        desk = self.desk
        done = merging.pause_all(desk.db, desk.shift, desk.clock(), contacts)
        self.suspects = [s for s in self.suspects if s.contact not in contacts]
        told = ngettext("{n} account paused", "{n} accounts paused", done.count)
        self._done(told, lambda _pair: False)

    def _ask_to_erase(self) -> None:
        """The ticked ones, else the one under the cursor; nobody goes without the digit."""
        here = self._kept()
        wanted = self.to_erase or ({here.contact} if here else set())
        names = [one.name for one in self.kept if one.contact in wanted]

        def decided(answer: str | None) -> None:
            if answer:
                self.attempt(lambda: self._erase(wanted))

        self.app.push_screen(questions.erasure(names), decided)

    def _erase(self, wanted: set[int]) -> None:
        desk = self.desk
        done = erase_kept(desk.db, desk.shift, desk.clock(), wanted)
        desk.before(Occasion.ERASURE)  # of the desk without their words
        gone = {contact for one in done for contact in one.contacts}
        desk.drafts.forget(gone)
        self.kept = [one for one in self.kept if one.contact not in wanted]
        self.to_erase = set()
        self.pairs = [entry for entry in self.pairs if not gone & {*entry[1]}]
        self.suspects = [one for one in self.suspects if one.contact not in gone]
        self.cursor = max(0, min(self.cursor, self.place[1] - 1))
        self.say("✓ " + erased_words(len(done)), "success")
        self.redraw()

    def _done(self, told: str, is_gone: Callable[[Likeness], bool]) -> None:
        """Says what was done; what is left stays in its place."""
        left = (entry for entry in self.pairs if not is_gone(entry[0]))
        self.pairs = [entry for entry in left if all(map(self._is_here, entry[1]))]
        self.cursor = max(0, min(self.cursor, self.place[1] - 1))
        self.say(f"✓ {told} · " + _("Backspace undoes"), "success")
        self.redraw()

    def _is_here(self, contact: int) -> bool:
        return merged.holder(self.desk.db, contact) == contact

    def action_undo(self) -> None:
        self.once_if_held(lambda: self.attempt(self._undo))

    def _undo(self) -> None:
        desk = self.desk
        taken = undoing.undo(desk.db, desk.shift, desk.clock(), same_day=True)
        self.say("↶ " + _("undone") + f": {kind_word(taken.target.kind)}", "success")
        self.stale = True
        self.read()
        self.redraw()
