"""Changing what stands in a contact's file: a field, the consent, the stage. One event each.

What was typed and could not be written stands in the window when it is opened again.
"""

from __future__ import annotations

from store import editing
from store.exchange.doubtful import doubts
from tui import person_words
from tui.dates import parse_day
from tui.drafts import Draft
from tui.list_words import fact_words
from tui.screens import questions
from tui.screens.contact.outcomes import Outcomes
from tui.screens.dialogs import ChoiceDialog, FieldsDialog, Option
from tui.wording import day_words
from tui.words import _, say


class Changing(Outcomes):
    """Enter on a field."""

    def change(self, contact: int, name: str, text: str) -> None:
        """Asks for a field's new value."""
        if name == "stage":
            self._ask_stage(contact)
            return
        fields = [(name, person_words.label(name), text)]
        if name == "consent":
            today = self.desk.clock().local()
            fields = [
                ("consent", _("How the contact agreed: form, message, talk"), ""),
                ("on", _("On which day"), f"{today:%Y-%m-%d}"),
            ]
        draft = self.desk.drafts.of(f"field {name}", contact, self.hand.called)
        begun = draft.begun
        fields = [(key, label, begun.get(key, known)) for key, label, known in fields]

        def decided(told: dict[str, str] | None) -> None:
            if told is not None and told != {name: text}:
                draft.keep(told)
                self.attempt(lambda: self._write(contact, name, told, draft))
            else:
                draft.drop()

        label = person_words.label(name)
        dialog = FieldsDialog(
            lambda: _("{name}: {field}", name=self.hand.name, field=label),
            fields,
            draft.keep,
            is_left_over=bool(begun),
        )
        self.app.push_screen(dialog, decided)

    def _write(self, contact: int, name: str, told: dict[str, str], draft: Draft) -> None:
        desk, now = self.desk, self.desk.clock()
        if name == "consent":
            day = parse_day(told["on"], now.day, past=True)
            if day is None:
                raise editing.CannotEdit(editing.no_day(told["on"]))
            editing.consent(desk.db, desk.shift, now, contact, told["consent"], day)
        else:
            editing.edit(desk.db, desk.shift, now, contact, told)
        draft.drop()
        doubt = doubts(name, editing.cleaned(name, told[name])) if name in told else None
        if doubt is None:
            self.say_done(_("{field} changed", field=person_words.label(name)))
        else:
            self.say(f"! {say(doubt)}", "warning")
        self.after_write()

    def _ask_stage(self, contact: int) -> None:
        """Which stage, then why; one before the contact's own says that it goes back."""
        offered, shift = self.hand.offered, self.desk.shift
        if offered is None:
            return
        own = offered.state.stage
        stages = [stage for stage in shift.sop.stages if stage.id != own][:9]
        options = []
        for digit, stage in enumerate(stages, 1):
            back = editing.lies_before(shift, stage.id, own)
            words = _("back to {stage}", stage=stage.name) if back else stage.name
            options.append(Option(str(digit), words, stage.id))

        def chosen(stage: str | None) -> None:
            if stage:
                self._ask_reason(contact, own, stage)

        asked = ChoiceDialog(lambda: _("{name}: to which stage?", name=self.hand.name), options)
        self.app.push_screen(asked, chosen)

    def _ask_reason(self, contact: int, own: str, stage: str) -> None:
        shift = self.desk.shift
        back = editing.lies_before(shift, stage, own)
        names = [fact_words("stage", one, shift.sop) for one in (own, stage)]
        if back:
            title = _("Really back from {own} to {stage}? Why?", own=names[0], stage=names[1])
            reasons = (_("moved by mistake"), _("the deal came to nothing"))
        else:
            title = _("From {own} to {stage}: why?", own=names[0], stage=names[1])
            reasons = (_("asked for more"), _("talked with a colleague of ours"))
        options = [Option(str(i), reason, reason) for i, reason in enumerate(reasons, 1)]
        options.append(Option("3", _("another reason: write it"), "", writes=True))

        draft = self.desk.drafts.of(f"stage {stage}", contact, self.hand.called)

        def decided(reason: str | None) -> None:
            if reason:
                draft.keep({"words": reason})
                self.attempt(lambda: move(reason))
            else:
                draft.drop()

        def move(reason: str) -> None:
            self._move(contact, stage, reason, back=back)
            draft.drop()

        self.app.push_screen(questions.reason_dialog(title, options, draft), decided)

    def _move(self, contact: int, stage: str, reason: str, *, back: bool) -> None:
        desk = self.desk
        done = editing.move_stage(
            desk.db, desk.shift, desk.clock(), contact, stage, reason, back=back
        )
        told = _("now {stage}", stage=fact_words("stage", done.state.stage, desk.shift.sop))
        if done.state.next_due is not None:
            told += " · " + _("next on {day}", day=day_words(done.state.next_due))
        self.say_done(told)
        self.after_write()
