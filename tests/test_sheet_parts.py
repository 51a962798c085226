"""What stands in a sheet beside its values: merged cells, errors, formulas nobody calculated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from store.exchange import sheet_parts
from store.exchange.contacts import ContactRow, RejectedRow, open_contacts

ROWS = (
    ("姓名", "手机号", "公司", "添加时间", "生日"),
    ("张伟", "13800000001", "新禾", None, None),
    ("李芳", "13800000002", None, None, None),
    ("王强", "13800000003", None, None, None),
)


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("C2:C3")


def phone_error(sheet: Worksheet) -> None:
    sheet["B3"] = "#REF!"


def date_errors(sheet: Worksheet) -> None:
    sheet["D3"] = "#N/A"
    sheet["E3"] = "#N/A"


def phone_formula(sheet: Worksheet) -> None:
    sheet["B3"] = "=1+2"


def name_formula(sheet: Worksheet) -> None:
    sheet["A3"] = '="李"&"芳"'


NEVER = "was never calculated"
CASES: dict[str, tuple[Callable[[Worksheet], None], list[str], list[tuple[int, str, str]]]] = {
    "a merged company counts for each row it spans": (merged, ["新禾", "新禾", ""], []),
    "an error for a phone": (phone_error, ["新禾", "", ""], [(3, "手机号", "#REF!")]),
    "errors for days": (
        date_errors,
        ["新禾", "", ""],
        [(3, "添加时间", "#N/A"), (3, "生日", "#N/A")],
    ),
    "a formula for a phone": (phone_formula, ["新禾", "", ""], [(3, "手机号", NEVER)]),
    "a formula for a name": (name_formula, ["新禾", ""], [(3, "姓名", NEVER)]),
}


@pytest.fixture(params=[1 << 20, 64], ids=["in one part", "in many parts"])
def _parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_parts, "PART", request.param)


@pytest.mark.usefixtures("_parts")
@pytest.mark.parametrize(("change", "companies", "told"), CASES.values(), ids=CASES)
def test_what_no_row_says_is_taken_or_told(
    tmp_path: Path,
    change: Callable[[Worksheet], None],
    companies: list[str],
    told: list[tuple[int, str, str]],
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    change(sheet)
    book.save(tmp_path / "in.xlsx")
    found = list(open_contacts(tmp_path / "in.xlsx").rows())
    contacts = [row for row in found if isinstance(row, ContactRow)]
    assert [row.company for row in contacts] == companies
    assert all(row.name in ("张伟", "李芳", "王强") for row in contacts), "no phone for a name"
    said = [(row.line, str(note)) for row in contacts for note in row.notes]
    said += [(row.line, str(row.reason)) for row in found if isinstance(row, RejectedRow)]
    assert len(said) == len(told)
    for (line, text), (expected, heading, what) in zip(said, told, strict=True):
        assert line == expected
        assert heading in text
        assert what in text


def test_a_merge_makes_no_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("姓名", "公司"))
    sheet.append(("张伟", "新禾"))
    sheet.merged_cells.add("B2:B1048576")  # its cells are not made
    book.save(tmp_path / "in.xlsx")
    assert len(list(open_contacts(tmp_path / "in.xlsx").rows())) == 1
