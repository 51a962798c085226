"""The command `siyu`: the app when called alone, else one of its commands."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType, TracebackType

import click

from rules.wording import DeskError
from tui import start
from tui.click_words import in_words, speak
from tui.show import printable, show
from tui.words import _, choose_language, language, say, set_language

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "app": "tui.commands.app",
        "backup": "tui.commands.backup",
        "contact": "tui.commands.person",
        "content": "tui.commands.content",
        "demo": "tui.commands.demo",
        "doctor": "tui.commands.doctor",
        "duplicates": "tui.commands.cleaning",
        "edit": "tui.commands.person",
        "export": "tui.commands.exporting",
        "find": "tui.commands.people",
        "import": "tui.commands.importing",
        "lists": "tui.commands.listing",
        "log": "tui.commands.contact",
        "merge": "tui.commands.cleaning",
        "person": "tui.commands.person",
        "purchase": "tui.commands.buying",
        "purchases": "tui.commands.buying",
        "read": "tui.commands.reading",
        "redo": "tui.commands.undoing",
        "refuse": "tui.commands.contact",
        "restore": "tui.commands.backup",
        "resume": "tui.commands.contact",
        "rules": "tui.commands.listing",
        "send": "tui.commands.contact",
        "sop": "tui.commands.sop",
        "stage": "tui.commands.person",
        "timeline": "tui.commands.people",
        "today": "tui.commands.today",
        "undo": "tui.commands.undoing",
        "unmerge": "tui.commands.cleaning",
        "why": "tui.commands.listing",
    }
)
"""Each command's module; its function there is called NAME_command."""


class Commands(click.Group):
    """Loads a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's form
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        start.end()
        return in_words(command)


def told_language(arguments: Sequence[str]) -> str | None:
    """The value of --lang, wherever it stands; needed before any help text is made."""
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def command_line() -> click.Group:
    """The whole command line, its help in the language that is set."""
    from tui.commands.options import desk_options

    @click.group(
        cls=Commands,
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
            command = COMMANDS["app"]
            context.invoke(importlib.import_module(command).app_command)

    return in_words(siyu)


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What is printed for a fault of the program: where, never the values, which may be names."""
    from tui.fault_words import fault_lines

    if issubclass(kind, KeyboardInterrupt):
        return
    for line in fault_lines(error.with_traceback(trace)):
        click.echo(printable(line), err=True)


def main() -> None:
    """Runs one command; a DeskError becomes its words and exit code 1, a wrong use exit code 2."""
    start.begin()
    os.umask(0o077)
    sys.excepthook = report
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    arguments = sys.argv[1:]
    as_json = "--json" in arguments
    set_language(choose_language(told_language(arguments), os.environ))
    speak("en" if as_json else language())
    try:
        code = command_line().main(args=arguments, prog_name="siyu", standalone_mode=False)
    except DeskError as error:
        tell(error, as_json=as_json)
        sys.exit(1)
    except click.ClickException as error:
        tell_misuse(error, as_json=as_json)
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo(_("Aborted!"), err=True)
        sys.exit(1)
    sys.exit(code)


def tell(error: DeskError, *, as_json: bool) -> None:
    """What happened and what to do, on standard error; with --json also as a document."""
    if as_json:
        told = {"error": str(error.what), "remedy": str(error.remedy or "")}
        click.echo(json.dumps(told, ensure_ascii=False))
    click.echo(show(say(error.what)), err=True)
    if error.remedy is not None:
        click.echo(show(say(error.remedy)), err=True)


def tell_misuse(error: click.ClickException, *, as_json: bool) -> None:
    """What is wrong with the command line, on standard error; with --json also as a document."""
    if as_json:
        kind = re.sub("(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
        click.echo(json.dumps({"error": kind, "reason": error.format_message()}))
    error.show()


if __name__ == "__main__":
    main()
