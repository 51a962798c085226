"""Conditions of rules in the reader's language: every fact has a name in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rules.facts import FACTS
from tui.condition_words import FACT_WORDS, condition_words, fact_name
from tui.words import set_language


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    set_language("en")


def test_every_fact_has_a_name() -> None:
    assert {*FACT_WORDS} == {*FACTS}
    set_language("zh")
    for name in FACTS:
        assert not any(c.isascii() and c.isalpha() for c in fact_name(name)), name


CALLED = {"lead": "潜客", "active": "正常", "friendly": "friendly"}

CONDITIONS = {
    "a number": ("days_since_touch >= 7", "距上次消息天数 >= 7"),
    "a text": ("status = 'active'", "状态 = “正常”"),
    "one of several": ("stage in ('lead', 'mql')", "阶段 属于 (“潜客”, 'mql')"),
    "none of several": ("stage not in ('lead')", "阶段 不属于 (“潜客”)"),
    "without a value": ("last_reaction is null", "最近的反应 为空"),
    "with one": ("last_reaction is not null", "最近的反应 有值"),
    "a sum": ("positive_count + exploring_count >= 3", "积极次数 + 探索次数 >= 3"),
    "a quote in a text": ("owner = 'it''s in'", "负责人 = 'it''s in'"),
}


@pytest.mark.parametrize(("written", "told"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_is_told_in_chinese(written: str, told: str) -> None:
    set_language("zh")
    assert condition_words(written, lambda text: CALLED.get(text, text)) == told


@pytest.mark.parametrize("written", [w for w, _told in CONDITIONS.values()], ids=CONDITIONS)
def test_in_english_it_stands_as_the_rule_has_it(written: str) -> None:
    set_language("en")
    assert condition_words(written, lambda text: text) == written
