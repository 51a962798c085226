"""The whole program in a pseudo-terminal, on a desk of a test."""

from __future__ import annotations

import sys
from pathlib import Path

from store import connection
from tests.app_kit import NOW
from tests.terminal import Terminal

PROGRAM = (sys.executable, "-m", "tui")
NOWHERE = ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "STY", "TMUX")
"""What would lead a copied text elsewhere than into the terminal."""


def environ(database: Path, lang: str, now: str = NOW) -> dict[str, str | None]:
    """The program's environment; None takes a name out."""
    return {
        "SIYU_DATABASE": str(database),
        "SIYU_LANG": lang,
        "SIYU_NOW": now,
        "SIYU_OPERATOR": "op1",
        "SIYU_SOP": None,
        **dict.fromkeys(NOWHERE, None),
    }


def opened(
    database: Path, lang: str, columns: int = 80, lines: int = 24, home: Path | None = None
) -> Terminal:
    """The program on that desk; use it as a context manager."""
    told = environ(database, lang)
    if home is not None:
        told["HOME"] = str(home)
    return Terminal(PROGRAM, columns=columns, lines=lines, environ=told)


def events(database: Path) -> list[tuple[str, str | None, str]]:
    """What was done since the import, as a reader beside the program sees it."""
    disk = connection.connect(database, read_only=True)
    try:
        return disk.execute(
            "SELECT e.kind, e.reaction, c.name FROM event e JOIN contact c ON c.id = e.contact"
            " WHERE e.kind <> 'added' ORDER BY e.seq"
        ).fetchall()
    finally:
        disk.close()
