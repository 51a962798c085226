"""Finding contacts who may be one person, without comparing everybody with everybody.

Only those are compared who share a phone, an id, an email, or the sound of a
name together with the head of a company; the cost follows their number. In a
group too large for all pairs only people of one name are compared.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations, pairwise
from unicodedata import combining, normalize

from rules.duplicates import (
    Alike,
    Called,
    Known,
    Likeness,
    called,
    chosen_together,
    company_core,
    likeness,
)
from scripts.naming import is_surname
from store import namesakes
from store.search_keys import HAN, folded, pinyin, simplified
from store.statements import named, run

MOST = 12
"""Contacts of one group up to which each is compared with each."""
SHARED = ("shared_externals", "shared_handles", "shared_phones", "shared_emails")
HEAD = 2
"""Characters of a company by which its people are brought together."""
KEPT = 50_000
"""Texts and contacts that are kept taken apart, since names and companies come again."""
LONGEST_ALONE = 4
"""Characters up to which a name holds no company beside it."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A contact as it is compared, and what says which of two goes on."""

    known: Known
    touches: int
    last_seq: int


def duplicates(db: sqlite3.Connection) -> tuple[Likeness, ...]:
    """Pairs that may be one person, the surest first, without those kept apart."""
    return tuple(_ordered(_compared(db)))


def sure_pairs(db: sqlite3.Connection, found: Iterable[Likeness]) -> list[Pair]:
    """Those that can be merged in one go, the contact that goes on first."""
    sure = [pair for pair in found if pair.alike is Alike.SURELY]
    told = {c: _told(db, c) for pair in sure for c in (pair.one, pair.two)}
    ids = {c: t.known.external_id for c, t in told.items() if t is not None}
    pairs = chosen_together(((pair.one, pair.two) for pair in sure), ids)
    return [survivor_first(db, *pair) for pair in pairs]


def survivor_first(db: sqlite3.Connection, one: int, two: int) -> Pair:
    """The pair with the contact first that was written to more, else the one known longer."""
    first, second = _told(db, one), _told(db, two)
    more = first and second and second.touches > first.touches
    return (two, one) if more else (one, two)


def _ordered(found: Iterable[Likeness]) -> list[Likeness]:
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.two))


def _compared(db: sqlite3.Connection) -> Iterator[Likeness]:
    apart = {frozenset(pair) for pair in db.execute(named()["all_kept_apart"])}
    sharing: dict[int, int] = {}
    pairs = set(_by_identity(db, sharing))
    pairs.update(_by_name(db))
    told = lru_cache(maxsize=KEPT)(partial(_told, db))
    for pair in sorted(pairs):
        if frozenset(pair) in apart:
            continue
        one, two = told(pair[0]), told(pair[1])
        if one is not None and two is not None:
            office = min(sharing.get(pair[0], 2), sharing.get(pair[1], 2))
            alike = likeness(one.known, two.known, sharing=office)
            if alike is not None:
                yield alike


def _by_identity(db: sqlite3.Connection, sharing: dict[int, int]) -> Iterator[Pair]:
    """Pairs of one phone, id or email; fills how many share each contact's phone."""
    for statement in SHARED:
        for value, group in _groups(db.execute(named()[statement])):
            if statement == "shared_phones":
                sharing |= dict.fromkeys(group, len(group))
            if statement == "shared_externals" and namesakes.is_row_number(value):
                continue
            yield from _pairs_of(db, group)


def _groups(rows: Iterable[tuple[str, int]]) -> Iterator[tuple[str, list[int]]]:
    """Rows of a value and a contact, in order of the value, by value."""
    value, group = "", list[int]()
    for told, contact in rows:
        if told != value:
            if group:
                yield value, group
            value, group = told, []
        group.append(contact)
    if group:
        yield value, group


def _pairs_of(db: sqlite3.Connection, group: list[int]) -> Iterator[Pair]:
    """All pairs of a small group; of a large one those of one name, one after the other."""
    if len(group) <= MOST:
        yield from combinations(sorted(group), 2)
        return
    by_sound: dict[str, list[int]] = {}
    for contact in sorted(group):
        row = run(db, "to_compare_one", {"contact": contact}).fetchone()
        for sound in names_in(row[1], row[2], row[3])[1] if row else ():
            by_sound.setdefault(sound, []).append(contact)
    for alike in by_sound.values():
        yield from _few_pairs(alike)


def _few_pairs(group: list[int]) -> Iterator[Pair]:
    """All pairs of a small group, of a large one only neighbours."""
    if len(group) <= MOST:
        yield from combinations(group, 2)
    else:
        yield from pairwise(group)


