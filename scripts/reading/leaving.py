"""The wish to be left alone for good: asked for, commanded, or told as done.

Invariant: it is looked for before anything is weighed, since the worst mistake
of a reading is to write again to somebody who has forbidden it. A text that goes
on to ask for something ("别发文章了，直接报价") is not one.
"""

from __future__ import annotations

import re

from scripts.reading.cues import CLAUSE_ENDS, clauses, cues_of
from scripts.reading.words.asking import ASKING

_SEND = (
    r"(?:群?发|传|推送?|打电话|打|联系|打扰|骚扰|烦|找|推销|密|私信?|cue|加我|留言|send|"
    r"来烦|来消息|来信|来电|来讯)"
)
_AGAIN = r"(?:再|老|总|天天|继续|一直|老是|总是|随便|给我|向我|跟我|往我这|来)"
_NOT = r"(?:别|不要|不用|不必|不许|不准|请勿|勿|甭|莫|休要|少)"
_MINE = r"我?的?(?:全部|所有|个人|联系|手机)?(?:数据|信息|消息|资料|号码|电话|联系方式|微信|隐私)"
_DATA = r"(?:data|number|details|information|contact|phone|name|email|record)s?"
_MESSAGES = (
    r"(?:messages?|texts?|mails?|emails?|calls?|ads?|promotions?|offers?|updates|spam|stuff)"
)
_WANT = r"(?:想|愿意?|希望|愿|需要|接受|同意)"
_TO = (
    r"(?:contact|text|messag|message|call|write|writ|email|mail|spam|bother|disturb|whatsapp|ping|"
    r"harass|send|msg)"
)

