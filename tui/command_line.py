"""The command line behind `siyu`: its commands, and what is said of a wrong use.

Loaded only when the program is called with words: click takes time to load, and
`siyu` alone has nothing to read.
"""

from __future__ import annotations

import importlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import click

from tui import start
from tui.click_words import in_words, speak
from tui.show import printable
from tui.words import _, language


class Commands(click.Group):
    """Loads a command's module only when it is called."""

    def __init__(self, modules: Mapping[str, str], **told: Any) -> None:
        """`modules` are those of the commands; the function there is called NAME_command."""
        super().__init__(**told)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's form
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self.modules:
            return None
        module = importlib.import_module(self.modules[cmd_name])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        start.end()
        return in_words(command)


def command_line(modules: Mapping[str, str]) -> click.Group:
    """The whole command line, its help in the language that is set."""
    from tui.commands.options import desk_options

    @click.group(
        cls=Commands,
        modules=modules,
        name="siyu",
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_("The daily desk: whom to write to today, what to say, and what came of it."),
    )
    @click.version_option(package_name="siyu")
    @desk_options
    def siyu() -> None:
        context = click.get_current_context()
        if context.invoked_subcommand is None:
            context.invoke(importlib.import_module(modules["app"]).app_command)

    return in_words(siyu)


def obey(modules: Mapping[str, str], arguments: Sequence[str]) -> int:
    """Runs one command; its exit code, 2 for a wrong use. Raises DeskError."""
    as_json = "--json" in arguments
    speak("en" if as_json else language(), program=as_json)
    try:
        code: int | None = command_line(modules).main(
            args=list(arguments), prog_name="siyu", standalone_mode=False
        )
    except click.ClickException as error:
        tell_misuse(error, as_json=as_json)
        return error.exit_code
    except click.Abort:
        click.echo(_("Aborted!"), err=True)
        return 1
    return code or 0


def tell_misuse(error: click.ClickException, *, as_json: bool) -> None:
    """What is wrong with the command line, on standard error; with --json also as a document."""
    if as_json:
        kind = re.sub("(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
        click.echo(json.dumps({"error": kind, "reason": error.format_message()}))
    told = io.StringIO()
    error.show(told)  # some of click's messages quote a word as it was typed
    click.echo(printable(told.getvalue()), nl=False, err=True)
