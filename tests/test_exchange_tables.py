"""Text files: encodings, delimiters, and files that are broken or no tables."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rules.wording import DeskError
from store.exchange.contacts import ContactFile, ContactRow, RejectedRow, open_contacts
from store.exchange.faults import FileRefused
from store.exchange.formula_guard import unguarded

PLAIN = "姓名,手机号\r\n张伟,13800138000\r\n李芳,013900\r\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


def written(folder: Path, content: bytes | str, name: str = "in.csv") -> Path:
    """A file with that content, text as UTF-8."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def contacts_of(file: ContactFile) -> list[ContactRow]:
    return [row for row in file.rows() if isinstance(row, ContactRow)]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(PLAIN.encode(), "utf-8", id="UTF-8 without a mark"),
        pytest.param(PLAIN.encode("utf-8-sig"), "utf-8-sig", id="UTF-8 with a mark"),
        pytest.param(PLAIN.encode("utf-16"), "utf-16", id="UTF-16 little end first"),
        pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16", id="UTF-16 big end first"),
        pytest.param(PLAIN.encode("utf-16-le"), "utf-16-le", id="UTF-16 without a mark"),
        pytest.param(PLAIN.encode("utf-16-be"), "utf-16-be", id="UTF-16 reversed, no mark"),
        pytest.param(PLAIN.encode("gb18030"), "gb18030", id="GB18030"),
        pytest.param(PLAIN.encode("gbk"), "gb18030", id="GBK"),
    ],
)
def test_encoding_is_found(tmp_path: Path, content: bytes, encoding: str) -> None:
    file = open_contacts(written(tmp_path, content))
    assert file.encoding == encoding
    assert [row.name for row in contacts_of(file)] == ["张伟", "李芳"]
    assert file.digest == hashlib.sha256(content).hexdigest()
    assert file.size_hint == 2


@pytest.mark.parametrize(
    ("text", "encoding", "names"),
    [
        pytest.param("昵称\r\n小明", "gb18030", ["小明"], id="eight bytes of GBK"),
        pytest.param("昵称\r\n😀小明\r\n", "gb18030", ["😀小明"], id="GB18030 with an emoji"),
        pytest.param("昵称\r\n黃\r\n", "gb18030", ["黃"], id="second byte is ASCII"),
        pytest.param("昵称\t备注\r\n小明\t好\r\n", "utf-16", ["小明"], id="Unicode text of Excel"),
        pytest.param("name\r\n张伟\r\n", "utf-8", ["张伟"], id="one column"),
        pytest.param("name\r张伟\r李芳\r", "utf-8", ["张伟", "李芳"], id="old Mac line ends"),
        pytest.param("sep=;\r\nname;phone\r\n张,伟;138\r\n", "utf-8", ["张,伟"], id="sep line"),
        pytest.param('"sep=|"\nname|phone\n张伟|138\n', "utf-8", ["张伟"], id="sep line, quoted"),
    ],
)
def test_short_files_are_read(tmp_path: Path, text: str, encoding: str, names: list[str]) -> None:
    file = open_contacts(written(tmp_path, text.encode(encoding)))
    assert [row.name for row in contacts_of(file)] == names


def test_a_named_encoding_goes_before_the_usual_order(tmp_path: Path) -> None:
    path = written(tmp_path, "姓名\r\n陳大文\r\n".encode("big5"))
    assert contacts_of(open_contacts(path, encoding="big5"))[0].name == "陳大文"
    with pytest.raises(FileRefused, match="not valid ascii"):
        open_contacts(path, encoding="ascii")
    with pytest.raises(FileRefused, match="klingon"):
        open_contacts(path, encoding="klingon")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        pytest.param("姓名,手机号\n张伟,138\n", ",", id="comma"),
        pytest.param("姓名\t手机号\n张伟\t138\n", "\t", id="tab"),
        pytest.param("姓名;手机号\n张伟;138\n", ";", id="semicolon"),
        pytest.param("姓名;手机号\n张伟;138,139,137,136\n", ";", id="commas in the data"),
        pytest.param("a,b,c,d,e,f\n姓名\t手机号\n张伟\t138\n", "\t", id="commas in a title"),
    ],
)
def test_delimiter_is_decided_by_the_headings(tmp_path: Path, text: str, delimiter: str) -> None:
    file = open_contacts(written(tmp_path, text))
    assert file.delimiter == delimiter
    assert contacts_of(file)[0].name == "张伟"


