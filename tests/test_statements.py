"""Statements by number mean what they mean by name; values change only where they are told to."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from rules.events import ContactState, Event, Then, Touch, changed
from rules.nouns import Kind, Reaction
from store import log
from store.derived import STATE_FIELDS
from store.statements import named, numbered


class Asked(dict[str, Any]):
    """Notes which parameters were asked for."""

    def __getitem__(self, name: str) -> Any:
        self.setdefault(name, len(self) + 1)
        return super().__getitem__(name)


@pytest.mark.parametrize("name", sorted(named()))
def test_a_numbered_statement_takes_its_parameters_in_their_order(name: str) -> None:
    statement, taken = numbered(name)
    asked = Asked()
    values = taken(asked)
    assert values == tuple(asked.values())
    for place, parameter in enumerate(asked, 1):
        statement = statement.replace(f"?{place}", f":{parameter}", 1)
    assert statement.split(":")[0] == named()[name].split(":")[0]


def test_a_parameter_that_stands_twice_has_one_number() -> None:
    statement, taken = numbered("refused_namesake")
    values = {"phone": "1", "contact": 2, "decided": 3, "handle": "4", "external_id": "5"}
    assert sorted(map(str, taken(values))) == ["1", "2", "3", "4", "5"]
    assert "?6" not in statement
    assert sqlite3.complete_statement(f"{statement};")


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (ContactState(1, "op1", "lead"), {"due": 7, "step": None, "last_seq": 3}),
        (Event("u", 1, 2, 3, "op1", Kind.NOTE), {"seq": 9, "text": {"note": "x"}}),
        (Touch(1, 2, "op1", 3, 4, "c", "a", "d", "1", "lead"), {"reaction": Reaction.FRIENDLY}),
        (Then(step="one"), {}),
    ],
    ids=["state", "event", "touch", "nothing to change"],
)
def test_changed_is_replace(value: Any, changes: dict[str, Any]) -> None:
    assert changed(value, changes) == replace(value, **changes)


def test_states_written_from_forms_have_every_field() -> None:
    """A field that is forgotten there would silently begin as nothing."""
    for name in ("add_state_form", "add_new_states"):
        columns = named()[name].split("(", 1)[1].split(")", 1)[0]
        assert {c.strip() for c in columns.split(",")} == set(STATE_FIELDS), name


def test_events_written_from_forms_have_every_column() -> None:
    columns = named()["add_alike_events"].split("(", 1)[1].split(")", 1)[0]
    assert tuple(c.strip() for c in columns.split(",")) == (*log.COLUMNS, "hash")
