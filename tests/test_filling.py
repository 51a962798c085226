"""Templates: faults found at load, blanks filled once, nothing sent half filled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.filling import FIELDS, Filled, Missing, check_template, fill

FULL = {field: field.upper() for field in FIELDS}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        pytest.param("{salutation}，看看这篇", "SALUTATION，看看这篇", id="one blank"),
        pytest.param("{name}{company}", "NAMECOMPANY", id="side by side"),
        pytest.param('回我"{keyword}"', '回我"KEYWORD"', id="inside quotes"),
        pytest.param("{{name}} {name}", "{name} NAME", id="doubled braces are literal"),
        pytest.param("{{{name}}}", "{NAME}", id="braces around a value"),
        pytest.param("好的\n\n {{}} \n", "好的\n\n {}", id="no blanks at the end"),
        pytest.param("100% $5 [b]", "100% $5 [b]", id="other signs are literal"),
    ],
)
def test_fill_gives(template: str, text: str) -> None:
    filled = fill(template, FULL)
    assert isinstance(filled, Filled)
    assert filled.text == text


@pytest.mark.parametrize(
    ("value", "inserted"),
    [
        pytest.param("{company}", "{company}", id="a name that is a blank is not filled"),
        pytest.param("{{x}}", "{{x}}", id="a name with braces keeps them"),
        pytest.param(" 张\n\n伟 ", "张 伟", id="newlines become a space"),
        pytest.param("张\u2028伟", "张 伟", id="line separator"),
        pytest.param("张伟\x1b[5n", "张伟\ufffd[5n", id="controls do not pass"),
        pytest.param("张伟\x00", "张伟", id="NUL"),
        pytest.param("张" * 300, "张" * 256, id="a name without end"),
        pytest.param(r"\1 \g<0>", r"\1 \g<0>", id="regex references"),
    ],
)
def test_fill_inserts_a_value_once(value: str, inserted: str) -> None:
    assert fill("<{name}>", {"name": value}) == Filled(f"<{inserted}>", ((1, 1 + len(inserted)),))


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        pytest.param({"company": "新禾"}, ("name",), id="not given"),
        pytest.param({"name": "", "company": "新禾"}, ("name",), id="empty"),
        pytest.param({"name": " \n", "company": "新禾"}, ("name",), id="blanks"),
        pytest.param({"name": "\u200b\u3164", "company": "新禾"}, ("name",), id="invisible"),
        pytest.param({}, ("company", "name"), id="both, in the order of the text, once"),
    ],
)
def test_fill_offers_nothing_with_an_empty_value(
    values: dict[str, str], missing: tuple[str, ...]
) -> None:
    assert fill("{company}的{name}，{company}", values) == Missing(missing)


def test_fill_counts_an_unknown_field_as_missing() -> None:
    template = "{nick} {name.__class__}"
    assert fill(template, {**FULL, "nick2": "x"}) == Missing(("nick", "name.__class__"))


def test_fill_spans_mark_what_was_filled_in() -> None:
    filled = fill("你好{name}，{{}}{keyword} \n", {"name": "张伟", "keyword": "模板"})
    assert isinstance(filled, Filled)
    assert [filled.text[a:b] for a, b in filled.spans] == ["张伟", "模板"]


@pytest.mark.parametrize(
    ("template", "offset", "words"),
    [
        pytest.param("你好{nick}", 2, 'did you mean "name"', id="another word for a field"),
        pytest.param("{salutaion}", 0, 'did you mean "salutation"', id="misspelt"),
        pytest.param("{Name}", 0, 'did you mean "name"', id="capital"),
        pytest.param("{ name }", 0, 'did you mean "name"', id="blanks inside"),
        pytest.param("{称呼}", 0, 'did you mean "salutation"', id="Chinese word"),
        pytest.param("{phone}", 0, 'no field is called "phone"', id="nothing near"),
        pytest.param("{name.__class__}", 0, "more than a name", id="attribute"),
        pytest.param("{name:>9999999}", 0, "more than a name", id="format"),
        pytest.param("{name!r}", 0, "more than a name", id="conversion"),
        pytest.param("{name[0]}", 0, "more than a name", id="index"),
        pytest.param("好{}", 1, "nothing stands", id="empty"),
        pytest.param("{name", 0, "stands alone", id="never closed"),
        pytest.param("name}", 4, "stands alone", id="never opened"),
        pytest.param("{na{name}", 0, "stands alone", id="opened twice"),
        pytest.param("好｛name｝", 1, "full-width", id="full-width"),
        pytest.param("好｝", 1, "full-width", id="full-width end"),
        pytest.param("a\x1b[5n", 1, "control character", id="escape"),
        pytest.param("a\ud83d", 1, "control character", id="lone surrogate"),
    ],
)
def test_check_template_finds(template: str, offset: int, words: str) -> None:
    (fault,) = check_template(template)
    assert fault.offset == offset
    assert words in str(fault.message)


def test_check_template_names_what_is_accepted() -> None:
    (fault,) = check_template("{phone}")
    assert fault.accepted == FIELDS


def test_check_template_finds_every_fault_in_order() -> None:
    faults = check_template("} ｛x｝ {nick} {")
    assert [fault.offset for fault in faults] == [0, 2, 6, 13]


@pytest.mark.parametrize("field", FIELDS)
def test_check_template_accepts_every_field(field: str) -> None:
    assert check_template(f"你好{{{field}}}，{{{{}}}}\n\t") == ()


@given(st.lists(st.sampled_from(["{", "}", "{name}", "{nick}", "{{", "}}", "好", "\n"])))
def test_a_template_without_faults_fills(parts: list[str]) -> None:
    template = "".join(parts)
    filled = fill(template, FULL)
    if not check_template(template):
        assert isinstance(filled, Filled)
    if isinstance(filled, Filled):
        assert filled.text == filled.text.rstrip()
        assert all(filled.text[a:b] == "NAME" for a, b in filled.spans)


@given(st.text(st.characters(exclude_categories=())))
def test_no_value_changes_what_stands_around_it(value: str) -> None:
    filled = fill("<{name}|{company}>", {"name": value, "company": "C"})
    if isinstance(filled, Filled):
        assert filled.text.startswith("<")
        assert filled.text.endswith("|C>")
        assert "\n" not in filled.text
