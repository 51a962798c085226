"""On the Contact screen: purchases told and corrected, links kept and opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.app_kit import LARGE, MIDDLE, SMALL, AtWork, new_file, play
from tui import opener

SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["small", "middle", "large"])
TO_PURCHASES = ("right",) * 4


@SIZES
def test_purchase_is_told_and_corrected(tmp_path: Path, size: tuple[int, int]) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", *TO_PURCHASES)
        assert "Nothing bought yet" in work.text
        await work.press("8", "1")
        await work.write("1299")
        await work.press("enter")
        await work.write("planner")
        await work.press("enter", "enter")
        assert "bought 1× · 1,299.00 CNY" in work.text
        await work.press("8", "3", "end", "ctrl+u")
        await work.write("1199")
        await work.press("enter", "enter", "enter")
        assert "bought 1× · 1,199.00 CNY" in work.text
        assert "corrected: 1,299.00 CNY" in work.text
        assert [kind for kind, _, _ in work.log()] == ["purchase", "corrected"]
        assert all(len(line) <= size[0] for line in work.lines)
        await work.press("backspace")
        assert "bought 1× · 1,299.00 CNY" in work.text
        assert work.agrees()

    play(new_file(tmp_path, "en"), "en", story, size)


def test_wrong_amount_is_told_and_stands_in_the_field_again(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", "8", "2")
        await work.write("a lot")
        await work.press("enter", "enter", "enter")
        assert '"a lot" is no amount of money' in work.text
        assert work.log() == []
        await work.press("8", "2")
        assert "a lot" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_entry_to_correct_is_chosen(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6")
        for amount in ("5", "7"):
            await work.press("8", "1", amount, "enter", "enter", "enter")
        await work.press("8", "3")
        await work.write("5.00")
        await work.press("enter", "end", "ctrl+u", "0", "enter", "enter", "enter")
        assert "bought 1× · 7.00 CNY" in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_link_is_kept_and_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str | None] = []

    def start(place: str | None, _environ: Mapping[str, str]) -> bool:
        started.append(place)
        return True

    monkeypatch.setattr(opener, "start", start)
    offer = tmp_path / "offer.pdf"
    offer.write_bytes(b"%PDF")

    async def story(work: AtWork) -> None:
        await work.press("f6", "6")
        assert "5 keeps one" in work.text
        await work.press("5")
        await work.write("offer.pdf")
        await work.press("enter", "enter")
        assert "Neither https://… nor a file" in work.text
        await work.press("5", "end", "ctrl+u")
        await work.paste("https://example.com/a")
        await work.press("enter")
        await work.write("price list")
        await work.press("enter")
        assert "6 opens: price list" in work.text
        await work.press("6")
        assert started == ["https://example.com/a"]
        await work.press("5")
        await work.paste(str(offer))
        await work.press("enter", "enter", "6", "enter")
        assert started[1:] == [str(offer)]

    play(new_file(tmp_path, "en"), "en", story)


ADDRESSES = {
    "a web link": ("https://example.com/a", True),
    "a document that is there": ("{folder}/a.pdf", True),
    "a document that is gone": ("{folder}/b.pdf", False),
    "a program": ("{folder}/run.sh", False),
    "a starter": ("{folder}/x.desktop", False),
    "another scheme": ("javascript:alert(1)", False),
    "a file's address": ("file:///etc/passwd", False),
}


@pytest.mark.parametrize(("target", "opens"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_only_links_and_documents_are_opened(tmp_path: Path, target: str, opens: bool) -> None:
    for name in ("a.pdf", "run.sh", "x.desktop"):
        (tmp_path / name).write_text("x")
    found = opener.attachment_address(target.format(folder=tmp_path))
    assert (found is not None) == opens
