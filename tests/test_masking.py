"""Masking for a shared screen: no key shows who a contact is, and nothing that leaves is masked."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.nouns import Reaction
from scripts.filling import Filled, fill
from store import editing, verbs
from tests.app_kit import LARGE, MIDDLE, AtWork, chosen, new_file, play
from tests.import_kit import choose
from tui import masking
from tui.full_screens import SCREENS
from tui.keys import APP_KEYS
from tui.opening import desk
from tui.screens.contact.in_hand import InHandScreen
from tui.screens.desk_screen import DeskScreen
from tui.words import Language

SECRET, NUMBER = "鐴", "9753"
"""In every value that tells who somebody is, and nowhere else; a masked phone shows neither."""
HEADING = "客户姓名,备注名,手机号,微信号,客户id,企业,邮箱,生日,阶段,来源,添加时间,喜好\n"
PEOPLE = HEADING + "".join(
    f"张{name}{SECRET},老{SECRET}客{name},138{NUMBER}000{n},w{SECRET}{n},id{SECRET}{n},"
    f"苏{SECRET}精密{name},m{n}{SECRET}@a.cn,{SECRET}月,{stage},展会,2026-01-12,茶{SECRET}\n"
    for n, (name, stage) in enumerate(
        (("伟", "潜客"), ("芳", "潜客"), ("敏", "MQL"), ("丽", "SQL"), ("静", "潜客"))
    )
)
TWICE = f"张{SECRET}伟,,138{NUMBER}0000,,,,,,潜客,展会,2026-01-13,\n"
PHONE = f"138{NUMBER}0000"


def told_of(folder: Path, lang: Language = "zh") -> Path:
    """A desk on which every kind of thing was written down about its people."""
    path = new_file(folder, lang, PEOPLE + TWICE)
    with desk(chosen(path, lang), writes="test") as opened:
        db, shift, now = opened.db, opened.shift, opened.clock()
        for contact in (1, 2):
            verbs.send(db, shift, now, contact)
            name = f"张{'伟芳'[contact - 1]}{SECRET}"
            words = {"reply": f"我是{name}，电话{PHONE}", "note": f"{name}要资料"}
            verbs.react(db, shift, now, contact, Reaction.EXPLORING, words)
            verbs.note(db, shift, now, contact, words)
        editing.edit(db, shift, now, 1, {"remark": f"新{SECRET}"})
        verbs.refuse(db, shift, now, 4, "asked to stop")
    return path


def shown_of(work: AtWork) -> list[str]:
    """The lines that tell who somebody is."""
    return [line for line in work.lines if SECRET in line or NUMBER in line]


async def back(work: AtWork, screen: str) -> None:
    while work.app.screen.is_modal:
        await work.press("escape")
    work.app.action_show(screen)
    await work.settle()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_of_any_screen_shows_who_somebody_is(tmp_path: Path, screen: str) -> None:
    async def story(work: AtWork) -> None:
        work.opened.person = 1
        await work.press("ctrl+g")
        await back(work, screen)
        shown = work.app.screen
        assert isinstance(shown, DeskScreen)
        keys = [key.keys.split(",")[0] for key in shown.KEYS if key not in APP_KEYS]
        for key in (*keys, "f1", "ctrl+p"):
            await work.press(key)
            assert not shown_of(work), key
            await work.press("enter")
            assert not shown_of(work), f"{key}, Enter"
            if work.app.screen is not shown:
                await back(work, screen)
        assert masking.is_on()
        assert "已遮盖" in work.text

    play(told_of(tmp_path), "zh", story, MIDDLE, examined=False)


TELLING = {"company", "remark", "phone", "handle", "external_id", "email"}
TRUE_TEXT = {"cells", "reply_cells", "find", "called", "_called", "_find_for"}
"""Functions that write a file, compare what was typed, hand a name on; none of them draws."""


def unmasked(source: str) -> list[str]:
    """Where a telling attribute, or a profile's name, is used other than through the masking."""
    found: list[str] = []

    def look(node: ast.AST) -> None:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="masking"))):
                return
            case ast.FunctionDef(name=name) if name in TRUE_TEXT:
                return
            case ast.Attribute(attr=attr, value=ast.Name()) if attr in TELLING:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
            case ast.IfExp(body=body, orelse=orelse):
                look(body)
                look(orelse)
                return  # a question draws nothing
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=key), *_]):
                if key in TELLING | {"name"}:
                    found.append(f"{node.lineno}: {ast.unparse(node)}")
        for child in ast.iter_child_nodes(node):
            look(child)

    look(ast.parse(source))
    return found


