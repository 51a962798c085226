"""Words that ask: for a price, for material, how and what, for a trial, a talk, a deal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ASKING: Mapping[str, str] = MappingProxyType(
    {
        "price": (
            r"多少钱|价格|价位|报价|报个价|报一下|什么价|收费|费用|年费|优惠|折扣|便宜|价目|"
            r"几块|怎么卖|贵不贵|贵吗|成本|\b(?:price|pricing|prices|cost|costs|quote|quotes|"
            r"quotation|discount|how much|moq|fee|fees|rate card|payment terms|run us|"
            r"budget for)\b|啥价|收法|投入|大概数|按月付|分期|明细|付费|几万|多少一|"
            r"\b(?:rates?|budgetary|ballpark|per (?:user|seat|month|year|unit)|monthly|"
            r"subscription|charge|charges|expensive is|afford it if)\b"
        ),
        "material": (
            r"资料|文档|手册|样本|案例|例子|模板|表格|清单|完整版|电子版|pdf|ppt|excel版|"
            r"视频版|方案|彩页|大图|原图|样品|样机|白皮书|\b(?:template|templates|details|"
            r"brochure|catalogue|catalog|case stud(?:y|ies)|deck|slides|spreadsheet|sheet|"
            r"sample|samples|examples?|references?|proposal|white ?paper|documents?|datasheet|"
            r"specs?|recording|report)\b|模版|教程|课件|视频教程|说明书|演示文稿|目录|画册|"
            r"链接|接口|介绍|操作指南|excel|原文|图纸发|\b(?:link|file|pdf|guide|manual|"
            r"checklist|presentation|demo video|materials?|profile|plan|example in|version)\b"
        ),
        "hand_over": (
            r"发我|发给我|给我发|发一?[份下个]|发来|发个|发点|发到我|给我一|来一份|求一份|"
            r"一份|要一份|补发|重发|再发一[下次份]|传我|传一份|寄|发下|传给我|发我邮箱|来个|"
            r"\b(?:send|share|give|forward|drop|e-?mail|resend|show) (?:it |them |that |"
            r"this )?(?:over |to )?(?:me|us|the|a|your|more|again|price|details|catalog\w*|"
            r"quot\w*|brochure|information|please|it)\b|\b(?:please|pls|you) (?:re)?(?:send|"
            r"share|quote|email)\b|\bsend it\b|发(?:一|两)?[份个张]|转我|拉我|推我|发群里吧|"
            r"上车|蹲一?个|同求|求分享|求链接|求带|求发|\+1|也要|安排(?:上|一下|一份)|"
            r"推荐一下|\b(?:send|share|arrange|provide|forward|pass|shoot|drop|email|mail|"
            r"text|give|get) (?:\w+ ){0,3}(?:me|us|over|across|details|rates|call|proposal|"
            r"best|price|deck|file|link|sample|samples)\b|\bplease (?:call|arrange|provide|"
            r"advise|quote|forward|email|confirm)\b|\bme your\b"
        ),
        "how": (
            r"怎么(?!样的?都)|如何|咋|怎样|啥样|哪里|哪儿|在哪|为什么|\bhow (?:do|does|did|"
            r"can|could|would|is|are|soon|long|many|to|about|come|exactly)\b|\bwhere (?:do|"
            r"can|is|are)\b|\bwhy is\b|咋个|咋样|怎么个|如何做|how's|\bhow (?:secure|big|fast|"
            r"much|often|reliable|easy|hard|does|good|would)\b"
        ),
        "what": (
            r"什么(?!都)|啥(?!都)|哪个|哪些|哪家|几个|几天|几人|多久|多长|多少|什么时候|"
            r"啥时候|几点|几号|多大|\b(?:what|which|when|who) (?:is|are|does|do|would|can|"
            r"else|should|about|time|plan|products|companies|kind|if)\b|^(?:what|when|"
            r"which)\b|哪(?:些|种|一个|款)|多少|几台|几个人|啥关系|什么关系|需要我|要提供|"
            r"\bwhat (?:about|if|kind|sort|documents|do|data|size|version|would|will)\b|"
            r"\bwho (?:can|do|should)\b|\bany (?:agent|distributor|dealer|plans?|way|chance)\b"
        ),
        "can_you": (
            r"能不能|可不可以|可否|能否|是否|有没有|有无|会不会|行不行|是不是|支持|"
            r"能.{1,14}[吗么不?]|可以.{0,12}[吗么?]|有.{1,10}[吗么?]|方便.{0,10}[吗么?]|"
            r"\b(?:can|could|would|will|may|shall|do|does|did|is|are|have) (?:you|we|i|it|"
            r"there|they|someone|somebody|anyone|the|your|our|this|that|training)\b|"
            r"\bany (?:\w+ ){0,3}\w+\?|\bany (?:chance|case|cases|video|other|reference|"
            r"references|discount|tips|idea)\b|有没得|有木有|[有能行会好](?:.{0,6})不$|好使不|"
            r"行不|中不|可不可以|要不你|\b(?:could this|can this|can it|could it|"
            r"is it possible|possible to|would it|will it|does it|is there|are there|do you)\b"
        ),
        "trial": (
            r"试用|试一下系统|试一个月|试一周|演示|demo|体验|看看后台|试点|\b(?:trial|demo|"
            r"pilot|try it first|test it|in action|walk us through)\b|先试|试一?试(?:行|用)|"
            r"小范围|一条线开始|看一下系统|看看系统|sandbox|\b(?:run a test|proof of concept|"
            r"poc|see it|try out|test drive)\b"
        ),
        "meeting": (
            r"聊聊|聊一?下|谈谈|面谈|详谈|细聊|细谈|见面|当面|约个|约一?下|约时间|约下|"
            r"通个?电话|通话|打电话|电话聊|电话说|给我(?:来个|打)|打我|上门|拜访|来(?:我们|"
            r"我)?(?:厂|公司)|来厂|参观|坐坐|喝茶|开个?(?:视频)?会|约.{0,3}会|过来|碰个?面|"
            r"视频会|留个电话|\b(?:call me|a call|let us (?:talk|discuss|meet|set|schedule)|"
            r"let's (?:talk|discuss|meet|have|set|schedule|catch)|can we (?:talk|meet)|"
            r"(?:discuss|talk|meet|meeting|visit)(?: \w+){0,2} (?:next|tomorrow|monday|"
            r"tuesday|wednesday|thursday|friday|about|you|us|week)|an invite|available on|"
            r"free (?:on|tomorrow|next)|works for me|over the phone|come (?:and )?(?:see|"
            r"visit|to))\b|来一趟|过来|讲一?课|给我们(?:讲|介绍|演示)|加一?下.{0,6}微信|"
            r"加个?微信|对接人|视频聊|语音聊|来电|回电|致电|面聊|碰一下|开会聊|喝杯|吃饭聊|"
            r"\b(?:call (?:me|us|on)|arrange a call|schedule|appointment|zoom|teams|in person|"
            r"speak with|speak to|talk to (?:you|your)|meet up|coffee and talk|drop by|"
            r"stop by|pop in)\b"
        ),
        "join": (
            r"报名|参加|加入|算我|名额|领取|怎么领|下载|\b(?:sign (?:me )?up|register|"
            r"count me in|i am in|can i join|how to join|download)\b"
        ),
        "want": (
            r"想(?:要|了解|问|请教|看看|试|约|听|详细|进一步|跟|和|咨询|先)|我要|我也要|需要|"
            r"要的|咨询|请教|请问|问一?下|了解一下|了解下|详细|具体|展开|讲讲|解释|有需求|"
            r"求(?!助理)|\b(?:i|we) (?:want|need|would like|would love|am keen|are keen|"
            r"would be keen|am looking for|are looking for|require)\b|\bwould (?:like|"
            r"love) (?:to|a|one)\b|\b(?:know|learn|find out|hear|understand) (?:more|how)\b|"
            r"\btell me\b|\bmore (?:information|details|about)\b|\blet me know the\b|"
            r"\bquestions?\b|\bplease (?:explain|advise|tell)\b|\bneed (?:a|the|more|help|"
            r"something|one|this)\b|想知道|想买|想订|想看|想学|要不要钱|申请|打听|关心|"
            r"考虑.{0,6}先|考虑中|优先考虑|\b(?:looking for|interested in (?:the|your|a|"
            r"trying|buying)|curious|wondering|would consider|consider it if|keen to|"
            r"happy to (?:talk|try|see)|love to|eager|please elaborate)\b"
        ),
        "ours": (
            r"我们(?:是|是?做|这边|厂|公司|现在|目前|用的|正在|准备|今年|打算上|在找|最近在)|"
            r"我这边|\b(?:our|we) (?:erp|system|team|factory|plant|line|shop|case|industry|"
            r"process|company)\b|for (?:us|our|\d+)"
        ),
        "boss": (
            r"(?:老板|领导|厂长|总监|主管|经理|总部|同事).{0,6}(?:问|想|让|要|感兴趣|了解|约)|"
            r"\b(?:boss|manager|director|ceo|management|colleague|team) (?:is asking|asked|"
            r"asks|wants|would like|would love|needs)\b|老板批了|领导批了|批下来了|总经理|"
            r"老板娘?.{0,4}(?:说可以|同意)|我们IT|\b(?:our it|our ceo|approved by|"
            r"got approval|my boss (?:said yes|agreed))\b"
        ),
        "fit": (
            r"适合|适用|兼容|对接|打通|集成|接金蝶|接用友|能用|能接|能导|二次开发|私有化|"
            r"本地部署|\b(?:integrate|integration|compatible|suit|suitable|work with|"
            r"works with|fit (?:us|a|our)|connect to|support)\b|哪个版本|我们(?:有)?\d+(?:台|"
            r"个|人|条)|定制|多语言|接口|吃得消|\b(?:handle|customi[sz]e|custom|api|support|"
            r"secure|scal(?:e|able)|in (?:arabic|spanish|french|german|russian|portuguese))\b"
        ),
        "deal": (
            r"合作|合同|付款|开票|专票|起订|交期|实施|上线|售后|培训|发票|\b(?:contract|"
            r"delivery|deliver|lead time|implementation|setup|get started|proceed|next steps?|"
            r"cooperate|order|training|invoice terms|ship to)\b|代理|加盟|经销|签约|下单|订购|"
            r"购买|定金|上一套|来一套|装一套|\b(?:agent|distributor|dealer|reseller|purchase|"
            r"buy (?:it|one|from)|sign up|sign the|start with|onboard(?:ing)?|kick ?off)\b"
        ),
        "compare": (
            r"区别|比.{0,8}(?:好|贵|强|如何|怎么样)|不一样|优势|靠谱|真的假的|真有|效果怎么样|"
            r"\b(?:difference|different from|compare[sd]?|better than|advantages?|the catch|"
            r"roi|is (?:that|this|it) (?:real|true))\b"
        ),
        "broken": (
            r"打不开|过期|失效|没收到|看不了|没看清|没看懂|不太懂|没太明白|不明白|"
            r"\b(?:not working|does not work|can not open|could not open|link is dead|"
            r"did not (?:receive|get)|do not understand|not clear)\b"
        ),
        "help": (
            r"帮我|帮忙(?:看|算|测|做)|帮我们|诊断|建议|\b(?:help us|help me|help with|"
            r"recommend|suggest|any tips|any idea|look at our)\b"
        ),
    }
)
