"""What the Cleaning screen lists as rows of a file: pairs with both sides, accounts, and those
kept too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.duplicates import Alike, Likeness
from rules.kept_long import reason
from rules.timing import iso_day
from store.connection import Connection
from store.exchange.headings import Field
from store.keeping import KeptLong
from store.profiles import profile_of
from store.throw_away import Suspect
from tui.field_words import field_word
from tui.wording import reasons_words, status_word
from tui.words import _, say

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


def account_headings() -> tuple[str, ...]:
    """What stands above the columns of `account_cells`."""
    known = (field_word(f) for f in (Field.NAME, Field.COMPANY, Field.SOURCE, Field.ADDED))
    return (_("number"), *known, _("sent"), _("reason"))


def account_cells(one: Suspect) -> tuple[str, ...]:
    """An account that nobody seems to stand behind."""
    known = (str(one.contact), one.name, one.company, one.source, one.added)
    return (*known, str(one.touches), reasons_words(one.because))


def kept_headings() -> tuple[str, ...]:
    """What stands above the columns of `kept_cells`."""
    known = (field_word(Field.NAME), field_word(Field.COMPANY))
    return (_("number"), *known, _("status"), _("last in touch"), _("reason"))


def kept_cells(one: KeptLong) -> tuple[str, ...]:
    """A contact who was out of touch for longer than the settings say."""
    status, last = status_word(one.status), iso_day(one.last) or ""
    return (str(one.contact), one.name, one.company, status, last, say(reason(one.status)))


def alike_word(alike: Alike) -> str:
    return {Alike.SURELY: _("surely"), Alike.PERHAPS: _("perhaps")}[alike]
