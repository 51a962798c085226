"""Templates: which blanks a script may hold, and the one pass that fills them.

Invariant: a value is inserted once and never scanned again, so that no
contact's name can read another field; a script with an empty value is not
filled at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rules.plain_text import is_blank, keep
from rules.wording import N_, Sentence, sentence

FIELDS: tuple[str, ...] = (
    "name",
    "salutation",
    "company",
    "title",
    "interest",
    "content",
    "keyword",
    "operator",
)
"""What may stand between the braces of a script."""

UNWRITTEN = "script"
"""Named as missing while a script is still to be written."""

_TODO = re.compile(r"\s*TODO(?![A-Za-z0-9_])")
_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|([{}])")
_FULL_WIDTH = re.compile("｛[^｛｝{}]*｝?|｝")
_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MORE_THAN_A_NAME = re.compile(r"\s*(\w+)\s*[.:!\[(]")
_LINE_BREAKS = re.compile("[\t\n\u2028\u2029]+")
_SHOWN = 40
"""Characters of a wrong field that a message repeats."""

_OTHER_WORDS: Mapping[str, str] = {
    "姓名": "name",
    "名字": "name",
    "昵称": "name",
    "客户": "name",
    "nickname": "name",
    "nick": "name",
    "称呼": "salutation",
    "尊称": "salutation",
    "greeting": "salutation",
    "公司": "company",
    "企业": "company",
    "单位": "company",
    "organization": "company",
    "职位": "title",
    "职务": "title",
    "position": "title",
    "兴趣": "interest",
    "兴趣点": "interest",
    "topic": "interest",
    "内容": "content",
    "标题": "content",
    "article": "content",
    "关键词": "keyword",
    "关键字": "keyword",
    "运营": "operator",
    "跟进人": "operator",
    "me": "operator",
}
"""Words that colleagues write instead of a field, for the proposal in a message."""


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Why a template cannot be used, at one place of it."""

    offset: int
    """Characters before the place, from the template's beginning."""
    message: Sentence
    accepted: tuple[str, ...]
    """What may stand there instead."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A script as it will be sent."""

    text: str
    """Never ends with a newline or a blank."""
    spans: tuple[tuple[int, int], ...] = ()
    """Start and end of each part that came from a value, in order, not overlapping."""
    fields: tuple[str, ...] = field(default=(), compare=False)
    """The field that each of them came from."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The fields that are empty, in the order in which the template asks for them."""

    fields: tuple[str, ...]


def check_template(text: str) -> tuple[TemplateFault, ...]:
    """Every fault of a template, by offset; a template without faults fills or is Missing."""
    faults = [*_brace_faults(text), *_character_faults(text)]
    return tuple(sorted(faults, key=lambda fault: fault.offset))


def is_todo(text: str) -> bool:
    """Whether a script only holds the place of one: it begins with TODO and is never sent."""
    return bool(_TODO.match(text))


def fill(text: str, values: Mapping[str, str]) -> Filled | Missing:
    """The template with its blanks filled, or what is missing for that.

    A field that is no field counts as missing, and a stray brace stays as it
    is: a template that was never checked is not sent half filled.
    """
    return _filled_with(text, tuple([values.get(field, "") for field in _fields(text)]))


@lru_cache(maxsize=2048)
def _filled_with(text: str, told: tuple[str, ...]) -> Filled | Missing:
    """A script is filled for the card that shows it, and again in the send that checks it."""
    if is_todo(text):
        return Missing((UNWRITTEN,))
    named = zip(_fields(text), told, strict=True)
    kept = {field: _insertable(value) for field, value in named}
    missing = tuple(field for field, value in kept.items() if is_blank(value))
    return Missing(missing) if missing else _filled(text, kept)


@lru_cache(maxsize=1024)
def _fields(text: str) -> tuple[str, ...]:
    """What stands between single braces, each once, in order."""
    return tuple(dict.fromkeys(field for _, field in _pieces(text) if field is not None))


def _filled(text: str, values: Mapping[str, str]) -> Filled:
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    fields: list[str] = []
    length = 0
    for written, name in _pieces(text):
        piece = written if name is None else values[name]
        parts.append(piece)
        start, length = length, length + len(piece)
        if name is not None:
            spans.append((start, length))
            fields.append(name)
    return Filled("".join(parts).rstrip(), tuple(spans), tuple(fields))


@lru_cache(maxsize=1024)
def _pieces(text: str) -> tuple[tuple[str, str | None], ...]:
    """The template cut at its tokens: text as it is written, or a field to be filled."""
    pieces: list[tuple[str, str | None]] = []
    done = 0
    for token in _TOKEN.finditer(text):
        field = token.group(1)
        pieces.append((text[done : token.start()], None))
        pieces.append(("" if field is not None else token.group()[0], field))
        done = token.end()
    pieces.append((text[done:], None))
    return tuple(piece for piece in pieces if piece[0] or piece[1] is not None)


def _insertable(value: str) -> str:
    """A value as one line without blanks around it."""
    return _LINE_BREAKS.sub(" ", keep(value)).strip()


def _brace_faults(text: str) -> Iterator[TemplateFault]:
    for token in _TOKEN.finditer(text):
        field, stray = token.groups()
        if stray:
            message = N_("a brace stands alone: write it twice to show it as it is")
            yield TemplateFault(token.start(), sentence(message), ("{{", "}}"))
        elif field is not None and field not in FIELDS:
            yield _field_fault(field, token.start())


def _character_faults(text: str) -> Iterator[TemplateFault]:
    for found in _FULL_WIDTH.finditer(text):
        message = N_("full-width braces are not filled in: write half-width ones")
        yield TemplateFault(found.start(), sentence(message), ("{", "}"))
    for found in _UNSENDABLE.finditer(text):
        message = N_("a control character cannot be sent: delete it")
        yield TemplateFault(found.start(), sentence(message), ())


def _field_fault(field: str, offset: int) -> TemplateFault:
    shown = keep(field, _SHOWN)
    if not field.strip():
        message = sentence(N_("nothing stands between the braces: write the name of a field"))
    elif _MORE_THAN_A_NAME.match(field):
        message = sentence(
            N_('"{field}" is more than a name: only the name of a field may stand there'),
            field=shown,
        )
    elif nearest := _nearest(field):
        message = sentence(
            N_('no field is called "{field}": did you mean "{nearest}"?'),
            field=shown,
            nearest=nearest,
        )
    else:
        message = sentence(N_('no field is called "{field}"'), field=shown)
    return TemplateFault(offset, message, FIELDS)


def _nearest(field: str) -> str | None:
    word = field.strip().lower()[:_SHOWN]
    if word in FIELDS:
        return word
    # Imported here: asked only about a template that is wrong.
    from difflib import get_close_matches

    close = get_close_matches(word, [*FIELDS, *_OTHER_WORDS], n=1)
    return _OTHER_WORDS.get(close[0], close[0]) if close else None
