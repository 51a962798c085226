"""What was typed and not saved: kept by contact and window, and gone with what it was for."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.app_kit import AtWork, names, new_file, play
from tests.shell_kit import Shell
from tui.drafts import MOST, Drafts

COMPANY = ("down",) * 4
"""To the company in the file that is open."""
FILES = {
    "nothing": b"",
    "no JSON": b"{half",
    "other bytes": b"\xff\xfe\x00",
    "a list": b"[1, 2]",
    "words that are none": b'{"note 1": {"": "Ann", "note": 7}, "x": 3}',
    "deep nesting": b"[" * 100_000,
}


def test_draft_is_there_for_the_next_start_until_it_is_dropped(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    Drafts(desk).of("note", 1, "Ann").keep({"note": "half a sen"})
    assert Drafts(desk).of("note", 1, "Ann").begun == {"note": "half a sen"}
    assert Drafts(desk).of("note", 1, "Ben").begun == {}, "somebody else has the number now"
    assert Drafts(desk).of("note", 2, "Ann").begun == {}
    assert Drafts(desk).of("refused", 1, "Ann").begun == {}
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    Drafts(desk).of("note", 1, "Ann").drop()
    assert [*tmp_path.iterdir()] == []


def test_fields_emptied_again_are_no_draft(tmp_path: Path) -> None:
    draft = Drafts(tmp_path / "desk.db").of("note", 1, "Ann")
    draft.keep({"note": "x"})
    draft.keep({"note": "", "reply": ""})
    assert [*tmp_path.iterdir()] == []


def test_the_oldest_drafts_go(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "desk.db")
    for contact in range(MOST + 3):
        drafts.of("note", contact, "Ann").keep({"note": "x"})
    again = Drafts(tmp_path / "desk.db")
    kept = [c for c in range(MOST + 3) if again.of("note", c, "Ann").begun]
    assert kept == [*range(3, MOST + 3)]


@pytest.mark.parametrize("case", FILES)
def test_file_that_is_none_costs_the_drafts_alone(tmp_path: Path, case: str) -> None:
    drafts = Drafts(tmp_path / "desk.db")
    drafts.path.write_bytes(FILES[case])
    begun = drafts.of("note", 1, "Ann").begun
    assert begun in ({}, {"note": "7"})
    drafts.of("note", 1, "Ann").keep({"note": "new"})
    assert Drafts(tmp_path / "desk.db").of("note", 1, "Ann").begun == {"note": "new"}


def test_place_that_cannot_be_written_costs_nothing_while_the_desk_is_open(tmp_path: Path) -> None:
    draft = Drafts(tmp_path / "nowhere" / "desk.db").of("note", 1, "Ann")
    draft.keep({"note": "half a sen"})
    assert draft.begun == {"note": "half a sen"}


WINDOWS = {
    "a note": ("7", (), "half a reply"),
    "a refusal": ("9", ("4",), "half a reason"),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_window_begins_with_what_was_typed_until_esc(tmp_path: Path, case: str) -> None:
    key, more, typed = WINDOWS[case]
    path = new_file(tmp_path, "en")

    async def types_and_is_gone(work: AtWork) -> None:
        await work.press(key, *more)
        await work.write(typed)

    async def finds_it_and_drops_it(work: AtWork) -> None:
        await work.press(key)
        assert typed in work.text
        await work.press("escape")
        await work.press(key)
        assert typed not in work.text

    play(path, "en", types_and_is_gone)
    play(path, "en", finds_it_and_drops_it)
    assert not Drafts(path).path.exists()


def test_field_of_the_file_begins_with_what_was_typed(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")

    async def types_and_is_gone(work: AtWork) -> None:
        await work.press("f6", *COMPANY, "enter")
        await work.write("Hill")

    async def finds_it_and_saves_it(work: AtWork) -> None:
        await work.press("f6", *COMPANY, "enter")
        assert "Hill" in work.text
        await work.write(" Works")
        await work.press("enter")
        assert work.value("SELECT company FROM contact WHERE id = 1") == "Hill Works"

    play(path, "en", types_and_is_gone)
    play(path, "en", finds_it_and_saves_it)
    assert not Drafts(path).path.exists()


def test_drafts_about_somebody_go_with_the_erasure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, people = new_file(tmp_path, "en"), names("en")
    shell = Shell(monkeypatch, path)
    ids = [shell.json("find", name)[0]["contact"] for name in people[:2]]
    for contact, name in zip(ids, people, strict=False):
        Drafts(path).of("note", int(contact), name).keep({"note": f"about {name}"})
    shell.json("person", "erase", ids[0], "--reason", "asked for it", "--yes")
    left = Drafts(path).path.read_text(encoding="utf-8")
    assert people[0] not in left
    assert people[1] in left
