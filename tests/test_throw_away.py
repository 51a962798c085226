"""Which accounts look thrown away."""

from __future__ import annotations

import pytest

from rules.throw_away import Account, signs

CASES = {
    "six messages without an answer": (Account(6, 0, 0), 1),
    "five are too few alone": (Account(5, 0, 0), 0),
    "three, added in bulk": (Account(3, 0, 0, together=20), 2),
    "three, added with a few": (Account(3, 0, 0, together=19), 0),
    "three, without a name": (Account(3, 0, 0, has_name=False), 2),
    "two, whatever else": (Account(2, 0, 0, 99, has_name=False), 0),
    "one answer among many messages": (Account(30, 1, 0, 99, has_name=False), 0),
    "a purchase": (Account(30, 0, 1, 99, has_name=False), 0),
}


@pytest.mark.parametrize("case", CASES)
def test_account_looks_thrown_away_or_not(case: str) -> None:
    account, reasons = CASES[case]
    assert len(signs(account)) == reasons
