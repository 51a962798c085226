"""What the words of a reply say, as named cues: asking, refusing, praising, thanking, other matters.

A cue is a pattern over the plain text. One that a negation stands before is
another cue ("not:need"). What the last clause says counts once more, since
"no budget, but send me the plan" asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

ASKING = {
    "price": r"多少钱|价格|价位|报价|报个价|报一下|什么价|收费|费用|年费|优惠|折扣|便宜|价目|几块|怎么卖|贵不贵|贵吗|成本|"
    r"\b(?:price|pricing|prices|cost|costs|quote|quotes|quotation|discount|how much|moq|fee|fees|rate card|payment terms|run us|budget for)\b|啥价|收法|投入|大概数|按月付|分期|明细|付费|几万|多少一|\b(?:rates?|budgetary|ballpark|per (?:user|seat|month|year|unit)|monthly|subscription|charge|charges|expensive is|afford it if)\b",
    "material": r"资料|文档|手册|样本|案例|例子|模板|表格|清单|完整版|电子版|pdf|ppt|excel版|视频版|方案|彩页|大图|原图|样品|样机|白皮书|"
    r"\b(?:template|templates|details|brochure|catalogue|catalog|case stud(?:y|ies)|deck|slides|spreadsheet|sheet|sample|samples|examples?|"
    r"references?|proposal|white ?paper|documents?|datasheet|specs?|recording|report)\b|模版|教程|课件|视频教程|说明书|演示文稿|目录|画册|链接|接口|介绍|操作指南|excel|原文|图纸发|\b(?:link|file|pdf|guide|manual|checklist|presentation|demo video|materials?|profile|plan|example in|version)\b",
    "hand_over": r"发我|发给我|给我发|发一?[份下个]|发来|发个|发点|发到我|给我一|来一份|求一份|一份|要一份|补发|重发|再发一[下次份]|传我|传一份|寄|发下|传给我|发我邮箱|来个|"
    r"\b(?:send|share|give|forward|drop|e-?mail|resend|show) (?:it |them |that |this )?(?:over |to )?(?:me|us|the|a|your|more|again|price|details|catalog\w*|quot\w*|brochure|information|please|it)\b|"
    r"\b(?:please|pls|you) (?:re)?(?:send|share|quote|email)\b|\bsend it\b|发(?:一|两)?[份个张]|转我|拉我|推我|发群里吧|上车|蹲一?个|同求|求分享|求链接|求带|求发|\+1|也要|安排(?:上|一下|一份)|推荐一下|\b(?:send|share|arrange|provide|forward|pass|shoot|drop|email|mail|text|give|get) (?:\w+ ){0,3}(?:me|us|over|across|details|rates|call|proposal|best|price|deck|file|link|sample|samples)\b|\bplease (?:call|arrange|provide|advise|quote|forward|email|confirm)\b|\bme your\b",
    "how": r"怎么(?!样的?都)|如何|咋|怎样|啥样|哪里|哪儿|在哪|为什么|"
    r"\bhow (?:do|does|did|can|could|would|is|are|soon|long|many|to|about|come|exactly)\b|\bwhere (?:do|can|is|are)\b|\bwhy is\b|咋个|咋样|怎么个|如何做|how's|\bhow (?:secure|big|fast|much|often|reliable|easy|hard|does|good|would)\b",
    "what": r"什么(?!都)|啥(?!都)|哪个|哪些|哪家|几个|几天|几人|多久|多长|多少|什么时候|啥时候|几点|几号|多大|"
    r"\b(?:what|which|when|who) (?:is|are|does|do|would|can|else|should|about|time|plan|products|companies|kind|if)\b|^(?:what|when|which)\b|哪(?:些|种|一个|款)|多少|几台|几个人|啥关系|什么关系|需要我|要提供|\bwhat (?:about|if|kind|sort|documents|do|data|size|version|would|will)\b|\bwho (?:can|do|should)\b|\bany (?:agent|distributor|dealer|plans?|way|chance)\b",
    "can_you": r"能不能|可不可以|可否|能否|是否|有没有|有无|会不会|行不行|是不是|支持|能.{1,14}[吗么不?]|可以.{0,12}[吗么?]|有.{1,10}[吗么?]|方便.{0,10}[吗么?]|"
    r"\b(?:can|could|would|will|may|shall|do|does|did|is|are|have) (?:you|we|i|it|there|they|someone|somebody|anyone|the|your|our|this|that|training)\b|"
    r"\bany (?:\w+ ){0,3}\w+\?|\bany (?:chance|case|cases|video|other|reference|references|discount|tips|idea)\b|有没得|有木有|[有能行会好](?:.{0,6})不$|好使不|行不|中不|可不可以|要不你|\b(?:could this|can this|can it|could it|is it possible|possible to|would it|will it|does it|is there|are there|do you)\b",
    "trial": r"试用|试一下系统|试一个月|试一周|演示|demo|体验|看看后台|试点|\b(?:trial|demo|pilot|try it first|test it|in action|walk us through)\b|先试|试一?试(?:行|用)|小范围|一条线开始|看一下系统|看看系统|sandbox|\b(?:run a test|proof of concept|poc|see it|try out|test drive)\b",
    "meeting": r"聊聊|聊一?下|谈谈|面谈|详谈|细聊|细谈|见面|当面|约个|约一?下|约时间|约下|通个?电话|通话|打电话|电话聊|电话说|给我(?:来个|打)|打我|上门|拜访|来(?:我们|我)?(?:厂|公司)|来厂|参观|坐坐|喝茶|开个?(?:视频)?会|约.{0,3}会|过来|碰个?面|视频会|留个电话|"
    r"\b(?:call me|a call|let us (?:talk|discuss|meet|set|schedule)|let's (?:talk|discuss|meet|have|set|schedule|catch)|can we (?:talk|meet)|"
    r"(?:discuss|talk|meet|meeting|visit)(?: \w+){0,2} (?:next|tomorrow|monday|tuesday|wednesday|thursday|friday|about|you|us|week)|an invite|available on|free (?:on|tomorrow|next)|works for me|over the phone|come (?:and )?(?:see|visit|to))\b|来一趟|过来|讲一?课|给我们(?:讲|介绍|演示)|加一?下.{0,6}微信|加个?微信|对接人|视频聊|语音聊|来电|回电|致电|面聊|碰一下|开会聊|喝杯|吃饭聊|\b(?:call (?:me|us|on)|arrange a call|schedule|appointment|zoom|teams|in person|speak with|speak to|talk to (?:you|your)|meet up|coffee and talk|drop by|stop by|pop in)\b",
    "join": r"报名|参加|加入|算我|名额|领取|怎么领|下载|\b(?:sign (?:me )?up|register|count me in|i am in|can i join|how to join|download)\b",
    "want": r"想(?:要|了解|问|请教|看看|试|约|听|详细|进一步|跟|和|咨询|先)|我要|我也要|需要|要的|咨询|请教|请问|问一?下|了解一下|了解下|详细|具体|展开|讲讲|解释|有需求|求(?!助理)|"
    r"\b(?:i|we) (?:want|need|would like|would love|am keen|are keen|would be keen|am looking for|are looking for|require)\b|\bwould (?:like|love) (?:to|a|one)\b|"
    r"\b(?:know|learn|find out|hear|understand) (?:more|how)\b|\btell me\b|\bmore (?:information|details|about)\b|\blet me know the\b|\bquestions?\b|\bplease (?:explain|advise|tell)\b|\bneed (?:a|the|more|help|something|one|this)\b|想知道|想买|想订|想看|想学|要不要钱|申请|打听|关心|考虑.{0,6}先|考虑中|优先考虑|\b(?:looking for|interested in (?:the|your|a|trying|buying)|curious|wondering|would consider|consider it if|keen to|happy to (?:talk|try|see)|love to|eager|please elaborate)\b",
    "ours": r"我们(?:是|是?做|这边|厂|公司|现在|目前|用的|正在|准备|今年|打算上|在找|最近在)|我这边|\b(?:our|we) (?:erp|system|team|factory|plant|line|shop|case|industry|process|company)\b|for (?:us|our|\d+)",
    "boss": r"(?:老板|领导|厂长|总监|主管|经理|总部|同事).{0,6}(?:问|想|让|要|感兴趣|了解|约)|\b(?:boss|manager|director|ceo|management|colleague|team) (?:is asking|asked|asks|wants|would like|would love|needs)\b|老板批了|领导批了|批下来了|总经理|老板娘?.{0,4}(?:说可以|同意)|我们IT|\b(?:our it|our ceo|approved by|got approval|my boss (?:said yes|agreed))\b",
    "fit": r"适合|适用|兼容|对接|打通|集成|接金蝶|接用友|能用|能接|能导|二次开发|私有化|本地部署|\b(?:integrate|integration|compatible|suit|suitable|work with|works with|fit (?:us|a|our)|connect to|support)\b|哪个版本|我们(?:有)?\d+(?:台|个|人|条)|定制|多语言|接口|吃得消|\b(?:handle|customi[sz]e|custom|api|support|secure|scal(?:e|able)|in (?:arabic|spanish|french|german|russian|portuguese))\b",
    "deal": r"合作|合同|付款|开票|专票|起订|交期|实施|上线|售后|培训|发票|\b(?:contract|delivery|deliver|lead time|implementation|setup|get started|proceed|next steps?|cooperate|order|training|invoice terms|ship to)\b|代理|加盟|经销|签约|下单|订购|购买|定金|上一套|来一套|装一套|\b(?:agent|distributor|dealer|reseller|purchase|buy (?:it|one|from)|sign up|sign the|start with|onboard(?:ing)?|kick ?off)\b",
    "compare": r"区别|比.{0,8}(?:好|贵|强|如何|怎么样)|不一样|优势|靠谱|真的假的|真有|效果怎么样|\b(?:difference|different from|compare[sd]?|better than|advantages?|the catch|roi|is (?:that|this|it) (?:real|true))\b",
    "broken": r"打不开|过期|失效|没收到|看不了|没看清|没看懂|不太懂|没太明白|不明白|\b(?:not working|does not work|can not open|could not open|link is dead|did not (?:receive|get)|do not understand|not clear)\b",
    "help": r"帮我|帮忙(?:看|算|测|做)|帮我们|诊断|建议|\b(?:help us|help me|help with|recommend|suggest|any tips|any idea|look at our)\b",
}
REFUSING = {
    "no_need": r"(?:不|没有?|无|用不|未|毋)(?:是?很|太|再|怎么|啥|什么|这个|这方面的?|这块|有|任何|大){0,2}(?:需要|需求|用了|用啦|用哈|必要|必|要了|用发|用再|用给)|用不[着上到起]|^不用|不用了|(?<!能)(?<!要)不要(?!紧|钱|太|忘)|^不[,.了]|不了|免了|心领|用不大|没用|没啥用|什么都不|(?:谢谢|多谢)[,.]?不用|先不用|真不用|"
    r"\b(?:no|not|any|without) need\b|\bdo not (?:\w+ )?(?:need|require|want)\b|\bnot (?:needed|required|necessary|something we need)\b|\bno (?:\w+ )?(?:requirement|use|thanks|thank you|thx)\b|^(?:no|nope|nah)\b|\b(?:all set|we are good|i am good|are fine as|sorted already)\b|\bit is a no\b|\bdon't bother|do not bother|够用|不缺|不差|凑合|用不(?:太|大|了|惯)|没那个(?:需要|想法|打算|必要|精力|心思|闲钱|条件|能力)|没想法|没(?:有)?(?:采购|购买)|多此一举|没意义|不值|不划算|不必|莫要|不消|谢绝|还用不|甭|免打扰|\b(?:good enough|enough for us|do without|no point|no value|not worth|overkill|nothing for now|do not see (?:a|the|any)|manage fine|we manage|works fine for us|as (?:it|we) (?:is|are)|no longer need|doubt (?:we|i|it)|have no requirement)\b",
    "no_interest": r"(?:不|没有?|无|没什么|没啥)(?:是很|太|怎么|什么|啥)?(?:感)?兴趣|没意思|无感|\b(?:not|no|zero|is not|are not|not at all|nobody)(?: \w+)? interest(?:ed)?\b|\bnot keen\b|\bnot convinced\b|不关心|不想了解|没感觉|提不起|不对胃口|\b(?:do not care|could not care|does not concern|not my cup|uninterested|does not interest|not excited)\b",
    "not_now": r"暂时?(?:先)?(?:不|没|用不|无)|目前(?:先|还)?(?:不|没|用不|无)|现在(?:还)?(?:不|没|用不)|今年(?:先)?(?:不|没)|近期不|短期内?不|先不|先这样|先缓|缓缓|放一?放|搁置|不考虑|不打算|没打算|没.{0,3}(?:计划|打算)|没有这个打算|不上了|不弄了|不搞|"
    r"\bnot (?:\w+ )?(?:right )?(?:now|at the moment|for now|at this time|this (?:time|year|quarter)|today|at present|currently|yet|a priority|a good time)\b|\bno plans?\b|\bon hold\b|\bnot (?:looking|planning|going|buying|changing)\b|\bpark this\b|\bwill not be\b|没想法|现在(?:手工|人工)|不(?:折腾|动|改)了|先放|先搁|先到这|先停|往后放|往后推|推迟|延后|顾不上|没精力|没心思|焦头烂额|行情差|行情不好|不景气|这几年|手工够|缓一?缓|等行情|不急|不着急|\b(?:occupied|swamped|hands full|on our plate|shelved|postponed|put off|deferred|not at this|presently no|at present no|for the time being|other priorities|priorities|freeze|frozen|too early|premature)\b",
    "later": r"以后(?:再|有|厂|等)|下次|改天|改日|再说|明年(?:再|看|可以聊)|年后|年底再|过段时间|过阵子再|回头再说|到时候再|等.{1,8}再|有需要.{0,4}(?:再|会|找|联系|先)|需要.{0,4}(?:再说|找你|联系你|会联系)|"
    r"\b(?:maybe|perhaps) (?:later|next|some|in|another)\b|\bnext (?:year|time)\b(?! we (?:plan|will))|\bsome other time\b|\banother (?:time|day)\b|\bif (?:i|we) (?:ever )?need\b|\b(?:if|when) (?:there is a need|needed|required)\b|\bif i need it\b|\b(?:we|i) will (?:call|contact) you\b|\bin a year\b|主动(?:联系|找)|会(?:找|联系)你|需要了再|有机会再|等有|等我们|往后再|往后看|回头有|改日|来日方长|下半年|下个?季度|年底|来年|\b(?:revisit|circle back|come back to (?:me|us)|ping you|reach out (?:if|when)|get back (?:to you )?if|if anything|will contact if|contact (?:you )?if|down the road|in the future|later this year|next quarter|maybe q[1-4]|after q[1-4]|some day|someday|in due course)\b",
    "no_money": r"没(?:有)?(?:这个|那个)?(?:预算|钱|经费)|预算(?:没|砍|用完|不够|紧|有限)|资金紧|经费紧|太贵|用不起|承受不|穷|\bno (?:budget|money)\b|\bbudget (?:is|got|was) (?:frozen|cut|gone)\b|\btoo expensive\b|\bcan not afford\b|\b(?:out of|over|beyond) (?:our|the|my) budget\b|闲钱|抠|接受不了|承担不|价格太|太高了|付不起|没那么多钱|亏损|亏钱|回款|裁员|降本|缩减|\b(?:pricey|too much (?:money|for us)|cost cutting|cutting costs|downsizing|layoffs|tight budget|budget is tight|costs too|can not justify)\b",
    "have_one": r"已经?有(?:了|供应商|合作|系统|固定|配合)|有(?:固定|配合|长期)的?(?:供应商|合作|配合)|有(?:供应商|合作的?|合作伙伴|系统|配合的供应商)了|有了|用着(?:别|其他|的)|用了别|(?:刚|已经?)(?:签|买|定|换|上)(?:了|过|别|完)|换(?:成|了)别|自己(?:开发|有团队|做)|用.{1,6}的?了$|不换|别家的了|统一用|"
    r"\balready (?:have|using|use|work|working|got|bought|signed)\b|\b(?:have|got|use|using) (?:a|our own|another|somebody|someone|one) (?:supplier|vendor|system|provider|for that|already)\b|\b(?:went|go|signed|working) with (?:another|someone|somebody)\b|\bchose another\b|\bhappy with (?:our|what|the)\b|\bstick with\b|\bin house\b|\bour own\b|已有|早就?有|早已|已用|已经在用|在用(?:别|其他|金蝶|用友|sap|自己)|习惯了|固定的|长期合作|绑定|签了.{0,4}(?:年|合同)|现有(?:系统|供应商)|同类|\b(?:in-house|own team|tied to|locked in|under contract|year contract|existing (?:supplier|vendor|system)|current (?:supplier|vendor|system|provider|setup)|have (?:somebody|someone|our|a system|people)|got (?:somebody|someone|one)|has one|similar (?:tool|system)|use \w+ already|went with)\b",
    "not_mine": r"不(?:归|是|由)?我(?:管|负责|做主|们管|在负责)|不负责|不归我|管不了|做不了主|定不了|我只管|找别人|找错|加错|发错人了|不是我|(?:已经?)?(?:离职|辞职|转行|退休|不在那家|不在这家|换工作|不做这|不做这行)|"
    r"\b(?:wrong (?:person|number))\b|\bnot (?:my|the right|in charge|responsible|the decision)\b|\b(?:left|moved to another|no longer (?:with|at|work)|retired|changed jobs)\b|\b(?:ask|find|talk to) someone else\b|\bdo not (?:handle|deal|work there)\b|说了不算|说没用|不管(?:这|事|了)|打工的|与我无关|不关我|问别人|换人了|不在(?:职|公司)|不在这?(?:家)?公司|调(?:岗|走)|找我们采购|找.{1,5}去|另请高明|不是负责|轮不到我|\b(?:not the one|do not decide|no say|above my|another department|not involved|changed (?:company|job|role)|not working there|different company|switched jobs|someone else handles|not my call)\b",
    "no_business": r"不做(?:这|那|了)|不搞|倒闭|关了|厂子.{0,3}关|项目.{0,3}(?:停|取消|黄)|没订单|不是做这|不适合|不合适|不(?:太)?搭|不对口|没关系(?!的)|帮不上|\bnot (?:for (?:us|me)|relevant|suitable|applicable|a (?:good )?fit|our business|useful)\b|\bdo not (?:do|make|use) (?:that|this|these|it)\b|\b(?:closed|out of business|cancelled|shut that)\b|\btoo small\b|\bwill not work\b|停产|搬(?:到|去|走|越南|了)|不干了|关门|转让了|卖掉|不接|业务停|改行|不涉及|不沾边|不匹配|两回事|\b(?:stopped (?:making|production)|moved (?:production|abroad)|sold the|outsourced|no longer (?:make|produce|in)|do not match|unrelated|irrelevant|bad experience)\b",
    "no_time": r"没(?:有)?(?:时间|空|工夫)|没空|太忙|不方便|\bno time\b|\btoo busy\b|\bdo not have time\b|忙不过来|没时间(?!看)|抽不开|分身乏术|\b(?:swamped|snowed under|no bandwidth|no capacity|overloaded|hectic)\b",
    "stop": r"别(?:再|给我|老|总|天天)?.{0,5}(?:发|打|推|烦|打扰|联系|骚扰|群发|费心)|(?:不要|不用|甭|勿|少|不许|请勿|停止|可以不|能不|不准|别)(?:再|给我|老|总|天天|继续){0,2}.{0,3}(?:发|打电话|推送|推销|打扰|骚扰|联系|传|send)|不要发给我|勿扰|打扰我|退订|取消订阅|取消关注|删了我|把我.{0,6}(?:删|移|去掉|拉黑)|^td$|^t$|消停|有完没完|烦死|好烦|太烦|烦不烦|别烦|滚|走开|再发|不看|"
    r"\bstop\b(?! by)|\bquit (?:\w+)ing\b|\bdo not (?:\w+ )?(?:message|contact|text|write|call|send|bother|spam)\b|\bnot (?:send|message|text|contact) me\b|\bno more\b|\bunsubscribe\b|\bopt out\b|\b(?:remove|take|delete) (?:me|my)\b|\b(?:off|from) (?:your|this|the) list\b|\bmy number off\b|\bleave me alone\b|\bgo away\b|\blose my number\b|\bdo not want (?:these|this|any|your)\b|莫(?:再)?(?:发|打|传)|甭发|休要|收手|洗版|影响工作|受不了|一天发|一天到晚|老是?发|总是?发|老发|没完没了|别.{0,4}cue|屏蔽|住手|到此为止|别来|免打扰|麻烦以后不要|取关|退群|删掉我|移出|从.{0,4}名单|\b(?:refrain|cease|desist|harass(?:ing|ment)?|annoying|annoyed|enough|give it a rest|back off|mute|muted|not to (?:message|contact|send|text)|delete (?:my|me|this)|database|do not bother|no further (?:messages|contact)|stop all|end this|opt me out|not want (?:to be|to receive|to get))\b",
    "threat": r"拉黑|举报|投诉|报警|删除你|删你|再发.{0,3}(?:拉|举|投|删|报)|\b(?:block|report|blocked|reported|reporting|blocking)\b",
    "insult": r"骗子|骗人|骚扰|垃圾|广告|推销|烦|群发的吧|假的吧|\b(?:spam|spammer|spamming|scam|waste of|useless|f off|get lost|ads)\b|忽悠|套路|韭菜|智商税|浪费(?:我)?(?:时间|感情)|有病|神经|恶心|烦人|\b(?:rubbish|garbage|bullshit|idiot|nonsense|pathetic|ridiculous|fake|cheat|fraud|annoying)\b",
    "no_way": r"拒绝|婉拒|不约|不去|去不了|不参加|不加|不下载|不试|不想|不看|不可能|算了|不同意|没同意|没批|不批|不让|不买|不会买|不折腾|不行|\b(?:will not|can not|could not) (?:join|attend|be|make it|come|use|go)\b|\brather not\b|\b(?:definitely|certainly|absolutely|of course) not\b|\bno way\b|\b(?:i will |we will |^)(?:pass|skip)\b|\bdecided (?:not|against)\b|\b(?:said|say) no\b|\bnot (?:approved|allowed)\b|\bunfortunately\b|\bafraid (?:not|we)\b|\bsorry (?:no|not|we)\b|\bbut no\b|不信|不相信|不现实|想都别想|不愿意|不同意|没批|说不|谢绝|不方便透露|否决|被否|驳回|\b(?:refused|declined?|turned (?:it|you) down|hard pass|but pass|thx but|thanks but pass|i would say no|not happening|count me out|leave it|skip this|opted out|do not want)\b",
}
LIKING = {
    "will_read": r"(?:我|先|再|晚点?|回头|抽空|有空|忙完|下班|明天|今晚|周末|等下|等会儿?|慢慢|仔细|好好|路上|回去|会|这就|打开|来)(?:[一再先慢细去再仔来打开头有]){0,3}(?:看|读|学习|研究|琢磨|消化|拜读|试试|了解)|看看(?:先|$|[,.!])|^看|看一?下|拜读|研究研究|我试试|我们试试|回去试|"
    r"\b(?:will|let me|going to|i will|can|gonna|shall|to) (?:\w+ ){0,2}(?:read|look|check|review|study|go (?:over|through)|see|try|get to|discuss)\b|\b(?:take|have) a (?:look|read)\b|\bread(?:ing)? (?:it )?(?:later|tonight|now|tomorrow|on|over|list)\b|\bgive it a\b|\bchecking it\b|(?:今晚|明天|明早|周末|周一|下班|上班|午休|睡前|回家|回来|等.{1,8}|有时间|闲了|得空|空了|抽时间|抽时间|抽个时间|挤时间)(?:.{0,6})(?:看|读|学|听|研究|琢磨|翻)(?!不)|细看|细读|通读|先码|后看|琢磨|慢慢看|翻翻|瞧瞧|瞅瞅|瞄一眼|过一遍|\b(?:digest|will revert|revert after|will definitely|read (?:it |this )?(?:in full|tonight|later|on the)|get to it|sink in|dig into|dive into|skim|have a think|think about it|will circulate|mull)\b",
    "have_read": r"看完|读完|刚看|看过|看了|在看|正在看|认真看|每(?:次|期|篇).{0,6}看|一直在?看|\b(?:just |have |already )?(?:read|reading|finished|opened|went through) (?:it|this|the|your|now)\b|\balways (?:read|enjoy)\b|听完|看到.{0,4}(?:篇|遍)|读了|读完|拜读了|追着看|期期|\b(?:been reading|following your|was reading|read (?:every|all|your)|went through|finished)\b",
    "praise": r"(?:写|讲|说|做|总结)得|不错|很好|真好|太好|太棒|很棒|太赞|真赞|厉害|牛|专业|到位|精彩|用心|好(?:文|东西|资料|方法|思路|文章|案例|正)|有意思|透彻|清楚|全面|详细[,.!]|真实|实在|细致|巧妙|写的(?:好|很|挺|真)|"
    r"\b(?:great|good|nice|excellent|brilliant|fantastic|amazing|awesome|impressive|lovely|well) (?:\w+ )?(?:article|read|stuff|one|point|points|job|work|content|write|piece|case|example|insight|tool|template|info|information|explained|written|done|said|put)\b|\b(?:love|loved|like|enjoy|enjoyed) (?:it|this|the|your|that)\b|\b(?:brilliant|fantastic|amazing|impressive|inspiring|insightful|interesting|promising|professional|excellent|wow|gold|keeper)\b|\b(?:looks|sounds) (?:\w+ )?(?:good|great|useful|interesting|promising|nice)\b|\bkeep (?:it up|it coming|them coming|sending|sharing|me)\b|佩服|漂亮|喜欢|绝了|妙|高明|句句|开眼|中肯|精辟|接地气|易懂|好懂|一针见血|扎心|过瘾|良心|值得一看|都说好|比上[次期篇]|整理得|细致|很细|有嚼头|有深度|有水平|水平高|用心了|到位|走心|硬核|靠谱[,.!]|好样的|干得|\b(?:superb|respect|kudos|bravo|hats off|refreshing|thorough|comprehensive|concise|solid|neat|clever|smart|beautiful(?:ly)?|gem|on point|nailed it|bang on|top notch|outstanding|wonderful|valuable|value|enlightening|terrific|stellar|first class|remarkable|food for thought|enjoyed|very nice|really nice|best (?:article|post|one)|fascinating|crisp)\b",
    "useful": r"有用|实用|好用|有帮助|受用|用得上|用上|借鉴|参考价值|干货|及时|省了|值得|\b(?:useful|helpful|handy|timely|relevant|valuable|saved us|practical|perfect timing|good timing)\b|管用|落地|受益|帮大忙|解决了|省事|省了|救急|雪中送炭|对症|\b(?:put (?:it |this )?into practice|applied it|practical|actionable|worth|benefit(?:ed)?|helps a lot|big help|lifesaver|saves? (?:us|me)|came in handy)\b",
    "learn": r"学习|学到|涨知识|长知识|长见识|受教|受益|启发|收获|懂了|原来(?:如此|是这样)|没想到|\b(?:learn(?:ed|t)|good to know|eye opening|new to me|did not know|never thought)\b|醍醐|茅塞|豁然|开窍|明白了(?:不少|很多)|新思路|新知识|头一次|第一次(?:知道|听说|见)|\b(?:eye-opener|insight|taught me|makes me think|got me thinking|new perspective|never knew|first time i)\b",
    "saved": r"收藏|存(?:了|着|下|一下)|保存|下载(?:了|下来)|打印|mark|马克|截图|\b(?:saved|bookmarked|downloaded|printed|for later)\b|存档|码了|先码|备用|贴(?:了|在|到)|入库|\b(?:bookmark(?:ing)?|screenshot|pinned|kept|filed|noted down|stuck it)\b",
    "passed_on": r"(?:转|发|分享)(?:给|到|发)?(?:了)?(?:我们)?(?:同事|老板|领导|厂长|主管|团队|群|朋友圈|车间|生产|采购|大家|部门)|已转|转发(?:了|给|朋友圈)|给.{1,6}(?:看看|看一下|讲讲)|让.{1,8}(?:看看|也看|学)|贴车间|组织大家|\b(?:forward(?:ed|ing)|shar(?:ed|ing)|pass(?:ed|ing)? (?:it|this)|show(?:ing)?) (?:\w+ ){0,3}(?:team|boss|manager|colleague|on|head|my|to)\b|\b(?:share|discuss|review) (?:it |this )?(?:with my|internally|with the)\b|转到|群里|传阅|给.{1,6}传|发车间|推荐给|让.{1,10}(?:试|照|读|看|来排|学)|开会(?:讲|讨论)|早会|\b(?:circulat(?:ed|ing)|forward(?:ed)? to|sent it to (?:our|my|the)|our planners|with the team|monday meeting|tell my|told my|discussed with|printed for)\b",
    "same": r"我们(?:厂|公司|这|这边)?(?:也|就|确实|都|一直|现在就)|一模一样|同样的问题|遇到过|说的就是|感同身受|同感|有感|共鸣|戳我|头疼|正好|刚好|正需要|正是|心坎|\b(?:same|exactly|precisely|literally|that is us|sounds like us|us every|our (?:problem|situation|issue)|been there|we struggle|what (?:i|we) need(?:ed)?|we have the same|so true|very true)\b|跟我想|想的一样|想到一块|老大难|一个样|吵了一架|可不是|谁说不是|太难了|天天(?:救火|插单|加班)|卡在|躺枪|打算这么干|我们也打算|\b(?:can relate|relate|hit home|resonates?|familiar|story of|our life|describes us|happens here|feel the pain|pain we|we face|daily|issue we|every (?:day|week|friday)|like us)\b",
    "agree": r"有道理|说得?(?:太)?对|确实|认同|同意|没错|是的|是啊|对的|点子上|说服力|\b(?:agree|true|makes (?:a lot of )?sense|spot on|could not agree|well said|good points?)\b",
    "await": r"期待|坐等|等你更新|持续关注|感兴趣|有兴趣|继续(?:发|分享)|多(?:发|分享)|欢迎|\b(?:interested|looking forward|can not wait|keep me posted|in the loop)\b|追更|催更|下[期篇回]|再来|常发|想多看|\b(?:more of (?:this|these)|next (?:part|one|issue|article)|subscribe me|follow you|please continue|more like this keep)\b",
    "done": r"用了|试了|在用|准备照着|有效果|就试|照着做|\b(?:tried (?:it|the)|using (?:it|the)|works (?:well|great)|try this|might try)\b",
    "busy": r"在忙|在开会|开会呢|开车|出差|忙忘|才看到|刚看到|没顾上|这两天忙|忙完|在外地|\b(?:in a meeting|driving|travel(?:l)?ing|busy|sorry (?:just|for the late|been)|on the road|crazy week|on my list)\b",
}
KIND = {
    "thanks": r"谢|感恩|感激|辛苦|有心|费心|多谢|蟹蟹|\b(?:thank(?:s|\syou)?|cheers|appreciate|appreciated|gracias|merci|danke|arigato|obrigado|bless)\b|谢些|蟹蟹|感谢|破费|厚爱|承蒙|\b(?:tq|tqvm|tks|thankful|grateful|thanx|ta)\b",
    "got_it": r"收到|好的|好哒|好滴|好嘞|好喔|好哦|^好$|^行|行的|嗯|哦|知道|了解了?$|明白|看到了|已阅|^可以的?$|^1$|\b(?:ok|noted|received|got it|understood|seen|i see|alright|all right|sure|fine|perfect|great|cool|yes|yep|yup)\b|已读|收道|收悉|噢|喔|晓得|得嘞|妥|了然|没问题|\b(?:okiee|sure thing|copy that|roger|acknowledged|rcvd|recd|kk|lah|aye)\b",
    "greeting": r"早(?:上好|安|啊)?$|早上好|早安|上午好|下午好|晚上好|午安|晚安|你好|哈喽|嗨|幸会|好久不见|\b(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|morning|nice to (?:meet|e-meet|hear)|how are you)\b|早$|早[,.!]|周一|哈罗|hello|\b(?:namaste|salam|greetings|hola|bonjour|dear)\b",
    "wish": r"快乐|愉快|安康|祝|顺利|发财|生意兴隆|新年好|周末好|注意身体|早点休息|\b(?:happy (?:new|holidays|weekend|lunar|diwali)|have a (?:nice|great|good)|merry|take care|best (?:wishes|regards)|regards|same to you|you too|likewise|mubarak|hope (?:you|all))\b|阖家|幸福|吉祥|如意|越来越好|健康|平安|福|记得我生日|\b(?:blessed|blessing|prosper\w*|warm (?:greetings|regards)|good luck|enjoy|weekend|safe (?:travels|journey))\b",
    "polite": r"不客气|客气|没事|没关系|应该的|哪里哪里|不敢当|彼此|\b(?:you are welcome|welcome|no worries|no problem|my pleasure|np|kind of you)\b",
    "laugh": r"哈哈|嘿嘿|呵呵|嘻嘻|\b(?:haha(?:ha)?|lol|hehe)\b",
}
OTHER = {
    "topic": r"排产|插单|急单|库存|车间|系统|软件|mes|erp|换模|准交|交期|产能|缺料|产品|你们|贵司|贵公司|文章|内容|资料|功能|案例|数据|"
    r"\b(?:article|factory|scheduling|schedule|system|software|product|products|tool|platform|your company|you guys|planning|stock|changeover|rush orders?|orders|template)\b",
    "family": r"妈|爸|老婆|老公|宝贝|孩子|儿子|女儿|娃|小孩|小朋友|爷爷|奶奶|\b(?:mum|mom|dad|honey|babe|kids?|son|daughter|wife|husband|grandmother|love you|the (?:dog|cat))\b",
    "food": r"吃饭|吃啥|吃什么|晚饭|晚餐|午饭|火锅|喝酒|咖啡(?!\])|外卖|奶茶|烧|红烧肉|啤酒|\b(?:dinner|lunch|breakfast|beer|coffee|pub|milk|restaurant)\b",
    "weather": r"天气|下雨|下雪|好热|好冷|堵车|塞车|限号|封路|地铁|高铁|机场|飞机|停车|油价|\b(?:weather|raining|snowing|hot today|cold|traffic|train|flight|airport|gate \d|parking|landed)\b",
    "leisure": r"球|国足|股票|打麻将|爬山|动物园|聚餐|团建|聚会|结婚|生日|红包|股|\b(?:match|game|goal|liverpool|football|birthday|anniversary|congrat\w*|wedding|holiday photos)\b",
    "office": r"报销|对账|发票寄|款已|发货|货已|单号|快递|包裹|丰巢|会议室|值班|早会|团队聚|停电|加班|请假|物业|水电|\b(?:timesheets?|expenses|invoice \d*|leave request|meeting room|standup|on call|pallets|truck|tracking|parcel|package|shipped|team lunch|double booked)\b|工资|会议(?:改|号)|腾讯会议|图纸改|这批料|料什么时候|订单号|少了.{0,4}箱|年会|节目|上班|招人|招聘|值日|打卡|寻狗|菜到了|作业|补货|停用|旧号|\b(?:salary|recharge|shift|roster|payroll|on a call|call you back|can not talk now|brb|in a call|be right back|call back later)\b",
    "advert": r"优惠券|周年庆|五折|新品上市|招聘|月薪|贷款|兼职|代开|保险|二手|出售|转让|低价|合伙人|投资|本店|私聊|砍一刀|投(?:个|一)票|点赞集|集满|转发[:这]|朋友圈第|点击链接|\b(?:we (?:sell|supply|offer)|offer \d|\d+% off|sale|seo|followers|loans?|crypto|earn money|hiring|apply now|manufacturer of|we are (?:a )?(?:supplier|manufacturer)|for rent|selling my|my (?:page|shop)|dm me|follow us|limited offer|special offer|vote for|share this with|fwd|rank your)\b|有需要(?:请)?联系我|我们(?:厂|公司)?(?:生产|专业|主营|供应)|需要(?:的)?(?:可以|请)?找我|新品|促销|特价|满减|抢购|清仓|开业|理财|办卡|会员日|\b(?:buy \d|get \d|collection|shop now|dear customer|free shipping|promo|coupon|deal of|click here|order now|discount code|our new|black friday)\b",
    "strayed": r"发错|打错字|碰到了|换手机|你是哪位|你是谁|你谁|请问你是$|\b(?:wrong (?:chat|window)|meant for|ignore that|pocket dial|who (?:is|are) (?:this|you)|do i know you|new phone|changed my number|my phone was)\b|测试消息|请忽略|我到了|开门|在路上|老师好|老板娘|小王|师傅|\b(?:who won|where did you|please ignore|open the door|where are you|see you (?:at|soon|there))\b",
    "body": r"发烧|感冒|拔牙|体检报告|医院|累死|好累|^困|没睡|睡|牙|\b(?:dentist|doctor|sick|tired|sleep|headache|my back|flu|a cold)\b",
    "motto": r"人生|愿你|微笑开始|世界温柔|每一步|\b(?:life is|every day is|good vibes|joke of|pray for)\b|元气满满|美好的一天|正能量|好梦|岁月|心态|幸福的人|\b(?:stay positive|quote of the day|believe in)\b",
    "address": r"(?:市|区).{1,10}(?:路|街|道)\d+号|\d{11}|https?:|www\.|@\w|\b\d{1,4} \w+ (?:road|street|st|avenue)\b",
}
PATTERNS = MappingProxyType({**ASKING, **REFUSING, **LIKING, **KIND, **OTHER})
_COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
NEGATABLE = frozenset({*ASKING, *LIKING})
"""Cues that say the opposite behind a negation; refusals hold theirs already."""
_NEGATED = re.compile(
    r"(?:(?<!能)(?<!要)(?<!行)(?<!是)(?<!好)(?<!错)(?:不(?!错|过|仅|止|只|少|但|看不|好意思)|没(?!错|想到|事)|别|无|未|勿)(?:有|是|再|太|会|想|打算|什么|啥|怎么|用|要|能|很){0,2}"
    r"|\b(?:not|no|never|without|nor|neither|nothing|hardly)(?: \w+){0,2} ?)$"
)
_LOOK_BACK = 24
CLAUSE_ENDS = re.compile(
    r"[,.;!?\n]+|(?:不过|但是|但|可是|可惜|然而|只是|就是(?!这|我们))|\b(?:but|however|though|yet(?= \w))\b"
)
CONTRAST = re.compile(r"不过|但是|但|可是|可惜|然而|\b(?:but|however|though)\b")
REFUSED_FOR_GOOD = re.compile(
    f"{REFUSING['stop']}|{REFUSING['threat']}"
    r"|\b(?:spammer|get lost)\b"
)
"""What a wish to be left alone for good sounds like."""


def cues_of(text: str) -> Iterator[str]:
    """The cues of a plain text, `not:` before those behind a negation."""
    for name, pattern in _COMPILED.items():
        seen: set[bool] = set()
        for found in pattern.finditer(text):
            seen.add(name in NEGATABLE and _is_negated(text, found.start()))
        for negated in seen:
            yield f"not:{name}" if negated else name


def clauses(text: str) -> list[str]:
    """The parts between marks and words like "but", empty ones left out."""
    return [part.strip() for part in CLAUSE_ENDS.split(text) if part and part.strip()]


def _is_negated(text: str, start: int) -> bool:
    return _NEGATED.search(text[max(0, start - _LOOK_BACK) : start]) is not None
