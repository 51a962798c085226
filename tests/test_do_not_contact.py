"""Do not contact, on every path that leads to a send: the log gets no message, whatever is tried.

Each path is tried with the contact who refused and with another contact of the
same phone. A new path is a row in `PATHS`, `KEYS` or `COMMANDS`; whoever calls
the store's `send` anew, or writes a message in another way, fails the test that
reads the code until the path stands here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.nouns import Kind, Reaction, Status
from rules.wording import DeskError
from store import lists, replanning, smoothing, undoing, verbs
from store.connection import connect
from store.importing import Mode
from store.list_pass import judge_all
from store.offering import offer
from store.walking import look_at_sequences
from tests.app_kit import AtWork, chosen, new_file, play
from tests.desk_kit import MONDAY, SOP, Desk, moment, new_desk, row, shift
from tests.shell_kit import Shell
from tests.walk_kit import BACK, FAIR, FAIR_DAY, QUIET, look, sop, work_by
from tui.opening import desk as opened

ROOT = Path(__file__).parents[1]
PHONE = "13800138000"
TODAY = MONDAY + 9
"""When the refusal is said: both had a message, reacted to it, and the invitation is due."""
LATER = (TODAY, TODAY + 1, FAIR_DAY - 1, FAIR_DAY + 2, MONDAY + 60)
MESSAGES = (Kind.TOUCH.value, Kind.ANSWER.value)

REFUSED, ALIAS = 1, 2
"""Who refused, and the other contact of the same phone."""
WHOM = {"who refused": REFUSED, "the same phone": ALIAS}

Way = Callable[[Desk, int], None]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two contacts of one phone, both in several sequences, both written to and heard."""
    made = new_desk(tmp_path)
    made.take([row("张伟", external_id="wm-aaaaaaaa", phone=PHONE)])
    made.take([row("小张", external_id="wm-bbbbbbbb", phone=f"+86 {PHONE}")])
    work_by(made, FAIR, QUIET, BACK)
    assert made.one("SELECT COUNT(*) FROM contact_state") == 2
    for contact in WHOM.values():
        verbs.send(made.db, made.shift, moment(MONDAY + 1), contact)
        verbs.react(made.db, made.shift, moment(MONDAY + 1), contact, Reaction.POSITIVE)
    for day in (MONDAY, TODAY):
        look(made, day)
    with closing(made.db):
        yield made
        assert made.faults() == []


def refuse(desk: Desk) -> None:
    verbs.refuse(desk.db, desk.shift, moment(TODAY), REFUSED, "别再发了")


def messages(desk: Desk) -> int:
    """Scheduled messages and answers in the log, whoever got them."""
    return int(desk.one("SELECT COUNT(*) FROM event WHERE kind IN (?, ?)", *MESSAGES))


def try_everything(desk: Desk, contact: int) -> None:
    """The planned step, every content and an answer, on several days."""
    for day in LATER:
        for content in (None, *desk.shift.sop.contents):
            for answer in (False, True):
                for hour in (10, 15):
                    now = moment(day, hour)
                    verbs.send(desk.db, desk.shift, now, contact, content, answer=answer)


def nothing(_desk: Desk, _contact: int) -> None:
    """Straight to the send."""


def suggested_before(desk: Desk, contact: int) -> None:
    """What was shown before the refusal is confirmed after it."""
    now = moment(TODAY)
    offered = offer(desk.db, desk.shift, now, contact)
    known = {offered.content.id: offered.suggestion} if offered.content else {}
    kept = {name: found for name, found in known.items() if found}
    verbs.send(desk.db, desk.shift, now, contact, *known, suggested=kept)


def sequences(desk: Desk, _contact: int) -> None:
    """The event's next step, low interaction and recall, as the days go by."""
    for day in LATER:
        look_at_sequences(desk.db, desk.shift, moment(day))


def another_event(desk: Desk, _contact: int) -> None:
    work_by(desk, FAIR, QUIET, BACK, replace(FAIR, id="sale", on=FAIR_DAY + 30, priority=9))
    look(desk, TODAY)


