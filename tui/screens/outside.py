"""What screens and windows ask of the app that holds them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from textual.signal import Signal


class Outside(Protocol):
    """What the app does for its screens: reach what lies outside the terminal."""

    def copy_text(self, text: str, instead: str = "") -> str: ...

    def open_target(self, target: str, folder: Path) -> str: ...

    def open_attachment(self, target: str) -> str: ...

    def sop_taken_over(self) -> None: ...

    def decide_steps(self) -> None: ...

    def show_before(self) -> None: ...

    def find_on_today(self) -> None: ...

    @property
    def masking_turned(self) -> Signal[None]: ...

    @property
    def version_changed(self) -> Signal[None]: ...
