"""What an edit of the SOP is told as."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.sop import Content, Script, Settings, Sop
from rules.sop_edits import NOTHING, Edit, edit_between
from tests.desk_kit import CONTENTS, LEADS, REST, SOP
from tui.sop_wording import edit_words

HELLO, TABLE, *_REST = CONTENTS


def with_contents(*contents: Content, without: str = "") -> Sop:
    known = {name: content for name, content in SOP.contents.items() if name != without}
    return replace(SOP, contents={**known, **{c.id: c for c in contents}})


def scripted(*scripts: Script) -> Sop:
    return with_contents(replace(HELLO, scripts=scripts))


FIRST, SECOND = HELLO.scripts
OTHER = replace(FIRST, text="早 {name}")

EDITS = {
    "nothing": (SOP, NOTHING, "nothing in them changed"),
    "a text": (scripted(OTHER, SECOND), Edit(scripts=1), "1 script changed: a new text"),
    "two texts": (
        scripted(OTHER, replace(SECOND, text="x")),
        Edit(scripts=2),
        "2 scripts changed: new texts with figures of their own",
    ),
    "a variant more": (
        scripted(FIRST, SECOND, Script("c", "x")),
        Edit(changed=1),
        "1 content changed",
    ),
    "a variant less, the other text another": (
        scripted(OTHER),
        Edit(scripts=1, changed=1),
        "1 content changed",
    ),
    "a title": (with_contents(replace(TABLE, title="表")), Edit(changed=1), "1 content changed"),
    "a content more": (
        with_contents(replace(TABLE, id="new")),
        Edit(added=1),
        "1 content added",
    ),
    "a content less": (with_contents(without="phone"), Edit(gone=1), "1 content removed"),
    "a sequence and a new one": (
        replace(SOP, sequences=(replace(LEADS, name="x"), REST, replace(REST, id="n"))),
        Edit(sequences=2),
        "2 sequences changed",
    ),
    "stages": (replace(SOP, stages=SOP.stages[:3]), Edit(stages=True), "stages changed"),
    "settings": (
        replace(SOP, settings=Settings(daily_cap=3)),
        Edit(settings=True),
        "settings changed",
    ),
    "the version": (replace(SOP, version="2.0"), Edit(version="2.0"), "now version 2.0"),
}


@pytest.mark.parametrize(("new", "edit", "words"), EDITS.values(), ids=EDITS)
def test_edit_is_counted_and_told(new: Sop, edit: Edit, words: str) -> None:
    assert edit_between(SOP, new) == edit
    assert words in edit_words(edit, 0)


def test_edit_tells_warnings_beside_what_changed() -> None:
    told = edit_words(Edit(settings=True), 2)
    assert told == "SOP: settings changed · 2 warnings, listed by siyu sop check"
