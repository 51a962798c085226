"""Copying, confirming, going on: Enter's way through a send, and what is sent."""

from __future__ import annotations

from rules.nouns import Kind, Status
from rules.sending import Blocked
from tui.screens.contact.in_hand import InHandScreen
from tui.wording import day_words, said_of, status_word
from tui.words import _, say


class Sending(InHandScreen):
    """Nothing is sent by the program: a copy waits until somebody says that it was sent."""

    def action_advance(self) -> None:
        """Enter: copies, then confirms, then goes on."""
        if self.in_burst() or self.contact is None or self.is_held_on():
            return
        if self.hand.phase == "sent":
            self.train_went_on()
            self.go_on()
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
        said = self.app_copy(text, _("Ctrl+K shows it plain"))
        if self.hand.phase is None:
            self.hand.mark("copied")
            said = f"{said} · " + _("Enter again when it is sent")
        self.say(said)
        self.redraw_contact()

    def _confirm(self) -> None:
        done = self.hand.send()
        if isinstance(done, Blocked):
            self.say("■ " + said_of(self.hand.name, say(done.reason)), "error")
            self.after_write()
            return
        due = done.state.next_due
        told = _("next on {day}", day=day_words(due)) if due else _("the sequence ends here")
        if done.state.status is not Status.ACTIVE:
            told = _("still {status}: F11 resumes", status=status_word(done.state.status))
        kind = _("sent") if done.event.kind is Kind.TOUCH else _("answered")
        self.say_done(f"{kind} · {told} · " + _("Enter or ↓ goes on"))
        self.after_write()

    def action_next_script(self) -> None:
        self.hand.next_script()
        self.redraw_contact()

    def action_choose_content(self) -> None:
        from tui.screens.contact.another import another

        if self.contact is None or self.hand.offered is None:
            return
        if self.hand.offered.is_refused:
            self.tell_blocked(self.hand.offered)
            return

        def decided(content: str | None) -> None:
            if content:
                self.hand.choose(content)
                self.say("")
                self.redraw_contact()

        self.app.push_screen(another(self.desk, self.hand.offered), decided)

    def action_open_target(self) -> None:
        offered = self.hand.offered
        content = offered.content if offered else None
        if content is None or content.form is None:
            self.say(_("This script has no link or file."), "warning")
        else:
            self.say(self.app_open(content.target, self.desk.sop_path))
        self.redraw_contact()
