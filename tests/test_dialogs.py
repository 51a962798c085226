"""Dialogs over a screen: words where a digit is asked for, and one word for each mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import AtWork, names, new_file, play
from tui.words import Language

MODES = {"zh": ("按键", "文字："), "en": ("KEYS", "TEXT:")}
TYPED = {
    "a paste": "说忙，先不聊",
    "a commit of the input method": "别再发了",
    "several lines": "不\n用了",
}


@pytest.mark.parametrize("case", TYPED)
def test_words_for_a_question_of_choices_are_the_other_reason(tmp_path: Path, case: str) -> None:
    async def story(work: AtWork) -> None:
        await work.press("9")
        await work.paste(TYPED[case])
        assert work.log() == []
        await work.press("enter")
        assert work.state(names("en")[0], "status") == "do_not_contact"
        assert "".join(TYPED[case].split()) in "".join("".join(work.words()).split())

    play(new_file(tmp_path, "en"), "en", story)


def test_letter_typed_begins_the_other_reason_and_a_strange_digit_does_not(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("9", "7")
        assert "TEXT" not in work.text
        await work.write("too late")
        await work.press("enter")
        assert "too late" in work.words()[0]

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("key", "mode"), [("7", 1), ("8", 1), ("slash", 1), ("9", 0), ("space", 0)]
)
def test_screen_below_a_dialog_names_neither_mode_nor_keys(
    tmp_path: Path, lang: Language, key: str, mode: int
) -> None:
    keys, text = MODES[lang]

    async def story(work: AtWork) -> None:
        before = work.lines[-3:]
        assert keys in work.text
        await work.press(key)
        assert all(line not in work.text for line in before if line.strip())
        assert (keys in work.text, text in work.text) == (mode == 0, mode == 1)
        await work.press("escape")
        assert work.lines[-3:] == before

    play(new_file(tmp_path, lang), lang, story)


@pytest.mark.parametrize(
    ("words", "shown"),
    [("Replies", "replies"), ("SOP: ", "sop"), ("Content", "contents"), ("Lists", "lists")],
)
def test_palette_goes_to_every_full_screen(tmp_path: Path, words: str, shown: str) -> None:
    async def story(work: AtWork) -> None:
        titles = {c.title for c in work.app.get_system_commands(work.app.screen)}
        assert {"Today", "Replies", "Lists", "Content", "SOP", "Undo", "export"} <= titles
        command = next(
            c
            for c in work.app.get_system_commands(work.app.screen)
            if c.title == words.rstrip(": ")
        )
        await command.callback()
        await work.settle()
        assert getattr(work.app.screen, "NAME", "").startswith(shown[:4])

    play(new_file(tmp_path, "en"), "en", story)
