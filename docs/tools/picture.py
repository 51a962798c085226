"""A screen of the app as a PNG or SVG, with Chinese at its full width.

Rich's SVG export sets a text's length by its characters, which squeezes
Chinese to half; here it is set anew by cells, and the font is one that has
both scripts.
"""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path

from rich.cells import cell_len
from textual.app import App

CELL = 12.2
"""Width of one cell in the export's units."""
TEXT = re.compile(r'(<text [^>]*?)textLength="[^"]*"([^>]*>)([^<]*)(</text>)')
FONT = "Noto Sans Mono CJK SC"


def svg_of(app: App[object]) -> str:
    """What the app shows now, as SVG."""
    svg = app.export_screenshot(title="siyu")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", FONT).replace("<text ", '<text xml:space="preserve" ')
    return TEXT.sub(_full_width, svg)


def write_png(svg: str, path: Path) -> None:
    """The SVG as a PNG, by rsvg-convert (Debian: librsvg2-bin, fonts-noto-cjk)."""
    subprocess.run(  # noqa: S603 - a fixed program
        ["rsvg-convert", "--zoom", "1", "-o", str(path)],  # noqa: S607
        input=svg.encode(),
        check=True,
    )


def _full_width(found: re.Match[str]) -> str:
    cells = cell_len(unescape(found[3]))
    return f'{found[1]}textLength="{cells * CELL:.1f}"{found[2]}{found[3]}{found[4]}'
