"""The app on a real desk, headless: an imported file, the SOP that ships, a clock that stands.

Keys go in as a terminal's would, the screen comes back as lines, and the
database is read through a connection of its own, which sees only what was
committed. Seconds pass only when a test lets them: an ordinary key comes a
second after the one before it, so that nothing counts as held or bounced.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.pilot import Pilot

from sop_content import shipped
from store import connection, doctor
from store.exchange.contacts import open_contacts
from store.importing import import_contacts
from tests import pilot as driving
from tui.app import DeskApp
from tui.clipboard import Ran
from tui.opening import Chosen, OpenDesk, desk
from tui.screens import desk_screen
from tui.screens.today.screen import TodayScreen
from tui.words import Language, language, set_language

NOW = "2026-03-02T09:40+08:00"
"""A Monday morning, inside every window of the first steps."""
MONDAY = 20514
"""Its day number."""
SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)

PEOPLE = {
    "zh": """客户姓名,手机号,企业,职务,标签,来源,阶段,添加时间
张伟,13800000001,苏州新禾精密,采购经理,制造业,展会,潜客,2026-01-12
李芳,13800000002,杭州云链,PMC主管,制造业,展会,潜客,2026-01-12
王建国,13800000003,南京德诚,计划员,制造业,转介绍,潜客,2026-01-13
陈静,13800000004,宁波远航,生产总监,电子,展会,潜客,2026-01-13
赵敏,13800000005,苏州恒力,厂长,电子,展会,MQL,2026-01-14
钱多多,13800000006,无锡华新,采购经理,注塑,官网,MQL,2026-01-14
孙丽,13800000007,昆山瑞丰,老板,注塑,官网,SQL,2026-01-15
""",
    "en": """Full Name,Phone,Company,Title,Tags,Source,Stage,Added
