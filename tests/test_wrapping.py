"""Line breaking: Chinese punctuation, widths, newlines, marked parts."""

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from uniseg.linebreak import line_break_units

from scripts.filling import Filled, fill
from tui.show import show_lines
from tui.wrapping import break_units, wrap, wrap_marked

CHINESE = st.text(
    st.sampled_from("的一是，。、！？；：「」（）《》“”…—·aZ9 3.5%$-/:;\n"), max_size=60
)
ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 10, ("",), id="empty"),
        pytest.param("  \u200b ", 10, ("",), id="nothing to see"),
        pytest.param("急单插单", 4, ("急单", "插单"), id="between any two characters"),
        pytest.param("看看这篇，好", 8, ("看看这", "篇，好"), id="no comma first"),
        pytest.param("看看这篇。」好", 8, ("看看这", "篇。」好"), id="no marks first"),
        pytest.param("看看这（好）", 8, ("看看这", "（好）"), id="no bracket last"),
        pytest.param(
            "标题：两个月把插单降下来", 12, ("标题：两个月", "把插单降下来"), id="filled up"
        ),
        pytest.param("每周 9 次", 6, ("每周 9", "次"), id="no blanks at the end"),
        pytest.param("one two three", 8, ("one two", "three"), id="English at blanks"),
        pytest.param("二月26日", 5, ("二月", "26日"), id="numbers hold together"),
        pytest.param("a\n\nb\n", 10, ("a", "", "b", ""), id="newlines stay"),
        pytest.param("x" * 9, 4, ("xxxx", "xxxx", "x"), id="a word too long"),
        pytest.param("见xxxxxxxxx", 4, ("见", "xxxx", "xxxx", "x"), id="too long, on its own line"),
        pytest.param("xxxx，好", 4, ("xxx", "x，", "好"), id="too long, its comma not alone"),
        pytest.param("e\u0301\u0301" * 3, 2, ("é\u0301é\u0301", "é\u0301"), id="marks stay"),
        pytest.param("好，", 2, ("好", "，"), id="no room for the mark"),
        pytest.param("好好", 1, ("好", "好"), id="never less than two cells"),
        pytest.param("a\x1b[2J\u202eb", 20, ("a\ufffd[2Jb",), id="through the door"),
    ],
)
def test_wrap(text: str, width: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, width) == lines


def test_wrap_of_a_script() -> None:
    script = (
        "张经理，上次说到排产。同行一家做精密件的厂用了两个月，过程写在这篇里。回我“模板”就行。"
    )
    assert wrap(script, 24) == (
        "张经理，上次说到排产。同",
        "行一家做精密件的厂用了两",
        "个月，过程写在这篇里。回",
        "我“模板”就行。",
    )


@settings(deadline=None)
@given(st.one_of(CHINESE, ANY), st.integers(2, 20))
@example("「" * 9, 4)
def test_wrap_never_exceeds_the_width_and_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width and line == line.rstrip() for line in lines)
    assert "".join(lines).replace(" ", "") == show_lines(text).replace("\n", "").replace(" ", "")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["好", "张伟", "，", "。", "！", "？", "、", "「好」", "（好）", "12"])
    )
)
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(parts: list[str]) -> None:
    text = "好" + "".join(a for a, b in zip(parts, ["", *parts], strict=False) if a[0] != b[:1])
    units_fit = all(cell_len(unit) <= 16 for unit in break_units(text))
    for line in wrap(text, 16) if units_fit else ():
        assert line[0] not in "，。？！、」）"
        assert line[-1] not in "（「"


@settings(deadline=None)
@given(CHINESE)
@example("a，9 b. c")
@example("的9.5%好 a-b")
@example("发 1/7，a/7 7/a")
@example("ab: 好; 9")
@example("a" * 60 + "-")
@example("好，" * 60 + "-")
def test_the_short_way_breaks_where_the_rules_do(text: str) -> None:
    for line in show_lines(text).split("\n"):
        assert tuple(break_units(line)) == tuple(line_break_units(line))


def test_plain_chinese_needs_no_import_of_the_rules() -> None:
    code = (
        "import sys; from tui.wrapping import wrap;"
        "wrap('张经理，上次说到排产。每周 9 次，看这篇？7 天 1/7', 9); wrap('step: 好', 9);"
        "assert 'uniseg' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_wrap_marked_tells_what_was_filled_in() -> None:
    filled = fill(
        "{salutation}，看看{content}。\n好", {"salutation": "张经理", "content": "排产表"}
    )
    assert isinstance(filled, Filled)
    assert wrap_marked(filled.text, filled.spans, 12) == (
        (("张经理", True), ("，看看", False)),
        (("排产表", True), ("。", False)),
        (("好", False),),
    )


def test_wrap_marked_keeps_marks_in_place_when_characters_are_dropped() -> None:
    assert wrap_marked("\u200b好\u200b张\u200b伟\u200b好", ((3, 6),), 20) == (
        (("好", False), ("张伟", True), ("好", False)),
    )


def test_wrap_marked_gives_an_empty_line_no_pieces() -> None:
    assert wrap_marked("a\n\nb", (), 20) == ((("a", False),), (), (("b", False),))


@settings(deadline=None)
@given(st.lists(st.tuples(st.one_of(CHINESE, ANY), st.booleans()), max_size=5), st.integers(2, 20))
def test_wrap_marked_keeps_every_character_and_its_mark(
    parts: list[tuple[str, bool]], width: int
) -> None:
    text, spans = "", []
    for part, marked in parts:
        if marked:
            spans.append((len(text), len(text) + len(part)))
        text += part
    rows = wrap_marked(text, tuple(spans), width)
    assert all(cell_len("".join(piece for piece, _ in row)) <= width for row in rows)
    got = "".join(piece for row in rows for piece, marked in row if marked)
    clean_parts = "".join(show_lines(part) for part, marked in parts if marked)
    assert [c for c in got if c.isalnum()] == [c for c in clean_parts if c.isalnum()]
