"""The copy of the SOP that ships: whole, editable, and never over something that stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sop_content import shipped
from sop_content.reader import read_sop
from sop_content.starting import NotWritten, write_copy
from tests.shell_kit import Shell


def tree(folder: Path) -> list[str]:
    """Everything below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    return Shell(monkeypatch, tmp_path / "desk.db")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
def test_copy_reads_as_the_one_that_ships(tmp_path: Path, language: str, there: bool) -> None:
    folder = tmp_path / "teams" / "sop"
    if there:
        folder.mkdir(parents=True)
    names = write_copy(language, folder)
    copy, original = read_sop(folder), read_sop(shipped(language))
    assert copy.sop is not None
    assert (copy.sop, copy.faults) == (original.sop, original.faults)
    assert [n for n in tree(folder) if n.endswith(".yaml")] == sorted(names)
    assert [p.name for p in folder.parent.iterdir()] == ["sop"]


def test_copy_is_writable_whatever_the_installed_files_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "installed"
    write_copy("en", installed)
    for path in installed.rglob("*.yaml"):
        path.chmod(0o400)
    (installed / "__init__.py").touch()
    monkeypatch.setattr("sop_content.starting.shipped", lambda _language: installed)
    write_copy("en", tmp_path / "sop")
    assert all(p.stat().st_mode & 0o200 for p in (tmp_path / "sop").rglob("*.yaml"))
    assert not (tmp_path / "sop" / "__init__.py").exists()


@pytest.mark.parametrize("there", [".git", "notes.txt", "sop.yaml"])
def test_folder_that_is_not_empty_is_left_alone(tmp_path: Path, there: str) -> None:
    folder = tmp_path / "sop"
    folder.mkdir()
    (folder / there).write_text("mine")
    with pytest.raises(NotWritten):
        write_copy("en", folder)
    assert tree(folder) == [there]
    assert (folder / there).read_text() == "mine"


def test_file_at_the_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sop").write_text("mine")
    with pytest.raises(NotWritten):
        write_copy("en", tmp_path / "sop")
    assert tree(tmp_path) == ["sop"]


@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
@pytest.mark.parametrize("broken", ["write_bytes", "rename"])
def test_copy_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, there: bool
) -> None:
    """Every write and every move fails once, as on a full disk, until the copy works."""
    folder = tmp_path / "sop"
    if there:
        folder.mkdir()
    before, real = tree(tmp_path), getattr(Path, broken)
    for good in range(40):
        left = good

        def fails(self: Path, *given: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(28, "No space left on device")
            return real(self, *given)

        with monkeypatch.context() as patch:
            patch.setattr(Path, broken, fails)
            try:
                write_copy("en", folder)
            except NotWritten:
                assert tree(tmp_path) == before
                continue
        break
    assert good > 0
    assert read_sop(folder).sop is not None


def test_command_says_what_comes_next(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "my sop"
    told = shell.text("sop", "init", str(folder), "--lang", "en")
    assert f"siyu sop check '{folder}'" in told
    assert f"siyu --sop '{folder}'" in told
    assert shell.json("sop", "check", str(folder))["ok"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_command_answers_with_folder_and_files(shell: Shell, tmp_path: Path, language: str) -> None:
    document = shell.json("sop", "init", str(tmp_path / "sop"), "--lang", language)
    assert document["folder"] == str(tmp_path / "sop")
    assert {"sop.yaml", "desk.yaml", "sequences/leads.yaml"} <= set(document["files"])
    name = read_sop(shipped(language)).sop
    copy = read_sop(tmp_path / "sop").sop
    assert name is not None
    assert copy is not None
    assert copy.name == name.name


def test_command_refuses_a_folder_with_something_in_it(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "sop").mkdir()
    (tmp_path / "sop" / "x").touch()
    answer = shell.run("sop", "init", str(tmp_path / "sop"))
    assert answer.code == 1
    assert "not empty" in answer.err
