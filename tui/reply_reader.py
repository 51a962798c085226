"""Reading replies at a desk: what ships, the keywords of its SOP, and what it has learned itself.

Loaded when the first reply is read; the start of the desk waits for none of it.
"""

from __future__ import annotations

from functools import cache

from rules.sop import Sop
from scripts.reading.model import Model
from scripts.reading.nearest import Examples
from scripts.reading.reading import Confirmed, Known, Reading, read
from sop_content.replies import shipped_examples, shipped_model
from store import derived, learning
from store.connection import Connection
from tui.opening import OpenDesk


@cache
def _shipped() -> tuple[Model, Examples]:
    return shipped_model(), Examples(shipped_examples())


def read_reply(text: str, desk: OpenDesk, contact: int | None = None) -> Reading:
    """What a reply likely means; of a contact, when it is known who wrote."""
    return reading_of(text, desk.shift.sop, desk.db, contact)


def reading_of(text: str, sop: Sop, db: Connection | None, contact: int | None = None) -> Reading:
    """The same without an open desk: then nothing that was learned counts."""
    model, examples = _shipped()
    keywords = {c.id: c.keyword for c in sop.contents.values() if c.keyword}
    replies = {name: sop.reply_to(name) for name in keywords}
    confirmed: tuple[Confirmed, ...] = ()
    last = None
    if db is not None:
        confirmed = learning.near(db, text)
        state = None if contact is None else derived.state_of(db, contact)
        last = state.last_content if state else None
    return read(text, Known(model, examples, keywords, replies), confirmed, last)
