"""Standard output and error that may be closed, full or gone while siyu speaks.

A reader that has seen enough (`| head`), a full disk behind `>` or a window that
was closed must not end a command in the middle, nor change what its exit code
says of the work. So writing never fails here; what could not be written is told
once, at the end.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from tui.words import _

if TYPE_CHECKING:
    from typing_extensions import Buffer

READER_GONE = 141
"""Exit code: 128 and the number of the signal that ends who writes to a closed pipe."""
NOT_PRINTED = 1
"""Exit code when the answer could not be written."""
NOBODY_READS = (errno.EPIPE, errno.EIO, errno.ENXIO, errno.EBADF)
"""What the system says when there is nobody to read any more."""


class _Lasting(io.FileIO):
    """Takes all that is written; what the system first said against it is kept."""

    error: OSError | None = None

    def write(self, data: Buffer, /) -> int:
        if self.error is None:
            try:
                return super().write(data)
            except BlockingIOError:
                raise
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes


def begin() -> None:
    """Makes the three standard streams usable, whatever the program was started with.

    A number that is closed is opened on nothing, before a file of the desk could get it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - a number
    sys.stdout = _lasting(sys.stdout, sys.__stdout__, 1)
    sys.stderr = _lasting(sys.stderr, sys.__stderr__, 2)


def _lasting(stream: TextIO | None, own: TextIO | None, number: int) -> TextIO:
    """The stream in UTF-8; what somebody put in its place is only set to that."""
    if stream is not own and isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
        return stream
    at_once = number == 2 or getattr(stream, "write_through", False)
    raw = _Lasting(number, "wb", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding="utf-8",
        errors="replace",
        line_buffering=raw.isatty(),
        write_through=at_once,
    )


def end(code: int) -> int:
    """The exit code, once all is written; says so when an answer was lost."""
    error = _lost(sys.stdout)
    if error is not None:
        if error.errno in NOBODY_READS:
            code = code or READER_GONE
        else:
            code = code or NOT_PRINTED
            sys.stderr.write(_("The answer could not be written: {reason}", reason=error.strerror))
            sys.stderr.write("\n" + _("What the command does was done; only its words are lost."))
            sys.stderr.write("\n")
    _lost(sys.stderr)
    return code


def _lost(stream: TextIO) -> OSError | None:
    """Writes out what waits; why something could not be written."""
    stream.flush()
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw.error if isinstance(raw, _Lasting) else None
