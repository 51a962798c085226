"""What rules would change if they were taken up: counted on the side, nothing is kept.

Works on a connection that only reads: what is worked out stands in temporary
tables, which go with the trial.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.lists import MOST_LISTS, ListRule, PriorityRule, mask_sql
from rules.sop import Sop
from store.standing import InForce, in_force

_SHOWN = 5
"""Names that are told of those who come or go."""
_BEFORE = "LEFT JOIN trial_was o ON o.contact = n.contact"
_AFTER = "LEFT JOIN trial_now n ON n.contact = o.contact"


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """One rule as it would be, against what is stored."""

    rule: str
    """The id of a list, or `priority 1` and so on, in the order of the SOP."""
    now: int
    """Contacts that fulfil it on the day asked for."""
    added: int
    """Of them, those that do not stand there yet."""
    removed: int
    """Contacts that stand there and fulfil it no longer."""
    coming: tuple[str, ...]
    """The first names of those added."""
    going: tuple[str, ...]


def try_rules(db: sqlite3.Connection, sop: Sop, day: int) -> tuple[RuleTrial, ...]:
    """Every rule of the SOP on a day, then lists that it has no more."""
    force = in_force(db)
    stored = force.rules.bits if force else {}
    named = {rule.id: bit for bit, rule in enumerate(sop.lists)}
    gone = [name for name in stored if name not in named]
    with _Tables(db):
        _fill(db, "trial_now", dict(enumerate(sop.lists)), day)
        db.execute(
            "INSERT INTO trial_was (contact, mask)"
            " SELECT contact, flags FROM contact_state WHERE flags <> 0"
        )
        found = [_compared(db, name, named.get(name), stored.get(name)) for name in (*named, *gone)]
    return (*found, *_pressing(db, force, sop.priorities, day))


def _pressing(
    db: sqlite3.Connection, force: InForce | None, priorities: Sequence[PriorityRule], day: int
) -> list[RuleTrial]:
    """The rules of the order, as those in force hold on the day that was judged."""
    before = force.rules.priorities if force else ()
    with _Tables(db):
        _fill(db, "trial_now", _as_lists(priorities), day)
        if force is not None:
            _fill(db, "trial_was", _as_lists(before), force.day)
        places = range(len(priorities[:MOST_LISTS]))
        return [
            _compared(db, f"priority {n + 1}", n, n if n < len(before) else None) for n in places
        ]


def _as_lists(priorities: Sequence[PriorityRule]) -> dict[int, ListRule]:
    first = priorities[:MOST_LISTS]
    return {n: ListRule(f"priority {n + 1}", "", rule.when) for n, rule in enumerate(first)}


class _Tables:
    """The temporary tables of one trial."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        for name in ("trial_now", "trial_was"):
            self._db.execute(f"DROP TABLE IF EXISTS temp.{name}")
            self._db.execute(
                f"CREATE TEMP TABLE {name} (contact INTEGER PRIMARY KEY, mask INTEGER)"
            )

    def __exit__(self, *_: object) -> None:
        for name in ("trial_now", "trial_was"):
            self._db.execute(f"DROP TABLE temp.{name}")


def _fill(db: sqlite3.Connection, table: str, rules: Mapping[int, ListRule], day: int) -> None:
    mask = mask_sql(rules)
    db.execute(
        f"INSERT INTO {table} (contact, mask)"  # noqa: S608 - names from this module, bound rules
        f" SELECT f.contact, f.mask FROM (SELECT s.contact, {mask.sql} AS mask"
        " FROM contact_state s) f WHERE f.mask <> 0",
        {**mask.params, "today": day},
    )


def _compared(db: sqlite3.Connection, name: str, bit: int | None, before: int | None) -> RuleTrial:
    """One rule by its bit in each table; None where it has none."""
    masks = {"now": 0 if bit is None else 1 << bit, "was": 0 if before is None else 1 << before}
    on, was = "(n.mask & :now) <> 0", "(o.mask & :was) <> 0"
    coming = f"FROM trial_now n {_BEFORE} WHERE {on} AND (o.mask IS NULL OR (o.mask & :was) = 0)"
    going = f"FROM trial_was o {_AFTER} WHERE {was} AND (n.mask IS NULL OR (n.mask & :now) = 0)"

    def number(what: str) -> int:
        return int(db.execute(f"SELECT COUNT(*) {what}", masks).fetchone()[0])

    def people(what: str, side: str) -> tuple[str, ...]:
        rows = db.execute(
            f"SELECT c.name FROM contact c WHERE c.id IN (SELECT {side}.contact {what}"  # noqa: S608
            f" ORDER BY {side}.contact LIMIT {_SHOWN}) ORDER BY c.id",
            masks,
        )
        return tuple(told for (told,) in rows)

    return RuleTrial(
        name,
        number(f"FROM trial_now n WHERE {on}"),
        number(coming),
        number(going),
        people(coming, "n"),
        people(going, "o"),
    )
