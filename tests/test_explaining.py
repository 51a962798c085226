"""Which part of a rule held: against tables, and against the whole condition."""

from __future__ import annotations

import pytest
from hypothesis import given

from rules.conditions import Sign, truth_of
from rules.events import ContactState
from rules.explaining import Part, parts, written
from rules.facts import values
from rules.predicates import Compiled, compile_predicate
from tests.rule_kit import TODAY, compiled, rules, states

STATE = ContactState(1, "op1", "sql", touches=3, positive=2, last_touch_day=TODAY - 5)

PARTS = {
    "one comparison": ("touch_count >= 3", [(0, "touch_count >= 3", True)]),
    "and at the top goes without saying": (
        "touch_count > 3 and stage = 'sql'",
        [(0, "touch_count > 3", False), (0, "stage = 'sql'", True)],
    ),
    "or stands above its parts": (
        "stage in ('lead', 'mql') or positive_count + exploring_count >= 2",
        [
            (0, "", True),
            (1, "stage in ('lead', 'mql')", False),
            (1, "positive_count + exploring_count >= 2", True),
        ],
    ),
    "and below or": (
        "stage = 'lead' or touch_count = 3 and days_since_reaction <= 2",
        [
            (0, "", None),
            (1, "stage = 'lead'", False),
            (1, "", None),
            (2, "touch_count = 3", True),
            (2, "days_since_reaction <= 2", None),
        ],
    ),
    "not is one part": (
        "not (touch_count = 3 or stage = 'lead')",
        [(0, "not (touch_count = 3 or stage = 'lead')", False)],
    ),
    "days as dates": (
        "last_touch_day between '2026-01-01' and '2026-02-28' and last_touch_day < today - 7",
        [
            (0, "last_touch_day between '2026-01-01' and '2026-02-28'", True),
            (0, "last_touch_day < today - 7", False),
        ],
    ),
    "null": ("last_reaction is null", [(0, "last_reaction is null", True)]),
}


@pytest.mark.parametrize(("rule", "expected"), PARTS.values(), ids=PARTS.keys())
def test_parts_tell_what_held(rule: str, expected: list[tuple[int, str, bool | None]]) -> None:
    found = [*parts(compiled(rule).condition, values(STATE, TODAY))]
    assert [(part.depth, part.text, part.held) for part in found] == expected


def test_a_part_has_what_it_read() -> None:
    rule = compiled("touch_count >= 1 and last_touch_day < today")
    (one, other) = parts(rule.condition, values(STATE, TODAY))
    assert one == Part(0, Sign.AT_LEAST, "touch_count >= 1", True, {"touch_count": 3})
    assert [*other.facts] == ["last_touch_day", "today"]


@given(rule=rules, state=states)
def test_what_is_written_means_the_same(rule: str, state: ContactState) -> None:
    found = compile_predicate(rule)
    assert isinstance(found, Compiled)
    facts = values(state, TODAY)
    again = compile_predicate(written(found.condition))
    assert isinstance(again, Compiled), again
    assert truth_of(again.condition)(facts) is truth_of(found.condition)(facts)
