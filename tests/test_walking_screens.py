"""Interaction sequences as people and programs see them: on Today, on the card, in JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rules.nouns import Reaction, Walked
from store import verbs
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, chosen, new_file, play
from tests.shell_kit import Shell
from tui.opening import desk as opened
from tui.wording import walked_word
from tui.words import Language, _

GUEST = {"zh": "孙丽", "en": "Gwen Hale"}
"""Whose stage is SQL, so that the open day that ships is for her."""
WHO = "SELECT id FROM contact WHERE name = ?"
BEFORE = ("2026-02-25T09:40+08:00", "2026-02-26T09:40+08:00")


def invited(folder: Path, lang: Language) -> Path:
    """A desk on which the open day's audience is this one contact; opened next on Monday."""
    path = new_file(folder, lang, now="2026-02-25T09:00+08:00")
    for now in BEFORE:
        with opened(chosen(path, lang, now), writes="desk") as at:
            (who,) = at.db.execute(
                "SELECT id FROM contact WHERE name = ?", (GUEST[lang],)
            ).fetchone()
            content = None if now == BEFORE[0] else "roi_sheet"
            verbs.send(at.db, at.shift, at.clock(), who, content)
            verbs.react(at.db, at.shift, at.clock(), who, Reaction.EXPLORING)
    return path


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=str)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_entered_an_event_is_shown_with_it(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        name = work.opened.shift.sop.sequences[-2].name
        assert work.value("SELECT COUNT(*) FROM event WHERE kind = 'entered'") == 1
        await work.press("right", "right")
        assert work.name == GUEST[lang]
        assert work.state(GUEST[lang], "sequence") == "open_day"
        if size != SMALL:
            assert walked_word(Walked.EVENT) in work.listed[0]
        assert _("Now: {name}", name=name).replace(" ", "") in work.squeezed
        await work.press("enter", "enter")
        assert work.rows("SELECT kind, step FROM event ORDER BY seq DESC LIMIT 1") == [
            ("touch", "save_the_date")
        ]
        assert work.state(GUEST[lang], "sequence") == "growing"
        await work.press("enter", "slash", *GUEST[lang], "enter")
        waits = _("then {name} from {day}", name=name, day="|").partition("|")[0]
        assert waits.replace(" ", "") in work.squeezed
        await work.press("escape", "backspace")
        assert work.state(GUEST[lang], "step") == "save_the_date"

    play(invited(tmp_path, lang), lang, story, size)


def test_programs_get_sequence_and_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_work: AtWork) -> None:
        """The day's first opening is all."""

    path = invited(tmp_path, "en")
    play(path, "en", nothing)
    shell = Shell(monkeypatch, path)
    due: list[dict[str, Any]] = shell.json("today")["due"]
    found = next(row for row in due if row["name"] == GUEST["en"])
    assert (found["sequence"], found["step"], found["due_on"]) == (
        "open_day",
        "save_the_date",
        "2026-03-02",
    )
    assert [row["sequence"] for row in found["waiting"]] == ["growing"]
    told = shell.json("timeline", GUEST["en"])
    assert [(e["kind"], e["text"]) for e in told[-1:]] == [("entered", "open_day")]
    assert "open_day" in shell.run("timeline", GUEST["en"]).out
    sent = shell.json("send", GUEST["en"])
    assert sent["content"] == "open_day_invitation"
    assert shell.json("doctor")["ok"] is True


def test_an_import_lets_in_whom_a_sequence_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = invited(tmp_path, "en")
    file = tmp_path / "more.csv"
    file.write_text("Full Name,Phone,Stage\nHugo Ives,13800000009,lead\n", "utf-8")
    shell = Shell(monkeypatch, path)
    assert shell.json("import", str(file), "--dry-run")["new"] == 1
    assert [e["kind"] for e in shell.json("timeline", GUEST["en"])][-1] != "entered"
    assert shell.json("import", str(file))["new"] == 1
    assert [e["kind"] for e in shell.json("timeline", GUEST["en"])][-1] == "entered"


def test_the_undo_screen_takes_an_entering_back(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f10")
        assert _("entered") in work.text
        await work.press("enter")
        assert work.state(GUEST["en"], "sequence") == "growing"
        work.app.begin_day(reread=True)
        await work.settle()
        assert work.state(GUEST["en"], "sequence") == "growing"

    play(invited(tmp_path, "en"), "en", story)
