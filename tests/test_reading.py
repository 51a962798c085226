"""Reading replies: what is proposed and what is left alone, and how often that is right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.nouns import Reaction
from scripts.reading.accuracy import cross_validated, read_all, score_by_reaction, score_of
from scripts.reading.keywords import is_slip
from scripts.reading.model import CLASSES, Model
from scripts.reading.nearest import Examples
from scripts.reading.normal import plain
from scripts.reading.pasted import Message, messages
from scripts.reading.reading import BY_RULE, Confirmed, Known, Reading, read
from sop_content.replies import (
    digest_of,
    examples_in,
    shipped_examples,
    shipped_model,
    weights_are_of,
)

REPLIES = Path(__file__).parent / "replies"
HELD_BACK = ("unseen", "foreign", "for_good")
KEYWORDS = {"table": "模板", "card": "四步", "sheet": "worksheet", "start": "launch"}


@cache
def known() -> Known:
    return Known(shipped_model(), Examples(shipped_examples()), KEYWORDS)


def reading(text: str, *confirmed: Confirmed, last: str | None = None) -> Reading:
    return read(text, known(), confirmed, last)


PROPOSED = {
    "thanks": ("谢谢[抱拳]", Reaction.FRIENDLY),
    "thanks in traditional characters": ("謝謝您", Reaction.FRIENDLY),
    "a rose": ("🌹🌹", Reaction.FRIENDLY),
    "got it": ("收到", Reaction.FRIENDLY),
    "thanks and will read it": ("谢谢，我看看", Reaction.POSITIVE),
    "got it, later": ("收到，晚点看", Reaction.POSITIVE),
    "praise in English": ("Great article, really useful!", Reaction.POSITIVE),
    "a price": ("多少钱", Reaction.EXPLORING),
    "a price in Cantonese": ("幾錢呀", Reaction.EXPLORING),
    "material, politely": ("could you send me more details pls", Reaction.EXPLORING),
    "the boss asks too": ("我们老板也在问这个", Reaction.EXPLORING),
    "no need": ("暂时不需要，谢谢", Reaction.REJECTING),
    "no need in traditional characters": ("暫時不需要喔，謝謝", Reaction.REJECTING),
    "has a supplier": ("thanks but we already have a supplier", Reaction.REJECTING),
    "good, but no need": ("文章不错，但我们确实不需要", Reaction.REJECTING),
    "not needed is not meant": ("不是不需要，先发资料我看看", Reaction.EXPLORING),
    "two negations in English": (
        "it's not that we don't need it, what does it cost?",
        Reaction.EXPLORING,
    ),
    "no budget, but material": ("现在没预算，但资料可以先发我", Reaction.EXPLORING),
    "no budget, next year perhaps": ("现在没预算，明年可以聊", Reaction.REJECTING),
    "refused by WeChat": ("消息已发出，但被对方拒收了", Reaction.LOST),
    "friend verification": ("李总开启了朋友验证，你还不是他（她）朋友。", Reaction.LOST),
    "blocked, in English": ("You have been blocked by this user", Reaction.LOST),
}


@pytest.mark.parametrize("case", PROPOSED)
def test_reply_proposes(case: str) -> None:
    text, reaction = PROPOSED[case]
    found = reading(text)
    assert found.reaction is reaction, found


LEFT_ALONE = {
    "nothing": "",
    "blanks": " \n\t ",
    "an invisible character": "\u200b",
    "a picture": "[图片]",
    "a voice message": '[语音] 12"',
    "a file with its name": "[文件] 合同.pdf",
    "WhatsApp's mark": "<Media omitted>",
    "an automatic reply": "[自动回复]您好，我现在有事不在，一会再和您联系。",
    "out of office": "I am currently out of the office and will return on 8 March",
    "a message taken back": "张伟撤回了一条消息",
    "an invitation": "“李芳”邀请你加入了群聊",
    "a link": "https://example.com/a?b=1",
    "a phone number": "13812345678",
    "a code": "验证码 382910，请勿告诉他人",
    "a stamp": "2026-03-02 09:12:33",
    "dinner": "老婆，晚上回来吃饭吗",
    "weather": "It's raining again",
    "an advert": "本店周年庆，全场五折",
    "a wrong chat": "发错了，不好意思",
}


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_line_is_left_alone(case: str) -> None:
    assert reading(LEFT_ALONE[case]).reaction is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("别再发了，再发拉黑", True),
        ("stop messaging me", True),
        ("stop writing to me", True),
        ("unsubscribe", True),
        ("暂时不需要", False),
        ("not interested, thanks", False),
    ],
)
def test_wish_to_be_left_alone_for_good_is_told(text: str, *, told: bool) -> None:
    found = reading(text)
    assert (found.reaction, found.for_good) == (Reaction.REJECTING, told)


KEYWORD_REPLIES = {
    "as it stands": ("模板", "table", True),
    "with marks and thanks": ("“模板”，谢谢！", "table", True),
    "asked for": ("麻烦发我一份模板", "table", True),
    "a character of the same sound": ("摸板", "table", False),
    "in capitals": ("WORKSHEET", "sheet", True),
    "in the plural": ("worksheets please", "sheet", True),
    "asked for in English": ("send me the worksheet please", "sheet", True),
    "a letter too few": ("workshet", "sheet", False),
    "two letters exchanged": ("worksehet", "sheet", False),
}


@pytest.mark.parametrize("case", KEYWORD_REPLIES)
def test_keyword_proposes_its_content(case: str) -> None:
    text, content, exact = KEYWORD_REPLIES[case]
    found = reading(text)
    assert found.answer_with == content
    assert found.keyword is not None
    assert found.keyword.exact is exact
    assert found.reaction is Reaction.EXPLORING


@pytest.mark.parametrize("text", ["不要模板", "lunch?", "我们的模板用了好几年了", "是不", "谢谢"])
def test_other_words_are_no_keyword(text: str) -> None:
    assert reading(text).keyword is None


def test_last_content_answers_before_another_with_the_same_keyword() -> None:
    twice = Known(known().model, Examples(()), {"old": "模板", "new": "模板"})
    assert read("模板", twice).answer_with == "old"
    assert read("模板", twice, last="new").answer_with == "new"


@pytest.mark.parametrize(
    ("told", "wanted", "slip"),
    [
        ("abcde", "abcdf", True),
        ("abcd", "abce", False),
        ("abdc", "abcd", True),
        ("abcdef", "abcde", True),
        ("abcdefg", "abcde", False),
        ("abcde", "abcde", False),
        ("", "abcde", False),
    ],
)
def test_slips_are_one_letter_away(told: str, wanted: str, *, slip: bool) -> None:
    assert is_slip(told, wanted) is slip


def test_confirmed_words_outweigh_the_examples_that_ship() -> None:
    assert reading("谢谢").reaction is Reaction.FRIENDLY
    once = reading("谢谢", Confirmed("谢谢！", {Reaction.POSITIVE: 1}))
    assert once.reaction is Reaction.POSITIVE
    assert "confirmed" in str(once.because)
    torn = Confirmed("谢谢", {Reaction.POSITIVE: 5, Reaction.FRIENDLY: 5})
    assert reading("谢谢", torn).confidence < once.confidence


def test_confirmed_words_that_say_the_opposite_count_for_nothing() -> None:
    needed = Confirmed("需要", {Reaction.EXPLORING: 50})
    assert reading("不需要", needed).reaction is Reaction.REJECTING


def test_notices_stay_notices_whatever_was_confirmed() -> None:
    assert reading("[图片]", Confirmed("[图片]", {Reaction.FRIENDLY: 99})).reaction is None


def test_nearest_examples_are_the_reason() -> None:
    found = reading("谢谢分享，很有用！")
    assert found.nearest
    assert found.nearest[0].meant == found.reaction
    assert found.nearest[0].text in str(found.because)


SAME = {
    "characters": ("謝謝您", "谢谢你"),
    "width and case": ("ＯＫ！", "ok!"),
    "repetition": ("哈哈哈哈哈", "哈哈"),
    "short forms": ("pls don't", "please do not"),
    "two negations": ("不是不需要", "需要"),
}


@pytest.mark.parametrize("case", SAME)
def test_texts_that_mean_the_same_are_compared_as_one(case: str) -> None:
    one, other = SAME[case]
    assert plain(one) == plain(other)


def test_signs_are_taken_out_of_the_words() -> None:
    assert plain("谢谢[玫瑰]🌹[图片]").text == "谢谢 [图片]"
    assert plain("谢谢[玫瑰]👍🏽 :)").signs == ("thanks", "good", "smile")


@settings(deadline=None)  # the first reading loads the weights
@given(st.text(max_size=600))
def test_any_text_is_read(text: str) -> None:
    found = reading(text)
    assert 0 <= found.confidence <= BY_RULE
    assert found == reading(text)


@pytest.mark.parametrize(
    "text", ["[图片]" * 900, "不" * 4000, "not " * 1000, "a." * 2000, "1:" * 2000, "“" * 4000]
)
def test_long_hostile_text_is_read_at_once(text: str) -> None:
    """A pattern that tried every way of matching would still be at it when the suite ends."""
    assert 0 <= reading(text).confidence <= BY_RULE
    assert len(messages(text)) <= len(text)


def test_weights_are_those_of_the_examples() -> None:
    assert weights_are_of() == digest_of(shipped_examples()), "run: make reading"


def test_examples_have_one_class_each_and_none_is_a_test() -> None:
    examples = shipped_examples()
    assert len({example.text for example in examples}) == len(examples)
    assert {example.meant for example in examples} == set(CLASSES)
    for name in HELD_BACK:
        unseen = {example.text for example in examples_in(REPLIES / f"{name}.txt")}
        assert unseen.isdisjoint(example.text for example in examples)


@pytest.mark.parametrize("name", ["unseen", "foreign"])
def test_proposals_for_unseen_replies_are_right(name: str) -> None:
    """The promise: nine of ten proposals right, three of four replies with one."""
    judged = list(read_all(examples_in(REPLIES / f"{name}.txt"), known().model))
    score = score_of(judged)
    assert score.examples > 250
    assert score.share_right > 0.9
    assert score.share_proposed > 0.75
    assert score.astray / score.unrelated < 0.1
    for reaction, one in score_by_reaction(judged).items():
        assert one.share_right > 0.9, reaction
        assert one.share_proposed > 0.75, reaction


@pytest.mark.parametrize(("name", "most"), [("unseen", 0.01), ("foreign", 0.04), ("for_good", 0.0)])
def test_refusals_are_hardly_ever_read_as_something_kinder(name: str, most: float) -> None:
    judged = list(read_all(examples_in(REPLIES / f"{name}.txt"), known().model))
    refused = [read.reaction for one, read in judged if one.meant in ("rejecting", "lost")]
    kinder = [r for r in refused if r not in (None, Reaction.REJECTING, Reaction.LOST)]
    assert len(kinder) <= most * len(refused), kinder


def test_wishes_to_be_left_alone_are_told() -> None:
    judged = list(read_all(examples_in(REPLIES / "for_good.txt"), known().model))
    told = sum(read.for_good for _, read in judged)
    assert len(judged) > 50
    assert told / len(judged) > 0.85


def test_cross_validation_reads_each_example_once_without_having_seen_it() -> None:
    examples = shipped_examples()[:300]
    judged = list(cross_validated(examples))
    assert sorted(e.text for e, _ in judged) == sorted(e.text for e in examples)
    score = score_of(judged)
    assert score.examples + score.unrelated == 300
    blind = score_of(read_all(examples, Model({})))
    assert score.right > blind.right


PASTES = {
    "names before the words": (
        "张伟: 谢谢\n李芳：多少钱",
        [Message("张伟", "谢谢"), Message("李芳", "多少钱")],
    ),
    "names and times above": (
        "张伟 10:32\n谢谢\n\n李芳 2026/3/2 10:33:01\n多少钱",
        [Message("张伟", "谢谢"), Message("李芳", "多少钱")],
    ),
    "a WhatsApp export": (
        "[02/03/2026, 09:12:33] Tom: thanks\n02/03/2026, 09:13 - Ann Bell: how much?",
        [Message("Tom", "thanks"), Message("Ann Bell", "how much?")],
    ),
    "no names": ("谢谢\n多少钱", [Message("", "谢谢"), Message("", "多少钱")]),
    "a link is no name": (
        "https://example.com/a\nok",
        [Message("", "https://example.com/a"), Message("", "ok")],
    ),
    "times alone": ("10:32\n谢谢\n昨天 18:20\n好的", [Message("", "谢谢"), Message("", "好的")]),
}


@pytest.mark.parametrize("case", PASTES)
def test_paste_is_cut_into_messages(case: str) -> None:
    text, expected = PASTES[case]
    assert list(messages(text)) == expected
