"""The contact that keys act on: who it is, how it is found and left, how it is drawn."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content

from rules.nouns import Status
from store.timeline import last_touches
from tui import masking
from tui.drafts import NOBODY, Draft
from tui.keys import CONTACT_KEYS, ENTRY_KEYS, RESUME_KEY, Key
from tui.opening import OpenDesk
from tui.reading_desk import told
from tui.screens import card
from tui.screens.desk_screen import DeskScreen
from tui.screens.hand import Hand
from tui.show import show
from tui.widgets.lines import Lines
from tui.wording import said_of
from tui.words import _

if TYPE_CHECKING:
    from scripts.reading.reading import Reading

NEED_CONTACT = {key.action for key in (*CONTACT_KEYS, *ENTRY_KEYS[:2])} - {"undo", "redo", "find"}
"""Actions that are of no use with nobody in hand."""
IMPORT, BACK = "show('import')", "back"
TOUCHES_SHOWN = 8
ARRIVED = "arrived"
"""The window of a draft that is a text which arrived on the screen itself."""


class InHandScreen(DeskScreen):
    """One contact in hand, its card and its script drawn; nothing is written here."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.hand = Hand(desk)
        self.visiting: int | None = None
        """A contact that was found, shown instead of the one under the cursor."""
        self._arrived_draft: Draft | None = None
        """Where the text that arrived is kept until it is logged or dropped."""
        self._read: tuple[str, Reading] | None = None
        """The text that arrived, as it was read."""
        self.past_refusals = False
        """The key for undo stopped at a do-not-contact and was told how to go on."""

    @property
    @abstractmethod
    def listed(self) -> int | None:
        """The contact under the cursor of the screen's list."""

    @abstractmethod
    def go_on(self) -> None:
        """To the next contact of the list."""

    @abstractmethod
    def reread(self, contact: int | None, stage: str | None) -> None:
        """Reads the list anew after an undo, the cursor on that contact if it is in it."""

    @abstractmethod
    def after_write(self) -> None:
        """Reads what a verb changed, and draws."""

    def day_began(self, *, at_top: bool = False) -> None:
        self.reread(None if at_top else self.listed, None)
        self.hand.take(self.contact)
        self.after_write()

    def sop_changed(self) -> None:
        self.after_write()

    @abstractmethod
    def redraw(self) -> None:
        """Draws everything anew."""

    @property
    def contact(self) -> int | None:
        """The contact that every key acts on: the one whose card is drawn."""
        return self.listed if self.visiting is None else self.visiting

    def say_done(self, told: str) -> None:
        """What was just written of the contact in hand."""
        self.say("✓ " + said_of(self.hand.name, told), "success")

    def room_to_say(self, rest: str) -> int:
        """Cells for the title in what is told of the contact in hand, `rest` beside it."""
        return self.room_for_message - cell_len("✓ " + said_of(self.hand.name, rest))

    def action_find(self) -> None:
        from tui.screens import questions

        def decided(contact: str | None) -> None:
            if contact:
                self.visit(int(contact))

        self.app.push_screen(questions.people(self), decided)

    def visit(self, contact: int) -> None:
        """Shows a contact that was found, whoever owns it, until Esc or an arrow."""
        self.visiting = contact
        self.hand.take(contact)
        self.say("")
        self.redraw()

    def action_why(self) -> None:
        """Every rule about the contact in hand, with the values that it read."""
        contact = self.contact
        if contact is None:
            return
        # Imported when asked for: the start does not wait for what few keys need.
        from store.lists import why
        from tui.screens.lists.drawing import why_lines
        from tui.screens.scrolled import ScrolledScreen

        desk, today = self.desk, self.desk.clock().day
        found = why(desk.db, desk.shift.sop, contact, today)
        sop = desk.shift.sop
        self.app.push_screen(
            ScrolledScreen(
                lambda: _("Why: {name}", name=self.hand.name),
                lambda width: why_lines(found, sop, today, width),
            )
        )

    def action_plain(self) -> None:
        """The script alone, for a terminal without a clipboard; never while it is masked."""
        offered = self.hand.offered
        if offered is None:
            return
        text = self.hand.script_text()
        if text is None:
            self.say(_("There is no script to show."))
            self.tell_blocked(offered)
        elif masking.is_on():
            self.say(_("Masked: Ctrl+G shows the text as it is, then Ctrl+K shows it alone."))
        else:
            from tui.screens.plain import PlainScreen

            self.app.push_screen(PlainScreen(text))
        self.redraw_contact()

    def action_back(self) -> None:
        if self.arrived:
            self.drop_arrived()
            self.say(_("The text was dropped; nothing was logged."))
        elif self.visiting is not None:
            self.visiting = None
            self.hand.take(self.contact)
        self.redraw()

    def on_paste(self, event: events.Paste) -> None:
        """A text came by paste or from the input method: it presses nothing."""
        event.stop()
        if self.desk.reads:
            self.ignore_text()
            self.say(told(), "warning")
            self.draw_bars("")
        else:
            self.text_arrived(event.text)

    def text_arrived(self, text: str) -> None:
        self.drop_arrived()
        super().text_arrived(text)
        about = NOBODY if self.contact is None else self.contact
        self._arrived_draft = self.desk.drafts.of(ARRIVED, about, self.hand.called)
        self._arrived_draft.keep({"words": self.arrived})

    def drop_arrived(self) -> None:
        """The text that arrived was logged, or is not wanted."""
        self.arrived, self._read = "", None
        if self._arrived_draft is not None:
            self._arrived_draft.drop()
            self._arrived_draft = None

    def take_up_left(self) -> None:
        """Shows a text that had arrived when the desk was left, and whom it came for."""
        drafts = self.desk.drafts
        about, name = drafts.left(ARRIVED) or (NOBODY, "")
        draft = drafts.of(ARRIVED, about, name)
        if "words" not in draft.begun:
            return
        if about != NOBODY and about != self.contact:
            self.visit(about)
        if about == NOBODY or self.hand.called == name:
            self.arrived, self._arrived_draft = draft.begun["words"], draft
        else:  # the number is somebody else's now
            draft.drop()
            self.visiting = None
            self.hand.take(self.contact)
        self.redraw()

    def reading(self) -> Reading | None:
        """What the text that arrived likely means; read once."""
        if not self.arrived:
            return None
        if self._read is None or self._read[0] != self.arrived:
            # Imported with the first text: no start waits for the words it is read by.
            from tui.reply_reader import read_reply

            self._read = self.arrived, read_reply(self.arrived, self.desk, self.contact)
        return self._read[1]

    def arrived_words(self, room: int) -> str:
        from tui.reading_words import arrived_words

        reading = self.reading()
        if reading is None:
            return ""
        title = self.hand.title_of(reading.answer_with) if reading.answer_with else ""
        profile = self.hand.offered.profile if self.hand.offered else {}
        masked = replace(reading, text=masking.words(reading.text, profile))
        return arrived_words(masked, title, room)

    def waits_words(self) -> str:
        from tui.reading_words import waits_words

        return waits_words(self.reading())

    @property
    def keys_shown(self) -> Sequence[Key]:
        """For somebody who stands aside the way back comes first; with nobody in hand the rest.

        So does the way back to the list from a contact that was found.
        """
        keys, offered = self.KEYS, self.hand.offered
        if self.visiting is not None:
            keys = tuple(sorted(keys, key=lambda key: key.action != BACK))
            keys = (replace(keys[0], footer=True), *keys[1:])
        if offered is None:
            left = (key for key in self.KEYS if key.action not in NEED_CONTACT)
            return [replace(key, footer=key.footer or key.action == IMPORT) for key in left]
        if offered.state.status is Status.ACTIVE:
            return keys
        return (replace(RESUME_KEY, footer=True), *keys)

    @property
    def marked_key(self) -> str:
        if not self.arrived:
            return ""
        from tui.reading_words import key_of

        return key_of(self.reading())

    def _sent_before(self, contact: int) -> int | None:
        """The day on which the contact already had what was chosen by hand for it."""
        if self.hand.chosen is None:
            return None
        from tui.screens.contact.another import sent_days

        return sent_days(self.desk.db, contact).get(self.hand.chosen)

    def redraw_contact(self) -> None:
        """Draws the card and the script of the contact that keys act on, and the bars."""
        pane, script = self.query_one("#card", Lines), self.query_one("#script", Lines)
        offered = self.hand.offered
        if offered is None:
            pane.border_title = script.border_title = script.border_subtitle = ""
            pane.draw([])
            script.draw([])
            self.draw_bars("")
            return
        desk = self.desk
        touches = last_touches(desk.db, offered.contact, TOUCHES_SHOWN)
        found = self.visiting is not None
        pane.border_title = Content(_("Found · Esc goes back") if found else _("Contact"))
        again = self._sent_before(offered.contact)
        width, height = pane.size.width, pane.size.height
        if pane.display:
            pane.draw(card.card_lines(offered, touches, desk.shift.sop, width, again, height))
        title = card.script_title(offered, self.hand.index)
        if not pane.display:  # then the frame of the script says who it is
            title = " · ".join(filter(None, (card.mark_of(offered), self.hand.name, title)))
        script.border_title = Content(show(title))
        why = card.why_words(offered, self.hand.offer)
        script.border_subtitle = Content(show(why, max(0, script.size.width - 2)))
        width, height = script.size.width, script.size.height
        lines = card.script_lines(offered.content, self.hand.offer, width, height)
        script.draw(card.refused_lines(width) if offered.is_refused else lines)
        today, days = desk.clock().day, desk.shift.settings.credit_days
        credited = next((t for t in touches[:1] if today - t.touch.day <= days), None)
        self.draw_bars(card.credit_words(credited, desk.shift.sop, self.room_at_right))
