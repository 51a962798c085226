"""What a drafted version still lacks: scripts to come, rewrites that were not done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.nouns import Purpose
from rules.sop import Content, Script, Sop, Stage
from rules.verdicts import Verdict
from scripts.readiness import Readiness, is_unwritten, readiness


def content(name: str, *texts: str, stages: tuple[str, ...] = ()) -> Content:
    scripts = tuple(Script(variant, text) for variant, text in zip("abc", texts, strict=False))
    return Content(name, name, Purpose.FUNCTION, scripts, stages=stages)


def sop(version: str, *contents: Content) -> Sop:
    return Sop(version, "SOP", (Stage("lead", "Lead"),), (), {one.id: one for one in contents})


OLD = sop("1.0", content("bad", "one", "two"), content("good", "fine"))
VERDICTS = {"bad": Verdict.REWRITE, "good": Verdict.KEEP}
REWRITES = {
    "as it was": (("one", "two"), ("bad",)),
    "in another order": (("two", "one"), ("bad",)),
    "one script anew": (("one", "other"), ()),
    "the bad script gone": (("one",), ()),
}


@pytest.mark.parametrize(("texts", "expected"), REWRITES.values(), ids=REWRITES)
def test_rewrite_that_was_not_done_is_told(
    texts: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    new = sop("2.0", content("bad", *texts), OLD.contents["good"])
    assert readiness(OLD, new, VERDICTS) == Readiness((), expected)


def test_same_version_and_contents_that_are_gone_lack_nothing() -> None:
    assert readiness(OLD, OLD, VERDICTS) == Readiness()
    assert readiness(OLD, sop("2.0"), VERDICTS) == Readiness()


def test_scripts_to_come_are_named() -> None:
    new = sop("2.0", content("new", "TODO: write", "written"), content("other", "TODO"))
    assert readiness(OLD, new, {}).todo == (("new", "a"), ("other", "a"))
    assert not is_unwritten(new, "new", "lead")
    assert is_unwritten(new, "other", "lead")
    limited = replace(new, contents={"x": content("x", "TODO", stages=("mql",))})
    assert not is_unwritten(limited, "x", "lead"), "not for the stage at all"
    assert not is_unwritten(new, "gone", "lead")
