"""What the checks of the practice find, what they leave alone, and what lint.yaml changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.lint_rules import Gravity, LintLimits, LintRule, LintRules
from rules.nouns import Form, Purpose
from rules.sop import Content, Script, Sequence, Sop, Stage, Step
from scripts.findings import Finding
from scripts.lint import by_content, lint

TODAY = 20514


def content(content_id: str = "one", text: str = "", **fields: Any) -> Content:
    """A content without fault: short, with a form and a line to reply to."""
    usual = {
        "form": Form.LINK,
        "target": "https://example.com/x",
        "keyword": "表",
        "reply_with": "more",
    }
    scripts = (Script("a", text or f"{content_id * 20}，回“表”"),)
    known = {"title": content_id.title(), "purpose": Purpose.FUNCTION, "scripts": scripts}
    return Content(content_id, **{**known, **usual, **fields})


def sop(*contents: Content, steps: tuple[Step, ...] = (), **fields: Any) -> Sop:
    """An SOP whose one sequence sends every content in turn, unless steps say otherwise."""
    sent = steps or tuple(Step(f"s{n}", n, one.id) for n, one in enumerate(contents))
    stages = (Stage("lead", "Lead"), Stage("mql", "MQL"))
    sequence = Sequence("walk", "Walk", ("lead", "mql"), sent)
    return Sop("1.0", "SOP", stages, (sequence,), {one.id: one for one in contents}, **fields)


def found(checked: Sop, **more: Any) -> list[tuple[str, str]]:
    """The rule and the place of each finding, in order."""
    return [(one.rule.value, place(one)) for one in lint(checked, TODAY, **more)]


def place(finding: Finding) -> str:
    parts = (
        (finding.sequence, finding.step) if finding.sequence else (finding.content, finding.script)
    )
    return "/".join(filter(None, parts))


LONG = "，".join(["这一段没有停顿"] * 20)
ASKED = "回“表”"
CONTENTS: dict[str, tuple[Content, list[tuple[str, str]]]] = {
    "nothing": (content(), []),
    "a paragraph without a break": (
        content(text=f"{LONG}\n{ASKED}"),
        [("wall_of_text", "one/a")],
    ),
    "short paragraphs, too many": (
        content(text="\n".join(["这一句不长，但是太多了。"] * 20 + [ASKED])),
        [("wall_of_text", "one/a")],
    ),
    "Latin letters count a half": (content(text=f"{'word ' * 45}\n{ASKED}"), []),
    "text alone": (content(form=None, target=""), [("second_form", "one")]),
    "no keyword": (content(keyword="", text="看看吧"), [("reply_line", "one")]),
    "a brand needs no keyword": (content(keyword="", text="看看吧", purpose=Purpose.BRAND), []),
    "a keyword that the script does not ask for": (
        content(text="看看吧", purpose=Purpose.BRAND),
        [("reply_line", "one/a")],
    ),
    "a keyword by its blank": (content(text="回“{keyword}”"), []),
    "a keyword in another case": (content(keyword="Table", text="reply TABLE"), []),
    "a year and a day": (content(published=TODAY - 366), [("age", "one")]),
    "a year": (content(published=TODAY - 365), []),
    "to come": (content(published=TODAY + 9), []),
    "a mobile": (content(text=f"找 13912345678 {ASKED}"), [("customer_details", "one")]),
    "a mobile with blanks": (
        content(text=f"找 139 1234 5678 {ASKED}"),
        [("customer_details", "one")],
    ),
    "full-width digits": (
        content(text=f"找１３９１２３４５６７８{ASKED}"),
        [("customer_details", "one")],
    ),
    "a line": (content(text=f"0512-65551234 {ASKED}"), [("customer_details", "one")]),
    "a number abroad": (
        content(text=f"+49 30 901820 55 {ASKED}"),
        [("customer_details", "one")],
    ),
    "figures are no phone": (
        content(text=f"从 71.5% 到 93%，28000 件，2025-2026，第 13800000 单 {ASKED}"),
        [],
    ),
    "a customer by the surname": (
        content(text=f"王总说很好 {ASKED}", purpose=Purpose.EFFECT),
        [("customer_details", "one")],
    ),
    "a total is no Mr Wang": (content(text=f"一张总表 {ASKED}", purpose=Purpose.EFFECT), []),
    "a company by its form": (
        content(text=f"苏州新禾精密有限公司 {ASKED}", purpose=Purpose.EFFECT),
        [("customer_details", "one")],
    ),
    "a company in English": (
        content(text=f"At Harbour Tools Ltd they did {ASKED}", purpose=Purpose.EFFECT),
        [("customer_details", "one")],
    ),
    "still to be written": (content(text="TODO：写"), [("todo", "one/a")]),
    "a keyword that brings the same again": (content(reply_with=""), [("reply_with", "one")]),
    "a keyword that names itself": (content(reply_with="one"), [("reply_with", "one")]),
    "a word that begins like it": (content(text=f"TODOS {ASKED}"), []),
}


@pytest.mark.parametrize(("checked", "expected"), CONTENTS.values(), ids=CONTENTS)
def test_content_is_asked_for_what_the_practice_asks(
    checked: Content, expected: list[tuple[str, str]]
) -> None:
    only = (Step("s", 0, "fn"), Step("t", 1, "one"))
    before = content("fn", "另一条，回“表”取")
    assert found(sop(before, checked, steps=only)) == expected


PEOPLE = ("张伟", "苏州新禾", "Anna Bell", "Li", "12345", "")
NAMED: dict[str, tuple[str, Purpose, bool]] = {
    "a name": ("上次张伟说", Purpose.EFFECT, True),
    "a company": ("在苏州新禾的车间", Purpose.EFFECT, True),
    "a Latin name": ("as Anna Bell says", Purpose.EFFECT, True),
    "part of a Latin word": ("as Joanna Bellamy says", Purpose.EFFECT, False),
    "the end of a Latin word": ("as MaryAnna Bell says", Purpose.EFFECT, False),
    "too short to tell": ("Life is good, Li", Purpose.EFFECT, False),
    "a number": ("12345 orders", Purpose.EFFECT, False),
    "no case": ("上次张伟说", Purpose.FUNCTION, False),
}


@pytest.mark.parametrize(("text", "purpose", "told"), NAMED.values(), ids=NAMED)
def test_case_that_names_somebody_of_the_desk_is_told(
    text: str, purpose: Purpose, told: bool
) -> None:
    checked = sop(content(text=f"{text} {ASKED}", purpose=purpose))
    assert found(checked, people=PEOPLE) == ([("customer_details", "one")] if told else [])
    assert found(checked) == []


def test_the_detail_is_named() -> None:
    (finding,) = lint(sop(content(text=f"请找 13912345678，{ASKED}")), TODAY)
    assert "13912345678" in str(finding.message)


def test_without_a_day_nothing_is_old() -> None:
    assert lint(sop(content(published=0))) == ()


FUNCTION, EFFECT, BRAND, SERVICE = (
    Purpose.FUNCTION,
    Purpose.EFFECT,
    Purpose.BRAND,
    Purpose.SERVICE,
)
ARCS: dict[str, tuple[list[Purpose], list[int]]] = {
    "in order": ([FUNCTION, FUNCTION, EFFECT, BRAND], []),
    "brand first": ([BRAND, FUNCTION, EFFECT, EFFECT], [0]),
    "one function late": ([FUNCTION, EFFECT, EFFECT, FUNCTION, BRAND], [3]),
    "effect after brand": ([FUNCTION, BRAND, EFFECT, BRAND], [1]),
    "service anywhere": ([SERVICE, FUNCTION, SERVICE, EFFECT, SERVICE, BRAND, SERVICE], []),
    "turned round": ([BRAND, EFFECT, FUNCTION], [0, 1]),
    "no effect at all": ([FUNCTION, BRAND], []),
}


@pytest.mark.parametrize(("purposes", "wrong"), ARCS.values(), ids=ARCS)
def test_step_that_breaks_the_arc_is_named(purposes: list[Purpose], wrong: list[int]) -> None:
    contents = [content(f"c{n}", purpose=p) for n, p in enumerate(purposes)]
    assert found(sop(*contents)) == [("arc", f"walk/s{n}") for n in wrong]


def test_arc_is_that_of_a_stage() -> None:
    """What a stage never gets does not stand before what it gets."""
    contents = (content("b", purpose=BRAND), content("f"))
    apart = (Step("s0", 0, "b", stages=("lead",)), Step("s1", 1, "f", stages=("mql",)))
    assert found(sop(*contents, steps=apart)) == []
    assert found(sop(*contents)) == [("arc", "walk/s0")]


@given(st.lists(st.sampled_from(list(Purpose)), max_size=12))
def test_arc_is_kept_once_the_named_steps_are_gone(purposes: list[Purpose]) -> None:
    contents = [content(f"c{n}", purpose=p) for n, p in enumerate(purposes)]
    checked = sop(*contents)
    told = {f.step for f in lint(checked, TODAY) if f.rule is LintRule.ARC}
    left = tuple(s for s in checked.sequences[0].steps if s.id not in told)
    again = replace(checked, sequences=(replace(checked.sequences[0], steps=left),))
    assert [f for f in lint(again) if f.rule is LintRule.ARC] == []


ADVERTS: dict[str, tuple[str, list[str]]] = {
    "one": ("...A......", []),
    "two far apart": ("..A.....A.", []),
    "two in a row": ("....AA....", ["walk/s5"]),
    "three in a row": ("....AAA...", ["walk/s5", "walk/s6"]),
    "too many": ("A.A.A", ["walk/s4"]),
    "the only one": ("A", []),
}


@pytest.mark.parametrize(("pattern", "expected"), ADVERTS.values(), ids=ADVERTS)
def test_advertising_is_rare(pattern: str, expected: list[str]) -> None:
    contents = [content(f"c{n}", advertising=sign == "A") for n, sign in enumerate(pattern)]
    assert found(sop(*contents)) == [("advertising", one) for one in expected]


def test_content_without_a_step_is_told() -> None:
    assert found(sop(content(), content("two"), steps=(Step("s", 0, "one"),))) == [
        ("unused", "two")
    ]


SAME = "三个信号，中一个就该留意：每天早会都在改计划；急单全靠喊。回“表”就发您"


def test_content_that_answers_a_keyword_needs_no_step_and_no_keyword() -> None:
    answer = content("more", text="这里是填好的示例", keyword="", reply_with="")
    walked = (Step("s0", 0, "one"),)
    assert found(sop(content(), answer, steps=walked)) == []
    unnamed = found(sop(content(reply_with="other"), answer, steps=walked))
    assert unnamed == [("reply_line", "more"), ("unused", "more")]


def test_nearly_the_same_script_is_told_with_the_one_it_is_like() -> None:
    twice = (Script("a", SAME), Script("b", SAME + "哦"), Script("c", "另一种说法，回“表”"))
    (finding,) = lint(sop(content(scripts=twice)), TODAY)
    assert (finding.rule, finding.script) == (LintRule.NEAR_DUPLICATE, "b")
    (finding,) = lint(sop(content(text=SAME), content("two", text=f"{SAME}\n")), TODAY)
    assert (finding.content, finding.other) == ("two", "one")
    assert set(by_content([finding])) == {"one", "two"}


def test_gravity_exceptions_and_limits_are_those_of_the_file() -> None:
    alone = content(form=None, target="")

    def checked(**fields: Any) -> list[Gravity]:
        return [f.gravity for f in lint(sop(alone, lint=LintRules(**fields)), TODAY)]

    rule = LintRule.SECOND_FORM
    assert checked() == [Gravity.WARNING]
    assert checked(gravities={rule: Gravity.ERROR}) == [Gravity.ERROR]
    assert checked(gravities={rule: Gravity.OFF}) == []
    assert checked(exceptions={"one": (rule,)}) == []
    assert checked(exceptions={"one": (LintRule.ARC,)}) == [Gravity.WARNING]
    assert checked(exceptions={"walk": (LintRule.ARC,)}) == [Gravity.WARNING]
    assert checked(limits=LintLimits(text_length=1)) == [Gravity.WARNING, Gravity.WARNING]


def test_sequence_can_be_an_exception() -> None:
    turned = (content("b", purpose=BRAND), content("f"))
    rules = LintRules(exceptions={"walk": (LintRule.ARC,)})
    assert found(sop(*turned, lint=rules)) == []


@given(
    st.lists(
        st.builds(
            content,
            st.sampled_from(["a", "b", "c"]),
            st.text(min_size=1, max_size=300),
            title=st.text(max_size=20),
            keyword=st.text(max_size=3),
            published=st.none() | st.integers(0, 40_000),
        ),
        max_size=3,
        unique_by=lambda one: one.id,
    ),
    st.frozensets(st.text(max_size=50), max_size=50),
)
def test_any_text_is_checked_the_same_way_twice(
    contents: list[Content], people: frozenset[str]
) -> None:
    checked = sop(*contents)
    assert lint(checked, TODAY, people) == lint(checked, TODAY, people)
