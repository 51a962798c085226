"""What Cleaning finds on the demo desk: some who came twice, accounts that nobody stands behind.

Invariant: only what rows say is changed, never which rows there are, so that the
story goes as it would without. Contacts are told by their number, from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from store.exchange.contacts import ContactRow
from tui.demo.material import Material

SURELY: Mapping[int, int] = {241: 28, 253: 101}
"""Who came again, and whom that was: under one name with one email, without a chat."""
PERHAPS: Mapping[int, int] = {213: 114, 242: 112}
"""The same under one name in one company, from another chat account."""
NAMELESS = (182, 184, 192)
"""Of one file, and nobody of them ever answers."""


def uncleaned(rows: Iterable[ContactRow], material: Material) -> list[ContactRow]:
    """The rows of all files, in the order in which they came."""
    found = dict(enumerate(rows, 1))
    for again, first in {**SURELY, **PERHAPS}.items():
        found[again] = _again(found[again], found[first])
    for again, first in SURELY.items():
        email = f"contact{first}@example.com"
        found[first] = found[first]._replace(email=email)
        found[again] = found[again]._replace(email=email, external_id="")
    for number, name in zip(NAMELESS, material.nameless, strict=True):
        alike = found[number]._replace(name=name, remark="", company="", title="", phone="")
        found[number] = alike._replace(added=found[NAMELESS[0]].added, tags=())
    return [*found.values()]


def _again(row: ContactRow, first: ContactRow) -> ContactRow:
    """A row with the name and the company of somebody who is there already."""
    return row._replace(name=first.name, remark=first.remark, company=first.company, phone="")
