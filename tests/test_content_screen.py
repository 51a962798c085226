"""The Content screen: figures, sorting, filters, and the replies behind them, by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from rules.nouns import Reaction
from rules.trends import Way
from rules.verdicts import Evidence, judge_all, usual_of
from sop_content.starting import write_copy
from store import verbs
from store.review import ContentReview
from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, cells, chosen, new_file, play
from tests.desk_kit import SOP
from tui.opening import desk
from tui.screens.contents import columns
from tui.screens.contents.choosing import Order, Shown
from tui.trend_words import way_word
from tui.words import Language, _, set_language

SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["small", "middle", "large"])


def worked(folder: Path, lang: Language = "en") -> Path:
    """A desk on which two contents went out: three of one, two of the other."""
    path = new_file(folder, lang)
    with desk(chosen(path, lang), writes="test") as opened:
        now = opened.clock()

        def told(contact: int, content: str, reaction: Reaction, words: str) -> None:
            verbs.send(opened.db, opened.shift, now, contact, content)
            verbs.react(opened.db, opened.shift, now, contact, reaction, {"reply": words})

        told(1, "schedule_template", Reaction.POSITIVE, "just what we need")
        told(2, "schedule_template", Reaction.FRIENDLY, "thanks")
        told(3, "schedule_template", Reaction.REJECTING, "leave us alone")
        told(5, "case_rush_orders", Reaction.EXPLORING, "what does it cost")
        told(6, "case_rush_orders", Reaction.FRIENDLY, "[rose]")
        verbs.note(opened.db, opened.shift, now, 5, {"note": "call on Friday"})
    return path


def titles(work: AtWork) -> list[str]:
    """The list's rows from the top, as far as they are in view."""
    return [line for line in work.lines if line[:1] == "│" and line[2:4] == "… "]


def reviewed(content: str, sends: int, positive: int) -> ContentReview:
    """A content of which so many were answered positively."""
    evidence = Evidence(sends, positive=positive)
    judged = judge_all({content: evidence}, SOP.verdicts)[content]
    usual = usual_of(Evidence(), SOP.verdicts)
    return ContentReview(content, "1.0", evidence, judged, (), (), usual)


def place_of(line: str, word: str) -> int:
    """The cell at which a word begins."""
    return cell_len(line[: line.index(word)])


def row_of(work: AtWork, title: str) -> str:
    (found,) = [line for line in titles(work) if title in line]
    return found


@SIZES
def test_each_content_has_a_row_with_its_figures(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5")
        row = row_of(work, "One-week")
        assert "… undecided" in row
        assert [part for part in row.split() if part[0] in "✿▲?✕○"] == [
            "✿1",
            "▲1",
            "?0",
            "✕1",
            "○0",
        ]
        assert "3sendssofar" in work.squeezed.replace("2sends", "3sends")
        assert "(" in work.text  # an interval
        assert all(len(line) <= size[0] for line in work.lines)

    play(worked(tmp_path), "en", story, size)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [76, 116, 196])
@pytest.mark.parametrize("versions", [False, True])
def test_headings_stand_over_their_columns(lang: Language, width: int, versions: bool) -> None:
    set_language(lang)
    try:
        heading = "".join(t for t, _look in columns.heading_line(width, versions=versions))
        marks = columns.Marks("标题", Way.FALLING)
        row = columns.row_line(reviewed("c", 60, 40), marks, width, versions=versions)
        told = "".join(text for text, _look in row)
        assert cell_len(told) == cell_len(heading) <= width
        assert place_of(heading, _("content")) == place_of(told, "标题")
        sends = place_of(heading, _("sends")) + cell_len(_("sends"))
        assert cells(told, sends - 2, sends) == "60"
        assert (_("trend") in heading) == (width > 100)
        assert (way_word(Way.FALLING) in told) == (width > 100)
    finally:
        set_language("en")


def test_one_of_one_is_no_better_than_forty_of_sixty() -> None:
    rows = [reviewed("one", 1, 1), reviewed("many", 60, 40), reviewed("none", 60, 0)]
    shown = Shown(Order.ENGAGED).only(rows, SOP)
    assert [row.content for row in shown] == ["many", "one", "none"]


