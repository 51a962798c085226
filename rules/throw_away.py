"""Accounts that nobody stands behind: when they came, what was sent, what came of it.

Invariant: whoever ever wrote, reacted or bought something is never among them.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.wording import N_, Sentence, sentence

LONG_SILENT = 6
"""Messages without any answer that are enough alone."""
SILENT = 3
"""Messages without any answer that are enough beside another sign."""
BULK = 20
"""So many added on one day from one source came in bulk."""


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


def signs(account: Account) -> tuple[Sentence, ...]:
    """Why an account looks thrown away; empty when it does not."""
    if account.answers or account.purchases or account.touches < SILENT:
        return ()
    told = [sentence(N_("no answer to {n} messages, nothing bought"), n=account.touches)]
    if account.together >= BULK:
        told.append(sentence(N_("added with {n} others on one day"), n=account.together - 1))
    if not account.has_name:
        told.append(sentence(N_("has no name")))
    return tuple(told) if len(told) > 1 or account.touches >= LONG_SILENT else ()
