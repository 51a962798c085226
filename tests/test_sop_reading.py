"""A good SOP folder read into exact values, and what its files say of each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from rules.nouns import Channel, Form, Purpose, Split
from rules.sop import Content, Script, Sequence, Settings, Sop, Stage, Step, Window
from rules.timing import WEEKDAYS, day_number
from sop_content import LANGUAGES, shipped
from sop_content.faults import Fault
from sop_content.reader import read_sop

DESK = """\
timezone: Asia/Shanghai
day_ends: 04:00
calendar: CN
window: 9:05-21:30
interval_days: 2
credit_days: 10
caps:
  operator_day: 60
  contact_week: 3
  contact_month: 12
channel: wecom
operator: 小王
leave:
  - 2026-07-01
  - 2026-10-01 to 2026-10-05
"""
SOP = """\
version: 1.10
name: 制造业私域
stages:
  - id: lead
    name: 潜客
    task: "激发兴趣: 留下一个问题"
    also: [潜在客户, 新客]
  - id: mql
    name: MQL
"""
LEADS = """\
id: leads
name: 潜客序列
stages: [lead]
steps:
  - id: welcome
    day: 0
    content: table
  - id: proof
    day: 3
    content: case
    window: 14:00-18:00
    stages: [lead]
"""
GROWING = """\
id: growing
name: 其他
stages: [mql]
steps:
  - {id: first, day: 0, content: case}
"""
TABLE = """\
content:
  - id: table
    title: 排产表模板
    purpose: function
    form: file
    target: files/table.xlsx
    keyword: 模板
    stages: [lead]
    published: 2026-01-12
    scripts:
      - id: a
        text: |
          {salutation}，这张表很多厂在用。
          想要的话，回我"{keyword}"。
      - id: b
        text: "{name}，在吗: #1"
        stages: [lead]
"""
CASE = """\
content:
  - id: case
    title: 两个月，把插单降到 2 次
    purpose: effect
    advertising: true
    scripts:
      - id: a
        text: 同行的做法，写在这篇里。
