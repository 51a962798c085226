"""The SOP in use while its files are edited.

Invariant: once a reading was good, `sop` is never None again and never half of
a newer one: a folder with errors, or one that is gone, leaves it as it is. That
holds from one start to the next: the first reading of a faulty folder brings
the SOP that the cache keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rules.sop import Sop
from rules.timing import WEEKDAYS, WorkdayTable
from sop_content.cache import last_good, open_files
from sop_content.faults import Fault, ReadSop
from sop_content.folder import SopFiles, Stamp, gather, stamps


class LastGood:
    """Holds the last good reading of a folder; `refresh` looks whether the files changed."""

    def __init__(self, folder: Path, cache: Path | None, years: Sequence[int]) -> None:
        self._folder, self._cache, self._years = folder, cache, tuple(years)
        self._stamps: tuple[Stamp, ...] | None = None
        self._seen: tuple[Stamp, ...] | None = None
        self._digest = ""
        self._anew = False
        self.keeps = True
        """Whether a good reading is kept for the next start; not by a desk that is only read."""
        self.sop: Sop | None = None
        """None only until the first good reading, be it one of an earlier start."""
        self.calendar: WorkdayTable = WEEKDAYS
        self.faults: tuple[Fault, ...] = ()
        """Of the latest reading, good or not."""

    @property
    def digest(self) -> str:
        """Of the files as they were last read (SHA-256, hex)."""
        return self._digest

    def look_at(self, folder: Path) -> None:
        """From now on the SOP in use is that of another folder; `refresh` reads it.

        Of that folder no file is missed which the one before it had.
        """
        self._folder, self._stamps, self._seen, self._digest = folder, None, None, ""
        self._anew = True

    def beside(self, files: SopFiles) -> ReadSop:
        """The SOP of any other folder, with the same working days; nothing is kept of it."""
        return open_files(files, None, self._years)

    def changed(self) -> bool:
        """Whether the files are others than those last read, and as they were a call ago.

        So an editor that saves in several writes is waited for. One look at
        times and sizes, nothing is read.
        """
        before, self._seen = self._seen, stamps(self._folder)
        return self._seen == before and self._seen != self._stamps

    def refresh(self) -> ReadSop | None:
        """The new reading when the files changed since the last call, else None.

        Cheap when nothing changed: one look at the times and sizes. A file
        that was only touched is read and found the same.
        """
        seen = stamps(self._folder)
        if seen == self._stamps:
            return None
        # The stamps are from before the reading: an edit during it is seen next time.
        self._stamps = seen
        files = gather(self._folder)
        digest = files.digest()
        if digest == self._digest:
            return None
        self._digest = digest
        reading = open_files(files, self._cache, self._years, anew=self._anew, keep=self.keeps)
        return self._took(reading)

    def _took(self, reading: ReadSop) -> ReadSop:
        self.faults = reading.faults
        good = reading if reading.sop or self.sop else last_good(self._cache) or reading
        if good.sop is not None:
            self.sop, self.calendar = good.sop, good.calendar
            self._anew = self._anew and reading.sop is None
        return reading
