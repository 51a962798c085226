"""The lines that contacts were met in are what a plain dictionary would hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.lines_met import Lines

FIRST_NEW = 5


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(2, 99)), max_size=30))
def test_lines_met_are_those_of_a_dictionary(met: list[tuple[int, int]]) -> None:
    lines, plain = Lines(FIRST_NEW), dict[int, int]()
    for contact, line in met:
        newest = FIRST_NEW + sum(known >= FIRST_NEW for known in plain)
        who = min(contact, newest)  # a file brings new contacts one after the other
        lines.meet(who, line)
        plain[who] = line
    assert dict(lines) == plain
    assert len(lines) == len(plain)
    assert {who: lines.get(who) for who in range(14)} == {who: plain.get(who) for who in range(14)}
    assert {who for who in range(14) if who in lines} == plain.keys()
