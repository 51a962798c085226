"""What click itself says to people, in the language that is set.

click asks the gettext of the standard library; here that is led to the
catalogue of the desk, whose messages stand in the table below word for word as
click has them. With --json a program reads, so click speaks English then.
"""

from __future__ import annotations

import gettext
import os
from typing import ClassVar, TypeVar

import click

from rules.wording import N_
from tui.words import LOCALE, Language, _

Command = TypeVar("Command", bound=click.Command)
DOMAIN = "siyu"
"""The catalogue's name."""


def NN_(one: str, many: str) -> tuple[str, str]:
    """Marks the forms of one message for the catalogue."""
    return one, many


CLICK_SAYS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("required"),
    N_("default: {default}"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Aborted!"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Choose from:\n\t{choices}"),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
)
CLICK_COUNTS = (
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
)
ARGUMENTS = {
    "contact": N_("CONTACT"),
    "first": N_("FIRST"),
    "second": N_("SECOND"),
    "stage": N_("STAGE"),
    "file": N_("FILE"),
    "folder": N_("FOLDER"),
    "name": N_("NAME"),
    "text": N_("TEXT"),
}
"""What an argument's place is called in a usage line, by its name in the code."""


class _Reader:
    """Who reads what click says."""

    program = False
    placed: ClassVar[set[click.Parameter]] = set()
    """Parameters whose placeholder was put here, in the language of then."""


def program_reads() -> bool:
    """Whether a program reads, so that everything is English."""
    return _Reader.program


def speak(language: Language, *, program: bool = False) -> None:
    """click's own messages are in this language from now on, whatever the locale says."""
    _Reader.program = program
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language  # what gettext reads first


def in_words(command: Command) -> Command:
    """The command, the placeholders of its usage line in the language that is set."""
    command.options_metavar = _("[OPTIONS]")
    if isinstance(command, click.Group):
        optional = command.invoke_without_command
        command.subcommand_metavar = (
            _("[COMMAND] [ARGS]...") if optional else _("COMMAND [ARGS]...")
        )
        for each in command.commands.values():
            in_words(each)
    for param in command.params:
        if param.metavar is None or param in _Reader.placed:
            param.metavar = _placeholder(param)
            _Reader.placed.add(param)
    return command


def _placeholder(param: click.Parameter) -> str | None:
    """None where click's own is right: choices and flags."""
    if isinstance(param.type, click.Choice):
        return None
    if isinstance(param, click.Argument):
        word = ARGUMENTS.get(param.name or "")
        if word is None:
            return None
        told = word if program_reads() else _(word)
        return told if param.required else f"[{told}]"
    taken = isinstance(param, click.Option) and not param.is_flag
    text = N_("TEXT")
    return (text if program_reads() else _(text)) if taken and param.type is click.STRING else None
