"""`sop init`: a copy of the SOP to edit. `sop check`: every fault of its files, every finding."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from rules.sop import Sop
from rules.wording import DeskError
from scripts.lint import lint
from scripts.readiness import unchanged_rewrites
from sop_content.cache import gone
from sop_content.faults import Fault
from sop_content.fields import MOST_LISTED
from sop_content.folder import SopFiles, gather
from sop_content.lint_places import located
from sop_content.reader import read_files
from sop_content.starting import write_copy
from store.carrying import carried
from store.connection import Connection, connect
from store.people import names_known
from store.review import review
from tui.clock import desk_clock
from tui.commands.options import answer, chosen, desk_options
from tui.commands.sop_candidates import candidates_command
from tui.commands.sop_diff import diff_command
from tui.commands.sop_draft import draft_command
from tui.commands.sop_figures import compare_command, log_command
from tui.commands.sop_versions import plan_command, publish_command
from tui.opening import Chosen
from tui.show import show
from tui.words import _, language, say

TOLD = {"accepted", "kinds"}
"""Values of a message that list what is accepted already."""


@click.group(name="sop", help=_("Check and write the SOP."))
def sop_command() -> None:
    """The commands about SOP files."""


sop_command.add_command(candidates_command)
sop_command.add_command(diff_command)
sop_command.add_command(draft_command)
sop_command.add_command(plan_command)
sop_command.add_command(publish_command)
sop_command.add_command(log_command)
sop_command.add_command(compare_command)


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
    files = gather(folder or wanted.sop_path())
    read = read_files(files)
    # In the folder in use also what was there: the desk does not take its loss for an edit.
    missed = () if folder else gone(files, wanted.cache())
    found = (*missed, *read.faults, *(checked(read.sop, files, wanted) if read.sop else ()))
    ok = not any(fault.severity == "error" for fault in found)
    lines = [line_of(fault) for fault in found]
    if read.sop is None or missed:
        lines.append(_("The SOP cannot be used until this is mended."))
    elif ok:
        lines.append(_("The SOP can be used."))
    else:
        lines.append(_("The SOP can be read, but fails a check that lint.yaml makes an error."))
    answer({"ok": ok, "problems": [document_of(fault) for fault in found]}, "\n".join(lines))
    if not ok:
        raise SystemExit(1)


def checked(sop: Sop, files: SopFiles, wanted: Chosen) -> tuple[Fault, ...]:
    """What the checks of the practice find, by file and line."""
    today = desk_clock(sop.settings, wanted.environ)().day
    unchanged = unchanged_of(sop, wanted)
    found = located(lint(sop, today, people_of(wanted), unchanged), files)
    return tuple(sorted(found, key=lambda fault: (fault.path, fault.line, fault.column)))


def people_of(wanted: Chosen) -> frozenset[str]:
    """Names and companies that no case may show; none without a desk that can be read."""
    with _readable(wanted) as db:
        return frozenset() if db is None else names_known(db)


def unchanged_of(sop: Sop, wanted: Chosen) -> tuple[str, ...]:
    """The contents of another version than the one in use that were to be rewritten."""
    with _readable(wanted) as db:
        in_use = wanted.read_sop().sop if db is not None else None
        if db is None or in_use is None or in_use.version == sop.version:
            return ()
        judged = carried(review(db, in_use), in_use)
        verdicts = {name: one.review.verdict for name, one in judged.items()}
        return unchanged_rewrites(in_use, sop, verdicts)


@contextmanager
def _readable(wanted: Chosen) -> Iterator[Connection | None]:
    """The desk's file to read from; None where there is none that can be read."""
    path = wanted.database_path()
    db = None
    if path.is_file():
        # The SOP can be checked without; the desk's own commands tell what is wrong.
        with suppress(DeskError):
            db = connect(path, read_only=True)
    try:
        yield db
    finally:
        if db is not None:
            db.close()


def document_of(fault: Fault) -> dict[str, object]:
    return {
        "file": fault.path,
        "line": fault.line,
        "column": fault.column,
        "severity": fault.severity,
        "message": str(fault.message),
        "accepted": list(fault.accepted),
        "proposal": str(fault.proposal or ""),
        "rule": fault.rule,
    }


def severity_word(severity: str) -> str:
    return {"error": _("error"), "warning": _("warning"), "note": _("note")}.get(severity, severity)


def line_of(fault: Fault) -> str:
    """One line: file:line:column, what is wrong, what is accepted or what to do."""
    accepted = ""
    if fault.accepted and not TOLD & fault.message.values.keys():
        listed = ", ".join(fault.accepted[:MOST_LISTED])
        more = ", …" if len(fault.accepted) > MOST_LISTED else ""
        accepted = " " + _("Accepted: {words}", words=show(listed + more))
    if fault.proposal is not None:
        accepted = " · " + show(say(fault.proposal))
    place = f"{show(fault.path)}:{fault.line}:{fault.column}"
    told = show(say(fault.message)) + accepted
    severity = severity_word(fault.severity)
    return _("{place}: {severity}: {told}", place=place, severity=severity, told=told)
