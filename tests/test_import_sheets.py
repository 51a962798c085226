"""Which sheet of a workbook is imported: chosen on the screens, the hidden ones too."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from store.exchange.workbooks import Sheet, sheets_of
from tests.app_kit import AtWork, new_file, play
from tests.import_kit import at, choose
from tui.screens.dialogs import ChoiceDialog
from tui.screens.importing.preview import PreviewScreen
from tui.screens.importing.purchases import PurchaseScreen
from tui.screens.importing.screen import ImportScreen

Rows = Sequence[Sequence[object]]
GUIDE: Rows = (("填表说明",), ("请填写下一页",))
PEOPLE: Rows = (("姓名", "手机"), ("周明", "13900000011"), ("吴玲", "13900000012"))
MORE: Rows = (("姓名", "手机"), ("郑强", "13900000013"))
ORDERS: Rows = (("手机号", "付款时间", "实付金额"), ("13800000001", "2026-02-20", 12800))
LATER: Rows = (("手机号", "付款时间", "实付金额"), ("13800000001", "2026-02-21", 660))


def workbook(folder: Path, sheets: Mapping[str, tuple[Rows, bool]]) -> Path:
    """A workbook of sheets by name: their rows, and whether they are hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (rows, _hidden) in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    path = folder / "guests.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            for number, (_rows, hidden) in enumerate(sheets.values(), 1):
                if hidden:  # openpyxl saves no workbook whose sheets are all hidden
                    shown = f'sheetId="{number}" state="visible"'.encode()
                    content = content.replace(shown, shown.replace(b"visible", b"hidden"))
            package.writestr(part, content)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def names(work: AtWork) -> set[str]:
    return {name for (name,) in work.disk.execute("SELECT name FROM contact")}


def test_sheets_are_listed_with_the_hidden_ones(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"说明": (GUIDE, False), "名单": (PEOPLE, True)})
    assert sheets_of(path) == (Sheet("说明", False), Sheet("名单", True))
    (tmp_path / "a.csv").write_text("姓名\n张伟\n", "utf-8")
    assert sheets_of(tmp_path / "a.csv") == ()
    assert sheets_of(tmp_path / "nothing.xlsx") == ()


def test_a_hidden_sheet_is_chosen_while_another_is_looked_at(tmp_path: Path, home: Path) -> None:
    file = workbook(home, {"客户": (PEOPLE, False), "旧": (MORE, True)})

    async def story(work: AtWork) -> None:
        await choose(work, file)
        assert at(work, PreviewScreen)
        assert "周明" in work.text
        await work.press("1")
        assert at(work, ChoiceDialog)
        assert "旧（隐藏）" in work.text
        await work.press("2")
        assert at(work, PreviewScreen)
        assert "郑强" in work.text
        assert "周明" not in work.text
        await work.press("enter")
        assert "郑强" in names(work)
        assert "周明" not in names(work)

    play(new_file(tmp_path, "zh"), "zh", story)


@pytest.mark.parametrize("guide_is_hidden", [False, True], ids=["a cover sheet", "all are hidden"])
def test_a_second_enter_asks_which_sheet_holds_the_people(
    tmp_path: Path, home: Path, guide_is_hidden: bool
) -> None:
    file = workbook(home, {"说明": (GUIDE, guide_is_hidden), "名单": (PEOPLE, True)})

    async def story(work: AtWork) -> None:
        await choose(work, file)
        assert at(work, ImportScreen)
        assert "再按 Enter" in work.text
        work.ticks.now += 5
        await work.press("enter")
        assert at(work, ChoiceDialog)
        await work.press("2")
        assert at(work, PreviewScreen)
        await work.press("enter")
        assert {"周明", "吴玲"} <= names(work)

    play(new_file(tmp_path, "zh"), "zh", story)


def test_purchases_are_read_from_another_sheet(tmp_path: Path, home: Path) -> None:
    file = workbook(home, {"订单": (ORDERS, False), "二月": (LATER, True), "说明": (GUIDE, False)})

    async def story(work: AtWork) -> None:
        await choose(work, file)
        await work.press("1")  # purchases, of the two that it may hold
        assert at(work, PurchaseScreen)
        await work.press("1", "3")
        assert at(work, PurchaseScreen)
        assert "✗" in work.text, "a sheet without purchases is refused, and nothing else happens"
        await work.press("1", "2")
        assert "660" in work.text
        assert "12,800" not in work.text
        await work.press("enter")
        assert work.value("SELECT SUM(amount) FROM event WHERE kind = 'purchase'") == 66000

    play(new_file(tmp_path, "zh"), "zh", story)


def test_a_file_with_one_sheet_says_that_there_is_no_other(tmp_path: Path, home: Path) -> None:
    file = workbook(home, {"客户": (PEOPLE, False)})

    async def story(work: AtWork) -> None:
        await choose(work, file)
        assert "其他工作表" not in work.text
        await work.press("1")
        assert at(work, PreviewScreen)
        assert "没有其他工作表" in work.text

    play(new_file(tmp_path, "zh"), "zh", story)
