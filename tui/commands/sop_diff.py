"""`sop diff`: what changed from one version of the SOP to another, in words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from rules.sop import Sop
from rules.sop_differences import Difference, What, differences
from rules.sop_edits import edit_between
from rules.wording import Sentence
from sop_content.cache import open_sop
from tui.commands.options import answer, chosen, desk_options
from tui.opening import SopFaulty
from tui.show import show
from tui.sop_names import anything_named
from tui.sop_wording import edit_words
from tui.words import _, say
from tui.wrapping import wrap

TEXT_WIDTH = 96
"""Cells of a line of a script's text."""


@click.command(name="diff", help=_("Tell what changed between two versions of the SOP."))
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", required=False, type=click.Path(path_type=Path))
@desk_options
def diff_command(first: Path, second: Path | None) -> None:
    """With one folder, from the SOP in use to it; with two, from the first to the second."""
    before = first if second is not None else chosen().sop_path()
    old, new = (read(folder) for folder in (before, second or first))
    found = differences(old, new)
    document = {
        "same": not found,
        "from": old.version,
        "to": new.version,
        "counts": asdict(edit_between(old, new)),
        "changes": [document_of(one) for one in found],
    }
    answer(document, text_of(old, new, found))


def read(folder: Path) -> Sop:
    """The SOP of a folder. Raises SopFaulty."""
    found = open_sop(folder.expanduser(), None, ())
    if found.sop is None:
        raise SopFaulty(folder, found.faults)
    return found.sop


def document_of(one: Difference) -> dict[str, object]:
    return {
        "what": one.what.value,
        "how": one.how.value,
        "id": one.id,
        "part": one.part,
        "message": str(one.message),
        "before": one.before,
        "after": one.after,
    }


def text_of(old: Sop, new: Sop, found: tuple[Difference, ...]) -> str:
    """The counts, then each difference; of a script both texts."""
    if not found:
        return _("The two are the same.")
    lines = [edit_words(edit_between(old, new), 0), ""]
    for one in found:
        lines.append(f"· {show(say(by_name(one, old, new)))}")
        if one.what is What.SCRIPT:
            lines += [f"    {sign} {line}" for sign, line in text_lines(one)]
    return "\n".join(lines)


def by_name(one: Difference, old: Sop, new: Sop) -> Sentence:
    """The difference with titles and names in place of ids; the document keeps those."""
    told = dict(one.message.values)
    if "title" not in told:
        told["id"] = _named(old, new, one.id)
    if one.what is What.STEP and "content" in told:
        told["content"] = _named(old, new, str(told["content"]))
    if told.get("field") == "content":
        told |= {side: _named(old, new, str(told[side])) for side in ("before", "after")}
    return Sentence(one.message.message, told)


def _named(old: Sop, new: Sop, name: str) -> str:
    named = anything_named(new, name)
    return named if named != name else anything_named(old, name)


def text_lines(one: Difference) -> list[tuple[str, str]]:
    """A script's text before and after, each line with its sign."""
    sides = (("-", one.before), ("+", one.after))
    return [
        (sign, row)
        for sign, text in sides
        for line in text.splitlines()
        for row in wrap(show(line), TEXT_WIDTH)
    ]
