"""How a contact is addressed: the surname with the usual short of the title, 张经理.

Invariant: in doubt the name stands as it is. A nickname is never cut, and
nobody gets a title that their job does not carry.
"""

from __future__ import annotations

import re
from functools import lru_cache

_COMPOUND_SURNAME = re.compile(
    "欧阳|司马|上官|诸葛|尉迟|东方|皇甫|令狐|慕容|司徒|夏侯|公孙|轩辕|端木|独孤|南宫|宇文|长孙"
    "|申屠|司空|赫连|呼延|钟离|闻人|澹台|公冶|濮阳|淳于|仲孙|东郭|西门|拓跋|完颜|纳兰|鲜于|闾丘|万俟"
    "|歐陽|司馬|諸葛|尉遲|東方|公孫|軒轅|獨孤|南宮|長孫|赫連|鍾離|聞人|澹臺|濮陽|仲孫|東郭|西門"
    "|完顏|納蘭|鮮于|閭丘|萬俟"
)

# Without the rare surnames that more often begin a nickname (云 花 平 乐 时 水 阳 海 明).
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武"
    "钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮"
    "柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤穆农司卓古吉"
    "缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬栾隋商刁沙荣巫寇"
    "桑郎甄丛仲虞敖巩佘池查麻苑迟邝官封谈匡鞠惠荆冀郁胥储原栗燕楚鄢劳谌奚皮冼蔺楼盘练廉禹井祖漆巴"
    "计索晋相扈晁芮阙浦戈鹿邸雍裘亓郜阚权屠豆盖仝区詹洪傅崔钮骞蒯郦郗湛"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧韓馮肖葉蘇呂盧鍾譚陸賈鄒龍賀顧龔萬錢嚴湯溫齊喬龐顏莊聶魯關蘭寧紀"
    "畢單塗駱藍遊饒農繆簡車項連蘆麥婁竇黨宮費衛應閔邊榮鞏遲鄺談儲勞樓區"
)

_SHORTS: tuple[tuple[str, str], ...] = (
    ("总工程师", "总工"),
    ("总工", "总工"),
    ("总监", "总监"),
    ("董事长", "总"),
    ("总经理", "总"),
    ("总裁", "总"),
    ("董事", "总"),
    ("创始人", "总"),
    ("合伙人", "总"),
    ("老板", "总"),
    ("法人", "总"),
    ("法定代表人", "总"),
    ("总", "总"),
    ("经理", "经理"),
    ("班主任", "老师"),
    ("主任", "主任"),
    ("主管", "主管"),
    ("工程师", "工"),
    ("老师", "老师"),
    ("教师", "老师"),
    ("讲师", "老师"),
    ("教授", "教授"),
    ("医生", "医生"),
    ("医师", "医生"),
    ("律师", "律师"),
    ("会计师", "会计"),
    ("会计", "会计"),
    ("师傅", "师傅"),
    ("书记", "书记"),
    ("博士", "博士"),
    ("顾问", "顾问"),
)
"""The end of a title, and what stands behind the surname; the first that fits decides."""

_HEAD = re.compile("(?:护士|理事|秘书|[厂部处科局院校园站店所队组课会社行镇村])长$")

_ENGLISH: tuple[tuple[str, str], ...] = (
    (r"(?<![a-z])c[efotimp]o$|\b(president|chairman|chairwoman|founder|owner|partner)$", "总"),
    (r"\bgeneral manager$|^gm$", "总"),
    (r"\bmanager$", "经理"),
    (r"\bdirector$", "总监"),
    (r"\bengineer$", "工"),
    (r"\b(teacher|lecturer)$", "老师"),
    (r"\bprofessor$", "教授"),
)

_TRADITIONAL, _SIMPLIFIED = (
    "總經監長師廠課處顧問書記醫會計車間護闆創辦講隊鎮園區",
    "总经监长师厂课处顾问书记医会计车间护板创办讲队镇园区",
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_TO_TRADITIONAL = str.maketrans(_SIMPLIFIED, _TRADITIONAL)

_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_BETWEEN_TITLES = re.compile(r"[/／、,，;；|&兼]")
_TITLED = re.compile("(总|经理|主任|老师|工|总监|老板|厂长|师傅|總|經理|老師|總監|老闆|廠長|師傅)$")


def salutation(name: str, title: str = "") -> str:
    """What to call someone in a message; empty only when the name is.

    A Chinese name and a title give the surname and the title's short; without
    a title that has one it is the full name. Everything else (Latin, mixed,
    signs, more than four characters) is used whole.
    """
    name = name.strip()
    surname = _surname("".join(name.split()))
    short = _short(title)
    return surname + short if surname and short else name


def is_surname(text: str) -> bool:
    """Whether a text is a Chinese surname and nothing else."""
    return text in _SURNAMES or bool(_COMPOUND_SURNAME.fullmatch(text))


def _surname(name: str) -> str | None:
    """The surname of a Chinese name, None for what is no such name or titled already."""
    if not 2 <= len(name) <= 4 or not all(map(_is_han, name)) or _TITLED.search(name):
        return None
    if _COMPOUND_SURNAME.match(name):
        return name[:2]
    return name[0] if name[0] in _SURNAMES and len(name) < 4 else None


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


@lru_cache(maxsize=512)
def _short(title: str) -> str | None:
    """What the first of several titles that has a short is shortened to."""
    titles = _BETWEEN_TITLES.split(_IN_BRACKETS.sub("", title))
    return next(filter(None, map(_short_of_one, titles)), None)


def _short_of_one(title: str) -> str | None:
    title = " ".join(title.split())
    simplified = title.translate(_TO_SIMPLIFIED)
    short = next((short for end, short in _SHORTS if simplified.endswith(end)), None)
    if short is None and (head := _HEAD.search(simplified)):
        short = head.group()
    if short is not None:
        return short if simplified == title else short.translate(_TO_TRADITIONAL)
    lowered = simplified.lower()
    return next((short for pattern, short in _ENGLISH if re.search(pattern, lowered)), None)
