"""Opening an SOP without reading it again: a checked reading kept as JSON.

Invariants: a reading from the cache equals a fresh one of the same bytes; only
readings without errors are kept; a damaged or foreign cache is rebuilt and
never half believed (a checksum stands before the JSON). What is kept is the last good
SOP too: it says what folder it came from, and is believed whatever became of
that. On a hit neither yaml
nor holidays nor sqlglot is imported, so this module imports the reader only on
a miss; a rule is kept as the condition that was checked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, is_dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rules.conditions import Compiled, condition_from
from rules.lint_rules import Gravity, LintLimits, LintRule, LintRules
from rules.lists import DueFrom, DueRule, ListRule, PriorityRule
from rules.nouns import Channel, Form, Purpose, Split, Walked
from rules.sop import Content, Script, Sequence, Settings, Sop, Stage, Step, Window
from rules.timing import WorkdayTable
from rules.verdicts import VerdictRules
from rules.wording import N_, Sentence, sentence
from sop_content.faults import Fault, ReadSop
from sop_content.folder import NEEDED_AGAIN, SopFiles, gather

FORMAT = 6
"""Raised with every change of what is checked or kept, so that no older cache is used."""

SHIPS, OWN = "ships", "own"
"""How the first line says whose folder the SOP came from."""
LINE = 1024
"""Bytes of the first line at most."""
LARGEST = 64 * 1024 * 1024
"""Bytes; nothing that was written here comes near."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the last good SOP came from, as the first line of its cache tells."""

    ships: bool
    """From a folder that comes with the program, so that no own one is missed."""
    mark: str
    """Of the publish that brought its folder; empty where there was none."""


def origin_of(cache: Path | None) -> Origin | None:
    """Where the SOP in a cache came from; None where there is none. One line is read."""
    if cache is None:
        return None
    try:
        with cache.open("rb") as stream:
            number, _key, place, _sum = stream.readline(LINE).decode("ascii").split()
        kind, _, mark = place.partition(":")
        return Origin(kind == SHIPS, mark) if number == str(FORMAT) else None
    except (OSError, ValueError):
        return None


def open_sop(folder: Path, cache: Path | None, years: Iterable[int]) -> ReadSop:
    """The SOP of a folder with the working days of `years` (such as last year to the year
    after next), from the file `cache` when that still fits, else read and kept there.

    Never raises for what is in the folder or in the cache; a cache that cannot
    be written is done without.
    """
    return open_files(gather(folder), cache, years)


def open_files(
    files: SopFiles,
    cache: Path | None,
    years: Iterable[int],
    *,
    anew: bool = False,
    keep: bool = True,
) -> ReadSop:
    """The same for files already read from the disk; the cache is only read without `keep`.

    A file of settings or rules that the last good SOP had is missed when it is
    gone, unless the folder was put there `anew`: by a publish, or its undo.
    """
    wanted = sorted(set(years))
    key = _key(files, wanted)
    kept = _kept(cache, key) if cache else None
    if kept is not None:
        return kept
    from sop_content.reader import read_files

    fresh = read_files(files, wanted)
    missed = () if anew else gone(files, cache)
    if missed:
        fresh = ReadSop(None, (*missed, *fresh.faults))
    if cache and keep and fresh.sop is not None:
        _keep(cache, key, files, fresh)
    return fresh


def last_good(cache: Path | None) -> ReadSop | None:
    """The reading that a cache holds, whatever became of its files since; None without one."""
    return _kept(cache, None) if cache else None


