"""From the bytes of a file to its text: UTF-8, or UTF-16 that says so, and nothing guessed.

Invariant: the text has `\\n` line ends and no byte order mark.
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from rules.wording import N_, sentence
from sop_content.faults import BEGINNING, FaultList, Spot


def decoded(data: bytes, faults: FaultList) -> str | None:
    """The text of a file, or None and a fault that says how to save it."""
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        _tell(data, encoding, error.start, faults)
        return None
    if text.count("\0") > len(text) // 4:
        faults.error(BEGINNING, sentence(N_("this is no text in UTF-8: save the file as UTF-8")))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tell(data: bytes, encoding: str, at: int, faults: FaultList) -> None:
    if encoding == "utf-8" and _is_gbk(data):
        message = N_("the file is saved as GBK (ANSI): save it as UTF-8")
    else:
        message = N_("this is no text in UTF-8: save the file as UTF-8")
    good = data[:at].decode(encoding, "ignore").removeprefix("\ufeff")
    good = good.replace("\r\n", "\n").replace("\r", "\n")
    line_begins = good.rfind("\n") + 1
    faults.error(Spot(good.count("\n") + 1, len(good) - line_begins + 1), sentence(message))


def _is_gbk(data: bytes) -> bool:
    """Whether the bytes make sense as GBK; said as the likely cause, never used to read on."""
    if data.startswith(BOM_UTF8):
        return False
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text)
