"""Exports: text stays text, and an old file survives whatever goes wrong."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from rules.plain_text import keep
from rules.wording import Sentence
from store.exchange import export
from store.exchange.contacts import ContactRow, RejectedRow, open_contacts
from store.exchange.export import write_csv, write_rejects, write_xlsx
from store.exchange.faults import ExportFailed
from store.exchange.formula_guard import guarded, is_live, unguarded

LIVE = {
    "command": "=cmd|'/c calc'!A1",
    "plus": "+1",
    "minus": "-1",
    "at": "@x",
    "tab": "\t=1",
    "line feed": "\n=1",
    "zero width before": "\u200b=1",
    "mark before": "\ufeff=1",
    "blank before": " =1",
    "ideographic blank before": "\u3000=1",
    "full width equals": "＝1",
    "full width plus": "＋1",
    "full width minus": "－1",
    "full width at": "＠x",
}
HARMLESS = {
    "delimiter and formula": 'a,"=1"',
    "apostrophe": "'abc",
    "quotes": '"',
    "line feed inside": "a\nb=1",
    "escape of XML": "_x0041_",
    "emoji": "👨‍👩‍👧‍👦[微笑]",
    "markup": "[/]",
    "nothing": "",
}
WRITERS: dict[str, Callable[[Path, Sequence[str], Iterator[Sequence[str]]], int]] = {
    "out.csv": write_csv,
    "out.xlsx": write_xlsx,
}


def written(folder: Path, name: str, *texts: str) -> Path:
    """An export with one row per text."""
    path = folder / name
    assert WRITERS[name](path, ["姓名", "备注"], iter([("张伟", text) for text in texts])) == len(
        texts
    )
    return path


@pytest.mark.parametrize("text", LIVE.values(), ids=LIVE.keys())
def test_live_text_is_guarded_in_csv(tmp_path: Path, text: str) -> None:
    content = written(tmp_path, "out.csv", text).read_bytes()
    assert content == f'\ufeff"姓名","备注"\r\n"张伟","\'{text}"\r\n'.encode()


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
def test_harmless_text_is_left_alone_in_csv(tmp_path: Path, text: str) -> None:
    content = written(tmp_path, "out.csv", text).read_text(encoding="utf-8-sig")
    assert '"张伟","' + text.replace('"', '""') + '"' in content


def test_carriage_return_and_nul_do_not_reach_the_file(tmp_path: Path) -> None:
    content = written(tmp_path, "out.csv", "\r=1", "\0=1", "\x1b[5n").read_text("utf-8-sig")
    assert content.split("\n")[1:4] == ['"张伟","\ufffd=1"', '"张伟","\'=1"', '"张伟","\ufffd[5n"']


@pytest.mark.parametrize("text", [*LIVE.values(), *HARMLESS.values(), "#N/A", "13800138000"])
def test_every_cell_of_a_sheet_is_text(tmp_path: Path, text: str) -> None:
    book = load_workbook(written(tmp_path, "out.xlsx", text))
    cell = book.worksheets[0]["B2"]
    assert cell.data_type == "s" or (text == "" and cell.value is None)
    assert cell.quotePrefix == is_live(text)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("text", [*LIVE.values(), *HARMLESS.values(), "'=1", "''=1"])
def test_export_is_imported_as_the_same_text(tmp_path: Path, name: str, text: str) -> None:
    [row] = open_contacts(written(tmp_path, name, text)).rows()
    assert isinstance(row, ContactRow)
    assert row.remark == text.strip()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("x" * 32_768, "x" * 32_767, id="one too many"),
        pytest.param("😀" * 20_000, "😀" * 16_383, id="counted in halves of an emoji"),
        pytest.param("\ud83d", "\ufffd", id="half an emoji"),
        pytest.param("a\uffffb", "a\ufffdb", id="no character"),
        pytest.param("a\x1bb\x08", "a\ufffdb\ufffd", id="control characters"),
    ],
)
def test_sheet_holds_what_excel_can_read(tmp_path: Path, text: str, kept: str) -> None:
    book = load_workbook(written(tmp_path, "out.xlsx", text))
    assert book.worksheets[0]["B2"].value == kept


@given(st.text(st.sampled_from("'=+-@ \t\r\n\u200b＝a1\""), max_size=8))
def test_guard_is_taken_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not is_live(guarded(text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1, max_size=5))
def test_csv_round_trip_of_any_text(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["姓名", "备注"], rows)
    read = [row.cells for row in open_contacts(path).table.rows()][1:]
    wanted = [tuple(keep(cell, 32_767) for cell in row) for row in rows]
    assert [tuple(cell.lstrip(" ") for cell in row) for row in read] == [
        tuple(cell.lstrip(" ") for cell in row) for row in wanted
    ]


def failing_rows() -> Iterator[Sequence[str]]:
    yield ("张伟", "x")
    raise ExportFailed(Path("source"), "the source is gone")


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("fault", ["disk full", "read-only", "rows fail", "folder in the way"])
def test_old_file_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fault: str
) -> None:
    path = tmp_path / name
    rows: Iterator[Sequence[str]] = iter([("张伟", "x")])
    if fault == "folder in the way":
        path.mkdir()
    else:
        path.write_text("old", encoding="utf-8")
    if fault == "disk full":
        monkeypatch.setattr(os, "fsync", full_disk)
    if fault == "read-only":
        path.chmod(0o444)
    if fault == "rows fail":
        rows = failing_rows()
    with pytest.raises(ExportFailed):
        WRITERS[name](path, ["姓名", "备注"], rows)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert path.is_dir() or path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", WRITERS)
def test_missing_folder_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportFailed, match="there is no folder"):
        WRITERS[name](tmp_path / "none" / name, ["姓名"], iter([]))


@pytest.mark.parametrize("before", [None, "old"], ids=["no file there", "a file there"])
def test_full_disk_speaks_of_an_old_file_only_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "out.csv"
    if before:
        path.write_text(before)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportFailed) as told:
        WRITERS["out.csv"](path, ["姓名"], iter([]))
    assert "No space left on device" in str(told.value.what)
    assert ("old file" in str(told.value.what)) is bool(before)
    assert ("Close it elsewhere" in str(told.value.remedy)) is bool(before)
    assert "room" in str(told.value.remedy)


def test_sheet_with_too_many_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "SHEET_ROWS", 1)
    with pytest.raises(ExportFailed, match="no more than 1 rows"):
        written(tmp_path, "out.xlsx", "a", "b")
    assert list(tmp_path.iterdir()) == []


def test_export_is_for_its_owner_only(tmp_path: Path) -> None:
    assert written(tmp_path, "out.csv", "a").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["rejects.csv", "rejects.xlsx"])
def test_rejects_are_mended_and_imported_again(tmp_path: Path, name: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text(
        "*姓名,手机,手机,,标签\n张伟,1.38E+10,1,-x,=a\n李芳,139\n王五,1,2,3,4,5\n", encoding="utf-8"
    )
    file = open_contacts(source)
    rejected = [row for row in file.rows() if isinstance(row, RejectedRow)]
    path = tmp_path / name

    def say(reason: Sentence) -> str:
        return f"<{reason.values['heading']}>" if "heading" in reason.values else "<long>"

    assert write_rejects(path, file, rejected, say) == 2
    again = open_contacts(path)
    assert again.headings == ("行 line", "原因 reason", "姓名", "手机", "手机 (2)", "#4", "标签")
    first, second = again.rows()
    assert isinstance(first, RejectedRow)
    assert first.cells == ("2", "<手机>", "张伟", "1.38E+10", "1", "-x", "=a")
    assert isinstance(second, RejectedRow)
    mended = open_contacts(source, {"手机": ""})
    write_rejects(path, mended, [RejectedRow(2, rejected[0].reason, ("张伟", "138", "", "", "a"))])
    [row] = open_contacts(path).rows()
    assert isinstance(row, ContactRow)
    assert (row.name, row.phone, row.tags, row.extra) == ("张伟", "138", ("a",), {})


DAYS: dict[str, tuple[str, str, object]] = {
    "a day under its heading": ("到期日", "2026-03-02", datetime.fromisoformat("2026-03-02")),
    "a day elsewhere": ("备注", "2026-03-02", "2026-03-02"),
    "no day": ("到期日", "=1+1", "=1+1"),
    "a day that is none": ("到期日", "2026-02-30", "2026-02-30"),
    "before sheets count days": ("到期日", "1899-12-31", "1899-12-31"),
    "nothing": ("到期日", "", None),
}


@pytest.mark.parametrize(("heading", "text", "expected"), DAYS.values(), ids=DAYS)
def test_days_are_dates_of_the_sheet(
    tmp_path: Path, heading: str, text: str, expected: object
) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, ["姓名", heading], [["张伟", text]], days={"到期日"})
    sheet = load_workbook(path).worksheets[0]
    cell = sheet["B2"]
    assert cell.value == expected
    assert cell.is_date == isinstance(expected, datetime)
    assert cell.data_type != "f"
    if cell.is_date:
        assert cell.number_format == "yyyy-mm-dd"
        assert [r.extra for r in open_contacts(path).rows() if isinstance(r, ContactRow)] == [
            {heading: text}
        ]