def gone(files: SopFiles, cache: Path | None) -> tuple[Fault, ...]:
    """Errors about files that hold limits or rules, were in use, and are no longer there."""
    origin = origin_of(cache)
    missing = [name for name in NEEDED_AGAIN if name not in files.data]
    if origin is None or (origin.ships, origin.mark) != (files.ships, files.mark) or not missing:
        return ()
    told = {fault.path for fault in files.faults if fault.severity == "error"}
    body = _body(cache, None) if cache and "." not in told else None
    had = body.get("files", ()) if body else ()
    message = N_(
        "{file} was in use and is gone: put it back; one that holds only a comment takes"
        " what is usual"
    )
    return tuple(
        Fault(name, 1, 1, "error", sentence(message, file=name))
        for name in missing
        if name in had and name not in told
    )


def _key(files: SopFiles, years: list[int]) -> str:
    """All that a reading depends on, as 64 hex digits."""
    parts = (FORMAT, files.digest(), years, _holidays_installed())
    return sha256(json.dumps(parts).encode()).hexdigest()


def _holidays_installed() -> str:
    """Changes when another release of the library is installed, which may know a new year."""
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return ""
    try:
        return f"{spec.origin}:{Path(spec.origin).stat().st_mtime_ns}"
    except OSError:
        return spec.origin


def _kept(cache: Path, key: str | None) -> ReadSop | None:
    """The reading in a cache file, with a key only that one's."""
    try:
        body = _body(cache, key)
        return None if body is None else _reading(body)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _body(cache: Path, key: str | None) -> dict[str, Any] | None:
    """The JSON after the line with format, key, origin and checksum; None for a damaged one."""
    try:
        with cache.open("rb") as stream:
            line, _, body = stream.read(LARGEST).partition(b"\n")
        head, _, checksum = line.decode("ascii").rpartition(" ")
        number, found, _place = head.split(" ")
        if number != str(FORMAT) or key not in (None, found) or checksum != _sum(head, body):
            return None
        plain = json.loads(body)
        return plain if isinstance(plain, dict) else None
    except (OSError, ValueError):
        return None


def _sum(head: str, body: bytes) -> str:
    return sha256(head.encode("ascii") + body).hexdigest()


def _keep(cache: Path, key: str, files: SopFiles, reading: ReadSop) -> None:
    """Keeps a reading; its head says where it came from, as `origin_of` reads it."""
    body = json.dumps({**_plain(reading), "files": [*files.data]}, ensure_ascii=False).encode()
    place = SHIPS if files.ships else OWN + (f":{files.mark}" if files.mark.isalnum() else "")
    head = f"{FORMAT} {key} {place}"
    with suppress(OSError):
        cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(cache, f"{head} {_sum(head, body)}\n".encode("ascii") + body)


def _replace(path: Path, data: bytes) -> None:
    """Writes a file so that a reader sees the old bytes or the new ones; mode 0600."""
    # Imported here: needed once for each edit of the SOP, not by every start.
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        made.replace(path)
    except OSError:
        with suppress(OSError):
            made.unlink(missing_ok=True)
        raise


def _plain(reading: ReadSop) -> dict[str, Any]:
    """A reading as values that JSON has."""
    calendar = reading.calendar
    return {
        "sop": asdict(reading.sop) if reading.sop else None,
        "faults": [_plain_fault(fault) for fault in reading.faults],
        "worked": sorted(day for day, worked in calendar.exceptions.items() if worked),
        "off": sorted(day for day, worked in calendar.exceptions.items() if not worked),
        "years": sorted(calendar.years),
    }


def _plain_fault(fault: Fault) -> list[Any]:
    message = _plain_sentence(fault.message)
    return [fault.path, fault.line, fault.column, fault.severity, message, fault.accepted]


def _plain_sentence(said: Sentence) -> dict[str, Any]:
    values = {
        name: _plain_sentence(value) if isinstance(value, Sentence) else value
        for name, value in said.values.items()
    }
    return {"message": said.message, "values": values}


def _reading(plain: Mapping[str, Any]) -> ReadSop:
    exceptions = dict.fromkeys(plain["worked"], True) | dict.fromkeys(plain["off"], False)
    return ReadSop(
        sop=_sop(plain["sop"]),
        faults=tuple(_fault(*fault) for fault in plain["faults"]),
        calendar=WorkdayTable(exceptions, frozenset(plain["years"])),
    )


