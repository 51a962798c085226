"""A paste of several lines as messages, each with the name that stands before it, if one does.

Chats are copied in many forms: "Name: words", a stamp and a name before the
words, or a line of name and time with the words beneath.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_NAME = 24
"""Characters; what is longer before a colon is the beginning of a sentence."""
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[APap][Mm])?"
_DATE = r"(?:\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4})?日?|昨天|今天|前天|星期.|周.|Yesterday|Today)"
_STAMP = rf"\[?(?:{_DATE}[,，]?\s*)?(?:上午|下午|凌晨|晚上)?\s*{_TIME}\]?"
_STAMPED = re.compile(rf"^{_STAMP}\s*(?:-\s*)?(?P<who>[^:：\t]{{1,24}})[:：\t]\s*(?P<text>.+)$")
_NAMED = re.compile(r"^(?P<who>[^:：\s][^:：]{0,23})\s?[:：]\s*(?P<text>.+)$")
_ABOVE = re.compile(
    rf"^(?P<who>.{{1,24}}?)\s*[:：]?\s+{_STAMP}\s*[:：]?$|^(?P<alone>[^:：]{{1,24}})[:：]$"
)
_ONLY_STAMP = re.compile(rf"^{_STAMP}$")
_SCHEME = re.compile(r"^(?:https?|ftp|www)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a paste."""

    who: str
    """The name as it was pasted; empty when none stood there."""
    text: str


def messages(text: str) -> tuple[Message, ...]:
    """The messages of a paste, in order; lines of time alone are left out."""
    return tuple(_read(line.strip() for line in text.split("\n")))


def _read(lines: Iterator[str]) -> Iterator[Message]:
    above = ""
    for line in lines:
        if not line or _ONLY_STAMP.match(line):
            continue
        heading = _ABOVE.match(line)
        if heading is not None:
            above = (heading["who"] or heading["alone"]).strip()
            continue
        found = None if _SCHEME.match(line) else _STAMPED.match(line) or _NAMED.match(line)
        if found is not None and found["text"].strip():
            above = ""
            yield Message(found["who"].strip(), found["text"].strip())
        else:
            yield Message(above, line)
