"""Readings kept and found again, and the last good SOP staying in use."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.wording import Sentence
from sop_content import cache as cache_module
from sop_content import reader, shipped
from sop_content.cache import open_sop
from sop_content.faults import ReadSop
from sop_content.folder import SopFiles
from sop_content.last_good import LastGood
from sop_content.reader import read_sop
from tests.test_sop_reading import CASE, GOOD, GROWING, SOP, write

YEARS = (2025, 2026, 2027, 2028)
WARNED = {**GOOD, "sop.yaml": SOP + "  - {id: sql, name: SQL}\n", "other.yaml": "x: y\n"}


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, reading the files again fails the test."""

    def refuse(files: SopFiles, years: object) -> ReadSop:
        raise AssertionError("the files were read again")

    return lambda: monkeypatch.setattr(reader, "read_files", refuse)


@pytest.mark.parametrize("files", [GOOD, WARNED], ids=["clean", "with warnings"])
def test_hit_equals_a_fresh_reading(
    tmp_path: Path, files: dict[str, str], no_reader: Callable[[], None]
) -> None:
    folder, cache = write(tmp_path / "sop", files), tmp_path / "cache" / "sop.json"
    fresh = open_sop(folder, cache, YEARS)
    assert fresh == read_sop(folder, YEARS)
    assert fresh.sop is not None
    no_reader()
    again = open_sop(folder, cache, reversed(YEARS))
    assert again == fresh
    assert list(map(str, again.faults)) == list(map(str, fresh.faults))
    assert again.sop is not None
    assert list(again.sop.contents) == list(fresh.sop.contents)


def test_shipped_sop_survives_the_cache(tmp_path: Path) -> None:
    cache = tmp_path / "sop.json"
    fresh = open_sop(shipped("zh"), cache, YEARS)
    assert cache.exists()
    assert open_sop(shipped("zh"), cache, YEARS) == fresh


def test_nested_sentence_of_a_fault_stays_a_sentence(tmp_path: Path) -> None:
    said = Sentence("{what} x", {"what": Sentence("y {n}", {"n": 3})})
    plain = cache_module._plain_sentence(said)
    assert cache_module._sentence(plain) == said


HIT = """
import sys
from pathlib import Path
from sop_content.cache import open_sop
reading = open_sop(Path(sys.argv[1]), Path(sys.argv[2]), [2025, 2026, 2027, 2028])
loaded = sorted({"yaml", "holidays", "difflib"} & set(sys.modules))
print(reading.sop.version, sorted(reading.calendar.years), loaded)
"""


def test_hit_imports_neither_yaml_nor_holidays(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "sop", GOOD), tmp_path / "sop.json"
    command = [sys.executable, "-c", HIT, str(folder), str(cache)]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)]
    miss, hit = (run.stdout.strip() for run in runs)
    assert miss == "1.10 [2025, 2026] ['difflib', 'holidays', 'yaml']"
    assert hit == "1.10 [2025, 2026] []"


