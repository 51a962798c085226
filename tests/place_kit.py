"""A command whose disk has no room, or whose folder may not be written to, in its own process."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.app_kit import NOW

WITHOUT_ROOM = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
sys.argv[0] = "siyu"
runpy.run_module("tui", run_name="__main__")
"""
WITHOUT_POWER = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # what lets root write where nobody may
os.execv(sys.executable, [sys.executable, "-m", "tui", *sys.argv[1:]])
"""


def run(program: str, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One of the programs above with a command, on the desk in this file."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={
            "SIYU_DATABASE": str(path),
            "SIYU_NOW": NOW,
            "SIYU_LANG": "en",
            "HOME": str(path.parent),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            # Without it Python would leave halves of its own files behind.
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def cannot_open(code: str) -> sqlite3.Error:
    """What SQLite says of a file that it cannot open."""
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorname = code
    return error
