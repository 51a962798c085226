"""The pages' pictures: every character in its own cell, lines and bars as shapes."""

from __future__ import annotations

import re

import pytest

from docs.tools import pictures

PLACES: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "letters": ("ab", [("a", 0), ("b", 1)]),
    "Chinese takes two cells": ("王a", [("王", 0), ("a", 2)]),
    "signs of one cell": ("✿▲✕•", [("✿", 0), ("▲", 1), ("✕", 2), ("•", 3)]),
    "title marks": ("《a》b", [("《", 0), ("a", 2), ("》", 3), ("b", 5)]),
    "an accent stays with its letter": ("e\u0301x", [("e\u0301", 0), ("x", 1)]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_characters_stand_in_their_cells(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(pictures.clusters(text)) == expected


def test_a_text_is_drawn_by_cells() -> None:
    given = '<text class="r1" x="12.2" y="20" textLength="48.8">王▲ &lt;─</text>'
    drawn = pictures.TEXT.sub(pictures.drawn, given)
    assert re.findall(r'x="([\d.]+)"[^>]*>([^<]+)<', drawn) == [
        ("12.2", "王"),
        ("36.6", "▲"),
        ("61.0", "&lt;"),
    ]
    assert drawn.count(pictures.SIGN_FONT) == 1, "the sign alone"
    assert drawn.count("<rect ") == 1, "the line is a shape"
