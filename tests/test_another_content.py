"""Something else to send: what a contact had, what fits its interests, what came of a content."""

from __future__ import annotations

from pathlib import Path

from tests.app_kit import AtWork, new_file, play


def first_line(work: AtWork) -> str:
    """The line that Enter would take, from its mark on."""
    return next(line[line.index("▌") :] for line in work.lines if "▌" in line)


async def ask(work: AtWork, words: str = "") -> None:
    await work.press("8")
    await work.write(words)


def test_what_was_sent_is_dated_stands_last_and_warns_on_the_card(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        title = work.opened.shift.sop.contents[work.value("SELECT content FROM touch")].title
        await ask(work)
        assert title[:12] not in first_line(work)
        await work.write(title[:12])
        assert "sent 2 Mar" in first_line(work)
        await work.press("enter")
        assert "! had this already on 2 Mar" in work.text
        await ask(work, "kitting")
        await work.press("enter")
        assert "had this already" not in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_content_about_an_interest_point_stands_first(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await ask(work)
        assert "fits" not in work.text
        await work.press("escape", "7", "enter", "enter")
        await work.write("rush orders")
        await work.press("enter")
        await ask(work)
        assert "fits rush orders" in first_line(work)

    play(new_file(tmp_path, "en"), "en", story)


def test_content_with_a_verdict_shows_its_sign(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        title = work.opened.shift.sop.contents[work.value("SELECT content FROM touch")].title
        await ask(work, title[:12])
        assert "★" not in first_line(work)
        await work.press("escape")
        work.opened.db.execute("UPDATE content_month SET sends = 60, positive = 40")
        await ask(work, title[:12])
        assert "★" in first_line(work)

    play(new_file(tmp_path, "en"), "en", story, examined=False)
