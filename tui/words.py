"""The language of the screen: the only place where a message id becomes words.

English is the ids themselves, so only other languages have a catalogue
(`tui/locale/<language>/LC_MESSAGES/siyu.mo`). The rooms below hand up
`Sentence`s; values that are Sentences or dates are put into the same language.
Nothing here cleans what it is given: a name from outside must be made fit to
show before it becomes a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Literal

from rules.wording import Sentence

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

LOCALE = Path(__file__).parent / "locale"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEAR = 300
"""Days around today within which a day is told without its year."""
LOCALE_VARIABLES = ("SIYU_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""Read in this order; the first that is not empty decides."""


class _Spoken:
    """The language and the day that are set, for the whole process: a desk has one reader."""

    language: Language = "en"
    catalogue: NullTranslations = NullTranslations()
    today: date | None = None


def choose_language(explicit: str | None, environ: Mapping[str, str]) -> Language:
    """The language that was asked for, else the environment's.

    Every kind of Chinese (`zh`, `zh_TW.UTF-8`, `zh-Hant-HK`) is "zh";
    whatever else, and nothing at all, is "en".
    """
    asked = (explicit, *(environ.get(name) for name in LOCALE_VARIABLES))
    named = next((name for name in asked if name), "")
    return "zh" if named.lower().startswith("zh") else "en"


def set_language(language: Language) -> None:
    """Everything said from now on is in this language."""
    _Spoken.language = language
    _Spoken.catalogue = _catalogue(language)


def language() -> Language:
    """The language that is set; "en" until one is."""
    return _Spoken.language


def every_language(told: Callable[[], str]) -> tuple[str, ...]:
    """What a text is in each language, English first."""
    before = _Spoken.language
    found = []
    try:
        for each in LANGUAGES:
            set_language(each)
            found.append(told())
    finally:
        set_language(before)
    return tuple(found)


def _(message: str, /, **values: object) -> str:
    """A message in the language that is set, its blanks filled.

    The message is an English id, written where it is used; a `{{` in it is a
    brace. Raises KeyError when a blank has no value.
    """
    # An empty id would answer with the catalogue's header.
    return _filled(_Spoken.catalogue.gettext(message) if message else "", values)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The form that fits the number n, which also fills the blank `{n}`."""
    return _filled(_Spoken.catalogue.ngettext(one, many, n), {"n": n, **values})


def say(sentence: Sentence) -> str:
    """A sentence of the rooms below in the language that is set."""
    return _(sentence.message, **sentence.values)


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format_map({name: _shown(value) for name, value in values.items()})


def set_today(day: date | None) -> None:
    """From which day on others are told; without one no day has its year said."""
    _Spoken.today = day


def date_words(day: date) -> str:
    """A day as month and day: 3月2日, 2 Mar; with its year where it lies far from today."""
    today = _Spoken.today
    far = today is not None and abs((day - today).days) > NEAR
    if _Spoken.language == "zh":
        year = f"{day.year}年" if far else ""
        return f"{year}{day.month}月{day.day}日"
    year = f" {day.year}" if far else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def _shown(value: object) -> object:
    if isinstance(value, Sentence):
        return say(value)
    return date_words(value) if isinstance(value, date) else value


def _catalogue(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    return _compiled(LOCALE / language / "LC_MESSAGES" / "siyu.mo")


@cache
def _compiled(path: Path) -> NullTranslations:
    """Read once for a process: some commands ask for a word in every language."""
    with path.open("rb") as compiled:
        return GNUTranslations(compiled)
