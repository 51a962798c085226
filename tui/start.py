"""The start of the program without a search for garbage.

What a start loads and makes stays until the end, so that looking through it for
garbage, again and again while it grows, only takes time: a tenth of the start.
"""

from __future__ import annotations

import gc


def begin() -> None:
    """From here on everything that is made stays."""
    gc.disable()


def end() -> None:
    """Garbage is collected from here on, but what a start made is not looked through again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
