"""`python -m bench`: measures, prints the table, and writes it into docs/performance.md.

python -m bench                      everything; about ten minutes
python -m bench writing keys         only these
python -m bench --quick              a small desk, one round: does it run?
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bench import (
    backing_up,
    cleaning,
    desks,
    finding,
    importing,
    judging,
    keys,
    reading,
    replies,
    starting,
    writing,
)
from bench.figures import Figure, table

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
MEASURED = re.compile(r"(<!-- measured -->\n).*?(<!-- measured end -->)", re.DOTALL)
SMALL, THOUSAND = 10_000, 1_000
ROWS = 100_000
LEARNED = 50_000


def benches(folder: Path, told: argparse.Namespace) -> Mapping[str, Callable[[], list[Figure]]]:
    """Every bench by its name; desks are made when the first of them needs one."""
    sop = desks.bench_shift().sop
    rounds, large = told.rounds, told.large
    known: dict[int, Path] = {}

    def desk(size: int) -> Path:
        if size not in known:
            known[size] = desks.demo(folder) if size == 0 else desks.synthetic(folder, size, sop)
        return known[size]

    small, rows = min(SMALL, large), min(ROWS, large)
    return {
        "writing": lambda: writing.measure(desk(small), folder, rounds),
        "reading": lambda: reading.measure(desk(small), desk(large), rounds),
        "judging": lambda: judging.measure(desk(large), folder, rounds),
        "commands": lambda: starting.commands(desk(0), rounds),
        "starting": lambda: starting.measure(desk(0), desk(THOUSAND), desk(large), rounds),
        "finding": lambda: finding.measure(folder, large, rounds),
        "cleaning": lambda: cleaning.measure(desk(rows), rounds),
        "keys": lambda: keys.measure(desk(small), desk(large), rounds),
        "replies": lambda: replies.measure(folder, min(LEARNED, large), rounds),
        "backups": lambda: backing_up.measure(desk(large), folder, rounds),
        "importing": partial(importing.measure, folder, rows, min(rounds, told.imports)),
    }


def conditions(told: argparse.Namespace) -> str:
    """What the figures depend on; nothing about one machine."""
    return (
        f"`python -m bench{''.join(' ' + name for name in told.names)}`: medians of"
        f" {told.rounds} rounds, the large desk has {told.large:,} contacts, the small one"
        f" {min(SMALL, told.large):,}; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, Textual {version('textual')}."
        f" The import runs {min(told.rounds, told.imports)} time(s). CPU is user and system time;"
        f" the machine's load was {os.getloadavg()[2]:.1f} on {os.cpu_count()} cores."
    )


def written_into(page: str, told: argparse.Namespace, figures: Sequence[Figure]) -> str:
    """The page with its measured part replaced."""
    part = f"{conditions(told)}\n\n{table(figures)}\n"
    return MEASURED.sub(lambda found: f"{found[1]}{part}{found[2]}", page)


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all when none is named")
    parser.add_argument("--quick", action="store_true", help="a small desk, one round, not written")
    parser.add_argument("--rounds", type=int, default=7, help="at least 5 for figures to keep")
    parser.add_argument("--imports", type=int, default=1, help="rounds of the import")
    parser.add_argument("--large", type=int, default=1_000_000, help="contacts of the large desk")
    parser.add_argument("--no-write", action="store_true", help="only print")
    told = parser.parse_args(arguments)
    if told.quick:
        told.rounds, told.large, told.no_write = 1, 10_000, True
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benches that were named; 2 for an unknown name."""
    told = options(arguments)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="siyu-bench-") as folder:
        desks.put_sop_beside(Path(folder))
        known = benches(Path(folder), told)
        unknown = set(told.names) - set(known)
        if unknown:
            print(f"no bench {', '.join(sorted(unknown))}: {', '.join(known)}", file=sys.stderr)
            return 2
        for name in told.names or known:
            print(f"{name} ...", file=sys.stderr)
            figures += known[name]()
    print(conditions(told), "", table(figures), sep="\n")
    if not told.no_write and not told.names:
        PAGE.write_text(written_into(PAGE.read_text("utf-8"), told, figures), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
