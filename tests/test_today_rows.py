"""A row of Today: the latest reactions in the order of time, and rows that may not go now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from rules.nouns import Reaction
from store import undoing, verbs
from store.queue import DueRow, StageCount, due_row
from store.timeline import last_touches
from tests.desk_kit import MONDAY, SOP, moment, new_desk, sent
from tui.due_table import touch_words
from tui.screens.card import two_rows
from tui.screens.today.drawing import Needs, row_line, signs_of, stages_line, usual_longest
from tui.wording import content_title
from tui.words import set_language

F, P, E, R = Reaction.FRIENDLY, Reaction.POSITIVE, Reaction.EXPLORING, Reaction.REJECTING


def row(*reactions: Reaction, last: Reaction | None = None) -> DueRow:
    newest = last or (reactions[-1] if reactions else None)
    many = tuple(reactions[-4:])
    who = (1, "张伟", "", "苏州新禾精密", "op1", "lead", "leads", "one", MONDAY, 0, 0)
    return DueRow(*who, 5, 0, 0, 0, 0, newest, many)


@pytest.mark.parametrize(
    ("told", "signs"),
    [
        (row(), ""),
        (row(R, F, P), "✕✿▲"),
        (row(F, F, F, P, E), "✿✿▲?"),
        (row(F, P, last=E), "✿▲?"),
        (row(F, F, F, F, last=R), "✿✿✿✕"),
    ],
    ids=["none", "in order", "the last four", "the newest answered nothing", "and is the last"],
)
def test_marks_are_the_latest_reactions_oldest_first(told: DueRow, signs: str) -> None:
    pieces = signs_of(told)
    assert "".join(sign for sign, _look in pieces) == signs
    assert len({look for _sign, look in pieces}) == len(set(signs))


@pytest.mark.parametrize(
    "told",
    [(), (P,), (P, F, E), (P, F, E, F, P)],
    ids=["none", "one", "three", "more than a row shows"],
)
def test_row_knows_the_reactions_of_the_latest_messages(
    tmp_path: Path, told: tuple[Reaction, ...]
) -> None:
    desk = new_desk(tmp_path, interval_days=1)
    contact, other = desk.add(), desk.add("别人")
    for n, reaction in enumerate(told):
        when = moment(MONDAY + n)
        sent(verbs.send(desk.db, desk.shift, when, contact, "hello"))
        verbs.react(desk.db, desk.shift, when, contact, reaction)
    found, silent = due_row(desk.db, contact), due_row(desk.db, other)
    assert found is not None
    assert silent is not None
    assert (found.reactions, silent.reactions) == (told[-4:], ())


def test_row_knows_no_reaction_that_was_taken_back(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contact = desk.add()
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    verbs.react(desk.db, desk.shift, moment(), contact, P)
    undoing.undo(desk.db, desk.shift, moment())
    found = due_row(desk.db, contact)
    assert found is not None
    assert (found.last_reaction, found.reactions) == (None, ())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [37, 52, 90])
def test_row_that_may_not_go_now_is_dim_and_its_marks_stand_apart(lang: str, width: int) -> None:
    set_language("zh" if lang == "zh" else "en")
    try:
        line = row_line(row(F, F, F, F), "step", MONDAY, "", width, hours="到20:30为止")
        told = "".join(text for text, _look in line)
        assert cell_len(told) == width
        assert "到20:30为止 " in told
        assert {look for text, look in line[1:3] if text.strip()} == {"dim"}
        open_now = row_line(row(F), "step", MONDAY, "", width)
        assert "strong" in {look for _text, look in open_now}
    finally:
        set_language("en")


def test_company_has_the_room_that_short_names_leave() -> None:
    names = ["张伟", "李芳", "王建国", *["陈静"] * 20, "一个长长长长的名字"]
    needs = Needs(usual_longest(names), 18, 12)
    told = "".join(text for text, _look in row_line(row(), "第1步", MONDAY, "", 52, needs=needs))
    assert "苏州新禾精密" in told


def test_cut_line_keeps_its_blanks() -> None:
    first, second = two_rows("one two three four five six seven eight nine", 14)
    assert (first, second) == ("one two three", "four five six…")


def test_content_that_the_sop_has_no_more_is_told_by_how_its_text_began(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contact = desk.add()
    sent(verbs.send(desk.db, desk.shift, moment(), contact, "phone"))
    told = last_touches(desk.db, contact, 1)[0]
    left = {name: c for name, c in SOP.contents.items() if name != "phone"}
    assert content_title("phone", told.script, SOP) == "Phone"
    assert content_title("phone", told.script, replace(SOP, contents=left)) == "留个电话"
    assert content_title("phone", "", replace(SOP, contents=left)) == "phone"
    assert "留个电话" in touch_words(told, replace(SOP, contents=left))


@pytest.mark.parametrize("here", ["lead", "customer"])
def test_no_count_is_cut_off_the_heading_of_stages(here: str) -> None:
    names = {"lead": "Lead", "mql": "MQL", "sql": "SQL", "customer": "Customer"}
    counts = [StageCount(stage, 38, 0, 0) for stage in names]
    told = "".join(text for text, _look in stages_line(counts, names, here, 35))
    assert cell_len(told) <= 35
    assert told.count("38") == 4
    assert f"[{names[here]} 38]" in told
    wide = "".join(text for text, _look in stages_line(counts, names, here, 60))
    assert "Customer" in wide


@pytest.mark.parametrize(
    ("needs", "room", "width", "size"),
    [
        pytest.param(Needs(8, 18, 12), 60, 90, 18, id="room for every name"),
        pytest.param(Needs(8, 18, 12), 22, 52, 8, id="room for most, and for the companies"),
        pytest.param(Needs(14, 20, 14), 20, 50, 12, id="too little for both"),
        pytest.param(Needs(4, 4, 12), 22, 52, 8, id="short names"),
        pytest.param(Needs(30, 30, 12), 60, 90, 30, id="long names in a wide list"),
    ],
)
def test_names_and_companies_share_the_room(needs: Needs, room: int, width: int, size: int) -> None:
    assert needs.name_size(room, width) == size


def test_a_blank_beside_the_brackets_goes_before_a_name_is_cut() -> None:
    names = {"lead": "Lead", "mql": "MQL", "sql": "SQL", "customer": "Customer"}
    counts = [StageCount(stage, n, 0, 0) for stage, n in zip(names, (38, 12, 10, 7), strict=True)]
    told = "".join(text for text, _look in stages_line(counts, names, "lead", 33))
    assert told == "[Lead 38]MQL 12 SQL 10 Customer 7"
