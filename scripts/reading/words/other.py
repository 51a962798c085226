"""Words of other matters: families, food, the office, adverts, strayed messages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OTHER: Mapping[str, str] = MappingProxyType(
    {
        "topic": (
            r"排产|插单|急单|库存|车间|系统|软件|mes|erp|换模|准交|交期|产能|缺料|产品|你们|"
            r"贵司|贵公司|文章|内容|资料|功能|案例|数据|\b(?:article|factory|scheduling|"
            r"schedule|system|software|product|products|tool|platform|your company|you guys|"
            r"planning|stock|changeover|rush orders?|orders|template)\b"
        ),
        "family": (
            r"妈|爸|老婆|老公|宝贝|孩子|儿子|女儿|娃|小孩|小朋友|爷爷|奶奶|\b(?:mum|mom|dad|"
            r"honey|babe|kids?|son|daughter|wife|husband|grandmother|love you|the (?:dog|"
            r"cat))\b"
        ),
        "food": (
            r"吃饭|吃啥|吃什么|晚饭|晚餐|午饭|火锅|喝酒|咖啡(?!\])|外卖|奶茶|烧|红烧肉|啤酒|"
            r"\b(?:dinner|lunch|breakfast|beer|coffee|pub|milk|restaurant)\b"
        ),
        "weather": (
            r"天气|下雨|下雪|好热|好冷|堵车|塞车|限号|封路|地铁|高铁|机场|飞机|停车|油价|"
            r"\b(?:weather|raining|snowing|hot today|cold|traffic|train|flight|airport|"
            r"gate \d|parking|landed)\b"
        ),
        "leisure": (
            r"球|国足|股票|打麻将|爬山|动物园|聚餐|团建|聚会|结婚|生日|红包|股|\b(?:match|"
            r"game|goal|liverpool|football|birthday|anniversary|congrat\w*|wedding|"
            r"holiday photos)\b"
        ),
        "office": (
            r"报销|对账|发票寄|款已|发货|货已|单号|快递|包裹|丰巢|会议室|值班|早会|团队聚|"
            r"停电|加班|请假|物业|水电|\b(?:timesheets?|expenses|invoice \d*|leave request|"
            r"meeting room|standup|on call|pallets|truck|tracking|parcel|package|shipped|"
            r"team lunch|double booked)\b|工资|会议(?:改|号)|腾讯会议|图纸改|这批料|"
            r"料什么时候|订单号|少了.{0,4}箱|年会|节目|上班|招人|招聘|值日|打卡|寻狗|菜到了|"
            r"作业|补货|停用|旧号|\b(?:salary|recharge|shift|roster|payroll|on a call|"
            r"call you back|can not talk now|brb|in a call|be right back|call back later)\b"
        ),
        "advert": (
            r"优惠券|周年庆|五折|新品上市|招聘|月薪|贷款|兼职|代开|保险|二手|出售|转让|低价|"
            r"合伙人|投资|本店|私聊|砍一刀|投(?:个|一)票|点赞集|集满|转发[:这]|朋友圈第|"
            r"点击链接|\b(?:we (?:sell|supply|offer)|offer \d|\d+% off|sale|seo|followers|"
            r"loans?|crypto|earn money|hiring|apply now|manufacturer of|"
            r"we are (?:a )?(?:supplier|manufacturer)|for rent|selling my|my (?:page|shop)|"
            r"dm me|follow us|limited offer|special offer|vote for|share this with|fwd|"
            r"rank your)\b|有需要(?:请)?联系我|我们(?:厂|公司)?(?:生产|专业|主营|供应)|"
            r"需要(?:的)?(?:可以|请)?找我|新品|促销|特价|满减|抢购|清仓|开业|理财|办卡|会员日|"
            r"\b(?:buy \d|get \d|collection|shop now|dear customer|free shipping|promo|coupon|"
            r"deal of|click here|order now|discount code|our new|black friday)\b"
        ),
        "strayed": (
            r"发错|打错字|碰到了|换手机|你是哪位|你是谁|你谁|请问你是$|\b(?:wrong (?:chat|"
            r"window)|meant for|ignore that|pocket dial|who (?:is|are) (?:this|you)|"
            r"do i know you|new phone|changed my number|my phone was)\b|测试消息|请忽略|"
            r"我到了|开门|在路上|老师好|老板娘|小王|师傅|\b(?:who won|where did you|"
            r"please ignore|open the door|where are you|see you (?:at|soon|there))\b"
        ),
        "body": (
            r"发烧|感冒|拔牙|体检报告|医院|累死|好累|^困|没睡|睡|牙|\b(?:dentist|doctor|sick|"
            r"tired|sleep|headache|my back|flu|a cold)\b"
        ),
        "motto": (
            r"人生|愿你|微笑开始|世界温柔|每一步|\b(?:life is|every day is|good vibes|joke of|"
            r"pray for)\b|元气满满|美好的一天|正能量|好梦|岁月|心态|幸福的人|"
            r"\b(?:stay positive|quote of the day|believe in)\b"
        ),
        "address": (
            r"(?:市|区).{1,10}(?:路|街|道)\d+号|\d{11}|https?:|www\.|@\w|"
            r"\b\d{1,4} \w+ (?:road|street|st|avenue)\b"
        ),
    }
)
