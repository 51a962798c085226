"""Every fact gives the same in SQL and in Python, and says what it means."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from docs.tools import pages
from rules.events import ContactState
from rules.facts import FACTS, FactType, Value, shown_value, values
from rules.nouns import Reaction, Status
from tests.rule_kit import TODAY, desk_with, tables

NEW = ContactState(1, "op1", "lead")
WALKING = NEW._replace(
    sequence="leads",
    step="l02",
    due=TODAY - 3,
    touches=2,
    friendly=1,
    positive=1,
    last_touch=7,
    last_touch_day=TODAY - 4,
    last_content="case",
    last_reaction=Reaction.POSITIVE,
    last_reaction_day=TODAY - 2,
    heard=8,
)
CASES: dict[str, tuple[ContactState, dict[str, Value]]] = {
    "somebody new": (
        NEW,
        {
            "stage": "lead",
            "status": "active",
            "owner": "op1",
            "today": TODAY,
            "sequence": None,
            "due_day": None,
            "days_overdue": None,
            "finished": 0,
            "days_since_touch": None,
            "unanswered": 0,
            "last_reaction": None,
            "days_since_reaction": None,
            "reaction_count": 0,
        },
    ),
    "somebody under way": (
        WALKING,
        {
            "sequence": "leads",
            "step": "l02",
            "due_day": TODAY - 3,
            "days_overdue": 3,
            "finished": 0,
            "touch_count": 2,
            "days_since_touch": 4,
            "last_content": "case",
            "unanswered": 0,
            "last_reaction": "positive",
            "last_reaction_day": TODAY - 2,
            "days_since_reaction": 2,
            "friendly_count": 1,
            "reaction_count": 2,
        },
    ),
    "due tomorrow": (WALKING._replace(due=TODAY + 1, snoozed=1), {"days_overdue": 0, "snoozed": 1}),
    "at the end of the sequence": (
        WALKING._replace(step=None, due=None),
        {"finished": 1, "step": None, "days_overdue": None},
    ),
    "wrote before the latest message": (WALKING._replace(heard=6), {"unanswered": 1}),
    "never wrote": (WALKING._replace(heard=None), {"unanswered": 1}),
    "lost": (
        WALKING._replace(status=Status.LOST, last_reaction=Reaction.LOST),
        {"status": "lost", "last_reaction": "lost"},
    ),
}


@pytest.mark.parametrize(("state", "expected"), CASES.values(), ids=CASES.keys())
def test_facts_of_a_contact_are(state: ContactState, expected: dict[str, Value]) -> None:
    found = values(state, TODAY)
    assert {name: found[name] for name in expected} == expected


@settings(deadline=None, max_examples=150)
@given(kept=tables)
def test_sql_and_python_give_the_same(kept: list[ContactState]) -> None:
    columns = ", ".join(f"{fact.sql} AS {name}" for name, fact in FACTS.items())
    statement = f"SELECT s.contact, {columns} FROM contact_state s"  # noqa: S608
    rows = desk_with(kept).execute(statement, {"today": TODAY}).fetchall()
    found = {contact: dict(zip(FACTS, rest, strict=True)) for contact, *rest in rows}
    assert found == {state.contact: values(state, TODAY) for state in kept}


@settings(deadline=None, max_examples=50)
@given(kept=tables)
def test_value_is_of_its_type_and_empty_only_where_that_is_told(kept: list[ContactState]) -> None:
    for state in kept:
        for name, value in values(state, TODAY).items():
            fact = FACTS[name]
            if value is None:
                assert fact.empty, name
            else:
                assert isinstance(value, str if fact.type is FactType.TEXT else int), name
                assert not isinstance(value, bool), name
                assert not fact.accepted or value in fact.accepted


def test_facts_are_written_over_one_row_and_today_alone() -> None:
    for name, fact in FACTS.items():
        assert fact.name == name
        assert re.fullmatch(r"[a-z][a-z_]*", name)
        assert fact.meaning
        words = re.findall(r"[:\w.]+", fact.sql)
        allowed = r"s\.[a-z_]+|:today|CASE|WHEN|THEN|ELSE|END|IS|NOT|NULL|AND|OR|[01]"
        assert [word for word in words if not re.fullmatch(allowed, word)] == [], name


def test_day_is_shown_as_a_date_and_a_number_as_itself() -> None:
    assert shown_value("due_day", TODAY) == "2026-02-16"
    assert shown_value("due_day", None) is None
    assert shown_value("touch_count", 3) == 3
    assert shown_value("stage", "lead") == "lead"


def test_page_lists_every_fact_with_its_meaning() -> None:
    page = (pages.ROOT / "docs" / "facts.md").read_text("utf-8")
    for fact in FACTS.values():
        rows = [line for line in page.splitlines() if line.startswith(f"| `{fact.name}` ")]
        assert len(rows) == 1, fact.name
        assert fact.meaning in rows[0]
        assert fact.type.value in rows[0]
