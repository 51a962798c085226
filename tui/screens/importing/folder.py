"""What a typed path means, and which files and folders it may become.

Names on disk are text from outside and may not even be text: they are drawn
through the door, opened as they are, and never typed into the field unless
every character of them can be shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rules.system_words import reason_of
from tui.show import show
from tui.typed_paths import scheme_of, stands
from tui.words import _

ENDINGS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".vcf"})
"""Names that are offered; any other file is opened when its name is typed in full."""
LOOKED_AT = 5000
"""Names of one folder that are looked at."""
_HOMES = ("~", "～")
_QUOTES = ("'", '"')


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list."""

    path: Path
    is_folder: bool
    size: int = 0
    """Bytes."""
    changed: float = 0.0
    """Seconds since 1970, UTC."""
    label: str = ""
    """Instead of the name, where that says more."""

    @property
    def name(self) -> str:
        return self.label or self.path.name


@dataclass(frozen=True, slots=True)
class Listing:
    """What a typed text may mean."""

    folder: Path
    entries: tuple[Entry, ...]
    trouble: str = ""
    """Why the folder cannot be listed, in words; empty when it can."""


def listing(text: str, base: Path) -> Listing:
    """The entries that fit a text: an exact one first, then files, newest first, then folders."""
    wanted = meant(text, base)
    whole = not text.strip() or text.rstrip().endswith(("/", "..")) or text.strip() in _HOMES
    folder, part = (wanted, "") if whole else (wanted.parent, wanted.name)
    try:
        with os.scandir(folder) as found:
            entries = [*islice(_entries(found), LOOKED_AT)]
    except OSError as error:
        return Listing(folder, (), _trouble(folder, error))
    fitting = [entry for entry in entries if _fits(entry, part)]
    fitting.sort(key=lambda entry: (entry.is_folder, -entry.changed, entry.name.casefold()))
    if part:
        fitting.sort(key=lambda entry: not entry.name.casefold().startswith(part.casefold()))
        exact = _exact(wanted)
        fitting = [*exact, *(entry for entry in fitting if entry.path not in _paths(exact))]
    elif folder.parent != folder:
        fitting.append(Entry(folder.parent, is_folder=True, label=".."))
    return Listing(folder, tuple(fitting))


def meant(text: str, base: Path) -> Path:
    """The path that a text names: `~` is the home, the rest stands in `base`.

    Quotes, `file://` and escaped blanks are what terminals make of a file that is
    dropped on them.
    """
    told = text.strip()
    if len(told) > 1 and told[0] in _QUOTES and told[0] == told[-1]:
        told = told[1:-1]
    if told.startswith("file://") and scheme_of(told):
        told = unquote(urlsplit(told).path)
    if told.startswith("～"):
        told = "~" + told[1:]
    try:
        path = base / Path(told).expanduser()
    except RuntimeError:  # the home of somebody who does not exist
        path = base / told
    plain = Path(str(path).replace("\\ ", " "))
    return plain if plain != path and stands(plain) else path


def completed(text: str, base: Path) -> str:
    """The text with as much added as all fitting names agree on."""
    shown = listing(text, base)
    head, slash, part = text.rpartition("/")
    fitting = [
        entry
        for entry in shown.entries
        if not entry.label and entry.name.casefold().startswith(part.casefold())
    ]
    names = [entry.name + ("/" if entry.is_folder else "") for entry in fitting]
    agreed = _agreed(names)
    if len(agreed) <= len(part) or show(agreed) != agreed:
        return text
    return head + slash + agreed


def _agreed(names: Sequence[str]) -> str:
    """What all the names begin with."""
    first, last = min(names, default=""), max(names, default="")
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(letter for letter, _other in same)


def begin_in(*wanted: str) -> Path:
    """The first of these folders that exists, else where downloads land, else the home."""
    home = Path.home()
    places = [*(Path(each) for each in wanted if each), home / "Downloads", home / "下载"]
    return next((place for place in places if place.is_dir()), home)


def _entries(found: Iterator[os.DirEntry[str]]) -> Iterator[Entry]:
    for each in found:
        try:
            is_folder, told = each.is_dir(), each.stat()
        except OSError:  # gone meanwhile, or a link to nowhere
            continue
        yield Entry(Path(each.path), is_folder, told.st_size, told.st_mtime)


def _fits(entry: Entry, part: str) -> bool:
    if entry.name.startswith(".") and not part.startswith("."):
        return False
    if not entry.is_folder and entry.path.suffix.lower() not in ENDINGS:
        return False
    return part.casefold() in entry.name.casefold()


def _exact(path: Path) -> Sequence[Entry]:
    try:
        told = path.stat()
    except (OSError, ValueError):
        return ()
    return (Entry(path, path.is_dir(), told.st_size, told.st_mtime),)


def _paths(entries: Sequence[Entry]) -> set[Path]:
    return {entry.path for entry in entries}


def _trouble(folder: Path, error: OSError) -> str:
    name = show(str(folder))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _("There is no folder {folder}", folder=name)
    return _("{folder} cannot be read: {reason}", folder=name, reason=reason_of(error))
