"""Whether a row of a file may mean somebody whom a row further up means.

Hardly any does, and on a desk that was empty before the file the others are new
without a look at it. It holds bits and no keys, so that memory is the same for
any length. Invariant: where two rows may mean one person, it says so; where it
says so without reason, the desk is asked in vain and nothing else follows.
"""

from __future__ import annotations

from collections.abc import Iterable

from store.known_people import KINDS, Keys

BITS = 24
"""Two to this power are kept, 2 MiB; of a million rows one in six is asked for in vain."""
_MASK = (1 << BITS) - 1


class MetInFile:
    """What the rows so far are known by."""

    def __init__(self) -> None:
        self._bits = bytearray(1 << (BITS - 3))

    def meet(self, keys: Keys, *, has_more: bool = False) -> bool:
        """Whether no row so far may mean who has these keys, which are kept.

        Of two who are called alike and have different phones, none is the other, unless
        one of them `has_more` phones among the extra fields.
        """
        *_ids, phone, name = keys
        told = [hash(pair) & _MASK for pair in zip(KINDS, keys, strict=True) if pair[1]]
        called, any_phone = told.pop() if name else 0, hash(("of any phone", name)) & _MASK
        if phone and not has_more:
            is_first = not self._has([*told, any_phone])
            self._keep([*told, called])
        else:
            is_first = not self._has([*told, called])
            self._keep([*told, called, any_phone])
        return is_first

    def _has(self, places: Iterable[int]) -> bool:
        return any(self._bits[at >> 3] & (1 << (at & 7)) for at in places)

    def _keep(self, places: Iterable[int]) -> None:
        for at in places:
            self._bits[at >> 3] |= 1 << (at & 7)
