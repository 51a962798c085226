"""The next version decided: what stays, what goes, what fills the gaps, and its number."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.lint_rules import LintRule
from rules.nouns import Form, Purpose
from rules.sop import Content, Script, Sequence, Sop, Stage, Step
from rules.verdicts import Verdict
from scripts.candidates import Candidate, Ranked, rank
from scripts.lint import lint
from scripts.next_version import Change, NextVersion, next_version, version_after

TODAY = 20514
STUB = "TODO: write"
FUNCTION, EFFECT, BRAND = Purpose.FUNCTION, Purpose.EFFECT, Purpose.BRAND
DROP, PREMIUM, REWRITE = Verdict.DROP, Verdict.PREMIUM, Verdict.REWRITE


def content(name: str, purpose: Purpose = FUNCTION, **fields: Any) -> Content:
    return Content(name, name.title(), purpose, (Script("a", f"{name} for you"),), **fields)


CONTENTS = (
    content("f1"),
    content("f2"),
    content("e1", EFFECT),
    content("e2", EFFECT, stages=("mql",)),
    content("b1", BRAND),
    content("spare", EFFECT, stages=("lead",)),
)
LEADS = Sequence(
    "leads", "Leads", ("lead",), (Step("l1", 0, "f1"), Step("l2", 3, "e1"), Step("l3", 9, "b1"))
)
REST = Sequence(
    "rest",
    "Rest",
    ("mql", "sql"),
    (Step("r1", 0, "f2"), Step("r2", 2, "e2", stages=("mql",)), Step("r3", 4, "e1")),
)
SOP = Sop(
    "1.0",
    "SOP",
    tuple(Stage(name, name) for name in ("lead", "mql", "sql")),
    (LEADS, REST),
    {one.id: one for one in CONTENTS},
)


def candidates(*titles: str, **fields: Any) -> tuple[Ranked, ...]:
    """Candidates in this order."""
    found = [
        Candidate(title, f"https://example.com/{n}", TODAY - n, reads=90, **fields)
        for n, title in enumerate(titles)
    ]
    return rank(found, TODAY, SOP)


def decided(verdicts: dict[str, Verdict], *found: Ranked, sop: Sop = SOP) -> NextVersion:
    return next_version(sop, verdicts, STUB, found)


def steps(version: NextVersion, sequence: str) -> dict[str, str]:
    walked = version.sop.sequence(sequence)
    assert walked is not None
    return {step.id: step.content for step in walked.steps}


def test_what_answers_a_keyword_stays_with_it_though_no_step_sends_it() -> None:
    asking = replace(CONTENTS[0], keyword="more", reply_with="spare")
    again = replace(CONTENTS[5], keyword="again", reply_with="e2")
    sop = replace(SOP, contents={**SOP.contents, "f1": asking, "spare": again})
    dropped = {"spare": DROP, "e2": DROP, "f2": DROP}
    assert {"spare", "e2"} <= decided(dropped, sop=sop).sop.contents.keys()
    assert "f2" not in decided(dropped, sop=sop).sop.contents
    assert "e2" not in steps(decided(dropped, sop=sop), "rest").values()
    assert "spare" not in decided({"f1": DROP}, sop=sop).sop.contents, "it goes with it"


def test_gap_is_not_filled_by_what_answers_a_keyword() -> None:
    asking = replace(CONTENTS[0], keyword="more", reply_with="spare")
    sop = replace(SOP, contents={**SOP.contents, "f1": asking})
    assert steps(decided({"e1": DROP}), "leads")["l2"] == "spare"
    assert "l2" not in steps(decided({"e1": DROP}, sop=sop), "leads")


def test_nothing_dropped_changes_only_the_number() -> None:
    made = decided({"f1": PREMIUM, "e1": REWRITE, "b1": Verdict.KEEP})
    assert made.sop == replace(SOP, version="2.0")
    assert made.judged(Verdict.UNDECIDED) == ("f2", "e2", "spare")
    assert (made.changes, dict(made.added)) == ((), {})


def test_gap_is_filled_by_the_best_candidate_of_the_purpose_wherever_it_was_sent() -> None:
    made = decided({"e1": DROP}, *candidates("如何排产", "两个月降到 2 次", "案例：又一家"))
    assert steps(made, "leads") == {"l1": "f1", "l2": "new_01", "l3": "b1"}
    assert steps(made, "rest") == {"r1": "f2", "r2": "e2", "r3": "new_01"}
    new = made.sop.contents["new_01"]
    assert (new.title, new.purpose) == ("两个月降到 2 次", EFFECT)
    assert (new.form, new.target) == (Form.ARTICLE, "https://example.com/1")
    assert [script.text for script in new.scripts] == [STUB]
    assert "e1" not in made.sop.contents
    assert [change.was for change in made.changes] == ["e1", "e1"]


def test_two_gaps_get_two_candidates() -> None:
    made = decided({"f1": DROP, "f2": DROP}, *candidates("如何排产", "如何报价", "如何选"))
    assert (steps(made, "leads")["l1"], steps(made, "rest")["r1"]) == ("new_01", "new_02")
    assert [one.title for one in made.added.values() if one] == ["如何排产", "如何报价"]


@pytest.mark.parametrize("what", ["old", "known", "of another purpose"])
def test_candidate_that_does_not_fit_fills_nothing(what: str) -> None:
    (one,) = candidates("如何排产" if what != "of another purpose" else "我们的创始人")
    told = {"old": replace(one, age=366), "known": replace(one, known=True)}.get(what, one)
    assert decided({"f1": DROP}, told).added == {}


def test_without_candidates_what_nobody_sends_fills_the_gap_of_its_stages() -> None:
    made = decided({"e1": DROP})
    assert steps(made, "leads")["l2"] == "spare"
    assert "r3" not in steps(made, "rest"), "spare is for leads only"
    assert Change("rest", "r3", "e1") in made.changes


def test_then_a_premium_one_that_the_sequence_does_not_send_yet() -> None:
    made = decided({"f1": DROP, "f2": PREMIUM})
    assert steps(made, "leads")["l1"] == "f2"
    made = decided({"f2": DROP, "f1": Verdict.KEEP})
    assert "r1" not in steps(made, "rest")


def test_sequence_is_never_left_empty() -> None:
    one = replace(LEADS, steps=(Step("l1", 0, "f1", stages=("lead",)),))
    made = decided({"f1": DROP}, sop=replace(SOP, sequences=(one, REST)))
    assert steps(made, "leads") == {"l1": "f1_new_01"}
    assert made.added == {"f1_new_01": None}
    assert made.sop.contents["f1_new_01"].title == "F1"


HOSTILE = {
    "lines": ("a\nb: c\n- d", "a b: c - d"),
    "a command to the terminal": ("\x1b]52;c;eA==\x07x", "]52;c;eA==x"),
    "nothing to be seen": ("\u200b\u2060", "F1"),
    "nothing": ("", "F1"),
    "turned round": ("\u202egpj.exe", "gpj.exe"),
    "half a character": ("a\ud800b", "ab"),
}


@pytest.mark.parametrize(("title", "kept"), HOSTILE.values(), ids=HOSTILE)
def test_title_of_a_candidate_is_one_plain_line(title: str, kept: str) -> None:
    found = candidates(title, purpose=FUNCTION)
    made = decided({"f1": DROP}, *found)
    assert made.sop.contents["new_01"].title == kept


@pytest.mark.parametrize("link", ["javascript:x", "https://a b", "https://\u202e", "", "x" * 3000])
def test_link_that_is_none_is_left_out(link: str) -> None:
    (one,) = candidates("如何排产")
    made = decided({"f1": DROP}, replace(one, candidate=replace(one.candidate, link=link)))
    new = made.sop.contents["new_01"]
    assert (new.form, new.target) == (None, "")


def test_what_was_played_is_a_video() -> None:
    assert (
        decided({"f1": DROP}, *candidates("如何排产", plays=99)).sop.contents["new_01"].form
        is Form.VIDEO
    )


VERSIONS = {
    "1.0": "2.0",
    "1.9": "2.0",
    "1.2.3": "2.0.0",
    "7": "8",
    "v1.4": "v2.0",
    "spring": "spring-2",
    "2026春": "2026春-2",
    "x" * 64: "x" * 62 + "-2",
}


@pytest.mark.parametrize(("before", "after"), VERSIONS.items())
def test_number_of_the_next_version(before: str, after: str) -> None:
    if len(before) == 64:
        assert len(version_after(before)) == 64
        assert version_after(before) != before
    else:
        assert version_after(before) == after


def test_number_that_was_used_is_passed_over() -> None:
    assert version_after("1.0", {"2.0", "3.0"}) == "4.0"


verdict_sets = st.fixed_dictionaries({name: st.sampled_from(Verdict) for name in SOP.contents})
titles = st.lists(st.sampled_from(["如何排产", "案例：降到 2 次", "我们的团队", ""]), max_size=6)


@given(verdict_sets, titles)
def test_whatever_is_dropped_the_new_version_holds_together(
    verdicts: dict[str, Verdict], found: list[str]
) -> None:
    made = decided(verdicts, *candidates(*found))
    dropped = set(made.judged(DROP))
    assert dropped.isdisjoint(made.sop.contents)
    for name in SOP.contents.keys() - dropped:
        assert made.sop.contents[name] == SOP.contents[name]
    for sequence in made.sop.sequences:
        assert sequence.steps
        days = [step.day for step in sequence.steps]
        assert days == sorted(days)
        for step in sequence.steps:
            stages = step.stages or sequence.stages
            assert all(made.sop.contents[step.content].variants_for(s) for s in stages)
        for stage in sequence.stages:
            got = [s.content for s in sequence.steps if not s.stages or stage in s.stages]
            assert len(got) == len(set(got)), "nobody gets the same twice"
    assert not [one for one in lint(made.sop) if one.rule is LintRule.ARC]


def test_arc_is_kept_for_every_combination_of_two() -> None:
    for one, other in product(SOP.contents, repeat=2):
        made = decided({one: DROP, other: DROP, "f2": PREMIUM})
        assert not [found for found in lint(made.sop) if found.rule is LintRule.ARC]
