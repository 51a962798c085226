"""Commands run in this process, as a shell would run them, at a desk of their own."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.app_kit import NOW
from tui.__main__ import main
from tui.words import set_language


@dataclass
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass
class Shell:
    """Runs commands in this process, at a desk of its own."""

    patch: pytest.MonkeyPatch
    database: Path

    def run(self, *arguments: str, **environ: str) -> Answer:
        """`SIYU_DATABASE` and a frozen Monday are set unless `environ` says otherwise."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with self.patch.context() as patch:
            for name in [n for n in os.environ if n.startswith(("SIYU_", "LC_", "LANG"))]:
                patch.delenv(name)
            patch.setenv("LANGUAGE", "")  # the program sets it
            known = {"SIYU_DATABASE": str(self.database), "SIYU_NOW": NOW}
            for name, value in {**known, **environ}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["siyu", *arguments])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = _ended(main)
        set_language("en")
        return Answer(code, _read(out), _read(err))

    def json(self, *arguments: str, code: int = 0, **environ: str) -> Any:
        """The document that a command answers with --json, which is all that it prints."""
        answer = self.run(*arguments, "--json", **environ)
        assert answer.code == code, answer
        return answer.document

    def text(self, *arguments: str) -> str:
        """What a command answers to people."""
        answer = self.run(*arguments)
        assert answer.code == 0, answer
        return answer.out


def _ended(program: Callable[[], None]) -> int:
    mask = os.umask(0o077)
    try:
        program()
    except SystemExit as left:
        return int(left.code or 0)
    finally:
        os.umask(mask)
    return 0


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
