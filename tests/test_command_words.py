"""Words on the command line: names in place of ids, choices in either language, JSON in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.publishing import Because
from tests.app_kit import new_file
from tests.shell_kit import Shell
from tui.commands.choices import Words, words_for
from tui.commands.contact import reaction_words
from tui.commands.doctor import check_word
from tui.commands.person import field_called
from tui.sop_names import extra_word
from tui.sop_wording import because_word
from tui.words import language, set_language

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "zh"))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        *(("友好", "friendly"), ("Friendly", "friendly"), ("１", "friendly"), ("积极", "positive")),
        *(("3", "exploring"), ("拒绝", "rejecting"), ("流失", "lost"), ("0", "lost")),
    ],
)
def test_a_reaction_by_any_of_its_words(told: str, kept: str) -> None:
    assert reaction_words().convert(told, None, None) == kept


def test_a_choice_by_the_words_of_both_languages() -> None:
    kinds = Words({b.value: words_for(because_word, b) for b in Because})
    assert kinds.convert("市场", None, None) == kinds.convert("MARKET", None, None) == "market"
    assert language() == "en", "asking for all words changes no language"


def test_an_error_says_the_words_of_both(shell: Shell) -> None:
    said = shell.run("log", "1", "好像", SIYU_LANG="zh")
    assert said.code == 2
    assert "friendly/友好/1" in said.err
    said = shell.run("edit", "1", "鞋码=42", SIYU_LANG="zh")
    assert said.code == 1
    assert "phone/手机" in said.err


@pytest.mark.parametrize("told", ["电话", "手机", "phone", "Phone"])
def test_a_field_by_any_of_its_words(told: str) -> None:
    assert field_called(told) == "phone"


def test_commands_take_the_words(shell: Shell) -> None:
    name = "张伟"
    assert shell.run("log", name, "积极", SIYU_LANG="zh").code == 0
    assert shell.run("edit", name, "电话=13800138123", SIYU_LANG="zh").code == 0
    assert shell.json("contact", name)["phone"] == "13800138123"
    assert shell.run("lists", "探索", SIYU_LANG="zh").code == 0


COMMANDS: dict[str, tuple[str, ...]] = {
    "doctor": ("doctor",),
    "rules test": ("rules", "test"),
    "find": ("find", "张"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_english_word_in_chinese(shell: Shell, command: tuple[str, ...]) -> None:
    said = shell.run(*command, SIYU_LANG="zh").out
    told = said.replace("desk.db.refusals", "")  # the name of a file
    english = set(re.findall(r"[A-Za-z_]{3,}", told)) - {"MQL", "SQL"}
    assert english == set(), said


def test_a_message_is_told_by_its_title(shell: Shell) -> None:
    due = shell.json("today")["due"][0]
    said = shell.run("send", due["contact"], SIYU_LANG="zh").out
    assert due["content"] not in said
    assert due["content"] not in shell.run("timeline", due["contact"], SIYU_LANG="zh").out
    assert shell.json("timeline", due["contact"])[-1]["content"] == due["content"]


def test_a_stage_is_told_by_its_name(shell: Shell) -> None:
    said = shell.run("stage", "1", "sql", "--reason", "谈过报价", "--back", SIYU_LANG="zh").out
    assert "SQL" in said, said


def test_what_the_doctor_checks_has_a_word_in_chinese(shell: Shell) -> None:
    names = [check["check"] for check in shell.json("doctor")["checks"]]
    set_language("zh")
    try:
        assert [name for name in names if not HAN.search(check_word(name))] == []
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("name (2)", "name (2)"),
        ("stage", "stage"),
        ("external_id", "external id"),
        ("城市", "城市"),
    ],
)
def test_extra_fields_of_the_desks_own_making(heading: str, word: str) -> None:
    assert extra_word(heading) == word


def test_what_a_list_says_in_json_is_english(shell: Shell) -> None:
    for name in ("1", "2", "3", "4"):
        shell.run("log", name, "2")
    reasons = [one["reason"] for n in "1234" for one in shell.json("person", "export", n)["lists"]]
    assert reasons, "somebody stands on a list"
    assert [reason for reason in reasons if HAN.search(reason)] == []