Anna Bell,13800000001,Harbour Tools,Buyer,machining,Fair,lead,2026-01-12
Ben Cole,13800000002,North Gears,Planner,machining,Fair,lead,2026-01-12
Cora Dunn,13800000003,Mill & Sons,Owner,machining,Referral,lead,2026-01-13
Dan Eliot,13800000004,Quick Moulds,Planner,plastics,Fair,lead,2026-01-13
Eve Ford,13800000005,Steel Bay,Owner,plastics,Fair,MQL,2026-01-14
Finn Gray,13800000006,West Pumps,Buyer,plastics,Web,MQL,2026-01-14
Gwen Hale,13800000007,River Works,Owner,plastics,Web,SQL,2026-01-15
""",
}
"""Four leads, two MQL, one SQL, no customer: everybody due on the day of the import."""

HEADINGS = {"zh": "客户姓名,手机号,企业,阶段", "en": "Full Name,Phone,Company,Stage"}


def names(lang: str) -> list[str]:
    """Who stands in the file, in its order."""
    return [line.split(",")[0] for line in PEOPLE[lang].splitlines()[1:]]


@dataclass
class Ticks:
    """The clock that tells held keys from pressed ones, moved by hand."""

    now: float = 1000.0
    coming: list[float] = field(default_factory=list)
    """Seconds that pass before each of the next readings."""

    def __call__(self) -> float:
        if self.coming:
            self.now += self.coming.pop(0)
        return self.now


@dataclass
class AtWork:
    """Somebody at a desk: what they press, what they see, what is on the disk."""

    app: DeskApp
    pilot: Pilot[Any]
    opened: OpenDesk
    lang: Language
    ticks: Ticks
    disk: sqlite3.Connection
    today: TodayScreen
    tools: list[str] = field(default_factory=list)
    """Clipboard tools that the app tried to start."""

    async def press(self, *keys: str, gap: float = 1.0) -> None:
        """Presses keys, `gap` seconds between each and the key before it."""
        for key in keys:
            self.ticks.now += gap
            await driving.press(self.pilot, key)

    async def hold(self, key: str, gaps: Sequence[float]) -> None:
        """One key several times, `gaps` seconds before each, faster than the app works them off."""
        self.ticks.coming = [*gaps]
        for _ in gaps:
            event = events.Key(key, key if len(key) == 1 else None)
            event.set_sender(self.app)
            self.app.post_message(event)
        await self.settle()
        assert not self.ticks.coming

    async def write(self, text: str) -> None:
        """Types a text, character by character."""
        await self.press(*text)

    async def paste(self, text: str) -> None:
        self.ticks.now += 1.0
        await driving.paste(self.pilot, text)

    async def resize(self, columns: int, lines: int) -> None:
        """Gives the terminal another size, without the pilot's guess at when that is done."""
        size = Size(columns, lines)
        driver = self.app._driver
        assert isinstance(driver, HeadlessDriver)
        driver._size = size
        await driving.post(self.pilot, events.Resize(size, size))
        await self.until(lambda: len(self.lines) == lines)  # the app waits for the last of several

    async def settle(self) -> None:
        await driving.settle(self.pilot)

    async def until(self, met: Callable[[], bool]) -> None:
        """Lets the app run until a timer of its own has brought something about."""
        async with asyncio.timeout(20):
            while not met():
                await asyncio.sleep(0.01)
                await self.settle()

    @property
    def lines(self) -> list[str]:
        return driving.screen_text(self.app)

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    @property
    def squeezed(self) -> str:
        """The screen without blanks and frames, so that a wrapped sentence is found again."""
        return squeeze(self.text)

    @property
    def message(self) -> str:
        """The line above the keys."""
        return self.pane("#message")[0]

    @property
    def name(self) -> str:
        """The name on the card, which is whom the keys act on."""
        return self.pane("#card")[0].split("  ")[0].strip()

    @property
    def listed(self) -> list[str]:
        """The lines of the list, as far as they are in view."""
        return [line for line in self.pane("#queue") if line]

    @property
    def script(self) -> str:
        """The script pane without blanks."""
        return squeeze("".join(self.pane("#script")))

    def pane(self, selector: str) -> list[str]:
        """What stands in one widget of Today, without its frame."""
        place = self.today.query_one(selector).content_region
        return [cells(line, place.x, place.right) for line in self.lines[place.y : place.bottom]]

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands on the disk."""
        return self.disk.execute(sql, values).fetchall()

    def value(self, sql: str, *values: Any) -> Any:
        found = self.disk.execute(sql, values).fetchone()
        return None if found is None else found[0]

    def contact(self, name: str) -> int:
        return int(self.value("SELECT id FROM contact WHERE name = ?", name))

    def log(self) -> list[tuple[str, str | None, str | None]]:
        """What was done since the import: kind, reaction, name."""
        return self.rows(
            "SELECT e.kind, e.reaction, c.name FROM event e LEFT JOIN contact c ON c.id = e.contact"
            " WHERE e.kind NOT IN ('import', 'added', 'edited') ORDER BY e.seq"
        )

    def state(self, name: str, column: str) -> Any:
        """One column of a contact's derived state."""
        return self.value(
            f"SELECT {column} FROM contact_state WHERE contact = ?",  # noqa: S608 - of the test
            self.contact(name),
        )

    def words(self) -> list[str]:
        """The personal words beside what was done since the import, as JSON."""
        found = self.rows(
            "SELECT t.body FROM event_text t JOIN event e ON e.seq = t.seq"
            " WHERE e.kind NOT IN ('import', 'added') ORDER BY e.seq"
        )
        return [body for (body,) in found]

    def agrees(self) -> bool:
        """Whether the log and everything derived from it agree."""
        return all(check.ok for check in doctor.examine(self.disk))


def cells(line: str, start: int, end: int) -> str:
    """The characters in these cells of a screen line, without blanks at the end."""
    found, place = "", 0
    for character in line:
        if start <= place < end:
            found += character
        place += cell_len(character)
    return found.rstrip()


def squeeze(text: str) -> str:
    """A text without white space and frames."""
    return re.sub(r"[\s│╭╮╰╯─▌]+", "", text)


