"""What differs between two versions of an SOP, told by name, and `sop diff`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.lint_rules import Gravity, LintRule, LintRules
from rules.nouns import Form, Purpose
from rules.sop import Content, Script, Settings, Sop, Step, Window
from rules.sop_differences import differences
from rules.sop_edits import NOTHING, edit_between
from rules.verdicts import VerdictRules
from sop_content import shipped
from sop_content.reader import read_sop
from sop_content.starting import write_copy
from tests.desk_kit import CONTENTS, LEADS, REST, SOP
from tests.shell_kit import Shell

HELLO, TABLE, *_REST = CONTENTS
FIRST, SECOND = HELLO.scripts


def changed(content: Content = HELLO, **fields: Any) -> Sop:
    return replace(SOP, contents={**SOP.contents, content.id: replace(content, **fields)})


def walked(*steps: Step, **fields: Any) -> Sop:
    leads = replace(LEADS, steps=steps or LEADS.steps, **fields)
    return replace(SOP, sequences=(leads, REST))


ONE, TWO, THREE = LEADS.steps
CASES: dict[str, tuple[Sop, list[str]]] = {
    "nothing": (SOP, []),
    "the version": (replace(SOP, version="2.0"), ["version is 2.0, was 1.0"]),
    "a content more": (
        replace(SOP, contents={**SOP.contents, "new": replace(TABLE, id="new", title="新")}),
        ['content "新" (new) is new'],
    ),
    "a content less": (
        replace(SOP, contents={n: c for n, c in SOP.contents.items() if n != "thanks"}),
        ['content "Thanks" (thanks) is gone'],
    ),
    "a title": (changed(title="您好"), ['"hello": title is 您好, was Hello']),
    "a form": (
        changed(form=Form.LINK, target="https://example.com"),
        ['"hello": form is link, was –', '"hello": target is https://example.com, was –'],
    ),
    "a day": (changed(published=20514), ['"hello": published is 2026-03-02, was –']),
    "advertising": (changed(advertising=True), ['"hello": advertising is true, was false']),
    "a purpose": (changed(purpose=Purpose.BRAND), ['"hello": purpose is brand, was function']),
    "a text": (
        changed(scripts=(FIRST, replace(SECOND, text="早"))),
        ['script b of "hello" has another text'],
    ),
    "a script more": (
        changed(scripts=(FIRST, SECOND, Script("c", "x"))),
        ['script c of "hello" is new'],
    ),
    "a script less": (changed(scripts=(FIRST,)), ['script b of "hello" is gone']),
    "a script for a stage": (
        changed(scripts=(FIRST, replace(SECOND, stages=("lead",)))),
        ['script b of "hello" is for lead, was for –'],
    ),
    "scripts turned round": (
        changed(scripts=(SECOND, FIRST)),
        ['"hello": scripts is b, a, was a, b'],
    ),
    "a step on another day": (
        walked(ONE, replace(TWO, day=3), THREE),
        ['step two of "leads": day is 3, was 2'],
    ),
    "a step with another content": (
        walked(ONE, replace(TWO, content="hello"), THREE),
        ['step two of "leads": content is hello, was table'],
    ),
    "a step in a window": (
        walked(ONE, replace(TWO, window=Window(570, 690)), THREE),
        ['step two of "leads": window is 09:30-11:30, was –'],
    ),
    "a step less": (walked(ONE, THREE), ['step two of "leads" is gone: table on day 2']),
    "a step more": (
        walked(*LEADS.steps, Step("four", 9, "hello")),
        ['step four of "leads" is new: hello on day 9'],
    ),
    "a step in another place": (
        walked(TWO, THREE, ONE),
        ['step one of "leads" moved from place 1 to 3'],
    ),
    "a sequence's name": (walked(name="新"), ['"leads": name is 新, was 潜客']),
    "a sequence more": (
        replace(SOP, sequences=(LEADS, REST, replace(REST, id="n", name="N"))),
        ['sequence "N" (n) is new'],
    ),
    "a sequence less": (replace(SOP, sequences=(REST,)), ['sequence "潜客" (leads) is gone']),
    "a stage less": (replace(SOP, stages=SOP.stages[:3]), ['stage "成单" (customer) is gone']),
    "a setting": (
        replace(SOP, settings=Settings(daily_cap=3)),
        ["caps.operator_day is 3, was 80"],
    ),
    "the end of the day": (
        replace(SOP, settings=Settings(day_ends=300)),
        ["day_ends is 05:00, was 04:00"],
    ),
    "leave": (
        replace(SOP, settings=Settings(leave=((20514, 20515),))),
        ["leave is 2026-03-02 – 2026-03-03, was –"],
    ),
    "a threshold": (
        replace(SOP, verdicts=VerdictRules(minimum_sends=50)),
        ["verdicts.minimum_sends is 50, was 30"],
    ),
    "a check": (
        replace(SOP, lint=LintRules(gravities={LintRule.ARC: Gravity.ERROR})),
        ["lint.gravities.arc is error, was –"],
    ),
}


@pytest.mark.parametrize(("new", "told"), CASES.values(), ids=CASES)
def test_each_difference_is_a_sentence(new: Sop, told: list[str]) -> None:
    assert [str(one.message) for one in differences(SOP, new)] == told
    assert (edit_between(SOP, new) == NOTHING) == (not told)
    assert len(differences(new, SOP)) == len(told)


def test_script_carries_both_texts() -> None:
    (one,) = differences(SOP, CASES["a text"][0])
    assert (one.id, one.part, one.before, one.after) == ("hello", "b", SECOND.text, "早")


def test_lists_and_priorities_are_told_by_their_conditions() -> None:
    sop = read_sop(shipped("en")).sop
    assert sop is not None
    first, second, *others = sop.lists
    new = replace(
        sop,
        lists=(replace(first, when=second.when), *others),
        priorities=sop.priorities[:1],
    )
    told = [str(one.message) for one in differences(sop, new)]
    assert told[0] == f'list "{second.name}" ({second.id}) is gone'
    assert told[1] == f'"{first.id}": when is {second.when.text}, was {first.when.text}'
    assert told[2].startswith("priority is ")
    assert len(told) == 3


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, tmp_path / "desk.db")


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    write_copy("en", folder)
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return folder


def test_command_compares_the_sop_in_use_with_a_folder(shell: Shell, tmp_path: Path) -> None:
    new = edited(tmp_path / "new", "content/brand.yaml", "Who looks after", "Who does")
    told = shell.json("sop", "diff", str(new), "--lang", "en")
    assert (told["same"], told["from"], told["to"]) == (False, "1.0", "1.0")
    assert told["counts"]["scripts"] == 1
    (one,) = told["changes"]
    assert list(one) == ["what", "how", "id", "part", "message", "before", "after"]
    assert (one["what"], one["how"], one["id"], one["part"]) == (
        "script",
        "changed",
        "why_we_started",
        "a",
    )
    assert "Who looks after" in one["before"]
    assert "Who does" in one["after"]
    text = shell.text("sop", "diff", str(new), "--lang", "en")
    assert "- Who looks after planning" in text
    assert "+ Who does planning" in text


def test_command_compares_two_folders(shell: Shell, tmp_path: Path) -> None:
    old, new = str(write_folder(tmp_path / "a")), str(write_folder(tmp_path / "b"))
    assert shell.json("sop", "diff", old, new)["same"]
    assert "The two are the same" in shell.text("sop", "diff", old, new)


def write_folder(folder: Path) -> Path:
    write_copy("en", folder)
    return folder


@pytest.mark.parametrize("which", [0, 1])
def test_folder_that_cannot_be_read_is_named(shell: Shell, tmp_path: Path, which: int) -> None:
    folders = [str(write_folder(tmp_path / "a"))]
    folders.insert(which, str(tmp_path / "nowhere"))
    answer = shell.run("sop", "diff", *folders)
    assert answer.code == 1
    assert "nowhere" in answer.err


def test_hostile_text_passes_the_door(shell: Shell, tmp_path: Path) -> None:
    new = edited(tmp_path / "new", "content/brand.yaml", "Who looks after", "\u202e[red]x[/]")
    text = shell.text("sop", "diff", str(new), "--lang", "en")
    assert "\u202e" not in text
    assert "[red]x[/]" in text
