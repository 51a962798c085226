"""The door at input: what is kept of text from outside."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.plain_text import NAME_LIMIT, NOTE_LIMIT, is_blank, keep

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
"""Every code point, lone surrogates and unassigned ones too."""


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        pytest.param("张伟 [微笑]", "张伟 [微笑]", id="ordinary text stays"),
        pytest.param("AA[/]BB \\[red] :+1:", "AA[/]BB \\[red] :+1:", id="markup is only text"),
        pytest.param("{phone} %_ ';--", "{phone} %_ ';--", id="templates and SQL are only text"),
        pytest.param("小明\x1b[5n", "小明\ufffd[5n", id="escape"),
        pytest.param("\x9b31m\x9d0;x\x9c", "\ufffd31m\ufffd0;x\ufffd", id="C1 controls"),
        pytest.param("\x07\x08\x0b\x0c\r\x0e\x7f", "\ufffd" * 7, id="other controls"),
        pytest.param("小\x00明\x00", "小明", id="NUL goes without a mark"),
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and newline stay"),
        pytest.param("a\r\nb\r\n", "a\nb\n", id="CRLF becomes LF"),
        pytest.param("\r\x00\n", "\n", id="CRLF with a NUL in between"),
        pytest.param("\ud83d\ude00", "😀", id="surrogate pair is joined"),
        pytest.param("小明\ud83d", "小明\ufffd", id="lone surrogate"),
        pytest.param("\ude00\ud83d", "\ufffd\ufffd", id="surrogates the wrong way round"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("\u200b\u202e\ufe0f", "\u200b\u202e\ufe0f", id="invisible is stored"),
        pytest.param("", "", id="empty"),
    ],
)
def test_keep_stores(given_text: str, kept: str) -> None:
    assert keep(given_text) == kept


@pytest.mark.parametrize(
    ("given_text", "limit", "kept"),
    [
        pytest.param("好" * 10_000, NAME_LIMIT, "好" * NAME_LIMIT, id="long name"),
        pytest.param("X" * 10_000, NOTE_LIMIT, "X" * NOTE_LIMIT, id="long note"),
        pytest.param("e\u0301" * 4, 4, "éééé", id="counted when composed"),
        pytest.param("abq\u0301", 3, "ab", id="mark stays with its letter"),
        pytest.param("ab👍🏽", 3, "ab", id="skin tone"),
        pytest.param("a👨\u200d👩\u200d👧", 3, "a", id="joined emoji"),
        pytest.param("a🇨🇳", 2, "a", id="flag"),
        pytest.param("🇨🇳🇨🇳", 2, "🇨🇳", id="between flags"),
        pytest.param("q" + "\u0301" * 100, 10, "q" + "\u0301" * 9, id="marks without end are cut"),
        pytest.param("abc", 0, "", id="no room"),
    ],
)
def test_keep_cuts_between_graphemes(given_text: str, limit: int, kept: str) -> None:
    assert keep(given_text, limit) == kept


@given(ANY_TEXT, st.integers(0, 40))
@example("\r\r\n", 5)
@example("\ud83d\x00\ude00", 5)
def test_keep_is_clean_within_the_limit_and_idempotent(text: str, limit: int) -> None:
    kept = keep(text, limit)
    assert keep(kept, limit) == kept
    assert len(kept) <= limit
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in kept if c not in "\n\t")
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()


def test_keep_sorts_no_more_marks_than_can_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorting marks of two kinds is quadratic: half a million of them would take minutes."""
    normalized: list[int] = []

    def measured(form: Literal["NFC"], text: str) -> str:
        normalized.append(len(text))
        return text

    monkeypatch.setattr("unicodedata.normalize", measured)
    assert len(keep("q" + "\u0316\u0301" * 500_000)) == NAME_LIMIT
    assert max(normalized) <= 4 * NAME_LIMIT


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        pytest.param("", True, id="empty"),
        pytest.param(" \t\n\u3000\u2028", True, id="white space"),
        pytest.param("\u200b\u200d\ufe0f", True, id="zero width"),
        pytest.param("\u3164\u2800", True, id="fillers"),
        pytest.param("\ufffd", True, id="only what was lost"),
        pytest.param("张", False, id="a letter"),
        pytest.param("❤️", False, id="an emoji"),
        pytest.param("\u200b-", False, id="a sign behind something invisible"),
    ],
)
def test_is_blank_knows_what_nobody_sees(text: str, blank: bool) -> None:
    assert is_blank(text) is blank
