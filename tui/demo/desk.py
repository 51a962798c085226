"""Making the demo's file, and choosing the desk that stands on it."""

from __future__ import annotations

from pathlib import Path
from random import Random

from rules.shift import Shift
from sop_content import shipped
from store.in_memory import building
from store.list_pass import judge_all
from store.walking import look_at_sequences
from tui.clock import desk_clock
from tui.demo.history import live_through
from tui.demo.material import Material
from tui.demo.people import cast
from tui.demo.sales import Sales
from tui.opening import Chosen, OpenDesk, SopFaulty
from tui.words import Language

DEMO_NOW = "2026-03-02T09:30+08:00"
"""The frozen clock of the demo, unless SIYU_NOW says otherwise."""
OPERATOR = "op1"
SEED = 10


def demo_desk(told: Chosen, path: Path, spoken: Language) -> Chosen:
    """The demo's desk on a file: its own clock and operator, and the SOP that ships.

    Of what `told` holds, only options count: the environment names the desk of
    somebody who works.
    """
    environ = {**told.environ, "SIYU_NOW": told.environ.get("SIYU_NOW") or DEMO_NOW}
    return Chosen(path, told.sop or shipped(spoken), told.operator or OPERATOR, environ)


def make(demo: Chosen, spoken: Language, seed: int = SEED) -> None:
    """Writes the demo's file, whole or not at all.

    Raises NotADesk when something stands at its place, SopFaulty.
    """
    past = Chosen(demo.database, demo.sop, demo.operator, {"SIYU_NOW": DEMO_NOW})
    read = past.read_sop()
    if read.sop is None:
        raise SopFaulty(past.sop_path(), read.faults)
    shift = Shift(past.operator or OPERATOR, read.sop, read.calendar)
    clock = desk_clock(read.sop.settings, past.environ)
    path = past.database_path()
    told = material(spoken)
    lots, words = Random(seed), Random(seed + 1)  # noqa: S311 - a story's lots are no secret
    sales = Sales(told, Random(seed + 2))  # noqa: S311
    with building(path) as db:
        desk = OpenDesk(db, shift, clock, path, past.sop_path(), invented_at=DEMO_NOW)
        live_through(desk, sales, cast(told, lots, words), lots, words)
        judge_all(db, shift.sop, clock().day)
        look_at_sequences(db, shift, clock())


def material(spoken: Language) -> Material:
    """The material of a language; only that one is loaded."""
    if spoken == "zh":
        from tui.demo.material_zh import CHINESE

        return CHINESE
    from tui.demo.material_en import ENGLISH

    return ENGLISH
