"""`sop init`: a copy of the SOP to edit. `sop check`: every fault of its files at once."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from sop_content.cache import open_sop
from sop_content.faults import Fault
from sop_content.starting import write_copy
from tui.commands.options import answer, chosen, desk_options
from tui.show import show
from tui.words import _, language, say


@click.group(name="sop", help=_("Check and write the SOP."))
def sop_command() -> None:
    """The commands about SOP files."""


@sop_command.command(name="init", help=_("Write a copy of the SOP that ships, to be edited."))
@click.argument("folder", type=click.Path(path_type=Path))
@desk_options
def init_command(folder: Path) -> None:
    place = folder.expanduser().absolute()
    files = write_copy(language(), place)
    where = shlex.quote(show(str(place), 400))
    lines = (
        _("{n} files written to {folder}. Next:", n=len(files), folder=where),
        "  " + _("edit them with any editor; docs/sop.md tells what each line does"),
        f"  siyu sop check {where}",
        f"  siyu --sop {where}",
    )
    answer({"folder": str(place), "files": list(files)}, "\n".join(lines))


@sop_command.command(name="check", help=_("List every fault of an SOP's files."))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@desk_options
def check_command(folder: Path | None) -> None:
    wanted = chosen()
    read = open_sop(folder, None, years=()) if folder else wanted.read_sop()
    ok = read.sop is not None
    lines = [line_of(fault) for fault in read.faults]
    lines.append(
        _("The SOP can be used.") if ok else _("The SOP cannot be used until this is mended.")
    )
    answer({"ok": ok, "problems": [document_of(f) for f in read.faults]}, "\n".join(lines))
    if not ok:
        raise SystemExit(1)


def document_of(fault: Fault) -> dict[str, object]:
    return {
        "file": fault.path,
        "line": fault.line,
        "column": fault.column,
        "severity": fault.severity,
        "message": str(fault.message),
        "accepted": list(fault.accepted),
    }


def line_of(fault: Fault) -> str:
    """One line: file:line:column, what is wrong, what is accepted."""
    accepted = ""
    if fault.accepted:
        accepted = " " + _("Accepted: {words}", words=show(", ".join(fault.accepted)))
    place = f"{show(fault.path)}:{fault.line}:{fault.column}"
    return f"{place}: {fault.severity}: {show(say(fault.message))}{accepted}"
