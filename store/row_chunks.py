"""The rows of a file, so many at a time: they are matched and written together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from store.exchange.contact_rows import RejectedRow

PROGRESS_EVERY = 500
CHUNK = 2000

Row = TypeVar("Row")


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