"""
GOOD: Mapping[str, str] = {
    "desk.yaml": DESK,
    "sop.yaml": SOP,
    "sequences/leads.yaml": LEADS,
    "sequences/growing.yaml": GROWING,
    "content/table.yaml": TABLE,
    "content/case.yaml": CASE,
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes the files of an SOP below a folder, and gives the folder back."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def faults_of(folder: Path, changed: Mapping[str, str | bytes]) -> list[str]:
    """The faults of the good folder with some files changed, as sentences."""
    return [str(fault) for fault in read_sop(write(folder, {**GOOD, **changed})).faults]


def at(text: str, line: int) -> str:
    """A line of a text by its number, to make sure that a test looks at what it says."""
    return text.split("\n")[line - 1]


def day(year: int, month: int, of_month: int) -> int:
    return day_number(date(year, month, of_month))


GOOD_TABLE = Content(
    id="table",
    title="排产表模板",
    purpose=Purpose.FUNCTION,
    scripts=(
        Script("a", '{salutation}，这张表很多厂在用。\n想要的话，回我"{keyword}"。'),
        Script("b", "{name}，在吗: #1", ("lead",)),
    ),
    form=Form.FILE,
    target="files/table.xlsx",
    keyword="模板",
    stages=("lead",),
    published=day(2026, 1, 12),
)
GOOD_CASE = Content(
    id="case",
    title="两个月，把插单降到 2 次",
    purpose=Purpose.EFFECT,
    scripts=(Script("a", "同行的做法，写在这篇里。"),),
    advertising=True,
)
GOOD_PROOF = Step("proof", 3, "case", Window(14 * 60, 18 * 60), ("lead",))
GOOD_SETTINGS = Settings(
    timezone="Asia/Shanghai",
    day_ends=240,
    country="CN",
    window=Window(9 * 60 + 5, 21 * 60 + 30),
    interval_days=2,
    credit_days=10,
    daily_cap=60,
    week_cap=3,
    month_cap=12,
    channel=Channel.WECOM,
    operator="小王",
    leave=(
        (day(2026, 7, 1), day(2026, 7, 1)),
        (day(2026, 10, 1), day(2026, 10, 5)),
    ),
)


def test_the_share_of_scripts_is_the_desks_choice(tmp_path: Path) -> None:
    for word, split in (("fixed", Split.FIXED), ("thompson", Split.THOMPSON)):
        desk = {"desk.yaml": f"{DESK}variants: {word}\n"}
        read = read_sop(write(tmp_path / word, {**GOOD, **desk})).sop
        assert read is not None
        assert read.settings.variants is split
    (told,) = faults_of(tmp_path, {"desk.yaml": f"{DESK}variants: fix\n"})
    assert told.endswith('"fix" is not a known value of "variants". Did you mean "fixed"?')


def test_good_folder_is_read_into_exact_values(tmp_path: Path) -> None:
    reading = read_sop(write(tmp_path, GOOD))
    assert reading.faults == ()
    assert reading.sop == Sop(
        version="1.10",
        name="制造业私域",
        stages=(
            Stage("lead", "潜客", "激发兴趣: 留下一个问题", ("潜在客户", "新客")),
            Stage("mql", "MQL"),
        ),
        sequences=(
            Sequence("growing", "其他", ("mql",), (Step("first", 0, "case"),)),
            Sequence("leads", "潜客序列", ("lead",), (Step("welcome", 0, "table"), GOOD_PROOF)),
        ),
        contents={"table": GOOD_TABLE, "case": GOOD_CASE},
        settings=GOOD_SETTINGS,
    )


def test_folder_without_desk_yaml_has_the_default_settings(tmp_path: Path) -> None:
    files = {name: text for name, text in GOOD.items() if name != "desk.yaml"}
    reading = read_sop(write(tmp_path, files))
    assert reading.sop is not None
    assert reading.sop.settings == Settings()
    assert reading.faults == ()


def test_desk_yaml_of_comments_only_sets_nothing(tmp_path: Path) -> None:
    reading = read_sop(write(tmp_path, {**GOOD, "desk.yaml": "# window: 09:00-21:00\n"}))
    assert reading.sop is not None
    assert reading.sop.settings == Settings()


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_sop_has_no_fault(language: str) -> None:
    reading = read_sop(shipped(language))
    assert [str(fault) for fault in reading.faults] == []
    assert reading.sop is not None


@pytest.mark.parametrize(
    ("language", "folder"),
    [("zh", "zh"), ("zh_CN.UTF-8", "zh"), ("en", "en"), ("de_DE", "en"), ("", "en")],
)
def test_shipped_folder_follows_the_language(language: str, folder: str) -> None:
    assert shipped(language).name == folder


ACROSS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "keyword is answered with unknown content": (
        {
            "content/case.yaml": CASE.replace(
                "    purpose", "    keyword: more\n    reply_with: tabel\n    purpose"
            )
        },
        ['content/case.yaml:5:17: there is no content "tabel". Did you mean "table"?'],
    ),
    "answer without keyword": (
        {"content/case.yaml": CASE.replace("    purpose", "    reply_with: table\n    purpose")},
        [
            'content/case.yaml:4:17: "reply_with" needs a "keyword": add the keyword,'
            " or delete the line"
        ],
    ),
    "sequence names unknown content": (
        {"sequences/growing.yaml": GROWING.replace("content: case", "content: cse")},
        ['sequences/growing.yaml:5:34: there is no content "cse". Did you mean "case"?'],
    ),
    "sequence names unknown stage": (
        {"sequences/growing.yaml": GROWING.replace("[mql]", "[mlq]")},
        [
            'sequences/growing.yaml:3:10: "mlq" is not a known value of "stages".'
            ' Did you mean "mql"?'
        ],
    ),
    "content is not for a stage of the step": (
        {"sequences/growing.yaml": GROWING.replace("content: case", "content: table")},
        [
            'sequences/growing.yaml:5:34: content "table" has no script for stage mql:'
            ' write "stages" in the step without it, or add a script'
        ],
    ),
    "step is for a stage that its sequence is not for": (
        {"sequences/leads.yaml": LEADS.replace("    stages: [lead]", "    stages: [mql]")},
        ['sequences/leads.yaml:12:13: this step is for stage "mql", but its sequence is not'],
    ),
    "script is for a stage that its content is not for": (
        {"content/table.yaml": TABLE.replace("        stages: [lead]", "        stages: [mql]")},
        ['content/table.yaml:17:17: this script is for stage "mql", but its content is not'],
    ),
    "two sequences for one stage": (
        {"sequences/more.yaml": GROWING.replace("growing", "more")},
        ['sequences/more.yaml:3:9: stage "mql" already has a sequence in sequences/growing.yaml'],
    ),
    "stage without a sequence is only warned of": (
        {"sop.yaml": SOP + "  - {id: sql, name: SQL}\n"},
        ['sop.yaml:1:1: stage "sql" has no sequence: nothing is due for its contacts'],
    ),
    "same content id in two files": (
        {"content/zcase.yaml": CASE},
        ['content/zcase.yaml:2:9: "case" is already taken by a content at content/case.yaml:2'],
    ),
    "same sequence id in two files": (
        {"sequences/z.yaml": GROWING.replace("stages: [mql]", "stages: [mql]")},
        [
            'sequences/z.yaml:1:5: "growing" is already taken by a sequence at'
            " sequences/growing.yaml:1",
            'sequences/z.yaml:3:9: stage "mql" already has a sequence in sequences/growing.yaml',
        ],
    ),
    "same step id": (
        {"sequences/leads.yaml": LEADS.replace("id: proof", "id: welcome")},
        [
            'sequences/leads.yaml:8:9: "welcome" is already taken by a step at'
            " sequences/leads.yaml:5"
        ],
    ),
    "days decrease": (
        {"sequences/leads.yaml": LEADS.replace("day: 0", "day: 5")},
        ["sequences/leads.yaml:9:10: day 3 comes after day 5: days must not decrease"],
    ),
    "form without target": (
        {"content/table.yaml": TABLE.replace("    target: files/table.xlsx\n", "")},
        ['content/table.yaml:2:5: "target" is missing in a content'],
    ),
    "target without form": (
        {"content/table.yaml": TABLE.replace("    form: file\n", "")},
        ['content/table.yaml:5:13: a "target" needs a "form": add the form, or delete the target'],
    ),
    "word of two stages": (
        {"sop.yaml": SOP + "    also: [新客]\n"},
        ['sop.yaml:10:12: "新客" is already taken by a stage at sop.yaml:7'],
    ),
    "broken content file hides no other fault and makes none up": (
        {
            "content/case.yaml": CASE.replace("  - id: case", "\t- id: case"),
            "desk.yaml": DESK.replace("calendar: CN", "calendar: cn"),
        },
        [
            "content/case.yaml:2:1: a TAB is used: use spaces",
            'desk.yaml:3:11: "cn" is not a known value of "calendar". Did you mean "CN"?',
        ],
    ),
}


@pytest.mark.parametrize(("changed", "expected"), ACROSS.values(), ids=ACROSS.keys())
def test_files_are_checked_against_each_other(
    tmp_path: Path, changed: dict[str, str | bytes], expected: list[str]
) -> None:
    assert faults_of(tmp_path, changed) == expected


def test_all_faults_of_all_files_come_sorted_and_without_an_sop(tmp_path: Path) -> None:
    changed = {
        "desk.yaml": "credit_days: 0\nchanel: wechat\n",
        "content/case.yaml": CASE.replace("purpose: effect", "purpose: effekt"),
        "sequences/leads.yaml": LEADS.replace("day: 3", "day: three").replace("name:", "nmae:"),
    }
    reading = read_sop(write(tmp_path, {**GOOD, **changed}))
    places = [(fault.path, fault.line, fault.column) for fault in reading.faults]
    assert places == [
        ("content/case.yaml", 4, 14),
        ("desk.yaml", 1, 14),
        ("desk.yaml", 2, 1),
        ("sequences/leads.yaml", 1, 1),
        ("sequences/leads.yaml", 2, 1),
        ("sequences/leads.yaml", 9, 10),
    ]
    assert reading.sop is None
    assert reading.calendar == WEEKDAYS
    assert {fault.severity for fault in reading.faults} == {"error"}


def test_fault_tells_programs_what_is_accepted(tmp_path: Path) -> None:
    changed = {"content/case.yaml": CASE.replace("purpose: effect", "purpose: xyz")}
    (fault,) = read_sop(write(tmp_path, {**GOOD, **changed})).faults
    assert fault.accepted == ("function", "effect", "brand", "service", "event")
    assert str(fault) == (
        'content/case.yaml:4:14: "xyz" is not a known value of "purpose".'
        " Accepted: function, effect, brand, service, event."
    )


def test_warning_leaves_the_sop_in_use(tmp_path: Path) -> None:
    reading = read_sop(write(tmp_path, {**GOOD, "sop.yml": SOP}))
    (fault,) = reading.faults
    assert (fault.path, fault.severity) == ("sop.yml", "warning")
    assert reading.sop is not None


MISSING: dict[str, tuple[str, list[str]]] = {
    "sop.yaml": (
        "sop.yaml",
        ["sop.yaml:1:1: sop.yaml is missing: it says the version, the name and the stages"],
    ),
    "sequences": (
        "sequences/",
        ['sequences:1:1: the folder "sequences" is missing: make it and put its YAML files there'],
    ),
    "content": (
        "content/",
        ['content:1:1: the folder "content" is missing: make it and put its YAML files there'],
    ),
}


@pytest.mark.parametrize(("left_out", "expected"), MISSING.values(), ids=MISSING.keys())
def test_missing_part_is_one_fault(tmp_path: Path, left_out: str, expected: list[str]) -> None:
    files = {name: text for name, text in GOOD.items() if not name.startswith(left_out)}
    assert [str(fault) for fault in read_sop(write(tmp_path, files)).faults] == expected


def test_missing_folder_is_one_fault_that_names_it(tmp_path: Path) -> None:
    reading = read_sop(tmp_path / "nowhere")
    (fault,) = reading.faults
    assert isinstance(fault, Fault)
    assert "nowhere: name the folder that holds sop.yaml" in str(fault)
    assert reading.sop is None
