"""`read`: the document that programs rely on, lines from standard input, and the accuracy."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from scripts.reading.training import Example
from sop_content import replies
from tests.app_kit import new_file
from tests.shell_kit import Shell

KEYS = {"text", "reaction", "confidence", "because", "keyword", "answer_with"}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk with the seven of the English file, nothing sent."""
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def test_read_answers_with_one_reading_of_the_text(shell: Shell) -> None:
    before = shell.json("timeline", "1")
    (found,) = shell.json("read", "how much is it?", "--contact", "1")
    assert found.keys() >= KEYS
    assert found["reaction"] == "exploring"
    assert found["keyword"] is None
    assert shell.json("timeline", "1") == before


def test_lines_of_standard_input_are_read_one_by_one(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "\ufeffthanks\r\n\r\ntemplate\r\n[图片]\n不需要".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    found = shell.json("read")
    assert [one["text"] for one in found] == ["thanks", "template", "[图片]", "不需要"]
    assert [one["reaction"] for one in found] == ["friendly", "exploring", None, "rejecting"]
    assert found[1]["answer_with"] == "schedule_filled", "what the script promised"


COPIED = {
    "a name before the words": ("王五: 不需要", "rejecting"),
    "a time and a name": ("[2026/3/2, 10:33:01] Tom: how much is it?", "exploring"),
    "a name and a time above": ("王五 10:33\n谢谢", "friendly"),
    "a time alone": ("昨天 10:33", None),
}


@pytest.mark.parametrize("case", COPIED)
def test_names_and_times_of_a_copied_chat_are_not_read(case: str, shell: Shell) -> None:
    text, reaction = COPIED[case]
    (found,) = shell.json("read", text)
    assert (found["text"], found["reaction"]) == (text, reaction)


def test_what_was_confirmed_is_learned(shell: Shell) -> None:
    assert shell.json("read", "zonk the quux")[0]["reaction"] is None
    shell.json("log", "1", "positive", "--reply", "zonk the quux")
    (found,) = shell.json("read", "Zonk the quux!")
    assert found["reaction"] == "positive"
    shell.json("undo")
    assert shell.json("read", "zonk the quux")[0]["reaction"] is None


def test_unknown_contact_is_told(shell: Shell) -> None:
    assert shell.run("read", "thanks", "--contact", "nobody").code == 1


def test_replies_are_read_where_there_is_no_desk(tmp_path: Path, shell: Shell) -> None:
    shell.database = tmp_path / "none.db"
    assert shell.json("read", "thanks")[0]["reaction"] == "friendly"
    assert not shell.database.exists()


def test_people_see_key_reason_and_words(shell: Shell) -> None:
    told = shell.text("read", "stop messaging me")
    assert told.startswith("9 ✕ do not contact")
    assert "4 would only pause" in told


OPT_OUTS = ("别再给我发了，再发拉黑", "退订", "TD", "滚", "unsubscribe", "stop messaging me")


@pytest.mark.parametrize("text", OPT_OUTS)
def test_wish_to_be_left_alone_proposes_the_key_that_stops_for_good(
    shell: Shell, text: str
) -> None:
    (found,) = shell.json("read", text)
    assert (found["key"], found["do_not_contact"]) == ("9", True)
    assert found["reaction"] == "rejecting"


@pytest.mark.parametrize(("text", "key"), [("not interested, thanks", "4"), ("[图片]", None)])
def test_other_replies_propose_the_key_of_their_reaction(
    shell: Shell, text: str, key: str | None
) -> None:
    assert shell.json("read", text)[0]["key"] == key


def test_hostile_reply_reaches_no_terminal(shell: Shell) -> None:
    assert "\x1b" not in shell.run("read", "\x1b]52;c;UFdO\x07 thanks").out


def test_accuracy_is_told_by_language_and_reaction(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [*replies.shipped_examples()[:200], Example("nothing at all", "none", "en")]
    monkeypatch.setattr(replies, "shipped_examples", lambda: few)
    found = shell.json("read", "--accuracy")
    assert found.keys() == {"all", "en", "zh"}
    assert found["all"]["examples"] == found["en"]["examples"] + found["zh"]["examples"]
    assert found["all"]["reactions"].keys() == {
        "friendly",
        "positive",
        "exploring",
        "rejecting",
        "lost",
    }
    assert "proposed" in shell.text("read", "--accuracy")