def test_no_drawing_takes_a_telling_field_but_through_the_masking() -> None:
    root = Path(masking.__file__).parent / "screens"
    found = {
        str(path.relative_to(root)): places
        for path in sorted(root.rglob("*.py"))
        if (places := [p for p in unmasked(path.read_text("utf-8")) if "Field." not in p])
    }
    assert found == {}


WITH_PEOPLE = {
    "Today": ("f2",),
    "found": ("slash", "1", "3", "8"),
    "Replies": ("f3",),
    "Lists": ("f4",),
    "behind a content": ("f5", "enter"),
    "Contact": ("f2", "f6"),
    "Undo": ("f10",),
    "cleaning": ("ctrl+d", "right"),
}


@pytest.mark.parametrize("keys", WITH_PEOPLE.values(), ids=WITH_PEOPLE)
def test_what_was_drawn_before_is_masked_at_once_and_shown_again(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    """The walk above would see nothing if these screens showed nobody."""

    async def story(work: AtWork) -> None:
        await work.press("f2", *keys)
        await work.until(lambda: bool(shown_of(work)))
        if work.app.screen.is_modal:
            return
        await work.press("ctrl+g")
        assert not shown_of(work)
        await work.press("ctrl+g")
        assert shown_of(work)

    play(told_of(tmp_path), "zh", story, LARGE, examined=False)


def test_a_screen_that_is_come_back_to_was_masked_while_it_was_away(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f3", "f2", "ctrl+g")
        work.app.switch_mode("replies")
        await work.settle()
        assert not shown_of(work)

    play(told_of(tmp_path), "zh", story, LARGE, examined=False)


def test_the_file_of_an_import_is_masked_too(tmp_path: Path) -> None:
    file = tmp_path / "guests.csv"
    file.write_text(
        f"客户姓名,手机号,谜,企业\n周{SECRET},139{NUMBER}0001,谜{SECRET},常{SECRET}\n"
        f"吴{SECRET},1.39E+10,谜{SECRET},无{SECRET}\n"
    )

    async def story(work: AtWork) -> None:
        await choose(work, file)
        assert shown_of(work)
        await work.press("ctrl+g")
        assert "139****0001" in work.text
        assert not shown_of(work)
        await work.press("enter")
        assert work.value("SELECT COUNT(*) FROM contact") == 7
        assert not shown_of(work)

    play(told_of(tmp_path), "zh", story, LARGE, examined=False)


def test_a_copy_is_the_true_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(work: AtWork) -> None:
        copied: list[str] = []
        monkeypatch.setattr(work.app, "copy_to_clipboard", copied.append)
        await work.press("ctrl+g")
        while not ((offer := work.today.hand.offer) and offer.text.spans):
            await work.press("tab")
        await work.press("enter")
        assert copied == [offer.text.text]
        assert "*" not in copied[0]

    play(told_of(tmp_path), "zh", story, LARGE, examined=False)


ASKED = {
    "why not": ("9",),
    "postponed to": ("space",),
    "a note": ("7",),
    "anyone": ("slash", "1", "3", "8"),
    "why here": ("equals_sign",),
    "a field": ("f6", "enter"),
    "a stage": ("f6", *("down",) * 2, "enter"),
    "a purchase": ("f6", "8", "1"),
    "a link": ("f6", "5"),
    "several replies": ("f3", "PASTE"),
    "who refused in a paste": ("f3", "PASTE", "9"),
}


@pytest.mark.parametrize("keys", ASKED.values(), ids=ASKED)
def test_windows_are_masked_while_they_stand(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async def story(work: AtWork) -> None:
        for key in keys:
            if key == "PASTE":
                name = work.value("SELECT name FROM contact WHERE id = 1")
                await work.paste(f"{name}: 别发了，电话{PHONE}\n李某: 好的\n")
                work.ticks.now += 2.0
            else:
                await work.press(key)
        await work.until(lambda: work.app.screen.is_modal)
        told = set(shown_of(work))
        assert told
        await work.press("ctrl+g")
        assert work.app.screen.is_modal
        assert not shown_of(work)
        await work.press("ctrl+g")
        assert set(shown_of(work)) == told

    play(told_of(tmp_path), "zh", story, LARGE, examined=False)


def test_a_text_that_arrived_is_masked_in_the_line_about_it(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        for key in ("f2", "f3", "f4", "f6"):
            await work.press(key)
            screen = work.app.screen
            assert isinstance(screen, InHandScreen)
            await work.paste(f"我是{screen.hand.called}，{PHONE}")
            assert screen.hand.called in work.text
            await work.press("ctrl+g")
            assert not shown_of(work)
            await work.press("ctrl+g", "escape")

    play(told_of(tmp_path), "zh", story, LARGE, examined=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_command_of_the_palette_writes_a_picture_of_the_screen(
    tmp_path: Path, lang: Language
) -> None:
    """Textual's own would put every name that is shown into a file."""

    async def story(work: AtWork) -> None:
        told = [*work.app.get_system_commands(work.app.screen)]
        assert len(told) > 5
        for command in told:
            words = f"{command.title} {command.help} {command.callback}".casefold()
            assert "screenshot" not in words
        assert not {"ctrl+s", "ctrl+shift+s"} & {
            key
            for key, active in work.app.screen.active_bindings.items()
            if "screenshot" in active.binding.action
        }

    play(new_file(tmp_path, lang), lang, story)


def test_a_masked_field_is_not_opened(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("f6", "ctrl+g", "enter")
        assert not work.app.screen.is_modal
        assert "Ctrl+G" in work.text
        await work.press("ctrl+g", "enter")
        assert work.app.screen.is_modal

    play(told_of(tmp_path), "zh", story, LARGE, examined=False)


MASKED = {
    "name": ("name", "张伟国", "张**"),
    "name of one letter": ("name", "张", "**"),
    "no name": ("name", "", ""),
    "name of two words": ("name", "Anna Bell", "A**"),
    "phone": ("phone", "13800000001", "138****0001"),
    "phone with blanks": ("phone", "+86 138 0000 0001", "861****0001"),
    "short phone": ("phone", "8765432", "****32"),
    "extension": ("phone", "8012", "8**"),
    "company": ("company", "苏州新禾精密", "苏**"),
    "email": ("email", "anna@example.com", "a**"),
    "birthday": ("birthday", "1990-05-01", "**"),
    "title": ("title", "采购经理", "采购经理"),
    "tags": ("tags", "展会,老客户", "展会,老客户"),
    "words of an import's own": ("extra", '{"a": "b"}', "{**"),
}


@pytest.fixture
def masked() -> object:
    masking.turn(on=True)
    yield
    masking.turn(on=False)


@pytest.mark.usefixtures("masked")
@pytest.mark.parametrize(("field", "text", "wanted"), MASKED.values(), ids=MASKED)
def test_a_field_is_masked_by_what_it_is(field: str, text: str, wanted: str) -> None:
    assert masking.field(field, text) == wanted


@pytest.mark.usefixtures("masked")
def test_words_lose_what_tells_who_they_are_about() -> None:
    profile = {"name": "张伟", "company": "苏州新禾", "phone": "138 0000 0001", "tags": "资料"}
    text = "张伟（苏州新禾）要资料，13800000001 或 a.b@example.cn，2026-01-12 前 12 份"
    assert (
        masking.words(text, profile)
        == "张**（苏**）要资料，138****0001 或 a**，2026-01-12 前 12 份"
    )


@pytest.mark.usefixtures("masked")
def test_a_filled_script_keeps_the_places_of_what_was_filled() -> None:
    values = {"name": "张", "company": "苏州新禾", "keyword": "周一表"}
    script = fill("{name}经理，{company}的排产，回“{keyword}”", values)
    assert isinstance(script, Filled)
    text, spans = masking.filled(script)
    assert text == "**经理，苏**的排产，回“周一表”"
    assert [text[start:end] for start, end in spans] == ["**", "苏**", "周一表"]


@given(st.text(max_size=30), st.sampled_from(["name", "phone", "company", "remark", "email"]))
def test_nothing_is_changed_while_masking_is_off(text: str, field: str) -> None:
    assert masking.field(field, text) == text
    assert masking.words(text, {field: text}) == text


@given(st.text(min_size=2, max_size=30), st.sampled_from(["name", "company", "remark", "email"]))
def test_no_field_stays_readable(text: str, field: str) -> None:
    masking.turn(on=True)
    try:
        shown = masking.field(field, text)
        assert not text.strip() or len(shown) <= 3
    finally:
        masking.turn(on=False)
