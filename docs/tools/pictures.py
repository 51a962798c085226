"""The pictures of the pages, drawn from the demo desk: `make pictures`.

Rich's SVG export sets a text's length by its characters, which squeezes
Chinese to half, and renderers do not agree on what that means. Here every
character stands in its own cell, whatever its font thinks of its width, and
lines and bars are drawn as shapes. PNGs are made by rsvg-convert (Debian:
librsvg2-bin, fonts-noto-cjk, fonts-dejavu-core).
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
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
TEXT = re.compile(r"<text [^>]*>(?P<text>[^<]*)</text>")
STROKE = 1.5 / CELL, 1.5 / LINE
"""A thin line's width and height, as parts of a cell's and of a line's."""
_ACROSS, _DOWN = (1 - STROKE[0]) / 2, (1 - STROKE[1]) / 2
SHAPES: Mapping[str, Sequence[tuple[float, float, float, float]]] = {
    "█": ((0, 0, 1, 1),),
    "▌": ((0, 0, 1 / 2, 1),),
    "▏": ((0, 0, 1 / 8, 1),),
    "▇": ((0, 1 / 8, 1, 7 / 8),),
    "▁": ((0, 7 / 8, 1, 1 / 8),),
    "─": ((0, _DOWN, 1, STROKE[1]),),
    "│": ((_ACROSS, 0, STROKE[0], 1),),
    "╭": ((_ACROSS, _DOWN, 1 - _ACROSS, STROKE[1]), (_ACROSS, _DOWN, STROKE[0], 1 - _DOWN)),
    "╮": ((0, _DOWN, _ACROSS + STROKE[0], STROKE[1]), (_ACROSS, _DOWN, STROKE[0], 1 - _DOWN)),
    "╰": ((_ACROSS, _DOWN, 1 - _ACROSS, STROKE[1]), (_ACROSS, 0, STROKE[0], _DOWN)),
    "╯": ((0, _DOWN, _ACROSS + STROKE[0], STROKE[1]), (_ACROSS, 0, STROKE[0], _DOWN)),
}
"""What is drawn as rectangles: left, top, width and height, as parts of a cell."""
FONT, FONT_SIZE = "Noto Sans Mono CJK SC", 22
"""At this size a letter fills a cell, and a Chinese character two."""
SIGN_FONT, SIGN_SIZE = "DejaVu Sans Mono", 20
"""For signs of one cell that the other font has as wide as a Chinese character."""


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
    Picture(
        "small", (*("enter", "enter", "down") * 9, "enter", "enter"), (80, 24), "textual-light"
    ),
)


def svg_of(app: App[int]) -> str:
    """What the app shows now, as SVG."""
    svg = app.export_screenshot(title="siyu")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", FONT).replace("font-variant-east-asian: full-width;", "")
    svg = svg.replace("font-size: 20px", f"font-size: {FONT_SIZE}px", 1)
    return TEXT.sub(drawn, svg)


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


def drawn(found: re.Match[str]) -> str:
    """A text of the export, each of its characters in its own cell; a title stays as it is."""
    if 'textLength="' not in found[0]:
        return found[0]
    style = attribute("class", found[0])
    left, base = (float(attribute(name, found[0])) for name in ("x", "y"))
    parts = []
    for text, place in clusters(unescape(found["text"])):
        x = left + place * CELL
        if text in SHAPES:
            parts.append(_shape(style, x, base - RISE, SHAPES[text]))
        elif text.strip():
            parts.append(_glyph(style, x, base, text))
    return "".join(parts)


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """The characters of a text, each with what is joined to it, and its first cell."""
    cell, cluster, begin = 0, "", 0
    for character in text:
        wide = cell_len(character)
        if wide and cluster:
            yield cluster, begin
            cluster, begin = "", cell
        cluster += character
        cell += wide
    if cluster:
        yield cluster, begin


def _glyph(style: str, x: float, base: float, text: str) -> str:
    is_sign = cell_len(text) == 1 and not text.isascii()
    font = f' style="font-family: {SIGN_FONT}; font-size: {SIGN_SIZE}px"' if is_sign else ""
    return f'<text class="{style}" x="{x:.1f}" y="{base:.1f}"{font}>{escape(text)}</text>'


def _shape(
    style: str, x: float, top: float, parts: Sequence[tuple[float, float, float, float]]
) -> str:
    return "".join(
        f'<rect shape-rendering="crispEdges" class="{style}"'
        f' x="{x + left * CELL:.1f}" y="{top + above * LINE:.1f}"'
        f' width="{wide * CELL + OVERLAP:.1f}" height="{high * LINE + OVERLAP:.1f}"/>'
        for left, above, wide, high in parts
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    draw("zh")
    draw("en")
