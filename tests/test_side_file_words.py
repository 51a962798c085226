"""The file of who refused, as people meet it: in commands, at an opening, on the screen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.backups import Occasion, back_up, backups
from store.connection import beside
from store.side_file import side_of
from tests.app_kit import MIDDLE, SMALL, AtWork, names, new_file, play, squeeze
from tests.desk_kit import moment
from tests.shell_kit import Shell
from tui.words import Language

ANNA, BEN, *_REST = names("en")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def put_back_by_hand(path: Path) -> None:
    """The oldest backup is copied into the desk's place."""
    for left in beside(path):
        left.unlink(missing_ok=True)
    shutil.copyfile(backups(path)[-1].path, path)


def test_refusal_that_cannot_be_written_beside_is_done_and_told(shell: Shell) -> None:
    side_of(shell.database).mkdir()
    answer = shell.run("refuse", BEN, "--reason", "stop", "--json")
    assert answer.code == 0
    assert answer.document["status"] == "do_not_contact"
    assert "desk.db.refusals, the second record of who refused, could not be written" in answer.err
    side_of(shell.database).rmdir()
    assert shell.run("refuse", ANNA, "--reason", "stop").err == ""
    assert shell.run("doctor").code == 0


def test_copy_put_back_by_hand_is_told_and_offers_nothing(shell: Shell) -> None:
    shell.json("backup")
    shell.json("refuse", BEN, "--reason", "stop")
    put_back_by_hand(shell.database)
    document = shell.json("doctor", code=1)
    (wrong,) = [check for check in document["checks"] if not check["ok"]]
    assert wrong["check"] == "refusals beside the desk"
    answer = shell.run("send", BEN)
    assert answer.code == 1
    assert "asked not to be contacted" in answer.err
    assert "1 do-not-contact or erasure that this copy" in answer.err
    assert "stands again" not in shell.run("log", ANNA, "1").err
    assert shell.json("doctor")["ok"]


def test_restore_over_a_lost_desk_keeps_who_refused_since(shell: Shell) -> None:
    shell.json("backup")
    shell.json("refuse", BEN, "--reason", "stop")
    shell.database.write_bytes(b"rubbish" * 99)
    document = shell.json("restore", "--yes")
    assert document["refused_kept"] == 1
    assert shell.run("send", BEN).code == 1
    assert shell.json("doctor")["ok"]


def test_doctor_names_what_is_missing_and_mends_it(shell: Shell) -> None:
    shell.json("refuse", BEN, "--reason", "stop")
    side_of(shell.database).unlink()
    answer = shell.run("doctor")
    assert answer.code == 1
    assert "✗ refusals beside the desk: missing in desk.db.refusals: 1" in answer.out
    assert "✓ refusals beside the desk" in shell.run("doctor", "--rebuild").out


def test_doctor_that_cannot_write_beside_says_so(shell: Shell) -> None:
    shell.json("refuse", BEN, "--reason", "stop")
    side_of(shell.database).unlink()
    side_of(shell.database).mkdir()
    answer = shell.run("doctor", "--rebuild")
    assert answer.code == 1
    assert "desk.db.refusals, the second record of who refused, could not be written" in answer.err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80x24", "120x36"])
def test_refusal_that_cannot_be_written_beside_is_a_banner_until_it_is(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    path = new_file(tmp_path, lang)

    async def story(work: AtWork) -> None:
        side_of(path).mkdir()
        await work.press("9", "1")
        assert "desk.db.refusals" in work.squeezed
        await work.press("down", "1")
        assert "desk.db.refusals" in work.squeezed
        side_of(path).rmdir()
        await work.press("9", "1")
        assert "desk.db.refusals" not in work.squeezed

    play(path, lang, story, size)


def test_desk_put_back_by_hand_says_so_on_the_screen(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")

    async def first(work: AtWork) -> None:
        await work.press("9", "1")

    back_up(path, moment(), Occasion.ASKED)
    play(path, "en", first)
    put_back_by_hand(path)

    async def then(work: AtWork) -> None:
        assert squeeze("1 do-not-contact or erasure that this copy of the desk") in work.squeezed

    play(path, "en", then)