_WHOLE = re.compile(
    r"^(?:(?:请|please|回复?|我要|麻烦) ?)?(?:td|t|退订|退订了|取消订阅|取消关注|拒收|退出"
    r"|勿扰|请勿打扰|停止|滚|滚远点|"
    r"滚蛋|stop|stop all|stop it|unsubscribe|remove|remove me|opt ?-?out|end|quit|"
    r"cancel subscription|do not disturb|dnd)(?:[,. ]*(?:please|now|thanks|谢谢|吧|了))?[.! ]*$"
)
_ANYWHERE = re.compile(
    "|".join(
        f"(?:{pattern})"
        for pattern in (
            # Commanded: not again, not to me, not from now on.
            rf"{_NOT}{_AGAIN}{{1,3}}.{{0,8}}?{_SEND}",
            rf"{_NOT}{_SEND}(?:给我|我|广告给我|消息给我)?(?:了|啦|咯|喽|哈|啊)(?!.{{0,2}}[吗?])",
            r"(?:别|请勿|不要|请别|不许|无需)再?(?:给我)?(?:发|打|联系|打扰|骚扰|推送"
            r"|群发)(?:我|电话|广告|这些|消息)?"
            r"(?=[,.!]|$)",
            rf"(?:以后|今后|往后|从今).{{0,8}}?(?:{_NOT}|免了).{{0,6}}?(?:{_SEND}|带我|联系|了$)",
            rf"{_NOT}{_SEND}给我(?=[,.!]|$)|{_NOT}.{{0,10}}?给我{_SEND}(?:了|啦)",
            r"(?:再|还).{0,6}(?:就|直接|立马|马上).{0,4}(?:删|拉黑|举报|投诉|报警|屏蔽)",
            rf"(?:可以|能|能不能|可不可以)(?:请你)?(?:别|不要?)再?{_SEND}",
            r"不再(?:接收|需要接收|收|看到?)|(?:停止|终止)(?:向我|给我|对我)?(?:的|这种)?"
            r"(?:骚扰|发|传送|推送|打扰|联系|群发)",
            r"不(?:想|愿意?)再(?:看|见|收|听|接)到?|有什么都别(?:告诉|通知)我",
            r"(?:谢绝|拒绝|杜绝|不接受?|不收|不同意)(?:一切|任何|所有)?.{0,4}"
            r"(?:推广|推销|营销|广告|打扰|骚扰|群发)",
            rf"不{_WANT}(?:再|继续)?(?:收到?|看到?|接收)(?:到)?.{{0,6}}"
            r"(?:消息|信息|广告|推送|推销|内容|短信|东西)",
            r"(?:消息|信息|广告|推送).{0,6}(?:一条|一个字)?.{0,3}(?:都|也)不(?:想|要)(?:收|看)",
            r"不接受.{0,8}(?:推广|推销|营销|广告)",
            r"(?:不|没有?|从未|从没|未曾|未)(?:有)?(?:同意|授权|允许)过?(?:你们?|继续|任何|加)?"
            r".{0,6}(?:接收|收到|发|联系|用我|营销|推广|使用)|勿联系",
            # The person's own data and consent.
            rf"(?:删除|删掉|删了|删|移除|抹掉|销毁|清除|注销){_MINE}"
            rf"|{_MINE}.{{0,3}}(?:删除|删掉|删了|移除|销毁|清除)",
            r"(?:撤回|收回|撤销|取消).{0,4}(?:同意|授权)|(?:同意|授权).{0,2}(?:撤回|撤销|取消"
            r"|作废)"
            r"|(?:撤回|取消|收回)授权",
            r"(?:把|将)我.{0,12}(?:删|清|移|去掉|拉出|剔除|踢|退出|拿掉|除名|划掉)"
            r"|从.{0,10}(?:名单|列表|群发).{0,6}(?:删|移|去掉|剔除|拿掉"
            r"|退)(?!.{0,4}(?:你们?产品|功能))"
            r"|群发.{0,5}(?:别|不要?)(?:再)?(?:带|加|算|发)?(?:上)?我"
            r"|群发.{0,6}把我.{0,3}(?:去|删|移)"
            r"|(?:名单|列表|群发|系统|通讯录|分组).{0,6}(?:去掉|删掉?|移除|拿掉|剔除|清掉|划掉)我",
            # Told as done, or threatened.
            r"(?:再|还|继续)(?:这样|这么)?.{0,6}(?:发|骚扰|烦|打|联系|传|来).{0,6}?"
            r"(?:拉黑|举报|投诉|报警|删|屏蔽|一条试试)",
            r"(?:已经?|要|准备|马上|直接|就|给你)(?:向\w{0,6})?(?:把你)?(?:拉黑|举报|投诉|屏蔽"
            r"|报警)"
            r"|^(?:拉黑|举报|屏蔽|投诉)(?:你|了)|(?:把|将)你(?:们)?.{0,4}(?:删|拉黑|屏蔽"
            r"|免打扰)|互相?删|被我(?:举报|投诉|拉黑|屏蔽|删)|(?:我|要|就)去?告你|小心我告"
            r"|^.{0,6}已删(?:了|你)?$"
            r"|(?:我|就)要?(?:把)?删(?:了)?你(?:了|啦)|删好友|^已取消关注|^删了我|我要退群"
            r"|洗版|小心我.{0,3}(?:报警|投诉|举报)"
            r"|向?12321|12315|会(?:投诉|举报|报警)|要(?:投诉|举报|报警|检举)",
            r"求?(?:放过|饶了我)|(?:侵犯|泄露).{0,4}隐私|别(?:来)?烦我|离我远点|滚(?:开|远|蛋)"
            r"|走开|闭嘴|闭麦|烦透|烦死|烦不烦|太烦",
            r"不要(?:用来|拿来)(?:推销|发广告)|别逼我|没完没了了?是吧|有完没完"
            r"|我.{0,3}(?:开|设|设成|设置)(?:了|成|为)?(?:消息)?免打扰|把你(?:们)?(?:折叠|设)",
            # English.
            rf"\b(?:do not|don't|never|not to) (?:\w+ )?{_TO}(?:ing)? "
            r"(?:to )?(?:me|us|this number|here|any ?more|again)\b",
            rf"(?:^|please |request you )(?:do )?not (?:to )?{_TO}[.! ]*$",
            rf"\b(?:stop|quit|cease|refrain from) (?:\w+ )?{_TO}m?(?:t?ing)\b"
            r"|\bstop (?:this|these|all|your|the|it)\b|\bwill block\b|\byou are blocked\b"
            r"|\b(?:report|block)ing (?:you|this)\b",
            rf"\b(?:no more|no further|not (?:want|wish) (?:any|these|your|to (?:get|receive)))"
            rf" (?:\w+ ){{0,3}}{_MESSAGES}\b",
            rf"\b(?:rather|prefer) not (?:to )?(?:get|receive|be|have) (?:\w+ ){{0,4}}"
            rf"(?:{_MESSAGES}|these|this|more|contacted)\b",
            rf"\b(?:delete|remove|erase|take|forget|lose|wipe) (?:all )?(?:my|our) {_DATA}\b",
            r"\b(?:delete|erase|remove) (?:it|this|them)(?: now| please)?[.! ]*$",
            r"\b(?:remove|delete|take|get|drop|unsubscribe|exclude) (?:me|us|my \w+|our \w+) "
            r"(?:off|out|from|please)\b",
            r"\bopt(?:ed|ing)? (?:me )?out\b|\bunsubscribe\b|\bend (?:my |the "
            r"|this )?subscription\b",
            r"\b(?:withdraw|revoke)\w* (?:my |our |all |any )?(?:consent|permission)\b"
            r"|\bnever (?:agreed|consented|"
            r"subscribed|signed up|asked|opted)\b|\b(?:do|did|have) not (?:give |gave |given )?"
            r"(?:my )?(?:consent|agree|opt|subscribe)\w*\b"
            r"(?: to| in)|\b(?:never|not) (?:gave|give|given|have|had) (?:you |my "
            r"|any )*(?:consent"
            r"|permission)\b"
            r"|\bnot (?:sign|signed) up (?:to|for)\b",
            r"\b(?:stop|quit) \w+ing (?:(?:to |at )?(?:me|us|my)|at)\b"
            r"|\b(?:told|asked|asking|say|said|tell) (?:\w+ ){0,3}stop\b"
            r"|\bno (?:more|further) (?:\w+ ){0,3}(?:of (?:this|these|it)|promos?)\b",
            r"\bno more please\b|\bunsub\b"
            r"|\bcancel (?:my |the |this )?subscription\b|\bnot to be (?:contacted|messaged"
            r"|called)\b",
            r"\bbeen reported\b|\band i(?: will| am)? (?:block|report)\w*\b|(?:^|[,.] ?)do not "
            r"(?:contact|message|text|call)\b",
            r"\b(?:leave (?:me|us) alone|go away|f[*u]\w*\W* off|piss off|get lost|back off|"
            r"cease and desist|do not disturb|take the hint)\b",
            r"\b(?:i am|i will|will be|am) (?:be )?(?:block|report)(?:ing)?\b|\b(?:blocked"
            r"|reported)"
            r" (?:you|as|to|and)\b|^(?:blocked|reported)[.! ]*$|\bor i(?: will| am)?"
            r" (?:block|report|\w+ing)\b|\bharass(?:ing|ment)\b|\bwho gave you my number\b",
            r"(?:^|[.!,] ?)(?:\w+ ){0,2}stop[.! ]*$|\bnot to contact (?:me|us|this)\b|"
            r"\b(?:enough|stop) already\b",
            r"\bnot (?:want to|wish to|care to) (?:hear|receive|get|be contacted)\b",
        )
    )
)
_FOOTER = re.compile(
    r"(?:退订|拒收)(?:请)?(?:回复?|发送?|点)|(?:回复?|发送) ?\w{1,2} ?(?:退订|拒收)"
    r"|\b(?:reply|text|send|click|type)\b.{0,16}\b(?:stop|to (?:opt|unsubscribe|end|cancel))\b"
)
"""What an advert offers at its end is nobody's wish."""
_FROM_NOW_ON = re.compile("以后|今后|往后|从今|永远|再也")
_NO_WISH = re.compile(r"(?:别|不要|不用|不会|怎么|没有?|没人)(?:拉黑|屏蔽|删|投诉|举报)")
_TAG = re.compile(r"^(?:[了啦好行可中成以不吗么吧]|谢谢|拜托|求你|ok|please)+[?!. ]*$")
"""What turns a command into a question and asks for nothing: 行不, 好吗."""
_FOR_ONE_TIME = re.compile(
    r"(?:今天|今晚|现在|这会儿?|周末|晚上|半夜|上班时间|开会).{0,4}(?:别|不要|不用|勿)"
    r"|\b(?:today|tonight|right now|this week|on weekends?|at night|before \d)\b"
)


def leaves_for_good(text: str) -> bool:
    """Whether a plain text forbids further messages and asks for nothing after it."""
    if _WHOLE.match(text):
        return True
    found = _ANYWHERE.search(text)
    if found is None or _NO_WISH.search(text) or _FOOTER.search(text):
        return False
    if _FOR_ONE_TIME.search(text) and not _FROM_NOW_ON.search(text):
        return False
    after = clauses(CLAUSE_ENDS.sub(",", text[found.end() :]))
    return not any(_asks(clause) for clause in after)


def _asks(clause: str) -> bool:
    if _ANYWHERE.search(clause) or _TAG.match(clause):
        return False
    return any(cue in ASKING for cue in cues_of(clause))