CHANGES: dict[str, dict[str, str]] = {
    "one letter of a text": {"content/case.yaml": CASE.replace("同行", "同业")},
    "a file more": {"content/more.yaml": CASE.replace("id: case", "id: more")},
    "a comment": {"content/case.yaml": CASE + "# seen\n"},
    "a file that is not read": {"other.yaml": ""},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_changed_folder_is_read_again(tmp_path: Path, change: dict[str, str]) -> None:
    folder, cache = write(tmp_path / "sop", GOOD), tmp_path / "sop.json"
    open_sop(folder, cache, YEARS)
    write(folder, change)
    before = cache.read_bytes()
    assert open_sop(folder, cache, YEARS) == read_sop(folder, YEARS)
    assert cache.read_bytes() != before


def test_other_years_are_another_reading(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "sop", GOOD), tmp_path / "sop.json"
    assert open_sop(folder, cache, [2025]).calendar.years == {2025}
    assert open_sop(folder, cache, [2026]).calendar.years == {2026}


def test_older_format_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = write(tmp_path / "sop", GOOD), tmp_path / "sop.json"
    open_sop(folder, cache, YEARS)
    before = cache.read_bytes()
    monkeypatch.setattr(cache_module, "FORMAT", cache_module.FORMAT + 1)
    open_sop(folder, cache, YEARS)
    assert cache.read_bytes() != before


def test_errors_are_never_kept(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "sop", {**GOOD, "desk.yaml": "x: y\n"}), tmp_path / "sop.json"
    reading = open_sop(folder, cache, YEARS)
    assert reading.sop is None
    assert len(reading.faults) == 1
    assert not cache.exists()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "one letter of a script changed": lambda data: data.replace("同行".encode(), "同业".encode()),
    "head without a body": lambda data: data.partition(b"\n")[0],
    "no text at all": lambda data: b"\xff\xfe\x00" * 100,
    "brackets": lambda data: b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damaged_cache_is_rebuilt(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    folder, cache = write(tmp_path / "sop", GOOD), tmp_path / "sop.json"
    fresh = open_sop(folder, cache, YEARS)
    sound = cache.read_bytes()
    cache.write_bytes(damage(sound))
    assert open_sop(folder, cache, YEARS) == fresh
    assert cache.read_bytes() == sound


def test_cache_is_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "sop", GOOD), tmp_path / "kept" / "sop.json"
    open_sop(folder, cache, YEARS)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o600
    assert [path.name for path in cache.parent.iterdir()] == ["sop.json"]


def test_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", {**GOOD, "file": ""})
    for cache in (folder / "file" / "sop.json", folder, None):
        assert open_sop(folder, cache, YEARS).sop is not None
    assert not list(tmp_path.rglob(".sop*"))


def test_last_good_brings_a_reading_only_when_files_changed(tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", GOOD)
    held = LastGood(folder, None, YEARS)
    assert held.sop is None
    first = held.refresh()
    assert first is not None
    assert held.sop == first.sop
    assert held.calendar.years == {2025, 2026}
    assert held.refresh() is None


def test_last_good_takes_a_touched_file_for_the_same(tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", GOOD)
    held = LastGood(folder, None, YEARS)
    held.refresh()
    os.utime(folder / "sop.yaml", (1, 1))
    assert held.refresh() is None


def test_last_good_sees_an_edit_of_the_same_length_and_time(tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", GOOD)
    case = folder / "content/case.yaml"
    os.utime(case, (1, 1))
    held = LastGood(folder, None, YEARS)
    held.refresh()
    spare = folder / "content/case.new"
    spare.write_text(CASE.replace("同行", "同业"), encoding="utf-8")
    os.utime(spare, (1, 1))
    spare.replace(case)
    assert held.refresh() is not None
    assert held.sop is not None
    assert held.sop.contents["case"].scripts[0].text.startswith("同业")


BREAKS: dict[str, Callable[[Path], object]] = {
    "an error in a file": lambda folder: write(folder, {"sequences/growing.yaml": GROWING + "x"}),
    "a file deleted": lambda folder: (folder / "content/case.yaml").unlink(),
    "a file emptied": lambda folder: write(folder, {"sop.yaml": ""}),
    "the folder gone": lambda folder: folder.rename(folder.with_name("away")),
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_last_good_stays_in_use_while_files_are_broken(
    tmp_path: Path, broken: Callable[[Path], object]
) -> None:
    folder = write(tmp_path / "sop", GOOD)
    held = LastGood(folder, tmp_path / "sop.json", YEARS)
    held.refresh()
    good = held.sop
    broken(folder)
    reading = held.refresh()
    assert reading is not None
    assert reading.sop is None
    assert held.faults == reading.faults
    assert held.faults
    assert good is not None
    assert held.sop is good
    assert held.calendar.years == {2025, 2026}
    write(folder, GOOD)
    held.refresh()
    assert held.faults == ()
    assert held.sop == good
