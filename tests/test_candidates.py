"""Candidates: files of platforms read, ranked by heat and freshness, and told what they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from rules.nouns import Purpose
from scripts.candidates import Candidate, purpose_of, rank
from sop_content import shipped
from sop_content.reader import read_sop
from store.exchange.candidates import ACCEPTED, Column, number_in, read_candidates
from store.exchange.faults import FileRefused
from store.exchange.headings import heading_key
from tests.shell_kit import Shell

TODAY = 20514
HEADINGS = ("标题", "链接", "发布时间", "阅读量", "播放量", "评论", "转发/分享")
ROWS = (
    ("插单少了三成的复盘", "https://example.com/a", "2026-02-20", "1.2万", "", "56", "310"),
    ("交期怎么报", "https://example.com/b", "2026/1/10 09:30", "8,300", "-", "80", "120"),
    ("创始人访谈", "https://example.com/c", "2024-12-01", "10万+", "", "900", "2000"),
)
READ = (
    Candidate("插单少了三成的复盘", "https://example.com/a", 20504, 12000, 0, 56, 310),
    Candidate("交期怎么报", "https://example.com/b", 20463, 8300, 0, 80, 120),
    Candidate("创始人访谈", "https://example.com/c", 20058, 100_000, 0, 900, 2000),
)


def csv(folder: Path, *rows: Sequence[str], encoding: str = "utf-8-sig") -> Path:
    path = folder / "articles.csv"
    lines = (",".join(f'"{cell}"' for cell in row) for row in rows)
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def workbook(folder: Path, *rows: Sequence[str]) -> Path:
    path = folder / "articles.xlsx"
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_file_of_a_platform_is_read(tmp_path: Path, encoding: str) -> None:
    found = read_candidates(csv(tmp_path, ("导出",), HEADINGS, *ROWS, encoding=encoding))
    assert (found.candidates, found.problems) == (READ, ())


def test_workbook_is_read(tmp_path: Path) -> None:
    assert read_candidates(workbook(tmp_path, HEADINGS, *ROWS)).candidates == READ


@pytest.mark.parametrize("column", Column)
def test_every_accepted_heading_is_one_that_a_cell_can_have(column: Column) -> None:
    words = ACCEPTED[column].split()
    assert [word for word in words if heading_key(word) != word] == []
    others = {word for other in Column if other is not column for word in ACCEPTED[other].split()}
    assert others.isdisjoint(words)


NUMBERS = {
    "1234": 1234,
    "1,234": 1234,
    "1.2万": 12000,
    "10万+": 100_000,
    "3.4w": 34_000,
    "2k": 2000,
    "1.2E+04": 12_000,
    "12.0": 12,
    "": 0,
    "-": 0,
    "—": 0,
    "x": None,
    "-5": None,
    "1e99": None,
    "9" * 40: None,
    "１２": 12,
    "1 2": None,
}


@pytest.mark.parametrize(("cell", "number"), NUMBERS.items())
def test_count_is_read_as_platforms_write_it(cell: str, number: int | None) -> None:
    assert number_in(cell) == number


ODD: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no title": (("", "https://example.com/x"), 0, "there is no title"),
    "a title nobody sees": (("\u200b\u3164", ""), 0, "there is no title"),
    "the same link": (("别的标题", "https://example.com/a"), 0, "in the file already"),
    "the same title": (("交期怎么报", ""), 0, "in the file already"),
    "a link that runs": (("新", "javascript:alert(1)"), 1, "no link of the web"),
    "a link to a file": (("新", "file:///etc/passwd"), 1, "no link of the web"),
    "a link with a line": (("新", "https://example.com/\nx: y"), 1, "no link of the web"),
    "a link with a command": (("新", "https://example.com/\x1b]52;c;x\x07"), 1, "no link"),
    "a link without end": (("新", "https://example.com/" + "x" * 3000), 1, "no link of the web"),
    "no date": (("新", "", "昨天"), 1, '"昨天" is no date'),
    "a day no calendar has": (("新", "", "2026-02-30"), 1, "is no date"),
    "words for a number": (("新", "", "", "很多"), 1, '"很多" is no number'),
}


@pytest.mark.parametrize(("row", "more", "reason"), ODD.values(), ids=ODD)
def test_odd_row_is_told_with_its_line(
    tmp_path: Path, row: tuple[str, ...], more: int, reason: str
) -> None:
    found = read_candidates(csv(tmp_path, HEADINGS, *ROWS, row))
    assert len(found.candidates) == len(ROWS) + more
    ((line, told),) = found.problems
    assert line == len(ROWS) + 2
    assert reason in str(told)
    assert all(one.link in ("", *(row[1] for row in ROWS)) for one in found.candidates)


def test_title_is_one_line_that_can_be_kept(tmp_path: Path) -> None:
    row = ("a\x1b[31m\n  b\u2028c" + "长" * 5000, "")
    (found,) = read_candidates(csv(tmp_path, HEADINGS, row)).candidates
    assert found.title.startswith("a\ufffd[31m b c长")
    assert len(found.title) == 256


def test_sums_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    found = read_candidates(csv(tmp_path, HEADINGS, *ROWS, ("", ""), ("合计", "", "", "120000")))
    assert (found.candidates, found.problems) == (READ, ())


def test_purpose_may_stand_in_the_file(tmp_path: Path) -> None:
    rows = (("标题", "用途"), ("a", "品牌"), ("b", "effect"), ("c", "?"))
    found = read_candidates(csv(tmp_path, *rows)).candidates
    assert [one.purpose for one in found] == [Purpose.BRAND, Purpose.EFFECT, None]


REFUSED: dict[str, bytes] = {
    "no title column": "姓名,手机号\n张伟,13800000001".encode(),
    "nothing": b"",
    "an open quote": '标题,阅读量\n"没有结束,5\nb,6\n'.encode(),
    "an archive that is none": b"PK\x03\x04 broken",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_file_that_is_no_list_is_refused_with_its_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "articles.csv"
    path.write_bytes(data)
    with pytest.raises(FileRefused) as refused:
        read_candidates(path)
    assert "articles.csv" in str(refused.value.what)
    assert refused.value.remedy is not None


TITLES = {
    "如何把插单降下来：五个步骤": Purpose.FUNCTION,
    "注塑厂两个月省了三成人工，前后对比": Purpose.EFFECT,
    "我们入选年度创新企业": Purpose.BRAND,
    "How to read a quote: a checklist": Purpose.FUNCTION,
    "A case study: from 40 late orders to 4": Purpose.EFFECT,
    "Our founder on ten years of planning": Purpose.BRAND,
    "天气真好": Purpose.FUNCTION,
    "": Purpose.FUNCTION,
}


@pytest.mark.parametrize(("title", "purpose"), TITLES.items())
def test_title_tells_what_a_candidate_is_for(title: str, purpose: Purpose) -> None:
    assert purpose_of(Candidate(title)) is purpose
    assert purpose_of(Candidate(title, purpose=Purpose.EVENT)) is Purpose.EVENT


@pytest.mark.parametrize("language", ["zh", "en"])
def test_most_titles_that_ship_are_told_right(language: str) -> None:
    sop = read_sop(shipped(language)).sop
    assert sop is not None
    arc = (Purpose.FUNCTION, Purpose.EFFECT, Purpose.BRAND)
    known = [one for one in sop.contents.values() if one.purpose in arc]
    right = [one for one in known if purpose_of(Candidate(one.title)) is one.purpose]
    assert len(right) >= 0.85 * len(known)


def test_hot_and_fresh_come_first_and_what_is_old_or_known_is_marked() -> None:
    sop = read_sop(shipped("zh")).sop
    assert sop is not None
    known = Candidate("一周  排产表模板".replace("  ", ""), published=TODAY, reads=1)
    ranked = rank([known, *READ], TODAY, sop)
    assert [one.candidate.title for one in ranked][:2] == ["插单少了三成的复盘", "交期怎么报"]
    assert {one.candidate.title for one in ranked if one.old} == {"创始人访谈"}
    assert {one.candidate.title for one in ranked if one.known} == {known.title}


def test_half_of_the_heat_is_gone_after_the_half_life() -> None:
    fresh, older = (
        Candidate("a", published=TODAY, reads=9),
        Candidate("b", published=TODAY - 120, reads=9),
    )
    first, second = rank([older, fresh], TODAY)
    assert (first.candidate, second.candidate) == (fresh, older)
    assert second.score == pytest.approx(first.score / 2)
    assert (first.age, second.age) == (0, 120)


def test_video_is_not_behind_for_having_no_reads() -> None:
    video, article = Candidate("v", plays=50, comments=3), Candidate("a", reads=900, comments=3)
    assert [one.heat for one in rank([video, article], TODAY)] == pytest.approx([1, 1])


candidates = st.builds(
    Candidate,
    st.text(max_size=9),
    published=st.none() | st.integers(TODAY - 900, TODAY + 9),
    reads=st.integers(0, 10**6),
    plays=st.integers(0, 10**6),
    comments=st.integers(0, 9999),
    shares=st.integers(0, 9999),
)


@given(
    st.lists(candidates, min_size=1, max_size=6),
    st.data(),
    st.sampled_from(["reads", "plays", "comments", "shares"]),
)
def test_more_of_anything_never_ranks_lower(
    group: list[Candidate], data: st.DataObject, figure: str
) -> None:
    place = data.draw(st.integers(0, len(group) - 1))
    more = replace(group[place], title="?", **{figure: getattr(group[place], figure) + 5})
    before = [
        replace(group[place], title="?") if n == place else one for n, one in enumerate(group)
    ]
    after = [more if n == place else one for n, one in enumerate(group)]

    def above(ranked_in: list[Candidate]) -> set[int]:
        scores = {id(one.candidate): one.score for one in rank(ranked_in, TODAY)}
        own = scores[id(ranked_in[place])]
        return {n for n, one in enumerate(ranked_in) if scores[id(one)] > own * (1 + 1e-9) + 1e-12}

    assert above(after) <= above(before)


@given(st.lists(candidates, max_size=6))
def test_scores_are_shares(group: list[Candidate]) -> None:
    ranked = rank(group, TODAY)
    assert all(0 <= one.score <= one.heat <= 1 + 1e-9 for one in ranked)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_command_tells_the_list_and_what_it_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(monkeypatch, tmp_path / "desk.db")
    path = csv(tmp_path, HEADINGS, *ROWS, ("新", "javascript:alert(1)"))
    told = shell.json("sop", "candidates", str(path))
    assert [one["rank"] for one in told["candidates"]] == [1, 2, 3, 4]
    first = told["candidates"][0]
    assert (first["title"], first["reads"], first["purpose"]) == (
        "插单少了三成的复盘",
        12000,
        "effect",
    )
    assert first["published"] == "2026-02-20"
    assert [one["old"] for one in told["candidates"] if one["title"] == "创始人访谈"] == [True]
    assert [problem["line"] for problem in told["problems"]] == [5]
    text = shell.text("sop", "candidates", str(path))
    assert "over a year old" in text
    assert "line 5:" in text
    assert shell.run("sop", "candidates", str(tmp_path / "nowhere.csv")).code == 1
