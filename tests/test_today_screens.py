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
    csv_of,
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
    "sent": ("enter",),
    "reacted": ("3",),
    "nothing to do again": ("f9",),
    "the next contact": ("down",),
    "help": ("f1",),
    "do not contact": ("9",),
    "do not contact, in words": ("9", "4", "enter"),
    "postpone to a day": ("space", "4", "x", "enter"),
    "a note": ("7",),
    "something else": ("8",),
    "find": ("slash", "1", "3"),
    "nobody found": ("slash", "q", "q"),
    "found": ("slash", "1", "3", "enter"),
    "a stage without anybody": ("left",),
    "Replies": ("f3",),
    "Undo": ("f10",),
    "commands": ("ctrl+p",),
}
"""How each is reached; Esc leads back."""

SIZES = (SMALL, MIDDLE, LARGE)
THEMES: dict[Language, str] = {"zh": "textual-dark", "en": "textual-light"}


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
        rows = [pane.line_at(y) for y in range(pane.size.height)]
        lines = ["".join(text for text, _look in row).rstrip() for row in rows]
        found += [
            f"{where}: #{pane.id} cuts off {line!r}"
            for line in lines
            if cell_len(line) > pane.size.width
        ]
    return found


def drawable(character: str) -> bool:
    """Whether a terminal draws it, and does nothing else."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


async def all_faults(work: AtWork, *sizes: tuple[int, int]) -> list[str]:
    """What is wrong on any screen, at these sizes or at the one it is."""
    found: list[str] = []
    for name, keys in SCREENS.items():
        await work.press(*keys)
        for size in sizes:
            if size != work.app.size:
                await work.resize(*size)
            found += faults(work, f"{name} at {size}")
        found += [] if sizes else faults(work, name)
        sizes = sizes[::-1]
        await back(work)
    return found


async def back(work: AtWork) -> None:
    """To Today again, from wherever this is."""
    while work.app.screen.is_modal:
        await work.press("escape")
    await work.press("escape" if work.app.screen is work.today else "f2")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_screen_fits_at_every_size(tmp_path: Path, lang: Language) -> None:
    async def story(work: AtWork) -> None:
        found = await all_faults(work, *SIZES)
        assert not found, "\n".join(found)

    play(new_file(tmp_path, lang), lang, story, SMALL, theme=THEMES[lang])


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (30, 9), (40, 12), (60, 20)], ids=str)
def test_no_size_breaks_a_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        for keys in SCREENS.values():
            await work.press(*keys[:2])
            await back(work)
        await work.resize(*SMALL)
        assert "siyu" in work.text
        assert not faults(work, "grown again")

    play(new_file(tmp_path, "zh"), "zh", story, size)


LITERAL = ("AA[/]BB", "[@click=app.quit]x[/]", "[foo='bar]BB", ":+1::smile:", "[微笑][捂脸]")
"""Names that are shown as they are written."""


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
        names, seen = list(HOSTILE_NAMES), set()
        for place in range(len(names)):
            found += faults(work, names[place])
            seen.add(work.name)
            if size == SMALL and place % 16 == 0:
                for keys in (("9",), ("7",), ("enter",), ("enter",), ("1",)):
                    await work.press(*keys)
                    found += faults(work, f"{names[place]}, after {keys}")
                    if work.app.screen is not work.today:
                        await work.press("escape")
            await work.press("down")
        if size == SMALL:
            found += await all_faults(work)
        assert not found, "\n".join(found[:40])
        assert {kind for kind, _r, _n in work.log()} <= {"touch", "reaction"}
        assert {*LITERAL, _("(no name)")} <= seen

    play(path, lang, story, size, examined=False)


def test_a_click_on_a_hostile_name_does_nothing_but_select_it(tmp_path: Path) -> None:
    path = hostile_file(tmp_path, "en")

    async def story(work: AtWork) -> None:
        for y in range(1, 9):
            await work.pilot.click("#queue", offset=(6, y))
            await work.settle()
            await work.pilot.click("#card", offset=(5, 1))
            await work.settle()
        assert work.app.is_running
        assert work.log() == []

    play(path, "en", story, MIDDLE, examined=False)


IMPORTANT = ("1", "2", "3", "4", "0", "9", "Enter", "Space", "Backspace", "F1")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("screen", ["f2", "f3"])
def test_the_smallest_footer_shows_the_keys_of_the_loop(
    tmp_path: Path, lang: Language, screen: str
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", screen)
        shown = " ".join(work.lines[-3:]).split()
        assert [key for key in IMPORTANT if key not in shown] == []

    play(new_file(tmp_path, lang), lang, story, SMALL)


@pytest.mark.parametrize(
    ("size", "company"), [(SMALL, "苏州新禾…"), (LARGE, "苏州新禾精密")], ids=["small", "large"]
)
def test_the_list_shows_the_company_or_its_beginning(
    tmp_path: Path, size: tuple[int, int], company: str
) -> None:
    async def story(work: AtWork) -> None:
        assert company in work.listed[0]
        assert work.pane("#progress")[0].count("▁") >= size[0] // 3

    play(new_file(tmp_path, "zh"), "zh", story, size)


def test_a_long_name_has_room_on_a_wide_screen(tmp_path: Path) -> None:
    people = "Full Name,Phone\nAlexandra Konst.,13900000001\n"

    async def story(work: AtWork) -> None:
        assert "Alexandra Konst." in work.listed[0]

    play(new_file(tmp_path, "en", people), "en", story, LARGE)


TWO_LEADS = "Full Name,Phone,Stage\nAnna Bell,13800000001,lead\nBen Cole,13800000002,lead\n"


def at_the_third_step(folder: Path) -> Path:
    """Anna stands on Thursday at a step of the morning, Ben at one of the whole day."""
    path = new_file(folder, "en", TWO_LEADS)

    async def monday(work: AtWork) -> None:
        await work.press("enter", "enter")
        await work.press("down", "space", "2")
        assert [kind for kind, _r, _n in work.log()] == ["touch", "snooze"]

    async def tuesday(work: AtWork) -> None:
        await work.press("enter", "enter")
        assert [kind for kind, _r, _n in work.log()] == ["touch", "snooze", "touch"]

    play(path, "en", monday)
    play(path, "en", tuesday, now="2026-03-03T10:00+08:00")
    return path


@pytest.mark.parametrize(
    ("time", "told", "cursor"),
    [
        ("09:29", "from 09:30", 1),
        ("09:30", "today", 0),
        ("11:29", "today", 0),
        ("11:30", "until 11:30", 1),
    ],
    ids=["too early", "the first minute", "the last minute", "too late"],
)
def test_a_row_says_when_its_step_may_go_and_the_cursor_begins_where_one_may(
    tmp_path: Path, time: str, told: str, cursor: int
) -> None:
    async def thursday(work: AtWork) -> None:
        assert "Anna Bell" in work.listed[0]
        assert told in work.listed[0]
        assert work.today.due.cursor == cursor

    play(at_the_third_step(tmp_path), "en", thursday, SMALL, now=f"2026-03-05T{time}+08:00")


def test_names_that_look_alike_are_told_apart(tmp_path: Path) -> None:
    twins = [["小明", "13800000001", "", "潜客"], ["小明\u200b", "13800000002", "", "潜客"]]
    twins.append(["小\u00ad明", "13800000003", "", "潜客"])

    async def story(work: AtWork) -> None:
        assert len({line.split("第")[0] for line in work.listed}) == len(work.listed) == 3
        titles = set()
        for _row in twins:
            titles.add(work.name)
            await work.press("down")
        assert len(titles) == 3

    play(new_file(tmp_path, "zh", csv_of("zh", twins)), "zh", story)


@pytest.mark.parametrize(("lang", "words"), [("en", "Ctrl+Q leaves"), ("zh", "按 Ctrl+Q 离开")])
def test_ctrl_c_says_in_the_language_how_the_desk_is_left(
    tmp_path: Path, lang: Language, words: str
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("ctrl+c")
        assert words in work.text
        assert "quit the app" not in work.text
        assert work.log() == []

    play(new_file(tmp_path, lang), lang, story)
