"""Files of articles and videos, as content platforms export them, read into candidates.

Invariant: a row either becomes a candidate or is told with its line and
reason; a figure that cannot be read counts nothing and is told too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from rules.nouns import Purpose
from rules.plain_text import NAME_LIMIT, is_blank, keep
from rules.wording import N_, Sentence, sentence
from scripts.candidates import Candidate
from store.exchange.cell_values import clean, day_in, is_total
from store.exchange.faults import FileRefused
from store.exchange.headings import HEADING_ROWS, heading_key
from store.exchange.tables import Table, TableRow, open_readings

MOST = 10_000
"""Rows that are read; an account publishes some hundred articles a year."""
LINK_LIMIT = 2000
HIGHEST = 10**12


class Column(StrEnum):
    """What a column tells of a candidate."""

    TITLE = "title"
    LINK = "link"
    PUBLISHED = "published"
    READS = "reads"
    PLAYS = "plays"
    COMMENTS = "comments"
    SHARES = "shares"
    PURPOSE = "purpose"


ACCEPTED: Mapping[Column, str] = {
    Column.TITLE: "标题 文章标题 内容标题 视频标题 作品标题 图文标题 作品名称 视频描述"
    " title articletitle videotitle posttitle headline subject",
    Column.LINK: "链接 文章链接 内容链接 原文链接 视频链接 作品链接 内容url 网址 地址"
    " link url permalink articlelink videolink posturl contenturl",
    Column.PUBLISHED: "发布时间 发布日期 发表时间 发表日期 群发时间 推送时间 日期 时间"
    " published publishedat publishedon publishdate publishtime publicationdate posted date",
    Column.READS: "阅读量 阅读数 阅读次数 总阅读次数 总阅读量 阅读 阅读人数 总阅读人数 浏览量 浏览"
    " reads read readcount views view viewcount pageviews",
    Column.PLAYS: "播放量 播放数 播放次数 播放 总播放量 plays play playcount videoviews videoplays",
    Column.COMMENTS: "评论 评论数 评论量 评论次数 留言 留言数 留言量 留言条数"
    " comments comment commentcount replies",
    Column.SHARES: "转发 转发数 转发量 转发次数 分享 分享数 分享量 分享次数 总分享次数 分享人数"
    " 转发分享 shares share sharecount shared forwards reposts",
    Column.PURPOSE: "用途 内容用途 purpose",
}
"""Headings in the form of `heading_key`; of two columns that say the same the earlier named
word counts."""

_RANKS = {
    word: (column, rank)
    for column, words in ACCEPTED.items()
    for rank, word in enumerate(words.split())
}
_FIGURES = (Column.READS, Column.PLAYS, Column.COMMENTS, Column.SHARES)
_PURPOSES = {
    **{purpose.value: purpose for purpose in Purpose},
    "功能": Purpose.FUNCTION,
    "效果": Purpose.EFFECT,
    "品牌": Purpose.BRAND,
    "服务": Purpose.SERVICE,
    "活动": Purpose.EVENT,
}
_LINK = re.compile(r"https?://[^\s/][^\s]*", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,15}(?:\.\d{1,6})?(?:[eE]\+?\d{1,2})?)\s*([万萬wWkK亿]?)\+?")
_TIMES = {"": 1, "万": 10**4, "萬": 10**4, "w": 10**4, "k": 10**3, "亿": 10**8}
_NOTHING = frozenset({"", "-", "--", "—", "–", "/", "无", "n/a", "null", "none"})


@dataclass(frozen=True)
class CandidateFile:
    """What a file holds."""

    candidates: tuple[Candidate, ...]
    problems: tuple[tuple[int, Sentence], ...] = ()
    """Line and reason: rows left out, and figures and links that could not be read."""


@dataclass
class _Reading:
    """One pass over the rows of a table."""

    columns: Mapping[Column, int]
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[tuple[int, Sentence]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, row: TableRow) -> None:
        """One row; an empty one and a sum are passed over."""
        cells = [clean(cell) for cell in row.cells]
        if not any(cells) or is_total(cells):
            return
        values = {
            column: cells[place] if place < len(cells) else ""
            for column, place in self.columns.items()
        }
        title = keep(" ".join(values[Column.TITLE].split()), NAME_LIMIT)
        if is_blank(title):
            self._tell(row, N_("there is no title: the row is left out"))
            return
        link = self._link(row, values.get(Column.LINK, ""))
        if self.seen & {title, link} - {""}:
            self._tell(row, N_("it stands in the file already: the row is left out"))
            return
        self.seen |= {title, link}
        figures = {column.value: self._figure(row, column, values) for column in _FIGURES}
        day = self._day(row, values.get(Column.PUBLISHED, ""))
        purpose = _PURPOSES.get(values.get(Column.PURPOSE, "").strip().casefold())
        self.candidates.append(Candidate(title, link, day, **figures, purpose=purpose))

    def _link(self, row: TableRow, cell: str) -> str:
        link = cell.strip()
        if not link or (_LINK.fullmatch(link) and keep(link, LINK_LIMIT) == link):
            return link
        self._tell(row, N_('"{text}" is no link of the web: it is left out'), link)
        return ""

    def _day(self, row: TableRow, cell: str) -> int | None:
        day = day_in(cell) if cell else None
        if cell and day is None:
            self._tell(row, N_('"{text}" is no date such as 2026-03-02: it is left out'), cell)
        return day

    def _figure(self, row: TableRow, column: Column, values: Mapping[Column, str]) -> int:
        cell = values.get(column, "")
        number = number_in(cell)
        if number is None:
            self._tell(row, N_('"{text}" is no number: it counts as 0'), cell)
        return number or 0

    def _tell(self, row: TableRow, message: str, text: str = "") -> None:
        self.problems.append((row.line, sentence(message, text=keep(text, 40))))


def read_candidates(path: Path) -> CandidateFile:
    """The candidates of a CSV or XLSX file.

    Raises `FileRefused` for what is no table, or a table without a title column.
    """
    table, line, columns = _understood(path)
    reading = _Reading(columns)
    for count, row in enumerate(row for row in table.rows() if row.line > line):
        if count >= MOST:
            message = N_("only the first {n} are read")
            reading.problems.append((row.line, sentence(message, n=MOST)))
            break
        reading.take(row)
    return CandidateFile(tuple(reading.candidates), tuple(reading.problems))


def number_in(cell: str) -> int | None:
    """A count as people and platforms write it: 1,234, 1.2万, 10w+, 3.4k; 0 for nothing there,
    None for what is no count."""
    text = cell.strip().replace(",", "").replace("，", "")
    if text.casefold() in _NOTHING:
        return 0
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    number = float(found[1]) * _TIMES[found[2].lower()]
    return int(number) if number <= HIGHEST else None


def _understood(path: Path) -> tuple[Table, int, Mapping[Column, int]]:
    """The table, the line of its headings, and where each column stands."""
    found: list[tuple[int, Table, int, Mapping[Column, int]]] = []
    shown: Sequence[str] = ()
    for table in open_readings(path):
        for row in table.head(HEADING_ROWS):
            columns = _columns(row)
            if Column.TITLE in columns:
                found.append((len(columns), table, row.line, columns))
            filled = [cell.strip() for cell in row.cells if cell.strip()]
            shown = max(shown, filled, key=len)
    if not found:
        raise _no_title(path, shown)
    _, table, line, columns = max(found, key=lambda one: one[0])
    return table, line, columns


def _columns(row: TableRow) -> Mapping[Column, int]:
    best: dict[Column, tuple[int, int]] = {}
    for place, cell in enumerate(row.cells):
        known = _RANKS.get(heading_key(cell))
        if known is not None:
            column, rank = known
            best[column] = min(best.get(column, (rank, place)), (rank, place))
    return {column: place for column, (_, place) in best.items()}


def _no_title(path: Path, shown: Sequence[str]) -> FileRefused:
    return FileRefused(
        path,
        N_("{file} is no list of articles: no column holds their titles. Found: {found}."),
        N_("Accepted headings are {accepted} and others like them."),
        accepted="标题, 链接, 发布时间, 阅读量, 播放量, 评论, 转发, title, link, date, reads",
        found=", ".join(keep(cell, 30) for cell in shown[:10]) or "…",
    )
