"""What random machines at a desk share: a desk in a folder of its own, and picking somebody."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis.stateful import RuleBasedStateMachine

from tests.desk_kit import new_desk


class DeskMachine(RuleBasedStateMachine):
    """One desk, gone with its machine."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desk = new_desk(Path(self.folder.name))
        self.desk.db.execute("PRAGMA synchronous = OFF")

    def teardown(self) -> None:
        self.desk.db.close()
        self.folder.cleanup()

    def someone(self, whom: int) -> int:
        """One of the contacts ever added, those who left the desk too, or just nobody."""
        return 1 + whom % (int(self.desk.one("SELECT MAX(contact) FROM event")) + 1)
