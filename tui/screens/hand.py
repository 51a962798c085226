"""The contact in hand: what is offered to it, which script is shown, how far its send has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from rich.cells import cell_len

from rules.sending import Blocked, Why
from rules.shift import Shift
from rules.sop import Content
from scripts.choosing import Offer
from store import verbs
from store.offering import NotOnDesk, Offered, Suggestion, offer
from store.verbs import Done
from tui import masking
from tui.opening import OpenDesk
from tui.show import own_name, show
from tui.sop_names import content_name
from tui.wording import titled
from tui.words import _

SENT = "✓"
COPIED = "⧉"
SHORTEST_TITLE, LONGEST_TITLE = 12, 200
"""Cells of a content's title in a message."""
Phase = Literal["copied", "sent"]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied for a contact, as it was, whatever becomes of the SOP's files."""

    version: str
    content: Content
    variant: str


class Hand:
    """Holds the offer that is drawn; phases are remembered by contact, never by row.

    What was copied is what is drawn, confirmed and credited until it was sent
    or given up, although the SOP may be another one by then.
    """

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk
        self._phases: dict[int, Phase] = {}
        self._copied: dict[int, Copied] = {}
        self._chosen: dict[int, str] = {}
        self._ahead: dict[int, str] = {}
        """The content of a step that is offered before its day."""
        self._answering: set[int] = set()
        """Contacts who asked for what was chosen: it goes as an answer, blocked or not."""
        self._suggested: dict[int, dict[str, Suggestion]] = {}
        """What was shown first, by contact and content: it stays first for the day."""
        self.offered: Offered | None = None
        self.answers = False
        """The chosen content goes as an answer to somebody who wrote."""
        self.early = False
        """The next step is offered before its day: a list says that it is time to write."""
        self.index = 0

    @property
    def name(self) -> str:
        """The contact's name, fit to be shown; masked while masking is on."""
        profile = self.offered.profile if self.offered else {}
        return self._shown(masking.name(profile.get("name", "")))

    @property
    def called(self) -> str:
        """The same, never masked: what is kept about somebody is known by it."""
        profile = self.offered.profile if self.offered else {}
        return self._shown(profile.get("name", ""))

    def _shown(self, name: str) -> str:
        told = own_name(name, self.offered.contact) if self.offered else ""
        return show(told, 24, empty=_("(no name)"))

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
            self.index = self._copied_index(contact)

    def read_again(self) -> None:
        """Reads the offer anew after a write; what was sent stays on view until it is left."""
        if self.offered is None:
            return
        before = self.offered
        self._read(before.contact)
        if self.phase == "sent" and self.offered is not None and not self.offered.is_refused:
            self.offered = Offered(
                before.contact,
                self.offered.profile,
                self.offered.state,
                before.step,
                before.content,
                before.scripts,
                None if self.offered.state.status.value == "active" else self.offered.blocked,
                suggestion=before.suggestion,
                plans=self.offered.plans,
            )

    def choose(self, content: str) -> None:
        """Another content for the contact in hand; nothing is sent by it."""
        if self.offered is None:
            return
        self._answering.discard(self.offered.contact)
        self._give_up(self.offered.contact)
        self._chosen[self.offered.contact] = content
        self.take(self.offered.contact)

    def answer_with(self, content: str) -> None:
        """The content that the contact in hand asked for, as an answer; nothing is sent by it."""
        if self.offered is not None:
            self.choose(content)
            self._answering.add(self.offered.contact)
            self.take(self.offered.contact)

    def next_script(self) -> None:
        """The next variant; not any more once it was sent."""
        if self.offered and self.offered.scripts and self.phase != "sent":
            shown = self.index
            self._give_up(self.offered.contact)
            self._read(self.offered.contact)
            self.index = (shown + 1) % max(1, len(self.offered.scripts))

    def mark(self, phase: Phase) -> None:
        """Remembers how far the contact in hand has come; and what was copied for it."""
        offered = self.offered
        if offered is None:
            return
        self._phases[offered.contact] = phase
        self._copied.pop(offered.contact, None)
        if phase == "copied" and offered.content is not None and self.offer is not None:
            version = self._desk.shift.sop.version
            self._copied[offered.contact] = Copied(version, offered.content, self.offer.variant.id)

    def forget(self, contact: int) -> None:
        """Starts a contact over: after an undo nothing is copied or sent."""
        self._give_up(contact)
        self._chosen.pop(contact, None)
        self._answering.discard(contact)

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
        return self.offer.text.text

    def send(self) -> Done | Blocked:
        """Confirms the shown script as sent; the rules are asked again inside the write."""
        if self.offered is None or self.offer is None:
            return self._nothing_to_send()
        contact, copied = self.offered.contact, self._copied.get(self.offered.contact)
        done = verbs.send(
            self._desk.db,
            self._shift_for(contact),
            self._desk.clock(),
            contact,
            self._wanted(contact),
            copied.variant if copied else self.offer.variant.id,
            answer=self.answers,
            suggested=self._suggested.get(contact),
        )
        if isinstance(done, Done):
            self.mark("sent")
            self._chosen.pop(contact, None)
            self._answering.discard(contact)
        else:
            self._give_up(contact)
        return done

    @property
    def chosen(self) -> str | None:
        """The content that was chosen by hand for the contact in hand."""
        return self._chosen.get(self.offered.contact) if self.offered else None

    def title_of(self, content: str | None, room: int = LONGEST_TITLE) -> str:
        """What a content is called, in the marks of a title, in so many cells if it can be."""
        name = content_name(self._desk.db, self._desk.shift.sop, content)
        return titled(show(name, max(SHORTEST_TITLE, room - cell_len(titled("")))))

    def _nothing_to_send(self) -> Blocked:
        """Why there is nothing to confirm any more, whatever was copied before."""
        if self.offered is None or self.offered.blocked is None:
            raise NotOnDesk(0)
        self._give_up(self.offered.contact)
        return self.offered.blocked

    def _give_up(self, contact: int) -> None:
        """Nothing of this contact is copied or sent any more."""
        self._phases.pop(contact, None)
        self._copied.pop(contact, None)

    def _shift_for(self, contact: int) -> Shift:
        """The shift, with the content in it that was copied for the contact."""
        shift, copied = self._desk.shift, self._copied.get(contact)
        if copied is None:
            return shift
        contents = {**shift.sop.contents, copied.content.id: copied.content}
        return replace(shift, sop=replace(shift.sop, version=copied.version, contents=contents))

    def _wanted(self, contact: int) -> str | None:
        """The content asked for by name; None for the planned one."""
        copied = self._copied.get(contact)
        chosen = self._chosen.get(contact) or (copied.content.id if copied else None)
        return chosen or self._ahead.get(contact)

    def _copied_index(self, contact: int) -> int:
        """Where the variant that was copied stands among the scripts, else the first."""
        copied, scripts = self._copied.get(contact), self.offered.scripts if self.offered else ()
        places = (i for i, s in enumerate(scripts) if copied and s.variant.id == copied.variant)
        return next(places, 0)

    def _read(self, contact: int) -> None:
        self._ahead.pop(contact, None)
        desk, shift, wanted = self._desk, self._shift_for(contact), self._wanted(contact)
        now = desk.clock()
        known = self._suggested.setdefault(contact, {})
        self.answers = False
        self.offered = offer(desk.db, shift, now, contact, wanted, suggested=known)
        step = self.offered.step
        if self.early and step is not None and _is_early(self.offered.blocked):
            self._ahead[contact] = step.content
            ahead = offer(desk.db, shift, now, contact, step.content, suggested=known)
            self.offered = self.offered if _is_early(ahead.blocked) else ahead
        asked = contact in self._answering or self.offered.blocked is not None
        if contact in self._chosen and asked:
            answer = offer(desk.db, shift, now, contact, wanted, answer=True, suggested=known)
            if answer.blocked is None:
                self.offered, self.answers = answer, True
        if self.offered.content is not None and self.offered.suggestion is not None:
            known[self.offered.content.id] = self.offered.suggestion


def _is_early(blocked: Blocked | None) -> bool:
    return blocked is not None and blocked.why is Why.NOT_DUE