def test_tab_sorts_and_the_arrows_move(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5", "tab")
        assert "sorted by sends" in work.text
        assert "One-week" in titles(work)[0]
        await work.press("tab")
        assert "positive rate" in work.text
        assert "From nine" in titles(work)[0]
        await work.press("down")
        assert "╭─ One-week" in work.text
        await work.press("tab", "tab")
        assert "sorted by verdict" in work.text
        assert "╭─ From nine" in work.text, "another order begins at the top"

    play(worked(tmp_path), "en", story)


@pytest.mark.parametrize(
    ("key", "told", "n"),
    [
        pytest.param("1", "form: article", 1, id="form"),
        pytest.param("2", "purpose: effect", 1, id="purpose"),
        pytest.param("3", "SOP: 1.0", 2, id="version"),
        pytest.param("4", "sent: this month", 2, id="period"),
        pytest.param("right", "stage: Lead", 1, id="stage"),
        pytest.param("left", "stage: Customer", 0, id="stage backwards"),
    ],
)
def test_a_filter_leaves_what_passes_it_and_0_takes_it_away(
    tmp_path: Path, key: str, told: str, n: int
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5", key)
        assert told in work.text
        assert len(titles(work)) == n
        if not n:
            assert "No content passes these filters" in work.text
        await work.press("0")
        assert len(titles(work)) == 2

    play(worked(tmp_path), "en", story)


def test_enter_opens_the_words_behind_the_numbers_and_logs_nothing(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        before = work.value("SELECT COUNT(*) FROM event")
        await work.press("f5", "tab", "enter")
        replies = ("just what we need", "thanks", "leave us alone")
        assert [words for words in replies if words not in work.text] == []
        await work.press("4")
        assert "leave us alone" in work.text
        assert "thanks" not in work.text
        await work.press("0")
        assert "Nobody reacted so" in work.text
        await work.press("5", "escape", "down", "enter", "end")
        assert "call on Friday" in work.text
        await work.press("escape")
        assert len(titles(work)) == 2
        assert work.value("SELECT COUNT(*) FROM event") == before

    play(worked(tmp_path), "en", story)


def test_figures_are_read_anew_when_the_screen_comes_back(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5")
        assert "✿1" in row_of(work, "One-week")
        contact = work.contact("Cora Dunn")
        now = work.opened.clock()
        await work.press("f2")
        verbs.react(work.opened.db, work.opened.shift, now, contact, Reaction.FRIENDLY)
        await work.press("f5")
        assert "✿2" in row_of(work, "One-week")

    play(worked(tmp_path), "en", story)


@pytest.mark.parametrize("lang", ["en", "zh"])
@SIZES
def test_a_new_desk_says_what_to_do(tmp_path: Path, lang: Language, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f5", "enter", "tab", "down", "end")
        assert "F2" in work.squeezed
        assert titles(work) == []

    play(new_file(tmp_path, lang), lang, story, size)


def test_a_script_stays_the_suggested_one_whatever_comes_back_meanwhile(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        hand = work.today.hand
        assert hand.offered is not None
        assert hand.offer is not None
        content, shown = hand.offered.content, hand.offer.variant
        assert content is not None
        assert len(hand.offered.scripts) > 1
        for script in content.scripts:
            good = 0 if script == shown else 900
            work.opened.db.execute(
                "INSERT INTO content_month (content, version, variant, digest, stage, month,"
                " operator, sends, positive)"
                " VALUES (?, '1.0', ?, ?, 'lead', 24314, 'op2', 1000, ?)",
                (content.id, script.id, script.digest, good),
            )
        await work.press("down", "up")
        assert hand.offer.variant == shown
        await work.press("enter", "enter")
        assert work.value("SELECT variant FROM touch") == shown.id

    play(new_file(tmp_path, "en"), "en", story, examined=False)


def test_the_script_pane_says_why_this_script_is_suggested(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        why = ("not sent yet", "to compare: every script", "best so far", "unproven")
        assert any(words in work.text for words in why)
        await work.press("tab")
        assert not any(words in work.text for words in why)

    play(new_file(tmp_path, "en"), "en", story)


def test_content_that_the_checks_object_to_is_marked_and_explained(tmp_path: Path) -> None:
    path = worked(tmp_path)
    folder = path.with_name("sop")
    write_copy("en", folder)
    file = folder / "content" / "effect.yaml"
    told = file.read_text("utf-8").replace("a precision parts plant", "Anna Bell, 13912345678,")
    file.write_text(told, "utf-8")

    async def story(work: AtWork) -> None:
        await work.press("f5", "tab")
        assert row_of(work, "From nine").startswith("│!")
        assert row_of(work, "One-week").startswith("│ ")
        assert "13912345678" not in work.text
        await work.press("down")
        assert "13912345678" in work.text

    play(path, "en", story, sop=folder)
