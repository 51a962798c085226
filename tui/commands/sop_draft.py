"""`sop draft`: the next version of the SOP as files to edit, from what came back to this one."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from rules.verdicts import Verdict
from sop_content.writing import write_folder
from tui.commands.options import answer, chosen, desk_options
from tui.commands.sop_candidates import ranked_of
from tui.drafting import PAGE, Draft, draft_of
from tui.opening import desk
from tui.show import show
from tui.wording import VERDICT_SIGNS, verdict_word
from tui.words import _


@click.command(name="draft", help=_("Write the next version of the SOP from what came back."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--candidates", type=click.Path(path_type=Path), help=_("A file of articles to fill gaps from")
)
@desk_options
def draft_command(folder: Path, candidates: Path | None) -> None:
    wanted, place = chosen(), folder.expanduser().absolute()
    with desk(wanted) as opened:
        ranked = ranked_of(candidates, wanted, opened.shift.sop)[1] if candidates else ()
        made = draft_of(opened, ranked)
    files = write_folder(place, made.files)
    answer(document_of(made, place, files), text_of(made, place))


def document_of(made: Draft, place: Path, files: tuple[str, ...]) -> dict[str, object]:
    version = made.version
    return {
        "folder": str(place),
        "version": version.sop.version,
        "from": made.before,
        "files": list(files),
        **{verdict.value: list(version.judged(verdict)) for verdict in Verdict},
        "filled": [
            {"sequence": c.sequence, "step": c.step, "was": c.was, "content": c.content}
            for c in version.changes
            if c.content
        ],
        "left_out": [
            {"sequence": c.sequence, "step": c.step, "was": c.was}
            for c in version.changes
            if not c.content
        ],
        "to_write": list(version.added),
    }


def text_of(made: Draft, place: Path) -> str:
    version, where = made.version, shlex.quote(show(str(place), 400))
    judged = [
        f"{VERDICT_SIGNS[verdict]} {verdict_word(verdict)} {len(version.judged(verdict))}"
        for verdict in Verdict
    ]
    filled = sum(bool(change.content) for change in version.changes)
    left = len(version.changes) - filled
    gap = _("--candidates FILE fills them from articles: siyu sop candidates ranks them")
    gap = gap if left and not made.had_candidates else ""
    return "\n".join(
        (
            _(
                "SOP {new} drafted from {old} in {folder}:",
                new=show(version.sop.version),
                old=show(made.before),
                folder=where,
            ),
            "  " + " · ".join(judged),
            "  "
            + _(
                "{filled} steps filled, {left} left out, {write} contents to write,"
                " {rewrite} to rewrite",
                filled=filled,
                left=left,
                write=len(version.added),
                rewrite=len(version.judged(Verdict.REWRITE)),
            ),
            *([f"  {gap}"] if gap else []),
            _("{page} tells why. Next:", page=PAGE),
            f"  siyu sop check {where}",
            f"  siyu sop diff {where}",
        )
    )
