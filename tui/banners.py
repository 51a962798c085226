"""What stays on the screen until its cause is gone: words with a look, each under a name."""

from __future__ import annotations

Banner = tuple[str, str]
"""Words that stay on the screen, and their look."""
Banners = dict[str, Banner]
"""By name."""
FILES = "sop folder"
"""The name of the banner about the folder of the SOP."""
FAULTS, STEPS = "sop faults", "sop steps"
"""The names of the banners about errors in its files, and about steps that wait to be decided."""
VERSION = "sop version"
"""The name of the banner about an SOP of another version than the log's."""
BACKUP, MISSING, PLACE = "backup", "missing events", "place"
"""The names of three banners: no backup could be made; the file ends before its newest backup; it
stands where others reach it."""
READS = "only read"
"""The name of the banner of a desk that is only read."""
LATER = "later"
"""The name of the banner about what waits for the next opening."""
TAKEN, UNTOLD = "refusals taken up", "refusals untold"
"""The names of two banners: who refused was put back; the file beside could not be written."""
