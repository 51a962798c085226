"""Replies read on the screens: proposed with a reason, logged by a key, answered, gone through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import MIDDLE, SMALL, AtWork, names, new_file, play
from tui.words import Language, _

PROPOSALS: dict[str, tuple[Language, str, str]] = {
    "thanks": ("zh", "谢谢[抱拳]", "1"),
    "will read it": ("zh", "收到，晚点看", "2"),
    "asks for the price": ("en", "how much is it?", "3"),
    "refuses": ("en", "not interested, thanks", "4"),
    "a line of the chat program": ("zh", "消息已发出，但被对方拒收了", "0"),
}


@pytest.mark.parametrize("case", PROPOSALS)
def test_text_that_arrived_shows_the_key_it_is_proposed_for(tmp_path: Path, case: str) -> None:
    lang, text, key = PROPOSALS[case]

    async def story(work: AtWork) -> None:
        await work.paste(text)
        assert f"→ {key} " in work.message
        assert "%" in work.message
        assert work.log() == []
        await work.press(key)
        assert len(work.log()) == 1
        assert text.split("，")[0] in work.words()[0]

    play(new_file(tmp_path, lang), lang, story, MIDDLE)


@pytest.mark.parametrize("text", ["[图片]", "今晚几点回家吃饭", "验证码 382910"])
def test_nothing_is_proposed_for_what_answers_nothing(tmp_path: Path, text: str) -> None:
    async def story(work: AtWork) -> None:
        await work.paste(text)
        assert _("nothing proposed") in work.message

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)


@pytest.mark.parametrize("screen", ["f2", "f3"])
def test_wish_to_be_left_alone_is_proposed_as_do_not_contact(tmp_path: Path, screen: str) -> None:
    """9 takes the reply as the reason; the rejection counts against the message too."""

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter", screen)
        await work.paste("别再发了，再发拉黑")
        assert "→ 9 " in work.message
        assert [kind for kind, _r, _n in work.log()] == ["touch"]
        await work.press("9")
        assert "别再发了，再发拉黑" in work.text
        assert [kind for kind, _r, _n in work.log()] == ["touch"], "the reason is asked first"
        await work.press("enter")
        assert [(kind, reaction) for kind, reaction, _n in work.log()] == [
            ("touch", None),
            ("reaction", "rejecting"),
            ("refused", None),
        ]
        assert work.value("SELECT ref FROM event WHERE kind = 'reaction'") is not None
        assert all("别再发了，再发拉黑" in words for words in work.words()[-2:])
        assert "→" not in work.lines[-3], "no text waits for a key"

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)


def test_nine_beside_another_text_begins_with_no_reason(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.paste("谢谢")
        await work.press("9")
        assert _("asked to stop") in work.text
        await work.press("1")
        assert [kind for kind, _r, _n in work.log()] == ["refused"]

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)


def test_pasted_wish_to_be_left_alone_asks_for_the_reason(tmp_path: Path) -> None:
    first, second, *_rest = names("zh")

    async def story(work: AtWork) -> None:
        await work.press("f3")
        await work.paste(f"{first}: 退订\n{second}: 谢谢")
        await work.press("down", gap=1.5)
        await work.press("up", "9")
        assert work.log() == []
        await work.press("enter")
        assert [(kind, name) for kind, _r, name in work.log()] == [
            ("reaction", first),
            ("refused", first),
        ]
        await work.press("1")
        assert work.log()[-1] == ("reaction", "friendly", second)

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)


def test_keyword_is_answered_with_its_content(tmp_path: Path) -> None:
    """3 logs it and takes up the content; the next two Enters send it as an answer."""

    async def story(work: AtWork) -> None:
        await work.press("enter", "enter")
        await work.paste("模板")
        assert "→ 3 " in work.message
        assert "《" in work.message
        await work.press("3", "enter", "enter")
        assert [kind for kind, _r, _n in work.log()] == ["touch", "reaction", "keyword", "answer"]
        sent = work.value("SELECT content FROM event WHERE kind = 'answer'")
        assert sent == "schedule_filled", "what the script promised, not the same again"

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)


def test_desk_learns_from_what_was_confirmed(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.paste("安排上，搞起")
        assert "→ 2 " not in work.message
        await work.press("2")
        await work.press("down")
        await work.paste("安排上，搞起")
        assert "→ 2 " in work.message

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)


def pasted(lang: Language) -> str:
    first, second, third, *_rest = names(lang)
    return f"{first}: 谢谢\n{second}：多少钱\n{third}: [图片]\n陌生人: 不需要"


async def open_list(work: AtWork, lang: Language) -> None:
    await work.press("f3")
    await work.paste(pasted(lang))


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
def test_several_replies_are_confirmed_one_by_one(tmp_path: Path, size: tuple[int, int]) -> None:
    first, second, *_rest = names("zh")

    async def story(work: AtWork) -> None:
        await open_list(work, "zh")
        assert _("Replies that were pasted") in work.text
        assert work.log() == []
        await work.press("1", gap=0.4)
        assert work.log() == [], "no key counts for a second"
        await work.press("1", "3")
        assert work.log() == [("reaction", "friendly", first), ("reaction", "exploring", second)]
        await work.press("space")
        assert _("skipped") in work.text

    play(new_file(tmp_path, "zh"), "zh", story, size)


def test_pasted_reply_of_nobody_asks_who_wrote_it(tmp_path: Path) -> None:
    third = names("zh")[2]

    async def story(work: AtWork) -> None:
        await open_list(work, "zh")
        await work.press("down", "down", "down", "enter")
        assert _("Find anyone") in work.text, "Enter logs nothing, but asks who it was"
        await work.write("wang")
        await work.press("enter", "4")
        assert work.log() == [("reaction", "rejecting", third)]
        assert "不需要" in work.words()[0]

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_enter_logs_none_of_several_replies_and_says_which_key_does(
    tmp_path: Path, lang: Language
) -> None:
    async def story(work: AtWork) -> None:
        await open_list(work, lang)
        await work.press("enter", gap=1.5)
        await work.press("enter", "enter")
        assert work.log() == []
        assert {"zh": "Enter 不记回复：按 1 友好", "en": "no reply: 1 friendly"}[lang] in work.text
        await work.press("1")
        assert work.log()[-1][:2] == ("reaction", "friendly")

    play(new_file(tmp_path, lang), lang, story, SMALL)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("screen", ["f2", "f3"])
def test_enter_logs_no_reply_and_what_it_does_is_seen(
    tmp_path: Path, lang: Language, screen: str
) -> None:
    """It copies and confirms as ever; that the reply waits stands behind that."""
    waits = {"zh": "回复还没记：1 友好", "en": "the reply waits: 1 friendly"}[lang]

    async def story(work: AtWork) -> None:
        await work.press(screen)
        if screen == "f3":
            await work.press("f2", "enter", "enter", "f3")
        await work.paste("谢谢")
        assert waits not in work.message
        await work.press("enter", gap=1.5)
        assert waits in work.lines[-3]
        assert "谢谢" not in work.lines[-3], "what Enter did is said instead"
        assert ("reaction", "friendly") not in [entry[:2] for entry in work.log()]
        await work.press("1")
        assert waits not in work.text
        assert work.log()[-1][:2] == ("reaction", "friendly")

    play(new_file(tmp_path, lang), lang, story, MIDDLE)


def test_leaving_the_pasted_replies_logs_nothing(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await open_list(work, "zh")
        await work.press("escape")
        assert work.log() == []
        assert _("Replies that were pasted") not in work.text
        assert "→" not in work.lines[-3], "no text waits for a key"

    play(new_file(tmp_path, "zh"), "zh", story, MIDDLE)
