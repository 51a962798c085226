"""Which SOP a desk works by when its files are not as they should be, and what is said of it.

Invariant: a desk that had a folder of its own never falls back in silence on
the SOP that ships. The cache beside the desk's file holds the last good SOP
and says whose folder that came from; a folder that was named has a cache of its
own, so that looking at another SOP once does not displace it.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from sop_content.cache import origin_of
from sop_content.editions import shelf_of
from sop_content.faults import Fault


def cache_of(database: Path, named: str | os.PathLike[str] | None) -> Path | None:
    """The file beside the desk's that keeps the checked SOP; None where there is no folder."""
    if not database.parent.is_dir():
        return None
    end = ""
    own = database.with_name("sop").absolute()
    if named and (place := Path(named).expanduser().absolute()) != own:
        end = f"-{sha256(os.fsencode(place)).hexdigest()[:8]}"
    return database.with_name(f".{database.name}.sop{end}.json")


def had_own(folder: Path, cache: Path | None) -> bool:
    """Whether the desk worked by this folder last; not when its publish was undone since."""
    origin = origin_of(cache)
    if origin is None or origin.ships:
        return False
    return not origin.mark or shelf_of(folder).set_aside(origin.mark) is None


def has_errors(faults: Sequence[Fault]) -> bool:
    return any(fault.severity == "error" for fault in faults)


def stays_words(faults: Sequence[Fault], folder: Path) -> str:
    """The first error of the SOP in use, and what holds meanwhile: a banner, or a line."""
    # Imported here: only a faulty SOP needs them.
    from tui.show import show
    from tui.sop_wording import fault_words
    from tui.typed_paths import is_folder
    from tui.words import _

    if is_folder(folder):
        return fault_words(faults)
    place = shlex.quote(show(str(folder), 200))
    return _(
        "✗ The SOP folder {folder} is gone · the last good SOP stays in use · put it back, or"
        " write the one that ships there: siyu sop init {folder}",
        folder=place,
    )


def without_words(folder: Path) -> str:
    """That a command does without the desk's SOP, which no start could ever read."""
    from tui.show import show
    from tui.words import _

    return _(
        "! the SOP in {folder} cannot be read; this does without it. siyu sop check lists why",
        folder=show(str(folder), 200),
    )
