"""Who is working, under which SOP and calendar: what every verb of the desk needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from rules.sop import Settings, Sop
from rules.timing import WorkCalendar


@dataclass(frozen=True, slots=True)
class Shift:
    """One operator at work."""

    operator: str
    sop: Sop
    calendar: WorkCalendar

    @property
    def settings(self) -> Settings:
        return self.sop.settings
