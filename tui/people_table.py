"""Contacts that a text finds as rows of a file. Headings in the language that is set."""

from __future__ import annotations

from collections.abc import Iterator

from rules.timing import iso_day
from store import people
from store.derived import state_of
from store.exchange.headings import Field
from store.namesakes import refused_elsewhere
from store.profiles import profile_of
from tui.field_words import field_word
from tui.list_words import fact_words
from tui.opening import OpenDesk
from tui.wording import status_word
from tui.words import _

MOST = 5000
"""Rows of a search that is written to a file."""
_TOLD = (
    Field.NAME,
    Field.REMARK,
    Field.PHONE,
    Field.HANDLE,
    Field.EXTERNAL_ID,
    Field.COMPANY,
    Field.TITLE,
    Field.TAGS,
)


def headings() -> tuple[str, ...]:
    """What stands above the columns of `found_rows`; an import of contacts knows them again."""
    own = (field_word(field) for field in _TOLD)
    return (*own, field_word(Field.STAGE), field_word(Field.OWNER), _("status"), _("due on"))


def found_rows(desk: OpenDesk, text: str) -> Iterator[tuple[str, ...]]:
    """Everybody whom a text finds, best first; days are ISO dates."""
    sop = desk.shift.sop
    for person in people.find(desk.db, text, owner=desk.shift.operator, limit=MOST):
        state, profile = state_of(desk.db, person.contact), profile_of(desk.db, person.contact)
        if state is None or profile is None:
            continue
        next_day = None if refused_elsewhere(desk.db, state, profile) else state.next_due
        yield (
            *(profile.get(field.value, "") for field in _TOLD),
            fact_words("stage", state.stage, sop),
            state.owner,
            status_word(state.status),
            iso_day(next_day) or "",
        )
