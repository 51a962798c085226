"""`contact`, `edit`, `stage`, `person export` and `person erase`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    shell.json("log", "1", "exploring", "--reply", "what does it cost", "--interest", "quotes")
    return shell


def test_contact_tells_the_whole_file(shell: Shell) -> None:
    told = shell.json("contact", "Anna Bell")
    assert (told["contact"], told["company"], told["stage"]) == ("1", "Harbour Tools", "lead")
    assert told["interests"] == ["quotes"]
    assert told["tags"] == ["machining"]
    assert [row["list"] for row in told["lists"]] == ["interest"]
    assert [event["kind"] for event in told["events"]] == ["added", "reaction"]
    assert told["events"][1]["words"] == {"reply": "what does it cost", "interest": "quotes"}
    text = shell.text("contact", "1")
    assert "company: Harbour Tools" in text
    assert "what does it cost" in text


def test_edit_changes_fields_and_keeps_a_consent(shell: Shell) -> None:
    told = shell.json("edit", "1", "company=Hill", "consent=form", "--on", "2026-02-01")
    assert told["changed"] == ["company", "consent"]
    after = shell.json("contact", "1")
    assert after["company"] == "Hill"
    assert after["consent"] == {"source": "form", "on": "2026-02-01"}


WRONG = {
    "no sign": (("edit", "1", "company"), 2),
    "no such field": (("edit", "1", "salary=1"), 1),
    "no day": (("edit", "1", "consent=form", "--on", "soon"), 2),
    "a stage without reason": (("stage", "1", "mql"), 2),
    "a stage before": (("stage", "5", "lead", "--reason", "x"), 1),
    "no such stage": (("stage", "1", "moon", "--reason", "x"), 1),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_changes_nothing(shell: Shell, case: str) -> None:
    arguments, code = WRONG[case]
    before = shell.json("contact", "1")
    assert shell.run(*arguments).code == code
    assert shell.json("contact", "1") == before


def test_stage_moves(shell: Shell) -> None:
    told = shell.json("stage", "1", "MQL", "--reason", "left a number")
    assert (told["from"], told["stage"]) == ("lead", "mql")
    assert shell.json("stage", "1", "lead", "--reason", "slip", "--back")["stage"] == "lead"


@pytest.mark.parametrize("name", ["anna.json", "anna.txt"])
def test_export_writes_a_file_once(shell: Shell, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert shell.json("person", "export", "1", str(file))["events"] == 2
    text = file.read_text(encoding="utf-8")
    assert "what does it cost" in text
    if file.suffix == ".json":
        assert json.loads(text) == shell.json("contact", "1")
    assert shell.run("person", "export", "1", str(file)).code == 1
    assert shell.run("person", "export", "1", str(file), "--replace").code == 0


def test_export_without_a_file_prints(shell: Shell) -> None:
    assert json.loads(shell.text("person", "export", "1"))["name"] == "Anna Bell"
    assert "name: Anna Bell" in shell.text("person", "export", "1", "--format", "text")


def test_erasure_asks_first(shell: Shell) -> None:
    answer = shell.run("person", "erase", "1", "--reason", "by letter")
    assert answer.code == 1
    assert "add --yes" in answer.err
    assert shell.json("contact", "1")["name"] == "Anna Bell"


def test_erasure_and_what_is_left(shell: Shell, tmp_path: Path) -> None:
    shell.json("backup")
    told = shell.json("person", "erase", "1", "--reason", "by letter", "--yes")
    assert (told["contact"], told["recognised_by"]) == ("1", ["phone"])
    assert told["backups_with_words"] == 1
    assert shell.run("contact", "1").code == 1
    assert shell.json("doctor")["ok"]
    assert shell.json("timeline", "2")
    file = tmp_path / "again.csv"
    file.write_text("Full Name,Phone\nAnna B,138 0000 0001\nNew One,13900000009\n", "utf-8")
    done = shell.json("import", str(file))
    assert (done["new"], done["rejected"], done["refused_kept"]) == (1, 1, 1)


def test_older_backups_go_when_it_is_asked(shell: Shell, tmp_path: Path) -> None:
    shell.json("backup")
    told = shell.json("person", "erase", "1", "--reason", "letter", "--yes", "--old-backups")
    assert told["backups_with_words"] == 0
    assert len([*(tmp_path / "desk.db.backups").glob("*.db")]) == 1
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(b"what does it cost" in file.read_bytes() for file in kept)


def test_backups_with_words_of_the_erased_can_be_deleted_later(shell: Shell) -> None:
    shell.json("backup")
    assert shell.json("person", "purge", "--yes")["deleted"] == [], "nobody was erased"
    told = shell.json("person", "erase", "1", "--reason", "asked", "--yes")
    assert told["backups_with_words"] == 1
    assert "siyu person purge" in shell.text("person", "erase", "2", "--reason", "asked", "--yes")
    assert shell.run("person", "purge").code == 1, "it asks first"
    assert len(shell.json("person", "purge", "--yes")["deleted"]) == 2
    assert shell.json("person", "purge", "--yes")["deleted"] == []
    assert len(shell.json("backup", "list")) == 1


def test_merge_names_the_other_contact_in_both_tellings(shell: Shell) -> None:
    other = shell.json("contact", "2")["name"]
    shell.json("merge", "1", "2")
    assert [row["text"] for row in shell.json("timeline", "1") if row["kind"] == "merged"] == [
        other
    ]
    assert f"took in  {other}" in shell.text("contact", "1")
