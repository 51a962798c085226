"""What a cell's text is worth: a phone, a day, tags, a total, a lost number.

Pure functions over one cell. Nothing here fails: a cell that is not what its
column promises gives an empty answer, and the caller keeps the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from rules.timing import day_number
from store.exchange.error_cells import ERROR_CELLS

CACHED = 4096
"""Cells whose meaning is remembered: days and tags come again and again."""
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_PHONE_BREAK = re.compile(r"\s*(?:[,，;；、/|\n]|:::)\s*")
_PHONE_NOISE = re.compile(r"[\s\-‐-―()（）.·'\u200b-\u200f\u202a-\u202e\ufeff]")
_PHONE_NOTE = re.compile(r"\([^)\d]*\)$|(?:转|轉|ext\.?|x|#)\s*\d{1,6}$", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9]{3,20}")
_PLAIN_FLOAT = re.compile(r"(\d+)\.0+")
_POWER_OF_TEN = re.compile(r"[+-]?(\d+)(?:\.(\d+))?[eE]([+-]?)(\d{1,3})")

_CALENDAR_DAY = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?:[T\s].*)?",
    re.DOTALL,
)
_MONTH_DAY = re.compile(r"(?:--)?(\d{1,2})[-/月.](\d{1,2})日?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(18264, 109574)
"""Excel's numbers of the days from 1950 to 2199."""
_YEARS = range(1900, 2200)

_TAG_BREAK = re.compile(r"[,，;；、|\n]|:::")
_TOTAL = re.compile(
    r"(?:合计|总计|小计|合計|總計|小計|grand total|subtotal|sub-total|total)s?\s*[:：]?"
    r"[\s\d,.]{0,9}[条條人位个個名行]?"
    r"|[总共總]?[共计計]\s*[\d,]+\s*[条條人位个個名行].{0,20}",
    re.IGNORECASE,
)
_EXPORT_NOTE = re.compile(r"(?:导出|導出|匯出|制表|製表)(?:时间|時間|日期|人)\s*[:：].{0,60}")
_TOTAL_BEGINS = frozenset("合总總小共计計导導匯制製gGsStT")
_SHORT_NUMBER = re.compile(r"[\d,.\s%¥$-]{0,9}[条條人位个個名行元]?")


def clean(cell: str) -> str:
    """A cell without blanks around it, without spreadsheet errors and text dressed as formula."""
    text = cell.strip()
    if not text or text[0] not in "=#":
        return text
    if text in ERROR_CELLS:
        return ""
    wrapped = _FORMULA_TEXT.fullmatch(text)
    return wrapped[1].strip() if wrapped else text


def phones_in(text: str) -> Sequence[str]:
    """The phone numbers of a cell: digits, "+" kept in front, leading zeros kept."""
    if _PHONE.fullmatch(text):
        return (text,)
    folded = unicodedata.normalize("NFKC", text)
    found = (_phone(part) for part in _PHONE_BREAK.split(folded))
    return [phone for phone in found if phone]


def _phone(part: str) -> str:
    bare = _PHONE_NOISE.sub("", _PHONE_NOTE.sub("", part.strip()))
    whole = _PLAIN_FLOAT.fullmatch(part.strip())
    bare = whole[1] if whole else bare
    return bare if _PHONE.fullmatch(bare) else ""


def lost_digits(text: str, *, only_as_excel_writes: bool = False) -> bool:
    """Whether a number stands there rounded to a power of ten, as in "1.38E+10".

    An id may look like "1e5" and mean it; `only_as_excel_writes` asks for "E+".
    """
    if "E" not in text and "e" not in text:
        return False
    found = _POWER_OF_TEN.fullmatch(text)
    if not found or (only_as_excel_writes and "E+" not in text):
        return False
    if found[3] == "-":
        return True
    return len(found[2] or "") < int(found[4])


def full_number(text: str, *, only_as_excel_writes: bool = True) -> str:
    """A number as Excel writes it, "1.38001380000E+10", as its digits; other text unchanged.

    Other programs leave out the plus, where it may also be an id that looks so.
    """
    if "E+" not in text and (only_as_excel_writes or "E" not in text):
        return text
    found = _POWER_OF_TEN.fullmatch(text)
    if not found or lost_digits(text):
        return text
    shift, fraction = int(found[4]), found[2] or ""
    return found[1] + fraction[:shift] if not fraction[shift:].strip("0") else text


@lru_cache(maxsize=CACHED)
def day_in(text: str) -> int | None:
    """The day number of a date in a usual form or of an Excel serial; None otherwise.

    The day is the one that is written, whatever time and offset follow it.
    """
    serial = _SERIAL.fullmatch(text)
    if serial:
        days = int(serial[1])
        return day_number(_SERIAL_ZERO + timedelta(days=days)) if days in _SERIALS else None
    found = _CALENDAR_DAY.fullmatch(unicodedata.normalize("NFKC", text))
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    return day_of(year, month, day)


def day_of(year: int, month: int, day: int) -> int | None:
    """The number of a day in a year that a desk may know; None where there is none."""
    if year not in _YEARS:
        return None
    try:
        return day_number(date(year, month, day))
    except ValueError:
        return None


def month_and_day(text: str) -> str:
    """A birthday without a year as MM-DD, "" when it is none."""
    found = text and _MONTH_DAY.fullmatch(unicodedata.normalize("NFKC", text))
    if not found or day_of(2000, int(found[1]), int(found[2])) is None:
        return ""
    return f"{int(found[1]):02}-{int(found[2]):02}"


def tags_in(text: str) -> Sequence[str]:
    """The tags of a cell in their order, each once."""
    parts = (part.strip().removeprefix("* ").strip() for part in _TAG_BREAK.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def is_total(cells: Sequence[str]) -> bool:
    """Whether a cleaned row sums up the others, or notes the export, and is nobody.

    Somebody called Total has a phone or a company beside the name; a sum has short numbers.
    """
    first = cells[0] or next((cell for cell in cells if cell), "")
    if first[:1] not in _TOTAL_BEGINS:
        return False
    filled = [cell for cell in cells if cell]
    if _EXPORT_NOTE.fullmatch(filled[0]):
        return len(filled) == 1
    return bool(_TOTAL.fullmatch(filled[0])) and all(
        _SHORT_NUMBER.fullmatch(cell) for cell in filled[1:]
    )
