"""The demo desk: who is on it, that its past is genuine, and that it touches nothing else."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tui.commands.demo as demo_module
from rules.duplicates import Alike
from rules.nouns import Reaction, Status
from rules.sending import Why
from rules.verdicts import Verdict
from sop_content import shipped
from sop_content.cache import open_sop
from store import doctor
from store.connection import NotADesk
from store.duplicates import duplicates
from store.in_memory import building
from store.review import review
from store.throw_away import suspects
from tui.__main__ import COMMANDS
from tui.command_line import command_line
from tui.commands.today import Day, notices, text_of, the_day
from tui.demo.desk import DEMO_NOW, demo_desk, make, material
from tui.demo.people import TOTAL, cast
from tui.demo.quality import Quality, Worth, qualities, quality, reaction_to
from tui.demo.unclean import NAMELESS, PERHAPS, SURELY
from tui.opening import Chosen, desk
from tui.words import Language, language, set_language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
OF_CHANCE = {"uuid", "salt", "hash", "text_hash"}
"""Columns that differ from one making to the next; `text_hash` is salted."""


@dataclass(frozen=True)
class Made:
    """A demo desk that the command made without a terminal."""

    path: Path
    spoken: Language
    result: Result

    def chosen(self) -> Chosen:
        return demo_desk(Chosen(), self.path, self.spoken)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path)) as db:
            return db.execute(statement).fetchall()


@pytest.fixture(autouse=True)
def _same_language() -> Iterator[None]:
    before = language()
    yield
    set_language(before)


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Language], Made]:
    made: dict[str, Made] = {}

    def one(spoken: Language) -> Made:
        if spoken not in made:
            path = tmp_path_factory.mktemp("demo") / "new" / "desk.db"
            set_language(spoken)
            made[spoken] = Made(path, spoken, run("--database", str(path)))
        return made[spoken]

    return one


@pytest.fixture(params=LANGUAGES)
def made(request: pytest.FixtureRequest, make_once: Callable[[Language], Made]) -> Made:
    found = make_once(request.param)
    set_language(found.spoken)
    return found


def run(*arguments: str, environ: Mapping[str, str | None] | None = None) -> Result:
    told = {"SIYU_NOW": None, "SIYU_DATABASE": "/elsewhere/desk.db", **(environ or {})}
    return CliRunner().invoke(command_line(COMMANDS), ["demo", *arguments], env=told)


def day_of(made: Made) -> Day:
    with desk(made.chosen()) as opened:
        return the_day(opened)


def test_demo_command_prints_the_day_and_ends_well(made: Made) -> None:
    assert made.result.exit_code == 0, made.result.stderr
    first = made.result.stdout.splitlines()[0]
    assert "op1" in first
    assert ("3月2日" in first) == (made.spoken == "zh")
    assert str(made.path) in made.result.stderr
    assert len(made.result.stderr.splitlines()) == 2


def test_demo_says_how_it_is_opened_again_and_later_what_it_is(made: Made) -> None:
    assert f"SIYU_NOW={DEMO_NOW} siyu --database {made.path}" in made.result.stderr
    later = replace(made.chosen(), environ={"SIYU_NOW": "2026-09-01T09:30+08:00"})
    with desk(made.chosen()) as opened:
        assert DEMO_NOW not in text_of(opened, the_day(opened))
    with desk(later) as opened:
        assert f"SIYU_NOW={DEMO_NOW}" in text_of(opened, the_day(opened))


def test_demo_has_three_hundred_contacts_in_four_stages(made: Made) -> None:
    stages = dict(made.rows("SELECT stage, COUNT(*) FROM contact_state GROUP BY stage"))
    assert sum(stages.values()) == 300
    assert set(stages) == {"lead", "mql", "sql", "customer"}
    assert made.rows("SELECT COUNT(DISTINCT company) > 15 FROM contact") == [(1,)]


def test_demo_verdicts_are_true(made: Made) -> None:
    with desk(made.chosen()) as opened:
        rows = review(opened.db, opened.shift.sop)
    decided = [row for row in rows if row.verdict is not Verdict.UNDECIDED]
    wrong = [r.content for r in decided if r.verdict.value != quality(r.content).worth.value]
    assert len(decided) >= 20
    assert {row.verdict for row in decided} == {*Verdict} - {Verdict.UNDECIDED}
    assert len(wrong) <= 0.1 * len(decided), wrong


def test_demo_day_has_a_full_queue_with_a_backlog(made: Made) -> None:
    day = day_of(made)
    assert day.now.local().isoformat() == "2026-03-02T09:30:00+08:00"
    due = {count.stage: count.due for count in day.counts}
    assert 40 <= sum(due.values()) <= 80
    assert all(due[stage] > 0 for stage in ("lead", "mql", "sql", "customer"))
    late = Counter(day.now.day - (o.state.due or 0) for o in day.due)
    assert set(late) <= {0, 1, 2, 3}
    assert late[0] > sum(late[n] for n in (1, 2, 3)) > 0


def test_demo_offers_nobody_who_stands_aside(made: Made) -> None:
    day = day_of(made)
    assert {offered.state.status for offered in day.due} == {Status.ACTIVE}
    those = (
        "SELECT e.contact FROM event e JOIN contact_state s ON s.contact = e.contact"
        " WHERE e.kind = 'refused' AND s.due <= 20514"
    )
    refused = {c for (c,) in made.rows(those)}
    assert refused
    assert refused <= {o.contact for o, b in day.blocked if b.why is Why.DO_NOT_CONTACT}


def test_demo_past_has_all_that_happens_at_a_desk(made: Made) -> None:
    kinds = dict(made.rows("SELECT kind, COUNT(*) FROM event GROUP BY kind"))
    status = dict(made.rows("SELECT status, COUNT(*) FROM contact_state GROUP BY status"))
    assert 1500 <= kinds["touch"] <= 3000
    assert 300 <= kinds["reaction"] <= 900
    assert {"answer", "note", "snooze", "resumed", "undo"} <= set(kinds)
    assert 6 <= status["do_not_contact"] <= 10
    assert 10 <= status["paused"] <= 20
    assert status["lost"] >= 2
    chosen = "SELECT COUNT(*) >= 2 FROM event WHERE kind = 'touch' AND step IS NULL"
    silent = "SELECT COUNT(*) >= 20 FROM contact_state WHERE touches > 4 AND last_reaction IS NULL"
    interested = "SELECT COUNT(*) >= 20 FROM contact WHERE interest <> ''"
    assert [made.rows(s) for s in (chosen, silent, interested)] == [[(1,)]] * 3


def test_demo_past_keeps_to_working_days_and_caps(made: Made) -> None:
    sop = open_sop(shipped(made.spoken), None, range(2025, 2027))
    sends = made.rows("SELECT day, SUM(sends) FROM day_stat GROUP BY day HAVING SUM(sends) > 0")
    days = [day for day, _ in sends]
    assert (min(days), max(days)) == (20395, 20512)  # 2025-11-03 and 2026-02-28
    assert all(sop.calendar.is_working(day) for day in days)
    assert max(n for _, n in sends) <= 80
    out_of_order = (
        "SELECT COUNT(*) FROM event a JOIN event b ON b.seq = a.seq + 1 WHERE b.at_ms < a.at_ms"
    )
    assert made.rows(out_of_order) == [(0,)]


def test_demo_customers_bought_what_customers_buy(made: Made) -> None:
    told = (
        "SELECT {} FROM event e JOIN contact_state s ON s.contact = e.contact WHERE e.kind = '{}'"
    )
    signed = told.format(
        "COUNT(*) > 10, MIN(e.amount) > 0, GROUP_CONCAT(DISTINCT s.stage)", "contract"
    )
    assert made.rows(signed) == [(1, 1, "customer")]
    bought = told.format("COUNT(*) > 10, COUNT(DISTINCT s.stage), MAX(e.day) < 20512", "purchase")
    assert made.rows(bought) == [(1, 2, 1)]
    assert made.rows("SELECT MAX(purchases) > 2, COUNT(*) FROM contact_state WHERE spent < 0") == [
        (None, 0)
    ]


def test_demo_day_is_brought_up_to_date_already(made: Made) -> None:
    with desk(made.chosen()) as opened:
        assert notices(opened, opened.clock()) == ()


def test_demo_has_something_to_clean(made: Made) -> None:
    with desk(made.chosen()) as opened:
        found = duplicates(opened.db)
        assert sorted(one.contact for one in suspects(opened.db, "op1")) == [*NAMELESS]
    for alike, pairs in ((Alike.SURELY, SURELY), (Alike.PERHAPS, PERHAPS)):
        told = [(one.one, one.two) for one in found if one.alike is alike]
        assert sorted(told) == sorted((first, again) for again, first in pairs.items())


def test_doctor_agrees_with_the_demo(made: Made) -> None:
    with desk(made.chosen()) as opened:
        assert [check.name for check in doctor.examine(opened.db) if not check.ok] == []


def test_demo_file_belongs_to_its_owner_alone(made: Made) -> None:
    assert made.path.stat().st_mode & 0o077 == 0
    assert made.path.parent.stat().st_mode & 0o077 == 0
    assert [p.name for p in made.path.parent.iterdir() if p.name.endswith(".made")] == []


def test_two_demo_desks_are_the_same(make_once: Callable[[Language], Made], tmp_path: Path) -> None:
    first = make_once("zh")
    second = Made(tmp_path / "desk.db", "zh", first.result)
    make(second.chosen(), "zh")
    for table in ("event", "event_text", "contact", "contact_state", "touch", "content_month"):
        assert contents(first, table) == contents(second, table), table


def contents(made: Made, table: str) -> list[tuple[Any, ...]]:
    columns = [str(row[1]) for row in made.rows(f"PRAGMA table_info({table})")]
    kept = ", ".join(name for name in columns if name not in OF_CHANCE)
    return made.rows(f"SELECT {kept} FROM {table} ORDER BY {kept}")  # noqa: S608


def test_reactions_follow_the_known_quality(made: Made) -> None:
    sends: Counter[Worth] = Counter()
    got: Counter[tuple[Worth, str]] = Counter()
    for content, reaction in made.rows("SELECT content, reaction FROM touch"):
        worth = quality(str(content)).worth
        sends[worth] += 1
        got[worth, str(reaction)] += 1
    for truth in set(qualities().values()):
        for name in ("friendly", "positive", "exploring", "rejecting"):
            rate = got[truth.worth, name] / sends[truth.worth]
            assert abs(rate - getattr(truth, name)) < 0.05, (truth.worth, name)
    assert sends.keys() == set(Worth)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_qualities_know_every_shipped_content(spoken: Language) -> None:
    sop = open_sop(shipped(spoken), None, ()).sop
    assert sop is not None
    assert qualities().keys() == sop.contents.keys() - sop.answering


def test_quality_of_a_content_that_did_not_ship_is_good() -> None:
    assert quality("written_by_somebody").worth is Worth.KEEP


@pytest.mark.parametrize(
    "truth", dict.fromkeys(qualities().values()), ids=lambda quality: str(quality.worth)
)
def test_quality_leaves_room_for_silence(truth: Quality) -> None:
    eager_at_most = 1.25
    assert 0 < 1 - (1 - truth.silence) * eager_at_most < 1


def test_reaction_is_never_drawn_from_somebody_without_eagerness() -> None:
    rng = Random(1)
    assert {reaction_to("schedule_template", 0.0, rng) for _ in range(200)} == {None}
    drawn = {reaction_to("promise_date_method", 1.0, rng) for _ in range(500)}
    assert {None, Reaction.FRIENDLY, Reaction.POSITIVE, Reaction.REJECTING} <= drawn


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_cast_has_ids_and_phones_of_nobody_twice(spoken: Language) -> None:
    batches = cast(material(spoken), Random(1), Random(2))
    rows = [row for batch in batches for row in batch.rows]
    phones = [row.phone for row in rows if row.phone]
    names = {row.name for row in rows}
    assert len(rows) == TOTAL
    ids = [row.external_id for row in rows if row.external_id]
    assert len(set(ids)) == len(ids) == TOTAL - len(SURELY)
    assert len(set(phones)) == len(phones) > TOTAL / 3
    assert set(material(spoken).awkward) <= names
    assert len({batch.digest for batch in batches}) == len(batches)


@pytest.mark.parametrize("name", ["desk.db", "desk.db-wal"])
def test_demo_leaves_what_exists_alone(name: str, tmp_path: Path) -> None:
    there = tmp_path / name
    there.write_bytes(b"mine")
    result = run("--database", str(tmp_path / "desk.db"))
    assert isinstance(result.exception, NotADesk)
    assert str(result.exception) == f"{there} exists already and was left as it is"
    assert result.stdout == ""
    assert there.read_bytes() == b"mine"


def test_building_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), building(tmp_path / "desk.db"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_building_does_not_replace_what_appeared_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with pytest.raises(NotADesk), building(path):
        path.write_bytes(b"mine")
    assert path.read_bytes() == b"mine"


@dataclass
class Opened:
    """Stands in for the app: remembers the desk that it was opened on."""

    chosen: Chosen | None = None
    there: bool = False

    def run_desk(self, chosen: Chosen) -> int:
        self.chosen, self.there = chosen, chosen.database_path().exists()
        return 7


def make_empty(demo: Chosen, _spoken: Language) -> None:
    with building(demo.database_path()):
        pass


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opened:
    """A terminal whose app only remembers, and a desk that is quickly made."""
    opened, running = Opened(), ModuleType("tui.running")
    vars(running)["run_desk"] = opened.run_desk
    monkeypatch.setitem(sys.modules, "tui.running", running)
    monkeypatch.setattr(demo_module, "in_terminal", lambda environ: True)
    monkeypatch.setattr(demo_module, "make", make_empty)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return opened


@pytest.mark.parametrize("keep", [False, True], ids=["thrown away", "kept"])
def test_demo_opens_the_app_in_a_terminal(app: Opened, tmp_path: Path, keep: bool) -> None:
    result = run(*(["--keep"] if keep else []), environ={"SIYU_OPERATOR": "somebody"})
    assert result.exit_code == 7
    assert app.there
    assert app.chosen is not None
    assert app.chosen.operator == "op1"
    assert app.chosen.environ["SIYU_NOW"] == DEMO_NOW
    path = app.chosen.database_path()
    assert path.parent.parent == tmp_path
    assert path.exists() == keep
    assert path.parent.exists() == keep


def test_demo_keeps_to_a_clock_that_is_frozen_already(app: Opened) -> None:
    run(environ={"SIYU_NOW": "2026-03-09T10:00+08:00"})
    assert app.chosen is not None
    assert app.chosen.environ["SIYU_NOW"] == "2026-03-09T10:00+08:00"


@pytest.mark.parametrize(
    ("ends", "term", "drawn"),
    [
        ((True, True), "xterm", True),
        ((True, True), None, True),
        ((False, True), "xterm", False),
        ((True, False), "xterm", False),
        ((True, True), "dumb", False),
    ],
    ids=["terminal", "unnamed", "input from a file", "output to a file", "cannot draw"],
)
def test_demo_draws_only_in_a_terminal(
    ends: tuple[bool, bool], term: str | None, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, answer in zip(("stdin", "stdout"), ends, strict=True):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda answer=answer: answer)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert demo_module.in_terminal({} if term is None else {"TERM": term}) == drawn


def test_demo_answers_with_one_document_on_request(app: Opened, tmp_path: Path) -> None:
    result = run("--json", "--database", str(tmp_path / "desk.db"))
    assert (json.loads(result.stdout)["day"], app.chosen) == ("2026-03-02", None)


def test_demo_works_for_the_operator_and_sop_that_were_asked_for(app: Opened) -> None:
    run("--operator", "eve", "--sop", str(shipped("en")), "--lang", "zh")
    assert app.chosen is not None
    assert (app.chosen.operator, app.chosen.sop) == ("eve", shipped("en"))
