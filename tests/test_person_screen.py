"""The Contact screen by its keys: whose file, fields changed, stage moved, history read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, names, new_file, play, squeeze
from tests.shell_kit import Shell
from tui.words import Language

ANNA, BEN, *_REST = names("en")
SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["small", "middle", "large"])
COMPANY, CONSENT, STAGE = ("down",) * 4, ("down",) * 3, ("down",)


async def cleared(work: AtWork, text: str) -> None:
    """Writes into the open field in place of what stands there."""
    await work.press("end", "ctrl+u")
    await work.write(text)
    await work.press("enter")


@SIZES
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_f6_opens_the_contact_in_hand(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("down", "1", "f6")
        assert f"╭─ {names(lang)[1]} ─" in work.text
        assert "13800000002" in work.text
        assert "✿" in work.text
        assert all(len(line) <= size[0] for line in work.lines)

    play(new_file(tmp_path, lang), lang, story, size)


def test_f6_asks_whose_file_where_no_contact_is_in_hand(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5", "f6")
        await work.write("ben")
        await work.press("enter")
        assert f"╭─ {BEN} ─" in work.text
        await work.press("f6")
        await work.write("anna")
        await work.press("enter")
        assert f"╭─ {ANNA} ─" in work.text
        await work.press("escape")
        assert "╭─ " + ANNA not in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_field_is_changed_and_taken_back(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", *COMPANY, "enter")
        await cleared(work, "Hill Works")
        assert "Hill Works" in work.text
        assert work.value("SELECT company FROM contact WHERE id = 1") == "Hill Works"
        assert work.log() == [("profile", None, ANNA)]
        await work.press("backspace")
        assert work.value("SELECT company FROM contact WHERE id = 1") == "Harbour Tools"
        assert "Harbour Tools" in work.text
        assert work.agrees()

    play(new_file(tmp_path, "en"), "en", story)


def test_wrong_value_is_told_and_stands_in_the_field_again(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", *COMPANY, "down", "down", "enter")
        await cleared(work, "no phone")
        assert "is no phone number" in work.text
        assert work.log() == []
        await work.press("enter")
        assert "no phone" in work.text

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (6, "138000000012345", "too few or too many digits for a phone: kept as it is"),
        (12, "anna@harbour", "is no whole email address: kept as it is"),
    ],
    ids=["phone", "email"],
)
def test_value_that_cannot_be_right_is_kept_and_told(
    tmp_path: Path, field: int, typed: str, told: str
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", *("down",) * field, "enter")
        await cleared(work, typed)
        assert told in work.text
        assert typed in work.text
        assert work.value("SELECT phone || ' ' || email FROM contact WHERE id = 1").find(typed) >= 0

    play(new_file(tmp_path, "en"), "en", story, (120, 36))


def test_two_phones_typed_at_once_are_not_made_one(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", *COMPANY, "down", "down", "enter")
        await cleared(work, "13800000009, 13900000009")
        assert "are several phones: nothing was changed" in work.text
        assert work.log() == []
        await work.press("enter")
        assert "13900000009" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_escape_changes_nothing(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", *COMPANY, "enter")
        await work.write("x")
        await work.press("escape")
        await work.press("enter", "enter")
        assert work.log() == []

    play(new_file(tmp_path, "en"), "en", story)


def test_stage_goes_on_with_a_reason_and_back_only_after_a_question(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", *STAGE, "enter")
        await work.press("2", "1")
        assert work.state(ANNA, "stage") == "sql"
        await work.press("enter")
        assert "back to Lead" in work.text
        await work.press("1")
        assert "Really back from SQL to Lead?" in work.text
        await work.press("escape")
        assert work.state(ANNA, "stage") == "sql"
        await work.press("enter", "1", "1")
        assert work.state(ANNA, "stage") == "lead"
        assert work.words() == ['{"reason": "asked for more"}', '{"reason": "moved by mistake"}']
        assert work.agrees()

    play(new_file(tmp_path, "en"), "en", story)


def test_consent_is_kept(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6")
        assert "No consent is kept" in work.text
        await work.press(*CONSENT, "enter")
        await work.write("fair form")
        await work.press("enter", "enter")
        assert work.words() == ['{"consent": "fair form", "on": "2026-03-02"}']
        assert "2026-03-02 fair form" in work.text
        assert "No consent is kept" not in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_reaction_note_and_refusal_work_here(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", "3", "7")
        await work.press("enter")
        await work.write("likes tables")
        await work.press("enter", "enter")
        await work.press("9", "1")
        assert [kind for kind, _, _ in work.log()] == ["reaction", "note", "refused"]
        assert "likes tables" in work.text
        assert "do not contact" in work.text
        assert work.agrees()

    play(new_file(tmp_path, "en"), "en", story)


def test_history_is_shown_by_part(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", "1", "7", "enter")
        await work.write("likes tables")
        await work.press("enter", "enter", "right")
        assert "[messages]" in work.text
        assert "No message yet" in work.text
        await work.press("right")
        assert "friendly" in work.text
        assert "likes tables" not in work.text
        await work.press("right")
        assert "likes tables" in work.text
        await work.press("left", "left", "left", "left")
        assert "came onto the desk" in work.text
        assert "likes tables" not in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_contact_that_left_the_desk_leaves_words(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", "f10", "enter", "f6", "escape", "f6")
        assert work.value("SELECT COUNT(*) FROM contact") == 0
        await work.press("escape", "f6")
        assert "Find anyone" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_merge_names_the_other_contact_and_masks_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_file(tmp_path, "en")
    Shell(monkeypatch, path).json("merge", "1", "2")

    async def story(work: AtWork) -> None:
        await work.press("f6")
        assert f"tookin{BEN}".replace(" ", "") in work.text.replace(" ", "")
        await work.press("ctrl+g")
        assert BEN not in work.text
        await work.press("ctrl+g")

    play(path, "en", story)


def test_no_key_is_named_that_means_something_else_here(tmp_path: Path) -> None:
    """8 answers on Today; on a file it writes down a purchase."""

    async def sends(work: AtWork) -> None:
        await work.press("enter", "enter")

    async def hears(work: AtWork) -> None:
        await work.press("slash", *names("en")[0], "enter", "4")
        assert squeeze("wrote first: 8 answers") in work.squeezed
        await work.press("f6")
        assert squeeze("wrote first") in work.squeezed
        assert squeeze("8 answers") not in work.squeezed

    path = new_file(tmp_path, "en")
    play(path, "en", sends)
    play(path, "en", hears, now="2026-03-03T09:40+08:00")


def test_on_an_empty_desk_the_search_says_how_contacts_come(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6")
        assert "Ctrl+O imports a file" in work.text
        await work.write("x")
        assert "Ctrl+O imports a file" in work.text

    play(tmp_path / "desk.db", "en", story)
