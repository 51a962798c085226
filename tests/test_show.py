"""The door at drawing: what of a text reaches the terminal."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.show import clean, own_name, pad, printable, show, show_lines

HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from(
            "\x1b\x9b\x07\u202e\u2066\u200d\ufe0f\U0001f3fd\u20e3\u0301\u0316\u3164\u1161\ud83d"
            "\U0001f1e8\U0001f1f3❤👍好a \n\u3000\uffff\ue000\u0e33\u0915\u094d"
        ),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("张伟 A1", "张伟 A1", id="ordinary name"),
        pytest.param("AA[/]BB", "AA[/]BB", id="markup end"),
        pytest.param("[link=https://x]y[/link]", "[link=https://x]y[/link]", id="markup link"),
        pytest.param("[@click=app.quit]x[/]", "[@click=app.quit]x[/]", id="markup action"),
        pytest.param("AA\\ \\[red]", "AA\\ \\[red]", id="backslashes"),
        pytest.param(":+1::smile:", ":+1::smile:", id="emoji codes"),
        pytest.param("[微笑][捂脸]", "[微笑][捂脸]", id="emoji of the chat"),
        pytest.param("小明\x1b[5n", "小明\ufffd[5n", id="escape"),
        pytest.param("\x9b31m\x9d0;x\x9c", "\ufffd31m\ufffd0;x\ufffd", id="C1"),
        pytest.param("小\x00明", "小明", id="NUL"),
        pytest.param("A\tB\n\nC\u2028D\u3000E", "A B C D E", id="white space"),
        pytest.param("  张伟 ", "张伟", id="blanks at the ends"),
        pytest.param("A\u202eB\u202cC\u2066D\u2069", "ABCD", id="direction"),
        pytest.param("小\u00ad明\u200b\ufeff", "小明", id="invisible"),
        pytest.param("\u200b\u200d\ufe0f", "(no name)", id="only invisible"),
        pytest.param("\u3164\u2800", "(no name)", id="only fillers"),
        pytest.param("", "(no name)", id="empty"),
        pytest.param("❤️", "❤", id="variation selector"),
        pytest.param("1️⃣", "1", id="keycap"),
        pytest.param("👍🏽", "👍", id="skin tone"),
        pytest.param("👨‍👩‍👧", "👨👩👧", id="joined emoji"),
        pytest.param("🇨🇳", "🇨🇳", id="flag"),
        pytest.param("a🇨b🇨🇳🇩", "aCb🇨🇳D", id="single regional indicator"),
        pytest.param("q" + "\u0301" * 100, "q\u0301\u0301", id="piled-up marks"),
        pytest.param("\u0301a \u0301", "a", id="marks without a letter"),
        pytest.param("\ud83d\ude00", "😀", id="surrogate pair"),
        pytest.param("\ud83d", "\ufffd", id="lone surrogate"),
        pytest.param("\uffff\ue000", "\ufffd\ufffd", id="no characters"),
        pytest.param("e\u200d\u0301", "é", id="composed once nothing is in between"),
    ],
)
def test_show_draws(text: str, shown: str) -> None:
    assert show(text, empty="(no name)") == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        pytest.param("张伟", 4, "张伟", id="fits"),
        pytest.param("张伟国", 5, "张伟…", id="cut between characters"),
        pytest.param("张伟国", 4, "张…", id="no half of a character"),
        pytest.param("ab cd", 4, "ab…", id="no blank before the sign"),
        pytest.param("张伟", 1, "…", id="one cell"),
        pytest.param("张伟", 0, "", id="no cell"),
        pytest.param("张伟", -3, "", id="less than none"),
        pytest.param("好" * 10_000, 6, "好好…", id="very long"),
        pytest.param("a🇨🇳b", 3, "aC…", id="parted flag"),
        pytest.param(("q" + "\u0301" * 9) * 9, 3, ("q" + "\u0301" * 2) * 2 + "…", id="marks"),
        pytest.param("", 6, "(no n…", id="no name"),
    ],
)
def test_show_cuts_to_cells(text: str, width: int, shown: str) -> None:
    assert show(text, width, empty="(no name)") == shown


@given(HOSTILE)
@example("👍🏽\u0301")
@example("\u1100\u1161\u1161\u1161")
def test_show_lets_nothing_through_and_is_idempotent(text: str) -> None:
    shown = show(text)
    assert show(shown) == shown
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") for c in shown)
    assert " ".join(shown.split()) == shown
    assert "\ufe0f" not in shown


@given(HOSTILE, st.integers(0, 20))
@example("a🇨🇳🇨🇳", 3)
def test_pad_has_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(show(text, width)) <= width
    assert cell_len(pad(text, width)) == width
    assert pad(text, width).rstrip() == show(text, width)


@pytest.mark.slow
def test_the_short_way_passes_only_what_the_long_way_would() -> None:
    """Every assigned code point alone: `show` may skip `clean` only where nothing changes."""
    for code in (*range(0x32000), *range(0xE0000, 0xE0200)):
        char = chr(code)
        assert show(char) == clean(char).strip(), hex(code)
        assert cell_len(show(char)) in ((0,) if show(char) == "" else (1, 2)), hex(code)


def test_show_ends_what_is_too_long_for_a_line() -> None:
    assert len(show("好" * 10_000)) == 4000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\nb", "a\nb", id="lines stay"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="every kind of line end"),
        pytest.param("a\n\n  b \n", "a\n\nb\n", id="empty lines stay, blanks go"),
        pytest.param("\x1b[2J\n\u202eb", "\ufffd[2J\nb", id="each line through the door"),
        pytest.param("", "", id="empty"),
    ],
)
def test_show_lines_keeps_lines(text: str, shown: str) -> None:
    assert show_lines(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a  b \n  c", "a  b \n  c", id="columns stand"),
        pytest.param("a\x1b[2Jb\u202e\n\x9b", "a\ufffd[2Jb\n\ufffd", id="nothing else passes"),
        pytest.param("a\tb\r\nc", "a b\ufffd\nc", id="tab and carriage return"),
    ],
)
def test_printable_keeps_blanks(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(HOSTILE)
def test_clean_keeps_the_blanks_at_the_ends(text: str) -> None:
    assert clean(text).strip() == show(text)
    assert clean(f" a{text}a ").startswith(" a")


@pytest.mark.parametrize(
    ("name", "is_marked"),
    [
        pytest.param("小明", False, id="ordinary name"),
        pytest.param("小明\u200b", True, id="blank without width"),
        pytest.param("小\u00ad明", True, id="soft hyphen"),
        pytest.param("小明\ufe0f", True, id="emoji sign behind a letter"),
        pytest.param("小\u200d明", True, id="joiner between letters"),
        pytest.param("A\u202eB\u202c", True, id="direction"),
        pytest.param("❤\ufe0f小明", False, id="emoji"),
        pytest.param("👨‍👩‍👧‍👦", False, id="family"),
        pytest.param("👍🏽", False, id="skin tone"),
        pytest.param("1\ufe0f\u20e3", False, id="keycap"),
        pytest.param("❤\u200b", True, id="blank without width behind an emoji"),
        pytest.param("\u200b\u200d\ufe0f", False, id="nothing to be seen"),
    ],
)
def test_name_that_hides_something_has_its_number(name: str, is_marked: bool) -> None:
    assert own_name(name, 12) == (f"{name} #12" if is_marked else name)
