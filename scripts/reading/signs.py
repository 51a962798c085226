"""Emoji, WeChat codes and smileys as the few kinds of sign that they stand for."""

from __future__ import annotations

import re

SIGN_WORDS = {
    "thanks": "玫瑰 抱拳 合十 拥抱 鲜花 感谢 谢谢 红包 rose fist hug",
    "good": "强 赞 鼓掌 棒 666 加油 胜利 厉害 thumbsup applause 耶 ok 好的 OK 好 握手 shake",
    "smile": "微笑 愉快 呲牙 憨笑 嘿哈 偷笑 可爱 害羞 调皮 笑脸 太阳 咖啡 爱心 爱你 奸笑 "
    "smile grin joyful sun coffee heart 机智 得意 坏笑 旺柴 转圈 庆祝 礼物 烟花 蛋糕 啤酒 福 發 发",
    "wry": "捂脸 尴尬 流汗 破涕为笑 苦涩 裂开 皱眉 facepalm 吃瓜 叹气 晕 困 汗",
    "doubt": "疑问 思考 惊讶 疑惑 好奇 confused",
    "angry": "发怒 抓狂 鄙视 白眼 咒骂 衰 刀 菜刀 炸弹 便便 再见 拜拜 弱 闭嘴 鄙夷 生气 angry",
}
CODES = {word.casefold(): sign for sign, words in SIGN_WORDS.items() for word in words.split()}
SIGN_LETTERS = {
    "thanks": "🌹🙏🌷💐🌸🌺🤗✿🧧",
    "good": "👍👌👏💪🤝✌🙌💯🔥🏆🆗✅🤙🫡✔🎯🚀⭐🌟",
    "smile": "😊🙂😀😃😄😁😆😉☺😋😍🥰😘😇😎❤♥💕💖🧡💛💚💙💜☀🌞🌝☕🎉🎊🎁🎂🍻🍺🍵😂🤣😜🤓🤩🥳💗",
    "wry": "😅😓🤦😥😰🙃😬😪😴🥲😮😩😫😢😭😔😞🤒🤧",
    "doubt": "🤔❓❔🧐😕🤨😯😳❗",
    "angry": "😠😡🤬👎🖕💢😤🙄🚫🛑⛔💩🔪👋✋🤮",
}
LETTERS = {letter: sign for sign, letters in SIGN_LETTERS.items() for letter in letters}
SMILEYS = re.compile(r"(?<![\w])(?:[:;=]-?[)D(p]|\^[_.]?\^|<3)(?!\w)")
CODE = re.compile(r"\[([^\[\]\s]{1,8})\]")