def imported(mode: Mode, **fields: Any) -> Way:
    def way(desk: Desk, contact: int) -> None:
        name = "张伟" if contact == REFUSED else "小张"
        external = "wm-aaaaaaaa" if contact == REFUSED else "wm-bbbbbbbb"
        known: dict[str, Any] = {"external_id": external, "phone": PHONE, "company": "新公司"}
        desk.take([row(name, **{**known, **fields})], moment(TODAY), mode)
        look(desk, TODAY)

    return way


def undone(desk: Desk, _contact: int) -> None:
    """Everything that can be taken back, by both ways."""
    for past in (False, True):
        for _ in range(12):
            with suppress(DeskError):
                undoing.undo(desk.db, desk.shift, moment(TODAY), past_refusals=past)
    every_step(desk)


def every_step(desk: Desk) -> None:
    for step in list(undoing.steps(desk.db, "op1")):
        with suppress(DeskError):
            undoing.toggle(desk.db, desk.shift, moment(TODAY), step.event.seq)


def redone(desk: Desk, contact: int) -> None:
    """Steps taken back before, among them messages, and done again."""
    undone(desk, contact)
    for _ in range(12):
        with suppress(DeskError):
            undoing.redo(desk.db, desk.shift, moment(TODAY))
    every_step(desk)


def replanned(desk: Desk, _contact: int) -> None:
    replanning.begin(desk.db, desk.shift.sop)
    leads = replace(SOP.sequences[0], steps=SOP.sequences[0].steps[2:])
    base = replace(SOP, sequences=(leads, *SOP.sequences[1:]))
    desk.shift = shift(sop=sop((FAIR, QUIET, BACK), base))
    replanning.replan(desk.db, desk.shift, moment(TODAY))


def spread(desk: Desk, _contact: int) -> None:
    desk.take([row(f"客户{n}", external_id=f"wm-cccccc{n}") for n in range(3)])
    work_by(desk, FAIR, QUIET, BACK, daily_cap=1)
    smoothing.spread_backlog(desk.db, desk.shift, moment(TODAY))


def reacted(desk: Desk, contact: int) -> None:
    """A contact who refused writes, and writes again: that is no consent."""
    for reaction in Reaction:
        verbs.react(desk.db, desk.shift, moment(TODAY), contact, reaction)
        try_everything(desk, contact)


def listed(desk: Desk, contact: int) -> None:
    """A keyword, the next stage, and the lists judged anew."""
    verbs.keyword(desk.db, desk.shift, moment(TODAY), contact, "模板")
    lists.accept_stage(desk.db, desk.shift, moment(TODAY), contact)
    judge_all(desk.db, desk.shift.sop, TODAY)


def postponed(desk: Desk, contact: int) -> None:
    with suppress(DeskError):
        verbs.snooze(desk.db, desk.shift, moment(TODAY), contact, TODAY + 1)


def resumed_before(desk: Desk, _contact: int) -> None:
    """A resume that was undone and done again after a later refusal."""
    verbs.resume(desk.db, desk.shift, moment(TODAY), REFUSED, "又同意了")
    undoing.undo(desk.db, desk.shift, moment(TODAY))
    refuse(desk)
    with suppress(DeskError):
        undoing.redo(desk.db, desk.shift, moment(TODAY))


PATHS: dict[str, Way] = {
    "send": nothing,
    "a script copied before the refusal": suggested_before,
    "event, low interaction and recall": sequences,
    "an event that comes later": another_event,
    "import, append": imported(Mode.APPEND),
    "import, update": imported(Mode.UPDATE),
    "import, with another stage": imported(Mode.UPDATE, stage="customer"),
    "import, under another id": imported(Mode.UPDATE, external_id="wm-dddddddd", handle="zw2"),
    "undo": undone,
    "redo": redone,
    "replan": replanned,
    "spread": spread,
    "reactions": reacted,
    "lists, keyword and next stage": listed,
    "postponement": postponed,
    "a resume redone": resumed_before,
}
"""What may stand between the refusal and a send."""


