"""Refusals: a wish to be left alone is told whatever surrounds it; nothing kind is guessed."""

from __future__ import annotations

from math import log

import pytest

from rules.nouns import Reaction
from scripts.reading.features import features
from scripts.reading.leaving import leaves_for_good
from scripts.reading.model import CLASSES, Model
from scripts.reading.nearest import Examples
from scripts.reading.normal import plain
from scripts.reading.reading import Confirmed, Known, read
from tests.test_reading import reading

FOR_GOOD = {
    "a bare word": "TD",
    "a word and thanks": "退订，谢谢",
    "a letter to answer with": "回T",
    "a question that refuses": "能不能不要再发了",
    "a command put as a question": "你别再发了行不",
    "with what comes else": "再这样我直接删了",
    "words between": "你们不要再随便往我手机上乱发东西",
    "praise before it": "文章是真好，不过以后不用再发给我了",
    "thanks after it": "麻烦把我移出群发名单，谢谢",
    "one's own data": "我要求你们删除我的全部数据",
    "consent taken back": "我撤回同意，资料请删除",
    "consent never given": "我从来没同意过接收你们的广告",
    "a threat": "再来消息就去投诉你们",
    "told as done": "已举报",
    "from now on, at night": "大晚上的，以后别发",
    "a private number": "这是私人微信，谢绝推销",
    "traditional characters": "請把我的資料刪除",
    "Cantonese": "唔好再send嚟",
    "English, to no one named": "no further messages please",
    "English, data": "please delete my data",
    "English, it": "where did you get my name? delete it.",
    "English, consent": "I never agreed to receive this",
    "English, with praise": "nice posts but please take me off the list",
    "English, permission": "you don't have permission to contact me",
    "English, rude": "get lost",
    "repeated": "I have asked you twice to stop",
}


@pytest.mark.parametrize("case", FOR_GOOD)
def test_wish_to_be_left_alone_proposes_no_further_contact(case: str) -> None:
    found = reading(FOR_GOOD[case])
    assert (found.reaction, found.for_good) == (Reaction.REJECTING, True), found


NOT_FOR_GOOD = {
    "no need": "暂时不需要，谢谢",
    "once more, please": "文件过期了，麻烦再发一次",
    "a price out of reach": "价格接受不了，算了",
    "fewer, not none": "少发点吧",
    "not tonight": "今晚别打电话，在开会",
    "material in another form": "不用再发链接了，直接把文件发给我",
    "a price in place of articles": "别再发文章了，给我报个价",
    "English, a form": "don't send me the brochure again, just the price list please",
    "the foot of an advert": "全场五折，退订回T",
    "the foot of an advert, in English": "Big sale today! Reply STOP to unsubscribe",
    "no one who blocks": "不会拉黑你的，放心",
}


@pytest.mark.parametrize("case", NOT_FOR_GOOD)
def test_other_refusals_and_wishes_are_not_for_good(case: str) -> None:
    assert not leaves_for_good(plain(NOT_FOR_GOOD[case]).text)
    assert not reading(NOT_FOR_GOOD[case]).for_good


MEANT = {
    "how could one not read": ("哪能不看", "看"),
    "more than a little": ("没少看", "看"),
    "cannot agree more": ("不能同意更多", "同意"),
    "cannot wait": ("can't wait", "looking forward"),
    "would not say no": ("I wouldn't say no to it", "I would like it"),
    "no thanks are due": ("不用谢", "客气"),
}


@pytest.mark.parametrize("case", MEANT)
def test_set_phrases_say_what_they_mean(case: str) -> None:
    said, meant = MEANT[case]
    assert plain(said) == plain(meant)


def test_question_that_forbids_is_no_double_negation() -> None:
    assert "不要再发" in plain("能不能不要再发了").text


@pytest.mark.parametrize(
    "text",
    [
        "通话中断",
        "当前版本不支持展示该内容",
        "位置共享已经结束",
        "未接來電",
        "已讀 2",
        "[红包] 恭喜发财",
        "[链接] 谢谢，太好了，我要买一套",
        "图片已过期或已被清理",
    ],
)
def test_lines_of_the_chat_program_propose_nothing(text: str) -> None:
    assert reading(text).reaction is None


@pytest.mark.parametrize(
    "text",
    ["王五已经把你删除，消息发送失败", "the recipient blocked you", "对方已与你解除好友关系"],
)
def test_lines_that_tell_of_a_loss_are_no_wish(text: str) -> None:
    assert reading(text).reaction is Reaction.LOST


@pytest.mark.parametrize("text", ["1", "7", "２"])
def test_figure_alone_is_read(text: str) -> None:
    """No example shares a word with it: that is no reason to divide by nothing."""
    assert 0 <= reading(text).confidence <= 1


def test_wish_gives_way_to_what_this_desk_confirmed_for_the_same_words() -> None:
    told = reading("T", Confirmed("T", {Reaction.EXPLORING: 3}))
    assert (told.reaction, told.for_good) == (Reaction.EXPLORING, False)


@pytest.mark.parametrize(("refusing", "proposed"), [(0.05, Reaction.FRIENDLY), (0.15, None)])
def test_what_may_refuse_proposes_nothing_kind(refusing: float, proposed: Reaction | None) -> None:
    chances = {"friendly": 0.8, "rejecting": refusing, "none": 0.2 - refusing}
    feature, value = next(iter(features(plain("谢谢")).items()))
    weights = [log(chances.get(name, 1e-9)) / value for name in CLASSES]
    found = read("谢谢", Known(Model({feature: weights}), Examples(())))
    assert found.reaction is proposed
