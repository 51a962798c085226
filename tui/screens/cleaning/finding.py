"""The pass over all contacts that the Cleaning screen makes: in a thread, only reading."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from rules.duplicates import Likeness
from rules.shift import Shift
from rules.wording import DeskError
from store import connection
from store.duplicates import Pair, duplicates, sure_pairs, survivor_first
from store.keeping import KeptLong, kept_too_long
from store.throw_away import Suspect, suspects


def key_of(pair: Likeness) -> Pair:
    return pair.one, pair.two


@dataclass(frozen=True)
class Found:
    """What a pass over all contacts found."""

    pairs: tuple[tuple[Likeness, Pair], ...] = ()
    """Each with the contact that goes on first."""
    suspects: tuple[Suspect, ...] = ()
    kept: tuple[KeptLong, ...] = ()


def look(path: Path, shift: Shift, today: int) -> Found:
    """Pairs, accounts and those kept too long; nothing where the desk cannot be read now."""
    with (
        suppress(DeskError),  # the screen says that nothing was found, and can be opened again
        closing(connection.connect(path, read_only=True)) as db,
    ):
        likely = duplicates(db)
        sure = {frozenset(pair): pair for pair in sure_pairs(db, likely)}
        pairs = []
        for pair in likely:
            first = sure.get(frozenset((pair.one, pair.two)))
            pairs.append((pair, first or survivor_first(db, pair.one, pair.two)))
        kept = kept_too_long(db, today, shift.settings.retention_months)
        return Found(tuple(pairs), suspects(db, shift.operator), kept)
    return Found()
