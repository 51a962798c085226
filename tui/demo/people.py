"""Casting the demo desk: three hundred invented contacts, in the files they were imported from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from random import Random

from rules.timing import day_number
from store.exchange.contacts import ContactRow
from tui.demo.material import Material
from tui.demo.unclean import uncleaned

STAGE_COUNTS = {"lead": 186, "mql": 76, "sql": 20, "customer": 18}
ARRIVALS: tuple[tuple[date, int], ...] = (
    (date(2025, 11, 3), 16),
    (date(2025, 11, 10), 10),
    (date(2025, 11, 17), 10),
    (date(2025, 11, 24), 10),
    (date(2025, 12, 1), 10),
    (date(2025, 12, 8), 14),
    (date(2025, 12, 15), 18),
    (date(2025, 12, 22), 18),
    (date(2025, 12, 29), 16),
    (date(2026, 1, 5), 24),
    (date(2026, 1, 12), 26),
    (date(2026, 1, 19), 28),
    (date(2026, 1, 26), 30),
    (date(2026, 2, 2), 28),
    (date(2026, 2, 9), 14),
    (date(2026, 2, 25), 14),
    (date(2026, 2, 28), 14),
)
"""The day of each imported file, and how many contacts it brought."""
TOTAL = sum(STAGE_COUNTS.values())

WITHOUT_COMPANY = 0.06
WITHOUT_TITLE = 0.08
WITH_PHONE = 0.6
ACQUAINTANCE = 25
"""Days that somebody was a chat contact at most before the file was made."""


@dataclass(frozen=True)
class Batch:
    """One imported file."""

    day: int
    """Day number of the import."""
    file: str
    rows: tuple[ContactRow, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the rows, hexadecimal: in the place of the file's own."""
        return sha256(repr(self.rows).encode()).hexdigest()


def cast(material: Material, lots: Random, words: Random) -> tuple[Batch, ...]:
    """All contacts in the order in which they came; their stages are shuffled over the files.

    `lots` decides what is the same in every language, `words` how it is told.
    """
    stages = [stage for stage, count in STAGE_COUNTS.items() for _ in range(count)]
    lots.shuffle(stages)
    names = _names(material, words)
    files, rows = [], []
    for arrival, size in ARRIVALS:
        day, source = day_number(arrival), words.choice(material.sources)
        files.append((day, f"{source}-{arrival:%m%d}.csv", size))
        rows += [
            _row(material, words, next(names), line, day, source, stages.pop())
            for line in range(2, size + 2)
        ]
    told = iter(uncleaned(rows, material))
    return tuple(Batch(day, file, tuple(islice(told, size))) for day, file, size in files)


@dataclass(frozen=True)
class _Name:
    """How somebody is called, and whether that is a name or only what the chat shows."""

    number: int
    whole: str
    given: str
    proper: bool


def _names(material: Material, rng: Random) -> Iterator[_Name]:
    places = rng.sample(range(TOTAL), len(material.awkward))
    awkward = dict(zip(places, material.awkward, strict=True))
    for number in range(TOTAL):
        family, given = rng.choice(material.families), rng.choice(material.given)
        if number in awkward:
            yield _Name(number, awkward[number], awkward[number], proper=False)
        else:
            whole = material.name_form.format(family=family, given=given)
            yield _Name(number, whole, given, proper=True)


def _row(
    material: Material, rng: Random, name: _Name, line: int, day: int, source: str, stage: str
) -> ContactRow:
    """One line of a file; who goes by a nickname has told nothing else either."""
    company = rng.choice(tuple(material.companies))
    told_company = name.proper and rng.random() >= WITHOUT_COMPANY
    told_title = name.proper and rng.random() >= WITHOUT_TITLE
    remark = material.remark_form.format(
        name=name.whole, given=name.given, short=material.companies[company]
    )
    phone = material.phone_form.format(number=name.number)
    return ContactRow(
        line=line,
        name=name.whole,
        remark=remark if told_company else "",
        phone=phone if name.proper and rng.random() < WITH_PHONE else "",
        handle="",
        external_id=f"wm_demo_{name.number + 1:04}",
        company=company if told_company else "",
        title=rng.choice(material.titles) if told_title else "",
        owner="",
        added=day - rng.randrange(1, ACQUAINTANCE),
        source=source,
        stage=material.stages[stage],
        tags=tuple(rng.sample(material.tags, rng.randrange(0, 3))),
        birthday="",
        email="",
        extra={},
        cells=(),
    )
