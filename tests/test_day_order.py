"""Days with the year behind: read as the other rows of their column decide, or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules.timing import day_number
from store.exchange.contact_rows import ContactRow
from store.exchange.contacts import open_contacts
from store.exchange.purchases import PurchaseRow, open_purchases

FIRST_OF_MAY, FIFTH_OF_JANUARY = date(2026, 5, 1), date(2026, 1, 5)
COLUMNS: dict[str, tuple[tuple[str, ...], date | None]] = {
    "nothing decides": (("1/5/2026", "2/6/2026"), None),
    "a day above 12 in front": (("1/5/2026", "13/5/2026"), FIRST_OF_MAY),
    "a day above 12 behind": (("1/5/2026", "5/13/2026"), FIFTH_OF_JANUARY),
    "decided much further down": (("1/5/2026", *["2/6/2026"] * 300, "31/5/2026"), FIRST_OF_MAY),
    "decided above": (("1/5/2026", "13.5.2026"), FIRST_OF_MAY),
    "two contradict each other": (("1/5/2026", "13/5/2026", "5/13/2026"), None),
    "no day at all decides nothing": (("1/5/2026", "13/13/2026", "99/1/2026"), None),
    "31 February decides nothing": (("1/5/2026", "31/2/2026"), None),
    "days with the year in front decide nothing": (("1/5/2026", "2026-05-13"), None),
    "a time behind": (("1/5/2026 09:30", "13/5/2026, 10:00"), FIRST_OF_MAY),
    "full width": (("１/５/２０２６", "１３/５/２０２６"), FIRST_OF_MAY),
    "mixed signs are no day": (("1/5.2026", "13/5/2026"), None),
}


def in_file(folder: Path, heading: str, *lines: str) -> Path:
    path = folder / "in.csv"
    path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("cells", "expected"), COLUMNS.values(), ids=COLUMNS)
def test_a_column_decides_its_days(
    tmp_path: Path, cells: tuple[str, ...], expected: date | None
) -> None:
    lines = [f'客户{i},"{cell}","{cell}"' for i, cell in enumerate(cells)]
    file = open_contacts(in_file(tmp_path, "姓名,添加时间,生日", *lines))
    row = next(file.rows())
    assert isinstance(row, ContactRow)
    assert row.added == (expected and day_number(expected))
    assert row.birthday == (expected.isoformat() if expected else cells[0])
    assert ("添加时间" in row.extra) == (expected is None)
    assert len(row.notes) == 2
    proof = any("stands there too" in str(note) for note in row.notes)
    assert proof == (expected is not None)


def test_it_is_told_once_for_each_column(tmp_path: Path) -> None:
    lines = ["张伟,1/5/2026,3/4/1980", "李芳,13/5/2026,4/13/1980", "王芳,2/5/2026,4/5/1980"]
    path = in_file(tmp_path, "姓名,添加时间,生日", *lines)
    rows = [row for row in open_contacts(path).rows() if isinstance(row, ContactRow)]
    notes = [(row.line, str(note)) for row in rows for note in row.notes]
    assert [line for line, _ in notes] == [2, 2]
    assert '"1/5/2026" under 添加时间 is read as day/month/year' in notes[0][1]
    assert '"13/5/2026" stands there too' in notes[0][1]
    assert '"3/4/1980" under 生日 is read as month/day/year' in notes[1][1]
    assert [row.birthday for row in rows] == ["1980-03-04", "1980-04-13", "1980-04-05"]


def test_a_row_of_a_preview_is_read_as_the_whole_file_decides(tmp_path: Path) -> None:
    path = in_file(tmp_path, "姓名,添加时间", "张伟,1/5/2026", "李芳,13/5/2026")
    file = open_contacts(path)
    row = file.reader().read(file.table.head(2)[1])
    assert isinstance(row, ContactRow)
    assert row.added == day_number(FIRST_OF_MAY)


@pytest.mark.parametrize(
    ("other", "taken"), [("13/5/2026", 2), ("2/5/2026", 0)], ids=["decided", "not decided"]
)
def test_purchases_are_dated_alike(tmp_path: Path, other: str, taken: int) -> None:
    lines = ["13800000001,1/5/2026,3", f"13800000001,{other},4"]
    rows = list(open_purchases(in_file(tmp_path, "手机号,购买日期,金额", *lines)).rows())
    bought = [row for row in rows if isinstance(row, PurchaseRow)]
    assert len(bought) == taken
    if taken:
        assert bought[0].day == day_number(FIRST_OF_MAY)
        assert [len(row.notes) for row in bought] == [1, 0]
