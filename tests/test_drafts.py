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


TOLD = {
    "a note on whom the list begins with": ((), "7", "Anna Bell, note (7)"),
    "a note on another": (("down",), "7", "Ben Cole, note (find with /, then 7)"),
    "a field of the file": (("f6", *COMPANY), "enter", "Anna Bell, company (F6)"),
    "a purchase": (("f6", "8"), "1", "Anna Bell, purchase (F6 8)"),
}


@pytest.mark.parametrize("case", TOLD)
def test_next_start_says_what_waits_and_which_key_goes_there(tmp_path: Path, case: str) -> None:
    before, key, told = TOLD[case]
    path = new_file(tmp_path, "en")

    async def types_and_is_gone(work: AtWork) -> None:
        await work.press(*before, key)
        await work.write("12")

    async def is_told(work: AtWork) -> None:
        assert f"Unfinished: {told}" in work.message

    async def is_told_nothing(work: AtWork) -> None:
        assert "Unfinished" not in work.message

    play(path, "en", types_and_is_gone)
    play(path, "en", is_told)
    Drafts(path).path.unlink()
    play(path, "en", is_told_nothing)


def test_next_start_tells_of_pasted_replies_and_of_more(tmp_path: Path) -> None:
    path, people = new_file(tmp_path, "zh"), names("zh")
    drafts = Drafts(path)
    for contact in (4, 2, 1):
        drafts.of("note", contact, people[contact - 1]).keep({"note": "x"})
    drafts.of("note", 3, "somebody of the desk before").keep({"note": "x"})

    async def pastes_and_is_gone(work: AtWork) -> None:
        await work.press("enter", "enter", "f3")
        await work.paste(f"{people[0]}: 好的\n{people[1]}: 不需要")

    async def is_told(work: AtWork) -> None:
        told = "没写完：粘贴的回复（按 F3） · 张伟，备注（/ 找到后按 7） · 还有 2 处"
        assert told in work.message, work.message

    play(path, "zh", pastes_and_is_gone)
    play(path, "zh", is_told, size=(80, 24))


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


WHERE = {"Today": (), "Replies": ("f3",), "the contact's file": ("f6",)}


@pytest.mark.parametrize("keys", WHERE.values(), ids=WHERE)
def test_text_that_arrived_stands_there_again_for_whom_it_came(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    path = new_file(tmp_path, "en")

    async def arrives(work: AtWork) -> None:
        await work.press("down", "enter", "enter", *keys)
        await work.paste("What does it cost?")

    async def comes_back(work: AtWork) -> None:
        assert "What does it cost?" in work.text
        assert work.name == second
        assert work.log() == [("touch", None, second)]
        await work.press("3")
        assert work.log()[-1] == ("reaction", "exploring", second)
        assert "What does it cost?" in work.words()[-1]

    async def is_gone(work: AtWork) -> None:
        assert "What does it cost?" not in work.message

    second = names("en")[1]
    for story in (arrives, comes_back, is_gone):
        play(path, "en", story)
    assert not [*tmp_path.glob(".*drafts.json")]


@pytest.mark.parametrize("name", ["", "another name"])
def test_text_that_arrived_is_dropped_with_esc_and_for_a_strange_number(
    tmp_path: Path, name: str
) -> None:
    path = new_file(tmp_path, "en")

    async def arrives(work: AtWork) -> None:
        await work.paste("What does it cost?")
        if not name:
            await work.press("escape")

    async def is_gone(work: AtWork) -> None:
        assert "What does it cost?" not in work.text

    play(path, "en", arrives)
    if name:
        Drafts(path).of("arrived", 1, name).keep({"words": "What does it cost?"})
    play(path, "en", is_gone)


def test_pasted_replies_that_were_not_gone_through_come_back(tmp_path: Path) -> None:
    path, (anna, ben, *_rest) = new_file(tmp_path, "en"), names("en")

    async def arrives(work: AtWork) -> None:
        await work.press("enter", "enter", "enter", "enter", "enter", "f3")
        await work.paste(f"{anna}: thanks a lot\n{ben}: what does it cost?\nnobody: hello\n")
        work.ticks.now += 2
        await work.press("1")
        assert work.log()[-1] == ("reaction", "friendly", anna)

    async def comes_back(work: AtWork) -> None:
        assert "what does it cost?" not in work.text
        await work.press("f3")
        assert "what does it cost?" in work.text
        assert "thanks a lot" not in work.text.split("Replies that were pasted")[1]
        work.ticks.now += 2
        await work.press("3")
        assert work.log()[-1] == ("reaction", "exploring", ben)
        await work.press("escape")

    play(path, "en", arrives)
    play(path, "en", comes_back)
    assert not [*tmp_path.glob(".*drafts.json")]


def test_drafts_are_known_by_the_true_name_while_names_are_masked(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")

    async def typed(work: AtWork) -> None:
        await work.press("ctrl+g", "7")
        await work.write("half a sen")

    async def comes_back(work: AtWork) -> None:
        await work.press("7")
        assert "half a sen" in work.text

    play(path, "en", typed)
    play(path, "en", comes_back)


def test_no_draft_about_somebody_erased_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the name that goes on, by one that was merged into it, and before anybody was told."""
    path = new_file(tmp_path, "en")
    shell = Shell(monkeypatch, path)
    assert shell.run("merge", "1", "2").code == 0
    for window, contact in (("note", 1), ("arrived", 2), ("pasted", 0), ("note", 3)):
        Drafts(path).of(window, contact, "Ann").keep({"words": "x"})
    assert shell.run("person", "erase", "1", "--reason", "letter", "--yes").code == 0
    left = Drafts(path)
    assert left.left("arrived") is left.left("pasted") is None
    assert left.left("note") == (3, "Ann")
    late = {"SIYU_NOW": "2029-03-05T09:40+08:00"}
    assert shell.run("person", "retention", "--erase", "--yes", **late).code == 0
    assert Drafts(path).left("note") is None
