"""Paths that no file can have, told on a command line or typed into a field: a sentence, no end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Answer, Shell
from tui import opener
from tui.screens import saving
from tui.screens.importing import folder
from tui.screens.sop import asking

LONG = "a" * 300
TEXTS = {
    "a name that is too long": LONG,
    "the same with an ending": f"{LONG}.csv",
    "a folder that is too long": f"/{LONG}/x.csv",
    "a path that is too long": "x/" * 3000,
    "a blank escaped in it": f"a\\ {LONG}",
    "half an address": "file://[::1",
    "half a web address": "https://[::1",
    "the home of nobody": "~nobody-of-that-name/x.csv",
    "a link to itself": "loop/x.csv",
}
READ: dict[str, Callable[[str, Path], object]] = {
    "the export's file": lambda text, base: saving.why_not(base / text),
    "the import's file": folder.listing,
    "the import's file, completed": folder.completed,
    "the next SOP's folder": lambda text, base: [*asking._folders(text, base)],
    "what goes with a note": lambda text, _base: opener.attachment(text),
    "what goes with a note, opened": lambda text, _base: opener.attachment_address(text),
    "what goes with a script": opener.address,
}


@pytest.mark.parametrize("read", READ)
@pytest.mark.parametrize("text", TEXTS)
def test_text_that_is_no_path_leads_nowhere(tmp_path: Path, read: str, text: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    READ[read](TEXTS[text], tmp_path)


def ended_in_words(answer: Answer) -> bool:
    return answer.code == 1 and "fault of its own" not in answer.err and bool(answer.err.strip())


@pytest.mark.parametrize("place", [".", "/", "", "..", LONG, "x/" * 3000])
@pytest.mark.parametrize("command", ["today", "doctor", "backup"])
def test_desk_where_no_file_can_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ended_in_words(Shell(monkeypatch, tmp_path / "x").run("--database", place, command))


@pytest.mark.parametrize("place", ["/", "loop", LONG])
@pytest.mark.parametrize("command", ["today", "sop plan /", "sop diff loop"])
def test_sop_where_no_folder_can_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    path = new_file(tmp_path, "en")
    assert ended_in_words(Shell(monkeypatch, path).run(*command.split(), "--sop", place))


@pytest.mark.parametrize(
    "command", ["import", "export", "person export 1", "lists revisit --export"]
)
def test_file_with_a_name_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    path = new_file(tmp_path, "en")
    told = str(tmp_path / f"{LONG}.csv")
    assert ended_in_words(Shell(monkeypatch, path).run(*command.split(), told))
