"""A file of guests for the Import screens, and the keys that lead to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from tests.app_kit import AtWork
from tui.screens.importing import plan
from tui.screens.importing.preview import PreviewScreen
from tui.screens.importing.screen import ImportScreen
from tui.words import _

GUESTS = (
    ("客户姓名", "手机号", "企业", "阶段", "意向产品", "跟进员工"),
    ("周明", "13900000011", "常州恒朗", "潜客", "排产", "op1"),
    ("吴玲", "13900000012", "无锡知行", "在谈", "报价", "小王"),
    ("郑强", "1.39E+10", "嘉兴禾木", "潜客", "排产", ""),
    ("张伟", "13800000001", "苏州新禾精密", "潜客", "排产", ""),
)
"""Two new (one for somebody else, of an unknown stage), one rejected, one known with more."""
COUNTS = {"new": 2, "changed": 1, "same": 0, "rejected": 1}


def gb18030(folder: Path) -> Path:
    path = folder / "guests.csv"
    path.write_bytes("\r\n".join(",".join(row) for row in GUESTS).encode("gb18030"))
    return path


def workbook(folder: Path) -> Path:
    path = folder / "guests.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in GUESTS:
        sheet.append(row)
    book.save(path)
    return path


FILES: dict[str, Callable[[Path], Path]] = {"GB18030": gb18030, "XLSX": workbook}


def counted(**counts: int) -> str:
    told = {**COUNTS, **counts}
    return _("{new} new, {changed} changed, {same} the same, {rejected} rejected", **told)


async def choose(work: AtWork, path: Path) -> None:
    """Opens the Import screen and the file by its path."""
    await work.press("ctrl+o")
    assert at(work, ImportScreen)
    await work.paste(str(path))
    work.ticks.now += 5  # a text that arrived is no reason to wait any more
    await work.press("enter")


def at(work: AtWork, screen: type[object]) -> bool:
    """Whether this screen is shown."""
    return isinstance(work.app.screen, screen)


def plan_of(work: AtWork) -> plan.Plan:
    screen = work.app.screen
    assert isinstance(screen, PreviewScreen)
    return screen.plan


def stored(work: AtWork) -> int:
    return int(work.value("SELECT COUNT(*) FROM event"))
