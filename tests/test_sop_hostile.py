"""What a hostile or careless hand can write into an SOP file: one plain line for each.

The first word of an id is the number of the case in the project's list of
hostile inputs, where it has one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sop_content.reader import read_sop
from tests.test_sop_reading import CASE, GOOD, faults_of, write

TEXT = "同行的做法，写在这篇里。"
CASE_PATH = "content/case.yaml"


def with_text(written: str) -> str:
    """The content file with something else after `text:`, which is line 8, column 15."""
    return CASE.replace(TEXT, written)


IN_QUOTES = "put the whole text in quotes"
ONE_TEXT = f'"text" must be one text: {IN_QUOTES}'

TEXTS: dict[str, tuple[str, list[str]]] = {
    "50 braces alone": ("{nickname}", [f"8:15: {ONE_TEXT}"]),
    "50 brackets alone": ("[微笑]", [f"8:15: {ONE_TEXT}"]),
    "51 braces and text": (
        "{nickname}, hi",
        ['8:15: a text that begins with "{" must stand in quotes: put all of it in them'],
    ),
    "51 brackets and text": (
        "[笑] hi",
        ['8:15: a text that begins with "[" must stand in quotes: put all of it in them'],
    ),
    "52 comment in a text": (
        "话题 #1 hi",
        ['8:17: from " #" on it is a comment: put the text in quotes if that belongs to it'],
    ),
    "52 nothing but a comment": (
        "#话题 hi",
        ['8:9: after "text:" stands only a comment: put a text with # in quotes'],
    ),
    "53 colon in a text": (
        "回复: 你好",
        [f"8:17: a colon and a blank inside a text: {IN_QUOTES}"],
    ),
    "54 at sign": ("@小明", [f'8:15: nothing may begin with "@": {IN_QUOTES}']),
    "54 star": ("*重要*", [f'8:15: nothing may begin with "*": {IN_QUOTES}']),
    "54 star as alias": ("*abc", [f'8:15: nothing may begin with "*": {IN_QUOTES}']),
    "54 exclamation": ("!x", [f'8:15: nothing may begin with "!": {IN_QUOTES}']),
    "54 exclamation and Chinese": ("!重要 hi", [f'8:15: nothing may begin with "!": {IN_QUOTES}']),
    "54 ampersand": ("&x hi", [f'8:15: nothing may begin with "&": {IN_QUOTES}']),
    "54 per cent": ("%d", [f'8:15: nothing may begin with "%": {IN_QUOTES}']),
    "54 backtick": ("`x`", [f'8:15: nothing may begin with "`": {IN_QUOTES}']),
    "54 closing brace": ("}", [f'8:15: nothing may begin with "}}": {IN_QUOTES}']),
    "54 dash and blank": (
        "- 你好",
        [f'8:15: a text cannot begin with "-" and a blank: {IN_QUOTES}'],
    ),
    "text after its closing quote": (
        '"hi" there',
        ["8:15: the text goes on after its closing quote: put all of it between the quotes"],
    ),
    "quote never closed": ('"hi', ["8:15: the quote that opens here is never closed: close it"]),
    "backslash in double quotes": (
        '"C:\\dir"',
        ["8:18: a backslash between double quotes begins an escape: write it twice"],
    ),
    "escape beyond Unicode": (
        '"\\U00110000"',
        ["8:17: a backslash between double quotes begins an escape: write it twice"],
    ),
    "block with text in its first line": (
        "| hi",
        ["8:15: after | or > the text begins on the next line, indented"],
    ),
    "55 TAB after the colon": ("\thi", ["8:15: a TAB is used: use spaces"]),
    "60 escape sequence": (
        '"\\x1b[31m"',
        ["8:15: an invisible control character (U+001B) stands here: delete it"],
    ),
    "60 raw escape": (
        "a\x1b[31m",
        ["8:16: an invisible control character (U+001B) stands here: delete it"],
    ),
    "60 NUL": ('"\\0"', ["8:15: an invisible control character (U+0000) stands here: delete it"]),
    "line separator no editor shows": (
        "a\u2028b",
        ["8:16: an invisible control character (U+2028) stands here: delete it"],
    ),
    "61 half a surrogate pair": (
        '"\\ud83d"',
        ["8:15: half of a surrogate pair (\\ud800 to \\udfff) is no character"],
    ),
    "61 joined surrogate pair": ('"\\ud83d\\ude00"', []),
    "67 tag": ('!!python/name:os.system ""', [f'8:15: nothing may begin with "!": {IN_QUOTES}']),
    "73 unknown placeholder": (
        "你好 {nick}",
        ['8:18: no field is called "nick": did you mean "name"?'],
    ),
    "73 attribute of a placeholder": (
        "你好 {name.__class__}",
        ['8:18: "name.__class__" is more than a name: only the name of a field may stand there'],
    ),
    "73 format of a placeholder": (
        '"{name:>9999999}"',
        ['8:16: "name:>9999999" is more than a name: only the name of a field may stand there'],
    ),
    "73 single brace": (
        "{name} 你}好".replace("{name} ", "好"),
        ["8:17: a brace stands alone: write it twice to show it as it is"],
    ),
    "73 second of two braces in a block": (
        "|\n          {name}\n          好 {nick}",
        ['10:13: no field is called "nick": did you mean "name"?'],
    ),
    "only invisible characters": ('"\u200b\u3164"', ['8:15: "text" is empty']),
    "no value": ("", ['8:9: "text" has no value: write one, or delete the line']),
    "too long": ("好" * 4001, ['8:15: "text" has 4001 characters: 4000 at most']),
    "billion laughs": (
        "x\n" + "".join(f"k{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 3)),
        [
            '9:1: "k1" is not a known field of a content file. Accepted: content.',
            f'9:5: nothing may begin with "&": {IN_QUOTES}',
            f'9:10: nothing may begin with "*": {IN_QUOTES}',
            f'9:15: nothing may begin with "*": {IN_QUOTES}',
            '10:1: "k2" is not a known field of a content file. Accepted: content.',
            f'10:5: nothing may begin with "&": {IN_QUOTES}',
            f'10:10: nothing may begin with "*": {IN_QUOTES}',
            f'10:15: nothing may begin with "*": {IN_QUOTES}',
        ],
    ),
}


@pytest.mark.parametrize(("written", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_hostile_text_is_one_plain_line(tmp_path: Path, written: str, expected: list[str]) -> None:
    found = faults_of(tmp_path, {CASE_PATH: with_text(written)})
    assert found == [f"{CASE_PATH}:{line}" for line in expected]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('"\\ud83d\\ude00 你好"', "😀 你好"),
        ("no", "no"),
        ("2026-01-01", "2026-01-01"),
        ("010", "010"),
        ("12:30", "12:30"),
        ("13800138000", "13800138000"),
        ("1e3", "1e3"),
        ("=", "="),
        ("~", "~"),
        ("null", "null"),
        ("回复：你好", "回复：你好"),
        ("'it''s'", "it's"),
        ('"{{x}} #1"', "{{x}} #1"),
        ("cafe\u0301", "café"),
    ],
    ids=lambda value: ascii(value),
)
def test_text_stays_what_was_written(tmp_path: Path, written: str, kept: str) -> None:
    reading = read_sop(write(tmp_path, {**GOOD, CASE_PATH: with_text(written)}))
    assert reading.sop is not None
    assert reading.sop.contents["case"].scripts[0].text == kept


WINDOW = "write it as 09:00-21:00, the end after the start"
DESKS: dict[str, tuple[str, list[str]]] = {
    "41 duplicate key": (
        "operator: a\nchannel: wechat\noperator: b\n",
        ['3:1: "operator" stands twice here: it is already in line 1'],
    ),
    "44 no such time": (
        "day_ends: 25:61\n",
        [
            '1:11: "25:61" is no end of a day: write a time from 00:00 to 12:00, such as 04:00',
        ],
    ),
    "44 no such window": (
        "window: 25:61-26:00\n",
        [f'1:9: "25:61-26:00" is no window of a day: {WINDOW}'],
    ),
    "window that ends before it begins": (
        "window: 21:00-09:00\n",
        [f'1:9: "21:00-09:00" is no window of a day: {WINDOW}'],
    ),
    "46 key that YAML takes for true": (
        "on: x\n",
        [
            '1:1: "on" is not a known field of the desk\'s settings. Accepted: timezone, day_ends,'
            " calendar, window, interval_days, credit_days, caps, channel, operator, variants,"
            " retention_months, leave."
        ],
    ),
    "47 no such day": (
        "leave: [2026-13-40]\n",
        ['1:9: "2026-13-40" is no span of days: write 2026-07-01 or 2026-07-01 to 2026-07-05'],
    ),
    "leave that ends before it begins": (
        "leave: [2026-07-05 to 2026-07-01]\n",
        [
            '1:9: "2026-07-05 to 2026-07-01" is no span of days:'
            " write 2026-07-01 or 2026-07-01 to 2026-07-05"
        ],
    ),
    "leave that is no list": (
        "leave: 2026-07-01\n",
        ['1:8: "leave" must be a list: begin each entry on a line of its own with "- "'],
    ),
    "48 octal": (
        "credit_days: 010\n",
        ['1:14: "credit_days" must be a whole number from 1 to 365, not "010"'],
    ),
    "number beyond every bound": (
        "credit_days: 99999999999999999999\n",
        ['1:14: "credit_days" must be a whole number from 1 to 365, not "99999999999999999999"'],
    ),
    "cap of nothing": (
        "caps: {operator_day: 0}\n",
        ['1:22: "operator_day" must be a whole number from 1 to 10000, not "0"'],
    ),
    "55 TAB as indentation": (
        "caps:\n\toperator_day: 3\n",
        ["2:1: a TAB is used: use spaces"],
    ),
    "56 full-width colon alone": (
        "a：1\n",
        ['1:2: after the name of a field write ": ", a half-width colon and a blank'],
    ),
    "56 full-width colon among fields": (
        "operator: a\nchannel：line\ncredit_days: 3\n",
        ['2:8: after the name of a field write ": ", a half-width colon and a blank'],
    ),
    "no blank after the colon": (
        "operator:a\nchannel: line\n",
        ['1:9: after the name of a field write ": ", a half-width colon and a blank'],
    ),
    "66 two documents": (
        "operator: a\n---\noperator: b\n",
        ["2:1: a second document begins here (---): keep one in a file"],
    ),
    "66 more after the end of a document": (
        "operator: a\n...\noperator: b\n",
        ["3:1: a file holds one document: no line may begin with ... or %"],
    ),
    "68 typing error": (
        "chanel: wechat\n",
        ['1:1: "chanel" is not a known field of the desk\'s settings. Did you mean "channel"?'],
    ),
    "138 typing error in the time zone": (
        "timezone: Asia/Shangai\n",
        ['1:11: "Asia/Shangai" is not a known time zone. Did you mean "Asia/Shanghai"?'],
    ),
    "time zone outside the database": (
        "timezone: ../../etc/passwd\n",
        ['1:11: "../../etc/passwd" is not a known time zone: write one such as Asia/Shanghai'],
    ),
    "country that is none": (
        "calendar: CHN\n",
        ['1:11: "CHN" is not a known value of "calendar". Did you mean "CN"?'],
    ),
    "62 merge key": (
        "<<: {operator: a}\n",
        ["1:1: << is not supported: write the fields out"],
    ),
    "key that is a list": (
        "? [a]\n: b\n",
        ["1:3: the name of a field must be one word: put a text in quotes"],
    ),
    "63 five thousand brackets": (
        "[" * 5000,
        ["1:13: lists and fields are nested more than 12 deep: put a text in quotes"],
    ),
    "65 empty file": ("", ["1:1: the file is empty: write its fields, or delete it"]),
    "65 blank file": (" \n\n", ["1:1: the file is empty: write its fields, or delete it"]),
}


@pytest.mark.parametrize(("written", "expected"), DESKS.values(), ids=DESKS.keys())
def test_hostile_settings_are_one_plain_line(
    tmp_path: Path, written: str, expected: list[str]
) -> None:
    found = faults_of(tmp_path, {"desk.yaml": written})
    assert found == [f"desk.yaml:{line}" for line in expected]


@pytest.mark.parametrize("written", ["12:30-13:00", "'12:30 - 13:00'", "12:30-24:00"])
def test_send_times_are_never_numbers(tmp_path: Path, written: str) -> None:
    reading = read_sop(write(tmp_path, {**GOOD, "desk.yaml": f"window: {written}\n"}))
    assert reading.sop is not None
    assert reading.sop.settings.window.start == 12 * 60 + 30


def test_time_of_one_digit_is_five_past_nine(tmp_path: Path) -> None:
    reading = read_sop(write(tmp_path, {**GOOD, "desk.yaml": "day_ends: 9:05\n"}))
    assert reading.sop is not None
    assert reading.sop.settings.day_ends == 9 * 60 + 5


RECORDS: dict[str, tuple[str, str, str, list[str]]] = {
    "45 no is text and no flag": (
        CASE_PATH,
        "advertising: true",
        "advertising: no",
        ['5:18: "advertising" must be true or false, not "no"'],
    ),
    "47 no such day": (
        CASE_PATH,
        "advertising: true",
        "published: 2026-13-40",
        ['5:16: "2026-13-40" is no date: write it as 2026-07-01'],
    ),
    "68 typing error in a script": (
        CASE_PATH,
        "text:",
        "txet:",
        [
            '7:9: "text" is missing in a script',
            '8:9: "txet" is not a known field of a script. Did you mean "text"?',
        ],
    ),
    "68 typing error in a step": (
        "sequences/leads.yaml",
        "window:",
        "windwo:",
        ['11:5: "windwo" is not a known field of a step. Did you mean "window"?'],
    ),
    "69 missing id of a step": (
        "sequences/leads.yaml",
        "  - id: proof\n    day: 3",
        "  - day: 3",
        ['8:5: "id" is missing in a step'],
    ),
    "69 missing id of a content": (
        "sequences/growing.yaml",
        "id: growing\n",
        "",
        ['1:1: "id" is missing in a sequence'],
    ),
    "72 sequence that loops to itself": (
        "sequences/growing.yaml",
        "id: first, day: 0, content: case",
        "id: first, day: 0, content: case, next: first",
        [
            '5:40: "next" is not a known field of a step.'
            " Accepted: id, day, content, window, stages."
        ],
    ),
    "id with blanks": (
        "sequences/growing.yaml",
        "id: growing",
        "id: a b",
        ['1:5: "a b" is no id: write letters, digits, "-", "_" or "." without blanks, 64 at most'],
    ),
    "no steps": (
        "sequences/growing.yaml",
        "  - {id: first, day: 0, content: case}",
        "  []",
        ['5:3: "steps" is empty'],
    ),
    "no stages": (
        "sequences/growing.yaml",
        "[mql]",
        "[]",
        ['3:9: "stages" is empty: name a stage, or delete the line for all stages'],
    ),
    "stages as one word": (
        "sequences/growing.yaml",
        "[mql]",
        "mql",
        ['3:9: "stages" must be a list: begin each entry on a line of its own with "- "'],
    ),
    "two lines in a title": (
        CASE_PATH,
        "title: 两个月，把插单降到 2 次",
        "title: |\n      两个月\n      两次",
        ['3:12: "title" must be one line'],
    ),
    "71 field of another version": (
        "sop.yaml",
        "version: 1.10",
        "version: 1.10\nrules: x",
        ['2:1: "rules" is not a known field of the SOP. Accepted: version, name, stages.'],
    ),
}


@pytest.mark.parametrize(("path", "good", "bad", "expected"), RECORDS.values(), ids=RECORDS.keys())
def test_wrong_record_is_told_at_its_place(
    tmp_path: Path, path: str, good: str, bad: str, expected: list[str]
) -> None:
    assert good in GOOD[path]
    found = faults_of(tmp_path, {path: GOOD[path].replace(good, bad)})
    assert found == [f"{path}:{line}" for line in expected]