def chosen(path: Path, lang: str, now: str = NOW, sop: Path | None = None) -> Chosen:
    return Chosen(path, sop or shipped(lang), "op1", {"SIYU_NOW": now})


def new_file(folder: Path, lang: Language, csv: str | None = None, now: str = NOW) -> Path:
    """A desk file with a CSV imported into it; by default the seven of PEOPLE."""
    path = folder / "desk.db"
    if csv is None and now == NOW:
        for made in _desk_of(lang).iterdir():
            shutil.copyfile(made, folder / made.name)
        return path
    for kept in _desk_of(lang).glob(".*.json"):
        shutil.copyfile(kept, folder / kept.name)
    _import(path, lang, PEOPLE[lang] if csv is None else csv, now)
    return path


@cache
def _desk_of(lang: Language) -> Path:
    folder = tempfile.TemporaryDirectory(prefix="siyu-test-")
    _KEPT.append(folder)
    _import(Path(folder.name) / "desk.db", lang, PEOPLE[lang], NOW)
    # The SOP that ships was named there; it is the same where none is named.
    kept = next(Path(folder.name).glob(".desk.db.sop*.json"))
    shutil.copyfile(kept, kept.with_name(".desk.db.sop.json"))
    return Path(folder.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that go when the run ends."""


def _import(path: Path, lang: Language, csv: str, now: str) -> None:
    file = path.with_name("people.csv")
    file.write_text(csv, encoding="utf-8")
    contacts = open_contacts(file)
    with desk(chosen(path, lang, now), writes="import") as opened:
        source = {"file": file.name, "sha256": contacts.digest}
        done = import_contacts(opened.db, opened.shift, opened.clock(), contacts.rows(), source)
    assert not done.rejected, done.rejected
    file.unlink()


def csv_of(lang: str, people: Sequence[Sequence[str]]) -> str:
    """A file of people as (name, phone, company, stage), quoted as spreadsheets do."""
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in people)
    return "\n".join((HEADINGS[lang], *quoted, ""))


@asynccontextmanager
async def at_work(
    path: Path,
    lang: Language,
    size: tuple[int, int] = MIDDLE,
    now: str = NOW,
    theme: str = "",
    sop: Path | None = None,
    reads: str = "",
) -> AsyncIterator[AtWork]:
    """The app on the desk in this file, at rest after its first frame.

    The SOP is the one that ships unless `sop` names another folder. `reads` is why the desk
    is only read.
    """
    before, ticks, tools = language(), Ticks(), []
    set_language(lang)
    patch = pytest.MonkeyPatch()
    patch.setattr(desk_screen, "monotonic", ticks)
    try:
        writes = "" if reads else "desk"
        with desk(chosen(path, lang, now, sop), writes=writes, to_look=reads) as opened:
            app = DeskApp(opened)

            def no_tool(command: Sequence[str], given: bytes | None) -> Ran:
                tools.append(command[0])
                return Ran("missing")

            app.run_tool = no_tool
            if theme:
                app.theme = theme
            disk = connection.connect(path, read_only=True)
            try:
                async with app.run_test(size=size) as pilot:
                    await driving.settle(pilot)
                    today = app.screen_stack[0]
                    assert isinstance(today, TodayScreen)
                    yield AtWork(app, pilot, opened, lang, ticks, disk, today, tools)
            finally:
                disk.close()
    finally:
        patch.undo()
        set_language(before)


def play(
    path: Path,
    lang: Language,
    story: Callable[[AtWork], Coroutine[Any, Any, None]],
    size: tuple[int, int] = MIDDLE,
    *,
    examined: bool = True,
    **options: Any,
) -> None:
    """Runs a story at the desk in this file; afterwards the log and its tables must agree.

    Not `examined` is what was changed behind the log's back.
    """

    async def run() -> None:
        async with at_work(path, lang, size, **options) as work:
            await story(work)
            assert not examined or work.agrees()

    asyncio.run(run())
