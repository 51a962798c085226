"""The reason of an entry: what it may hold, and how it reads."""

from __future__ import annotations

import pytest

from rules.reasons import check_reason, reason_text

REASONS: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "facts alone": ("{touch_count} of {today}", []),
    "no fact": ("once more", []),
    "unknown": ("to {touch_cuont}", [(3, 'did you mean "touch_count"?')]),
    "nothing near": ("{qqqq}", [(0, 'there is no fact "qqqq"')]),
    "more than a name": ("{touch_count.real}", [(0, 'did you mean "touch_count"?')]),
    "braces that do not fit": ("{ {today} }", [(0, "stands alone"), (10, "stands alone")]),
    "nothing between": ("{}", [(0, 'there is no fact ""')]),
    "a count with its words": ("{touch_count|message|messages}[, {keyword_count} asked]", []),
    "one word": ("{touch_count|message}", [(0, "for one and for many")]),
    "words for a text": ("{owner|a|b}", [(0, "for one and for many")]),
    "words for no fact": ("{qqqq|a|b}", [(0, 'there is no fact "qqqq"')]),
}


@pytest.mark.parametrize(("text", "expected"), REASONS.values(), ids=REASONS.keys())
def test_reason_holds_facts_alone(text: str, expected: list[tuple[int, str]]) -> None:
    found = list(check_reason(text))
    assert [fault.offset for fault in found] == [offset for offset, _ in expected]
    for fault, (_, words) in zip(found, expected, strict=True):
        assert words in str(fault.message)


def test_reason_is_filled_once_and_an_empty_fact_is_a_dash() -> None:
    words = {"owner": "{touch_count}", "touch_count": "3", "step": ""}
    assert reason_text("{owner}: {step} / {touch_count}", words) == "{touch_count}: – / 3"


WRITTEN = {
    "one": ("{touch_count|message|messages} sent", "1", "1 message sent"),
    "many": ("{touch_count|message|messages} sent", "3", "3 messages sent"),
    "none": ("{touch_count|message|messages} sent", "0", "0 messages sent"),
    "a part that says something": ("a[, {touch_count} times]", "2", "a, 2 times"),
    "a part of nothing": ("a[, {touch_count} times]: b", "0", "a: b"),
    "a part of an empty fact": ("a[, {touch_count} times]: b", "", "a: b"),
    "brackets without a fact": ("a [b] {touch_count}", "0", "a [b] 0"),
}


@pytest.mark.parametrize(("reason", "count", "expected"), WRITTEN.values(), ids=WRITTEN.keys())
def test_reason_reads_well(reason: str, count: str, expected: str) -> None:
    assert reason_text(reason, {"touch_count": count}) == expected


def test_a_value_is_never_read_for_brackets() -> None:
    assert reason_text("[{owner}]!", {"owner": "[{touch_count}]", "touch_count": ""}) == (
        "[{touch_count}]!"
    )
