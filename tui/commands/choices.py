"""Choices on the command line, told in the words of either language, by id or by key."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import click

from rules.wording import N_
from tui.click_words import program_reads
from tui.words import _, every_language

Value = TypeVar("Value")


def told_key(text: str) -> str:
    """The form in which words are compared: what an input method writes at full width too."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def words_for(word: Callable[[Value], str], value: Value) -> tuple[str, ...]:
    """What a value is called in each language, each word once."""
    return tuple(dict.fromkeys(every_language(lambda: word(value))))


class Words(click.Choice[str]):
    """One of several values, each with all the words that mean it; the first is what is kept."""

    def __init__(self, accepted: Mapping[str, Sequence[str]]) -> None:
        """`accepted`: a value to the other words that mean it."""
        super().__init__(list(accepted))
        self._accepted = accepted
        self._by_word = {
            told_key(word): value
            for value, words in accepted.items()
            for word in (value, *words)
            if word
        }

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        found = self._by_word.get(told_key(str(value)))
        if found is None:
            choices = ", ".join(self._shown())
            message = N_('"{value}" is not among the choices: {choices}')
            told = message if program_reads() else _(message, value="{value}", choices="{choices}")
            self.fail(told.format(value=value, choices=choices), param, ctx)
        return found

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        return f"[{'|'.join(self._shown())}]"

    def _shown(self) -> list[str]:
        """Each value with its words; for a program without those of other languages."""
        return ["/".join(self._words_of(value)) for value in self._accepted]

    def _words_of(self, value: str) -> list[str]:
        told = {told_key(word): word for word in (*self._accepted[value], value) if word}
        words = [value, *(word for word in told.values() if word != value)]
        return [word for word in words if word.isascii()] if program_reads() else words
