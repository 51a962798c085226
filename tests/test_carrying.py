"""A text that a new version took over keeps what is known of it; a changed one does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rules.nouns import Reaction
from rules.verdicts import Evidence, Verdict
from store.carrying import Carried, carried
from store.review import review
from tests.desk_kit import SOP, Desk, new_desk
from tests.test_review import AGAINST, the_one, with_text, work_by, write_to


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path, daily_cap=10_000)


def known(desk: Desk) -> dict[str, Carried]:
    sop = desk.shift.sop
    return carried(review(desk.db, sop), sop)


def test_same_text_is_judged_by_the_sends_of_both_versions(desk: Desk) -> None:
    write_to(desk, AGAINST)
    work_by(desk, replace(SOP, version="2.0"))
    one = known(desk)["hello"]
    assert (one.review.version, one.review.verdict) == ("2.0", Verdict.REWRITE)
    assert one.review.evidence.sends == len(AGAINST)
    write_to(desk, [Reaction.FRIENDLY] * 5)
    one = known(desk)["hello"]
    assert one.review.evidence.sends == len(AGAINST) + 5
    assert {v: e.sends for v, e in one.earlier.items()} == {"1.0": len(AGAINST)}
    assert the_one(review(desk.db, desk.shift.sop), "2.0").evidence.sends == 5, "per version"


def test_changed_text_brings_nothing_along(desk: Desk) -> None:
    write_to(desk, AGAINST)
    work_by(desk, with_text(SOP, "another text", "2.0"))
    write_to(desk, [Reaction.FRIENDLY] * 5)
    one = known(desk)["hello"]
    assert (one.review.evidence, dict(one.earlier)) == (Evidence(5, friendly=5), {})
    assert one.review.rewritten


def test_content_that_the_version_has_not_is_not_judged(desk: Desk) -> None:
    write_to(desk, AGAINST)
    contents = {name: one for name, one in SOP.contents.items() if name != "hello"}
    work_by(desk, replace(SOP, version="2.0", contents=contents))
    assert known(desk) == {}
