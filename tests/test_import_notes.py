"""What a dry run tells: the columns, what could not be read, and why rows are not new."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.desk_kit import new_desk, row
from tests.shell_kit import Shell
from tests.test_exchange_contacts import contact
from tui.words import Language


@pytest.mark.parametrize(
    ("heading", "cell", "notes"),
    [
        pytest.param("添加时间", "26/3/1", 1, id="a day without its century"),
        pytest.param("添加时间", "明天", 1, id="a word for a day"),
        pytest.param("添加时间", "2026/3/1", 0, id="a day"),
        pytest.param("手机号", "abc", 1, id="letters for a phone"),
        pytest.param("手机号", "138 0013 8000", 0, id="a phone"),
        pytest.param("手机号", "无", 0, id="a word for none"),
        pytest.param("手机号", "138001380001234", 1, id="a mobile with more digits"),
        pytest.param("手机号", "1380013800", 1, id="a mobile with a digit less"),
        pytest.param("手机号", "+86 138 0013 80000", 1, id="one of the country, a digit more"),
        pytest.param("手机号", "12", 1, id="no phone at all"),
        pytest.param("手机号", "1234", 1, id="an extension alone"),
        pytest.param("手机号", "+4917612345678901", 1, id="longer than any country's"),
        pytest.param("手机号", "0512-66668888-8012", 0, id="a landline with its extension"),
        pytest.param("手机号", "010 8888 8888", 0, id="a landline"),
        pytest.param("手机号", "+86 10 8888 8888", 0, id="a landline of the country"),
        pytest.param("手机号", "+1 415 555 2671", 0, id="of another country"),
        pytest.param("手机号", "+49 176 1234567", 0, id="of a third"),
        pytest.param("手机号", "0086 13800138000", 0, id="with the country in front"),
        pytest.param("手机号", "95588", 0, id="a service number"),
        pytest.param("邮箱", "zhang@", 1, id="half an email"),
        pytest.param("邮箱", "zhang.example.com", 1, id="no sign in it"),
        pytest.param("邮箱", "zhang@example", 1, id="no end"),
        pytest.param("邮箱", "zhang@example.com", 0, id="an email"),
        pytest.param("邮箱", "a@example.com; b@example.cn", 0, id="two emails"),
        pytest.param("邮箱", "无", 0, id="a word for no email"),
        pytest.param("生日", "不详", 1, id="unknown birthday"),
        pytest.param("生日", "3-2", 0, id="a birthday"),
        pytest.param("生日", "", 0, id="nothing"),
    ],
)
def test_what_cannot_be_read_is_noted(tmp_path: Path, heading: str, cell: str, notes: int) -> None:
    told = contact(tmp_path, **{"姓名": "张伟", heading: cell}).notes
    assert len(told) == notes
    assert all(cell in str(note) and heading in str(note) for note in told)


def test_what_cannot_be_right_is_kept(tmp_path: Path) -> None:
    cells = {"姓名": "张伟", "手机号": "138001380001234", "邮箱": "zhang@"}
    row = contact(tmp_path, **cells)
    assert (row.phone, row.email) == ("138001380001234", "zhang@")


def test_two_rows_with_one_phone_are_mentioned(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.add("李芳", phone="13900000001")
    done = desk.take(
        [
            row("张伟", 2, phone="13900000002"),
            row("小张", 3, phone="13900000002"),
            row("李小芳", 4, phone="13900000003"),
        ]
    )
    assert done.new == 3
    [(line, note)] = done.notes
    assert line == 3
    assert "line 2, 张伟" in str(note)


FILE = """姓名,手机号,添加时间,城市
许小满,13900009991,明天,苏州
许小满,13900009991,明天,苏州
"""
TOLD: dict[Language, tuple[str, ...]] = {
    "zh": (
        *("姓名 → 姓名", "手机号 → 手机", "附加字段保留：城市", "第 2 行", "明天"),
        *("第 3 行：与第 2 行是同一个人（手机）", "凭以下字段认出：手机 1"),
    ),
    "en": (
        *("姓名 → name", "手机号 → phone", "kept as extra fields: 城市", "line 2:", "明天"),
        *("line 3: the same person as line 2 (phone)", "known by: phone 1"),
    ),
}


@pytest.mark.parametrize(("lang", "told"), TOLD.items(), ids=TOLD)
def test_a_dry_run_tells_columns_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language, told: tuple[str, ...]
) -> None:
    shell = Shell(monkeypatch, new_file(tmp_path, lang))
    path = tmp_path / "people.csv"
    path.write_text(FILE, encoding="utf-8")
    said = shell.run("import", str(path), "--dry-run", SIYU_LANG=lang).out
    assert [text for text in told if text not in said] == [], said
    document = shell.json("import", str(path), "--dry-run", SIYU_LANG=lang)
    assert document["columns"][0] == {"heading": "姓名", "field": "name"}
