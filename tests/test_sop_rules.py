"""`rules.yaml`: read into exact values, its faults told with their place, kept without a parser."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rules.conditions import matches
from rules.events import ContactState
from rules.facts import values
from rules.lists import DueFrom, DueRule, ListRule, PriorityRule, judged
from rules.nouns import Reaction, Status
from rules.sop import Sop
from rules.verdicts import VerdictRules
from sop_content import LANGUAGES, rule_file, shipped
from sop_content.cache import open_sop
from sop_content.reader import read_sop
from tests.rule_kit import TODAY, compiled, desk_with
from tests.test_sop_reading import GOOD, faults_of, write

YEARS = (2025, 2026)
RULES = """\
lists:
  - id: revisit
    name: 回访
    when: last_reaction = 'positive' and stage in ('lead', 'mql')
    due: every 7 days
    reason: "{days_since_reaction} 天前积极回应"
    priority: 5
  - id: paused
    name: 已暂停
    when: >
      status = 'paused'
      and touch_count > 0
    due: 30 days after the reaction
    reason: 看看
priority:
  - when: "sequence = 'leads'"
    priority: 3
verdicts:
  minimum_sends: 20
  keep: {sure: 0.75}
"""
FILES = {**GOOD, "rules.yaml": RULES}
SEVEN = ["high_intent", "interest", "ready_for_next_stage", "revisit"]
SEVEN += ["low_interaction", "recall", "paused"]


def read(folder: Path) -> Sop:
    reading = read_sop(folder)
    assert [str(fault) for fault in reading.faults] == []
    assert reading.sop is not None
    return reading.sop


def test_rules_are_read_into_exact_values(tmp_path: Path) -> None:
    sop = read(write(tmp_path, FILES))
    assert sop.lists == (
        ListRule(
            id="revisit",
            name="回访",
            when=compiled("last_reaction = 'positive' and stage in ('lead', 'mql')"),
            due=DueRule(DueFrom.ROUND, 7),
            reason="{days_since_reaction} 天前积极回应",
            priority=5,
        ),
        ListRule(
            id="paused",
            name="已暂停",
            when=compiled("status = 'paused' and touch_count > 0\n"),
            due=DueRule(DueFrom.REACTION, 30),
            reason="看看",
        ),
    )
    assert sop.priorities == (PriorityRule(compiled("sequence = 'leads'"), 3),)
    usual = VerdictRules()
    keep = replace(usual.keep, sure=0.75)
    assert sop.verdicts == replace(usual, minimum_sends=20, keep=keep)


@pytest.mark.parametrize("text", [None, "# nothing yet\n", "lists: []\n"], ids=repr)
def test_folder_without_rules_has_none(tmp_path: Path, text: str | None) -> None:
    sop = read(write(tmp_path, GOOD if text is None else {**GOOD, "rules.yaml": text}))
    assert (sop.lists, sop.priorities, sop.verdicts) == ((), (), VerdictRules())


def one_list(**lines: str) -> str:
    """A file with one list, some of its lines in other words; an empty one is left out."""
    usual = {"id": "a", "name": "A", "when": "snoozed = 1", "due": "today", "reason": "why"}
    written = [f"    {name}: {value}\n" for name, value in {**usual, **lines}.items() if value]
    return "lists:\n  -" + "".join(written)[3:]


FAULTS: dict[str, tuple[str, list[str]]] = {
    "unknown fact": (
        one_list(when="touch_count > 1 and tuch_count > 2"),
        ['4:31: there is no fact "tuch_count": did you mean "touch_count"?'],
    ),
    "unknown fact in a block": (
        one_list(when="|\n      snoozed = 1\n      and tuch_count > 2"),
        ['6:11: there is no fact "tuch_count": did you mean "touch_count"?'],
    ),
    "unknown fact in quotes": (
        one_list(when="'stage = ''lead'' and tuch_count > 2'"),
        ['4:33: there is no fact "tuch_count": did you mean "touch_count"?'],
    ),
    "stage that the SOP does not have": (
        one_list(when="stage = 'leed'"),
        ['4:19: "stage" is never "leed": did you mean "lead"?'],
    ),
    "sequence that the SOP does not have": (
        one_list(when="sequence = 'x'"),
        ['4:22: "sequence" is never "x"; it can be growing, leads'],
    ),
    "full-width sign": (
        one_list(when="stage ＝ 'lead'"),
        ['4:17: "＝" is not read here: write the half-width sign ='],
    ),
    "rule that ends too early": (
        one_list(when="touch_count >="),
        ['4:23: after ">=" the rule ends: write what belongs there'],
    ),
    "second statement": (
        one_list(when="snoozed = 1; drop table event"),
        ["4:22: a rule is one condition: nothing may follow it"],
    ),
    "rule that begins with a quote": (
        one_list(when="'lead' = stage"),
        [
            "4:11: the text goes on after its closing quote: put all of it between the quotes",
        ],
    ),
    "no rule": (one_list(when=""), ['2:5: "when" is missing in a list']),
    "a list as rule": (
        one_list(when="[snoozed]"),
        ['4:11: "when" must be one text: put the whole text in quotes'],
    ),
    "unknown due": (
        one_list(due="every week"),
        [
            '5:10: "every week" does not say when: write one of "today", "every 7 days",'
            ' "7 days after the reaction", "7 days after the touch"'
        ],
    ),
    "due in eleven years": (
        one_list(due="every 4015 days"),
        [
            '5:10: "every 4015 days" does not say when: write one of "today", "every 7 days",'
            ' "7 days after the reaction", "7 days after the touch"'
        ],
    ),
    "no reason": (one_list(reason=""), ['2:5: "reason" is missing in a list']),
    "reason with an unknown fact": (
        one_list(reason="sent {touches} times"),
        ['6:18: there is no fact "touches": did you mean "touch_count"?'],
    ),
    "priority beyond nine": (
        one_list(priority="10"),
        ['7:15: "priority" must be a whole number from 0 to 9, not "10"'],
    ),
    "typo in a field": (
        one_list(whem="snoozed = 1"),
        ['7:5: "whem" is not a known field of a list. Did you mean "when"?'],
    ),
    "typo in a section": (
        "list: []\n",
        ['1:1: "list" is not a known field of the rules. Did you mean "lists"?'],
    ),
    "the same list twice": (
        one_list() + one_list()[7:],
        ['7:9: "a" is already taken by a list at rules.yaml:2'],
    ),
    "a section that is no list": (
        "lists: none\n",
        ['1:8: "lists" must be a list: begin each entry on a line of its own with "- "'],
    ),
    "priority without its figure": (
        "priority:\n  - when: snoozed = 1\n",
        ['2:5: "priority" is missing in a rule for the priority'],
    ),
    "priority of nothing": (
        "priority:\n  - {when: snoozed = 1, priority: 0}\n",
        ['2:35: "priority" must be a whole number from 1 to 9, not "0"'],
    ),
    "threshold that is no number": (
        "verdicts:\n  keep: {sure: 80%}\n",
        ['2:16: "sure" must be a number such as 30 or 0.8, not "80%"'],
    ),
    "unknown threshold": (
        "verdicts:\n  minimum: 3\n",
        [
            '2:3: "minimum" is not a known field of the thresholds of verdicts.'
            ' Did you mean "minimum_sends"?'
        ],
    ),
    "probability over one": (
        "verdicts:\n  keep: {sure: 2}\n",
        ["2:9: these thresholds do not fit together: see docs/verdicts.md"],
    ),
    "nothing at all": ("", ["1:1: the file is empty: write its fields, or delete it"]),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_in_rules_is_told_with_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert faults_of(tmp_path, {"rules.yaml": text}) == [f"rules.yaml:{line}" for line in expected]


def test_every_fault_of_every_rule_is_told_at_once(tmp_path: Path) -> None:
    text = (
        one_list(when="tuch_count > 1", due="never") + "priority:\n  - {when: x = 1, priority: 3}\n"
    )
    assert len(faults_of(tmp_path, {"rules.yaml": text})) == 3


def test_rules_with_a_fault_keep_the_whole_sop_out(tmp_path: Path) -> None:
    folder = write(tmp_path, {**GOOD, "rules.yaml": one_list(when="tuch_count > 1")})
    assert read_sop(folder).sop is None


def test_stage_is_not_called_unknown_when_the_stages_cannot_be_read(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path, {"rules.yaml": RULES, "sop.yaml": "x", "sequences/leads.yaml": "x"}
    )
    assert [fault for fault in faults if fault.startswith("rules.yaml")] == []


def test_more_lists_than_a_mask_has_bits_are_refused(tmp_path: Path) -> None:
    entries = "".join(one_list(id=f"l{n}")[7:] for n in range(61))
    (fault,) = faults_of(tmp_path, {"rules.yaml": f"lists:\n{entries}"})
    assert fault == "rules.yaml:302:5: an SOP has 60 lists at most: delete some"


def test_kept_rules_equal_fresh_ones(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "sop", FILES), tmp_path / "sop.json"
    fresh = open_sop(folder, cache, YEARS)
    assert open_sop(folder, cache, YEARS) == fresh == read_sop(folder, YEARS)
    assert fresh.sop is not None
    assert len(fresh.sop.lists) == 2


HIT = """
import sys
from pathlib import Path
from rules.conditions import matches
from sop_content.cache import open_sop
reading = open_sop(Path(sys.argv[1]), Path(sys.argv[2]), [2026])
rule = reading.sop.lists[1].when
print(matches(rule, {"status": "paused", "touch_count": 1}), rule.bound("r").params)
print(sorted({"yaml", "sqlglot"} & set(sys.modules)))
"""


def test_kept_rules_work_without_a_parser(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "sop", FILES), tmp_path / "sop.json"
    command = [sys.executable, "-c", HIT, str(folder), str(cache)]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)]
    miss, hit = (run.stdout.splitlines() for run in runs)
    assert miss[0] == hit[0] == "True {'r_0': 'paused', 'r_1': 0}"
    assert (miss[1], hit[1]) == ("['sqlglot', 'yaml']", "[]")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('"touch_count"', '"touch_cuont"', id="a fact that is none"),
        pytest.param('"sign": ">"', '"sign": "exec"', id="a sign that is none"),
        pytest.param('"minimum_sends"', '"least_sends"', id="a threshold that is none"),
    ],
)
def test_kept_rules_of_another_program_are_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    folder, cache = write(tmp_path / "sop", FILES), tmp_path / "sop.json"
    dumps = json.dumps
    with monkeypatch.context() as patch:
        patch.setattr(json, "dumps", lambda *a, **k: dumps(*a, **k).replace(before, after))
        open_sop(folder, cache, YEARS)
    assert after in cache.read_text("utf-8")
    assert open_sop(folder, cache, YEARS) == read_sop(folder, YEARS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_rules_are_the_seven_lists(language: str) -> None:
    sop = read(shipped(language))
    assert [rule.id for rule in sop.lists] == SEVEN
    assert all(rule.name and rule.reason for rule in sop.lists)
    assert sop.priorities
    assert sop.verdicts == VerdictRules()


def test_shipped_rules_say_the_same_in_both_languages() -> None:
    zh, en = (read(shipped(language)) for language in LANGUAGES)
    decided = [
        [(rule.id, rule.when.condition, rule.due, rule.priority) for rule in sop.lists]
        for sop in (zh, en)
    ]
    assert decided[0] == decided[1]
    assert zh.priorities == en.priorities


WARM = ContactState(1, "op1", "mql", sequence="growing", step="g01", due=TODAY)._replace(
    touches=6,
    last_touch=5,
    last_touch_day=TODAY - 3,
    last_reaction_day=TODAY - 2,
    heard=6,
    heard_day=TODAY - 2,
    added_day=TODAY - 100,
)
COLD = WARM._replace(last_touch=7, heard=None, heard_day=None, last_reaction_day=None)
PEOPLE: dict[str, tuple[ContactState, list[str]]] = {
    "positive": (
        WARM._replace(positive=1, last_reaction=Reaction.POSITIVE),
        ["revisit"],
    ),
    "exploring": (
        WARM._replace(exploring=1, last_reaction=Reaction.EXPLORING),
        ["interest"],
    ),
    "exploring after positive ones": (
        WARM._replace(exploring=1, positive=2, last_reaction=Reaction.EXPLORING),
        ["high_intent", "interest", "ready_for_next_stage"],
    ),
    "replied with a keyword": (
        WARM._replace(keywords=1, last_keyword_day=TODAY - 2),
        ["high_intent"],
    ),
    "friendly": (WARM._replace(friendly=1, last_reaction=Reaction.FRIENDLY), []),
    "rejecting": (
        WARM._replace(status=Status.PAUSED, rejecting=1, last_reaction=Reaction.REJECTING),
        ["paused"],
    ),
    "deleted the operator": (
        WARM._replace(status=Status.LOST, last_reaction=Reaction.LOST),
        ["recall"],
    ),
    "asked to be left alone": (
        WARM._replace(status=Status.DO_NOT_CONTACT, positive=5, last_reaction=Reaction.POSITIVE),
        [],
    ),
    "never wrote": (COLD, ["low_interaction"]),
    "never wrote, at the end": (
        COLD._replace(step=None, due=None),
        ["low_interaction", "recall"],
    ),
    "sent twice, never wrote": (COLD._replace(touches=2), []),
    "new": (ContactState(1, "op1", "lead"), []),
    "a customer who explores": (
        WARM._replace(stage="customer", exploring=1, positive=1, last_reaction=Reaction.FRIENDLY),
        [],
    ),
}


@pytest.mark.parametrize(("state", "expected"), PEOPLE.values(), ids=PEOPLE.keys())
def test_shipped_rules_put_on_lists(state: ContactState, expected: list[str]) -> None:
    sop = read(shipped("zh"))
    assert list(judged(sop.lists, sop.priorities, values(state, TODAY)).lists) == expected


def test_shipped_rules_run_as_sql() -> None:
    sop = read(shipped("en"))
    state = PEOPLE["positive"][0]
    db = desk_with([state])
    for rule in sop.lists:
        bound = rule.when.bound("r")
        statement = f"SELECT {bound.sql} FROM contact_state s"  # noqa: S608
        (found,) = db.execute(statement, {**bound.params, "today": TODAY}).fetchone()
        assert (found == 1) is matches(rule.when, values(state, TODAY))


def test_page_of_the_sop_shows_every_field_of_the_rules() -> None:
    page = (Path(__file__).parents[1] / "docs" / "sop.md").read_text("utf-8")
    section = page.partition("## rules.yaml")[2].partition("\n## ")[0]
    for name in {*rule_file.FIELDS, *rule_file.LIST_FIELDS, *rule_file.PRIORITY_FIELDS}:
        assert f"{name}:" in section, name
    for form in rule_file.DUE_FORMS:
        assert form in section
