"""Cutting what was read and telling keys from texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.bursts import (
    ANSWER_PATIENCE,
    ESCAPE_PATIENCE,
    PASTE_PATIENCE,
    Character,
    Commit,
    Cutter,
    EscapeSequence,
    Meant,
    Paste,
    Piece,
    half_width,
    sort_read,
)

DESK = frozenset("0123456789/ \r\t\x7f")


def is_desk_key(character: str) -> bool:
    return character in DESK


def cut(*reads: str) -> list[Piece]:
    cutter = Cutter()
    return [piece for read in reads for piece in cutter.feed(read)]


def meant(read: str, *, in_field: bool = False) -> list[Meant]:
    return sort_read(cut(read), is_desk_key, in_field=in_field)


def characters(text: str) -> list[Character]:
    return [Character(each) for each in text]


TWINS = {
    "digit": ("０", "0"),
    "last digit": ("９", "9"),
    "slash": ("／", "/"),
    "question mark": ("？", "?"),
    "tilde, the last of them": ("～", "~"),
    "blank": ("\u3000", " "),
    "letters have no second life": ("Ａ", "Ａ"),
    "small letters neither": ("ｚ", "ｚ"),
    "a sign of another block": ("。", "。"),
    "half-width already": ("7", "7"),
    "Chinese": ("好", "好"),
}


@pytest.mark.parametrize(("character", "twin"), TWINS.values(), ids=TWINS)
def test_half_width(character: str, twin: str) -> None:
    assert half_width(character) == twin


@given(st.characters())
def test_half_width_agrees_with_unicode(character: str) -> None:
    twin = half_width(character)
    assert twin in (character, unicodedata.normalize("NFKC", character))
    assert half_width(twin) == twin


CUTS: dict[str, tuple[Sequence[str], Sequence[Piece]]] = {
    "characters": (["1好"], characters("1好")),
    "an arrow": (["\x1b[A"], [EscapeSequence("\x1b[A")]),
    "an arrow in three reads": (["\x1b", "[", "A1"], [EscapeSequence("\x1b[A"), Character("1")]),
    "a function key": (["\x1bOP"], [EscapeSequence("\x1bOP")]),
    "a function key of rxvt": (["\x1b[3$1"], [EscapeSequence("\x1b[3$"), Character("1")]),
    "the mouse": (["\x1b[<0;1;2M"], [EscapeSequence("\x1b[<0;1;2M")]),
    "the mouse of old terminals": (["\x1b[M 12", "3"], [EscapeSequence("\x1b[M 12"), *"3"]),
    "Escape, then an arrow": (["\x1b\x1b[A"], [EscapeSequence("\x1b"), EscapeSequence("\x1b[A")]),
    "Escape, then a commit": (["\x1b好"], [EscapeSequence("\x1b"), Character("好")]),
    "Alt": (["\x1ba"], [EscapeSequence("\x1ba")]),
    "a sequence cut short": (["\x1b[1\r"], [EscapeSequence("\x1b[1"), Character("\r")]),
    "an answer": (["\x1bP>|XTerm(388)\x1b\\"], []),
    "an answer in pieces": (["\x1b]11;rgb:1e", "1e/00/00\x1b", "\\1"], characters("1")),
    "an answer that a key cuts short": (["\x1b]11;rgb\x1b[A"], [EscapeSequence("\x1b[A")]),
    "a paste": (["\x1b[200~12\x1b[201~"], [Paste("12")]),
    "a paste in pieces": (["\x1b[200~1", "2\x1b[2", "01~3"], [Paste("12"), Character("3")]),
    "a paste with sequences": (
        ["\x1b[200~\x1b]x\x07\x00\x1b[A\x1b[201~"],
        [Paste("\x1b]x\x07\x1b[A")],
    ),
    "an empty paste": (["\x1b[200~\x1b[201~"], []),
    "the end of no paste": (["\x1b[201~"], []),
    "a number beyond all keys": (["\x1b[49~1"], characters("1")),
    "a key and its own text": (["\x1b[49;;49u"], [EscapeSequence("\x1b[49;;49u")]),
    "a key with another text": (["\x1b[49;;65297u"], characters("１")),
    "a commit": (["\x1b[0;;20013:25991u"], [Commit("中文")]),
    "a key without text": (["\x1b[13u"], [EscapeSequence("\x1b[13u")]),
    "no character": (["\x1b[0;;1114112u", "\x1b[0;;55296u"], []),
}


@pytest.mark.parametrize(("reads", "pieces"), CUTS.values(), ids=CUTS)
def test_cutting(reads: Sequence[str], pieces: Sequence[Piece | str]) -> None:
    expected = [Character(piece) if isinstance(piece, str) else piece for piece in pieces]
    assert cut(*reads) == expected


GIVEN_UP: dict[str, tuple[str, float | None, list[Piece]]] = {
    "nothing is held": ("1", None, []),
    "Escape": ("\x1b", ESCAPE_PATIENCE, [EscapeSequence("\x1b")]),
    "Alt and a bracket": ("\x1b]", ESCAPE_PATIENCE, [EscapeSequence("\x1b]")]),
    "half a sequence": ("\x1b[1;", ESCAPE_PATIENCE, [EscapeSequence("\x1b[1;")]),
    "half an answer": ("\x1b]11;rgb", ANSWER_PATIENCE, []),
    "a paste without an end": ("\x1b[200~12\x1b[2", PASTE_PATIENCE, [Paste("12\x1b[2")]),
}


@pytest.mark.parametrize(("read", "patience", "pieces"), GIVEN_UP.values(), ids=GIVEN_UP)
def test_what_stays_incomplete(read: str, patience: float | None, pieces: list[Piece]) -> None:
    cutter = Cutter()
    cutter.feed(read)
    assert cutter.patience == patience
    assert cutter.give_up() == pieces
    assert cutter.patience is None
    assert cutter.feed("1") == characters("1")


READS: dict[str, tuple[str, Sequence[Meant]]] = {
    "one key": ("1", characters("1")),
    "fast keys": ("12\r", characters("12\r")),
    "one character that is no key": ("好", characters("好")),
    "full-width keys": ("１２", characters("１２")),
    "control characters decide nothing": ("1\x03", characters("1\x03")),
    "a commit": ("好的3", [Paste("好的3")]),
    "one stranger is enough": ("12x", [Paste("12x")]),
    "line ends behind it go": ("好的\r\n\r", [Paste("好的")]),
    "lines": ("1\n2", [Paste("1\n2")]),
    "control characters in it go": ("a\x7f\x03b", [Paste("ab")]),
    "a full-width text stays full-width": ("１点", [Paste("１点")]),
    "keys and arrows": (
        "1\x1b[B2",
        [Character("1"), EscapeSequence("\x1b[B"), Character("2")],
    ),
    "a text between arrows": (
        "\x1b[A好\x1b[B的\x1b[C",
        [
            EscapeSequence("\x1b[A"),
            Paste("好的"),
            EscapeSequence("\x1b[B"),
            EscapeSequence("\x1b[C"),
        ],
    ),
    "a commit of keys is a text": ("\x1b[0;;49:50u", [Paste("12")]),
    "keys before a paste": ("1\x1b[200~x\x1b[201~", [Character("1"), Paste("x")]),
    "keys behind a paste": ("\x1b[200~x\n\x1b[201~4\r", [Paste("x\n4")]),
}


@pytest.mark.parametrize(("read", "pieces"), READS.values(), ids=READS)
def test_a_read(read: str, pieces: Sequence[Meant]) -> None:
    assert meant(read) == list(pieces)


def test_a_field_gets_characters() -> None:
    assert meant("好的\r", in_field=True) == characters("好的\r")
    assert meant("\x1b[0;;20013:25991u", in_field=True) == characters("中文")
    assert meant("\x1b[200~x\x1b[201~4", in_field=True) == [Paste("x4")]


wire = st.lists(
    st.one_of(
        st.text(max_size=4),
        st.sampled_from(
            ["\x1b", "[", "O", "]", "P", "\\", "\x07", "1;2", "~", "A", "200~", "201~"]
        ),
    ),
    max_size=12,
).map("".join)


@given(wire, st.data())
def test_how_the_reads_were_split_changes_nothing(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert cut(text[:at], text[at:]) == cut(text)


@given(wire)
def test_every_piece_is_whole(text: str) -> None:
    cutter = Cutter()
    for piece in [*cutter.feed(text), *cutter.give_up()]:
        assert piece.text
        assert isinstance(piece, EscapeSequence) == (piece.text[0] == "\x1b") or isinstance(
            piece, Paste
        )
        assert not isinstance(piece, Character) or len(piece.text) == 1
    assert cutter.patience is None


@given(st.text(alphabet=sorted(DESK), max_size=8))
def test_keys_of_the_desk_are_keys(text: str) -> None:
    assert meant(text) == characters(text)


@given(st.text(alphabet="12/ 好的，x３\r", min_size=2, max_size=9))
def test_no_character_leaves_a_text(text: str) -> None:
    """Either all are keys or none is."""
    found = meant(text)
    strangers = set(text) - DESK - {"３"}
    assert {type(it) for it in found} == ({Paste} if strangers else {Character})
