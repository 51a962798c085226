"""Purchases and contracts by key: told, and corrected by a new entry.

What was typed and could not be written stands in the window when it is opened again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rules.purchases import Purchase
from rules.timing import iso_day
from store import bought
from tui import purchase_words
from tui.drafts import Draft
from tui.screens.contact.outcomes import Outcomes
from tui.screens.dialogs import ChoiceDialog, FieldsDialog, Found, Option, PickDialog
from tui.show import show
from tui.widgets.lines import Line
from tui.words import _

if TYPE_CHECKING:
    from store.person_file import PersonFile

PURCHASE, CONTRACT, CORRECT = "purchase", "contract", "correct"


class Buying(Outcomes):
    """8 writes down what was bought or signed."""

    file: PersonFile | None

    def action_buy(self) -> None:
        if self.contact is None or self.file is None:
            return
        options = [
            Option("1", _("a purchase"), PURCHASE),
            Option("2", _("a contract"), CONTRACT),
        ]
        if self.file.purchases:
            options.append(Option("3", _("correct an entry, or take it off"), CORRECT))

        def chosen(kind: str | None) -> None:
            if kind == CORRECT:
                self._choose_entry()
            elif kind is not None:
                self._ask_deal(kind, None)

        asked = ChoiceDialog(lambda: _("{name}: what to write down?", name=self.hand.name), options)
        self.app.push_screen(asked, chosen)

    def _choose_entry(self) -> None:
        """Which entry to correct; nobody is asked about the only one."""
        known = dict(reversed([*self.file.purchases.items()])) if self.file else {}
        if len(known) == 1:
            self._ask_deal(CORRECT, next(iter(known.values())))
            return

        def find(text: str) -> list[Found]:
            wanted = text.casefold().split()
            told = [(str(seq), purchase_words.purchase_words(one)) for seq, one in known.items()]
            return [
                Found(seq, partial(_row, words))
                for seq, words in told
                if all(word in words.casefold() for word in wanted)
            ]

        def decided(seq: str | None) -> None:
            if seq is not None:
                self._ask_deal(CORRECT, known[int(seq)])

        self.app.push_screen(
            PickDialog(
                _("Which entry was wrong?"),
                find,
                _("No purchase is called so."),
                _("TEXT: type to filter, ↑↓ choose, Enter takes it · Esc goes back"),
            ),
            decided,
        )

    def _ask_deal(self, kind: str, one: Purchase | None) -> None:
        contact = self.contact
        if contact is None:
            return
        known = self._begun_deal(one)
        window = f"{kind} {one.seq}" if one else kind
        draft = self.desk.drafts.of(window, contact, self.hand.called)
        begun = {**known, **draft.begun}
        amount = _("Amount; 0 takes it off") if one else _("Amount, like 1299 or 200 USD")
        what = _("What the contract is about") if kind == CONTRACT else _("What was bought")
        fields = [
            ("amount", amount, begun["amount"]),
            ("product", what, begun["product"]),
            ("on", _("On which day"), begun["on"]),
        ]

        def decided(told: dict[str, str] | None) -> None:
            if told is not None and told != known and told["amount"]:
                draft.keep(told)
                self.attempt(lambda: self._write_deal(contact, kind, one, told, draft))
            else:
                draft.drop()

        def title() -> str:
            name = self.hand.name
            return {
                PURCHASE: _("{name}: a purchase", name=name),
                CONTRACT: _("{name}: a contract", name=name),
                CORRECT: _("{name}: how it really was", name=name),
            }[kind]

        is_left_over = bool(draft.begun)
        dialog = FieldsDialog(title, fields, draft.keep, is_left_over=is_left_over)
        self.app.push_screen(dialog, decided)

    def _begun_deal(self, one: Purchase | None) -> dict[str, str]:
        """What stands in the fields to begin with."""
        if one is None:
            today = iso_day(self.desk.clock().day) or ""
            return {"amount": "", "product": "", "on": today}
        amount = purchase_words.amount_text(one)
        return {"amount": amount, "product": one.product, "on": iso_day(one.day) or ""}

    def _write_deal(
        self, contact: int, kind: str, one: Purchase | None, told: dict[str, str], draft: Draft
    ) -> None:
        desk, now = self.desk, self.desk.clock()
        order = one.order if one else ""
        deal = purchase_words.deal_told(told["amount"], told["on"], now.day, told["product"], order)
        if one is None:
            is_contract = kind == CONTRACT
            bought.buy(desk.db, desk.shift, now, contact, deal, contract=is_contract)
        else:
            bought.correct(desk.db, desk.shift, now, contact, one.seq, deal)
        draft.drop()
        self.after_write()
        kept = purchase_words.value_words(self.file.purchases.values()) if self.file else ""
        self.say_done(kept or _("nothing is bought"))
        self.draw_bars("")


def _row(words: str, width: int) -> Line:
    return ((show(words, width), "plain"),)
