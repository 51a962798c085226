"""Workbooks: what is read of them, and the ones that mean harm."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from rules.timing import day_number
from rules.wording import DeskError
from store.exchange import workbooks
from store.exchange.contacts import ContactRow, RejectedRow, open_contacts
from store.exchange.faults import FileRefused

HEADINGS = ("姓名", "手机号", "添加时间", "备注")


def workbook(folder: Path, rows: Sequence[Sequence[object]], name: str = "in.xlsx") -> Path:
    """A workbook with one sheet of those rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "客户"
    for row in rows:
        sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The package with every part passed through `change`."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, change(name, content))
    return path


def only(path: Path) -> ContactRow | RejectedRow:
    """The single row of a file."""
    [row] = open_contacts(path).rows()
    return row


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        pytest.param(13800138000, "13800138000", id="whole number"),
        pytest.param(13800138000.0, "13800138000", id="number with a point"),
        pytest.param("013900", "013900", id="text with a zero"),
        pytest.param("+86 138-0013-8000", "+8613800138000", id="text with separators"),
        pytest.param(None, "", id="nothing"),
        pytest.param("#N/A", "", id="error"),
        pytest.param("=A1", "", id="formula never calculated"),
        pytest.param("1380013_x000D_\n", "1380013", id="escaped carriage return"),
    ],
)
def test_phone_cells(tmp_path: Path, cell: object, phone: str) -> None:
    row = only(workbook(tmp_path, [HEADINGS, ("张伟", cell)]))
    assert isinstance(row, ContactRow)
    assert (row.name, row.phone) == ("张伟", phone)


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(datetime.combine(date(2026, 1, 12), time(9, 30)), id="date and time"),
        pytest.param(date(2026, 1, 12), id="date"),
        pytest.param(46034, id="serial"),
        pytest.param(46034.4, id="serial with a time"),
        pytest.param("2026年1月12日", id="text"),
    ],
)
def test_date_cells(tmp_path: Path, cell: object) -> None:
    row = only(workbook(tmp_path, [HEADINGS, ("张伟", None, cell)]))
    assert isinstance(row, ContactRow)
    assert row.added == day_number(date(2026, 1, 12))


def test_number_with_lost_digits_is_rejected(tmp_path: Path) -> None:
    row = only(workbook(tmp_path, [("姓名", "userid"), ("张伟", 3.10101199001011e17)]))
    assert isinstance(row, RejectedRow)
    assert "lost digits" in str(row.reason)


def test_first_visible_sheet_is_read_and_named(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "draft"
    book.worksheets[0].sheet_state = "hidden"
    book.worksheets[0].append(("姓名",))
    book.worksheets[0].append(("hidden one",))
    shown = book.create_sheet("客户")
    shown.append(("导出的客户", None))
    shown.merge_cells("A1:B1")
    shown.append(("姓名", "公司"))
    shown.append(("张伟", "新禾"))
    shown.append(("李芳", None))
    shown.merge_cells("B3:B4")
    book.save(tmp_path / "in.xlsx")
    file = open_contacts(tmp_path / "in.xlsx")
    assert (file.sheet, file.encoding, file.delimiter) == ("客户", "", "")
    found = [(row.line, row.name) for row in file.rows() if isinstance(row, ContactRow)]
    assert found == [(3, "张伟"), (4, "李芳")]


def test_workbook_under_another_name_is_read(tmp_path: Path) -> None:
    row = only(workbook(tmp_path, [("姓名",), ("张伟",)], "in.csv"))
    assert isinstance(row, ContactRow)


def test_a_far_cell_is_a_rejected_row_and_costs_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, [("姓名",), ("张伟",)])
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    repacked(path, lambda _, part: part.replace(b"</sheetData>", far + b"</sheetData>"))
    good, rejected = open_contacts(path).rows()
    assert isinstance(good, ContactRow)
    assert isinstance(rejected, RejectedRow)
    assert rejected.line == 1_048_576


def test_rows_beyond_the_last_of_a_sheet_are_not_looked_at(tmp_path: Path) -> None:
    path = workbook(tmp_path, [("姓名",), ("张伟",)])
    far = b'<row r="99999999999"><c t="inlineStr"><is><t>x</t></is></c></row>'
    repacked(path, lambda _, part: part.replace(b"</sheetData>", far + b"</sheetData>"))
    assert isinstance(only(path), ContactRow)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "ROW_LIMIT", 3)
    path = workbook(tmp_path, [("姓名",), ("a",), ("b",), ("c",)])
    with pytest.raises(FileRefused, match="more than 3 rows"):
        list(open_contacts(path).rows())


