"""The Today screen: keys in, verbs asked, lines drawn. Every write is committed before it shows."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from rules.nouns import Kind, Reaction
from rules.sending import Blocked
from store import undoing, verbs
from store.offering import Offered
from store.queue import StageCount, contacts_total, next_due_day, owners_due, stage_counts
from store.timeline import last_touches
from store.undoing import Taken
from tui.keys import APP_KEYS, SEND_KEYS, TODAY_KEYS
from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen
from tui.screens.today import drawing, empty, questions
from tui.screens.today.due_list import DueList
from tui.screens.today.hand import Hand
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.wording import SIGNS, day_words, kind_word, reaction_word
from tui.words import _, say

TOUCHES_SHOWN = 2


class TodayScreen(DeskScreen):
    """Today's contacts, the card and the script of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in TODAY_KEYS]
    KEYS = (*TODAY_KEYS[:SEND_KEYS], *APP_KEYS, *TODAY_KEYS[SEND_KEYS:])

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.due = DueList(desk.db, desk.shift.operator, lambda: desk.clock().day)
        self.hand = Hand(desk)
        self.counts: tuple[StageCount, ...] = ()
        self.visiting: int | None = None
        """A contact that was found, shown instead of the one under the cursor."""

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="progress", classes="bar")
        with Horizontal(id="panes"):
            queue = QueueList(self._row, id="queue")
            queue.add_class("pane")
            yield queue
            with Vertical(id="right"):
                yield Lines(id="card", classes="pane")
                yield Lines(id="script", classes="pane")

    def on_mount(self) -> None:
        self._read_counts()
        busy = next((c.stage for c in self.counts if c.due), self.counts[0].stage)
        self.due.open_stage(busy)
        self.hand.take(self.contact)

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    @property
    def contact(self) -> int | None:
        """The contact that every key acts on: the one whose card is drawn."""
        if self.visiting is not None:
            return self.visiting
        return None if self.due.current is None else self.due.current.contact

    # Keys

    def action_advance(self) -> None:
        """Enter: copies, then confirms, then goes on."""
        if self.in_burst():
            return
        if self.contact is None:
            return
        if self.hand.phase == "sent":
            self.action_move(1)
        elif self.hand.phase == "copied":
            self.attempt(self._confirm)
        else:
            self.action_copy_again()

    def action_copy_again(self) -> None:
        """Copies the script; a first copy waits for the Enter that confirms it."""
        offered = self.hand.offered
        if offered is None:
            return
        text = self.hand.script_text()
        if text is None:
            self.tell_blocked(offered)
            return
        said = self.app_copy(text)
        if self.hand.phase is None:
            self.hand.mark("copied")
            said = f"{said} · " + _("Enter again when it is sent")
        self.say(said)
        self.redraw_contact()

    def action_react(self, value: str) -> None:
        """Logs a reaction of the drawn contact; with the text that arrived, if one did."""
        reaction = Reaction(value)
        contact = self.contact
        if contact is None or self.is_bounce(f"{contact}{value}"):
            return
        words = {"reply": self.arrived} if self.arrived else {}

        def react() -> None:
            done = verbs.react(
                self.desk.db, self.desk.shift, self.desk.clock(), contact, reaction, words
            )
            self.arrived = ""
            told = f"{SIGNS[reaction]} {reaction_word(reaction)}"
            credit = (
                _("kept without credit")
                if done.event.ref is None
                else self.hand.title_of(done.event.content)
            )
            self.say(f"✓ {self.hand.name}: {told} → {credit}", "success")
            self._after_write()

        self.attempt(react)

    def action_refuse(self) -> None:
        contact = self.contact
        if contact is None:
            return

        def decided(reason: str | None) -> None:
            if reason:
                self.attempt(lambda: self._refuse(contact, reason))

        self.app.push_screen(questions.refusal(self.hand.name), decided)

    def action_postpone(self) -> None:
        contact = self.contact
        if contact is None:
            return
        today = self.desk.clock().day

        def decided(day: str | None) -> None:
            found = questions.day_of(day, today)
            if found is not None:
                self.attempt(lambda: self._postpone(contact, found))

        self.app.push_screen(questions.postponement(self.hand.name, today), decided)

    def action_note(self) -> None:
        contact = self.contact
        if contact is None:
            return

        def decided(words: dict[str, str] | None) -> None:
            if words and any(words.values()):
                self.arrived = ""
                self.attempt(lambda: self._note(contact, words))

        self.app.push_screen(questions.note(self.hand.name, self.arrived), decided)

    def action_choose_content(self) -> None:
        if self.contact is None or self.hand.offered is None:
            return

        def decided(content: str | None) -> None:
            if content:
                self.hand.choose(content)
                self.redraw_contact()

        state = self.hand.offered.state
        self.app.push_screen(questions.contents(self.desk.shift.sop, state.stage), decided)

    def action_find(self) -> None:
        def decided(contact: str | None) -> None:
            if contact:
                self.visit(int(contact))

        self.app.push_screen(questions.people(self.desk.db, self.desk.shift), decided)

    def action_undo(self) -> None:
        """Backspace: one step a press; held down it counts once."""
        self.once_if_held(lambda: self.attempt(lambda: self._taken(self._undo())))

    def action_redo(self) -> None:
        self.attempt(
            lambda: self._taken(undoing.redo(self.desk.db, self.desk.shift, self.desk.clock()))
        )

    def action_open_target(self) -> None:
        offered = self.hand.offered
        content = offered.content if offered else None
        if content is None or content.form is None:
            self.say(_("This script has no link or file."), "warning")
            return
        self.say(self.app_open(content.target, self.desk.sop_path))

    def action_next_script(self) -> None:
        self.hand.next_script()
        self.redraw_contact()

    def action_move(self, by: int) -> None:
        """Moves the cursor; a contact that is done leaves the list as the cursor leaves it."""
        if self.visiting is not None:
            self.action_back()
            return
        row = self.due.current
        if row is None:
            return
        if self.hand.phase == "copied":
            self.say(_("{name}: copied, not confirmed as sent", name=self.hand.name), "warning")
        if self.due.still_due(row):
            self.due.move(by)
            self.query_one(QueueList).move_to(self.due.cursor)
        else:
            self.due.leave_current()
            if by < 0:
                self.due.move(by)
        self.hand.take(self.contact)
        self.redraw()

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.query_one(QueueList).size.height - 1))

    def action_end(self, by: int) -> None:
        self.action_move(by * len(self.due.rows))

    def action_stage(self, by: int) -> None:
        """Left and right: the stages in the SOP's order."""
        stages = [c.stage for c in self.counts]
        place = stages.index(self.due.stage) if self.due.stage in stages else 0
        self.visiting = None
        self.due.open_stage(stages[(place + by) % len(stages)])
        self.hand.take(self.contact)
        self._read_counts()
        self.redraw()

    def action_back(self) -> None:
        if self.arrived:
            self.arrived = ""
            self.say(_("The text was dropped; nothing was logged."))
        elif self.visiting is not None:
            self.visiting = None
            self.hand.take(self.contact)
        self.redraw()

    def on_queue_list_pointed(self, event: QueueList.Pointed) -> None:
        self.visiting = None
        self.action_move(event.index - self.due.cursor)

    def on_queue_list_wheeled(self, event: QueueList.Wheeled) -> None:
        self.action_move(event.rows)

    def on_paste(self, event: events.Paste) -> None:
        """A text came by paste or from the input method: it presses nothing."""
        event.stop()
        self.text_arrived(event.text)

    # What the keys do

    def visit(self, contact: int) -> None:
        """Shows a contact that was found, whoever owns it, until Esc or an arrow."""
        self.visiting = contact
        self.hand.take(contact)
        self.redraw()

    def _confirm(self) -> None:
        done = self.hand.send()
        if isinstance(done, Blocked):
            self.say(f"■ {self.hand.name}: {say(done.reason)}", "error")
            return
        due = done.state.due
        told = _("next on {day}", day=day_words(due)) if due else _("the sequence ends here")
        kind = _("sent") if done.event.kind is Kind.TOUCH else _("answered")
        self.say(f"✓ {self.hand.name}: {kind} · {told} · " + _("Enter or ↓ goes on"), "success")
        self._after_write()

    def _refuse(self, contact: int, reason: str) -> None:
        verbs.refuse(self.desk.db, self.desk.shift, self.desk.clock(), contact, reason)
        self.say(f"✓ {self.hand.name}: " + _("will not be written to again"), "success")
        self._after_write()

    def _postpone(self, contact: int, day: int) -> None:
        done = verbs.snooze(self.desk.db, self.desk.shift, self.desk.clock(), contact, day)
        due = day_words(done.state.due or day)
        self.say(f"✓ {self.hand.name}: " + _("postponed to {day}", day=due), "success")
        self._after_write()

    def _note(self, contact: int, words: dict[str, str]) -> None:
        verbs.note(self.desk.db, self.desk.shift, self.desk.clock(), contact, words)
        self.say(f"✓ {self.hand.name}: " + _("noted"), "success")
        self._after_write()

    def _undo(self) -> Taken:
        return undoing.undo(self.desk.db, self.desk.shift, self.desk.clock(), same_day=True)

    def _taken(self, taken: Taken) -> None:
        """Shows what an undo or redo did, on the contact it is about."""
        target = taken.target
        word = kind_word(target.kind) if target.reaction is None else reaction_word(target.reaction)
        self.visiting = None
        if target.contact is not None:
            self.hand.forget(target.contact)
            stage = taken.state.stage if taken.state else self.due.stage
            self.due.open_stage(stage, on=target.contact)
            self.hand.take(self.contact)
            if self.contact != target.contact and taken.state is not None:
                self.visiting = target.contact
                self.hand.take(target.contact)
        else:
            self.due.open_stage(self.due.stage)
            self.hand.take(self.contact)
        name = self.hand.name if target.contact is not None else ""
        self.say(f"↶ {kind_word(taken.event.kind)}: {word} {name}".rstrip())
        self._after_write()

    def _after_write(self) -> None:
        self.hand.read_again()
        if self.visiting is None:
            self.due.refresh_current()
        self._read_counts()
        self.redraw()

    # Drawing

    def _read_counts(self) -> None:
        names = self.desk.shift.sop.stage_names()
        today = self.desk.clock().day
        self.counts = stage_counts(self.desk.db, self.desk.shift.operator, names, today)

    def redraw(self) -> None:
        """Draws everything anew: one frame, no layout."""
        names = {stage.id: stage.name for stage in self.desk.shift.sop.stages}
        queue = self.query_one(QueueList)
        queue.border_title = drawing.stages_title(self.counts, names, self.due.stage)
        nobody = () if self.due.rows else empty.lines(self._emptiness(), queue.size.width)
        queue.show_rows(len(self.due.rows), self.due.cursor, nobody)
        progress = self.query_one("#progress", Lines)
        cap = self.desk.shift.settings.daily_cap
        progress.draw([drawing.progress_line(self.counts, cap, progress.size.width)])
        self.redraw_contact()

    def redraw_contact(self) -> None:
        """Draws the card and the script of the contact that keys act on."""
        card, script = self.query_one("#card", Lines), self.query_one("#script", Lines)
        offered = self.hand.offered
        if offered is None:
            card.border_title = script.border_title = ""
            card.draw([])
            script.draw([])
        else:
            self._draw_contact(card, script, offered)
        self.query_one(QueueList).refresh_row(self.due.cursor)
        self.draw_bars(self._credit())

    def _draw_contact(self, card: Lines, script: Lines, offered: Offered) -> None:
        desk = self.desk
        found = self.visiting is not None
        card.border_title = Content(_("Found · Esc goes back") if found else _("Contact"))
        touches = last_touches(desk.db, offered.contact, TOUCHES_SHOWN)
        card.draw(drawing.card_lines(offered, touches, desk.shift.sop, card.size.width))
        script.border_title = Content(drawing.script_title(offered, self.hand.index))
        width = script.size.width
        script.draw(drawing.script_lines(offered.content, self.hand.offer, width))

    def _credit(self) -> str:
        """Which message a reaction pressed now would be credited to."""
        offered = self.hand.offered
        if offered is None:
            return ""
        touches = last_touches(self.desk.db, offered.contact, 1)
        days = self.desk.shift.settings.credit_days
        today = self.desk.clock().day
        credited = next((t for t in touches if today - t.touch.day <= days), None)
        return drawing.credit_words(credited, self.desk.shift.sop)

    def _row(self, index: int, width: int) -> Line:
        row = self.due.rows[index]
        today = self.desk.clock().day
        step = drawing.step_words(self.desk.shift.sop, row.sequence, row.step)
        return drawing.row_line(row, step, today, self.hand.sign_of(row.contact), width)

    def _emptiness(self) -> empty.Emptiness:
        desk, today = self.desk, self.desk.clock().day
        return empty.Emptiness(
            contacts_total(desk.db),
            tuple(c for c in self.counts if c.due),
            next_due_day(desk.db, desk.shift.operator, today),
            tuple(o for o in owners_due(desk.db, today) if o[0] != desk.shift.operator),
            {stage.id: stage.name for stage in desk.shift.sop.stages},
        )
