"""Which scripts are offered, in which order, and why there are none."""

from collections import Counter

import pytest

from rules.nouns import Purpose
from rules.sop import Content, Script
from scripts.choosing import fixed_split, offers, why_none
from scripts.filling import Filled

PLAIN = Script("a", "看看这篇")
NAMED = Script("b", "{salutation}，看看这篇")
FOR_SQL = Script("c", "{company}的方案", stages=("sql",))


def content(*scripts: Script, stages: tuple[str, ...] = ()) -> Content:
    return Content("cut-rush-orders", "降插单", Purpose.EFFECT, scripts, stages=stages)


ALL = content(PLAIN, NAMED, FOR_SQL)
FULL = {"salutation": "张经理", "company": "新禾"}


@pytest.mark.parametrize(
    ("stage", "values", "first", "offered"),
    [
        pytest.param("lead", FULL, None, ["a", "b"], id="those of the stage, as in the file"),
        pytest.param("sql", FULL, None, ["a", "b", "c"], id="those of the stage only too"),
        pytest.param("sql", FULL, "b", ["b", "a", "c"], id="the chosen one first"),
        pytest.param("sql", FULL, "x", ["a", "b", "c"], id="a chosen one that is gone"),
        pytest.param("lead", FULL, "c", ["a", "b"], id="a chosen one of another stage"),
        pytest.param("sql", {"company": "新禾"}, "b", ["a", "c"], id="not with an empty blank"),
    ],
)
def test_offers_are(
    stage: str, values: dict[str, str], first: str | None, offered: list[str]
) -> None:
    assert [offer.variant.id for offer in offers(ALL, stage, values, first)] == offered


def test_offers_are_filled() -> None:
    (offer,) = offers(content(NAMED), "lead", FULL, None)
    assert offer.text == Filled("张经理，看看这篇", ((0, 3),))


def test_script_that_is_still_to_be_written_is_not_offered() -> None:
    both = content(Script("t", " TODO: 以后写 {name}"), PLAIN)
    assert [offer.variant.id for offer in offers(both, "lead", FULL)] == ["a"]


def test_offers_are_none_outside_the_contents_stages() -> None:
    assert offers(content(PLAIN, stages=("customer",)), "lead", FULL, None) == ()


@pytest.mark.parametrize(
    ("asked", "stage", "words"),
    [
        pytest.param(
            content(PLAIN, stages=("sql",)),
            "lead",
            '"降插单" is not for the stage "lead"',
            id="stage",
        ),
        pytest.param(content(), "lead", '"降插单" has no script', id="no script"),
        pytest.param(
            content(Script("a", "TODO：以后写")),
            "lead",
            "the script is empty: write it into the SOP",
            id="still to be written",
        ),
        pytest.param(content(FOR_SQL), "lead", "is not for the stage", id="stage of each script"),
        pytest.param(
            content(NAMED), "lead", "the name is empty: write it into the contact's file", id="name"
        ),
        pytest.param(
            content(Script("a", "{name} {salutation} {company}")),
            "lead",
            "the name, the company is empty",
            id="several fields, each once",
        ),
        pytest.param(
            content(Script("a", "{name} {company}"), NAMED),
            "lead",
            "the name is empty",
            id="the script that misses least",
        ),
        pytest.param(
            content(Script("a", "{keyword}")),
            "lead",
            "the content's keyword is empty: write it into the SOP",
            id="what the SOP owes",
        ),
    ],
)
def test_why_none_says(asked: Content, stage: str, words: str) -> None:
    assert offers(asked, stage, {}) == ()
    assert words in str(why_none(asked, stage, {}))


def test_fixed_split_is_always_the_same() -> None:
    """Pinned: another hash would give contacts under way another script."""
    chosen = [fixed_split("case", contact, ALL.scripts).id for contact in range(12)]
    assert "".join(chosen) == "bbacaccaacba"


def test_fixed_split_is_even() -> None:
    counts = Counter(fixed_split("case", contact, ALL.scripts).id for contact in range(3000))
    assert all(900 < counts[script.id] < 1100 for script in ALL.scripts)


def test_fixed_split_differs_between_contents() -> None:
    pairs = {
        (fixed_split("one", c, ALL.scripts).id, fixed_split("two", c, ALL.scripts).id)
        for c in range(200)
    }
    assert len(pairs) == 9


def test_fixed_split_moves_only_whom_a_new_variant_gains() -> None:
    for contact in range(200):
        before = fixed_split("case", contact, ALL.scripts[:2])
        after = fixed_split("case", contact, ALL.scripts)
        assert after in (before, ALL.scripts[2])
