"""Lines of a vCard file put together to properties: folds, soft line breaks, escapes, characters.

Owns the syntax of versions 2.1, 3.0 and 4.0, as far as files in use keep to it,
and bounds on what is held: of a picture nothing, of a text no more than a cell
may have. Own code and not a library, because those hold whole files with their
pictures and end at the first line that is not as the standard says.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

LINE_LIMIT = 40_000
"""Characters of a property that are held: more than a cell may have, so that it is rejected."""
SKIPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN"})
"""Properties that are pictures, sounds and keys."""

_PROPERTY = re.compile(
    r'(?:([\w.-]+?)\.)?([A-Za-z][\w-]*)((?:;(?:[^":;]|"[^"]*")*)*):(.*)', re.DOTALL
)
_PARAMETER = re.compile(r';([^=";]*)(?:=((?:[^";]|"[^"]*")*))?')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PART = {sign: re.compile(rf"((?:\\.|[^\\{sign}])*)(?:{sign}|$)", re.DOTALL) for sign in ";,"}
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_KEPT_CODECS = re.compile(r"[\w.:-]{2,30}")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card, unfolded and decoded, its escapes still in it."""

    line: int
    """Physical line where it begins, from 1."""
    name: str
    """In capitals."""
    value: str
    group: str = ""
    types: frozenset[str] = frozenset()
    """TYPE parameters and bare words, in capitals: CELL, WORK, PREF, INTERNET."""
    told: Mapping[str, str] = field(default_factory=dict)
    """The other parameters by name in capitals."""


def properties(lines: Iterable[tuple[int, str]], encoding: str) -> Iterator[Property]:
    """Properties in the order of the file; `lines` are numbered, without line ends.

    A line that is no property belongs to the one before it, as programs write
    that forget to fold. `encoding` is the file's own, for what names none.
    """
    held: _Held | None = None
    for number, line in lines:
        if held is not None and held.takes(line):
            continue
        found = _PROPERTY.fullmatch(line)
        if found is not None:
            if held is not None:
                yield held.whole(encoding)
            held = _Held(number, found)
        elif held is not None and held.name not in ("BEGIN", "END"):
            held.add(f"\n{line}")
    if held is not None:
        yield held.whole(encoding)


class _Held:
    """A property that may go on in the next line."""

    def __init__(self, line: int, found: re.Match[str]) -> None:
        self.line = line
        self.group = (found[1] or "").upper()
        self.name = found[2].upper()
        self.told = _parameters(found[3])
        self.is_skipped = self.name in SKIPPED
        self.is_quoted = self.told.get("ENCODING", "").upper() == "QUOTED-PRINTABLE"
        self.is_base64 = self.told.get("ENCODING", "").upper() in ("BASE64", "B")
        self._pieces: list[str] = []
        self._room = LINE_LIMIT
        self._goes_on = False
        self.add(found[4])

    def add(self, text: str) -> None:
        """Holds more of the value, as far as there is room."""
        self._goes_on = self.is_quoted and text.endswith("=")
        if self._goes_on:
            text = text[:-1]
        if self.is_skipped or self.is_base64:
            return
        if self._room > 0:
            self._pieces.append(text[: self._room])
            self._room -= len(text)

    def takes(self, line: str) -> bool:
        """Whether a line goes on with this property: folded, or after a soft line break."""
        if self._goes_on:
            self.add(line)
            return True
        if line[:1] in (" ", "\t"):
            self.add(line[1:])
            return True
        return not line

    def whole(self, encoding: str) -> Property:
        value = "".join(self._pieces)
        if self.is_quoted:
            value = _unquoted(value, self.told.get("CHARSET", ""), encoding)
        types = {word.strip().upper() for word in self.told.get("TYPE", "").split(",")} - {""}
        return Property(self.line, self.name, value, self.group, frozenset(types), self.told)


def _parameters(text: str) -> dict[str, str]:
    """Parameters by name; bare words of version 2.1 are types or an encoding."""
    told: dict[str, str] = {}
    types: list[str] = []
    for name, value in _PARAMETER.findall(text):
        word = name.strip().upper()
        bare = value.replace('"', "").strip()
        if word == "TYPE":
            types.append(bare)
        elif bare:
            told[word] = bare
        elif word in _ENCODINGS:
            told["ENCODING"] = word
        else:
            types.append(word)
    return {**told, "TYPE": ",".join(types)}


def _unquoted(text: str, charset: str, encoding: str) -> str:
    """Quoted-printable text in its own characters; what nothing decodes is marked as lost."""
    raw = quopri.decodestring(text.encode("utf-8", "replace"))
    for codec in (charset, "utf-8", encoding):
        if not _KEPT_CODECS.fullmatch(codec):
            continue
        try:
            return raw.decode(codec)
        except (UnicodeError, LookupError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def plain(value: str) -> str:
    """A value without its escapes."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def parts(value: str, sign: str = ";") -> list[str]:
    """The parts of a value between unescaped signs, without their escapes."""
    return [plain(part) for part in _PART[sign].findall(value)][: value.count(sign) + 1]