@pytest.mark.parametrize("contact", WHOM.values(), ids=WHOM)
@pytest.mark.parametrize("way", PATHS.values(), ids=PATHS)
def test_no_path_of_the_store_leads_to_a_message(desk: Desk, way: Way, contact: int) -> None:
    refuse(desk)
    before = messages(desk)
    way(desk, contact)
    for (whom,) in desk.db.execute("SELECT id FROM contact WHERE phone_key <> ''").fetchall():
        try_everything(desk, whom)
    assert messages(desk) == before
    assert desk.state(REFUSED).status is Status.DO_NOT_CONTACT


def test_the_same_attempts_get_through_without_a_refusal(desk: Desk) -> None:
    """The table above can fail."""
    before = messages(desk)
    try_everything(desk, ALIAS)
    assert messages(desk) > before + 3


# The keys of the app

IDS = {"张伟": "wm-aaaaaaaa", "小张": "wm-bbbbbbbb"}
PEOPLE = "客户姓名,手机号,外部联系人ID,企业,阶段\n" + "".join(
    f"{name},{PHONE},{told},新禾,潜客\n" for name, told in IDS.items()
)
KEYS: dict[str, tuple[str, ...]] = {
    "Today": ("enter", "enter", "enter", "enter"),
    "copy again": ("5", "enter", "enter"),
    "next script": ("tab", "enter", "enter"),
    "send something else": ("8", "enter", "enter", "enter"),
    "Replies": ("f3", "enter", "enter", "8", "enter", "enter", "enter"),
    "Lists": ("f4", "enter", "enter", "enter", "8", "enter", "enter", "enter"),
    "find": ("slash", "initials", "enter", "enter", "enter", "8", "enter", "enter", "enter"),
    "an answer": ("2", "8", "enter", "enter", "enter"),
    "undo": ("backspace", "backspace", "backspace", "enter", "enter"),
    "redo": ("backspace", "f9", "f9", "enter", "enter"),
    "the Undo screen": ("f10", "enter", "down", "enter", "f2", "enter", "enter"),
    "postpone": ("space", "enter", "enter", "enter"),
}


SENDING = [name for name in KEYS if name not in ("undo", "redo", "the Undo screen", "postpone")]
"""Those that send somebody something when nobody refused."""
THURSDAY = "2026-02-26T09:40+08:00"
"""When both get their first message and react to it."""


def worked_with(folder: Path) -> Path:
    """A desk file with the two contacts of one phone, to both of whom a message went."""
    path = new_file(folder, "zh", PEOPLE, THURSDAY)
    with opened(chosen(path, "zh", THURSDAY), writes="desk") as at:
        for contact in WHOM.values():
            verbs.send(at.db, at.shift, at.clock(), contact)
            verbs.react(at.db, at.shift, at.clock(), contact, Reaction.POSITIVE)
    return path


async def press_all(work: AtWork, keys: tuple[str, ...], whom: str) -> None:
    """The keys of a path, `initials` being those of the contact that is looked for."""
    for key in keys:
        await work.press(*({"张伟": "zw", "小张": "xz"}[whom] if key == "initials" else (key,)))


def written(work: AtWork) -> int:
    sql = "SELECT COUNT(*) FROM event WHERE kind IN (?, ?)"
    return int(work.value(sql, *MESSAGES)) - len(WHOM)