REFUSED = {
    "nothing in it": (b"", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf\r\n", "empty"),
    "only delimiters": (b",,,\r\n,,,\r\n", "empty"),
    "web page": (b"\xef\xbb\xbf <html><table>", "web page"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "old Excel": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old Excel format"),
    "protected workbook": (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "no heading known": (b"Year,2000,2001\nTimber,1,2\n", "Found: Year, 2000, 2001"),
    "only a running number": (b"id,value\n1,2\n", "no column names a person"),
    "NUL in line 3": ("姓名\n张伟\n李\0芳\n".encode(), "line 3 holds a NUL"),
    "Latin-1": ("name,phone\nM\u00fcller,1\nJos\u00e9e,2\n".encode("latin-1"), "line 2"),
    "neither": (b"name\n\xff\xff\xff\n", "line 2"),
    "UTF-8 damaged far down": (
        ("姓名\n" + "张伟\n" * 9).encode() + b"\xd5\xc5\n",
        "line 11 is not valid UTF-8",
    ),
    "UTF-16 cut off": ("姓名\n张伟\n".encode("utf-16") + b"\x20", "utf-16"),
    "open quote in row 3": (b'name,phone\na,1\n"b,2\nc,3\n', "line 3 is not closed"),
    "text after a quote": (b'name,phone\na,1\nb,2\n"c"d,3\n', "line 4"),
    "quote open for a megabyte": (b'name\n"' + b"x\n" * 600_000, "line 2 has no end"),
    "line without an end": (b"name\n" + b"x" * 1_100_000, "line 2 has no end"),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_broken_file_is_refused_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as caught:
        list(open_contacts(written(tmp_path, content)).rows())
    assert "in.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no file"):
        open_contacts(tmp_path / "none.csv")
    with pytest.raises(FileRefused, match="folder"):
        open_contacts(tmp_path)


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx", "people.vcf"])
def test_pipe_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(FileRefused, match="pipe"):
        open_contacts(tmp_path / name)


def test_text_named_as_workbook_and_vcf_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"rename it to \.csv"):
        open_contacts(written(tmp_path, PLAIN, "in.xlsx"))
    with pytest.raises(FileRefused, match="vCard"):
        open_contacts(written(tmp_path, "name\n", "in.vcf"))


def test_lines_are_physical_lines(tmp_path: Path) -> None:
    text = '我的客户\n\n姓名,备注\n"张\n伟",好\n\n李芳,"a\nb\nc"\n王五,好,多\n'
    rows = list(open_contacts(written(tmp_path, text)).rows())
    assert [row.line for row in rows] == [4, 7, 10]
    assert isinstance(rows[2], RejectedRow)


def test_a_field_of_200_000_is_rejected_and_the_others_stand(tmp_path: Path) -> None:
    text = f"姓名,备注\n张伟,{'x' * 200_000}\n李芳,好\n"
    rejected, good = open_contacts(written(tmp_path, text)).rows()
    assert isinstance(rejected, RejectedRow)
    assert "200000 characters" in str(rejected.reason)
    assert isinstance(good, ContactRow)


HOSTILE = st.text(
    st.sampled_from("张伟李芳éüß😀aZ09,;\t|\"' \r\n=+-@*[]\u200b\u3000\u2028"), max_size=12
).map(lambda text: text.lstrip(" "))
"""Without blanks in front: those that follow a delimiter are no part of a cell."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), max_size=8),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(",\t;"),
)
@example(rows=[("", "", "ééé"), ("é", "éé", "")], encoding="gb18030", delimiter=",")
def test_what_csv_writes_is_read_back(
    tmp_path: Path, rows: list[tuple[str, str, str]], encoding: str, delimiter: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([("姓名", "备注", "手机号"), *rows])
    file = open_contacts(written(tmp_path, text.getvalue().encode(encoding)))
    assert file.delimiter == delimiter
    wanted = [tuple(unguarded(cell.lstrip(" ")).lstrip(" ") for cell in row) for row in rows]
    read = [row.cells for row in file.table.rows()]
    assert [tuple(cell.lstrip(" ") for cell in row) for row in read[1:]] == wanted


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    head=st.sampled_from(
        [b"", PLAIN.encode(), PLAIN.encode("gbk"), PLAIN.encode("utf-16"), b'name\n"', b"PK\3\4"]
    ),
    tail=st.binary(max_size=200),
)
def test_random_bytes_raise_nothing_but_a_refusal(tmp_path: Path, head: bytes, tail: bytes) -> None:
    with suppress(DeskError):
        list(open_contacts(written(tmp_path, head + tail)).rows())


BIG5 = {
    "headings and names": ("姓名,電話\n陳大文,0912345678\n林小美,0922345678\n", "陳大文"),
    "names under English headings": ("name,phone\n王小明,0912345678\n", "王小明"),
    "names with Hong Kong's additions": ("姓名,備註\n黃粧𨋢,好\n", "黃粧𨋢"),
}


@pytest.mark.parametrize(("text", "name"), BIG5.values(), ids=BIG5.keys())
def test_big5_is_told_from_gb18030(tmp_path: Path, text: str, name: str) -> None:
    file = open_contacts(written(tmp_path, text.encode("big5hkscs")))
    assert file.encoding == "big5hkscs"
    assert contacts_of(file)[0].name == name


@pytest.mark.parametrize(
    "text",
    [
        "昵称\r\n小明",
        "name,phone\n陈明,1\n",
        "姓名,备注\n王喆,瑄昇囍\n",
        "客戶名稱,電話\n陳大文,1\n",
        "姓名,手机号\nJosé,1\nLéa Müller,2\nMarie-Hélène,3\nRené,4\n",
    ],
    ids=["short", "two characters", "rare ones", "traditional characters in GBK", "accents"],
)
def test_gb18030_is_not_taken_for_big5(tmp_path: Path, text: str) -> None:
    assert open_contacts(written(tmp_path, text.encode("gb18030"))).encoding == "gb18030"


def test_euro_sign_of_windows_own_big5(tmp_path: Path) -> None:
    text = "姓名,備註\n陳大文,五百€\n"
    assert contacts_of(open_contacts(written(tmp_path, text.encode("cp950"))))[0].remark == "五百€"


@pytest.mark.parametrize("cells", ["phone", "notes"])
def test_too_many_columns_are_refused(tmp_path: Path, cells: str) -> None:
    """The first row alone took minutes: each heading was compared with all before it."""
    line = ",".join([cells] * 20_000)
    with pytest.raises(FileRefused, match="more than 1000 columns"):
        open_contacts(written(tmp_path, f"name,{line}\n张伟,{line}\n"))


def test_sheet_is_for_workbooks_only(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no sheets"):
        open_contacts(written(tmp_path, PLAIN), sheet="客户")