def test_a_wrong_size_claimed_by_the_sheet_hides_no_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADINGS, ("张伟", "138", None, "好")])
    repacked(path, lambda _, part: part.replace(b'ref="A1:D2"', b'ref="A1"'))
    row = only(path)
    assert isinstance(row, ContactRow)
    assert row.remark == "好"


def test_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path, [("姓名",)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/padding.xml", bytes(20 * 1024 * 1024))
    with pytest.raises(FileRefused, match="unpacks to 20 MB"):
        open_contacts(path)


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [("姓名",), ("张伟",)])
    repacked(
        path,
        lambda name, part: (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + part
            if "sheet1" in name
            else part
        ),
    )
    with pytest.raises(FileRefused, match="entities"):
        open_contacts(path)


def test_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "name")
    with pytest.raises(FileRefused, match="not an XLSX"):
        open_contacts(path)


def test_workbook_without_a_visible_sheet_or_without_headings_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [("Year", 2000), ("Timber", 3)])
    with pytest.raises(FileRefused, match="Found: Year, 2000"):
        open_contacts(path)
    repacked(path, lambda _, part: part.replace(b'state="visible"', b'state="hidden"'))
    with pytest.raises(FileRefused, match="no visible sheet"):
        open_contacts(path)


@pytest.mark.parametrize("kept", [4, 30, 1000, -400, -1])
def test_cut_off_workbook_is_refused(tmp_path: Path, kept: int) -> None:
    path = workbook(tmp_path, [("姓名",), ("张伟",)])
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(FileRefused, match="cut off or damaged"):
        open_contacts(path)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100
)
@given(
    part=st.integers(0, 20),
    place=st.integers(0, 5000),
    length=st.integers(0, 40),
    instead=st.binary(max_size=12),
)
def test_damaged_parts_raise_nothing_but_a_refusal(
    tmp_path: Path, part: int, place: int, length: int, instead: bytes
) -> None:
    path = workbook(tmp_path, [HEADINGS, ("张伟", 138, date(2026, 1, 12), "好")])
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
    chosen = names[part % len(names)]

    def damaged(name: str, content: bytes) -> bytes:
        cut = place % (len(content) + 1)
        return content[:cut] + instead + content[cut + length :] if name == chosen else content

    with suppress(DeskError):
        list(open_contacts(repacked(path, damaged)).rows())


def test_flipped_bytes_of_the_package_raise_nothing_but_a_refusal(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADINGS, *[(f"张{n}", n) for n in range(50)]])
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 41):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            list(open_contacts(path).rows())
        except DeskError:
            refused += 1
    assert refused > len(whole) // 41 // 2


def book_of_sheets(folder: Path) -> Path:
    """A cover sheet, the contacts, and a hidden sheet of others."""
    book = Workbook()
    book.worksheets[0].title = "说明"
    book.worksheets[0].append(("本表由系统导出",))
    for title, name in (("客户", "张伟"), ("旧客户", "李芳")):
        sheet = book.create_sheet(title)
        sheet.append(("姓名", "手机号"))
        sheet.append((name, 13800000001))
    book.worksheets[2].sheet_state = "hidden"
    path = folder / "in.xlsx"
    book.save(path)
    return path


def test_sheet_whose_headings_say_most_is_read(tmp_path: Path) -> None:
    file = open_contacts(book_of_sheets(tmp_path))
    assert (file.sheet, [row.cells[0] for row in file.rows()]) == ("客户", ["张伟"])


def test_hidden_sheet_is_read_when_it_is_named(tmp_path: Path) -> None:
    file = open_contacts(book_of_sheets(tmp_path), sheet="旧客户")
    assert (file.sheet, [row.cells[0] for row in file.rows()]) == ("旧客户", ["李芳"])


def test_unknown_sheet_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no sheet Blatt1") as caught:
        open_contacts(book_of_sheets(tmp_path), sheet="Blatt1")
    assert "说明, 客户, 旧客户" in str(caught.value.remedy)
