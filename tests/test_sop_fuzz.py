"""Whatever stands in an SOP folder, reading it raises nothing and tells where the fault is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sop_content.faults import FaultList, ReadSop
from sop_content.folder import SopFiles
from sop_content.marked_yaml import Listing, Node, Scalar, Table, parse
from sop_content.reader import read_files, read_sop
from tests.test_sop_reading import GOOD, write

BYTES = {name: text.encode() for name, text in GOOD.items()}
NAMES = sorted(BYTES)
SIGNS = (
    *(sign.encode() for sign in "{}[]:#&*!|>-?%@`\"',\\\t\n "),
    *(
        "：".encode(),
        "，".encode(),
        b"\r\n",
        b"\x00",
        b"\x1b",
        b"\xff",
        b"\\ud83d",
        b"<<",
        b"---\n",
    ),
    *(b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", "😀".encode(), b"  ", b"- ", b": ", b" #"),
)


def read(changed: dict[str, bytes]) -> ReadSop:
    return read_files(SopFiles({**BYTES, **changed}, ()))


def check(reading: ReadSop, files: dict[str, bytes]) -> None:
    errors = [fault for fault in reading.faults if fault.severity == "error"]
    assert (reading.sop is None) == bool(errors)
    for fault in reading.faults:
        line = str(fault)
        assert line.startswith(f"{fault.path}:{fault.line}:{fault.column}: ")
        assert "\n" not in line
        assert len(line) < 1000
        lines = files.get(fault.path, b"").count(b"\n") + files.get(fault.path, b"").count(b"\r")
        assert 1 <= fault.line <= lines + 2
        assert fault.column >= 1


@settings(deadline=None, max_examples=150)
@given(name=st.sampled_from(NAMES), data=st.binary(max_size=200))
def test_random_bytes_never_raise(name: str, data: bytes) -> None:
    check(read({name: data}), {**BYTES, name: data})


@settings(deadline=None, max_examples=150)
@given(name=st.sampled_from(NAMES), text=st.text(max_size=200))
def test_random_text_never_raises(name: str, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    check(read({name: data}), {**BYTES, name: data})


@settings(deadline=None, max_examples=400)
@given(
    name=st.sampled_from(NAMES),
    edits=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 6), st.sampled_from(SIGNS)),
        min_size=1,
        max_size=4,
    ),
)
def test_mutated_good_file_never_raises(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    data = BYTES[name]
    for share, dropped, sign in edits:
        at = int(share * len(data))
        data = data[:at] + sign + data[at + dropped :]
    check(read({name: data}), {**BYTES, name: data})


def scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Listing):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Table):
        for key, value in node.fields.values():
            yield key
            yield from scalars(value)


@settings(deadline=None, max_examples=200)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=40),
    before=st.integers(0, 3),
)
def test_quoted_text_comes_back_with_the_place_of_each_brace(text: str, before: int) -> None:
    written = "'" + text.replace("'", "''") + "'"
    source = "# 注\n" * before + f"名: {written}\n"
    faults = FaultList("x")
    found = list(scalars(parse(source, faults)))
    if list(faults):
        return
    _, value = found
    assert (value.line, value.column) == (before + 1, 4)
    lines = source.split("\n")
    for offset, char in enumerate(value.value):
        if char in "{}":
            spot = value.spot_of(offset)
            assert lines[spot.line - 1][spot.column - 1] == char


def test_folder_read_from_the_disk_equals_its_bytes(tmp_path: Path) -> None:
    assert read_sop(write(tmp_path, GOOD)) == read({})
