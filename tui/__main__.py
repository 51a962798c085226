"""The command `siyu`: the app when called alone, else one of its commands."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType, TracebackType

from rules.wording import DeskError
from tui import standard_streams, start
from tui.show import printable, show
from tui.words import _, choose_language, say, set_language

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


def told_language(arguments: Sequence[str]) -> str | None:
    """The value of --lang, wherever it stands; needed before any help text is made."""
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What is printed for a fault of the program: where, never the values, which may be names."""
    from tui.fault_words import fault_lines

    if issubclass(kind, KeyboardInterrupt):
        return
    for line in fault_lines(error.with_traceback(trace)):
        say_aside(printable(line))


def main() -> None:
    """Runs the app or one command; a DeskError becomes its words and exit code 1."""
    start.begin()
    standard_streams.begin()
    os.umask(0o077)
    sys.excepthook = report
    arguments = sys.argv[1:]
    set_language(choose_language(told_language(arguments), os.environ))
    try:
        code = called_with(arguments) if arguments else called_alone()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except DeskError as error:
        tell(error, as_json="--json" in arguments)
        code = 1
    sys.exit(standard_streams.end(code))


def called_alone() -> int:
    """The app, without loading what reads a command line."""
    from tui.opening import Chosen
    from tui.running import run_desk

    try:
        return run_desk(Chosen(environ=os.environ))
    except KeyboardInterrupt:
        say_aside(_("Aborted!"))
        return 1


def called_with(arguments: Sequence[str]) -> int:
    from tui.command_line import obey

    return obey(COMMANDS, arguments)


def say_aside(text: str) -> None:
    """A line for people on standard error."""
    sys.stderr.write(f"{text}\n")


def tell(error: DeskError, *, as_json: bool) -> None:
    """What happened and what to do, on standard error; with --json also as a document."""
    if as_json:
        told = {"error": str(error.what), "remedy": str(error.remedy or "")}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    say_aside(show(say(error.what)))
    if error.remedy is not None:
        say_aside(show(say(error.remedy)))


if __name__ == "__main__":
    main()
