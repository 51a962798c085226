"""The usual row is read in one go, and as it would be read cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.contact_rows import RowReader
from store.exchange.headings import Column, Field
from store.exchange.plain_rows import PlainRows
from store.exchange.table_rows import TableRow

HEADINGS = tuple(
    Column(index, heading, field)
    for index, (heading, field) in enumerate(
        [
            ("name", Field.NAME),
            ("first", Field.FIRST_NAME),
            ("mobile", Field.PHONE),
            ("remark", Field.REMARK),
            ("wechat", Field.HANDLE),
            ("id", Field.EXTERNAL_ID),
            ("added", Field.ADDED),
            ("tags", Field.TAGS),
            ("born", Field.BIRTHDAY),
            ("email", Field.EMAIL),
            ("blocked", Field.DO_NOT_CONTACT),
            ("reason", Field.IGNORED),
            ("city", None),
        ]
    )
)
USUAL = ("张伟", "", "13800000001", "老客户", "zw", "wm1", "2026-03-01", "展会", "1980-03-02")
CELLS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            *("", " ", "张伟", "Ann ", "合计", "\u3164", "e\u0301", "x" * 300, "=1+1", "#N/A"),
            *("13800000001", "+86 138 0000 0001", "138000000012", "1.38E+10", "021-5555 1234"),
            *("2026-03-01", "1/5/2026", "3-2", "45000", "是", "否", "也许", "勿扰", "展会,老客户"),
            *("a@b.cn", "a@b", "1e5", "12"),
        ]
    ),
)
ROWS = st.lists(CELLS, min_size=1, max_size=len(HEADINGS) + 1).map(tuple)
USUAL_BUT_ONE = st.tuples(st.integers(0, len(USUAL) - 1), CELLS).map(
    lambda pair: (*USUAL[: pair[0]], pair[1], *USUAL[pair[0] + 1 :])
)


@given(st.one_of(ROWS, USUAL_BUT_ONE))
def test_a_row_is_read_as_it_is_cell_by_cell(cells: tuple[str, ...]) -> None:
    row = TableRow(7, cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainRows, "read", lambda *_asked: None)
        careful = RowReader(HEADINGS).read(row)
    assert RowReader(HEADINGS).read(row) == careful


def test_a_usual_row_is_taken() -> None:
    found = PlainRows(HEADINGS).read(TableRow(7, USUAL), "".join(USUAL))
    assert found is not None
    assert (found.name, found.phone, found.birthday) == ("张伟", "13800000001", "1980-03-02")


UNUSUAL = {
    "a phone to be mended": {2: "138 0000 0001"},
    "a phone of too many digits": {2: "138000000012"},
    "nobody named": {0: ""},
    "an accent apart from its letter": {0: "e\u0301"},
    "a line end in a cell": {3: "老\n客户"},
    "a formula": {3: '="12"'},
    "a number that lost digits": {5: "1.38E+10"},
    "a day with the year behind": {6: "1/5/2026"},
    "a very long remark": {3: "x" * 300},
}


@pytest.mark.parametrize("told", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_any_other_is_left_to_the_careful_way(told: dict[int, str]) -> None:
    cells = tuple(told.get(index, cell) for index, cell in enumerate(USUAL))
    assert PlainRows(HEADINGS).read(TableRow(7, cells), "".join(cells)) is None


def test_two_columns_of_one_meaning_are_left_to_the_careful_way() -> None:
    twice = (*HEADINGS, Column(len(HEADINGS), "phone", Field.PHONE))
    assert PlainRows(twice).read(TableRow(7, USUAL), "".join(USUAL)) is None
