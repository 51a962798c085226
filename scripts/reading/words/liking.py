"""Words of somebody who reads along: will read it, praises it, passes it on, knows it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LIKING: Mapping[str, str] = MappingProxyType(
    {
        "will_read": (
            r"(?:我|先|再|晚点?|回头|抽空|有空|忙完|下班|明天|今晚|周末|等下|等会儿?|慢慢|"
            r"仔细|好好|路上|回去|会|这就|打开|来)(?:[一再先慢细去再仔来打开头有]){0,3}(?:看|"
            r"读|学习|研究|琢磨|消化|拜读|试试|了解)|看看(?:先|$|[,.!])|^看|看一?下|拜读|"
            r"研究研究|我试试|我们试试|回去试|\b(?:will|let me|going to|i will|can|gonna|"
            r"shall|to) (?:\w+ ){0,2}(?:read|look|check|review|study|go (?:over|through)|see|"
            r"try|get to|discuss)\b|\b(?:take|have) a (?:look|read)\b|"
            r"\bread(?:ing)? (?:it )?(?:later|tonight|now|tomorrow|on|over|list)\b|"
            r"\bgive it a\b|\bchecking it\b|(?:今晚|明天|明早|周末|周一|下班|上班|午休|睡前|"
            r"回家|回来|等.{1,8}|有时间|闲了|得空|空了|抽时间|抽时间|抽个时间|"
            r"挤时间)(?:.{0,6})(?:看|读|学|听|研究|琢磨|翻)(?!不)|细看|细读|通读|先码|后看|"
            r"琢磨|慢慢看|翻翻|瞧瞧|瞅瞅|瞄一眼|过一遍|\b(?:digest|will revert|revert after|"
            r"will definitely|read (?:it |this )?(?:in full|tonight|later|on the)|get to it|"
            r"sink in|dig into|dive into|skim|have a think|think about it|will circulate|"
            r"mull)\b"
        ),
        "have_read": (
            r"看完|读完|刚看|看过|看了|在看|正在看|认真看|每(?:次|期|篇).{0,6}看|一直在?看|"
            r"\b(?:just |have |already )?(?:read|reading|finished|opened|went through) (?:it|"
            r"this|the|your|now)\b|\balways (?:read|enjoy)\b|听完|看到.{0,4}(?:篇|遍)|读了|"
            r"读完|拜读了|追着看|期期|\b(?:been reading|following your|was reading|"
            r"read (?:every|all|your)|went through|finished)\b"
        ),
        "praise": (
            r"(?:写|讲|说|做|总结)得|不错|很好|真好|太好|太棒|很棒|太赞|真赞|厉害|牛|专业|"
            r"到位|精彩|用心|好(?:文|东西|资料|方法|思路|文章|案例|正)|有意思|透彻|清楚|全面|"
            r"详细[,.!]|真实|实在|细致|巧妙|写的(?:好|很|挺|真)|\b(?:great|good|nice|"
            r"excellent|brilliant|fantastic|amazing|awesome|impressive|lovely|"
            r"well) (?:\w+ )?(?:article|read|stuff|one|point|points|job|work|content|write|"
            r"piece|case|example|insight|tool|template|info|information|explained|written|"
            r"done|said|put)\b|\b(?:love|loved|like|enjoy|enjoyed) (?:it|this|the|your|"
            r"that)\b|\b(?:brilliant|fantastic|amazing|impressive|inspiring|insightful|"
            r"interesting|promising|professional|excellent|wow|gold|keeper)\b|\b(?:looks|"
            r"sounds) (?:\w+ )?(?:good|great|useful|interesting|promising|nice)\b|"
            r"\bkeep (?:it up|it coming|them coming|sending|sharing|me)\b|佩服|漂亮|喜欢|绝了|"
            r"妙|高明|句句|开眼|中肯|精辟|接地气|易懂|好懂|一针见血|扎心|过瘾|良心|值得一看|"
            r"都说好|比上[次期篇]|整理得|细致|很细|有嚼头|有深度|有水平|水平高|用心了|到位|"
            r"走心|硬核|靠谱[,.!]|好样的|干得|\b(?:superb|respect|kudos|bravo|hats off|"
            r"refreshing|thorough|comprehensive|concise|solid|neat|clever|smart|"
            r"beautiful(?:ly)?|gem|on point|nailed it|bang on|top notch|outstanding|wonderful|"
            r"valuable|value|enlightening|terrific|stellar|first class|remarkable|"
            r"food for thought|enjoyed|very nice|really nice|best (?:article|post|one)|"
            r"fascinating|crisp)\b"
        ),
        "useful": (
            r"有用|实用|好用|有帮助|受用|用得上|用上|借鉴|参考价值|干货|及时|省了|值得|"
            r"\b(?:useful|helpful|handy|timely|relevant|valuable|saved us|practical|"
            r"perfect timing|good timing)\b|管用|落地|受益|帮大忙|解决了|省事|省了|救急|"
            r"雪中送炭|对症|\b(?:put (?:it |this )?into practice|applied it|practical|"
            r"actionable|worth|benefit(?:ed)?|helps a lot|big help|lifesaver|saves? (?:us|me)|"
            r"came in handy)\b"
        ),
        "learn": (
            r"学习|学到|涨知识|长知识|长见识|受教|受益|启发|收获|懂了|原来(?:如此|是这样)|"
            r"没想到|\b(?:learn(?:ed|t)|good to know|eye opening|new to me|did not know|"
            r"never thought)\b|醍醐|茅塞|豁然|开窍|明白了(?:不少|很多)|新思路|新知识|头一次|"
            r"第一次(?:知道|听说|见)|\b(?:eye-opener|insight|taught me|makes me think|"
            r"got me thinking|new perspective|never knew|first time i)\b"
        ),
        "saved": (
            r"收藏|存(?:了|着|下|一下)|保存|下载(?:了|下来)|打印|mark|马克|截图|\b(?:saved|"
            r"bookmarked|downloaded|printed|for later)\b|存档|码了|先码|备用|贴(?:了|在|到)|"
            r"入库|\b(?:bookmark(?:ing)?|screenshot|pinned|kept|filed|noted down|stuck it)\b"
        ),
        "passed_on": (
            r"(?:转|发|分享)(?:给|到|发)?(?:了)?(?:我们)?(?:同事|老板|领导|厂长|主管|团队|群|"
            r"朋友圈|车间|生产|采购|大家|部门)|已转|转发(?:了|给|朋友圈)|给.{1,6}(?:看看|"
            r"看一下|讲讲)|让.{1,8}(?:看看|也看|学)|贴车间|组织大家|\b(?:forward(?:ed|ing)|"
            r"shar(?:ed|ing)|pass(?:ed|ing)? (?:it|this)|show(?:ing)?) (?:\w+ ){0,3}(?:team|"
            r"boss|manager|colleague|on|head|my|to)\b|\b(?:share|discuss|review) (?:it |"
            r"this )?(?:with my|internally|with the)\b|转到|群里|传阅|给.{1,6}传|发车间|"
            r"推荐给|让.{1,10}(?:试|照|读|看|来排|学)|开会(?:讲|讨论)|早会|\b(?:circulat(?:ed|"
            r"ing)|forward(?:ed)? to|sent it to (?:our|my|the)|our planners|with the team|"
            r"monday meeting|tell my|told my|discussed with|printed for)\b"
        ),
        "same": (
            r"我们(?:厂|公司|这|这边)?(?:也|就|确实|都|一直|现在就)|一模一样|同样的问题|"
            r"遇到过|说的就是|感同身受|同感|有感|共鸣|戳我|头疼|正好|刚好|正需要|正是|心坎|"
            r"\b(?:same|exactly|precisely|literally|that is us|sounds like us|us every|"
            r"our (?:problem|situation|issue)|been there|we struggle|what (?:i|"
            r"we) need(?:ed)?|we have the same|so true|very true)\b|跟我想|想的一样|想到一块|"
            r"老大难|一个样|吵了一架|可不是|谁说不是|太难了|天天(?:救火|插单|加班)|卡在|躺枪|"
            r"打算这么干|我们也打算|\b(?:can relate|relate|hit home|resonates?|familiar|"
            r"story of|our life|describes us|happens here|feel the pain|pain we|we face|daily|"
            r"issue we|every (?:day|week|friday)|like us)\b"
        ),
        "agree": (
            r"有道理|说得?(?:太)?对|确实|认同|同意|没错|是的|是啊|对的|点子上|说服力|"
            r"\b(?:agree|true|makes (?:a lot of )?sense|spot on|could not agree|well said|"
            r"good points?)\b"
        ),
        "await": (
            r"期待|坐等|等你更新|持续关注|感兴趣|有兴趣|继续(?:发|分享)|多(?:发|分享)|欢迎|"
            r"\b(?:interested|looking forward|can not wait|keep me posted|in the loop)\b|追更|"
            r"催更|下[期篇回]|再来|常发|想多看|\b(?:more of (?:this|these)|next (?:part|one|"
            r"issue|article)|subscribe me|follow you|please continue|more like this keep)\b"
        ),
        "done": (
            r"用了|试了|在用|准备照着|有效果|就试|照着做|\b(?:tried (?:it|the)|using (?:it|"
            r"the)|works (?:well|great)|try this|might try)\b"
        ),
        "busy": (
            r"在忙|在开会|开会呢|开车|出差|忙忘|才看到|刚看到|没顾上|这两天忙|忙完|在外地|"
            r"\b(?:in a meeting|driving|travel(?:l)?ing|busy|sorry (?:just|for the late|been)|"
            r"on the road|crazy week|on my list)\b"
        ),
    }
)
