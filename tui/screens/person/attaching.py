"""Links and files beside a contact: kept as a note, opened with the system's own program.

The file stays where it is; what is kept is its path.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len

from store import verbs
from tui import opener, person_words
from tui.drafts import Draft
from tui.kept_words import LINK
from tui.person_words import Attached
from tui.screens.contact.outcomes import Outcomes
from tui.screens.dialogs import FieldsDialog, Found, PickDialog
from tui.show import pad, show
from tui.widgets.lines import Line
from tui.wording import day_words
from tui.words import _

if TYPE_CHECKING:
    from store.person_file import PersonFile
    from tui.screens.outside import Outside

DAY = 8


class Attaching(Outcomes):
    """5 keeps a link, 6 opens one."""

    file: PersonFile | None

    def action_attach(self) -> None:
        contact = self.contact
        if contact is None:
            return
        draft = self.desk.drafts.of("link", contact, self.hand.called)
        begun = draft.begun
        fields = [
            (LINK, _("Web address, or the file with its folder"), begun.get(LINK, "")),
            ("note", _("What it is"), begun.get("note", "")),
        ]

        def decided(told: dict[str, str] | None) -> None:
            if told is not None and told[LINK]:
                draft.keep(told)
                self.attempt(lambda: self._keep_link(contact, told, draft))
            else:
                draft.drop()

        dialog = FieldsDialog(
            lambda: _("{name}: attach a link or file", name=self.hand.name),
            fields,
            draft.keep,
            is_left_over=bool(begun),
        )
        self.app.push_screen(dialog, decided)

    def _keep_link(self, contact: int, told: dict[str, str], draft: Draft) -> None:
        target = opener.attachment(told[LINK])
        if target is None:
            self.say(
                _("✗ Neither https://… nor a file with its whole path: {text}", text=told[LINK]),
                "error",
            )
            self.draw_bars("")
            return
        desk = self.desk
        verbs.note(desk.db, desk.shift, desk.clock(), contact, {**told, LINK: target})
        draft.drop()
        self.say_done(_("attached; 6 opens it"))
        self.after_write()

    def action_open_attached(self) -> None:
        """Opens the only one, else asks which."""
        attached = person_words.attached(self.file) if self.file else ()
        if not attached:
            self.say(_("No link and no file is kept here: 5 keeps one."))
            self.draw_bars("")
        elif len(attached) == 1:
            self._open_link(attached[0])
        else:
            self._choose_link(attached)

    def _choose_link(self, attached: tuple[Attached, ...]) -> None:
        def find(text: str) -> list[Found]:
            wanted = text.casefold().split()
            told = [(str(i), one, f"{one.about} {one.target}") for i, one in enumerate(attached)]
            return [
                Found(key, partial(_row, one))
                for key, one, words in told
                if all(word in words.casefold() for word in wanted)
            ]

        def decided(key: str | None) -> None:
            if key is not None:
                self._open_link(attached[int(key)])

        self.app.push_screen(
            PickDialog(
                _("Open a link or file"),
                find,
                _("No link is called so."),
                _("TEXT: type to filter, ↑↓ choose, Enter opens it · Esc goes back"),
            ),
            decided,
        )

    def _open_link(self, one: Attached) -> None:
        self.say(cast("Outside", self.app).open_attachment(one.target))
        self.draw_bars("")


def _row(one: Attached, width: int) -> Line:
    """Day, what it is, where."""
    about = pad(one.about, 24) + " " if one.about else ""
    day = day_words(one.day)
    size = max(DAY, cell_len(day))
    target = show(one.target, max(8, width - size - 1 - cell_len(about)))
    return ((pad(day, size) + " ", "dim"), (about, "strong"), (target, "plain"))
