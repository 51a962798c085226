"""Every screen and dialog at every size: nothing wider than its pane, nothing a terminal obeys."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

from rules.plain_text import keep
from store.importing import import_contacts
from tests.app_kit import (
    LARGE,
    MIDDLE,
    SMALL,
    AtWork,
    chosen,
    new_file,
    play,
)
from tests.desk_kit import SOURCE, row
from tests.hostile_people import HOSTILE_NAMES
from tui.opening import desk
from tui.widgets.lines import Lines
from tui.words import Language, _

SCREENS: dict[str, tuple[str, ...]] = {
    "Today": (),
    "copied": ("enter",),
    "sent": ("enter", "enter"),
    "reacted": ("enter", "enter", "3"),
    "the next contact": ("down",),
    "nothing to undo": ("f9",),
    "help": ("f1",),
    "do not contact": ("9",),
    "do not contact, in words": ("9", "4", "x", "escape", "9", "1"),
    "postpone": ("space",),
    "postpone to a day": ("space", "4", "x", "enter"),
    "a note": ("7",),
    "something else": ("8",),
    "find": ("slash", "1", "3"),
    "nobody found": ("slash", "q", "q", "q"),
    "found": ("slash", "1", "3", "enter"),
    "a stage without anybody": ("left",),
    "Replies": ("f3",),
    "Undo": ("f10",),
    "commands": ("ctrl+p",),
}
"""How each is reached; Esc leads back."""

SIZES = {"80x24": SMALL, "120x36": MIDDLE, "200x50": LARGE}
THEMES = {"zh": "textual-dark", "en": "textual-light"}


def faults(work: AtWork, where: str) -> list[str]:
    """What is wrong with what is drawn now."""
    width, height = work.app.size
    strips = work.app.screen._compositor.render_strips()
    found = [f"{where}: {len(strips)} lines of {height}"] if len(strips) != height else []
    for number, strip in enumerate(strips):
        text = strip.text
        if strip.cell_length != width or cell_len(text) != width:
            found.append(f"{where}: line {number} is {cell_len(text)} cells wide: {text!r}")
        found += [f"{where}: U+{ord(c):04X} in line {number}" for c in text if not drawable(c)]
    for pane in work.app.screen.query(Lines):
        lines = ["".join(text for text, _look in pane.line_at(y)) for y in range(pane.size.height)]
        found += [
            f"{where}: #{pane.id} cuts off {line!r}"
            for line in lines
            if cell_len(line) > pane.size.width
        ]
    return found


def drawable(character: str) -> bool:
    """Whether a terminal draws it, and does nothing else."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


async def all_faults(work: AtWork) -> list[str]:
    found: list[str] = []
    for name, keys in SCREENS.items():
        await work.press(*keys)
        found += faults(work, name)
        await work.press("escape", "f2", "escape")
        while len(work.app.screen_stack) > 1:
            await work.press("escape")
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_screen_fits(tmp_path: Path, lang: Language, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        found = await all_faults(work)
        assert not found, "\n".join(found)

    play(new_file(tmp_path, lang), lang, story, size, theme=THEMES[lang])


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (39, 12), (60, 15), (400, 100)], ids=str)
def test_no_size_breaks_a_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        for keys in SCREENS.values():
            await work.press(*keys[:2])
            await work.press("escape", "f2", "escape")
        await work.pilot.resize_terminal(80, 24)
        await work.settle()
        assert work.name

    play(new_file(tmp_path, "zh"), "zh", story, size)


def hostile_file(folder: Path, lang: Language) -> Path:
    """A desk of hostile people: as an import leaves them, half of them as another program would."""
    path = new_file(folder, lang, "姓名,电话\n")
    with desk(chosen(path, lang), writes="import") as opened:
        people = [
            row(name, line, phone=f"1380000{line:04}", company=name, title=name, remark=name)
            for line, name in enumerate(map(keep, HOSTILE_NAMES.values()), 2)
        ]
        done = import_contacts(opened.db, opened.shift, opened.clock(), people, SOURCE)
        assert (done.new, done.rejected) == (len(HOSTILE_NAMES), ())
        for contact, text in enumerate(HOSTILE_NAMES.values(), 1):
            if contact % 2:
                raw = text.encode("utf-8", "replace").decode()
                opened.db.execute(
                    "UPDATE contact SET name = ?, tags = ?, source = ? WHERE id = ?",
                    (raw, raw, raw, contact),
                )
    return path


@pytest.mark.parametrize(("lang", "size"), [("zh", SMALL), ("en", MIDDLE)])
def test_hostile_people_are_drawn_and_obeyed_nowhere(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    path = hostile_file(tmp_path, lang)

    async def story(work: AtWork) -> None:
        found: list[str] = []
        names = list(HOSTILE_NAMES)
        for place in range(len(names)):
            found += faults(work, names[place])
            if place % 8 == 0:
                for keys in (("9",), ("7",), ("enter",), ("enter",), ("1",)):
                    await work.press(*keys)
                    found += faults(work, f"{names[place]}, after {keys}")
                    if work.app.screen is not work.today:
                        await work.press("escape")
            await work.press("down")
        found += await all_faults(work)
        assert not found, "\n".join(found[:40])
        assert {kind for kind, _r, _n in work.log()} <= {"touch", "reaction", "refused"}

    play(path, lang, story, size)


def test_hostile_names_are_shown_as_they_are_written(tmp_path: Path) -> None:
    """What can be read in a name is read on the screen: brackets and codes stay."""
    literal = ["AA[/]BB", "[@click=app.quit]x[/]", "[foo='bar]BB", ":+1::smile:", "[微笑][捂脸]"]
    path = hostile_file(tmp_path, "zh")

    async def story(work: AtWork) -> None:
        seen = []
        for _n in range(len(HOSTILE_NAMES)):
            seen.append(work.name)
            await work.press("down")
        for name in literal:
            assert name in seen
        assert _("(no name)") in seen
        assert len(work.rows("SELECT DISTINCT name FROM contact")) >= len(HOSTILE_NAMES) - 3

    play(path, "zh", story, LARGE)


def test_a_click_on_a_hostile_name_does_nothing_but_select_it(tmp_path: Path) -> None:
    path = hostile_file(tmp_path, "en")

    async def story(work: AtWork) -> None:
        for y in range(1, 9):
            for selector in ("#queue", "#card", "#script"):
                for x in (3, 9, 14):
                    await work.pilot.click(selector, offset=(x, y))
        await work.settle()
        assert work.app.is_running
        assert work.log() == []

    play(path, "en", story, MIDDLE)
