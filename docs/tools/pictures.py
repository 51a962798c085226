"""The pictures of the pages, drawn from the demo desk: `make pictures`.

Rich's SVG export sets a text's length by its characters, which squeezes
Chinese to half; here it is set anew by cells, and the font is one that has
both scripts. PNGs are made by rsvg-convert (Debian: librsvg2-bin,
fonts-noto-cjk).
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from rich.cells import cell_len
from textual.app import App

from tests.pilot import press, settle
from tui.app import DeskApp
from tui.clipboard import Ran
from tui.demo.desk import demo_desk, make
from tui.opening import Chosen, desk
from tui.words import Language, set_language

FOLDER = Path(__file__).parents[1] / "pictures"
CELL = 12.2
"""Width of one cell in the export's units."""
LINE = 24.4
RISE = 18.5
"""From the top of a line to the base of its text."""
OVERLAP = 0.3
"""Bars side by side leave no gap."""
TEXT = re.compile(r'(?P<head><text [^>]*?)textLength="[^"]*"(?P<rest>[^>]*>)(?P<text>[^<]*)</text>')
BARS = {
    "█": (1.0, 1.0),
    "▌": (1 / 2, 1.0),
    "▏": (1 / 8, 1.0),
    "▇": (1.0, 7 / 8),
    "▁": (1.0, 1 / 8),
}
"""Block elements as parts of a cell's width and of a line's height."""
BLOCKS = "".join(BARS)
FONT = "Noto Sans Mono CJK SC"


@dataclass(frozen=True)
class Picture:
    """One picture: which keys lead to it, and how it looks."""

    name: str
    keys: Sequence[str]
    size: tuple[int, int] = (120, 36)
    theme: str = "textual-dark"


PICTURES = (
    Picture("today", ("enter", "enter", "2")),
    Picture("replies", ("f3", "down", "3")),
    Picture("lists", ("f4", "right", "down")),
    Picture("content", ("f5", "down")),
    Picture("undo", ("enter", "enter", "1", "f10")),
    Picture("find", ("slash", "l", "i")),
    Picture("small", ("enter", "enter"), (80, 24), "textual-light"),
)


def svg_of(app: App[int]) -> str:
    """What the app shows now, as SVG."""
    svg = app.export_screenshot(title="siyu")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", FONT).replace("<text ", '<text xml:space="preserve" ')
    return TEXT.sub(_drawn, svg)


def write_png(svg: str, path: Path) -> None:
    """The SVG as a PNG."""
    subprocess.run(  # noqa: S603 - a fixed program
        ["rsvg-convert", "-o", str(path)],  # noqa: S607
        input=svg.encode(),
        check=True,
    )


def draw(language: Language) -> None:
    """All pictures in one language, each from a fresh demo desk."""
    set_language(language)
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "desk.db"
            chosen = demo_desk(Chosen(environ=dict(os.environ)), path, language)
            make(chosen, language)
            svg = asyncio.run(shown(chosen, picture))
        write_png(svg, FOLDER / f"{picture.name}-{language}.png")


async def shown(chosen: Chosen, picture: Picture) -> str:
    """The app after a picture's keys, as SVG."""
    with desk(chosen, writes="desk") as opened:
        app = DeskApp(opened)
        app.theme = picture.theme
        app.run_tool = no_tool
        async with app.run_test(size=picture.size) as pilot:
            await settle(pilot)
            await press(pilot, *picture.keys)
            return svg_of(app)


def no_tool(_command: Sequence[str], _given: bytes | None) -> Ran:
    """No clipboard tool is started while pictures are drawn."""
    return Ran("missing")


def attribute(name: str, of: str) -> str:
    """The value of an attribute of an element."""
    return of.split(f' {name}="')[1].split('"')[0]


def _drawn(found: re.Match[str]) -> str:
    """A text as long as its cells; one of block elements as bars, for the font has them wider."""
    text = unescape(found["text"])
    if text.strip(BLOCKS):
        length = f'textLength="{cell_len(text) * CELL:.1f}"'
        return f"{found['head']}{length}{found['rest']}{found['text']}</text>"
    style, left, base = (attribute(name, found[0]) for name in ("class", "x", "y"))
    return "".join(
        f'<rect shape-rendering="crispEdges" class="{style}" x="{float(left) + place * CELL:.1f}"'
        f' y="{float(base) - RISE + (1 - high) * LINE:.1f}"'
        f' width="{wide * CELL + OVERLAP:.1f}" height="{high * LINE:.1f}"/>'
        for place, (wide, high) in enumerate(map(BARS.__getitem__, text))
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    draw("zh")
    draw("en")
