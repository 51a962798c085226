"""What programs may rely on: documents, exit codes, options, and who may write when."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sop_content import shipped
from store.lock import take_lock
from tests.app_kit import NOW, PEOPLE, names, new_file
from tests.shell_kit import Shell
from tui import write_lock

FRIDAY, NEXT_MONDAY = "2026-03-06T10:00+08:00", "2026-03-09T10:00+08:00"
ANNA, BEN, *_REST = names("en")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk with the seven of the English file."""
    return Shell(monkeypatch, new_file(tmp_path, "en"))


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """No desk yet."""
    new_file(tmp_path, "en").unlink()
    return Shell(monkeypatch, tmp_path / "desk.db")


# Documents

Form = dict[str, Any]
TEXT_OR_NONE = (str, type(None))
DUE: Form = {
    **dict.fromkeys(("contact", "name", "stage", "sequence", "step", "due_on", "content"), str),
    **dict.fromkeys(("variant", "text", "target", "keyword"), str),
    "form": TEXT_OR_NONE,
}
TODAY: Form = {
    **dict.fromkeys(("day", "operator", "sop_version"), str),
    "stages": [{"stage": str, "due": int, "sent": int}],
    "due": [DUE],
    "blocked": [{"contact": str, "reason": str}],
}
SENT: Form = dict.fromkeys(("event", "contact", "content", "variant", "next_due"), str)
LOGGED: Form = {
    **dict.fromkeys(("event", "contact", "reaction"), str),
    **dict.fromkeys(("answers", "next_due"), TEXT_OR_NONE),
}
STANDING: Form = dict.fromkeys(("event", "contact", "status"), str)
TAKEN: Form = dict.fromkeys(("event", "contact", "what"), str)
FOUND: list[Form] = [{**dict.fromkeys(("contact", "name", "company", "stage"), str), "score": int}]
TOLD: list[Form] = [
    {
        **dict.fromkeys(("event", "at", "kind", "text"), str),
        **dict.fromkeys(("reaction", "content", "variant", "sop_version", "answers"), TEXT_OR_NONE),
        "seq": int,
    }
]
FAULTS: Form = {
    "ok": bool,
    "problems": [
        {
            **dict.fromkeys(("file", "severity", "message"), str),
            **dict.fromkeys(("line", "column"), int),
            "accepted": list,
        }
    ],
}
EXAMINED: Form = {"ok": bool, "checks": [{"check": str, "ok": bool, "detail": str}]}

DOCUMENTS: dict[str, tuple[tuple[str, ...], Any]] = {
    "today": (("today",), TODAY),
    "today of one stage": (("today", "--stage", "mql"), TODAY),
    "send": (("send", "1"), SENT),
    "send of another content": (("send", "1", "--content", "kitting_checklist"), SENT),
    "log": (("log", "1", "positive"), LOGGED),
    "log by digit, with words": (("log", "1", "3", "--note", "n", "--interest", "price"), LOGGED),
    "refuse": (("refuse", "1", "--reason", "asked"), STANDING),
    "find": (("find", "Anna"), FOUND),
    "find nobody": (("find", "Zacharias"), FOUND),
    "timeline": (("timeline", "1"), TOLD),
    "sop check": (("sop", "check"), FAULTS),
    "doctor": (("doctor",), EXAMINED),
}


def assert_form(value: Any, form: Any, place: str = "") -> None:
    """The keys are there and hold what they should; further keys are allowed."""
    match form:
        case dict():
            assert isinstance(value, dict), place
            assert form.keys() <= value.keys(), place
            for key, inner in form.items():
                assert_form(value[key], inner, f"{place}.{key}")
        case [inner]:
            assert isinstance(value, list), place
            for item in value:
                assert_form(item, inner, place)
        case _:
            assert isinstance(value, form), f"{place}: {value!r}"


