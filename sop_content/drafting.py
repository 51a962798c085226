"""The next version of an SOP as files: what its authors wrote stays as they wrote it.

Invariants: the files, read again, give exactly the SOP that was decided;
a file in which nothing changes is copied byte for byte; in the others every
line, comment and blank that is not concerned stays; no text from outside can
end the comment that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from rules.plain_text import keep
from rules.sop import Content, Sop
from rules.sop import Sequence as StepSequence
from rules.wording import N_, sentence
from scripts.next_version import NextVersion
from sop_content.content import A_CONTENT, Stages, read_contents
from sop_content.faults import FaultList
from sop_content.file_text import decoded
from sop_content.folder import SopFiles
from sop_content.line_edits import LineEdits
from sop_content.marked_yaml import Scalar, Table, parse
from sop_content.places import Ids
from sop_content.reader import read_files
from sop_content.sequences import A_SEQUENCE, Surroundings, read_sequence
from sop_content.tree_walk import id_of, items_of
from sop_content.writing import NotWritten
from sop_content.yaml_text import Comments, comment, content_file, quoted, sequence_file

NEW_FILE = "content/new"
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!|<>~-]|(?<!\d)\.|\.(?!\d)|:(?=/)|@|&")
"""What may mean something in Markdown; a dot within a number does not."""


def draft_files(files: SopFiles, version: NextVersion, comments: Comments) -> dict[str, bytes]:
    """The YAML files of a version that was decided from the SOP in `files`, by path.

    `comments` stand above the scripts they are about, whatever they hold.
    Raises NotWritten when the files are no longer those of the SOP.
    """
    if read_files(files).sop != version.before:
        raise _changed_meanwhile()
    made: dict[str, bytes] = {}
    for path, data in files.data.items():
        new = _drafted(path, data, version, comments)
        if new is not None:
            made[path] = new
    made |= _new_contents(version, made)
    if read_files(SopFiles(dict(sorted(made.items())), ())).sop != version.sop:
        raise _changed_meanwhile()
    return made


def _changed_meanwhile() -> NotWritten:
    return NotWritten(
        sentence(N_("the SOP's files are others than those that are in use")),
        sentence(N_("siyu sop check tells whether they can be read; then try again")),
    )


def assets(folder: Path, version: NextVersion, names: Collection[str]) -> dict[str, Path]:
    """The files beside the SOP that its contents send, by path, to be copied as well.

    Only files inside the folder, and none of `names`.
    """
    inside = folder.resolve()
    found = {}
    for content in version.sop.contents.values():
        if content.form is None or "://" in content.target:
            continue
        try:
            file = (inside / content.target).resolve()
            if file.is_relative_to(inside) and file.is_file():
                found[file.relative_to(inside).as_posix()] = file
        except (OSError, ValueError):
            continue
    return {name: file for name, file in found.items() if name not in names}


def _new_contents(version: NextVersion, made: Collection[str]) -> dict[str, bytes]:
    """What is still to be written, in a file of its own."""
    added = [version.sop.contents[name] for name in version.added]
    if not added:
        return {}
    name, number = f"{NEW_FILE}.yaml", 1
    while name in made:
        number += 1
        name = f"{NEW_FILE}-{number}.yaml"
    return {name: content_file(added, {}).encode()}


def _drafted(path: str, data: bytes, version: NextVersion, comments: Comments) -> bytes | None:
    """A file in the new version; None when all of it was dropped."""
    text = decoded(data, FaultList(path))
    root = parse(text, FaultList(path)) if text else None
    if text is None or not isinstance(root, Table):
        return data
    new: str | None = text
    if path == "sop.yaml":
        new = _with_version(text, root, version.sop.version)
    elif path.startswith("content/"):
        new = _contents(text, root, version.sop, comments)
    elif path.startswith("sequences/"):
        new = _sequence(text, root, version)
    if new is None or new == text:
        return None if new is None else data
    return (new.replace("\n", "\r\n") if b"\r\n" in data else new).encode()


def _with_version(text: str, root: Table, version: str) -> str:
    edits = LineEdits.of(text)
    found = root.fields.get("version")
    if found is not None and isinstance(found[1], Scalar):
        edits.put(found[1], quoted(version))
    return edits.text()


def _contents(text: str, root: Table, sop: Sop, comments: Comments) -> str | None:
    """A content file without what was dropped; None when nothing is left."""
    items = items_of(root, "content")
    kept = [item for item in items if id_of(item) in sop.contents]
    about = [
        (item, script)
        for item in kept
        for script in items_of(item, "scripts")
        if (id_of(item), id_of(script)) in comments
    ]
    if not kept:
        return None
    if len(kept) == len(items) and not about:
        return text
    edits = LineEdits.of(text)
    for place, item in enumerate(items):
        if id_of(item) not in sop.contents:
            edits.remove(items, place)
    for item, script in about:
        edits.comment(script, [comment(line) for line in comments[id_of(item), id_of(script)]])
    wanted = [sop.contents[id_of(item)] for item in kept]
    return edits.text() if _hold(edits.text(), wanted) else content_file(wanted, comments)


def _hold(text: str, wanted: Sequence[Content]) -> bool:
    """Whether a content file says these contents."""
    faults = FaultList("")
    found = read_contents(parse(text, faults), Stages(None), Ids(A_CONTENT), faults)
    return [one.value for one, _reply in found] == list(wanted)


def _sequence(text: str, root: Table, version: NextVersion) -> str:
    """A sequence file with other contents in its steps, or without some of them."""
    sequence = version.sop.sequence(id_of(root))
    changes = {c.step: c for c in version.changes if sequence and c.sequence == sequence.id}
    if sequence is None or not changes:
        return text
    edits = LineEdits.of(text)
    items = items_of(root, "steps")
    for place, item in enumerate(items):
        change = changes.get(id_of(item))
        if change is None:
            continue
        found = item.fields.get("content") if isinstance(item, Table) else None
        if not change.content:
            edits.remove(items, place)
        elif found is not None and isinstance(found[1], Scalar):
            edits.put(found[1], quoted(change.content))
    return edits.text() if _walks(edits.text(), sequence) else sequence_file(sequence)


def _walks(text: str, wanted: StepSequence) -> bool:
    """Whether a sequence file says this sequence."""
    faults = FaultList("")
    around = Surroundings(Stages(None), {}, False, Ids(A_SEQUENCE))
    found = read_sequence(parse(text, faults), around, faults)
    return found is not None and found.value == wanted


def readable(text: str, limit: int = 200) -> str:
    """A text from outside as one line of a Markdown page: no sign in it means anything."""
    line = " ".join(keep(text, limit * 4).split())
    shown = "".join(char for char in line if char.isprintable())[:limit]
    return _MARKDOWN.sub(r"\\\g<0>", shown)
