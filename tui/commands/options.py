"""The options every command takes, before or after its name, and how answers are given."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.show import printable
from tui.words import _

if TYPE_CHECKING:
    from tui.opening import Chosen, OpenDesk

OPTIONS = ("database", "sop", "operator", "lang", "json")


def desk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --database, --sop, --operator, --lang and --json; what stands last counts."""

    @functools.wraps(command)
    @click.pass_context
    def told(context: click.Context, /, **values: Any) -> Any:
        given = {name: values.pop(name, None) for name in OPTIONS}
        known = dict(context.find_root().obj or {})
        known.update({name: value for name, value in given.items() if value})
        context.find_root().obj = known
        return command(**values)

    for option in (
        click.option("--json", "json", is_flag=True, help=_("Answer with one JSON document")),
        click.option("--lang", type=str, help=_("zh or en")),
        click.option("--operator", type=str, help=_("Who works")),
        click.option("--sop", type=click.Path(path_type=Path), help=_("Folder of the SOP")),
        click.option("--database", type=click.Path(path_type=Path), help=_("File of the desk")),
    ):
        told = option(told)
    return told


def chosen() -> Chosen:
    """What the options and the environment choose."""
    # Imported here: the help and the version need no desk.
    from tui.opening import Chosen

    known = click.get_current_context().find_root().obj or {}
    return Chosen(known.get("database"), known.get("sop"), known.get("operator"), os.environ)


def wants_json() -> bool:
    return bool((click.get_current_context().find_root().obj or {}).get("json"))


def answer(document: object, text: str) -> None:
    """The answer of a command: the document with --json, else the text."""
    click.echo(
        json.dumps(document, ensure_ascii=False, indent=1) if wants_json() else printable(text)
    )


def tell_beside(opened: OpenDesk) -> None:
    """What did not come about though the command did its work, such as a backup."""
    for words in opened.told_beside():
        click.echo(printable(words), err=True)


def blocked(document: dict[str, object], text: str) -> None:
    """A refusal: words on standard error, with --json the document on standard output; exit 1."""
    if wants_json():
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    click.echo(printable(text), err=True)
    raise SystemExit(1)
