"""What was typed and is not saved yet: it stands in its window again, however the desk was left.

Invariant: a draft goes when its text was written or its window was left with
Esc, and never before. All drafts are one file beside the desk's, readable by
its owner alone; a file that cannot be written or read costs the drafts after a
crash, never the work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.plain_text import NOTE_LIMIT, keep

MOST = 20
"""Drafts that are kept; of more, the oldest go."""


NOBODY = 0
"""The contact of a draft of which it is not known whom it is about."""
PASTED = "pasted"
"""The window of replies that were pasted and wait to be gone through."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed in one window about one contact."""

    drafts: Drafts
    key: str
    name: str

    @property
    def begun(self) -> dict[str, str]:
        """The words by field; empty when nothing was left behind."""
        return self.drafts.read(self.key, self.name)

    def keep(self, words: Mapping[str, str]) -> None:
        """Remembers what stands in the fields now; of empty ones, nothing."""
        self.drafts.write(self.key, self.name, words)

    def drop(self) -> None:
        self.drafts.remove(self.key)


class Drafts:
    """The drafts of one desk; beside one that is only read nothing is kept or taken up."""

    def __init__(self, desk: Path, *, keeps: bool = True) -> None:
        self.path = desk.with_name(f".{desk.name}.drafts.json")
        self._keeps = keeps
        self._known: dict[str, dict[str, str]] | None = None

    def of(self, window: str, contact: int, name: str) -> Draft:
        """The draft of a window (a word) about a contact.

        The `name` is kept with it: in a restored desk the number may be
        somebody else's.
        """
        return Draft(self, f"{window} {contact}", name)

    def left(self, window: str) -> tuple[int, str] | None:
        """The contact and the name of a window's newest draft; None when nothing was left."""
        known = self._read()
        keys = (key for key in reversed(known) if key.rpartition(" ")[0] == window)
        key = next(keys, None)
        number = "" if key is None else key.rpartition(" ")[2]
        return (int(number), known[key or ""].get("", "")) if number.isdecimal() else None

    def waiting(self) -> tuple[tuple[str, int, str], ...]:
        """Window, contact and name of every draft, newest first."""
        known = self._read()
        parts = ((*key.rpartition(" ")[::2], words.get("", "")) for key, words in known.items())
        told = [(window, int(n), name) for window, n, name in parts if n.isdecimal()]
        return tuple(reversed(told))

    def forget(self, contacts: Collection[int]) -> None:
        """Drops every draft about somebody who is erased, by any of their contacts.

        What is about nobody yet, such as replies that were pasted, goes with it.
        """
        known, gone = self._read(), set(map(str, (*contacts, NOBODY)))
        for key in [key for key in known if key.rpartition(" ")[2] in gone]:
            del known[key]
        self._save()

    def read(self, key: str, name: str) -> dict[str, str]:
        found = dict(self._read().get(key, {}))
        return found if found.pop("", None) == name else {}

    def write(self, key: str, name: str, words: Mapping[str, str]) -> None:
        known = self._read()
        known.pop(key, None)
        if any(words.values()):
            known[key] = {"": name, **_kept(words)}
        for oldest in [*known][:-MOST]:
            del known[oldest]
        self._save()

    def remove(self, key: str) -> None:
        if self._read().pop(key, None) is not None:
            self._save()

    def _read(self) -> dict[str, dict[str, str]]:
        if self._known is None:
            self._known = {}
            if not self._keeps:
                return self._known
            with suppress(OSError, ValueError, RecursionError):
                self._known = _checked(json.loads(self.path.read_text(encoding="utf-8")))
        return self._known

    def _save(self) -> None:
        """Puts the file in its place whole. A killed process loses nothing by it: no sync."""
        if not self._keeps:
            return
        with suppress(OSError):
            if not self._known:
                self.path.unlink(missing_ok=True)
                return
            new = self.path.with_name(self.path.name + ".new")
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(self._known, file)
            new.replace(self.path)


def _kept(words: Mapping[Any, Any]) -> dict[str, str]:
    return {str(field): keep(str(text), NOTE_LIMIT) for field, text in words.items()}


def _checked(told: object) -> dict[str, dict[str, str]]:
    """What a file holds, as far as it is drafts."""
    found = told.items() if isinstance(told, dict) else ()
    return {str(key): _kept(words) for key, words in found if isinstance(words, dict)}
