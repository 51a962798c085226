"""The language of the screen, and the catalogues behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from docs.tools import catalogues
from rules.wording import N_, Sentence, sentence
from tui import words

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Each test begins and ends in English, whatever another one set."""
    words.set_language("en")
    yield
    words.set_language("en")


@pytest.fixture
def catalogued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one module whose Chinese catalogue is complete and compiled."""
    code = tmp_path / "tui" / "screen.py"
    code.parent.mkdir()
    code.write_text(
        '_("Good morning")\n'
        'N_("{name} is paused")\n'
        'ngettext("{n} person", "{n} people", 3)\n'
        '_("told by {who}", who=_("nobody"))\n',
        "utf-8",
    )
    catalogues.update(tmp_path)
    fill(
        tmp_path,
        {
            "Good morning": "早上好",
            "{name} is paused": "{name} 已暂停",
            "{n} person": "{n} 人",
            "told by {who}": "由 {who} 告知",
            "nobody": "无人",
        },
    )
    monkeypatch.setattr(words, "LOCALE", tmp_path / "tui" / "locale")
    return tmp_path


def fill(root: Path, translations: Mapping[str, str]) -> None:
    """Writes translations into the Chinese catalogue as a translator would, then updates."""
    path = catalogues.catalogue_path(root, "zh")
    lines = path.read_text("utf-8").split("\n")
    message = ""
    for number, line in enumerate(lines):
        if line.startswith('msgid "'):
            message = line.removeprefix('msgid "').removesuffix('"')
        form = line.partition(" ")[0]
        if form in ("msgstr", "msgstr[0]") and message in translations:
            lines[number] = f'{form} "{translations[message]}"'
    path.write_text("\n".join(lines), "utf-8")
    catalogues.update(root)


@pytest.mark.parametrize(
    ("explicit", "environ", "language"),
    [
        pytest.param(None, {}, "en", id="nothing said"),
        pytest.param("zh", {"LANG": "en_US.UTF-8"}, "zh", id="the option wins"),
        pytest.param("en", {"SIYU_LANG": "zh"}, "en", id="the option wins over siyu's variable"),
        pytest.param(
            None, {"SIYU_LANG": "en", "LC_ALL": "zh_CN"}, "en", id="siyu's variable first"
        ),
        pytest.param(None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"}, "zh", id="LC_ALL over LANG"),
        pytest.param(None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en", id="LC_ALL C is English"),
        pytest.param(None, {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh", id="empty counts as unset"),
        pytest.param(
            None, {"LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en", id="messages over LANG"
        ),
        pytest.param(None, {"LANG": "zh_TW.UTF-8"}, "zh", id="Taiwan"),
        pytest.param(None, {"LANG": "zh_HK"}, "zh", id="Hong Kong"),
        pytest.param("zh-Hant", {}, "zh", id="a tag with a script"),
        pytest.param(None, {"LANG": "ZH_CN.UTF-8"}, "zh", id="capitals"),
        pytest.param(None, {"LANG": "ja_JP.UTF-8"}, "en", id="another language"),
        pytest.param(None, {"LANG": "C.UTF-8"}, "en", id="no language"),
    ],
)
def test_choose_language_takes_the_first_that_speaks(
    explicit: str | None, environ: Mapping[str, str], language: str
) -> None:
    assert words.choose_language(explicit, environ) == language


def test_english_needs_no_catalogue(catalogued: Path) -> None:
    assert words.language() == "en"
    assert words._("Good morning") == "Good morning"
    assert words._("{name} is paused", name="Li") == "Li is paused"
    assert [words.ngettext("{n} person", "{n} people", n) for n in (1, 2)] == [
        "1 person",
        "2 people",
    ]


def test_chinese_comes_from_the_compiled_catalogue(catalogued: Path) -> None:
    words.set_language("zh")
    assert words.language() == "zh"
    assert words._("Good morning") == "早上好"
    assert words._("{name} is paused", name="李芳") == "李芳 已暂停"
    assert words.ngettext("{n} person", "{n} people", 1) == "1 人"


def test_a_message_without_translation_is_said_in_english(catalogued: Path) -> None:
    words.set_language("zh")
    assert words._("Never heard, {name}", name="Li") == "Never heard, Li"
    assert words._("") == ""


def test_say_puts_sentences_within_a_sentence_into_the_same_language(catalogued: Path) -> None:
    told = sentence(N_("told by {who}"), who=Sentence("{name} is paused", {"name": "李芳"}))
    assert words.say(told) == str(told) == "told by 李芳 is paused"
    words.set_language("zh")
    assert words.say(told) == "由 李芳 已暂停 告知"


def test_a_value_with_braces_is_shown_as_it_is(catalogued: Path) -> None:
    words.set_language("zh")
    assert words._("{name} is paused", name="{n} {0} {{") == "{n} {0} {{ 已暂停"


def test_a_blank_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        words._("{name} is paused")


def test_the_projects_catalogues_are_complete_and_compiled() -> None:
    found = catalogues.faults(ROOT)
    assert not found, "\n".join(found)


def test_a_complete_catalogue_has_no_faults(catalogued: Path) -> None:
    assert catalogues.faults(catalogued) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("早上好", "", "no translation of 'Good morning'", id="missing"),
        pytest.param("{name} 已", "{nom} 已", "other blanks", id="renamed blank"),
        pytest.param("{name} 已", "已", "other blanks", id="lost blank"),
        pytest.param("{n} 人", "{n} {m} 人", "other blanks", id="blank too many in a plural"),
        pytest.param("早上好", "早上好 {", "'{'", id="brace that stands alone"),
        pytest.param('msgid "nobody"', '#, fuzzy\nmsgid "nobody"', "a guess", id="guessed"),
        pytest.param("早上好", "上午好", "siyu.mo differs", id="compiled before the change"),
        pytest.param('msgid "nobody"', 'msgid "no one"', "lacks 'nobody'", id="changed message"),
    ],
)
def test_faults_finds_what_is_wrong_in_a_catalogue(
    catalogued: Path, old: str, new: str, fault: str
) -> None:
    path = catalogues.catalogue_path(catalogued, "zh")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert any(fault in found for found in catalogues.faults(catalogued)), catalogues.faults(
        catalogued
    )


def test_faults_finds_a_changed_text_in_the_code(catalogued: Path) -> None:
    code = catalogued / "tui" / "screen.py"
    code.write_text(code.read_text("utf-8").replace("Good morning", "Good evening"), "utf-8")
    found = catalogues.faults(catalogued)
    assert "siyu.pot lacks 'Good evening': run make words" in found
    assert "siyu.pot keeps 'Good morning': run make words" in found


def test_update_keeps_translations_drops_the_obsolete_and_guesses_nothing(catalogued: Path) -> None:
    code = catalogued / "tui" / "screen.py"
    code.write_text(code.read_text("utf-8").replace("Good morning", "Good morning."), "utf-8")
    catalogues.update(catalogued)
    text = catalogues.catalogue_path(catalogued, "zh").read_text("utf-8")
    assert "{name} 已暂停" in text
    assert "早上好" not in text
    assert catalogues.faults(catalogued) == ["zh: no translation of 'Good morning.'"]


def test_update_twice_changes_no_byte(catalogued: Path) -> None:
    files = sorted((catalogued / "tui" / "locale").rglob("siyu.*"))
    before = [file.read_bytes() for file in files]
    catalogues.update(catalogued)
    assert len(files) == 3
    assert [file.read_bytes() for file in files] == before
    assert not any(b"Date" in content or b"Babel" in content for content in before)


def calls() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each text of the rooms said with named values: its place, message and given names."""
    for room in catalogues.ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and (said := message_of(node)) is not None:
                    given = frozenset(word.arg for word in node.keywords if word.arg)
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", said, given


def message_of(call: ast.Call) -> str | None:
    """The message of `_("…", …)` or `sentence(N_("…"), …)`; None for any other call."""
    if not isinstance(call.func, ast.Name) or any(word.arg is None for word in call.keywords):
        return None
    message = call.args[0] if call.args else None
    if call.func.id == "sentence" and isinstance(message, ast.Call):
        message = message.args[0] if ast.unparse(message.func) == "N_" else None
    elif call.func.id != "_":
        return None
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        return message.value
    return None


def test_every_blank_of_a_text_is_given_a_value_where_it_is_said() -> None:
    said = list(calls())
    assert said
    wrong = [
        f"{place}: {message!r} is given {sorted(given)}"
        for place, message, given in said
        if catalogues.blanks(message) != given
    ]
    assert wrong == []
