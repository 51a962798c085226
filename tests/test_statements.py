"""Statements by number mean what they mean by name; values change only where they are told to."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from store import log
from store.derived import (
    CONTENT_COUNTERS,
    CONTENT_KEY,
    DAY_COUNTERS,
    DAY_KEY,
    STATE_FIELDS,
)
from store.statements import PARAMETER, named, numbered


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


def test_states_written_from_forms_have_every_field() -> None:
    """A field that is forgotten there would silently begin as nothing."""
    for name in ("add_state_form", "add_new_states"):
        columns = named()[name].split("(", 1)[1].split(")", 1)[0]
        assert {c.strip() for c in columns.split(",")} == set(STATE_FIELDS), name


def test_events_written_from_forms_have_every_column() -> None:
    columns = named()["add_alike_events"].split("(", 1)[1].split(")", 1)[0]
    assert tuple(c.strip() for c in columns.split(",")) == (*log.COLUMNS, "hash")


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("count_due", ("owner", "day", "stage", "n")),
        ("count_content", (*CONTENT_KEY, *CONTENT_COUNTERS)),
        ("count_day", (*DAY_KEY, *DAY_COUNTERS)),
    ],
)
def test_counters_are_written_by_place(name: str, names: tuple[str, ...]) -> None:
    """Their values are handed over in this order."""
    assert tuple(PARAMETER.findall(named()[name])) == names
