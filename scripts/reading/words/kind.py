"""Words that are kind and ask for nothing: thanks, got it, greetings, wishes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KIND: Mapping[str, str] = MappingProxyType(
    {
        "thanks": (
            r"谢|感恩|感激|辛苦|有心|费心|多谢|蟹蟹|\b(?:thank(?:s|\syou)?|cheers|appreciate|"
            r"appreciated|gracias|merci|danke|arigato|obrigado|bless)\b|谢些|蟹蟹|感谢|破费|"
            r"厚爱|承蒙|\b(?:tq|tqvm|tks|thankful|grateful|thanx|ta)\b"
        ),
        "got_it": (
            r"收到|好的|好哒|好滴|好嘞|好喔|好哦|^好$|^行|行的|嗯|哦|知道|了解了?$|明白|"
            r"看到了|已阅|^可以的?$|^1$|\b(?:ok|noted|received|got it|understood|seen|i see|"
            r"alright|all right|sure|fine|perfect|great|cool|yes|yep|yup)\b|已读|收道|收悉|噢|"
            r"喔|晓得|得嘞|妥|了然|没问题|\b(?:okiee|sure thing|copy that|roger|acknowledged|"
            r"rcvd|recd|kk|lah|aye)\b"
        ),
        "greeting": (
            r"早(?:上好|安|啊)?$|早上好|早安|上午好|下午好|晚上好|午安|晚安|你好|哈喽|嗨|幸会|"
            r"好久不见|\b(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|morning|"
            r"nice to (?:meet|e-meet|hear)|how are you)\b|早$|早[,.!]|周一|哈罗|hello|"
            r"\b(?:namaste|salam|greetings|hola|bonjour|dear)\b"
        ),
        "wish": (
            r"快乐|愉快|安康|祝|顺利|发财|生意兴隆|新年好|周末好|注意身体|早点休息|"
            r"\b(?:happy (?:new|holidays|weekend|lunar|diwali)|have a (?:nice|great|good)|"
            r"merry|take care|best (?:wishes|regards)|regards|same to you|you too|likewise|"
            r"mubarak|hope (?:you|all))\b|阖家|幸福|吉祥|如意|越来越好|健康|平安|福|"
            r"记得我生日|\b(?:blessed|blessing|prosper\w*|warm (?:greetings|regards)|"
            r"good luck|enjoy|weekend|safe (?:travels|journey))\b"
        ),
        "polite": (
            r"不客气|客气|没事|没关系|应该的|哪里哪里|不敢当|彼此|\b(?:you are welcome|"
            r"welcome|no worries|no problem|my pleasure|np|kind of you)\b"
        ),
        "laugh": r"哈哈|嘿嘿|呵呵|嘻嘻|\b(?:haha(?:ha)?|lol|hehe)\b",
    }
)
