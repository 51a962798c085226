"""Sequences for events and states of interaction: exact values, faults with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.nouns import INTERACTIONS, Walked
from rules.sop import Sequence, Step
from sop_content import LANGUAGES, cache, shipped
from sop_content.entering import ENTERING_FIELDS
from sop_content.reader import read_sop
from tests.rule_kit import compiled
from tests.test_sop_reading import GOOD, day, faults_of, write

NAME = "sequences/z.yaml"
FAIR = """\
id: fair
name: 展会
kind: event
on: 2026-03-18
when: stage = 'lead' and touch_count >= 1
priority: 7
steps:
  - id: invite
    day: -7
    content: case
  - id: thanks
    day: 2
    content: case
"""
QUIET = """\
id: quiet
name: 低互动
kind: low_interaction
when: unanswered = 1
priority: 3
again_after: 60 days
steps:
  - {id: ask, day: 0, content: case}
"""


def test_event_is_read_into_exact_values(tmp_path: Path) -> None:
    sop = read_sop(write(tmp_path, {**GOOD, NAME: FAIR})).sop
    assert sop is not None
    assert sop.sequence("fair") == Sequence(
        id="fair",
        name="展会",
        stages=(),
        steps=(Step("invite", -7, "case"), Step("thanks", 2, "case")),
        kind=Walked.EVENT,
        when=compiled("stage = 'lead' and touch_count >= 1"),
        priority=7,
        on=day(2026, 3, 18),
    )
    assert [s.id for s in sop.interactions] == ["fair"]
    assert sop.sequence_for("lead") == sop.sequence("leads")


def test_sequence_for_the_silent_says_when_somebody_may_enter_again(tmp_path: Path) -> None:
    once = QUIET.replace("again_after: 60 days\n", "").replace("quiet", "once")
    files = {**GOOD, NAME: QUIET, "sequences/zz.yaml": once.replace("low_interaction", "recall")}
    sop = read_sop(write(tmp_path, files)).sop
    assert sop is not None
    told = [(s.id, s.kind, s.priority, s.again_after) for s in sop.interactions]
    assert told == [("quiet", Walked.LOW_INTERACTION, 3, 60), ("once", Walked.RECALL, 3, 0)]


FAULTS: dict[str, tuple[str, list[str]]] = {
    "unknown kind": (
        FAIR.replace("kind: event", "kind: evnt"),
        ['3:7: "evnt" is not a known value of "kind". Did you mean "event"?'],
    ),
    "a stage is no kind": (
        QUIET.replace("kind: low_interaction", "kind: stage"),
        ['3:7: "stage" is not a known value of "kind". Accepted: event, low_interaction, recall.'],
    ),
    "neither stages nor kind": (
        GOOD["sequences/growing.yaml"].replace("stages: [mql]\n", "").replace("growing", "z"),
        ['1:1: "stages" or "kind" is missing in a sequence: say for whom it is'],
    ),
    "stages beside a kind": (
        FAIR.replace("priority: 7", "priority: 7\nstages: [lead]"),
        ['7:9: "stages" is for a sequence without "kind": say in "when" who enters'],
    ),
    "no condition": (
        QUIET.replace("when: unanswered = 1\n", ""),
        ['1:1: "when" is missing in a sequence'],
    ),
    "a condition that is wrong": (
        FAIR.replace("touch_count", "tuch_count"),
        ['5:26: there is no fact "tuch_count": did you mean "touch_count"?'],
    ),
    "a stage that is unknown in the condition": (
        FAIR.replace("'lead'", "'laed'"),
        ['5:15: "stage" is never "laed": did you mean "lead"?'],
    ),
    "no priority": (
        QUIET.replace("priority: 3\n", ""),
        ['1:1: "priority" is missing in a sequence'],
    ),
    "the priority of a stage": (
        QUIET.replace("priority: 3", "priority: 0"),
        ['5:11: "priority" must be a whole number from 1 to 9, not "0"'],
    ),
    "an event without a day": (
        FAIR.replace("on: 2026-03-18\n", ""),
        ['1:1: "on" is missing in a sequence'],
    ),
    "an event on a day that no calendar has": (
        FAIR.replace("2026-03-18", "2026-02-30"),
        ['4:5: "2026-02-30" is no date: write it as 2026-07-01'],
    ),
    "a day where there is no event": (
        QUIET.replace("priority: 3", "priority: 3\non: 2026-03-18"),
        ['6:5: "on" is for a sequence of kind event only: delete it'],
    ),
    "an event once more": (
        FAIR.replace("priority: 7", "priority: 7\nagain_after: 60 days"),
        ['7:14: "again_after" is for a sequence of kind low_interaction, recall only: delete it'],
    ),
    "a condition for a stage's sequence": (
        GOOD["sequences/growing.yaml"].replace("growing", "z").replace("mql", "sql")
        + "when: touch_count >= 1\n",
        [
            '3:10: "sql" is not a known value of "stages". Did you mean "mql"?',
            '6:7: "when" is for a sequence of kind event, low_interaction, recall only: delete it',
        ],
    ),
    "days without a word": (
        QUIET.replace("60 days", "60"),
        ['6:14: "60" is no number of days: write it as "60 days"'],
    ),
    "a step before nothing": (
        QUIET.replace("day: 0", "day: -1"),
        ['8:20: "day" must be a whole number from 0 to 2000, not "-1"'],
    ),
    "a step long before an event": (
        FAIR.replace("-7", "-400"),
        ['9:10: "day" must be a whole number from -366 to 2000, not "-400"'],
    ),
    "days that decrease": (
        FAIR.replace("day: 2", "day: -8"),
        ["12:10: day -8 comes after day -7: days must not decrease"],
    ),
    "a content that is not for every stage": (
        QUIET.replace("content: case", "content: table"),
        [
            '8:32: content "table" has no script for stage mql:'
            ' write "stages" in the step without it, or add a script'
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_is_told_with_its_place_and_what_is_accepted(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert faults_of(tmp_path, {NAME: text}) == [f"{NAME}:{line}" for line in expected]


def test_kept_sequences_equal_fresh_ones(tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", {**GOOD, NAME: FAIR, "sequences/q.yaml": QUIET})
    kept = tmp_path / "cache"
    fresh = cache.open_sop(folder, kept, ())
    assert cache.open_sop(folder, kept, ()).sop == fresh.sop == read_sop(folder).sop


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_sop_has_one_sequence_of_each_kind(language: str) -> None:
    sop = read_sop(shipped(language)).sop
    assert sop is not None
    assert sorted(s.kind for s in sop.interactions) == sorted(INTERACTIONS)
    assert all(s.priority and s.when for s in sop.interactions)


def test_shipped_sequences_say_the_same_in_both_languages() -> None:
    def plain(language: str) -> list[tuple[object, ...]]:
        sop = read_sop(shipped(language)).sop
        assert sop is not None
        return [
            (s.id, s.kind, s.when, s.priority, s.on, s.again_after, s.steps)
            for s in sop.interactions
        ]

    assert plain("zh") == plain("en")


def test_page_of_the_sop_shows_every_field_of_a_sequence() -> None:
    page = (Path(__file__).parents[1] / "docs" / "sop.md").read_text("utf-8")
    section = page.partition("### Events and states of interaction")[2].partition("\n## ")[0]
    for name in ENTERING_FIELDS:
        assert f"{name}:" in section, name
    for kind in INTERACTIONS:
        assert f"`{kind.value}`" in section, kind
