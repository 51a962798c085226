"""vCard files as tables: one row a card, under headings that every such file has.

Keeps that a card file is a table like any other: the columns can be given
another meaning, what no column has is kept in the last, and a card that ends
nowhere refuses the whole file. Read as a stream; of pictures nothing is held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from rules.wording import N_
from store.exchange.card_lines import LINE_LIMIT, SKIPPED, Property, parts, plain, properties
from store.exchange.encodings import survey_text
from store.exchange.faults import FileRefused, unreadable
from store.exchange.table_rows import TableRow

HEADINGS = (
    *("name", "first name", "last name", "nickname", "phone", "wechat", "email", "secondary email"),
    *("company", "department", "title", "role", "birthday", "tags", "notes"),
    *("fax", "address", "website", "messengers", "other"),
)
"""The columns of every card file, in words that `store.exchange.headings` accepts."""
HEADING_LINE = 0
"""The headings stand in no line of the file."""
MOST_PROPERTIES = 500
"""Of one card; beyond that it is no card of a person."""

_WECHAT = re.compile(r"we ?chat|weixin|微信", re.IGNORECASE)
_SCHEME = re.compile(r"(?:tel|mailto|x-apple|wechat|weixin|xmpp|sip|urn:uuid):", re.IGNORECASE)
_MOBILE = frozenset({"CELL", "MOBILE", "IPHONE", "X-MOBILE"})
_NO_PHONE = frozenset({"FAX", "PAGER", "MODEM", "BBS"})
_OMITTED_YEAR = re.compile(r"(?:1604|--?)-?(\d{2})-?(\d{2})")
_WITHOUT_MEANING = SKIPPED | {
    *("VERSION", "REV", "PRODID", "UID", "MAILER", "CLASS", "PROFILE", "SOURCE", "TZ", "LANG"),
    *("SORT-STRING", "X-ABLABEL", "X-ABADR", "X-ABSHOWAS", "X-ABUID", "LABEL", "AGENT", "KIND"),
    *("X-APPLE-SUBLOCALITY", "CALURI", "FBURL", "CLIENTPIDMAP", "XML", "N", "BEGIN", "END"),
}


@dataclass(frozen=True, slots=True)
class CardTable:
    """A vCard file."""

    path: Path
    encoding: str
    digest: str
    size_hint: int
    delimiter: str = ""
    sheet: str = ""

    @classmethod
    def open(cls, path: Path, encoding: str = "") -> CardTable:
        """Decides the characters; raises `FileRefused`."""
        survey = survey_text(path, encoding)
        return cls(path, survey.encoding, survey.digest, _ends_in(path))

    def head(self, count: int) -> Sequence[TableRow]:
        """The headings and the first cards, `count` rows at most."""
        found: list[TableRow] = []
        with closing(self._rows()) as rows:
            try:
                found.extend(islice(rows, count))
            except FileRefused:
                if len(found) < 2:
                    raise
        return found

    def rows(self) -> Iterator[TableRow]:
        """The headings, then a row a card; raises `FileRefused` where the file is broken."""
        return self._rows()

    def _rows(self) -> Generator[TableRow, None, None]:
        yield TableRow(HEADING_LINE, HEADINGS)
        try:
            with self.path.open(encoding=self.encoding, newline=None) as file:
                yield from self._cards(properties(self._lines(file), self.encoding))
        except UnicodeError as error:
            raise FileRefused(self.path, N_("{file} changed while it was read.")) from error
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _lines(self, file: TextIO) -> Iterator[tuple[int, str]]:
        """Numbered lines without their ends; of a line without end only its beginning."""
        pieces = iter(partial(file.readline, LINE_LIMIT + 1), "")
        number, is_whole = 0, True
        for piece in pieces:
            if "\0" in piece:
                raise FileRefused(
                    self.path,
                    N_("{file} is damaged or not text: line {line} holds a NUL character."),
                    line=number + 1,
                )
            if is_whole:
                number += 1
                yield number, piece.rstrip("\r\n").removeprefix("\ufeff")
            is_whole = piece.endswith("\n")

    def _cards(self, found: Iterable[Property]) -> Iterator[TableRow]:
        """The rows; a card within a card, as 2.1 has for a deputy, is left out."""
        card: list[Property] = []
        begun, inner = 0, 0
        for each in found:
            marks = each.name in ("BEGIN", "END") and each.value.strip().upper() == "VCARD"
            if marks and each.name == "BEGIN":
                if begun and not (card and card[-1].name == "AGENT"):
                    raise self._unended(begun)
                inner += bool(begun)
                begun = begun or each.line
            elif marks and inner:
                inner -= 1
            elif marks and begun:
                yield TableRow(begun, cells_of(card))
                card, begun = [], 0
            elif begun and not inner:
                card.append(each)
                if len(card) > MOST_PROPERTIES:
                    raise self._endless(begun)
        if begun:
            raise self._unended(begun)

    def _endless(self, line: int) -> FileRefused:
        return FileRefused(
            self.path,
            N_("{file}: the card that begins in line {line} has more than {limit} lines to it."),
            N_("Export the contacts again where they came from."),
            line=line,
            limit=MOST_PROPERTIES,
        )

    def _unended(self, line: int) -> FileRefused:
        return FileRefused(
            self.path,
            N_("{file} is cut off or damaged: the card that begins in line {line} has no end."),
            N_("Export the contacts again where they came from."),
            line=line,
        )


def _ends_in(path: Path) -> int:
    """How many cards a file has, as far as its bytes show."""
    try:
        with path.open("rb") as file:
            return sum(line[:9].upper() == b"END:VCARD" for line in file)
    except OSError as error:
        raise unreadable(path, error) from error


def cells_of(card: Sequence[Property]) -> tuple[str, ...]:
    """A card's properties as the cells under `HEADINGS`."""
    labels = {p.group: plain(p.value) for p in card if p.group and p.name == "X-ABLABEL"}
    told: dict[str, list[str]] = {heading: [] for heading in HEADINGS}
    ordered = sorted(card, key=_preference)
    for each in ordered:
        take = _TAKEN.get(each.name, _other)
        for heading, value in take(each, labels.get(each.group, "")):
            if value and value not in told[heading]:
                told[heading].append(value)
    _name(ordered, told)
    # A second of these stands in a column of its own.
    told["secondary email"] = told["email"][1:]
    told["email"] = told["email"][:1]
    return tuple("\n".join(told[heading]) for heading in HEADINGS)


