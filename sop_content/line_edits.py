"""Edits of a YAML file that leave every other line, comment and blank as its author wrote it.

Takes entries of a list away, puts another text in place of one, and puts
comment lines above an entry. Works on lines, so it cannot know every way to
write YAML: whoever uses it reads the result again, and writes the values anew
when they are not what they should be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sop_content.marked_yaml import Node, Scalar

_DASH_ALONE = re.compile(r"\s*-\s*(#.*)?")
_COMMENT = re.compile(r"(\s*)#")


@dataclass
class LineEdits:
    """The lines of a file and what is to be done to them; nothing is done before `text`."""

    lines: list[str]
    _gone: set[int] = field(default_factory=set)
    """Line numbers, from 0."""
    _above: dict[int, list[str]] = field(default_factory=dict)
    _texts: list[tuple[Scalar, str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> LineEdits:
        return cls(text.split("\n"))

    def remove(self, items: Sequence[Node], place: int) -> None:
        """Takes an entry of a list away, with the comment lines right above it."""
        start = self._beginning(items[place])
        if place + 1 < len(items):
            end = self._beginning(items[place + 1])
        else:
            end = self._end(items[place])
        self._gone.update(range(start, end))

    def put(self, old: Scalar, new: str) -> None:
        """Writes another text, as YAML has it, in place of one that stands on one line."""
        self._texts.append((old, new))

    def comment(self, item: Node, lines: Sequence[str]) -> None:
        """Puts comment lines, without indentation, above an entry of a list."""
        dash = self._dash(item)
        indent = len(self.lines[dash]) - len(self.lines[dash].lstrip())
        self._above.setdefault(dash, []).extend(" " * indent + line for line in lines)

    def text(self) -> str:
        """The file with everything done."""
        lines = list(self.lines)
        for old, new in sorted(
            self._texts, key=lambda one: (one[0].line, one[0].column), reverse=True
        ):
            at, start = old.line - 1, old.column - 1
            if lines[at][start:].startswith(old.raw):
                lines[at] = lines[at][:start] + new + lines[at][start + len(old.raw) :]
        made: list[str] = []
        for number, line in enumerate(lines):
            if number not in self._gone:
                made += [*self._above.get(number, ()), line]
        return "\n".join(made).rstrip("\n") + "\n"

    def _dash(self, item: Node) -> int:
        """The line of an entry's dash: its own, or one above where the dash stands alone."""
        line = item.line - 1
        if "-" in self.lines[line][: item.column - 1]:
            return line
        while line > 0:
            line -= 1
            if _DASH_ALONE.fullmatch(self.lines[line]):
                return line
            if self.lines[line].strip() and not _COMMENT.match(self.lines[line]):
                break
        return item.line - 1

    def _beginning(self, item: Node) -> int:
        """The first line of an entry, its comments right above included."""
        start = self._dash(item)
        indent = len(self.lines[start]) - len(self.lines[start].lstrip())
        while start > 0 and (found := _COMMENT.match(self.lines[start - 1])):
            if len(found[1]) > indent:
                break  # in a text of several lines that begins with #
            start -= 1
        return start

    def _end(self, item: Node) -> int:
        """The line after a list's last entry: the first that is not further in than its dash."""
        start = self._dash(item)
        indent = len(self.lines[start]) - len(self.lines[start].lstrip())
        for number in range(start + 1, len(self.lines)):
            line = self.lines[number]
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                return number
        return len(self.lines)
