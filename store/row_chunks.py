"""The rows of a file, so many at a time: they are matched and written together."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from store.exchange.contact_rows import RejectedRow

PROGRESS_EVERY = 500
CHUNK = 2000

Row = TypeVar("Row")


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage: rows make none that refers to itself, and are many."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def chunks(
    rows: Iterable[Row | RejectedRow],
    rejected: list[RejectedRow],
    progress: Callable[[int], None],
) -> Iterator[list[Row]]:
    """The rows in chunks, the last one maybe empty; those rejected when read go to `rejected`.

    `progress` is told the number of rows read, now and then.
    """
    chunk: list[Row] = []
    for count, row in enumerate(rows, 1):
        if isinstance(row, RejectedRow):
            rejected.append(row)
        else:
            chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
        if count % PROGRESS_EVERY == 0:
            progress(count)
    yield chunk
