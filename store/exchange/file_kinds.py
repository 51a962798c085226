"""What a file is by its first bytes, whatever its name says.

Owns the one clear sentence for each kind of file that is no contact list:
spreadsheet programs and chat tools hand out web pages, old workbooks and
protected ones under the name `.xlsx`.
"""

from __future__ import annotations

import mmap
import re
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from rules.wording import N_
from store.exchange.faults import FileRefused, require_at_rest, unreadable

_HEAD = 64 * 1024
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BYTES_OF_MARKS = b"\xef\xbb\xbf\xff\xfe"
_NO_CARD = N_("{file} is named as a vCard file but begins with no card.")
_CARD = re.compile(rb"(?:[\w-]+\.)?BEGIN:VCARD", re.IGNORECASE)
_TEXT_AS_WORKBOOK = N_("{file} is plain text under the name of a workbook; rename it to .csv.")
_BEGINNINGS = (
    (
        re.compile(rb"<(?:!doctype|html|head|meta|table|\?xml|style)", re.IGNORECASE),
        N_("{file} is a web page or XML, whatever its name says."),
    ),
    (re.compile(rb"%PDF"), N_("{file} is a PDF document.")),
)
_SENTENCES_BY_NAME = {
    ".vcf": _NO_CARD,
    ".xlsx": _TEXT_AS_WORKBOOK,
    ".xlsm": _TEXT_AS_WORKBOOK,
    ".xls": _TEXT_AS_WORKBOOK,
    ".et": _TEXT_AS_WORKBOOK,
}


class FileKind(Enum):
    """The kinds that can hold contacts."""

    TEXT = auto()
    WORKBOOK = auto()
    CARDS = auto()


def kind_of(path: Path) -> FileKind:
    """The kind of a file; raises `FileRefused` with one sentence for any other kind."""
    require_at_rest(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            encrypted = head.startswith(_OLD_OFFICE) and _holds(file, _ENCRYPTED)
    except OSError as error:
        raise unreadable(path, error) from error
    if head.startswith(b"PK"):
        return FileKind.WORKBOOK
    if _CARD.match(_text_of(head)):
        return FileKind.CARDS
    refusal = _refusal(path, head, encrypted)
    if refusal:
        raise FileRefused(path, refusal)
    return FileKind.TEXT


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    """Whether the bytes stand anywhere in the file; no file is read into memory for it."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        return view.find(wanted) >= 0


def _text_of(head: bytes) -> bytes:
    """What a text begins with, in any encoding that keeps ASCII: without marks and blanks."""
    return head.replace(b"\0", b"").lstrip(_BYTES_OF_MARKS).lstrip()


def _refusal(path: Path, head: bytes, encrypted: bool) -> str:
    """The sentence for a file that is neither text nor a workbook, else ""."""
    if encrypted:
        return N_("{file} is protected by a password.")
    if head.startswith(_OLD_OFFICE):
        return N_("{file} is a workbook of the old Excel format (.xls).")
    text = _text_of(head)
    if not text:
        return N_("{file} is empty.")
    named = (sentence for begins, sentence in _BEGINNINGS if begins.match(text))
    return next(named, _SENTENCES_BY_NAME.get(path.suffix.lower(), ""))
