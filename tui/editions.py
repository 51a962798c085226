"""The SOP's folder follows the log: the publish that stands is the version in use.

Owns what joins the two rooms. The files may lag behind the log (the program was
stopped between the two, or a publish was undone) and are brought up to it here;
they never run ahead of it. A folder whose mark this log does not know is
somebody's own and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rules.wording import N_, DeskError, sentence
from sop_content.editions import Shelf, discard, mark_of, put_in_place, take_out
from store.connection import Connection
from store.publishing import Published, publishes


class KeptIsGone(DeskError):
    """The version before an undone publish is no longer where it was kept."""

    def __init__(self, shelf: Shelf, kept: str, version: str) -> None:
        super().__init__(
            sentence(
                N_("SOP {version} was undone, but {kept} is gone: {folder} stays in use"),
                version=version,
                kept=kept,
                folder=shelf.folder,
            )
        )


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of bringing the files up to the log."""

    changed: bool = False
    problem: DeskError | None = None


def follow(db: Connection, shelf: Shelf) -> Followed:
    """Brings the folder in use to the publish that stands; a left-over staging goes."""
    told = publishes(db)
    before = mark_of(shelf.folder)
    problem = None
    try:
        _forward(told, shelf)
        _back(told, shelf)
        discard(shelf)
    except DeskError as error:
        problem = error
    return Followed(mark_of(shelf.folder) != before, problem)


def go_back(db: Connection, before: Iterable[Published], shelf: Shelf) -> Followed:
    """After a restore: what was published since the backup leaves its place, as by an undo.

    `before` are the publishes of the desk that was replaced. A folder that none of
    them put there is somebody's own and stays.
    """
    mark = mark_of(shelf.folder)
    known = {found.event.uuid for found in publishes(db)}
    gone = tuple(replace(one, undone=True) for one in before if one.event.uuid not in known)
    problem = None
    try:
        _back(gone, shelf)
    except DeskError as error:
        problem = error
    problem = problem or follow(db, shelf).problem
    return Followed(mark_of(shelf.folder) != mark, problem)


def _forward(told: tuple[Published, ...], shelf: Shelf) -> None:
    """Puts the version of the publish that stands in place, where it waits for that."""
    stands = next((found for found in told if not found.undone), None)
    mark = mark_of(shelf.folder)
    if stands is None or stands.event.uuid == mark:
        return
    new = _waiting(shelf, stands.event.uuid)
    if new is None:
        return
    undone = _undone(told, mark)
    kept = _aside(shelf, undone) if undone else stands.fact.get("kept", "")
    put_in_place(shelf, new, kept)


def _back(told: tuple[Published, ...], shelf: Shelf) -> None:
    """Takes versions out of use whose publish was undone, one after the other."""
    while (undone := _undone(told, mark_of(shelf.folder))) is not None:
        kept = undone.fact.get("kept", "")
        aside = _aside(shelf, undone)
        if not kept:
            take_out(shelf, aside)
            continue
        before = shelf.next if shelf.next.is_dir() else shelf.beside(kept)
        if before is None:
            raise KeptIsGone(shelf, kept, undone.event.version or "")
        put_in_place(shelf, before, aside)


def _waiting(shelf: Shelf, mark: str) -> Path | None:
    places = (shelf.next, shelf.staged, shelf.set_aside(mark))
    return next((place for place in places if place and mark_of(place) == mark), None)


def _undone(told: tuple[Published, ...], mark: str) -> Published | None:
    found = next((found for found in told if mark and found.event.uuid == mark), None)
    return found if found is not None and found.undone else None


def _aside(shelf: Shelf, undone: Published) -> str:
    return shelf.free_name(undone.event.version or "", "-undone")
