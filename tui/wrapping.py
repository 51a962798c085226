"""Line breaking by the Unicode rules (UAX 14), so that Chinese text wraps as it should.

Invariant: no line is wider than asked for, and none begins with ，。？！、」 or
ends with （「 as long as a word and its marks fit on one line. Text passes the
door of `tui.show` first: lines may be drawn as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rich.cells import cell_len, split_graphemes

from rules.plain_text import NOTE_LIMIT
from tui.show import clean, show_lines

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_CLOSING = "，。、！？；："

# The rules cost a tenth of a millisecond per character, their import a frame.
# These are the places where they always break, whatever stands around, ...
_ALWAYS = re.compile(
    f"(?<=[{_HAN}{_CLOSING}])(?=[{_HAN}])|(?<=[A-Za-z0-9] )(?=[A-Za-z0-9])"
    "|(?<=[A-Za-z0-9][,.] )(?=[A-Za-z])"
)
# ... and the units that hold together in plain text, a sign that stands alone among them.
# No possessive quantifier: Python 3.11.2, which Debian has, loops for ever on one around a group.
_QUOTED = "(?:(?<![!-~·■“”])“)?[{}](?:”(?![!-~·■“”]))?"
_UNITS = re.compile(
    f"(?:{_QUOTED.format(_HAN)}|[A-Za-z0-9]+(?:(?:-|(?<=[0-9])/)[0-9][A-Za-z0-9]*)*)"
    rf"(?:[,-](?![ -~“”{_CLOSING}])"
    rf"|(?:(?<=[A-Za-z0-9])[,.:;!?]+(?= |\Z))?[{_CLOSING}]* *)"
    "|(?<![^ ])[·■] +"
)

_NEVER_FIRST = frozenset("，。、！？；：」』）》】”’…")

Piece = tuple[str, bool]
"""A part of a line, and whether it came from a marked span."""


@lru_cache(maxsize=512)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """The lines of a text, each at most `width` cells (at least 2), without blanks at its end.

    Newlines are kept; an empty text gives one empty line; a word that is too
    long is broken between graphemes.
    """
    lines = show_lines(text).split("\n")
    return tuple(row for line in lines for row in _rows(line, max(width, 2)))


@lru_cache(maxsize=512)
def wrap_marked(
    text: str, spans: tuple[tuple[int, int], ...], width: int
) -> tuple[tuple[Piece, ...], ...]:
    """Like `wrap`, but each line in pieces, the parts of the text in `spans` told apart.

    `spans` are starts and ends in `text`, in order and not overlapping:
    `Filled.spans` are such.
    """
    parts = _shown_parts(text[:NOTE_LIMIT], spans)
    shown = "".join(part for part, _ in parts)
    marks = [marked for part, marked in parts for _ in part]
    rows: list[tuple[Piece, ...]] = []
    place = 0
    for row in (row for line in shown.split("\n") for row in _rows(line, max(width, 2))):
        place = shown.index(row, place)
        rows.append(tuple(_pieces(row, marks[place : place + len(row)])))
        place += len(row)
    return tuple(rows)


def break_units(line: str) -> Iterator[str]:
    """What holds together in a line by UAX 14, with the blanks behind it."""
    for part in filter(None, _ALWAYS.split(line)):
        units = _UNITS.findall(part)
        # What was left out is none of them.
        yield from units if sum(map(len, units)) == len(part) else _units_by_rules(part)


@lru_cache(maxsize=4096)
def _units_by_rules(part: str) -> tuple[str, ...]:
    # Imported here: most scripts of plain Chinese never come to this place.
    from uniseg.linebreak import line_break_units

    return tuple(line_break_units(part))


def _rows(line: str, width: int) -> Iterator[str]:
    """The rows of one line that has been through the door."""
    built, used = "", 0
    for unit in break_units(line):
        bare = cell_len(unit.rstrip())
        if built and used + bare > width:
            yield built.rstrip()
            built, used = "", 0
        rest = unit
        if bare > width:
            *full, rest = _broken(unit, width)
            yield from (piece.rstrip() for piece in full)
        built += rest
        used += cell_len(rest)
    yield built.rstrip()


def _broken(unit: str, width: int) -> Sequence[str]:
    """A unit wider than a row in pieces that are not, cut between graphemes."""
    pieces: list[list[str]] = [[]]
    for start, end, _ in split_graphemes(unit.rstrip())[0]:
        grapheme = unit[start:end]
        if cell_len("".join([*pieces[-1], grapheme])) > width:
            pieces.append(_carried(pieces[-1], grapheme, width))
        pieces[-1].append(grapheme)
    pieces[-1].append(unit[len(unit.rstrip()) :])
    return ["".join(piece) for piece in pieces]


def _carried(piece: list[str], mark: str, width: int) -> list[str]:
    """Takes off the piece's last grapheme where a mark would begin the next row alone."""
    if mark not in _NEVER_FIRST or len(piece) < 2 or piece[-1] in _NEVER_FIRST:
        return []
    return [piece.pop()] if cell_len(piece[-1] + mark) <= width else []


def _shown_parts(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """The text through the door part by part, so that marks stay where they belong."""
    parts: list[Piece] = []
    done = 0
    for start, end in spans:
        parts += (_shown(text[done:start]), False), (_shown(text[start:end]), True)
        done = end
    return [*parts, (_shown(text[done:]), False)]


def _shown(part: str) -> str:
    return "\n".join(clean(line) for line in part.split("\n"))


def _pieces(row: str, marks: Sequence[bool]) -> Iterator[Piece]:
    """The row in runs of equal marks."""
    start = 0
    for end in range(1, len(row) + 1):
        if end == len(row) or marks[end] != marks[start]:
            yield row[start:end], marks[start]
            start = end
