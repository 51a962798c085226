"""Bringing purchases onto the desk: events in the log, a whole file as one step.

Each belongs to a contact who is there already. The same file again changes
nothing: a purchase that stands is met by its contact, order, day, amount and
product, as often as it stands. What was wrong is corrected by a new entry.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rules.events import Event
from rules.facts import OF_PURCHASES
from rules.folding import Undone, undone_events
from rules.nouns import MONEY, Kind
from rules.plain_text import keep
from rules.purchases import YUAN, OneCurrency, state_facts
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import N_, Sentence, sentence
from store import derived, known_people, log, row_chunks, standing
from store.batches import Batch, Form, form_of
from store.connection import rollback, transaction
from store.exchange.contact_rows import RejectedRow
from store.exchange.purchases import PurchaseRow
from store.imported import Imported
from store.known_people import People, wanted_of
from store.matching import Several, the_only_one
from store.money_told import Told, bought_from, words_of
from store.row_chunks import chunks, uncollected
from store.statements import named
from store.verbs import draft

Buyer = tuple[tuple[str, str], ...]
"""What a row says of who bought: fields of a profile with their values."""
REMEMBERED = 50_000
"""Buyers who are remembered from one part of the file to the next."""
Identity = tuple[int, int, int, str, str, str]
"""Contact, day, minor units, currency, product, order."""


@dataclass
class _Run:
    """One file of purchases under way."""

    shift: Shift
    now: Moment
    head: Event
    form: Form
    batch: Batch
    out: Undone
    """Imports that are undone."""
    judges: bool
    """A rule in force reads what somebody bought."""
    new: int = 0
    same: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    notes: list[tuple[int, Sentence]] = field(default_factory=list)
    met: Counter[Identity] = field(default_factory=Counter)
    """How often this file told each of those that stood before."""
    standing: Counter[Identity] = field(default_factory=Counter)
    """Of the contacts at hand, what stood before this file."""
    orders: set[tuple[int, str, str]] = field(default_factory=set)
    """Contact, order and product of what stood before."""
    last: dict[int, int] = field(default_factory=dict)
    """The newest event of each buyer."""
    meant: dict[Buyer, int | Sentence] = field(default_factory=dict)
    """Who is meant by what says who bought, or why nobody is; no purchase changes that."""
    blank: set[int] = field(default_factory=set)
    """Contacts of whom nothing stood before this file."""
    sums: dict[int, OneCurrency] = field(default_factory=dict)
    """What some of these bought, so that it is not read again; those of several currencies not."""


def import_purchases(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    rows: Iterable[PurchaseRow | RejectedRow],
    source: Mapping[str, str],
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _rows: None,
) -> Imported:
    """Imports purchases of contacts who are on the desk; all of them, or none.

    `source` (file name, SHA-256) is kept with the import's event. Rows about
    nobody, or about several people alike, are rejected.
    """
    with transaction(db), uncollected():
        run = _begin(db, shift, now, source)
        for chunk in chunks(rows, run.rejected, progress):
            _take_all(db, run, chunk)
        _add_up(db, run)
        wrote = bool(run.new)
        if dry_run or not wrote:
            rollback(db)
            db.execute("BEGIN IMMEDIATE")
        else:
            known_people.end(db)
            run.batch.finish()
            db.execute(named()["drop_buyers"])
    kept = run.head if wrote and not dry_run else None
    return Imported(run.new, 0, run.same, tuple(run.rejected), 0, kept, tuple(run.notes))


def _begin(db: sqlite3.Connection, shift: Shift, now: Moment, source: Mapping[str, str]) -> _Run:
    seq, link = db.execute(named()["last_link"]).fetchone() or (0, log.GENESIS)
    words = {name: keep(value) for name, value in source.items()}
    head = draft(shift, now, Kind.IMPORT, None)._replace(text={**words, "kind": "purchases"})
    head, link = log.append_after(db, head, seq, link)
    known_people.begin(db)
    db.execute(named()["make_buyers"])
    force = standing.in_force(db)
    judges = force is not None and not OF_PURCHASES.isdisjoint(force.rules.judge.facts)
    form = form_of(draft(shift, now, Kind.PURCHASE, 0)._replace(ref=head.seq))
    batch = Batch(db, head.seq, link)
    return _Run(shift, now, head, form, batch, derived.desk_marks(db), judges)


def _take_all(db: sqlite3.Connection, run: _Run, rows: Sequence[PurchaseRow]) -> None:
    """Some rows: who is meant, and what they bought before, is read at once."""
    run.notes.extend((row.line, note) for row in rows if row.notes for note in row.notes)
    buyers = [tuple(row.buyer.items()) for row in rows]
    _learn_buyers(db, run, buyers)
    bought: list[tuple[PurchaseRow, int]] = []
    for row, buyer in zip(rows, buyers, strict=True):
        meant = run.meant[buyer]
        if isinstance(meant, int):
            bought.append((row, meant))
        else:
            run.rejected.append(RejectedRow(row.line, meant, row.cells))
    _read_standing(db, run, {contact for _row, contact in bought})
    for row, contact in bought:
        _take(run, row, contact)
    run.batch.write()


def _learn_buyers(db: sqlite3.Connection, run: _Run, buyers: Sequence[Buyer]) -> None:
    """Finds who is meant by each; whoever comes again is not looked for again."""
    if len(run.meant) > REMEMBERED:
        run.meant.clear()
    new = [buyer for buyer in dict.fromkeys(buyers) if buyer not in run.meant]
    told = [dict(buyer) for buyer in new]
    people = People(db, map(wanted_of, told))
    for buyer, profile in zip(new, told, strict=True):
        run.meant[buyer] = _who(people, profile)


def _add_up(db: sqlite3.Connection, run: _Run) -> None:
    """Writes what each buyer bought, and judges them where a rule reads it; once, at the end."""
    buyers = iter(run.last.items())
    while some := dict(islice(buyers, row_chunks.CHUNK)):
        told = _told_by(db, (contact for contact in some if contact not in run.sums))
        known = {c: state_facts(bought_from(rows, run.out)) for c, rows in told.items()}
        facts = [
            {"contact": c, "last_seq": seq, **(known.get(c) or run.sums[c].state_facts())}
            for c, seq in some.items()
        ]
        if run.judges:
            _judge(db, facts)
        else:
            db.executemany(named()["save_purchases"], facts)


def _judge(db: sqlite3.Connection, facts: Iterable[Mapping[str, Any]]) -> None:
    for told in facts:
        state = derived.state_of(db, told["contact"])
        if state is not None:
            derived.stand(db, state, state._replace(**told))


def _told_by(
    db: sqlite3.Connection, contacts: Iterable[int], before: int = log.LAST
) -> dict[int, list[Told]]:
    """The entries and marks of several contacts up to the event `before`, each in log order."""
    found: dict[int, list[Told]] = {contact: [] for contact in contacts}
    db.execute(named()["forget_buyers"])
    db.executemany(named()["add_buyer"], ((contact,) for contact in found))
    db.execute(named()["add_merged_buyers"])
    for row in db.execute(named()["purchases_of_buyers"], {"before": before}):
        found[row[0]].append(row[1:])
    return found


def _who(people: People, profile: Mapping[str, str]) -> int | Sentence:
    """Who bought, or why it is nobody or not clear."""
    try:
        contact = the_only_one(people, profile)
    except Several:
        return sentence(N_("several contacts are called so: a phone or an id would tell which"))
    nobody = N_("nobody on the desk has this id, phone or name: import them first")
    return sentence(nobody) if contact is None else contact


def _read_standing(db: sqlite3.Connection, run: _Run, contacts: Iterable[int]) -> None:
    """The purchases of these contacts, and which of them stand from before this file."""
    run.standing.clear()
    run.orders.clear()
    unread = [contact for contact in contacts if contact not in run.blank]
    for contact, rows in _told_by(db, unread, run.head.seq).items():
        if rows:
            _stand(run, contact, rows)
        else:
            run.blank.add(contact)


def _stand(run: _Run, contact: int, rows: Sequence[Told]) -> None:
    """What stands of somebody's purchases from before this file."""
    out = undone_events(
        (ref or 0, Kind(kind), seq) for seq, kind, ref, *_rest in rows if kind in _MARKS
    )
    for row in rows:
        seq, kind, ref, day, amount, *_rest = row
        if kind in MONEY and seq not in out and ref not in run.out:
            words = words_of(row)
            what = _what(words.get("currency", YUAN), words)
            run.standing[(contact, day, amount or 0, *what)] += 1
            run.orders.add((contact, what[2], what[1]))


