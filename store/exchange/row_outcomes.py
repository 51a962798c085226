"""What a row of a contact file comes to: a contact, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rules.plain_text import keep
from rules.wording import Sentence
from store.exchange.cell_values import CACHED, tags_in

TAG_LIMIT = 64


class ContactRow(NamedTuple):
    """A contact as the file tells of it; "" where it tells nothing."""

    line: int
    name: str
    remark: str
    phone: str
    """Digits, with a leading "+" where one stood; compare by `phone_key`."""
    handle: str
    """WeChat id, WhatsApp number or LINE id."""
    external_id: str
    company: str
    title: str
    owner: str
    added: int | None
    """Day number."""
    source: str
    stage: str
    """As written; the SOP's names are matched elsewhere."""
    tags: tuple[str, ...]
    birthday: str
    """YYYY-MM-DD, MM-DD, or as written."""
    email: str
    extra: Mapping[str, str]
    """Everything else, by heading."""
    cells: tuple[str, ...]
    """The row as it stands in the file."""
    refused: bool = False
    """The file says that this person is not to be contacted."""
    notes: tuple[Sentence, ...] = ()
    """What of the row could not be taken for what its column says."""
    is_unnamed: bool = False
    """The name stands in for one that the file does not tell: never a change of name."""


class RejectedRow(NamedTuple):
    """A row that is not taken, and why."""

    line: int
    reason: Sentence
    cells: tuple[str, ...]


@lru_cache(maxsize=CACHED)
def tags_of(cell: str) -> tuple[str, ...]:
    """The tags of a cell, each once."""
    return tuple(dict.fromkeys(keep(tag, TAG_LIMIT) for tag in tags_in(cell)))
