"""What a migration leaves to be read from the log: asked once, while the file is upgraded.

Invariant: afterwards the tables say what folding the log says, so `doctor` finds nothing.
"""

from __future__ import annotations

import sqlite3

from rules.purchases import state_facts
from store import derived, merged
from store.money_told import bought_by
from store.statements import named


def read_anew(db: sqlite3.Connection) -> None:
    """Whatever the tables lack and the log has."""
    for lacks, read in (
        ("lacks_lessons", learn_anew),
        ("lacks_purchases", add_up_anew),
        ("lacks_exploring", explore_anew),
    ):
        if db.execute(named()[lacks]).fetchone()[0]:
            read(db)


def learn_anew(db: sqlite3.Connection) -> None:
    """Learns from every reply in the log."""
    for (contact,) in db.execute(named()["contacts_with_replies"]).fetchall():
        derived.relearn(db, merged.holder(db, contact))


def add_up_anew(db: sqlite3.Connection) -> None:
    """Adds up everybody's purchases."""
    marks = derived.desk_marks(db)
    for (contact,) in db.execute(named()["buyers"]).fetchall():
        state = derived.state_of(db, merged.holder(db, contact))
        if state is not None:
            facts = state_facts(bought_by(db, state.contact, marks))
            derived.stand(db, state, state._replace(**facts))


def explore_anew(db: sqlite3.Connection) -> None:
    """Finds when everybody last explored."""
    for (contact,) in db.execute(named()["explorers"]).fetchall():
        holder = merged.holder(db, contact)
        state = derived.state_of(db, holder)
        folded = derived.folded_with(db, merged.members(db, holder)).get(holder)
        if state is not None and folded is not None and folded.state is not None:
            day = folded.state.last_exploring_day
            derived.stand(db, state, state._replace(last_exploring_day=day))


def find_given_up(db: sqlite3.Connection) -> None:
    """Folds whoever refused and has a file that was changed."""
    for (contact,) in db.execute(named()["changed_and_refused"]).fetchall():
        derived.refold(db, merged.holder(db, contact))
