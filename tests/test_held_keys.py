"""Presses of Enter and a held Enter, by when they arrive."""

from __future__ import annotations

import asyncio
from itertools import accumulate
from pathlib import Path

import pytest
from textual import events

from rules.nouns import Kind
from tests.app_kit import SMALL, AtWork, names, new_file, play
from tui.held_keys import Enters, Press
from tui.in_turn import InTurn

M, R, O = Press.MEANT, Press.REPEATED, Press.OPEN  # noqa: E741 - short, for the table


@pytest.mark.parametrize(
    ("gaps", "presses"),
    [
        pytest.param([9, 2, 1], [M, M, M], id="one after the other"),
        pytest.param([9, 0.4, 0.4], [M, O, O], id="fast"),
        pytest.param([9, 0.02], [M, R], id="bounced"),
        pytest.param([9, 0.5, 0.03, 0.03, 0.04], [M, O, R, R, R], id="held"),
        pytest.param([9, 0.5, 0.03, 0.03, 0.9], [M, O, R, R, M], id="held, then pressed"),
        pytest.param([9, 0, 0.001], [M, M, M], id="typed ahead"),
        pytest.param([9, 0, 0, 0, 0], [M, M, M, R, R], id="held while nothing was read"),
    ],
)
def test_presses(gaps: list[float], presses: list[Press]) -> None:
    enters = Enters()
    assert [enters.press(at) for at in accumulate(gaps)] == presses


def test_first_repeat_is_known_by_the_second() -> None:
    enters = Enters()
    assert enters.begins_train(5, 5.03)
    assert not enters.begins_train(5, 5.4)
    assert not enters.begins_train(5, 5.001)


async def arrive(work: AtWork, *gaps: float, then: str = "") -> None:
    """Enters that arrive so many seconds apart, and another key right behind them."""
    driver = work.app._driver
    assert driver is not None
    turn = InTurn(work.app, driver.process_message)
    found = [events.Key("enter", "\r") for _ in gaps]
    for key, at in zip(found, accumulate(gaps), strict=True):
        key.time = at
    turn.add([*found, *([events.Key(then, then)] if then else [])])
    while turn._giving is not None:
        await asyncio.sleep(0)
    await work.settle()


@pytest.mark.parametrize(
    ("gaps", "sent"),
    [
        pytest.param((9, 0.5, *[0.03] * 30), 0, id="held: copied once, nothing noted as sent"),
        pytest.param((9, 0.02), 0, id="bounced: copied"),
        pytest.param((9, 0.4), 1, id="pressed twice, fast"),
        pytest.param((9, 0.4, 0.4, 0.4, 0.4), 2, id="through two contacts, fast"),
    ],
)
def test_a_held_enter_notes_nothing_as_sent(
    tmp_path: Path, gaps: tuple[float, ...], sent: int
) -> None:
    async def story(work: AtWork) -> None:
        work.ticks.coming = [1.0] * 200  # the app comes to each much later
        await arrive(work, *gaps)
        work.ticks.coming = []
        assert [kind for kind, _reaction, _name in work.log()] == [Kind.TOUCH] * sent

    play(new_file(tmp_path, "en"), "en", story, SMALL)


def test_key_behind_a_second_enter_is_about_what_was_sent(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await arrive(work, 9, 0.4, then="2")
        who = names("en")[0]
        assert [(kind, name) for kind, _reaction, name in work.log()] == [
            (Kind.TOUCH, who),
            (Kind.REACTION, who),
        ]

    play(new_file(tmp_path, "en"), "en", story, SMALL)
