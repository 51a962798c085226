"""vCard files: versions, folds, encodings, accounts, and what is no whole card."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.exchange.contacts import ContactRow, RejectedRow, open_contacts
from store.exchange.faults import FileRefused

VERSION = "VERSION:3.0\n"


def cards(folder: Path, *texts: str, encoding: str = "utf-8", end: str = "\r\n") -> Path:
    """A file of cards; each text is what stands between BEGIN and END."""
    whole = "".join(f"BEGIN:VCARD\n{text.strip()}\nEND:VCARD\n" for text in texts)
    path = folder / "people.vcf"
    path.write_bytes(whole.replace("\n", end).encode(encoding))
    return path


def read(path: Path) -> list[ContactRow | RejectedRow]:
    return list(open_contacts(path).rows())


def one(path: Path) -> ContactRow:
    [row] = read(path)
    assert isinstance(row, ContactRow), row
    return row


def told(row: ContactRow) -> dict[str, object]:
    """What a row has, without its place and its cells."""
    names = set(row._fields) - {"line", "cells"}
    return {name: getattr(row, name) for name in sorted(names) if getattr(row, name)}


CARDS: dict[str, tuple[str, dict[str, object]]] = {
    "only a full name": ("FN:최유림", {"name": "최유림"}),
    "a name in parts, Chinese": ("N:张;伟;;;", {"name": "张伟"}),
    "a name in parts, Latin": ("N:Zhang;Wei;Li;Dr.;", {"name": "Wei Li Zhang"}),
    "the full name before its parts": ("FN:张总\nN:张;伟;;;", {"name": "张总"}),
    "a company without a person": (
        "N:;;;;\nORG:新禾精密;",
        {"name": "新禾精密", "company": "新禾精密"},
    ),
    "escapes": ("FN:A\\, B\\; C\nNOTE:a\\nb\\\\c", {"name": "A, B; C", "remark": "a\nb\\c"}),
    "folded in the middle of a word": (
        "FN:欧阳\n 娜娜\nNOTE:a\n\tb",
        {"name": "欧阳娜娜", "remark": "ab"},
    ),
    "not folded though it should be": (
        "FN:李芳\nNOTE:一行\n又一行",
        {"name": "李芳", "remark": "一行\n又一行"},
    ),
    "quoted-printable over lines": (
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=BB=84=\n=E4=B8=96=E5=8B=87",
        {"name": "黄世勇"},
    ),
    "quoted-printable in GBK": (
        "N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=C5;=CE=B0;;;",
        {"name": "张伟"},
    ),
    "quoted-printable in bare words": (
        "FN;QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=BC=A0",
        {"name": "张"},
    ),
    "quoted-printable in no known characters": (
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=KLINGON:=E5=BC=A0",
        {"name": "张"},
    ),
    "a mobile before other phones": (
        "FN:A\nTEL;WORK;VOICE:010-8000 1111\nTEL;CELL:138 0000 0001\nTEL;TYPE=FAX:010-8000 2222",
        {
            "name": "A",
            "phone": "13800000001",
            "extra": {"fax": "010-8000 2222", "phone (2)": "01080001111"},
        },
    ),
    "a phone as an address, quoted types": (
        'FN:A\nTEL;VALUE=uri;TYPE="voice,cell";PREF=1:tel:+86-138-0000-0001;ext=5',
        {"name": "A", "phone": "+8613800000001"},
    ),
    "the preferred of two": (
        "FN:A\nEMAIL:b@x.cn\nEMAIL;PREF=1:a@x.cn\nEMAIL;TYPE=pref:c@x.cn",
        {"name": "A", "email": "a@x.cn", "extra": {"secondary email": "c@x.cn\nb@x.cn"}},
    ),
    "company, department, title": (
        "FN:A\nORG:新禾;生产部;一车间\nTITLE:厂长",
        {"name": "A", "company": "新禾", "title": "厂长", "extra": {"department": "生产部 一车间"}},
    ),
    "categories": (
        "FN:A\nCATEGORIES:展会,老客户\\,重要",
        {"name": "A", "tags": ("展会", "老客户", "重要")},
    ),
    "a birthday of version 2.1": ("FN:A\nBDAY:19800322", {"name": "A", "birthday": "1980-03-22"}),
    "a birthday without a year": ("FN:A\nBDAY:--0322", {"name": "A", "birthday": "03-22"}),
    "a birthday whose year is left out": (
        "FN:A\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22",
        {"name": "A", "birthday": "03-22"},
    ),
    "a chat id of its own": ("FN:A\nX-WECHAT:zw_88", {"name": "A", "handle": "zw_88"}),
    "a chat id by service": (
        "FN:A\nIMPP;X-SERVICE-TYPE=WeChat:x-apple:zw_88",
        {"name": "A", "handle": "zw_88"},
    ),
    "a chat id by scheme": ("FN:A\nIMPP:weixin:zw_88", {"name": "A", "handle": "zw_88"}),
    "a chat id by its label": (
        "FN:A\nitem1.IMPP:zw_88\nitem1.X-ABLabel:微信",
        {"name": "A", "handle": "zw_88"},
    ),
    "another messenger": (
        "FN:A\nIMPP;X-SERVICE-TYPE=QQ:x-apple:12345",
        {"name": "A", "extra": {"messengers": "QQ: x-apple:12345"}},
    ),
    "a group": (
        "FN:A\nitem1.TEL;type=CELL:13800000001\nitem1.X-ABLabel:_$!<Mobile>!$_",
        {"name": "A", "phone": "13800000001"},
    ),
    "pictures, folded and not": (
        "FN:A\nPHOTO;BASE64:\n  /9j/4AAQ\n  SkZJ\n\nLOGO;ENCODING=b:/9j/\nAAAA==\nTITLE:厂长",
        {"name": "A", "title": "厂长"},
    ),
    "what no column has": (
        "FN:A\nX-LEVEL:VIP\nREV:20200101",
        {"name": "A", "extra": {"other": "X-LEVEL: VIP"}},
    ),
    "a deputy's card within": (
        "FN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nTEL:13800000002\nEND:VCARD\nTITLE:厂长",
        {"name": "A", "title": "厂长"},
    ),
    "small letters": ("fn:A\ntel;type=cell:13800000001", {"name": "A", "phone": "13800000001"}),
}


@pytest.mark.parametrize(("text", "expected"), CARDS.values(), ids=CARDS.keys())
def test_card_becomes_a_contact(tmp_path: Path, text: str, expected: dict[str, object]) -> None:
    assert told(one(cards(tmp_path, text))) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_several_cards_in_any_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    people = ["FN:张伟\nTEL:13800000001", "FN:李芳\nORG:新禾精密", "FN:王建国"]
    path = cards(tmp_path, *people, encoding=encoding, end=end)
    assert [row.name for row in read(path) if isinstance(row, ContactRow)] == [
        "张伟",
        "李芳",
        "王建国",
    ]


def test_lines_are_those_where_cards_begin(tmp_path: Path) -> None:
    path = cards(tmp_path, "FN:张伟\nNOTE:a\n b", "FN:李芳")
    assert [row.line for row in read(path)] == [1, 6]


def test_nobody_is_rejected_with_the_line(tmp_path: Path) -> None:
    good, rejected = read(cards(tmp_path, "FN:张伟", "TITLE:厂长"))
    assert isinstance(good, ContactRow)
    assert isinstance(rejected, RejectedRow)
    assert rejected.line == 4


BROKEN = {
    "no end": (b"BEGIN:VCARD\nFN:A\n", "line 1 has no end"),
    "no end before the next": (b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", "line 1 has"),
    "cut off in the second": (b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN", "line 4 has no"),
    "NUL": (b"BEGIN:VCARD\nFN:A\0\nEND:VCARD\n", "line 2 holds a NUL"),
    "endless card": (b"BEGIN:VCARD\n" + b"TEL:1\n" * 600 + b"END:VCARD\n", "more than 500"),
    "other text": (b"name,phone\n", "begins with no card"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_card_file_is_refused_in_one_line(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "people.vcf"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=words) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_endless_text_is_rejected_and_endless_pictures_need_no_memory(tmp_path: Path) -> None:
    picture = "PHOTO;ENCODING=b:" + "A" * 20_000_000
    path = cards(tmp_path, f"FN:张伟\n{picture}", "FN:李芳\nNOTE:" + "x" * 90_000, "FN:王")
    tracemalloc.start()
    rows = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(row) for row in rows] == [ContactRow, RejectedRow, ContactRow]
    assert peak < 60_000_000


@settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["BEGIN:VCARD", "END:VCARD", "FN:张伟", "N:;;;", " ", "AGENT:", "=", ""]
            ),
            st.text(max_size=20),
            st.from_regex(r"(a\.)?TEL(;TYPE=[a-z,]{0,5}|;[\"=;]{0,4})*:.{0,9}", fullmatch=True),
        ),
        max_size=12,
    )
)
def test_any_lines_are_contacts_or_refused(tmp_path: Path, lines: list[str]) -> None:
    text = "\n".join(["BEGIN:VCARD", "FN:A", *lines, "END:VCARD"])
    path = tmp_path / "any.vcf"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        rows = read(path)
    except FileRefused:
        return
    assert all(isinstance(row, ContactRow | RejectedRow) for row in rows)
