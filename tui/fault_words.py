"""What is said when siyu has to stop: a fault of its own, or of the desk's file."""

from __future__ import annotations

from pathlib import Path

from rules.wording import DeskError
from store.start_up import told_of
from tui.show import show
from tui.words import _, say


def fault_lines(error: BaseException, desk: Path | None = None) -> list[str]:
    """The words for an error nobody caught: where it arose, never the values, which may be names.

    With the `desk`'s file, a fault of that file is told as one.
    """
    told = error if isinstance(error, DeskError) else None
    if desk is not None:
        told = told or told_of(error, desk)
    if told is not None:
        remedy = [show(say(told.remedy))] if told.remedy else []
        return [show(say(told.what)), *remedy]
    return [
        _(
            "siyu stopped because of a fault of its own: {kind} in {place}",
            kind=type(error).__name__,
            place=place_of(error),
        ),
        _("What was ticked is kept. siyu doctor checks it."),
    ]


def place_of(error: BaseException) -> str:
    """File, line and function in which an error arose."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    code = trace.tb_frame.f_code
    return f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