def _what(currency: str, words: Mapping[str, str]) -> tuple[str, str, str]:
    return currency, words.get("product", ""), words.get("order", "")


def _take(run: _Run, row: PurchaseRow, contact: int) -> None:
    """One purchase: known, new, or an order that stands otherwise."""
    is_blank = contact in run.blank
    if not is_blank and _is_known(run, row, contact):
        return
    if is_blank:
        _sum_up(run, row, contact)
    told: dict[str, str] = {}
    if row.product:
        told["product"] = row.product
    if row.order:
        told["order"] = row.order
    if row.currency != YUAN:
        told["currency"] = row.currency
    run.last[contact] = run.batch.add_entry(run.form, row.day, contact, row.amount, told)
    run.new += 1


def _sum_up(run: _Run, row: PurchaseRow, contact: int) -> None:
    """Adds a purchase of somebody of whom nothing stood before."""
    if contact not in run.last and len(run.sums) < REMEMBERED:
        run.sums[contact] = OneCurrency(row.currency)
    sums = run.sums.get(contact)
    if sums is not None and sums.currency == row.currency:
        sums.add(row.day, row.amount)
    else:
        run.sums.pop(contact, None)


def _is_known(run: _Run, row: PurchaseRow, contact: int) -> bool:
    """Whether a purchase stood before this file, as it is told or otherwise; it is counted then."""
    identity = (contact, row.day, row.amount, row.currency, row.product, row.order)
    if stood := run.standing[identity]:
        run.met[identity] += 1
        if run.met[identity] <= stood:
            run.same += 1
            return True
    if row.order and row.amount > 0 and (contact, row.order, row.product) in run.orders:
        reason = sentence(
            N_("order {order} stands with another day or amount: correct it by a new entry"),
            order=row.order,
        )
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        return True
    return False


_MARKS = (Kind.UNDO.value, Kind.REDO.value)
