"""One terminal's input, without a terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.message import Message

from tui.bursts import ANSWER_PATIENCE, ESCAPE_PATIENCE, PASTE_PATIENCE
from tui.inflow import DESK_KEYS, Inflow


@dataclass
class FakeApp:
    text_mode: bool = False
    keys: set[str] = field(default_factory=lambda: set(DESK_KEYS))

    def is_desk_key(self, key: str) -> bool:
        return key in self.keys


def inflow_of(app: object) -> Inflow:
    return Inflow(cast("App[Any]", app))


def read(inflow: Inflow, *reads: str) -> list[str]:
    """What comes of reads that belong to one burst, briefly told."""
    for each in reads:
        inflow.add(each)
    return list(map(told, inflow.messages()))


def told(message: Message) -> str:
    if isinstance(message, events.Key):
        return message.key
    return f"text {message.text}" if isinstance(message, events.Paste) else type(message).__name__


def test_the_app_says_what_its_keys_are() -> None:
    inflow = inflow_of(FakeApp(keys={"j", "question_mark"}))
    assert read(inflow, "j？") == ["j", "question_mark"]
    assert read(inflow, "j1") == ["text j1"]


def test_an_app_that_says_nothing_has_the_keys_of_the_desk() -> None:
    inflow = inflow_of(object())
    assert read(inflow, "12/ \r\t\x7f") == ["1", "2", "slash", "space", "enter", "tab", "backspace"]
    assert read(inflow, "1j") == ["text 1j"]


def test_the_mode_is_asked_for_each_burst() -> None:
    app = FakeApp()
    inflow = inflow_of(app)
    assert read(inflow, "好的") == ["text 好的"]
    app.text_mode = True
    assert read(inflow, "好１") == ["好", "１"]
    app.text_mode = False
    assert read(inflow, "１") == ["1"]


AWAITS = {
    "nothing": ("", False),
    "a key": ("1", False),
    "keys": ("12\r", False),
    "a letter": ("x", False),
    "an arrow": ("\x1b[A", False),
    "half a sequence": ("1\x1b[", False),
    "the beginning of a commit": ("好", True),
    "a commit": ("ok", True),
    "a paste": ("\x1b[200~1\x1b[201~", True),
}


@pytest.mark.parametrize(("text", "more"), AWAITS.values(), ids=AWAITS)
def test_only_a_text_awaits_its_rest(text: str, more: bool) -> None:
    inflow = inflow_of(FakeApp())
    inflow.add(text)
    assert inflow.awaits_more is more


def test_a_field_awaits_nothing_but_what_follows_a_paste() -> None:
    inflow = inflow_of(FakeApp(text_mode=True))
    inflow.add("好的")
    assert not inflow.awaits_more
    inflow.add("\x1b[200~1\x1b[201~")
    assert inflow.awaits_more


def test_reads_of_one_burst_are_one_text() -> None:
    assert read(inflow_of(FakeApp()), "好", "的", "3") == ["text 好的3"]


SILENCES = {
    "Escape": ("\x1b", ESCAPE_PATIENCE, ["escape"]),
    "Alt and a bracket": ("\x1b]", ESCAPE_PATIENCE, ["alt+right_square_bracket"]),
    "half a sequence": ("\x1b[1;", ESCAPE_PATIENCE, []),
    "half an answer": ("\x1bP>|XTerm", ANSWER_PATIENCE, []),
    "half a paste": ("\x1b[200~12", PASTE_PATIENCE, ["text 12"]),
}


@pytest.mark.parametrize(("text", "patience", "found"), SILENCES.values(), ids=SILENCES)
def test_silence_ends_what_is_incomplete(text: str, patience: float, found: list[str]) -> None:
    inflow = inflow_of(FakeApp())
    assert read(inflow, text) == []
    assert inflow.after_silence(patience / 2) == []
    assert list(map(told, inflow.after_silence(patience / 2))) == found
    assert read(inflow, "1") == ["1"]


def test_what_is_known_of_the_window_outlives_an_unknown_sequence() -> None:
    inflow = inflow_of(FakeApp())
    assert read(inflow, "\x1b[48;40;120;800;1200t") == ["Resize"]
    assert read(inflow, "\x1b[?62;c\x1b[0n") == []
    inflow.add("\x1b[<0;601;401M")
    [pressed] = inflow.messages()
    assert isinstance(pressed, events.MouseDown)
    assert (pressed.x, pressed.y) == (60, 20)


numbers = st.lists(st.integers(0, 10**7).map(str), max_size=6).map(";".join)
answers = st.one_of(
    st.builds("\x1b[{}{}{}".format, st.sampled_from("?>="), numbers, st.sampled_from("cnqu")),
    st.builds("\x1b[{}{}".format, numbers, st.sampled_from("nxt")),
    st.builds("\x1b[?{}$y".format, numbers),
    st.builds(
        "\x1b{}{}\x1b\\".format,
        st.sampled_from("]PX^_"),
        st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"])),
    ),
)


@given(st.lists(answers, min_size=1, max_size=3))
def test_no_answer_makes_a_key(found: list[str]) -> None:
    inflow = inflow_of(FakeApp())
    inflow.add("".join(found))
    assert not [it for it in inflow.messages() if isinstance(it, events.Key | events.Paste)]
    assert read(inflow, "1") == ["1"]


@pytest.mark.parametrize("code", ["99999999999", "1114112", "97:65;2"])
def test_a_number_that_textual_cannot_read_makes_nothing(code: str) -> None:
    inflow = inflow_of(FakeApp())
    assert read(inflow, f"\x1b[{code}u") == []
    assert read(inflow, "1") == ["1"]


wild = st.lists(
    st.one_of(
        st.text(),
        numbers,
        st.sampled_from(
            ["\x1b", "\x1b[", "\x1bO", "u", "~", ":", "M", "A", "R", "\x1b[200~", "\x1b[201~"]
        ),
    ),
    max_size=10,
).map("".join)


@given(wild)
@example("\x1b[M\x1b")
def test_nothing_read_breaks_the_input(text: str) -> None:
    inflow = inflow_of(FakeApp())
    read(inflow, text)
    inflow.after_silence(PASTE_PATIENCE)
    assert read(inflow, "1") == ["1"]
