"""Who stands on a list, when that is due, why, and who comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.events import ContactState
from rules.facts import values
from rules.lists import (
    DueFrom,
    DueRule,
    Explained,
    ListRule,
    PriorityRule,
    Standing,
    check_reason,
    digest,
    explained,
    judged,
    mask_sql,
    priority_sql,
    reason_text,
)
from rules.nouns import Reaction
from tests.rule_kit import TODAY, compiled, desk_with, rules, tables

WARM = replace(
    ContactState(1, "op1", "lead"),
    touches=3,
    positive=2,
    last_touch_day=TODAY - 5,
    last_reaction=Reaction.POSITIVE,
    last_reaction_day=TODAY - 4,
)
REVISIT = ListRule(
    "revisit", "回访", compiled("last_reaction = 'positive'"), DueRule(DueFrom.ROUND, 7), "x", 5
)
MANY = ListRule("many", "多", compiled("touch_count >= 5"), priority=8)
ALL = ListRule("all", "全", compiled("touch_count >= 0"))
PRESSING = (
    PriorityRule(compiled("positive_count = 2"), 6),
    PriorityRule(compiled("positive_count = 3"), 9),
)

DUE: dict[str, tuple[DueRule, int | None, int]] = {
    "the day it came onto the list": (DueRule(), None, TODAY - 2),
    "the day after it was dealt with": (DueRule(), TODAY, TODAY + 1),
    "after the reaction": (DueRule(DueFrom.REACTION, 30), None, TODAY + 26),
    "on the day of the reaction": (DueRule(DueFrom.REACTION, 0), None, TODAY - 4),
    "after the message": (DueRule(DueFrom.TOUCH, 7), None, TODAY + 2),
    "again after it was dealt with": (DueRule(DueFrom.TOUCH, 7), TODAY, TODAY + 7),
    "round, from the list": (DueRule(DueFrom.ROUND, 7), None, TODAY + 5),
    "round, from when it was dealt with": (DueRule(DueFrom.ROUND, 7), TODAY - 1, TODAY + 6),
}


@pytest.mark.parametrize(("rule", "handled", "expected"), DUE.values(), ids=DUE.keys())
def test_entry_is_due_on(rule: DueRule, handled: int | None, expected: int) -> None:
    assert rule.day(WARM, since=TODAY - 2, handled=handled) == expected


def test_round_begins_anew_with_each_message() -> None:
    sent = replace(WARM, last_touch_day=TODAY)
    assert DueRule(DueFrom.ROUND, 7).day(sent, since=TODAY - 2) == TODAY + 7


@pytest.mark.parametrize("start", DueFrom)
def test_entry_of_somebody_without_messages_counts_from_the_list(start: DueFrom) -> None:
    new = ContactState(1, "op1", "lead")
    days = 3 if start is DueFrom.ROUND else 0
    assert DueRule(start, days).day(new, since=TODAY) == TODAY + days


def test_lists_and_highest_priority_of_a_contact() -> None:
    facts = values(WARM, TODAY)
    lists = (REVISIT, MANY, ALL)
    assert judged(lists, (), facts) == Standing(("revisit", "all"), 5)
    assert judged(lists, PRESSING, facts) == Standing(("revisit", "all"), 6)
    assert judged((), (), facts) == Standing((), 0)


def test_why_tells_every_rule_with_what_it_read() -> None:
    dated = ListRule("dated", "日", compiled("last_touch_day < today and step is null"))
    found = explained((MANY, dated), PRESSING[:1], values(WARM, TODAY))
    assert found == (
        Explained("many", False, {"touch_count": 3}),
        Explained(
            "dated", True, {"last_touch_day": "2026-02-11", "today": "2026-02-16", "step": None}
        ),
        Explained("priority 1", True, {"positive_count": 2}),
    )


@settings(deadline=None, max_examples=80)
@given(
    texts=st.lists(rules, max_size=4),
    priorities=st.lists(st.tuples(rules, st.integers(1, 9)), max_size=3),
    effects=st.lists(st.integers(0, 9), min_size=4, max_size=4),
    bits=st.permutations([0, 1, 31, 59]),
    kept=tables,
)
def test_one_statement_for_all_agrees_with_each_contact(
    texts: list[str],
    priorities: list[tuple[str, int]],
    effects: list[int],
    bits: list[int],
    kept: list[ContactState],
) -> None:
    lists = [
        ListRule(f"l{bit}", "", compiled(text), priority=effect)
        for bit, text, effect in zip(bits, texts, effects, strict=False)
    ]
    pressing = [PriorityRule(compiled(text), priority) for text, priority in priorities]
    mask = mask_sql({int(rule.id[1:]): rule for rule in lists})
    first = priority_sql(lists, pressing)
    statement = f"SELECT s.contact, {mask.sql}, {first.sql} FROM contact_state s"  # noqa: S608
    assert not mask.params.keys() & first.params.keys()
    params = {**mask.params, **first.params, "today": TODAY}
    rows = {row[0]: row[1:] for row in desk_with(kept).execute(statement, params)}
    for state in kept:
        standing = judged(lists, pressing, values(state, TODAY))
        on = sum(1 << int(name[1:]) for name in standing.lists)
        assert rows[state.contact] == (on, standing.priority)


REASONS: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "facts alone": ("{touch_count} of {today}", []),
    "no fact": ("once more", []),
    "unknown": ("to {touch_cuont}", [(3, 'did you mean "touch_count"?')]),
    "nothing near": ("{qqqq}", [(0, 'there is no fact "qqqq"')]),
    "more than a name": ("{touch_count.real}", [(0, 'did you mean "touch_count"?')]),
    "braces that do not fit": ("{ {today} }", [(0, "stands alone"), (10, "stands alone")]),
    "nothing between": ("{}", [(0, 'there is no fact ""')]),
}


@pytest.mark.parametrize(("text", "expected"), REASONS.values(), ids=REASONS.keys())
def test_reason_holds_facts_alone(text: str, expected: list[tuple[int, str]]) -> None:
    found = list(check_reason(text))
    assert [fault.offset for fault in found] == [offset for offset, _ in expected]
    for fault, (_, words) in zip(found, expected, strict=True):
        assert words in str(fault.message)


def test_reason_is_filled_once_and_an_empty_fact_is_a_dash() -> None:
    rule = replace(ALL, reason="{owner}: {step} / {touch_count}")
    words = {"owner": "{touch_count}", "touch_count": "3", "step": ""}
    assert reason_text(rule, words) == "{touch_count}: – / 3"


def test_digest_changes_with_what_decides_and_with_nothing_else() -> None:
    before = digest([REVISIT, MANY], PRESSING)
    assert digest([replace(REVISIT, name="Again", reason="y"), MANY], PRESSING) == before
    assert digest([MANY, REVISIT], PRESSING) != before
    assert digest([replace(REVISIT, when=ALL.when), MANY], PRESSING) != before
    assert digest([replace(REVISIT, priority=6), MANY], PRESSING) != before
    assert digest([REVISIT, MANY], PRESSING[:1]) != before
