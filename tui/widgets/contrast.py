"""Colours that words can be read in, whatever the theme.

Invariant: of what `legible` returns, words stand out from their ground by the
contrast asked for (as the web's guidelines measure it, 1 to 21), or as far as
black or white does.
"""

from __future__ import annotations

from textual.color import BLACK, WHITE, Color

READABLE = 4.5
"""The contrast that words need."""
VISIBLE = 2.0
"""The contrast of frames, bars and figures that are nought."""
STEPS = 20


def contrast(one: Color, other: Color) -> float:
    """How far two colours stand apart, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(color: Color, ground: Color, least: float = READABLE) -> Color:
    """The colour, or the nearest to it towards black or white that stands out enough."""
    if color.ansi is not None or ground.ansi is not None:
        return color  # the terminal's own palette: nobody here knows what it looks like
    end = max((BLACK, WHITE), key=lambda pole: contrast(pole, ground))
    shades = (color.blend(end, step / STEPS) for step in range(STEPS + 1))
    return next((shade for shade in shades if contrast(shade, ground) >= least), end)


def _luminance(color: Color) -> float:
    parts = (part / 255 for part in color.rgb)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
