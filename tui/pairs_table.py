"""Contacts who may be one person as rows of a file, both sides of a pair in one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.duplicates import Likeness
from store.connection import Connection
from store.exchange.headings import Field
from store.profiles import profile_of
from tui.field_words import field_word
from tui.wording import alike_word, reasons_words
from tui.words import _

_TOLD = (Field.NAME, Field.COMPANY, Field.PHONE, Field.REMARK)


def headings() -> tuple[str, ...]:
    """What stands above the columns of `pair_rows`."""
    sides = (
        (_("number"), *(field_word(field) for field in _TOLD)),
        (f"{_('number')} 2", *(f"{field_word(field)} 2" for field in _TOLD)),
    )
    return (_("how sure"), _("points"), *sides[0], *sides[1], _("reason"))


def pair_rows(db: Connection, pairs: Iterable[Likeness]) -> Iterator[tuple[str, ...]]:
    """Each pair with what is known of both."""
    for pair in pairs:
        told = [alike_word(pair.alike), str(pair.score)]
        for contact in (pair.one, pair.two):
            profile = profile_of(db, contact) or {}
            told += [str(contact), *(profile.get(field.value, "") for field in _TOLD)]
        yield (*told, reasons_words(pair.because))
