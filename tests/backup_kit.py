"""Desks with days of work, their backups, and faults put into files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from rules.nouns import Reaction, Status
from rules.timing import Moment
from store import verbs
from store.backups import Backup, Occasion, back_up
from store.connection import connect
from store.restoring import Restored, restore
from tests.desk_kit import MONDAY, Desk, faults, moment, new_desk, row

BECAUSE = "kept"


def worked(folder: Path, people: int = 12, days: int = 3, seed: int = 1) -> Desk:
    """A desk on which somebody worked for some days; its connection is open."""
    desk = new_desk(folder)
    desk.take([row(f"客户{n}", n, phone=str(13_800_000_000 + n)) for n in range(1, people + 1)])
    chance = Random(seed)
    for day in range(days):
        work(desk, moment(MONDAY + day), chance)
    return desk


def work(desk: Desk, now: Moment, chance: Random, acts: int = 8) -> None:
    """Some sends, reactions and notes of a day."""
    people = desk.one("SELECT MAX(contact) FROM event")
    for _ in range(acts):
        contact = chance.randrange(1, people + 1)
        act = chance.choice(("send", "react", "note"))
        if act == "send":
            verbs.send(desk.db, desk.shift, now, contact)
        elif act == "react":
            verbs.react(desk.db, desk.shift, now, contact, chance.choice([*Reaction]))
        else:
            verbs.note(desk.db, desk.shift, now, contact, {"note": f"记下{chance.random()}"})


def backed_up(desk: Desk, now: Moment | None = None) -> Backup:
    """A backup that had to be made."""
    made = back_up(desk.path, now or moment(), Occasion.ASKED)
    assert made is not None
    return made


def taken_back(desk: Desk, backup: Backup, now: Moment | None = None) -> Restored:
    """Restores a backup with the desk closed, and opens it again."""
    desk.db.close()
    done = restore(desk.path, backup, "op1", now or moment(), BECAUSE)
    desk.db = connect(desk.path)
    return done


def refused(desk: Desk) -> set[str]:
    """The names of those who are not to be contacted."""
    rows = desk.db.execute(
        "SELECT c.name FROM contact c JOIN contact_state s ON s.contact = c.id WHERE s.status = ?",
        (Status.DO_NOT_CONTACT.value,),
    )
    return {name for (name,) in rows}


def events_of(path: Path) -> list[tuple[int, str]]:
    """Every event of a sound file: place and kind."""
    with closing(connect(path)) as db:
        assert faults(db) == []
        return db.execute("SELECT seq, kind FROM event ORDER BY seq").fetchall()


def closed(desk: Desk) -> Path:
    """Closes a desk, so that its file holds all of it."""
    desk.db.close()
    return desk.path


def broken_files(path: Path, seeds: int) -> Iterator[tuple[int, bytes]]:
    """The file's bytes damaged in as many ways: bytes and pages changed, cut off, zeros."""
    whole = path.read_bytes()
    for seed in range(seeds):
        chance = Random(seed)
        data = bytearray(whole)
        place = chance.randrange(len(data))
        match seed % 5:
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place:]
            case 2:
                page = place // 4096 * 4096
                data[page : page + 4096] = b"\xff" * 4096
            case 3:
                size = chance.randrange(1, 600)
                data[place : place + size] = chance.randbytes(len(data[place : place + size]))
            case _:
                page = place // 4096 * 4096
                data[page : page + 4096] = bytes(4096)
        yield seed, bytes(data)


def is_sound(path: Path) -> bool:
    """What SQLite itself says of a file."""
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
