"""Files that are no SOP files: other encodings, too large, links, folders, pipes, odd names.

The first word of an id is the number of the case in the project's list of
hostile inputs, where it has one.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sop_content.reader import read_sop
from tests.test_sop_reading import CASE, GOOD, faults_of, write

CASE_PATH = "content/case.yaml"
BYTES: dict[str, tuple[bytes, list[str]]] = {
    "57 GBK": (
        CASE.encode("gbk"),
        ["3:12: the file is saved as GBK (ANSI): save it as UTF-8"],
    ),
    "neither UTF-8 nor GBK": (
        b"content:\n  \xff\xff",
        ["2:3: this is no text in UTF-8: save the file as UTF-8"],
    ),
    "58 UTF-16 with its mark": (CASE.encode("utf-16"), []),
    "58 UTF-16 the other way round": (b"\xfe\xff" + CASE.encode("utf-16-be"), []),
    "UTF-16 without its mark": (
        "content: []".encode("utf-16-le"),
        ["1:1: this is no text in UTF-8: save the file as UTF-8"],
    ),
    "UTF-16 cut in a character": (
        CASE.encode("utf-16")[:-1],
        ["8:27: this is no text in UTF-8: save the file as UTF-8"],
    ),
    "59 UTF-8 with a mark": (CASE.encode("utf-8-sig"), []),
    "line ends of Windows": (CASE.replace("\n", "\r\n").encode(), []),
    "line ends of Windows keep the lines": (
        CASE.replace("effect", "x").replace("\n", "\r\n").encode(),
        [
            '4:14: "x" is not a known value of "purpose".'
            " Accepted: function, effect, brand, service, event."
        ],
    ),
    "64 two megabytes": (
        b"# " + b"x" * 2_000_000,
        ["1:1: the file is larger than 1024 KB: split it into several files"],
    ),
    "list instead of fields": (
        b"- a\n",
        ['1:1: a content file must be written as fields, each "name: value"'],
    ),
    "65 only comments": (
        b"# later\n",
        ["1:1: the file says nothing: every line is a comment"],
    ),
}


@pytest.mark.parametrize(("data", "expected"), BYTES.values(), ids=BYTES.keys())
def test_bytes_of_every_kind(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    found = faults_of(tmp_path, {CASE_PATH: data})
    assert found == [f"{CASE_PATH}:{line}" for line in expected]


def test_many_faults_end_with_a_word_about_the_rest(tmp_path: Path) -> None:
    found = faults_of(tmp_path, {"desk.yaml": "".join(f"zz{n}: x\n" for n in range(5000))})
    assert len(found) == 101
    rest = "there are more faults in this file: mend these first"
    assert sum(line.endswith(rest) for line in found) == 1


def test_word_that_turns_the_line_round_is_not_repeated(tmp_path: Path) -> None:
    (line,) = faults_of(tmp_path, {"desk.yaml": "channel: a\u202eb\u200bc\n"})
    assert line.startswith('desk.yaml:1:10: "a?b?c" is not a known value of "channel".')


def test_endless_word_is_repeated_shortened(tmp_path: Path) -> None:
    (line,) = faults_of(tmp_path, {"desk.yaml": f"channel: {'x' * 5000}\n"})
    assert len(line) < 200


EXTRA = "content/extra.yaml"


def test_directory_named_like_a_file(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / EXTRA).mkdir()
    assert faults_of(tmp_path, {}) == [
        f"{EXTRA}:1:1: this is no file: a YAML file is expected here"
    ]


def test_pipe_named_like_a_file_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    os.mkfifo(tmp_path / EXTRA)
    assert faults_of(tmp_path, {}) == [
        f"{EXTRA}:1:1: this is no file: a YAML file is expected here"
    ]


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"extra.yaml": CASE.replace("case", "more")})
    folder = write(tmp_path / "sop", GOOD)
    (folder / EXTRA).symlink_to(outside / "extra.yaml")
    assert faults_of(folder, {}) == [
        f"{EXTRA}:1:1: this link leads out of the SOP folder: put the file itself here"
    ]


def test_folder_that_is_a_link_out_is_not_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "sop", GOOD)
    (folder / "content").rename(tmp_path / "elsewhere")
    (folder / "content").symlink_to(tmp_path / "elsewhere")
    assert [str(fault) for fault in read_sop(folder).faults] == [
        "content:1:1: this link leads out of the SOP folder: put the file itself here"
    ]


def test_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    folder = write(tmp_path, {**GOOD, "kept/extra.txt": CASE.replace("case", "more")})
    (folder / EXTRA).symlink_to(folder / "kept" / "extra.txt")
    reading = read_sop(folder)
    assert reading.faults == ()
    assert reading.sop is not None
    assert "more" in reading.sop.contents


@pytest.mark.parametrize("target", ["nowhere.yaml", "extra.yaml"], ids=["nowhere", "itself"])
def test_link_without_an_end_is_a_fault(tmp_path: Path, target: str) -> None:
    folder = write(tmp_path, GOOD)
    (folder / EXTRA).symlink_to(folder / "content" / target)
    (line,) = faults_of(folder, {})
    assert line.startswith(f"{EXTRA}:1:1: this cannot be read: ")


def test_file_without_permission_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, GOOD)
    opened = Path.open

    def refusing(path: Path, mode: str = "r") -> object:
        if path.name == "case.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refusing)
    assert [str(fault) for fault in read_sop(folder).faults] == [
        f"{CASE_PATH}:1:1: this cannot be read: you have no permission for it"
    ]


def test_name_that_holds_a_control_character_is_not_repeated(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD)
    (folder / "content" / "a\x1b[5n.yaml").write_text(CASE)
    assert faults_of(folder, {}) == [
        "content/a?[5n.yaml:1:1: the name of this file holds invisible characters"
    ]


def test_what_editors_leave_behind_is_not_read(tmp_path: Path) -> None:
    left = {"content/.#case.yaml": "x", "content/case.yaml~": "x", "content/notes.md": "x"}
    assert faults_of(tmp_path, dict(left)) == []
