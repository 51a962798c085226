"""Names that are commands to a terminal: the program never hands them on."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import replace
from pathlib import Path

from rules.nouns import Reaction
from rules.sending import Blocked
from store import verbs
from tests.app_kit import chosen, csv_of
from tests.desk_terminal import events, opened
from tests.hostile_people import HOSTILE_NAMES, PAYLOADS
from tests.test_today_screens import drawable, hostile_file
from tui.opening import desk
from tui.words import Language

WALK = (
    *(("f1",), ("9",), ("7",), ("8",), ("/", "1", "3"), ("f3", *["down"] * 40), ("ctrl+p",)),
    ("tab",),
    ("f10", *["down"] * 40),
    ("f5",),
    ("f5", "enter", *["down"] * 40),
    ("ctrl+o",),
    ("ctrl+o", "enter"),
)
"""Every screen and dialog that shows what stands in a contact's file, or in a folder."""
COPY = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")
TITLE = re.compile(rb"\x1b\][0-2];")
ONE_BYTE_INTRODUCER = re.compile(rb"\xc2[\x80-\x9f]")


def spoken_to(path: Path, lang: Language) -> int:
    """Sends to every other pair of people, each of whom answers with the attack; to how many."""
    with desk(chosen(path, lang), writes="test") as opened:
        now = opened.clock()
        settings = replace(opened.shift.sop.settings, daily_cap=len(HOSTILE_NAMES))
        shift = replace(opened.shift, sop=replace(opened.shift.sop, settings=settings))
        sent = 0
        for contact, text in enumerate(HOSTILE_NAMES.values(), 1):
            if contact % 4 > 1:
                continue
            done = verbs.send(opened.db, shift, now, contact, "schedule_template")
            if isinstance(done, Blocked):
                continue
            sent += 1
            words = {"reply": text, "note": text, "interest": text}
            verbs.react(opened.db, shift, now, contact, Reaction.POSITIVE, words)
    return sent


def hostile_folder(folder: Path) -> Path:
    """A home with files whose names attack, the newest of them full of people who do."""
    home = folder / "home"
    home.mkdir()
    for text in HOSTILE_NAMES.values():
        name = text.encode("utf-8", "replace").decode().replace("/", "").replace("\0", "")
        (home / f"{name[:40]}.csv").write_text("")
    names = [text.replace("\0", "") for text in HOSTILE_NAMES.values()]
    names.sort(key=lambda text: "\x1b" not in text)  # the preview shows the first ones
    people = [(text, f"1390000{n:04}", text, "") for n, text in enumerate(names)]
    file = home / "people \x1b]52;c;UFdORUQ=\x07.csv"
    file.write_bytes(csv_of("zh", people).encode("utf-8", "replace"))
    os.utime(file, (2_000_000_000, 2_000_000_000))
    return home


def test_a_hostile_desk_is_walked_and_nothing_happens(tmp_path: Path) -> None:
    path = hostile_file(tmp_path, "zh")
    assert spoken_to(path, "zh") > len(HOSTILE_NAMES) // 3
    before = events(path)
    with opened(path, "zh", 120, 36, home=hostile_folder(tmp_path)) as terminal:
        terminal.wait_for("F1")
        terminal.wait_idle()
        for keys in WALK:
            for key in (*keys, "escape", "f2"):
                terminal.keys(key)
                if key != "down":
                    terminal.wait_idle()
            terminal.wait_for("1 友好")
        for _page in range(0, len(HOSTILE_NAMES), 16):
            terminal.keys(*["down"] * 16)
            terminal.wait_idle()
        seen = terminal.bytes_seen
        assert [payload for payload in PAYLOADS if payload in seen] == []
        assert not COPY.search(seen)
        assert not TITLE.search(seen)
        assert not ONE_BYTE_INTRODUCER.search(seen)
        assert seen.count(b"\x1b[?1049") == 1, "the screen was taken once and never left"
        assert events(path) == before
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
