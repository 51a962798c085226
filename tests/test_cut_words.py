"""Nothing is cut in silence, and what a key needs to be told is not what is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from rules.nouns import Form, Purpose
from rules.sop import Content, Script
from scripts.choosing import Offer
from scripts.filling import Filled
from tests.app_kit import HEADINGS, SMALL, AtWork, new_file, play
from tui.screens.card import fact_rows, script_lines
from tui.screens.cleaning.drawing import ACCOUNTS, KEPT, PERHAPS, SURE
from tui.screens.cleaning.keys import CLEANING_KEYS, keys_on
from tui.widgets.lines import Lines

FACTS = {
    "all in one row": (("Lead", "fair"), 30, ("Lead · fair",)),
    "a break between two facts": (
        ("Lead", "trade fair", "interest delivery dates"),
        30,
        ("Lead · trade fair", "interest delivery dates"),
    ),
    "running text where that keeps every word": (
        ("Lead", "tags one, two, three, four, five"),
        24,
        ("Lead · tags one, two,", "three, four, five"),
    ),
    "the last row is cut": (
        ("Lead", "trade fair", "interest delivery dates", "remark"),
        24,
        ("Lead · trade fair", "interest delivery dates…"),
    ),
}


@pytest.mark.parametrize(("facts", "width", "rows"), FACTS.values(), ids=FACTS.keys())
def test_facts_break_between_two(facts: tuple[str, ...], width: int, rows: tuple[str, ...]) -> None:
    assert fact_rows(facts, width, 2) == rows
    assert all(cell_len(row) <= width for row in rows)


TEXT = "one two three four five six seven eight nine ten eleven twelve"
LOW_PANES = {
    "room for all": (7, ["", "↗ link “A title”", "  https://x.example/a", 'Reply keyword: "more"']),
    "no room for the keyword": (6, ["", "↗ link “A title”", "  https://x.example/a"]),
    "nor for where it leads": (5, ["", "↗ link “A title”"]),
    "nor for a blank": (4, ["↗ link “A title”"]),
}
"""Rows of the pane, and what stands beneath a script of three."""


@pytest.mark.parametrize(("height", "beneath"), LOW_PANES.values(), ids=LOW_PANES.keys())
def test_on_a_low_pane_the_script_has_the_rows(height: int, beneath: list[str]) -> None:
    rows = script_rows(height)
    assert len(rows) <= height
    assert [*" ".join(rows[:3]).split()] == TEXT.split()
    assert rows[3:] == beneath


def test_a_script_that_is_cut_names_the_key_that_shows_all_of_it() -> None:
    rows = script_rows(3)
    assert rows[0] == "one two three four"
    assert rows[1].endswith("… Ctrl+K")
    assert rows[2] == "↗ link “A title”"


def script_rows(height: int) -> list[str]:
    script = Script("a", TEXT)
    purpose, form, leads = Purpose.FUNCTION, Form.LINK, "https://x.example/a"
    content = Content("c", "A title", purpose, (script,), form, leads, "more")
    lines = script_lines(content, Offer(script, Filled(TEXT)), 22, height)
    assert all(sum(cell_len(text) for text, _look in line) <= 22 for line in lines)
    return ["".join(text for text, _look in line).rstrip() for line in lines]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_line_and_a_pane_that_are_cut_say_so(tmp_path: Path, lang: str) -> None:
    async def story(work: AtWork) -> None:
        pane = work.app.screen.query_one("#card", Lines)
        width, height = pane.size.width, pane.size.height
        pane.draw([(("字" * width, "plain"),), (("a" * width + "   ", "plain"),)])
        assert rows_of(pane)[:2] == [
            "字" * ((width - 1) // 2) + " " * (1 - width % 2) + "…",
            "a" * width,
        ]
        pane.draw([((str(n), "plain"),) for n in range(height + 1)])
        assert rows_of(pane)[-1].split() == [str(height - 1), "…"]
        pane.draw([*[((str(n), "plain"),) for n in range(height)], ((" ", "plain"),)])
        assert rows_of(pane)[-1].split() == [str(height - 1)]

    play(new_file(tmp_path, "zh" if lang == "zh" else "en"), "en", story, SMALL)


def rows_of(pane: Lines) -> list[str]:
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def test_what_a_rejection_asks_for_is_in_view_on_a_small_screen(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "4")
        message = next(line for line in work.lines if "rejecting →" in line)
        assert message.endswith("paused until F11 resumes")

    play(new_file(tmp_path, "en"), "en", story, SMALL)


@pytest.mark.parametrize("screen", ["f2", "f3", "f4"])
def test_with_nobody_in_hand_the_footer_names_no_reaction(tmp_path: Path, screen: str) -> None:
    async def story(work: AtWork) -> None:
        await work.press(screen)
        assert "Ctrl+O import" in work.text
        assert not any(word in work.lines[-1] for word in ("friendly", "decline", "postpone"))

    play(new_file(tmp_path, "en", HEADINGS["en"] + "\n"), "en", story, SMALL)


def test_a_window_of_one_field_says_that_enter_saves(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", "enter")
        assert "Enter saves" in work.text
        await work.press("escape", "7")
        assert "Enter goes on" in work.text

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_the_filter_of_replies_knows_pinyin(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", "enter", "enter", "enter", "f3", "ctrl+f", *"zw")
        listed = [line for line in work.lines if "·" in line]
        assert any("张伟" in line for line in listed)
        assert not any("李芳" in line for line in listed)

    play(new_file(tmp_path, "zh"), "zh", story, SMALL)


ON_PAGE = {
    SURE: {"merge", "tick", "keep apart", "other goes on"},
    PERHAPS: {"merge", "keep apart", "other goes on"},
    ACCOUNTS: {"pause", "tick"},
    KEPT: {"erase", "tick", "tick all"},
    "": set[str](),
}


@pytest.mark.parametrize("page", ON_PAGE)
def test_keys_of_a_cleaning_page_are_named_after_what_they_do_there(page: str) -> None:
    always = {key.label for key in keys_on("", CLEANING_KEYS)}
    assert {key.label for key in keys_on(page, CLEANING_KEYS)} - always == ON_PAGE[page]
