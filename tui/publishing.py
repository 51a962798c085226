"""Publishing a drafted folder, from looking at it to having it in use.

Owns the order: check, stage the files, make a backup, write the event, put the files in place
(see `sop_content.editions` for what a stop between two of these leaves behind).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rules.events import ContactState, Event
from rules.shift import Shift
from rules.sop_edits import Edit, edit_between
from rules.wording import N_, DeskError, sentence
from scripts.readiness import Readiness, readiness
from sop_content.editions import discard, stage
from sop_content.faults import ReadSop
from sop_content.folder import gather
from store import publishing
from store.backups import Occasion
from store.carrying import carried
from store.publishing import Choices, Edition, Plan, Reason
from store.review import review
from tui.opening import OpenDesk, SopFaulty, shift_of

Count = Callable[[Iterable[ContactState]], Iterable[ContactState]]


class SameVersion(DeskError):
    """Figures are counted per version, so another SOP needs another one."""

    def __init__(self, version: str) -> None:
        super().__init__(
            sentence(N_("version {version} is in use already"), version=version),
            sentence(N_("Write another version into sop.yaml of the new folder")),
        )


class Unwritten(DeskError):
    """Contacts who are due would get nothing from the new version."""

    def __init__(self, blocked: int) -> None:
        super().__init__(
            sentence(
                N_("{n} contacts due today would have nothing to be sent: TODO stands there"),
                n=blocked,
            ),
            sentence(N_("Write the scripts that siyu sop plan names, or publish with --anyway")),
        )


@dataclass(frozen=True)
class Proposal:
    """A drafted folder that may take over, and what would come of it."""

    folder: Path
    reading: ReadSop
    shift: Shift
    edit: Edit
    """Beside the SOP in use."""
    unready: Readiness


def proposal(desk: OpenDesk, folder: Path) -> Proposal:
    """Checks a folder. Raises SopFaulty, SameVersion."""
    place = folder.expanduser()
    if desk.files is None:
        raise SopFaulty(place, ())
    reading = desk.files.beside(gather(place))
    shift, edit = _checked(desk, reading, place)
    in_use = desk.shift.sop
    judged = carried(review(desk.db, in_use), in_use)
    verdicts = {name: one.review.verdict for name, one in judged.items()}
    unready = readiness(in_use, shift.sop, verdicts)
    return Proposal(place, reading, shift, edit, unready)


def plan_of(desk: OpenDesk, proposed: Proposal, choices: Choices, each: Count = iter) -> Plan:
    """Who stays, moves, restarts or finishes. Raises NoSuchSequence."""
    today = desk.clock().day
    return publishing.plan(desk.db, desk.shift, proposed.shift, choices, today, each)


def publish(
    desk: OpenDesk, folder: Path, choices: Choices, reason: Reason, each: Count = iter
) -> Event:
    """Publishes a folder: event, contacts and files; the desk works by it when asked to.

    Does not draw on the desk's shift, so that a thread may do it: afterwards
    `take_up_folder` is called. Raises DeskError; then nothing was published.
    """
    shelf = desk.shelf
    if shelf is None or desk.files is None:
        raise SopFaulty(folder, ())
    mark = stage(folder.expanduser(), shelf, desk.sop_path)
    try:
        files = gather(shelf.staged)
        new, _edit = _checked(desk, desk.files.beside(files), folder)
        kept = shelf.free_name(desk.shift.sop.version) if shelf.folder.exists() else ""
        edition = Edition(mark, files.digest(), kept)
        desk.before(Occasion.PUBLISH)
        now = desk.clock()
        head = publishing.publish(desk.db, desk.shift, new, now, choices, reason, edition, each)
    except DeskError:
        discard(shelf)
        raise
    return head


def _checked(desk: OpenDesk, reading: ReadSop, folder: Path) -> tuple[Shift, Edit]:
    if reading.sop is None:
        raise SopFaulty(folder, reading.faults)
    if reading.sop.version == desk.shift.sop.version:
        raise SameVersion(reading.sop.version)
    shift = shift_of(desk.shift.operator, reading.sop, reading.calendar)
    return shift, edit_between(desk.shift.sop, reading.sop)