def _fault(path: str, line: int, column: int, severity: Any, said: Any, accepted: Any) -> Fault:
    return Fault(path, line, column, severity, _sentence(said), tuple(accepted))


def _sentence(plain: Mapping[str, Any]) -> Sentence:
    values = {
        name: _sentence(value) if isinstance(value, dict) else value
        for name, value in plain["values"].items()
    }
    return Sentence(plain["message"], values)


def _sop(plain: Mapping[str, Any]) -> Sop:
    contents = {name: _content(content) for name, content in plain["contents"].items()}
    return Sop(
        version=plain["version"],
        name=plain["name"],
        stages=tuple(Stage(**{**stage, "also": tuple(stage["also"])}) for stage in plain["stages"]),
        sequences=tuple(_sequence(sequence) for sequence in plain["sequences"]),
        contents=contents,
        settings=_settings(plain["settings"]),
        lists=tuple(_list_rule(rule) for rule in plain["lists"]),
        priorities=tuple(
            PriorityRule(_compiled(rule["when"]), rule["priority"]) for rule in plain["priorities"]
        ),
        verdicts=_like(VerdictRules(), plain["verdicts"]),
        lint=_lint(plain["lint"]),
    )


def _lint(plain: Mapping[str, Any]) -> LintRules:
    gravities, exceptions = plain["gravities"], plain["exceptions"]
    return LintRules(
        {LintRule(rule): Gravity(gravity) for rule, gravity in gravities.items()},
        {name: tuple(map(LintRule, rules)) for name, rules in exceptions.items()},
        _like(LintLimits(), plain["limits"]),
    )


def _sequence(plain: Mapping[str, Any]) -> Sequence:
    steps = tuple(_step(step) for step in plain["steps"])
    read = {
        "stages": tuple(plain["stages"]),
        "steps": steps,
        "kind": Walked(plain["kind"]),
        "when": _compiled(plain["when"]) if plain["when"] else None,
    }
    return Sequence(**{**plain, **read})


def _step(plain: Mapping[str, Any]) -> Step:
    window = Window(**plain["window"]) if plain["window"] else None
    return Step(**{**plain, "window": window, "stages": tuple(plain["stages"])})


def _content(plain: Mapping[str, Any]) -> Content:
    read = {
        "purpose": Purpose(plain["purpose"]),
        "form": Form(plain["form"]) if plain["form"] else None,
        "stages": tuple(plain["stages"]),
        "scripts": tuple(
            Script(**{**script, "stages": tuple(script["stages"])}) for script in plain["scripts"]
        ),
    }
    return Content(**{**plain, **read})


def _settings(plain: Mapping[str, Any]) -> Settings:
    read = {
        "window": Window(**plain["window"]),
        "channel": Channel(plain["channel"]),
        "variants": Split(plain["variants"]),
        "leave": tuple((first, last) for first, last in plain["leave"]),
    }
    return Settings(**{**plain, **read})


def _list_rule(plain: Mapping[str, Any]) -> ListRule:
    due = DueRule(DueFrom(plain["due"]["start"]), plain["due"]["days"])
    return ListRule(**{**plain, "when": _compiled(plain["when"]), "due": due})


def _compiled(plain: Mapping[str, Any]) -> Compiled:
    return Compiled(plain["text"], condition_from(plain["condition"]))


def _like(usual: Any, plain: Mapping[str, Any]) -> Any:
    """A dataclass of the kind of `usual`, and of dataclasses where that has some."""
    if plain.keys() != {field.name for field in fields(usual)}:
        raise KeyError(type(usual).__name__)
    values = {
        name: _like(before, value) if is_dataclass(before := getattr(usual, name)) else value
        for name, value in plain.items()
    }
    return type(usual)(**values)