@pytest.mark.parametrize("whom", ["张伟", "小张"])
@pytest.mark.parametrize("keys", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("copied", [False, True], ids=["", "copied before"])
def test_no_key_leads_to_a_message(
    tmp_path: Path, keys: tuple[str, ...], whom: str, copied: bool
) -> None:
    async def story(work: AtWork) -> None:
        db, at_work, now = work.opened.db, work.opened.shift, work.opened.clock()
        if whom != work.name:
            await work.press("down")
        assert work.name == whom
        if copied:
            await work.press("enter")
        verbs.refuse(db, at_work, now, work.contact("张伟"), "别再发了")
        if not copied:
            work.app.begin_day(reread=True)
        await press_all(work, keys, whom)
        assert written(work) == 0

    play(worked_with(tmp_path), "zh", story)


@pytest.mark.parametrize("keys", [KEYS[name] for name in SENDING], ids=SENDING)
def test_the_same_keys_send_without_a_refusal(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async def story(work: AtWork) -> None:
        await press_all(work, keys, work.name)
        assert written(work) > 0

    play(worked_with(tmp_path), "zh", story)


COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "send": (("send", "WHO"),),
    "send a content": (("send", "WHO", "--content", "three_signals"),),
    "send an answer": (("log", "WHO", "positive"), ("send", "WHO", "--answer")),
    "undo": (("undo",), ("undo",), ("send", "WHO")),
    "redo": (("undo",), ("redo",), ("send", "WHO")),
    "import": (("import", "FILE"), ("import", "FILE", "--mode", "append"), ("send", "WHO")),
}


@pytest.mark.parametrize("whom", ["张伟", "小张"])
@pytest.mark.parametrize("commands", COMMANDS.values(), ids=COMMANDS)
def test_no_command_leads_to_a_message(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    commands: tuple[tuple[str, ...], ...],
    whom: str,
) -> None:
    path, file = new_file(tmp_path, "zh", PEOPLE), tmp_path / "again.csv"
    file.write_text(PEOPLE.replace("新禾", "云链"), "utf-8")
    shell = Shell(monkeypatch, path)
    assert shell.run("refuse", "张伟", "--reason", "别再发了").code == 0
    for command in commands:
        words = {"WHO": whom, "FILE": str(file)}
        answer = shell.run(*(words.get(word, word) for word in command))
        assert command[0] != "send" or answer.code == 1, answer.out
    due = shell.json("today")["due"]
    assert [row["name"] for row in due] == []
    with closing(connect(path, read_only=True)) as db:
        kinds = [kind for (kind,) in db.execute("SELECT kind FROM event")]
    assert not set(kinds) & set(MESSAGES)


# What the code says

SENDERS = {
    ("tui/screens/hand.py", "send"): "KEYS",
    ("tui/commands/contact.py", "send_command"): "COMMANDS",
    ("tui/demo/history.py", "touch"): "invented people",
    ("tui/demo/history.py", "send_chosen"): "invented people",
    ("tui/demo/history.py", "answer"): "invented people",
}
"""Who calls the store's `send`, and which table tries it."""
HANDS = {("tui/screens/contact/sending.py", "_confirm")}
"""Who confirms what is in hand: every screen with a contact on it inherits this one."""
WRITERS = {("store/verbs.py", "_message")}
"""Where an event that says "a message was sent" is made."""


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for room in ("rules", "scripts", "sop_content", "store", "tui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield path.relative_to(ROOT).as_posix(), node


def calling(owner: str) -> set[tuple[str, str]]:
    """Functions that call `send` of something with this name."""
    found = set()
    for path, function in functions():
        for node in ast.walk(function):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="send")):
                    named = name
                case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=name), attr="send")):
                    named = name
                case ast.ImportFrom(module="store.verbs", names=names):
                    assert "send" not in {n.name for n in names}, f"{path}: say verbs.send"
                    continue
                case _:
                    continue
            if named == owner:
                found.add((path, function.name))
    return found


def test_every_caller_of_send_is_in_a_table() -> None:
    assert calling("verbs") == set(SENDERS)
    assert calling("hand") == HANDS


def test_a_message_is_written_in_one_place_only() -> None:
    made = set()
    for path, function in functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                told = [*node.args, *(word.value for word in node.keywords)]
                names = {n.attr for a in told for n in ast.walk(a) if isinstance(n, ast.Attribute)}
                calls = node.func.id if isinstance(node.func, ast.Name) else ""
                if calls in ("draft", "Event", "replace") and names & {"TOUCH", "ANSWER"}:
                    made.add((path, function.name))
    assert made == WRITERS
