"""Lines that no contact wrote as an answer: of the chat program, of a machine, or without words.

Rules of high precision, in order; what none of them knows is read as a reply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.wording import N_, Sentence, sentence
from scripts.reading.normal import LONGEST

CHAT_PROGRAM = sentence(N_("a line of the chat program: nothing arrives there any more"))
NOTICE = sentence(N_("a notice of the chat program, not a reply"))
NO_WORDS = sentence(N_("a picture, a voice message or a file: its words are not here"))
AUTOMATIC = sentence(N_("an automatic reply"))
BARE = sentence(N_("a link, a number or a code without words"))


@dataclass(frozen=True, slots=True)
class Notice:
    """What such a line is."""

    because: Sentence
    lost: bool = False
    """Whether it says that nothing arrives any more."""


_WHO = r"(?:对方|客户|用户|好友|联系人|他|她|ta|该客户|该用户|此用户|对方账号|收件人|接收者)"
_THEY = (
    r"(?:the |this |your )?(?:recipient|receiver|user|contact|customer|person|friend"
    r"|number|client)"
)
_LOST = (
    r"(?:被对方|对方)(?:已经?)?(?:拒收|拒绝接收)",
    r"开启了朋友验证|开启了好友验证",
    r"还?不是(?:他|她|ta|对方|你)[(（]?.{0,3}?[)）]?的?(?:朋友|好友)",
    r"(?:先|请|^)发送(?:朋友|好友)验证|由于对方设置|消息未(?:送达|能送达)",
    rf"{_WHO}(?:已经?)?(?:将|把)你(?:删除|删了|拉黑|加入黑名单|移出)",
    rf"{_WHO}(?:已经?)?(?:拉黑|屏蔽|删除)(?:了)?你",
    r"^[^,.!?我]{1,8}?(?:已经?)(?:将|把)你(?:从.{0,8})?(?:删|拉黑|移)",
    r"(?:删了|拉黑了|删除了?)[,.]?.{0,4}(?:先|请)?发送(?:朋友|好友)?验证",
    r"(?:对方|客户|他|她)(?:已经?)?(?:与你)?解除(?:了)?(?:与你的?)?(?:好友|朋友|联系)",
    r"(?:需要|等待)对方(?:验证|通过).{0,6}(?:才能|后)|(?:账号|用户)不存在",
    r"由于.{0,4}对方(?:的)?(?:隐私)?设置|对方(?:的)?设置.{0,6}无法",
    r"(?:你|^)(?:已经?)?被.{0,8}(?:删除|拉黑|移除|加入黑名单)(?!了吗)",
    r"(?:你们|你和对方).{0,4}不是好友",
    r"发送失败.{0,12}(?:好友|朋友|拉黑|删除|拒收|联系人)",
    rf"{_WHO}(?:已经?|还)?不是你的(?:好友|客户|联系人|朋友)",
    r"(?:该|此|对方)(?:微信)?账号(?:已|异常|被).{0,8}(?:注销|限制|停用|删除|无法|封)",
    r"(?:该|此|对方)?用户(?:不存在|已注销|已停用)",
    r"(?:此|该)用户已停用",
    r"无法(?:发送|传送)消息(?:给此用户)?.{0,12}(?:拉黑|封|用户|删)",
    r"无法传送(?:消息)?给此用户",
    r"^(?:没有成员|没有其他成员|对方已离开聊天室)\.?$",
    r"\brejected by (?:the |its )?(?:recipient|receiver|user|contact|other)",
    rf"\b{_THEY} (?:has )?(?:refused|rejected) your message",
    r"enabled friend (?:confirmation|verification)",
    r"send (?:a )?friend request first|send a friend request",
    r"no longer friends|not (?:his|her|their|your) (?:friend|contact)|not friends on"
    r"|not in their friend",
    rf"\b(?:{_THEY} (?:has )?|\w+ (?:has |have ))(?:blocked|deleted|removed) you\b",
    r"\byou (?:have been|were|are|'ve been) (?:blocked|deleted|removed) (?:by|from)\b",
    r"^you (?:have been|were) (?:blocked|deleted|removed)\.?$",
    r"(?:can not|unable to|could not) (?:send|message|deliver).{0,24}(?:contact|person"
    r"|user|message)s?\b.{0,30}$",
    r"you are not contacts|can not chat",
    rf"{_THEY} is (?:not|unavailable|no longer)(?: receiving| on| available)",
    r"(?:number|phone).{0,30} (?:is )?not (?:registered )?on (?:whatsapp|line|wechat|viber"
    r"|telegram)",
    r"is no longer on (?:whatsapp|line|wechat|telegram)",
    r"phone number shared via url is invalid",
    r"\byou can (?:not|no longer) (?:message|contact|text|reach|chat with) (?:this|the)\b",
    r"\bno longer (?:in|on) your (?:contacts|friends|list)\b",
    r"(?:user|contact|other user|recipient) has (?:left the chat|deactivated)",
    r"(?:account|user) (?:has been|was|is|no longer) ?(?:deleted|exists?|deactivated"
    r"|suspended)|^deleted account$",
    r"^(?:no members|empty room|there is no one to chat with)\.?$",
    r"message (?:was )?not (?:be )?delivered",
    r"message (?:has been |was )?(?:sent but )?(?:was )?(?:rejected|blocked|refused)",
    r"message failed to send.{0,30}block",
)
_NOT_TOLD = re.compile(r"\bi\b|\bme\b|\bmy\b|(?<!对方)我(?!们)|\bplease stop|别再|再发")
"""A contact who threatens to block is not a line that says it happened."""

_NOTICES = (
    r"(?:撤回|收回)了?一条消息|已收回消息|消息已收回|撤回了消息",
    r"拍了拍|通过扫描|加入了?群聊|加入群组|邀请.{1,12}(?:加入|进)|退出了?群聊|修改群名|移出了?群",
    r"以上是打招呼的内容|朋友验证请求.{0,4}现在|现在可以开始聊天|我通过了你的",
    r"^以下(?:为|是)新消息|对方正在输入|该消息类型|请在手机上查看|收到一条(?:语音)?消息",
    r"你有一笔转账|收到(?:了)?一个红包|领取了?(?:你的)?红包|已领取红包",
    r"^(?:语音|视频)?通话(?:时长|已|未|\b)|^对方已取消|^已取消|忙线未接听|对方无应答",
    r"^(?:this message was deleted|you deleted this message|.{1,30} deleted a message)\.?$",
    r"^waiting for this message|end-to-end encrypt|security code with|changed their phone number",
    r"joined using|^\w+ (?:added|removed) you$|^\w+ left$|^you (?:created|changed|added"
    r"|removed|left)\b"
    r".{0,20}(?:group|icon|subject)|disappearing messages|this business account",
    r"^(?:typing|online|delivered|today|yesterday|unread messages|last seen .*|read \d.*"
    r"|sent)\.?$",
    r"^(?:missed|declined|cancelled) (?:voice|video)?\s?call|^(?:voice|video) call\b|^call ended",
    r"^forwarded(?: message)?\.?$",
    r"^(?:通话|聊天)中断|^未接(?:来电|听|通话)|^(?:无回应|取消通话|通话时间)|^对方(?:忙"
    r"|已?拒绝了?(?:你的)?"
    r"(?:语音|视频)?通话)|^对方(?:正在|已)(?:通话|挂断|接收)",
    r"位置共享|实时位置|(?:当前|此|该)?(?:微信)?版本(?:暂?不支持|过低|太低)|暂不支持(?:查看"
    r"|展示|该|此)",
    r"^(?:消息|图片|视频|文件|照片|语音|链接)已(?:过期|失效|被清理)(?:或已被清理)?\.?$|储存期限",
    r"^(?!我).{0,6}(?:开启|设置)了?消息免打扰|开启了?(?:群聊邀请|群邀请)|^群公告|(?:更改"
    r"|修改)了?群|向你推荐了|^\S{1,12}推荐了",
    r"^已读(?: ?\d+)?$|^(?:未读|已送达|发送中|送达)$|^(?:seen|read)(?: (?:by|at) .*| \d.*)?$",
    r"changed (?:the group|this group|their|the subject)|\bnow an admin\b|^message edited$|^null$",
)
_STAMP = re.compile(
    r"^(?:\[?\d{1,4}[/年.-]\d{1,2}(?:[/月.-]\d{1,4})?日?,?\s*)?(?:昨天|今天|前天|上午|下午"
    r"|晚上|凌晨|星期.|周.)?\s*"
    r"\d{1,2}:\d{2}(?::\d{2})?\]?(?:\s*[ap]m)?$"
    r"|^(?:\S{1,16}\s+)?\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s+"
    r"\d{1,2}:\d{2}(?::\d{2})?:?$|^\[\d[\d/, :.apm]+\]\s*[^:]{1,30}:$",
    re.IGNORECASE,
)

_KINDS = (
    "图片|照片|语音|语音消息|视频|视讯|影片|文件|档案|位置|地理位置|链接|动画表情|表情|贴图|名片|个人名片|红包|转账|聊天记录|通话|"
    "语音通话|视频通话|小程序|卡片|音乐|收藏|图片消息|相册|笔记|接龙|"
    "image|photo|picture|sticker|voice message|voice|audio|video|file|location|contact card|gif|"
    "document|link|media|mini program|red packet|transfer|call|album"
)
_PLACEHOLDERS = (
    rf"^(?:[\[<(【](?:{_KINDS})[\])>】]\s*)+(?:\d[\d:'\"秒s]*|[\w .()-]+\.\w{{2,4}}|\d*)?$",
    r"^[\[【](?:文件|file|链接|link|小程序|通话|语音通话|视频通话|名片|位置"
    r"|聊天记录|红包|转账|接龙|位置共享|音乐|卡片)[\]】].{0,60}$",
    r"^<?(?:media|image|photo|video|audio|sticker|gif|document|contact card"
    r"|voice message)s? omitted>?$",
    r"^(?:图片|照片|语音|视频|文件|表情|photo|image|video|sticker|gif)$",
    r"^\S{0,2}\s*(?:photo|voice message|video|sticker|gif|audio|document"
    r"|location)(?:\s*\(?\d[\d:]*\)?)?$",
    r"^[📷🎥🎤📄📎🖼🎵📍]",
    r"^[\w .()-]{1,60}\.(?:jpe?g|png|gif|mp4|mp3|pdf|docx?|xlsx?|pptx?|zip|rar|heic|webp"
    r"|opus|txt)"
    r"(?: \(file attached\))?$",
    r"\(file attached\)$|^location: https?:",
)
_AUTOMATIC = (
    r"自动回[复覆]|^\W{0,2}auto(?:matic|mated)?[ -]?(?:reply|response|message)"
    r"|this is an? auto(?:mated|matic)",
    r"out of (?:the )?office|\bon (?:annual|maternity|paternity|parental|sick|medical"
    r"|my)? ?(?:leave|vacation|holiday)\b"
    r".{0,40}(?:until|till|back|return|contact|$)|limited access to (?:my )?e?-?mail"
    r"|no access to (?:my )?e?-?mail",
    r"(?:正在|本人|目前)?(?:休假|休年假|年假|度假|产假|出差)中?.{0,24}(?:急事|紧急|请联系"
    r"|请打|可能回复|返岗|回公司)|(?:休假|年假|度假)中?.{0,12}回来",
    r"现在(?:有事)?不在.{0,16}(?:稍后|一会|留言)|稍后(?:会)?(?:回复|与你联系|联系)"
    r"|尽快(?:回复|与你联系)",
    r"(?:第一时间|\d+小时内|工作时间).{0,12}(?:回复|联系|处理)|(?:客服|服务)工作?时间"
    r"|非(?:服务|上班|工作|营业)时间",
    r"为你服务|欢迎光临|有什么可以帮|请输入数字|请选择服务|人工客服正忙|感谢你的(?:关注"
    r"|来信|来电|留言|咨询).{3,}",
    r"有事请留言|不方便.{0,6}请留言",
    r"(?:thank you|thanks) for (?:contacting|your message|your email|getting in touch)"
    r".{0,40}(?:we|i) (?:will|are|am|would)|thank you for contacting|thanks for contacting",
    r"(?:get back to you|respond|reply) (?:as soon as|within|shortly)|our (?:working"
    r"|business|office|opening) hours"
    r"|office is closed|do not reply to this|select an option|sent (?:automatically"
    r"|from my car)|ticket #?\d+",
)
_BARE = (
    r"^(?:https?://|www\.)\S+$",
    r"^\+?[\d() -]{7,20}$",
    r"验证码|verification code|(?:use )?code \d{4,8}\b|一次性密码",
    r"^[\W_]+$",
    r"^\d{2,6}$",
    r"^【[^】]{2,12}】",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_IS_LOST, _IS_NOTICE, _IS_PLACEHOLDER = _any(_LOST), _any(_NOTICES), _any(_PLACEHOLDERS)
_IS_AUTOMATIC, _IS_BARE = _any(_AUTOMATIC), _any(_BARE)


def notice_of(raw: str, text: str, *, signs: bool) -> Notice | None:
    """What the line is if nobody answered with it; `text` is its plain form."""
    line = raw.strip()[:LONGEST]
    if _IS_PLACEHOLDER.search(line) or _IS_PLACEHOLDER.search(text):
        return Notice(NO_WORDS)
    if _IS_LOST.search(text) and not _NOT_TOLD.search(text):
        return Notice(CHAT_PROGRAM, lost=True)
    if _IS_NOTICE.search(text) or _STAMP.search(line):
        return Notice(NOTICE)
    if _IS_AUTOMATIC.search(text):
        return Notice(AUTOMATIC)
    if _IS_BARE.search(line) and not signs and text != "1":
        return Notice(BARE)
    return None
