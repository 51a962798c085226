"""SQL as named statements in `sql/*.sql`, each under a `-- name:` line, loaded once.

The text stays in the subset that SQLite and PostgreSQL share, with `:name`
parameters, so that a second engine needs only its own way of passing them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "sql"
MARK = "-- name:"
PARAMETER = re.compile(r":(\w+)")


@cache
def named() -> dict[str, str]:
    """Every statement by name. Raises ValueError when a name stands twice."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.sql")):
        for block in path.read_text(encoding="utf-8").split(MARK)[1:]:
            name, _, body = block.partition("\n")
            if name.strip() in found:
                raise ValueError(f"{path.name}: statement {name.strip()} stands twice")
            found[name.strip()] = body.strip().rstrip(";")
    return found


def run(db: sqlite3.Connection, name: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
    """Executes a named statement; for the hot path, where binding by name costs as much as SQL."""
    statement, taken = numbered(name)
    return db.execute(statement, taken(values))


@cache
def numbered(name: str) -> tuple[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]]:
    """A statement with numbers for its parameters, and what takes them out of named values."""
    told = named()[name]
    names = tuple(dict.fromkeys(PARAMETER.findall(told)))
    numbers = PARAMETER.sub(lambda found: f"?{names.index(found[1]) + 1}", told)
    if len(names) > 1:
        return numbers, itemgetter(*names)
    return numbers, lambda values: tuple(values[name] for name in names)
