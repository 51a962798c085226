"""The file or its disk fails under the open desk: words, the text kept, nothing half done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from store import verbs
from store.backups import Occasion, backups
from store.connection import NotADesk, NotSaved
from tests.app_kit import AtWork, names, new_file, play, squeeze
from tests.desk_terminal import PROGRAM, environ
from tests.terminal import Terminal
from tui.safekeeping import keep_at_exit
from tui.words import Language, _

Fault = Callable[[AtWork], "Iterator[None]"]
TYPED = "wants a call on Monday"


def full_disk(work: AtWork) -> Iterator[None]:
    db = work.opened.db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    shift, now = work.opened.shift, work.opened.clock()
    for size in (3900, 900, 100, 1):  # until no page has room for another event
        with suppress(NotSaved):
            for _attempt in range(99):
                verbs.note(db, shift, now, 7, {"note": "x" * size})
    yield
    db.execute("PRAGMA max_page_count = 1000000").fetchall()


def read_only(work: AtWork) -> Iterator[None]:
    work.opened.db.execute("PRAGMA query_only = ON")
    yield
    work.opened.db.execute("PRAGMA query_only = OFF")


def second_writer(work: AtWork) -> Iterator[None]:
    work.opened.db.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(work.opened.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def moved_away(work: AtWork) -> Iterator[None]:
    path = work.opened.path
    path.rename(path.with_name("elsewhere"))
    yield
    path.with_name("elsewhere").rename(path)


def replaced(work: AtWork) -> Iterator[None]:
    path = work.opened.path
    path.rename(path.with_name("elsewhere"))
    path.write_bytes(path.with_name("elsewhere").read_bytes())
    yield
    path.with_name("elsewhere").replace(path)


FAULTS: dict[str, tuple[Fault, str]] = {
    "a full disk": (full_disk, "NOT SAVED: the disk is full"),
    "a read-only file": (read_only, "NOT SAVED: the file or its disk is read-only"),
    "another writer": (second_writer, "NOT SAVED: another program holds the file"),
    "a file moved away": (moved_away, "NOT SAVED: the desk's file was moved, deleted or replaced"),
    "a file replaced": (replaced, "NOT SAVED: the desk's file was moved, deleted or replaced"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault_is_told_the_text_is_kept_and_nothing_is_ticked(tmp_path: Path, case: str) -> None:
    first = names("en")[0]
    fault, words = FAULTS[case]

    async def story(work: AtWork) -> None:
        with contextmanager(fault)(work):
            before = work.value("SELECT COUNT(*) FROM event")
            await work.press("7")
            await work.write(TYPED)
            await work.press("enter", "enter", "enter")
            assert squeeze(words)[:40] in work.squeezed
            await work.press("1", gap=2)
            assert squeeze(words)[:40] in work.squeezed
            assert "✿" not in work.listed[0]
            assert work.value("SELECT COUNT(*) FROM event") == before
            await work.press("7")
            assert TYPED in work.text, "what was typed is still in the field"
            await work.press("escape", gap=2)
        await work.press("7")
        await work.write(TYPED)
        await work.press("enter", "enter", "enter", "1")
        assert work.log()[-1] == ("reaction", "friendly", first)
        assert TYPED in work.words()[-1]

    play(new_file(tmp_path, "en"), "en", story)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_clock_that_went_back_is_a_banner_and_the_order_stays(
    tmp_path: Path, lang: Language
) -> None:
    path = new_file(tmp_path, lang)
    first, second, *_rest = names(lang)

    async def ahead(work: AtWork) -> None:
        await work.press("1")

    async def back(work: AtWork) -> None:
        told = _("The clock went back: it is set before the last thing that was logged")
        assert squeeze(told) in work.squeezed
        await work.press("down", "2")
        done = work.rows(
            "SELECT e.seq, c.name FROM event e JOIN contact c ON c.id = e.contact"
            " WHERE e.kind = 'reaction' ORDER BY e.seq"
        )
        assert [name for _seq, name in done] == [first, second]
        times = work.rows("SELECT at_ms FROM event ORDER BY seq DESC LIMIT 2")
        assert times[0] < times[1], "the clock's own words stand, the order is the log's"

    play(path, lang, ahead, now="2026-03-05T09:40+08:00")
    play(path, lang, back, now="2026-03-02T09:45+08:00")


def test_what_the_desk_held_is_a_backup_when_its_file_is_gone(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("1")
        path = work.opened.path
        events = work.value("SELECT COUNT(*) FROM event")
        path.unlink()
        told = keep_at_exit(work.opened)
        (made,) = backups(path)
        assert "siyu restore" in told
        assert made.name in told
        with closing(sqlite3.connect(made.path)) as db:
            assert db.execute("SELECT COUNT(*) FROM event").fetchone() == (events,)

    play(new_file(tmp_path, "en"), "en", story)


def test_desk_left_in_order_is_backed_up_and_says_nothing(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        assert keep_at_exit(work.opened) == ""
        assert len(backups(work.opened.path)) == 1

    play(new_file(tmp_path, "en"), "en", story)


# Faults of the program


def said_at_the_end(work: AtWork) -> str:
    """What the app prints once it has left the terminal."""
    return "".join(str(part) for part in work.app._exit_renderables)


def corrupt() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error


ENDS: dict[str, tuple[Exception, tuple[str, ...]]] = {
    "a fault of its own": (
        KeyError("13800000001"),
        ("siyu stopped because of a fault of its own: KeyError in", "What was ticked is kept"),
    ),
    "a damaged page": (
        corrupt(),
        ("is damaged: database disk image is malformed", "1 backups", "restore"),
    ),
}


@pytest.mark.parametrize("case", ENDS)
def test_crash_prints_words_and_no_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    fault, words = ENDS[case]
    said: list[str] = []
    codes: list[int | None] = []

    def fails(*_told: object, **_named: object) -> None:
        raise fault

    async def story(work: AtWork) -> None:
        await work.press("1")
        work.opened.before(Occasion.ASKED)
        monkeypatch.setattr(verbs, "react", fails)
        await work.press("down", "2")
        said.append(said_at_the_end(work))
        codes.append(work.app.return_code)
        assert work.log()[-1][:2] == ("reaction", "friendly")

    with pytest.raises((type(fault), NotADesk)):
        play(new_file(tmp_path, "en"), "en", story)
    assert codes == [1]
    for word in words:
        assert word in said[0]
    assert "Traceback" not in said[0]
    assert "13800000001" not in said[0]


# Another window


def test_second_desk_is_told_who_has_it_and_may_read(tmp_path: Path) -> None:
    path, (first, *_rest) = new_file(tmp_path, "en"), names("en")
    with Terminal(PROGRAM, environ=environ(path, "en")) as one:
        one.wait_for(first)
        with Terminal(PROGRAM, environ=environ(path, "en")) as two:
            two.wait_for("is open elsewhere (desk, process")
            two.wait_for("Enter opens it to be read only")
            two.send(b"no\r")
            assert two.wait() == 1
            assert "Reading commands work meanwhile" in two.screen_text()
        with Terminal((*PROGRAM, "today"), environ=environ(path, "en")) as reader:
            reader.wait_for(first)
            assert reader.wait() == 0


def test_another_writer_is_not_waited_for_longer_than_a_person_waits(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        (waits,) = work.opened.db.execute("PRAGMA busy_timeout").fetchone()
        assert 1_000 <= waits <= 5_000

    play(new_file(tmp_path, "en"), "en", story)
