"""Words that refuse: no need, not now, no money, somebody else has it, leave me alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REFUSING: Mapping[str, str] = MappingProxyType(
    {
        "no_need": (
            r"(?:不|没有?|无|用不|未|毋)(?:是?很|太|再|怎么|啥|什么|这个|这方面的?|这块|有|"
            r"任何|大){0,2}(?:需要|需求|用了|用啦|用哈|必要|必|要了|用发|用再|用给)|"
            r"用不[着上到起]|^不用|不用了|(?<!能)(?<!要)不要(?!紧|钱|太|忘)|^不[,.了]|不了|"
            r"(?:用得着|用得上|有(?:这个?|那个?)?必要|犯得着|犯不着|至于)[吗么]|何必|"
            r"免了|心领|用不大|没用|没啥用|什么都不|(?:谢谢|多谢)[,.]?不用|先不用|真不用|"
            r"\b(?:no|not|any|without) need\b|\bdo not (?:\w+ )?(?:need|require|want)\b|"
            r"\bnot (?:needed|required|necessary|something we need)\b|"
            r"\bno (?:\w+ )?(?:requirement|use|thanks|thank you|thx)\b|^(?:no|nope|nah)\b|"
            r"\b(?:all set|we are good|i am good|are fine as|sorted already)\b|\bit is a no\b|"
            r"\bdon't bother|do not bother|够用|不缺|不差|凑合|用不(?:太|大|了|惯)|"
            r"没那个(?:需要|想法|打算|必要|精力|心思|闲钱|条件|能力)|没想法|没(?:有)?(?:采购|"
            r"购买)|多此一举|没意义|不值|不划算|不必|莫要|不消|谢绝|还用不|甭|免打扰|"
            r"\b(?:good enough|enough for us|do without|no point|no value|not worth|overkill|"
            r"nothing for now|do not see (?:a|the|any)|manage fine|we manage|"
            r"works fine for us|as (?:it|we) (?:is|are)|no longer need|doubt (?:we|i|it)|"
            r"have no requirement)\b"
        ),
        "no_interest": (
            r"(?:不|没有?|无|没什么|没啥)(?:是很|太|怎么|什么|啥)?(?:感)?兴趣|没意思|无感|"
            r"\b(?:not|no|zero|is not|are not|not at all|nobody)(?: \w+)? interest(?:ed)?\b|"
            r"\bnot keen\b|\bnot convinced\b|不关心|不想了解|没感觉|提不起|不对胃口|"
            r"\b(?:do not care|could not care|does not concern|not my cup|uninterested|"
            r"does not interest|not excited)\b"
        ),
        "not_now": (
            r"暂时?(?:先)?(?:不|没|用不|无)|目前(?:先|还)?(?:不|没|用不|无)|现在(?:还)?(?:不|"
            r"没|用不)|今年(?:先)?(?:不|没)|近期不|短期内?不|先不|先这样|先缓|缓缓|放一?放|"
            r"搁置|不考虑|不打算|没打算|没.{0,3}(?:计划|打算)|没有这个打算|不上了|不弄了|不搞|"
            r"\bnot (?:\w+ )?(?:right )?(?:now|at the moment|for now|at this time|"
            r"this (?:time|year|quarter)|today|at present|currently|yet|a priority|"
            r"a good time)\b|\bno plans?\b|\bon hold\b|\bnot (?:looking|planning|going|buying|"
            r"changing)\b|\bpark this\b|\bwill not be\b|没想法|现在(?:手工|人工)|不(?:折腾|动|"
            r"改)了|先放|先搁|先到这|先停|往后放|往后推|推迟|延后|顾不上|没精力|没心思|"
            r"焦头烂额|行情差|行情不好|不景气|这几年|手工够|缓一?缓|等行情|不急|不着急|"
            r"\b(?:occupied|swamped|hands full|on our plate|shelved|postponed|put off|"
            r"deferred|not at this|presently no|at present no|for the time being|"
            r"other priorities|priorities|freeze|frozen|too early|premature)\b"
        ),
        "later": (
            r"以后(?:再|有|厂|等)|下次|改天|改日|再说|明年(?:再|看|可以聊)|年后|年底再|"
            r"过段时间|过阵子再|回头再说|到时候再|等.{1,8}再|有需要.{0,4}(?:再|会|找|联系|先)|"
            r"需要.{0,4}(?:再说|找你|联系你|会联系)|\b(?:maybe|perhaps) (?:later|next|some|in|"
            r"another)\b|\bnext (?:year|time)\b(?! we (?:plan|will))|\bsome other time\b|"
            r"\banother (?:time|day)\b|\bif (?:i|we) (?:ever )?need\b|\b(?:if|"
            r"when) (?:there is a need|needed|required)\b|\bif i need it\b|\b(?:we|"
            r"i) will (?:call|contact) you\b|\bin a year\b|主动(?:联系|找)|会(?:找|联系)你|"
            r"需要了再|有机会再|等有|等我们|往后再|往后看|回头有|改日|来日方长|下半年|"
            r"下个?季度|年底|来年|\b(?:revisit|circle back|come back to (?:me|us)|ping you|"
            r"reach out (?:if|when)|get back (?:to you )?if|if anything|will contact if|"
            r"contact (?:you )?if|down the road|in the future|later this year|next quarter|"
            r"maybe q[1-4]|after q[1-4]|some day|someday|in due course)\b"
        ),
        "no_money": (
            r"没(?:有)?(?:这个|那个)?(?:预算|钱|经费)|预算(?:没|砍|用完|不够|紧|有限)|资金紧|"
            r"经费紧|太贵|用不起|承受不|穷|\bno (?:budget|money)\b|\bbudget (?:is|got|"
            r"was) (?:frozen|cut|gone)\b|\btoo expensive\b|\bcan not afford\b|\b(?:out of|"
            r"over|beyond) (?:our|the|my) budget\b|闲钱|抠|接受不了|承担不|价格太|太高了|"
            r"付不起|没那么多钱|亏损|亏钱|回款|裁员|降本|缩减|\b(?:pricey|too much (?:money|"
            r"for us)|cost cutting|cutting costs|downsizing|layoffs|tight budget|"
            r"budget is tight|costs too|can not justify)\b"
        ),
        "have_one": (
            r"已经?有(?:了|供应商|合作|系统|固定|配合)|有(?:固定|配合|长期)的?(?:供应商|合作|"
            r"配合)|有(?:供应商|合作的?|合作伙伴|系统|配合的供应商)了|有了|用着(?:别|其他|的)|"
            r"用了别|(?:刚|已经?)(?:签|买|定|换|上)(?:了|过|别|完)|换(?:成|了)别|自己(?:开发|"
            r"有团队|做)|用.{1,6}的?了$|不换|别家的了|统一用|\balready (?:have|using|use|work|"
            r"working|got|bought|signed)\b|\b(?:have|got|use|using) (?:a|our own|another|"
            r"somebody|someone|one) (?:supplier|vendor|system|provider|for that|already)\b|"
            r"\b(?:went|go|signed|working) with (?:another|someone|somebody)\b|"
            r"\bchose another\b|\bhappy with (?:our|what|the)\b|\bstick with\b|\bin house\b|"
            r"\bour own\b|已有|早就?有|早已|已用|已经在用|在用(?:别|其他|金蝶|用友|sap|自己)|"
            r"习惯了|固定的|长期合作|绑定|签了.{0,4}(?:年|合同)|现有(?:系统|供应商)|同类|"
            r"\b(?:in-house|own team|tied to|locked in|under contract|year contract|"
            r"existing (?:supplier|vendor|system)|current (?:supplier|vendor|system|provider|"
            r"setup)|have (?:somebody|someone|our|a system|people)|got (?:somebody|someone|"
            r"one)|has one|similar (?:tool|system)|use \w+ already|went with)\b"
        ),
        "not_mine": (
            r"不(?:归|是|由)?我(?:管|负责|做主|们管|在负责)|不负责|不归我|管不了|做不了主|"
            r"定不了|我只管|找别人|找错|加错|发错人了|不是我|(?:已经?)?(?:离职|辞职|转行|退休|"
            r"不在那家|不在这家|换工作|不做这|不做这行)|\b(?:wrong (?:person|number))\b|"
            r"\bnot (?:my|the right|in charge|responsible|the decision)\b|\b(?:left|"
            r"moved to another|no longer (?:with|at|work)|retired|changed jobs)\b|\b(?:ask|"
            r"find|talk to) someone else\b|\bdo not (?:handle|deal|work there)\b|说了不算|"
            r"说没用|不管(?:这|事|了)|打工的|与我无关|不关我|问别人|换人了|不在(?:职|公司)|"
            r"不在这?(?:家)?公司|调(?:岗|走)|找我们采购|找.{1,5}去|另请高明|不是负责|轮不到我|"
            r"\b(?:not the one|do not decide|no say|above my|another department|not involved|"
            r"changed (?:company|job|role)|not working there|different company|switched jobs|"
            r"someone else handles|not my call)\b"
        ),
        "no_business": (
            r"不做(?:这|那|了)|不搞|倒闭|关了|厂子.{0,3}关|项目.{0,3}(?:停|取消|黄)|没订单|"
            r"不是做这|不适合|不合适|不(?:太)?搭|不对口|没关系(?!的)|帮不上|"
            r"\bnot (?:for (?:us|me)|relevant|suitable|applicable|a (?:good )?fit|"
            r"our business|useful)\b|\bdo not (?:do|make|use) (?:that|this|these|it)\b|"
            r"\b(?:closed|out of business|cancelled|shut that)\b|\btoo small\b|"
            r"\bwill not work\b|停产|搬(?:到|去|走|越南|了)|不干了|关门|转让了|卖掉|不接|"
            r"业务停|改行|不涉及|不沾边|不匹配|两回事|\b(?:stopped (?:making|production)|"
            r"moved (?:production|abroad)|sold the|outsourced|no longer (?:make|produce|in)|"
            r"do not match|unrelated|irrelevant|bad experience)\b"
        ),
        "no_time": (
            r"没(?:有)?(?:时间|空|工夫)|没空|太忙|不方便|\bno time\b|\btoo busy\b|"
            r"\bdo not have time\b|忙不过来|没时间(?!看)|抽不开|分身乏术|\b(?:swamped|"
            r"snowed under|no bandwidth|no capacity|overloaded|hectic)\b"
        ),
        "stop": (
            r"别(?:再|给我|老|总|天天)?.{0,5}(?:发|打|推|烦|打扰|联系|骚扰|群发|费心)|(?:不要|"
            r"不用|甭|勿|少|不许|请勿|停止|可以不|能不|不准|别)(?:再|给我|老|总|天天|"
            r"继续){0,2}.{0,3}(?:发|打电话|推送|推销|打扰|骚扰|联系|传|send)|不要发给我|勿扰|"
            r"打扰我|退订|取消订阅|取消关注|删了我|把我.{0,6}(?:删|移|去掉|拉黑)|^td$|^t$|"
            r"消停|有完没完|烦死|好烦|太烦|烦不烦|别烦|滚|走开|再发(?!一?[下份遍次个])"
            r"|\bstop\b(?! by)|"
            r"\bquit (?:\w+)ing\b|\bdo not (?:\w+ )?(?:message|contact|text|write|call|send|"
            r"bother|spam)\b|\bnot (?:send|message|text|contact) me\b|\bno more\b|"
            r"\bunsubscribe\b|\bopt out\b|\b(?:remove|take|delete) (?:me|my)\b|\b(?:off|"
            r"from) (?:your|this|the) list\b|\bmy number off\b|\bleave me alone\b|\bgo away\b|"
            r"\blose my number\b|\bdo not want (?:these|this|any|your)\b|莫(?:再)?(?:发|打|"
            r"传)|甭发|休要|收手|洗版|影响工作|受不了|一天发|一天到晚|老是?发|总是?发|老发|"
            r"没完没了|别.{0,4}cue|屏蔽|住手|到此为止|别来|免打扰|麻烦以后不要|取关|退群|"
            r"删掉我|移出|从.{0,4}名单|\b(?:refrain|cease|desist|harass(?:ing|ment)?|annoying|"
            r"annoyed|enough|give it a rest|back off|mute|muted|not to (?:message|contact|"
            r"send|text)|delete (?:my|me|this)|database|do not bother|no further (?:messages|"
            r"contact)|stop all|end this|opt me out|not want (?:to be|to receive|to get))\b"
        ),
        "threat": (
            r"拉黑|举报|投诉|报警|删除你|删你|再发.{0,3}(?:拉|举|投|删|报)|\b(?:block|report|"
            r"blocked|reported|reporting|blocking)\b"
        ),
        "insult": (
            r"骗子|骗人|骚扰|垃圾|广告|推销|烦|群发的吧|假的吧|\b(?:spam|spammer|spamming|"
            r"scam|waste of|useless|f off|get lost|ads|hype|(?:sales|marketing) (?:pitch|talk"
            r"|fluff|"
            r"speak|promises)|another (?:\w+ )?(?:ad|pitch|newsletter|advert|promo))\b|忽悠"
            r"|套路|韭菜|智商税|"
            r"浪费(?:我)?(?:时间|感情)|有病|神经|恶心|烦人|\b(?:rubbish|garbage|bullshit|"
            r"idiot|nonsense|pathetic|ridiculous|fake|cheat|fraud|annoying)\b"
        ),
        "no_way": (
            r"拒绝|婉拒|不约|不去|去不了|不参加|不加|不下载|不试|不想|不看|不可能|算了|不同意|"
            r"没同意|没批|不批|不让|不买|不会买|不折腾|不行|\b(?:will not|can not|"
            r"could not) (?:join|attend|be|make it|come|use|go)\b|\brather not\b|"
            r"\b(?:definitely|certainly|absolutely|of course) not\b|\bno way\b|\b(?:i will |"
            r"we will |^)(?:pass|skip)\b|\bdecided (?:not|against)\b|\b(?:said|say) no\b|"
            r"\bnot (?:approved|allowed)\b|\bunfortunately\b|\bafraid (?:not|we)\b|"
            r"\bsorry (?:no|not|we)\b|\bbut no\b|不信|不相信|不现实|想都别想|不愿意|不同意|"
            r"没批|说不|谢绝|不方便透露|否决|被否|驳回|\b(?:refused|declined?|turned (?:it|"
            r"you) down|hard pass|but pass|thx but|thanks but pass|i would say no|"
            r"not happening|count me out|leave it|skip this|opted out|do not want)\b"
        ),
    }
)
