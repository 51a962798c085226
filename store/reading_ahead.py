"""A long contact file read by a second process, while the first one writes.

Reading a file and making search keys takes about as long as writing them, and
needs nothing of the desk. The second process is given the file as it was
understood and sends the rows back in parts; it can never be far ahead, so that
memory stays flat. Invariant: whatever becomes of it, the rows are those that
`ContactFile.rows` gives: where it fails, this process reads on by itself.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

from store.exchange.contacts import ContactFile, ContactRow, RejectedRow
from store.read_rows import ReadRow, read_row, with_ahead
from store.row_chunks import uncollected

FROM_ROWS = 15_000
"""About so many rows a file has from which a second process is worth its own start."""
TOGETHER = 500
"""Rows that are sent at once."""
ROOT = Path(__file__).parents[1]

Row = ReadRow | RejectedRow
_FAILS = (OSError, EOFError, pickle.UnpicklingError, AttributeError, TypeError, ValueError)
"""What reading from a process raises that ended, or sent what is no rows."""


def rows_of(file: ContactFile) -> Iterator[ContactRow | Row]:
    """The rows of a file, a long one's read ahead; raises as `ContactFile.rows` does."""
    if file.size_hint < FROM_ROWS or (os.cpu_count() or 1) < 2:
        yield from file.rows()
        return
    count = 0
    for row in _from_another(file):
        if row is None:
            return
        count += 1
        yield row
    yield from islice(file.rows(), count, None)


def _from_another(file: ContactFile) -> Iterator[Row | None]:
    """The rows that a second process sends, and None where they were all."""
    places = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH", "")])])
    command = [sys.executable, "-m", "store.reading_ahead"]
    try:
        process = subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": places},
        )
    except OSError:
        return
    try:
        yield from _sent(process, file)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _sent(process: subprocess.Popen[bytes], file: ContactFile) -> Iterator[Row | None]:
    if process.stdin is None or process.stdout is None:
        return
    try:
        pickle.dump(file, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.close()
        while part := _part(process.stdout):
            yield from part
    except _FAILS:
        return


def _part(sent: IO[bytes]) -> list[Row | None]:
    """The next rows, with None behind the last."""
    rows, is_end = pickle.load(sent)  # noqa: S301 - from this program itself
    told: list[Row | None] = [
        RejectedRow(*values) if len(values) == len(RejectedRow._fields) else ReadRow(*values)
        for values in rows
    ]
    if is_end:
        told.append(None)
    return told


def serve(asked: IO[bytes], out: IO[bytes]) -> None:
    """Reads the file that it is asked for, and sends its rows; what fails is not told."""
    file = pickle.load(asked)  # noqa: S301 - from this program itself
    rows = file.rows()
    is_end = False
    while not is_end:
        part = list(islice(rows, TOGETHER))
        is_end = len(part) < TOGETHER
        told = [
            tuple(with_ahead(read_row(row)) if isinstance(row, ContactRow) else row) for row in part
        ]
        pickle.dump((told, is_end), out, pickle.HIGHEST_PROTOCOL)
        out.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
    with suppress(BrokenPipeError), uncollected():
        serve(sys.stdin.buffer, sys.stdout.buffer)
