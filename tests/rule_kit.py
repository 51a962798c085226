"""States and rules at random, and the table that rules run over."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from rules.conditions import Compiled
from rules.events import ContactState
from rules.facts import FACTS, FactType
from rules.nouns import Reaction, Status
from rules.predicates import compile_predicate

TODAY = 20_500
COLUMNS = ContactState._fields
SCHEMA = Path(__file__).with_name("final_schema.sql")
WORDS = ("lead", "mql", "it's", "100%", ":today", "好", "")

days = st.one_of(st.none(), st.integers(TODAY - 400, TODAY + 40))
counts = st.integers(0, 5)
numbers = st.one_of(st.none(), st.integers(1, 6))
texts = st.one_of(st.none(), st.sampled_from(WORDS))

states = st.builds(
    ContactState,
    contact=st.integers(1, 2**31),
    owner=st.sampled_from(WORDS),
    stage=st.sampled_from(WORDS),
    status=st.sampled_from(Status),
    status_seq=numbers,
    sequence=texts,
    step=texts,
    due=days,
    snoozed=st.integers(0, 1),
    priority=st.integers(0, 9),
    touches=counts,
    friendly=counts,
    positive=counts,
    exploring=counts,
    rejecting=counts,
    last_touch=numbers,
    last_touch_day=days,
    last_content=texts,
    last_reaction=st.one_of(st.none(), st.sampled_from(Reaction)),
    last_reaction_day=days,
    heard=numbers,
    last_seq=counts,
    heard_day=days,
    added_day=days,
    last_positive_day=days,
    keywords=counts,
    last_keyword_day=days,
    interests=counts,
    stage_seq=numbers,
    flags=st.just(0),
    purchases=counts,
    spent=st.integers(-500, 10**6),
    last_purchase_day=days,
    last_exploring_day=days,
)
tables = st.lists(states, min_size=1, max_size=5, unique_by=lambda state: state.contact)


def desk_with(kept: Sequence[ContactState]) -> sqlite3.Connection:
    """A database in memory with the real table of states and these in it."""
    db = sqlite3.connect(":memory:")
    found = re.search(r"CREATE TABLE contact_state .*?;\n", SCHEMA.read_text("utf-8"), re.DOTALL)
    assert found
    db.execute(found.group())
    places = ", ".join(f":{name}" for name in COLUMNS)
    insert = f"INSERT INTO contact_state ({', '.join(COLUMNS)}) VALUES ({places})"  # noqa: S608
    for state in kept:
        db.execute(insert, {name: getattr(state, name) for name in COLUMNS})
    return db


def compiled(text: str) -> Compiled:
    """A rule that has to be good."""
    found = compile_predicate(text)
    assert isinstance(found, Compiled), f"{text}: {found.offset}: {found.message}"
    return found


def names_of(kind: FactType) -> st.SearchStrategy[str]:
    return st.sampled_from([fact.name for fact in FACTS.values() if fact.type is kind])


def quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def texts_for(name: str) -> st.SearchStrategy[str]:
    """A text that may be compared with a fact, as it is written."""
    return st.sampled_from(FACTS[name].accepted or WORDS).map(quoted)


comparing = st.sampled_from(["=", "<>", "!=", "<", "<=", ">", ">="])
whole = st.integers(-400, 400).map(str)
number_terms = st.recursive(
    names_of(FactType.INTEGER),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-"), st.one_of(inner, whole)),
        st.builds("{} * {}".format, whole, names_of(FactType.INTEGER)),
        st.builds("-{}".format, names_of(FactType.INTEGER)),
        st.builds("({} - {})".format, names_of(FactType.DAY), names_of(FactType.DAY)),
    ),
    max_leaves=3,
)
day_terms = st.one_of(
    names_of(FactType.DAY),
    st.builds("{} {} {}".format, names_of(FactType.DAY), st.sampled_from("+-"), st.just("7")),
    st.sampled_from(["'2026-02-15'", "'2025-12-31'"]),
)
text_comparisons = names_of(FactType.TEXT).flatmap(
    lambda name: st.one_of(
        st.builds("{} {} {}".format, st.just(name), st.sampled_from(["=", "<>"]), texts_for(name)),
        st.builds(
            "{} {} ({})".format,
            st.just(name),
            st.sampled_from(["in", "NOT IN"]),
            st.lists(texts_for(name), min_size=1, max_size=3).map(", ".join),
        ),
    )
)
comparisons = st.one_of(
    text_comparisons,
    st.builds("{} {} {}".format, number_terms, comparing, st.one_of(number_terms, whole)),
    st.builds("{} {} {}".format, names_of(FactType.DAY), comparing, day_terms),
    st.builds("{} between {} and {}".format, number_terms, whole, whole),
    st.builds("{} not between {} and {}".format, names_of(FactType.DAY), day_terms, day_terms),
    st.builds("{} in ({}, {})".format, names_of(FactType.INTEGER), whole, whole),
    st.builds(
        "{} is {}".format, st.sampled_from(list(FACTS)), st.sampled_from(["null", "not null"])
    ),
)
rules = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "AND"]), inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=4,
).filter(lambda text: len(text) <= 500)