class _Sharing:
    """Contacts by what they share; a group is kept from its second contact on."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}

    def add(self, key: int, contact: int) -> None:
        first = self._first.setdefault(key, contact)
        if first != contact:
            self._groups.setdefault(key, [first]).append(contact)

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        return ((key, sorted(set(group))) for key, group in self._groups.items())


def _by_name(db: sqlite3.Connection) -> Iterator[Pair]:
    """Pairs of people of one company whose names sound alike, or may be one."""
    named_alike, of_surname, short = _Sharing(), _Sharing(), set[int]()
    for contact, name, remark, company in db.execute(named()["to_compare"]):
        heads = company_heads(name, remark, company)
        if not heads:
            continue
        _written, sounds, surnames, is_short = names_in(name, remark, company)
        for head in heads:
            for sound in sounds:
                named_alike.add(hash((head, sound)), contact)
            for surname in surnames:
                of_surname.add(hash((head, surname)), contact)
        if is_short:
            short.add(contact)
    for _key, group in named_alike.groups():
        yield from _few_pairs(group)
    for _key, group in of_surname.groups():
        if len(group) <= MOST:
            pairs = combinations(group, 2)
            yield from (p for p in pairs if p[0] in short or p[1] in short)


def company_heads(name: str, remark: str, company: str) -> set[str]:
    """What brings people of one company together: how the names of their companies begin."""
    if not company and not remark and len(name) <= LONGEST_ALONE:
        return set()
    return {c[:HEAD] for c in companies_in(name, remark, company) if len(c) >= HEAD}


def _told(db: sqlite3.Connection, contact: int) -> Told | None:
    row = run(db, "to_compare_one", {"contact": contact}).fetchone()
    if row is None:
        return None
    name, remark, company, phone, external, handle, email, birthday = row[1:9]
    written, sounds, surnames, is_short = names_in(name, remark, company)
    known = Known(
        contact,
        written,
        sounds,
        surnames,
        is_short,
        companies_in(name, remark, company),
        phone,
        "" if namesakes.is_row_number(external) else external,
        handle,
        email.casefold(),
        birthday,
    )
    return Told(known, row[10], row[11])


Names = tuple[frozenset[str], frozenset[str], frozenset[str], bool]
"""Full names, their sounds, the sounds of surnames, and whether only surnames are known."""


@lru_cache(maxsize=KEPT)
def names_in(name: str, remark: str, company: str) -> Names:
    """What a contact's name and remark say of who it is; a remark may only name the company."""
    both = [_called(name)] if name else []
    if remark and not any(n in folded(company) for n in map(folded, _called(remark).names)):
        both.append(_called(remark))
    written = frozenset(n for told in both for n in told.names)
    sounds = frozenset(sound for n in written for sound in _sounds(n))
    surnames = {_surname(n) for n in written} | {_reading(t.short) for t in both if t.short}
    is_short = not written and any(told.short for told in both)
    return written, sounds, frozenset(surnames), is_short


@lru_cache(maxsize=KEPT)
def companies_in(name: str, remark: str, company: str) -> frozenset[str]:
    """The companies of a contact, without what many companies have in their names."""
    texts = [folded(company)] if company else []
    texts += [part for text in (remark, name) if text for part in _called(text).rest]
    return frozenset(filter(None, map(_core, texts)))


@lru_cache(maxsize=KEPT)
def _called(text: str) -> Called:
    plain = text.casefold()
    if HAN.search(plain):
        plain = "".join(map(simplified, plain))
    return called(plain, is_surname)


@lru_cache(maxsize=KEPT)
def _core(text: str) -> str:
    return company_core(text)


@lru_cache(maxsize=KEPT)
def _sounds(name: str) -> tuple[str, ...]:
    """The reading of a Chinese name; a Latin one without accents, its last word also in front."""
    if HAN.search(name):
        return ("".join(pinyin(name)),)
    plain = "".join(c for c in normalize("NFKD", name) if not combining(c))
    words = re.sub("[.-]", " ", re.sub("['’]", "", plain)).split()
    return ("".join(words), "".join([*words[-1:], *words[:-1]]))


def _surname(name: str) -> str:
    return _reading(name[0]) if HAN.search(name) else name.split()[0]


@lru_cache(maxsize=KEPT)
def _reading(surname: str) -> str:
    return "".join(pinyin(surname + "某")[:-1]) if len(surname) == 1 else "".join(pinyin(surname))