def _preference(each: Property) -> tuple[bool, bool, int]:
    """Mobiles before other phones, then what is preferred, then the file's order."""
    rank = each.told.get("PREF", "")
    level = int(rank) if rank.isdigit() and len(rank) < 4 else 1 if "PREF" in each.types else 101
    return each.name == "TEL" and not each.types & _MOBILE, level == 101, level


def _name(card: Iterable[Property], told: Mapping[str, list[str]]) -> None:
    """The full name as it stands, else the parts of the name, else whatever the card is for."""
    full = told["name"]
    del full[1:]
    if full:
        return
    for each in card:
        if each.name == "N":
            last, first, middle = [*parts(each.value), "", "", ""][:3]
            told["last name"].extend(filter(None, [last]))
            told["first name"].extend(filter(None, [" ".join(filter(None, [first, middle]))]))
            break
    if not (told["first name"] or told["last name"] or told["nickname"]):
        full.extend(told["company"][:1])


Taken = Iterable[tuple[str, str]]


def _to(heading: str) -> Callable[[Property, str], Taken]:
    return lambda each, _label: [(heading, plain(each.value))]


def _many(heading: str) -> Callable[[Property, str], Taken]:
    return lambda each, _label: [(heading, part) for part in parts(each.value, ",")]


def _phone(each: Property, label: str) -> Taken:
    number = _SCHEME.sub("", plain(each.value)).split(";")[0]
    if _WECHAT.search(label):
        return [("wechat", number)]
    return [("fax" if each.types & _NO_PHONE else "phone", number)]


def _organisation(each: Property, _label: str) -> Taken:
    company, *units = parts(each.value)
    return [("company", company), ("department", " ".join(filter(None, units)))]


def _address(each: Property, _label: str) -> Taken:
    return [("address", " ".join(" ".join(filter(None, parts(each.value))).split()))]


def _birthday(each: Property, _label: str) -> Taken:
    day = plain(each.value)
    yearless = _OMITTED_YEAR.fullmatch(day[:10])
    return [("birthday", f"{yearless[1]}-{yearless[2]}" if yearless else day)]


def _messenger(each: Property, label: str) -> Taken:
    """An account of some messenger: by its service, its label or its scheme."""
    told = (each.told.get("X-SERVICE-TYPE", ""), label, each.name, *each.types)
    value = plain(each.value)
    if any(map(_WECHAT.search, (*told, value.partition(":")[0]))):
        return [("wechat", _SCHEME.sub("", value))]
    service = next(filter(None, told[:2]), "")
    return [("messengers", f"{service}: {value}" if service else value)]


def _website(each: Property, label: str) -> Taken:
    return [("wechat" if _WECHAT.search(label) else "website", plain(each.value))]


def _other(each: Property, _label: str) -> Taken:
    if each.name in _WITHOUT_MEANING or not each.value.strip():
        return []
    return [("other", f"{each.name}: {plain(each.value)}")]


_TAKEN: Mapping[str, Callable[[Property, str], Taken]] = {
    "FN": _to("name"),
    "NICKNAME": _to("nickname"),
    "TEL": _phone,
    "EMAIL": lambda each, _label: [("email", _SCHEME.sub("", plain(each.value)))],
    "ORG": _organisation,
    "TITLE": _to("title"),
    "ROLE": _to("role"),
    "BDAY": _birthday,
    "CATEGORIES": _many("tags"),
    "NOTE": _to("notes"),
    "ADR": _address,
    "URL": _website,
    **dict.fromkeys(
        (
            *("IMPP", "X-WECHAT", "X-WEIXIN", "X-SOCIALPROFILE", "X-QQ", "X-MS-IMADDRESS"),
            *("X-AIM", "X-ICQ", "X-JABBER", "X-MSN", "X-SKYPE", "X-SKYPE-USERNAME", "X-YAHOO"),
        ),
        _messenger,
    ),
}
