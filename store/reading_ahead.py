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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO

from store.exchange.contacts import ContactFile, ContactRow, RejectedRow
from store.met_in_file import MetInFile
from store.read_rows import ReadRow, read_row, with_ahead
from store.row_chunks import uncollected

FROM_ROWS = 15_000
"""About so many rows a file has from which a second process is worth its own start."""
TOGETHER = 500
"""Rows that are sent at once."""
AHEAD = 16
"""Parts that wait here at most: a pipe alone holds less than one."""
LOOK = 0.1
"""Seconds between two looks at whether a part is still wanted."""
ONE_BY_ONE = {"PYPINYIN_NO_PHRASES": "1"}
"""Names are read character by character: words would be most of what pypinyin loads."""
LENGTH = 4
"""Bytes before each part that say how long it is."""
ROOT = Path(__file__).parents[1]

Row = ReadRow | RejectedRow
_FAILS = (OSError, EOFError, pickle.UnpicklingError, AttributeError, TypeError, ValueError)
"""What reading from a process raises that ended, or sent what is no rows."""


def nothing() -> None:
    """What is done while rows are waited for, unless somebody asks for more."""


def rows_of(
    file: ContactFile, meanwhile: Callable[[], None] = nothing
) -> Iterator[ContactRow | Row]:
    """The rows of a file, a long one's read ahead; raises as `ContactFile.rows` does.

    `meanwhile` is called again and again while the second process is waited for, and may
    end the rows with an exception of its own.
    """
    with begun(file, meanwhile) as rows:
        yield from rows


@contextmanager
def begun(
    file: ContactFile, meanwhile: Callable[[], None] = nothing
) -> Iterator[Iterator[ContactRow | Row]]:
    """The same, within the block; a long file's reading begins with it, not with the first row."""
    if file.size_hint < FROM_ROWS or (os.cpu_count() or 1) < 2:
        yield file.rows()
        return
    with _from_another(file, meanwhile) as sent:
        yield _all_of(file, sent)


def _all_of(file: ContactFile, sent: Iterator[Row | None]) -> Iterator[ContactRow | Row]:
    count = 0
    for row in sent:
        if row is None:
            return
        count += 1
        yield row
    yield from islice(file.rows(), count, None)


@contextmanager
def _from_another(
    file: ContactFile, meanwhile: Callable[[], None]
) -> Iterator[Iterator[Row | None]]:
    """The rows that a second process sends, and None where they were all."""
    places = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH", "")])])
    command = [sys.executable, "-m", "store.reading_ahead"]
    try:
        process = subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": places, **ONE_BY_ONE},
        )
    except OSError:
        yield iter(())
        return
    waiting: Queue[bytes] = Queue(AHEAD)
    taking = Thread(target=_take, args=(process.stdout, waiting), daemon=True)
    taking.start()
    try:
        _ask(process, file)
        yield _sent(waiting, meanwhile)
    finally:
        process.kill()
        process.wait()
        while taking.is_alive():  # it may wait for room
            with suppress(Empty):
                waiting.get(timeout=0.05)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _take(sent: IO[bytes], waiting: Queue[bytes]) -> None:
    """Takes parts from the pipe while the import is writing; an empty one is the last."""
    part = None
    while part != b"":
        part = _received(sent)
        waiting.put(part)


def _received(sent: IO[bytes]) -> bytes:
    """The next part; empty behind the last, and where the process ended within one."""
    try:
        length = int.from_bytes(sent.read(LENGTH))
        part = sent.read(length)
    except (OSError, ValueError):
        return b""
    return part if len(part) == length else b""


def _ask(process: subprocess.Popen[bytes], file: ContactFile) -> None:
    if process.stdin is not None:
        with suppress(*_FAILS):
            pickle.dump(file, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.close()


def _sent(waiting: Queue[bytes], meanwhile: Callable[[], None]) -> Iterator[Row | None]:
    try:
        while part := _part(_next(waiting, meanwhile)):
            yield from part
    except _FAILS:
        return


def _next(waiting: Queue[bytes], meanwhile: Callable[[], None]) -> bytes:
    """The next part, however long that takes."""
    while True:
        try:
            return waiting.get(timeout=LOOK)
        except Empty:
            meanwhile()


def _part(sent: bytes) -> list[Row | None]:
    """The rows of a part, with None behind the last."""
    rows, is_end = pickle.loads(sent)  # noqa: S301 - from this program itself
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
    rows, met = file.rows(), MetInFile()
    is_end = False
    while not is_end:
        part = list(islice(rows, TOGETHER))
        is_end = len(part) < TOGETHER
        told = [
            tuple(with_ahead(read_row(row, met)) if isinstance(row, ContactRow) else row)
            for row in part
        ]
        part_of_it = pickle.dumps((told, is_end), pickle.HIGHEST_PROTOCOL)
        out.write(len(part_of_it).to_bytes(LENGTH) + part_of_it)
        out.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
    with suppress(BrokenPipeError), uncollected():
        serve(sys.stdin.buffer, sys.stdout.buffer)
