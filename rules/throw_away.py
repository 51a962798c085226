"""Accounts that nobody stands behind: when they came, what was sent, what came of it.

Invariants: whoever ever wrote, reacted or bought something is never among
them, and silence alone makes nobody one: an ordinary contact that never
answered is for the lists of low interaction and recall.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.wording import N_, Sentence, sentence

SILENT = 3
"""Messages without any answer that are enough beside another sign."""
BULK = 20
"""So many added on one day from one source came in bulk."""
NAMELESS = 3
"""So many without a name of their own, added on one day from one source, came by machine."""

_GIVEN = re.compile(
    r"(微信|企业微信|抖音|手机)?(新)?(用户|用戶|网友|網友)[\W_]*[0-9a-z]*"
    r"|(wechat|weixin|wx|whatsapp|line)[\W_]*user[\W_]*[0-9a-z]*|user[\W_]*[0-9]{3,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Account:
    """What tells whether somebody stands behind a contact."""

    touches: int
    answers: int
    """Reactions and keywords, whatever they said."""
    purchases: int
    together: int = 0
    """Contacts of the same day and source, this one among them; 0 when the day is unknown."""
    has_name: bool = True
    """Whether the name is one that somebody chose, see `is_own_name`."""
    has_company: bool = False
    nameless: int = 0
    """Those of the same day and source without such a name, this one among them."""


def is_own_name(name: str) -> bool:
    """Whether a name is none that a platform gives to whoever chose none: 微信用户."""
    return bool(name.strip()) and _GIVEN.fullmatch(name.strip()) is None


def signs(account: Account) -> tuple[Sentence, ...]:
    """Why an account looks thrown away; empty when it does not."""
    if account.answers or account.purchases:
        return ()
    told = []
    if not account.has_name:
        told.append(sentence(N_("has no name of its own")))
        if account.nameless >= NAMELESS:
            others = account.nameless - 1
            told.append(sentence(N_("added on one day with {n} others without one"), n=others))
    if account.together >= BULK and not account.has_company:
        told.append(sentence(N_("added with {n} others on one day"), n=account.together - 1))
    if account.touches >= SILENT:
        told.append(sentence(N_("no answer to {n} messages, nothing bought"), n=account.touches))
    return tuple(told) if len(told) > 1 and not _is_ordinary(account) else ()


def _is_ordinary(account: Account) -> bool:
    """Somebody with a name who did not come in bulk; or who works somewhere."""
    return account.has_name and (account.has_company or account.together < BULK)
