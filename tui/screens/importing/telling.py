"""What an import tells of beside its counts: replaced values, rows read otherwise, rejected rows.

Pure; all text from outside passes the door here, but for sentences that say otherwise.
"""

from __future__ import annotations

from rules.wording import Sentence
from store.exchange.contacts import RejectedRow
from store.importing import Imported
from tui import masking
from tui.import_words import replaced_line
from tui.show import show
from tui.widgets.lines import Line
from tui.wording import said_of
from tui.words import _, say
from tui.wrapping import wrap

FIRST_TOLD = 3
"""Replaced values that stand beside the counts."""
ALL_TOLD = 1000


def first_told(done: Imported, room: int) -> list[str]:
    """The first replaced values, then the first rows that were read otherwise."""
    told = [replaced_line(one, 24) for one in done.replacements[:FIRST_TOLD]]
    told += [note_words(*note) for note in done.notes[: FIRST_TOLD - len(told)]]
    return told[:room]


def note_words(line: int, note: Sentence) -> str:
    """What was read otherwise than the file says; not yet through the door."""
    return _("line {line}: {reason}", line=line, reason=masking.words(say(note), {}))


def all_told(done: Imported, width: int) -> list[Line]:
    """Every replaced value, every row that was read otherwise, every rejected row."""
    parts: list[tuple[str, int, list[str]]] = [
        (_("Replaced values"), done.replaced, [replaced_line(r) for r in done.replacements]),
        (_("Read otherwise"), len(done.notes), [show(note_words(*note)) for note in done.notes]),
        (_("Rejected rows"), len(done.rejected), [show(rejection(r)) for r in done.rejected]),
    ]
    lines: list[Line] = []
    for title, count, told in parts:
        if not count:
            continue
        lines += [((said_of(title, f"{count:,}"), "title"),)]
        lines += [((row, "plain"),) for text in told[:ALL_TOLD] for row in wrap(text, width)]
        if count > len(told[:ALL_TOLD]):
            more = _("… {n} more of these", n=count - len(told[:ALL_TOLD]))
            lines.append(((more, "dim"),))
        lines.append(())
    return lines or [((_("Nothing to tell of."), "dim"),)]


def rejection(row: RejectedRow) -> str:
    """A rejected row as a sentence; not yet through the door."""
    reason = masking.words(say(row.reason), {})
    return _("line {line}: {reason}", line=row.line, reason=reason)
