"""Purchases on the Import screen: asked for where a file may be both, shown, imported, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, new_file, play
from tests.import_kit import at, choose
from tui.screens.importing.preview import PreviewScreen
from tui.screens.importing.purchases import PurchaseScreen
from tui.screens.importing.result import ResultScreen

ORDERS = """手机号,客户姓名,购买日期,实付金额,商品,门店
13800000001,Anna Bell,2026-02-01,1299.00,planner,West
13800000001,Anna Bell,2026-02-03,-50,back,West
13700000009,Nobody,2026-02-03,5,tea,West
"""
SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["small", "middle", "large"])


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, where the list of files begins."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def orders(home: Path, text: str = ORDERS) -> Path:
    path = home / "orders.csv"
    path.write_text(text, encoding="utf-8")
    return path


@SIZES
def test_purchases_are_looked_at_imported_and_taken_back(
    tmp_path: Path, home: Path, size: tuple[int, int]
) -> None:
    path = orders(home)

    async def story(work: AtWork) -> None:
        await choose(work, path)
        assert "What does orders.csv hold?" in work.text
        await work.press("1")
        assert at(work, PurchaseScreen)
        assert "2 new purchases, 0 the same, 1 rejected" in work.text
        assert "1,299.00 CNY" in work.text
        assert "left out: 门店" in work.text
        assert "nobody on the desk" in work.text
        assert work.log() == [], "a look writes nothing"
        await work.press("enter")
        assert at(work, ResultScreen)
        assert work.value("SELECT COUNT(*) FROM event WHERE kind = 'purchase'") == 2
        assert "Rejected rows: 1" in work.text
        await work.press("enter", "f6")
        assert "bought 1× · 1,249.00 CNY" in work.text
        await work.press("f10", "enter", "f6")
        assert "1,249.00" not in work.text
        assert work.agrees()

    play(new_file(tmp_path, "en"), "en", story, size)


def test_same_file_may_be_contacts(tmp_path: Path, home: Path) -> None:
    path = orders(home)

    async def story(work: AtWork) -> None:
        await choose(work, path)
        await work.press("2")
        assert at(work, PreviewScreen)

    play(new_file(tmp_path, "en"), "en", story)


def test_file_that_names_people_by_id_alone_holds_purchases(tmp_path: Path, home: Path) -> None:
    path = orders(home, "会员id,付款时间,金额\n7,2026-02-01,5\n")

    async def story(work: AtWork) -> None:
        await choose(work, path)
        assert at(work, PurchaseScreen)
        await work.press("escape")
        assert work.log() == []

    play(new_file(tmp_path, "en"), "en", story)


def test_again_nothing_is_written(tmp_path: Path, home: Path) -> None:
    path = orders(home)

    async def story(work: AtWork) -> None:
        for _time in range(2):
            await choose(work, path)
            await work.press("1", "enter")
            told = work.text
            await work.press("enter")
        assert "Nothing was written: no purchase in the file is new." in told

    play(new_file(tmp_path, "en"), "en", story)
