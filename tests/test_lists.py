"""Who stands on a list, when that is due, why, and who comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.events import Care, ContactState
from rules.facts import values
from rules.lists import (
    PROPOSAL,
    DueFrom,
    DueRule,
    Explained,
    ListRule,
    PriorityRule,
    Standing,
    digest,
    explained,
    judged,
    mask_sql,
    priority_sql,
)
from rules.nouns import Reaction, Status
from tests.rule_kit import TODAY, compiled, days, desk_with, rules, tables

WARM = ContactState(1, "op1", "lead")._replace(
    touches=3,
    positive=2,
    last_touch_day=TODAY - 5,
    last_reaction=Reaction.POSITIVE,
    last_reaction_day=TODAY - 4,
    heard_day=TODAY - 4,
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

DONE, YESTERDAY = Care(TODAY), Care(TODAY - 1)
DUE: dict[str, tuple[DueRule, Care, int]] = {
    "the day it came onto the list": (DueRule(), Care(), TODAY - 2),
    "a week after it was dealt with": (DueRule(), DONE, TODAY + 7),
    "at once when it was heard from since": (DueRule(), Care(TODAY - 5), TODAY - 2),
    "after the reaction": (DueRule(DueFrom.REACTION, 30), Care(), TODAY + 26),
    "on the day of the reaction": (DueRule(DueFrom.REACTION, 0), Care(), TODAY - 4),
    "after the message": (DueRule(DueFrom.TOUCH, 7), Care(), TODAY + 2),
    "again after it was dealt with": (DueRule(DueFrom.TOUCH, 7), DONE, TODAY + 7),
    "round, from the list": (DueRule(DueFrom.ROUND, 7), Care(), TODAY + 5),
    "round, from when it was dealt with": (DueRule(DueFrom.ROUND, 7), YESTERDAY, TODAY + 6),
    "put off": (DueRule(), Care(until=TODAY + 3), TODAY + 3),
    "put off to a day before it is due": (
        DueRule(DueFrom.ROUND, 7),
        Care(until=TODAY),
        TODAY + 5,
    ),
    "put off after it was dealt with": (DueRule(), Care(TODAY, TODAY + 9), TODAY + 9),
}


@pytest.mark.parametrize(("rule", "care", "expected"), DUE.values(), ids=DUE.keys())
def test_entry_is_due_on(rule: DueRule, care: Care, expected: int) -> None:
    assert rule.day(WARM, since=TODAY - 2, care=care) == expected


@settings(deadline=None, max_examples=80)
@given(
    kept=tables,
    start=st.sampled_from(DueFrom),
    gap=st.integers(0, 30),
    since=st.integers(TODAY - 40, TODAY),
    care=st.builds(Care, days, days),
)
def test_due_day_is_the_same_in_sql(
    kept: list[ContactState], start: DueFrom, gap: int, since: int, care: Care
) -> None:
    rule = DueRule(start, gap)
    statement = (
        f"SELECT s.contact, {rule.sql} FROM contact_state s"  # noqa: S608
        " JOIN (SELECT :since AS since) e JOIN (SELECT :handled AS handled, :until AS until) c"
    )
    told = {"since": since, "handled": care.handled, "until": care.until}
    found = dict(desk_with(kept).execute(statement, told))
    assert found == {state.contact: rule.day(state, since, care) for state in kept}


@pytest.mark.parametrize("status", Status)
def test_who_is_not_to_be_contacted_stands_on_no_list(status: Status) -> None:
    state = WARM._replace(status=status)
    facts = values(state, TODAY)
    refused = status is Status.DO_NOT_CONTACT
    expected = Standing((), 0) if refused else Standing(("all",), 6)
    assert judged((ALL,), PRESSING, facts) == expected
    told = explained((ALL,), PRESSING, facts)
    assert [rule.matched for rule in told] == [not refused, not refused, False]
    assert ("status" in told[0].facts) == refused
    assert (told[0].parts[0].text == "status <> 'do_not_contact'") == refused


def test_proposal_rests_from_a_decision_until_something_is_heard() -> None:
    proposal = replace(ALL, id=PROPOSAL)
    declined = WARM._replace(heard=5, stage_seq=7)
    heard = declined._replace(heard=8)
    assert judged((proposal,), (), values(declined, TODAY)).lists == ()
    assert judged((proposal,), (), values(heard, TODAY)).lists == (PROPOSAL,)
    assert judged((ALL,), (), values(declined, TODAY)).lists == ("all",)
    told = explained((proposal,), (), values(declined, TODAY))[0]
    assert (told.matched, told.facts["stage_settled"]) == (False, 1)


def test_round_begins_anew_with_each_message() -> None:
    sent = WARM._replace(last_touch_day=TODAY)
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
    assert [replace(one, parts=()) for one in found] == [
        Explained("many", False, {"touch_count": 3}),
        Explained(
            "dated", True, {"last_touch_day": "2026-02-11", "today": "2026-02-16", "step": None}
        ),
        Explained("priority 1", True, {"positive_count": 2}),
    ]
    assert [(part.text, part.held) for part in found[1].parts] == [
        ("last_touch_day < today", True),
        ("step is null", True),
    ]


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
    names = [PROPOSAL if bit == 1 else f"l{bit}" for bit in bits]
    lists = [
        ListRule(name, "", compiled(text), priority=effect)
        for name, text, effect in zip(names, texts, effects, strict=False)
    ]
    numbered = dict(zip(bits, lists, strict=False))
    pressing = [PriorityRule(compiled(text), priority) for text, priority in priorities]
    mask = mask_sql(numbered)
    first = priority_sql(lists, pressing)
    statement = f"SELECT s.contact, {mask.sql}, {first.sql} FROM contact_state s"  # noqa: S608
    assert not mask.params.keys() & first.params.keys()
    params = {**mask.params, **first.params, "today": TODAY}
    rows = {row[0]: row[1:] for row in desk_with(kept).execute(statement, params)}
    for state in kept:
        standing = judged(lists, pressing, values(state, TODAY))
        on = sum(1 << bits[names.index(name)] for name in standing.lists)
        assert rows[state.contact] == (on, standing.priority)


def test_digest_changes_with_what_decides_and_with_nothing_else() -> None:
    before = digest([REVISIT, MANY], PRESSING)
    assert digest([replace(REVISIT, name="Again", reason="y"), MANY], PRESSING) == before
    assert digest([MANY, REVISIT], PRESSING) != before
    assert digest([replace(REVISIT, when=ALL.when), MANY], PRESSING) != before
    assert digest([replace(REVISIT, priority=6), MANY], PRESSING) != before
    assert digest([replace(REVISIT, due=DueRule(DueFrom.ROUND, 8)), MANY], PRESSING) != before
    assert digest([REVISIT, MANY], PRESSING[:1]) != before
