"""Random histories of three contacts, and every row of the derived tables, to compare."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from hypothesis import strategies as st

from rules.nouns import Kind, Reaction
from rules.wording import DeskError
from store import bought, lists, merging, undoing, verbs
from store.bought import Deal
from store.list_pass import judge_all
from store.walking import look_at_sequences
from tests.desk_kit import MONDAY, Desk, moment, shift
from tests.list_kit import LISTS, ruled
from tests.walk_kit import sop as walked_sop

AT_WORK = shift("op1", ruled(sop=walked_sop()), daily_cap=50)
LOG = ("event", "event_text", "sqlite_", "_sqlite", "script_text", "sop_shape")
"""What is no derived table."""


def rows_of(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every derived table; counters of nothing are no rows."""
    names = [n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    kept = [name for name in names if not name.startswith(LOG)]
    found = {}
    for name in kept:
        rows = db.execute(f"SELECT * FROM {name}")  # noqa: S608 - names of our tables
        found[name] = sorted((row for row in rows if not is_nothing(name, row)), key=repr)
    return found


def is_nothing(table: str, row: Sequence[Any]) -> bool:
    counters = {"due_count": 1, "list_count": 1, "content_month": 6, "day_stat": 2}
    return table in counters and not any(row[-counters[table] :])


STEPS = (
    "send",
    "react",
    "refuse",
    "resume",
    "snooze",
    "note",
    "keyword",
    "undo",
    "day",
    "settle",
    "apart",
    "buy",
    "correct",
)
MERGING = (*STEPS, "merge", "unmerge", "toggle")


def histories(steps: Sequence[str]) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    """Steps, each with a contact and a number."""
    step = st.tuples(st.sampled_from(steps), st.integers(1, 3), st.integers(0, 5))
    return st.lists(step, max_size=25)


class History:
    """What random steps do at a desk; steps that are not possible do nothing."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.day = desk, MONDAY

    def play(self, steps: Sequence[tuple[str, int, int]]) -> None:
        for step, contact, n in steps:
            with suppress(DeskError):
                self.step(step, contact, n)

    def step(self, step: str, contact: int, n: int) -> None:
        told = (self.desk.db, AT_WORK, moment(self.day))
        other = 1 + n % 3
        steps: dict[str, Callable[[], object]] = {
            "send": lambda: verbs.send(*told, contact, (None, "hello", "talk")[n % 3]),
            "react": lambda: verbs.react(
                *told, contact, [*Reaction][n % 5], {"interest": f"点{n}", "reply": "好的"}
            ),
            "refuse": lambda: verbs.refuse(*told, contact, "不要"),
            "resume": lambda: verbs.resume(*told, contact, "又要"),
            "snooze": lambda: verbs.snooze(*told, contact, self.day + n),
            "note": lambda: verbs.note(*told, contact, {"note": "茶", "interest": f"点{n}"}),
            "keyword": lambda: verbs.keyword(*told, contact, "模板"),
            "undo": lambda: undoing.undo(*told, same_day=True, past_refusals=True),
            "settle": lambda: lists.follow_up(*told, contact, LISTS[n].id),
            "apart": lambda: merging.keep_apart(*told, contact, other),
            "buy": lambda: bought.buy(*told, contact, Deal(100 * n, "CNY", self.day - n)),
            "correct": lambda: self.correct(contact, n),
            "merge": lambda: merging.merge(*told, contact, other),
            "unmerge": lambda: merging.unmerge(*told, contact),
            "toggle": lambda: self.toggle(n),
            "day": lambda: self.to_day(n),
        }
        steps[step]()

    def correct(self, contact: int, n: int) -> None:
        """Corrects one of a contact's purchases."""
        db, known = self.desk.db, [*bought.bought(self.desk.db, contact)]
        deal = Deal(50 * n, ("CNY", "USD")[n % 2], self.day)
        seq = known[n % len(known)] if known else 0
        bought.correct(db, AT_WORK, moment(self.day), contact, seq, deal)

    def toggle(self, n: int) -> None:
        """Takes back or does again a merge of any day."""
        db = self.desk.db
        done = [s.event for s in undoing.steps(db, "op1") if s.event.kind is Kind.MERGED]
        undoing.toggle(db, AT_WORK, moment(self.day), done[n % len(done)].seq)

    def to_day(self, n: int) -> None:
        self.day += n
        judge_all(self.desk.db, AT_WORK.sop, self.day)
        look_at_sequences(self.desk.db, AT_WORK, moment(self.day))
