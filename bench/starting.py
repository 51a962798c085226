"""Start of the app to its first useful picture, the memory it took, and commands without it.

What is measured is a start as it is all day long: a desk is opened and left once
before, so that the lists are those of the day, a backup is there, and the desk's
file is whole by itself, as people leave it. Each start is then ended by force,
while it has nothing to write.

The desk of 1,000 contacts has a few rows due, the large one a page and more: it
shows as many as the screen takes, and its start is compared with theirs all the
same. Of a file as small as that of 1,000 contacts the start checks every page,
which takes a few milliseconds; a large one is checked by its newest events.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.desks import NOW, OPERATOR, bench_shift
from bench.figures import Figure, Spent
from bench.programs import Watched, environment, python, run
from store.connection import connect
from store.queue import Place, due_page, stage_counts
from tui.demo.desk import DEMO_NOW

IMPORT = python("-c", "import textual.app")
NOTHING = python("-c", "pass")
SIYU = python("-m", "tui")
CARD = "阶段要务"
"""Only the app draws the card of the contact under the cursor."""
HELLO = python("-m", "bench.hello")
LEAVE = b"\x11"
"""The key that leaves the desk, Ctrl+Q."""
TIMES = 3
"""Starts of a round on the two desks that are compared: their goal is a tenth, and machines differ
from one second to the next by more."""


def desk_environment(path: Path) -> dict[str, str]:
    """What makes `siyu` open a desk at the frozen time."""
    told = {"SIYU_DATABASE": str(path), "SIYU_NOW": DEMO_NOW, "SIYU_OPERATOR": OPERATOR}
    return environment(**told, SIYU_LANG="zh")


def first_name(path: Path) -> str:
    """The name in the first row of Today: when it is on the screen, work can begin."""
    stages = bench_shift().sop.stage_names()
    with closing(connect(path, read_only=True)) as db:
        counts = stage_counts(db, OPERATOR, stages, NOW.day)
        busy = next(count.stage for count in counts if count.due)
        return due_page(db, OPERATOR, busy, NOW.day, Place(), 1)[0].name


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took."""

    rows: Spent
    """Until the first row of Today was read by whoever looks at the screen."""
    keys: Spent
    """Until the app drew its own first frame, and answers keys."""
    memory: float
    """The peak in MiB."""


def left_once(path: Path) -> None:
    """Opens the app and leaves it: what the first opening of a day does is done then."""
    with Watched(SIYU, desk_environment(path)) as app:
        app.until(CARD)
        app.leave(LEAVE)


def painted(path: Path, name: str) -> Start:
    """Opens the app, and waits until it is at rest."""
    with Watched(SIYU, desk_environment(path)) as app:
        rows, keys = app.until(name), app.until(CARD)
        app.rest()
        return Start(rows, keys, app.peak_memory())


def hello() -> tuple[Spent, float]:
    with Watched(HELLO, environment()) as app:
        spent = app.until("hello 0")
        app.rest()
        return spent, app.peak_memory()


def measure(demo: Path, thousand: Path, large: Path | None, rounds: int) -> list[Figure]:
    """The start on the demo's desk against Textual's import; on a large desk against 1,000."""
    desks = [path for path in (demo, thousand, large) if path is not None]
    names = {path: first_name(path) for path in desks}
    for path in desks:
        left_once(path)
    imports: list[Spent] = []
    empty: list[tuple[Spent, float]] = []
    starts: dict[Path, list[Start]] = {path: [] for path in desks}
    for _ in range(rounds):
        imports.append(run(IMPORT, environment()))
        empty.append(hello())
        starts[demo].append(painted(demo, names[demo]))
        for path in desks[1:] * TIMES:
            starts[path].append(painted(path, names[path]))
    return _figures(imports, empty, [starts[path] for path in desks])


def _figures(
    imports: Sequence[Spent],
    empty: Sequence[tuple[Spent, float]],
    starts: Sequence[Sequence[Start]],
) -> list[Figure]:
    demo, thousand, *large = starts
    rows, keys = [start.rows.cpu for start in demo], [start.keys.cpu for start in demo]
    figures = [
        _against("first row of Today, 300 contacts", rows, "import textual.app", imports, 1.5),
        _against("keys are answered", keys, "import textual.app", imports, None),
        _against("the same", keys, "an empty Textual app", [s for s, _ in empty], None),
        Figure(
            "peak memory after it",
            [start.memory for start in demo],
            "an empty Textual app",
            [peak for _, peak in empty],
            1.5,
            "MiB",
        ),
    ]
    for found in large:
        rows, keys = [start.rows.cpu for start in found], [start.keys.cpu for start in found]
        of_rows, of_keys = [start.rows for start in thousand], [start.keys for start in thousand]
        figures += [
            _against("first row of the large desk", rows, "1,000 contacts", of_rows, 1.1),
            _against("keys are answered there", keys, "1,000 contacts", of_keys, 1.1),
        ]
    return figures


def _against(
    what: str, cpu: Sequence[float], floor_is: str, floor: Sequence[Spent], goal: float | None
) -> Figure:
    return Figure(what, cpu, floor_is, [spent.cpu for spent in floor], goal)


def commands(demo: Path, rounds: int) -> list[Figure]:
    """Commands on the demo's desk against an interpreter that does nothing."""
    environ = desk_environment(demo)
    asked = (
        ("siyu today --json", ("today", "--json"), 8.0),
        ("siyu find", ("find", "--json", "李"), None),
        ("siyu log", ("log", "--json", "1", "friendly"), None),
        ("siyu --version", ("--version",), None),
    )
    for _, arguments, _ in asked:
        run([*SIYU, *arguments], environ)
    found: dict[str, list[Spent]] = {what: [] for what, _, _ in asked}
    floor: list[Spent] = []
    for _ in range(rounds):
        floor.append(run(NOTHING, environment()))
        for what, arguments, _ in asked:
            found[what].append(run([*SIYU, *arguments], environ))
    return [
        _against(what, [s.cpu for s in found[what]], "python -c pass", floor, goal)
        for what, _, goal in asked
    ]
