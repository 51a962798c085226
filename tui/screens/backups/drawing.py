"""Backups as lines; outside text passes the door here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from store.backups import Backup, Looked
from tui.backup_words import occasion_word, size_words
from tui.show import pad, show
from tui.widgets.lines import Line
from tui.words import _, say
from tui.wrapping import wrap

SIGN, WHEN, SIZE, EVENTS = 3, 18, 10, 15

Read = Mapping[Path, Looked]
"""What was found in each backup that was read so far."""


def row_line(backup: Backup, read: Read, width: int) -> Line:
    """Whether it is sound, when it was made, its size and events, why it was made."""
    looked = read.get(backup.path)
    sign, look = sign_of(looked)
    events = _("{n} events", n=f"{looked.end[0]:d}") if looked and not looked.fault else ""
    rest = max(0, width - SIGN - WHEN - SIZE - EVENTS)
    return (
        (f" {sign} ", look),
        (pad(backup.when, WHEN), "strong"),
        (pad(size_words(backup.size), SIZE), "plain"),
        (pad(events, EVENTS), "plain"),
        (show(occasion_word(backup.occasion), rest), "dim"),
    )


def sign_of(looked: Looked | None) -> tuple[str, str]:
    """A sign for unread, sound and damaged, and its look."""
    if looked is None:
        return "…", "dim"
    return ("✓", "success") if looked.fault is None else ("✗", "error")


def detail_lines(backup: Backup, looked: Looked | None, width: int) -> list[Line]:
    """The backup under the cursor: what was found when it was read back, and where it lies."""
    if looked is None:
        found = _("Being read back …")
    elif looked.fault is None:
        found = _("Read back: its pages are sound and its log is whole. Enter restores it.")
    else:
        found = _("Cannot be restored: {fault}", fault=show(say(looked.fault)))
    _sign, look = sign_of(looked)
    rows: list[Line] = [((row, look),) for row in wrap(found, width)]
    return [*rows, *(((row, "dim"),) for row in wrap(show(str(backup.path)), width))]


def empty_lines(folder: Path, width: int, *, reads: bool) -> tuple[Line, ...]:
    """What to do where there is no backup yet; nothing, on a desk that is only read."""
    texts = (
        _("No backup yet.") if reads else _("No backup yet. Space makes one now."),
        _(
            "Backups are made by themselves: at the start, every half hour while"
            " something changes, at the end, and before an import."
        ),
        _("They lie in {folder}", folder=show(str(folder))),
    )
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))
