"""What the Cleaning screen does: merges, keeps apart, pauses, erases after a question, takes back.

Each is one write of the store; what is left stays in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rules.duplicates import Likeness
from store import merged, merging, undoing
from store.backups import Occasion
from store.keeping import erase_kept
from tui.screens import questions
from tui.screens.cleaning.drawing import ACCOUNTS, KEPT, PERHAPS, SURE
from tui.screens.cleaning.finding import key_of
from tui.screens.cleaning.pages import Pages
from tui.wording import erased_words, kind_word
from tui.words import _, ngettext


class Acts(Pages):
    """Nothing is done without a key, and only an erasure is final."""

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
        desk.before(Occasion.MERGE)
        done = merging.merge_all(desk.db, desk.shift, desk.clock(), pairs)
        told = ngettext("{n} pair merged", "{n} pairs merged", done.count)
        self._done(told, lambda pair: key_of(pair) in ticked)

    def _merge_pair(self) -> None:
        entry = self._pair()
        if entry is None:
            return
        desk, (pair, order) = self.desk, entry
        if not self.backed_up:  # once for the pairs that are merged one after the other
            self.backed_up = bool(desk.before(Occasion.MERGE))
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
