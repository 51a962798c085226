"""SQL as named statements in `sql/*.sql`, each under a `-- name:` line, loaded once.

The text stays in the subset that SQLite and PostgreSQL share, with `:name`
parameters, so that a second engine needs only its own way of passing them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"
MARK = "-- name:"


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
