"""Which characters the bytes of a text file stand for.

Owns the order of trial: byte order mark, UTF-16 by its NULs, strict UTF-8,
GB18030 or Big5, refusal. No language is guessed by its statistics, because short
lists of names are too short for it; UTF-8 comes before GB18030 because Chinese
UTF-8 also decodes as GB18030, into other characters and without an error. So
does Big5: it is taken where more of the characters are of its common plane
than of GB2312's, which two characters are enough to tell.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.wording import N_
from store.exchange.faults import FileRefused, unreadable

CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CLEARLY_UTF8 = 8
"""Multi-byte characters before the first error that make a file a damaged UTF-8 file:
other encodings fail within the first few."""
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_COMMON_BIG5 = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]")
_COMMON_GB = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
_ACCENTED = re.compile(rb"\xa8[\xa1-\xba]")
"""The accented letters of GB2312, common characters in Big5: they tell neither from the other."""
_BIG5 = ("big5hkscs", "cp950")
"""Hong Kong's additions first: Windows' own are few, and none of them a character of a name."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class TextSurvey:
    """What one pass over the bytes showed."""

    encoding: str
    """A Python codec name that decodes the whole file strictly."""
    digest: str
    """SHA-256 of the bytes, hexadecimal."""
    lines: int
    """Line ends counted; about the number of rows."""


def survey_text(path: Path, encoding: str = "") -> TextSurvey:
    """Decides the encoding in one or two passes with flat memory.

    A given `encoding` is used instead of the usual order, e.g. "big5". Raises
    `FileRefused` when the file cannot be read or no encoding fits.
    """
    digest = hashlib.sha256()
    lines = 0
    head = b""
    for chunk in _chunks(path):
        head = head or chunk[:4096]
        digest.update(chunk)
        lines += chunk.count(b"\n") or chunk.count(b"\r")
    chosen = encoding or _marked(head) or _utf16_by_nuls(head) or _utf8_or_gb18030(path)
    if encoding or chosen.startswith("utf-16"):
        _require(path, chosen)
    return TextSurvey(chosen, digest.hexdigest(), lines)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal; raises `FileRefused`."""
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise unreadable(path, error) from error


def _marked(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def _utf16_by_nuls(head: bytes) -> str:
    """UTF-16 without a mark: a fifth of the units hold a NUL, all on the same side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    clear = max(even, odd) * 5 >= len(head) // 2 and max(even, odd) > 1
    if not clear or min(even, odd):
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _utf8_or_gb18030(path: Path) -> str:
    fault = _decoding_fault(path, "utf-8")
    if fault is None:
        return "utf-8"
    if fault.characters >= _CLEARLY_UTF8:
        raise FileRefused(
            path,
            N_("{file} is damaged: line {line} is not valid UTF-8, though the lines before are."),
            line=fault.line,
        )
    if not _is_western(path):
        fitting = (name for name in _chinese(path) if _decoding_fault(path, name) is None)
        chosen = next(fitting, "")
        if chosen:
            return chosen
    raise _neither(path, fault.line)


def _chinese(path: Path) -> Sequence[str]:
    """The encodings of Chinese in the order in which they are tried, by the first characters."""
    found = _PAIR.findall(next(_chunks(path), b""))
    pairs = [pair for pair in found if not _ACCENTED.fullmatch(pair)]
    big5 = sum(1 for pair in pairs if _COMMON_BIG5.fullmatch(pair))
    gb = sum(1 for pair in pairs if _COMMON_GB.fullmatch(pair))
    return (*_BIG5, "gb18030") if big5 > gb else ("gb18030", *_BIG5)


def _neither(path: Path, line: int) -> FileRefused:
    return FileRefused(
        path,
        N_("{file} is not text in UTF-8, UTF-16, GB18030 or Big5 (first seen in line {line})."),
        line=line,
    )


def _require(path: Path, encoding: str) -> None:
    fault = _decoding_fault(path, encoding)
    if fault is not None:
        raise FileRefused(
            path,
            N_("{file} is damaged: line {line} is not valid {encoding}."),
            line=fault.line,
            encoding=encoding,
        )


@dataclass(frozen=True, slots=True)
class _DecodingFault:
    line: int
    characters: int
    """Characters beyond ASCII before the fault."""


def _decoding_fault(path: Path, encoding: str) -> _DecodingFault | None:
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
    except LookupError as error:
        raise FileRefused(
            path, N_("{encoding} is not an encoding known here."), encoding=encoding
        ) from error
    line, beyond = 1, 0
    try:
        for chunk in _chunks(path):
            text = decoder.decode(chunk)
            line += text.count("\n")
            beyond += _beyond_ascii(text)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, "ignore")
        return _DecodingFault(line + before.count("\n"), beyond + _beyond_ascii(before))
    return None


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(1 for character in text if character > "\x7f")


def _is_western(path: Path) -> bool:
    """Whether the bytes above ASCII stand alone between letters, as in Latin-1 ("Müller").

    GB18030 would take such a byte and the letter after it for one Chinese character.
    """
    alone = runs = 0
    for chunk in _chunks(path):
        found = _HIGH_RUN.findall(_FOUR_BYTES.sub(b"\xff\xff", chunk))
        runs += len(found)
        alone += sum(1 for run in found if len(run) == 1)
    return alone * 5 > runs * 4
