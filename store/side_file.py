"""The file beside a desk that keeps who refused, for the day on which the desk cannot be read.

One line a refusal, an erasure, or their end; lines are only ever added, and are on
the disk before the call returns. People stand in it as salted hashes. Each line
names its desk and has a checksum, so that a torn line, another desk's or garbage
is passed over and takes nothing from the others. Only its owner may read it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

END = ".refusals"
TAIL = 64 * 1024
"""Bytes looked at for the last line."""
LONGEST = 1024 * 1024
"""Bytes of a line; what is longer is none of ours."""
OTHERS = 0o077

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One line."""

    by: str
    """Uuid of the log's last event when it was written."""
    refused: str = ""
    """Who refused: uuid of the event that put them on the desk, or of a stranger's refusal."""
    known: frozenset[str] = frozenset()
    """Hashes of all phones and ids that they are, or were, known by."""
    free: str = ""
    """Who refuses no longer, as `refused` says who."""
    erased: str = ""
    """Uuid of an erasure."""
    added: str = ""
    """Of whom: uuid of the event that had put them on the desk; "" when none had."""
    facts: Facts = ()
    """The erasure's salt and hashes."""


@dataclass(frozen=True)
class Gone:
    """Somebody erased."""

    added: str
    facts: Facts
    by: str


@dataclass(frozen=True)
class Kept:
    """What the lines of one desk add up to."""

    refused: Mapping[str, Told] = field(default_factory=dict)
    """The line of each who refuses, by who it is."""
    erased: Mapping[str, Gone] = field(default_factory=dict)
    """By the erasure's uuid."""
    free: Mapping[str, str] = field(default_factory=dict)
    """Who refused and does so no longer, with the `by` of the line that says so."""


NOTHING = Kept()


def side_of(path: Path) -> Path:
    """Where the file stands that belongs to a desk's file."""
    return path.with_name(path.name + END)


def append(file: Path, desk: str, lines: Iterable[Told]) -> None:
    """Adds lines about a desk; they are on the disk afterwards. Raises OSError."""
    added = b"".join(_line(desk, told) for told in lines)
    if not added:
        return
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_NOFOLLOW
    is_new = not os.path.lexists(file)
    handle = os.open(file, flags, 0o600)
    try:
        looked = os.fstat(handle)
        if not stat.S_ISREG(looked.st_mode):
            raise IsADirectoryError(21, os.strerror(21), str(file))
        if looked.st_mode & OTHERS:
            os.fchmod(handle, 0o600)
        size = looked.st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            added = b"\n" + added
        try:
            _write(handle, added)
        except OSError:
            with suppress(OSError):
                os.ftruncate(handle, size)
            raise
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _sync_folder(file.parent)


def read(file: Path, desk: str) -> Kept:
    """What the lines of a desk add up to; of no desk but that one. Raises OSError."""
    return added_up(told for whose, told in lines_of(file) if whose == desk)


def added_up(lines: Iterable[Told]) -> Kept:
    """What lines add up to."""
    refused: dict[str, Told] = {}
    erased: dict[str, Gone] = {}
    free: dict[str, str] = {}
    for told in lines:
        if told.refused:
            refused[told.refused] = told
            free.pop(told.refused, None)
        elif told.free:
            refused.pop(told.free, None)
            free[told.free] = told.by
        elif told.erased:
            erased[told.erased] = Gone(told.added, told.facts, told.by)
            refused.pop(told.added, None)
    return Kept(refused, erased, free)


def lines_of(file: Path) -> Iterator[tuple[str, Told]]:
    """Each sound line with its desk; nothing where there is no such file. Raises OSError."""
    with _opened(file) as source:
        while source is not None and (line := source.readline(LONGEST)):
            if (told := _told(line)) is not None:
                yield told


def last_said(file: Path, desk: str) -> Iterator[str]:
    """The `by` of the lines near the end, the last first; nothing where they tell of no desk."""
    lines: list[bytes] = []
    with suppress(OSError), _opened(file) as source:
        if source is not None:
            source.seek(max(0, os.fstat(source.fileno()).st_size - TAIL))
            lines = source.read(TAIL).splitlines(keepends=True)
    for line in reversed(lines):
        told = _told(line)
        if told is not None and told[0] == desk:
            yield told[1].by


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO | None]:
    """The file to be read, None where there is none; a pipe is not waited for."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except FileNotFoundError:
        yield None
        return
    with os.fdopen(handle, "rb") as source:
        yield source if stat.S_ISREG(os.fstat(handle).st_mode) else None


def desks_in(file: Path) -> tuple[str, ...]:
    """The desks that a file has lines about, the latest last. Raises OSError."""
    return tuple(dict.fromkeys(desk for desk, _told in reversed([*lines_of(file)])))[::-1]


def _line(desk: str, told: Told) -> bytes:
    said: dict[str, Any] = {"desk": desk, "by": told.by}
    for name in ("refused", "free", "erased", "added"):
        if value := getattr(told, name):
            said[name] = value
    if told.known:
        said["known"] = sorted(told.known)
    if told.facts:
        said["facts"] = dict(told.facts)
    body = json.dumps(said, separators=(",", ":")).encode()
    return b"%08x %s\n" % (crc32(body), body)


def _told(line: bytes) -> tuple[str, Told] | None:
    """What a line says, None for one that is torn or none of ours."""
    if not line.endswith(b"\n") or line[8:9] != b" ":
        return None
    try:
        if int(line[:8], 16) != crc32(line[9:-1]):
            return None
        said = json.loads(line[9:-1])
        text = {name: str(said.get(name, "")) for name in _TEXTS}
        known = frozenset(map(str, said.get("known", ())))
        facts = tuple((str(n), str(value)) for n, value in said.get("facts", {}).items())
        return str(said["desk"]), Told(known=known, facts=facts, **text)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


_TEXTS = ("by", "refused", "free", "erased", "added")


def _write(handle: int, added: bytes) -> None:
    left = memoryview(added)
    while left:
        left = left[os.write(handle, left) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