@pytest.mark.parametrize(("arguments", "form"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_the_document_of(shell: Shell, arguments: tuple[str, ...], form: Any) -> None:
    assert_form(shell.json(*arguments), form)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_documents_are_in_english_in_every_language(shell: Shell, lang: str) -> None:
    shell.run("refuse", "1", "--reason", "asked")
    day = shell.json("today", "--lang", lang, SIYU_SOP=str(shipped("en")))
    assert [b["reason"] for b in day["blocked"]] == ["asked not to be contacted"]
    assert date.fromisoformat(day["day"]) == date(2026, 3, 2)


def test_a_day_at_the_desk(shell: Shell) -> None:
    day = shell.json("today")
    assert [(s["stage"], s["due"]) for s in day["stages"]] == [
        ("lead", 4),
        ("mql", 2),
        ("sql", 1),
        ("customer", 0),
    ]
    first = day["due"][0]
    assert (first["name"], first["due_on"], first["content"]) == (
        ANNA,
        "2026-03-02",
        "schedule_template",
    )
    sent = shell.json("send", ANNA)
    assert sent["next_due"] == "2026-03-03"
    logged = shell.json("log", ANNA, "friendly", "--note", "likes it")
    told = shell.json("timeline", ANNA)
    assert [t["kind"] for t in told] == ["added", "touch", "reaction"]
    assert told[2]["answers"] == logged["answers"] == str(told[1]["seq"])
    assert told[2]["text"] == "likes it"
    assert told[1]["event"] == sent["event"]
    assert datetime.fromisoformat(told[1]["at"]) == datetime.fromisoformat(NOW)
    assert shell.json("undo")["what"] == "friendly"
    assert shell.json("undo")["what"] == "touch"
    assert shell.json("redo")["what"] == "touch"
    assert shell.json("today")["stages"][0] == {"stage": "lead", "due": 3, "sent": 1}
    assert shell.json("doctor")["ok"] is True


def test_the_next_working_day_makes_the_second_step_due(shell: Shell) -> None:
    assert shell.json("send", ANNA, SIYU_NOW=FRIDAY)["next_due"] == "2026-03-09"
    due = {d["name"]: d["step"] for d in shell.json("today", SIYU_NOW=NEXT_MONDAY)["due"]}
    assert (due[ANNA], due[BEN]) == ("l02", "l01")


def test_a_refusal_and_its_taking_back(shell: Shell) -> None:
    assert shell.json("refuse", ANNA, "--reason", "asked")["status"] == "do_not_contact"
    for name in ("undo", "send"):
        arguments = (name, ANNA) if name == "send" else (name,)
        assert shell.json(*arguments, code=1)["error"]
    day = shell.json("today")
    assert ANNA not in [d["name"] for d in day["due"]]
    assert [b["contact"] for b in day["blocked"]] == ["1"]
    assert shell.json("resume", ANNA, "--reason", "wrote again")["status"] == "active"
    assert ANNA in [d["name"] for d in shell.json("today")["due"]]


BLOCKED = {
    "not to be contacted": (("refuse", "1", "--reason", "asked"), NOW, "do_not_contact"),
    "rejected": (("log", "1", "4"), NOW, "paused"),
    "lost": (("log", "1", "0"), NOW, "lost"),
    "sent already": (("send", "1"), NOW, "not_due"),
    "on a Sunday": ((), "2026-03-08T10:00+08:00", "day_off"),
    "at night": ((), "2026-03-02T22:00+08:00", "hours"),
}


@pytest.mark.parametrize(("before", "now", "error"), BLOCKED.values(), ids=BLOCKED)
def test_a_blocked_send_writes_nothing(
    shell: Shell, before: tuple[str, ...], now: str, error: str
) -> None:
    if before:
        assert shell.run(*before).code == 0
    known = len(shell.json("timeline", "1"))
    told = shell.json("send", "1", code=1, SIYU_NOW=now)
    assert (told["error"], told["contact"]) == (error, "1")
    assert told["reason"]
    answer = shell.run("send", "1", SIYU_NOW=now)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.strip()
    assert len(shell.json("timeline", "1")) == known


def test_an_answer_to_somebody_who_wrote_since(shell: Shell) -> None:
    content = ("--content", "kitting_checklist", "--answer")
    assert shell.json("send", "1", *content, code=1)["error"] == "nothing_to_answer"
    shell.run("log", "1", "positive")
    sunday = "2026-03-08T10:00+08:00"
    assert shell.json("send", "1", *content, SIYU_NOW=sunday)["content"] == "kitting_checklist"
    assert shell.json("timeline", "1")[-1]["kind"] == "answer"


# Import


def test_an_import_counts_every_row_and_the_second_time_changes_nothing(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "more.csv"
    good = PEOPLE["en"] + "Hal Ince,13800000008,Bay,,,,lead,\n"
    file.write_text(good + "Bad,1.38E+10,,,,,lead,\n,,,,,,,\n", "utf-8")
    shell.run("refuse", ANNA, "--reason", "asked")
    counts = ("new", "changed", "same", "rejected", "refused_kept")
    dry = shell.json("import", str(file), "--dry-run")
    assert [dry[key] for key in counts] == [1, 0, 7, 1, 1]
    assert shell.json("find", "Hal Ince") == []
    rejects = tmp_path / "rejects.csv"
    done = shell.json("import", "--rejects", str(rejects), "--mode", "append", str(file))
    assert done == dry
    assert_form(done["problems"], [{"line": int, "reason": str}])
    assert [problem["line"] for problem in done["problems"]] == [10]
    assert "1.38E+10" in rejects.read_text("utf-8-sig")
    again = shell.json("import", str(file))
    assert [again[key] for key in counts] == [0, 0, 8, 1, 1]
    assert ANNA not in [d["name"] for d in shell.json("today")["due"]]


def test_a_first_import_makes_the_desk_for_its_owner_alone(bare: Shell, tmp_path: Path) -> None:
    assert "siyu import" in bare.run("today").err
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE["zh"], "utf-8-sig")
    assert bare.json("import", str(file), "--operator", "小王")["new"] == 7
    assert bare.database.stat().st_mode & 0o077 == 0
    assert bare.json("today")["due"] == []
    assert len(bare.json("today", SIYU_OPERATOR="小王")["due"]) == 7


# Options


def test_options_stand_before_or_after_the_command_and_beat_the_environment(
    shell: Shell, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    database = new_file(other, "zh")
    for arguments in (
        ("--database", str(database), "--json", "find", "张伟"),
        ("find", "--json", "张伟", "--database", str(database)),
        ("--json", "find", "--database", str(database), "张伟"),
        ("--database", "nowhere.db", "--json", "find", "张伟", "--database", str(database)),
    ):
        answer = shell.run(*arguments)
        assert (answer.code, [p["name"] for p in answer.document]) == (0, ["张伟"])
    assert shell.json("today", "--operator", "op2", SIYU_OPERATOR="op3")["operator"] == "op2"
    assert shell.json("today", SIYU_OPERATOR="op3")["operator"] == "op3"
    chinese = str(shipped("zh"))
    texts = [
        shell.json("today", "--sop", chinese)["due"][0]["text"],
        shell.json("today", SIYU_SOP=chinese)["due"][0]["text"],
        shell.json("today", SIYU_LANG="zh")["due"][0]["text"],
        shell.json("--lang=zh", "today")["due"][0]["text"],
    ]
    assert len({*texts, shell.json("today")["due"][0]["text"]}) == 2


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [
        (("--lang", "zh", "today"), {}),
        (("today", "--lang=zh"), {}),
        (("today",), {"SIYU_LANG": "zh"}),
        (("today",), {"LANG": "zh_CN.UTF-8"}),
    ],
    ids=["before", "after", "by SIYU_LANG", "by the locale"],
)
def test_the_language_of_the_words(
    shell: Shell, arguments: tuple[str, ...], environ: dict[str, str]
) -> None:
    assert "周一" in shell.run(*arguments, **environ).out
    assert "Mon" in shell.run("today").out


def test_words_for_people_when_nothing_else_is_asked(shell: Shell) -> None:
    assert ANNA in shell.text("today")
    assert "One-week production schedule template" in shell.text("send", ANNA)
    assert "friendly" in shell.text("log", ANNA, "1")
    assert ANNA in shell.text("timeline", ANNA)
    assert "Harbour" in shell.text("find", "anna")
    assert "friendly" in shell.text("undo")
    assert "friendly" in shell.text("redo")
    assert shell.text("find", "Zacharias").strip() == "nobody found"
    assert "today" in shell.text("--help")


def test_log_says_what_the_reaction_counts_for(shell: Shell) -> None:
    assert shell.text("log", ANNA, "1").strip() == "friendly → kept without credit"
    shell.run("send", ANNA)
    told = "“One-week production schedule template”"
    assert shell.text("log", ANNA, "2").strip() == f"positive → {told}"
    assert shell.text("log", ANNA, "4").strip() == f"rejecting → {told} · paused"
    shell.run("refuse", "2", "--reason", "asked")
    told = "friendly → kept without credit · do not contact"
    assert shell.text("log", "2", "1").strip() == told


def test_commands_say_of_whom_and_what_follows(shell: Shell) -> None:
    assert shell.text("send", ANNA).rstrip().endswith("next on 3 Mar"), shell.text("today")
    assert shell.run("send", ANNA).err.startswith(f"{ANNA}: not sent: ")
    assert shell.text("refuse", ANNA, "--reason", "x").strip() == f"{ANNA}: do not contact"
    assert shell.text("resume", ANNA, "--reason", "x").startswith(f"{ANNA}: active · next on ")
    assert "已撤销：" in shell.run("undo", SIYU_LANG="zh").out


# Two at once


def test_while_the_desk_is_open_only_reading_commands_work(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text(PEOPLE["en"], "utf-8")
    lock = take_lock(shell.database, "desk", "2026-03-02 09:00", lambda _holder: False)
    try:
        for arguments in (
            ("send", "1"),
            ("log", "1", "1"),
            ("refuse", "1", "--reason", "asked"),
            ("import", str(file)),
            ("undo",),
        ):
            answer = shell.run(*arguments)
            assert answer.code == 1, arguments
            assert f"process {os.getpid()}" in answer.err
            assert "2026-03-02 09:00" in answer.err
        for arguments in (("today",), ("find", "Anna"), ("timeline", "1"), ("doctor",)):
            assert shell.run(*arguments).code == 0, arguments
        assert [t["kind"] for t in shell.json("timeline", "1")] == ["added"]
    finally:
        lock.release()
    assert shell.run("send", "1").code == 0


def test_a_short_command_is_waited_for(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_lock, "COMMAND_WAIT", 0.05)
    lock = take_lock(shell.database, "import", "2026-03-02 09:00", lambda _holder: False)
    assert shell.run("send", "1").code == 1
    lock.release()
    assert shell.run("send", "1").code == 0


def test_undo_stops_at_the_day_and_names_whom_it_was_about(shell: Shell) -> None:
    shell.json("send", ANNA)
    tuesday = {"SIYU_NOW": "2026-03-03T10:00+08:00"}
    shell.run("log", ANNA, "friendly", **tuesday)
    told = shell.run("undo", **tuesday).out
    assert ANNA in told
    assert "friendly" in told
    answer = shell.run("undo", **tuesday)
    assert answer.code == 1
    assert "siyu undo --earlier" in answer.err
    assert "2 Mar" in shell.run("undo", "--earlier", **tuesday).out
