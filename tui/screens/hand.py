"""The contact in hand: what is offered to it, which script is shown, how far its send has come."""

from __future__ import annotations

from typing import Literal

from rules.sending import Blocked
from scripts.choosing import Offer
from store import verbs
from store.offering import NotOnDesk, Offered, offer
from store.verbs import Done
from tui.opening import OpenDesk
from tui.show import show
from tui.words import _

SENT = "✓"
COPIED = "⧉"
Phase = Literal["copied", "sent"]


class Hand:
    """Holds the offer that is drawn; phases are remembered by contact, never by row."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk
        self._phases: dict[int, Phase] = {}
        self._chosen: dict[int, str] = {}
        self.offered: Offered | None = None
        self.answers = False
        """The chosen content goes as an answer to somebody who wrote."""
        self.index = 0

    @property
    def name(self) -> str:
        """The contact's name, fit to be shown."""
        profile = self.offered.profile if self.offered else {}
        return show(profile.get("name", ""), 24, empty=_("(no name)"))

    @property
    def phase(self) -> Phase | None:
        return self._phases.get(self.offered.contact) if self.offered else None

    @property
    def offer(self) -> Offer | None:
        """The script that is shown."""
        scripts = self.offered.scripts if self.offered else ()
        return scripts[self.index % len(scripts)] if scripts else None

    def take(self, contact: int | None) -> None:
        """Takes up another contact."""
        self.index = 0
        self.offered = None
        if contact is not None:
            self._read(contact)

    def read_again(self) -> None:
        """Reads the offer anew after a write; what was sent stays on view until it is left."""
        if self.offered is None:
            return
        before = self.offered
        self._read(before.contact)
        if self.phase == "sent" and self.offered is not None:
            self.offered = Offered(
                before.contact,
                self.offered.profile,
                self.offered.state,
                before.step,
                before.content,
                before.scripts,
                None if self.offered.state.status.value == "active" else self.offered.blocked,
            )

    def choose(self, content: str) -> None:
        """Another content for the contact in hand; nothing is sent by it."""
        if self.offered is None:
            return
        self._chosen[self.offered.contact] = content
        self._phases.pop(self.offered.contact, None)
        self.take(self.offered.contact)

    def next_script(self) -> None:
        """The next variant; not any more once it was sent."""
        if self.offered and self.offered.scripts and self.phase != "sent":
            self.index = (self.index + 1) % len(self.offered.scripts)
            self._phases.pop(self.offered.contact, None)

    def mark(self, phase: Phase) -> None:
        if self.offered is not None:
            self._phases[self.offered.contact] = phase

    def forget(self, contact: int) -> None:
        """Starts a contact over: after an undo nothing is copied or sent."""
        self._phases.pop(contact, None)
        self._chosen.pop(contact, None)

    def sign_of(self, contact: int) -> str:
        """The mark in the list: copied, sent, or none."""
        phase = self._phases.get(contact)
        return "" if phase is None else COPIED if phase == "copied" else SENT

    def script_text(self) -> str | None:
        """The words to copy; None when nothing may be sent (but once sent, they stay at hand)."""
        if self.offered is None or self.offer is None:
            return None
        if self.offered.blocked is not None and self.phase != "sent":
            return None
        return None if self._refused else self.offer.text.text

    def send(self) -> Done | Blocked:
        """Confirms the shown script as sent; the rules are asked again inside the write."""
        if self.offered is None or self.offer is None:
            raise NotOnDesk(0)
        contact = self.offered.contact
        desk = self._desk
        done = verbs.send(
            desk.db,
            desk.shift,
            desk.clock(),
            contact,
            self._chosen.get(contact),
            self.offer.variant.id,
            answer=self.answers,
        )
        if isinstance(done, Done):
            self.mark("sent")
            self._chosen.pop(contact, None)
        else:
            self._phases.pop(contact, None)
        return done

    def title_of(self, content: str | None) -> str:
        known = self._desk.shift.sop.contents.get(content or "")
        return f"《{show(known.title if known else content or '')}》"

    @property
    def _refused(self) -> bool:
        return self.offered is not None and self.offered.state.status.value == "do_not_contact"

    def _read(self, contact: int) -> None:
        desk, chosen = self._desk, self._chosen.get(contact)
        now = desk.clock()
        self.answers = False
        self.offered = offer(desk.db, desk.shift, now, contact, chosen)
        if chosen and self.offered.blocked is not None:
            answer = offer(desk.db, desk.shift, now, contact, chosen, answer=True)
            if answer.blocked is None:
                self.offered, self.answers = answer, True
