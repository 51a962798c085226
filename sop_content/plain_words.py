"""Errors of the YAML parser in plain words, at the place that has to be mended.

The parser says where it gave up, which is often a line later than the fault.
The rules below look at the error and at the lines around it; the first that
knows the case answers, and there is always an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import yaml

from rules.wording import N_, Sentence, sentence
from sop_content.faults import BEGINNING, Spot

Told = tuple[Spot, Sentence]
Lines = Sequence[str]
Rule = Callable[[yaml.MarkedYAMLError, Lines], Told | None]

_VALUE = re.compile(r"\s*(?:-\s+)*(?:[^\s:#\"'{}\[\]]+:\s+)?(?=\S)")
"""What stands before the value of a line."""
_NO_BLANK = re.compile(r"\s*(?:-\s+)*[^\s:：#\"'{}\[\]]+(?P<colon>[:：])(?=\S)")
"""A field whose colon has no blank after it, or is full-width."""


def explain(error: yaml.MarkedYAMLError | None, lines: Lines) -> Told:
    """Where to mend and what to write, for a parser's error."""
    if error is None:
        return _unreadable(BEGINNING)
    for rule in _RULES:
        told = rule(error, lines)
        if told is not None:
            return told
    return _unreadable(_spot(error.problem_mark) or _spot(error.context_mark) or BEGINNING)


def _unreadable(spot: Spot) -> Told:
    message = N_("this cannot be read: check the indentation, colons and quotes of the line")
    return spot, sentence(message)


def _open_quote(error: yaml.MarkedYAMLError, _lines: Lines) -> Told | None:
    if "quoted scalar" not in _words(error):
        return None
    if "escape" in _words(error):
        message = N_("a backslash between double quotes begins an escape: write it twice")
        return _at(error.problem_mark, message, back=1)
    message = N_("the quote that opens here is never closed: close it")
    return _at(error.context_mark, message)


def _reserved_sign(error: yaml.MarkedYAMLError, lines: Lines) -> Told | None:
    words = _words(error)
    if "cannot start any token" in words or "node content" in words:
        mark = error.problem_mark
    elif "scanning an alias" in words or "scanning an anchor" in words or "a tag" in words:
        mark = error.context_mark
    else:
        return None
    spot = _spot(mark)
    if spot is None:
        return None
    sign = _char(lines, spot)
    message = N_('nothing may begin with "{sign}": put the whole text in quotes')
    return spot, sentence(message, sign=sign)


def _open_bracket(error: yaml.MarkedYAMLError, lines: Lines) -> Told | None:
    spot = _spot(error.context_mark)
    if spot is None or "a flow" not in _words(error):
        return None
    message = N_(
        'the "{sign}" that opens here is never closed: close it, or put the whole text in quotes'
    )
    return spot, sentence(message, sign=_char(lines, spot))


def _text_after_its_end(error: yaml.MarkedYAMLError, lines: Lines) -> Told | None:
    """`{nickname}, hi` and `"hi" there`: a value that ends before its line does."""
    spot = _spot(error.problem_mark)
    if spot is None or "block end" not in _words(error):
        return None
    line = _line(lines, spot.line)
    begins = _value_begins(line)
    if begins is None or begins >= spot.column - 1:
        return None
    sign, place = line[begins], Spot(spot.line, begins + 1)
    if sign in "{[":
        message = N_('a text that begins with "{sign}" must stand in quotes: put all of it in them')
        return place, sentence(message, sign=sign)
    if sign in "\"'":
        message = N_("the text goes on after its closing quote: put all of it between the quotes")
        return place, sentence(message)
    return None


def _colon_without_blank(error: yaml.MarkedYAMLError, lines: Lines) -> Told | None:
    """`a：1` or `a:1`: the parser notices at the next field."""
    words = _words(error)
    if "could not find expected ':'" in words:
        numbers = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
    elif "mapping values are not allowed" in words and error.problem_mark:
        numbers = [error.problem_mark.line - 1]
    else:
        return None
    for number in numbers:
        if found := _NO_BLANK.match(_line(lines, number + 1)):
            return Spot(number + 1, found.start("colon") + 1), colon_message()
    return None


def colon_message() -> Sentence:
    """What to say of a field's colon that is full-width or has no blank after it."""
    return sentence(N_('after the name of a field write ": ", a half-width colon and a blank'))


def _no_field(error: yaml.MarkedYAMLError, _lines: Lines) -> Told | None:
    if "could not find expected ':'" not in _words(error):
        return None
    message = N_("a line must be a field with a colon, or an entry of a list that begins with -")
    return _at(error.context_mark, message)


def _colon_in_text(error: yaml.MarkedYAMLError, lines: Lines) -> Told | None:
    spot = _spot(error.problem_mark)
    if spot is None or "mapping values are not allowed" not in _words(error):
        return None
    begins = _value_begins(_line(lines, spot.line))
    if begins is not None and begins < spot.column - 1 and ":" in lines[spot.line - 1][:begins]:
        message = N_("a colon and a blank inside a text: put the whole text in quotes")
        return spot, sentence(message)
    return _wrongly_indented(spot.line, lines)


def _list_in_line(error: yaml.MarkedYAMLError, lines: Lines) -> Told | None:
    words = _words(error)
    if "entries are not allowed" not in words and "keys are not allowed" not in words:
        return None
    message = N_('a text cannot begin with "{sign}" and a blank: put the whole text in quotes')
    spot = _spot(error.problem_mark) or BEGINNING
    return spot, sentence(message, sign=_char(lines, spot))


def _block_header(error: yaml.MarkedYAMLError, _lines: Lines) -> Told | None:
    if "block scalar" not in _words(error):
        return None
    message = N_("after | or > the text begins on the next line, indented")
    return _at(error.context_mark, message)


def _second_document(error: yaml.MarkedYAMLError, _lines: Lines) -> Told | None:
    if "document start" not in _words(error):
        return None
    message = N_("a file holds one document: no line may begin with ... or %")
    return _at(error.problem_mark, message)


def _indentation(error: yaml.MarkedYAMLError, lines: Lines) -> Told | None:
    if "block end" not in _words(error) or error.problem_mark is None:
        return None
    return _wrongly_indented(error.problem_mark.line + 1, lines)


def _wrongly_indented(number: int, lines: Lines) -> Told:
    line = _line(lines, number)
    column = len(line) - len(line.lstrip(" ")) + 1
    message = N_("the indentation does not fit the lines above")
    return Spot(number, column), sentence(message)


_RULES: tuple[Rule, ...] = (
    _open_quote,
    _reserved_sign,
    _open_bracket,
    _text_after_its_end,
    _colon_without_blank,
    _no_field,
    _colon_in_text,
    _list_in_line,
    _block_header,
    _second_document,
    _indentation,
)


def _words(error: yaml.MarkedYAMLError) -> str:
    return f"{error.context or ''} {error.problem or ''}".replace("<block end>", "block end")


def _spot(mark: yaml.Mark | None) -> Spot | None:
    return Spot(mark.line + 1, mark.column + 1) if mark else None


def _at(mark: yaml.Mark | None, message: str, back: int = 0) -> Told:
    spot = _spot(mark) or BEGINNING
    return Spot(spot.line, max(spot.column - back, 1)), sentence(message)


def _line(lines: Lines, number: int) -> str:
    """A line by its number, empty beyond the end."""
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _char(lines: Lines, spot: Spot) -> str:
    return _line(lines, spot.line)[spot.column - 1 : spot.column]


def _value_begins(line: str) -> int | None:
    """The index at which the value of a line begins."""
    found = _VALUE.match(line)
    return found.end() if found else None
