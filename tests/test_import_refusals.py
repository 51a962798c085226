"""Whom a file says not to contact comes in so, by every way in, and is never written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from rules.nouns import Kind, Status
from rules.wording import DeskError
from store import undoing, verbs
from store.exchange.contacts import ContactRow, Field, open_contacts
from store.exchange.mappings import fields_of
from store.exchange.refusals import refusing_tag, says_refused
from store.importing import Mode
from tests.app_kit import MIDDLE, SMALL, AtWork, new_file, play, squeeze
from tests.desk_kit import Desk, blocked, moment, new_desk, row
from tests.import_kit import at, choose
from tests.shell_kit import Shell
from tui.import_words import refused_words
from tui.screens.importing.preview import PreviewScreen
from tui.screens.importing.result import ResultScreen
from tui.words import Language, _

PHONE = "13900001111"
HEADINGS = (
    *("勿扰", "退订", "拉黑", "黑名单", "是否勿扰", "勿擾", "退訂", "黑名單", "請勿聯繫"),
    *("do not contact", "Do-Not-Contact?", "unsubscribed", "opt out", "Opted Out", "DNC"),
    *("Email Opt Out", "Has Opted Out of Email", "blacklist", "* 勿扰（必填）"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "zh"))


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_heading_is_known(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"姓名,{heading}\n卓晓棠,是\n钱多宝,\n孙立,否\n", encoding="utf-8")
    rows = [found for found in open_contacts(path).rows() if isinstance(found, ContactRow)]
    assert [(r.name, r.refused, dict(r.extra)) for r in rows] == [
        ("卓晓棠", True, {}),
        ("钱多宝", False, {}),
        ("孙立", False, {}),
    ]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        *((yes, True) for yes in ("是", "yes", "Y", "TRUE", "1", "１", "1.0", "√", "✔️", "对。")),
        *((yes, True) for yes in ("勿扰", "已退訂", "2025-12-01", "Unsubscribed", "黑名单")),
        *((no, False) for no in ("否", "no", "N", "false", "0", "×", "无", "-", "未退订", "正常")),
        *((unclear, None) for unclear in ("?", "x", "问过", "公司", "2", "只发节日")),
    ],
)
def test_a_cell_says_yes_no_or_neither(cell: str, says: bool | None) -> None:
    assert says_refused(cell) is says


@pytest.mark.parametrize(
    ("tags", "tag"),
    [
        (("制造业", "勿扰"), "勿扰"),
        (("Do Not Contact",), "Do Not Contact"),
        (("黑名單",), "黑名單"),
        (("已取消勿扰", "退订过又回来", "展会"), ""),
        ((), ""),
    ],
)
def test_a_tag_that_says_just_that(tags: tuple[str, ...], tag: str) -> None:
    assert refusing_tag(tags) == tag


# Every kind of file, by the command


def csv_file(folder: Path) -> Path:
    path = folder / "people.csv"
    path.write_bytes(
        f"姓名,手机号,退订\n卓晓棠,{PHONE},是\n钱多宝,13900002222,否\n".encode("gb18030")
    )
    return path


def workbook(folder: Path) -> Path:
    path = folder / "people.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ("name", "phone", "do not contact"),
        ("卓晓棠", PHONE, True),
        ("钱多宝", "139", False),
    ):
        sheet.append(cells)
    book.save(path)
    return path


def cards(folder: Path) -> Path:
    path = folder / "people.vcf"
    one = f"BEGIN:VCARD\nVERSION:3.0\nFN:卓晓棠\nTEL:{PHONE}\nCATEGORIES:客户,勿扰\nEND:VCARD\n"
    other = "BEGIN:VCARD\nVERSION:3.0\nFN:钱多宝\nTEL:13900002222\nCATEGORIES:客户\nEND:VCARD\n"
    path.write_text(one + other, encoding="utf-8")
    return path


def mapped(folder: Path) -> Path:
    path = folder / "people.csv"
    path.write_text(
        f"姓名,手机号,Sperre\n卓晓棠,{PHONE},ja\n钱多宝,139,\n".replace("ja", "yes"), "utf-8"
    )
    (folder / "mapping.json").write_text('{"Sperre": "do_not_contact"}', "utf-8")
    return path


FILES: dict[str, Callable[[Path], Path]] = {
    "CSV": csv_file,
    "XLSX": workbook,
    "vCard": cards,
    "a mapping": mapped,
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
@pytest.mark.parametrize("mode", [mode.value for mode in Mode])
def test_by_every_kind_of_file(
    tmp_path: Path, shell: Shell, make: Callable[[Path], Path], mode: str
) -> None:
    path = make(tmp_path)
    mapping = tmp_path / "mapping.json"
    options = ["--mode", mode, *(["--mapping", str(mapping)] if mapping.exists() else [])]
    told = shell.json("import", str(path), "--dry-run", *options)
    assert (told["new"], told["refused"]) == (2, 1)
    assert shell.run("find", "卓晓棠").out == "" or "卓晓棠" not in shell.run("find", "卓晓棠").out

    said = shell.run("import", str(path), *options, SIYU_LANG="zh")
    assert said.code == 0
    assert "1 人从此不可联系" in said.out, said.out
    answer = shell.json("send", "卓晓棠", code=1)
    assert answer["error"] == "do_not_contact"
    answer = shell.json("send", "卓晓棠", "--answer", code=1)
    assert answer["error"] == "do_not_contact"
    assert f"来自 {path.name}" in shell.run("timeline", "卓晓棠").out
    assert shell.json("send", "钱多宝")["event"]
    assert shell.json("doctor")["ok"]


# Somebody known, and rows that contradict each other


@pytest.mark.parametrize("mode", Mode)
def test_somebody_known_is_refused_in_every_mode(desk: Desk, mode: Mode) -> None:
    contact = desk.add("卓晓棠", phone=PHONE)
    file = [row("卓晓棠", 2, phone=PHONE, refused=True)]
    done = desk.take(file, mode=mode)
    assert (done.new, done.changed, done.same, done.refused, done.refused_kept) == (0, 1, 0, 1, 0)
    assert desk.state(contact).status is Status.DO_NOT_CONTACT
    assert blocked(verbs.send(desk.db, desk.shift, moment(), contact, "hello"))
    again = desk.take(file, mode=mode)
    assert (again.event, again.same, again.refused, again.refused_kept) == (None, 1, 0, 1)
    assert desk.faults() == []


def test_a_dry_run_refuses_nobody(desk: Desk) -> None:
    contact = desk.add("卓晓棠", phone=PHONE)
    before = desk.events()
    done = desk.take(
        [row("卓晓棠", 2, phone=PHONE, refused=True), row("新", 3, refused=True)], dry_run=True
    )
    assert (done.refused, done.new, done.changed) == (2, 1, 1)
    assert desk.events() == before
    assert desk.state(contact).status is Status.ACTIVE


def test_no_file_takes_a_refusal_back(desk: Desk) -> None:
    contact = desk.add("卓晓棠", phone=PHONE)
    verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")
    for mode in Mode:
        done = desk.take([row("卓晓棠", 2, phone=PHONE, company="新禾")], mode=mode)
        assert done.refused_kept == 1
    assert desk.state(contact).status is Status.DO_NOT_CONTACT


def test_a_row_rejected_for_other_data_still_refuses(desk: Desk) -> None:
    file = [
        row("卓晓棠", 2, external_id="wmAAAA01"),
        row("卓晓棠", 3, external_id="wmAAAA01", company="别处", refused=True),
    ]
    done = desk.take(file)
    assert (done.new, len(done.rejected), done.refused) == (1, 1, 1)
    assert desk.state(1).status is Status.DO_NOT_CONTACT
    assert desk.faults() == []


def test_a_row_that_fits_several_says_that_it_refuses(desk: Desk) -> None:
    for line, external in ((2, "wmAAAA01"), (3, "wmAAAA02")):
        desk.take([row("卓晓棠", line, external_id=external)])
    for told in ({"phone": PHONE}, {}):
        done = desk.take([row("卓晓棠", 2, refused=True, **told)])
        assert len(done.rejected) == 1, done
        assert "do not contact" in str(done.rejected[0].reason)


def test_the_same_phone_later_in_the_file_is_refused_too(desk: Desk) -> None:
    done = desk.take([row("卓晓棠", 2, phone=PHONE, refused=True), row("敏敏", 3, phone=PHONE)])
    assert (done.new, done.refused, done.refused_kept) == (2, 1, 1)
    assert desk.state(2).status is Status.DO_NOT_CONTACT


def test_taking_the_import_back_never_lifts_it(desk: Desk) -> None:
    contact = desk.add("卓晓棠", phone=PHONE)
    done = desk.take([row("卓晓棠", 2, phone=PHONE, company="新禾", refused=True)])
    assert done.event is not None
    steps = [step.event.kind for step in undoing.steps(desk.db, "op1")]
    assert Kind.REFUSED not in steps, "it belongs to the import, and is no step of its own"
    undoing.undo(desk.db, desk.shift, moment())
    assert desk.state(contact).status is Status.DO_NOT_CONTACT
    assert desk.faults() == []


def test_somebody_new_who_refused_is_not_lost_by_an_undo(desk: Desk) -> None:
    desk.take([row("卓晓棠", 2, phone=PHONE, refused=True)])
    with pytest.raises(DeskError):
        undoing.undo(desk.db, desk.shift, moment())
    assert desk.state(1).status is Status.DO_NOT_CONTACT


def test_a_value_that_says_neither_is_noted_with_its_line(tmp_path: Path, shell: Shell) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"姓名,手机号,勿扰\n卓晓棠,{PHONE},问过\n", encoding="utf-8")
    told = shell.json("import", str(path))
    assert [note["line"] for note in told["notes"]] == [2]
    assert "问过" in told["notes"][0]["reason"]
    assert told["refused"] == 0


def test_a_meaning_decided_before_never_hides_refusals(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("姓名,勿扰,城市\n卓晓棠,是,苏州\n", encoding="utf-8")
    file = open_contacts(path)
    assert fields_of(file, {"姓名": "name", "勿扰": "", "城市": ""})[1] is Field.DO_NOT_CONTACT
    assert fields_of(file, {"勿扰": "ignored"})[1] is Field.IGNORED


@pytest.mark.parametrize(("lang", "size"), [("zh", SMALL), ("en", MIDDLE)])
def test_the_screen_tells_before_and_after(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    path = csv_file(tmp_path)

    async def story(work: AtWork) -> None:
        await choose(work, path)
        assert at(work, PreviewScreen)
        assert squeeze(_("do not contact")) in work.squeezed
        assert squeeze(refused_words(1)) in work.squeezed
        await work.press("enter")
        assert at(work, ResultScreen)
        assert squeeze(refused_words(1)) in work.squeezed
        sql = "SELECT status FROM contact_state JOIN contact ON id = contact WHERE name = ?"
        assert work.value(sql, "卓晓棠") == Status.DO_NOT_CONTACT
        assert work.value(sql, "钱多宝") == Status.ACTIVE

    play(new_file(tmp_path, lang), lang, story, size)
