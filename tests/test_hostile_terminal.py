"""Names that are commands to a terminal: the program never hands them on."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from tests.desk_terminal import events, opened
from tests.hostile_people import HOSTILE_NAMES, PAYLOADS
from tests.test_today_screens import drawable, hostile_file

WALK = (("f1",), ("9",), ("7",), ("8",), ("/", "1", "3"), ("f3",), ("f10",), ("ctrl+p",), ("tab",))
"""Every screen and dialog that shows what stands in a contact's file."""
COPY = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")
TITLE = re.compile(rb"\x1b\][0-2];")
ONE_BYTE_INTRODUCER = re.compile(rb"\xc2[\x80-\x9f]")


def test_a_hostile_desk_is_walked_and_nothing_happens(tmp_path: Path) -> None:
    path = hostile_file(tmp_path, "zh")
    with opened(path, "zh", 120, 36) as terminal:
        terminal.wait_for("F1")
        terminal.wait_idle()
        for keys in WALK:
            terminal.keys(*keys)
            terminal.wait_idle()
            terminal.keys("escape")
            terminal.wait_idle()
            terminal.keys("f2")
        for _page in range(0, len(HOSTILE_NAMES), 16):
            terminal.keys(*["down"] * 16)
            terminal.wait_idle()
        seen = terminal.bytes_seen
        assert [payload for payload in PAYLOADS if payload in seen] == []
        assert not COPY.search(seen)
        assert not TITLE.search(seen)
        assert not ONE_BYTE_INTRODUCER.search(seen)
        assert seen.count(b"\x1b[?1049") == 1, "the screen was taken once and never left"
        assert events(path) == []
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0


def test_a_hostile_name_in_a_script_is_copied_as_plain_words(tmp_path: Path) -> None:
    path = hostile_file(tmp_path, "en")
    wanted = list(HOSTILE_NAMES).index("the clipboard")
    with opened(path, "en") as terminal:
        terminal.wait_for("F1")
        terminal.keys("/")
        terminal.wait_idle()
        terminal.keys(*f"1380000{wanted + 2:04}")
        terminal.wait_idle()
        terminal.keys("enter")
        terminal.wait_idle()
        terminal.keys("enter")
        terminal.wait_for(lambda it: bool(COPY.search(it.bytes_seen)))
        copied = [base64.b64decode(found).decode() for found in COPY.findall(terminal.bytes_seen)]
        assert len(copied) == 1
        assert all(drawable(c) or c == "\n" for c in copied[0])
        assert events(path) == []
