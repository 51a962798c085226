"""The next version as files: what its authors wrote stays, and nothing from outside gets out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.verdicts import Verdict
from scripts.candidates import Candidate, rank
from scripts.next_version import NextVersion, next_version
from sop_content import shipped
from sop_content.drafting import assets, draft_files, readable
from sop_content.folder import SopFiles, gather
from sop_content.reader import read_files
from sop_content.writing import NotWritten, write_folder
from sop_content.yaml_text import Comments

TODAY = 20514
STUB = "TODO: write"
CONTENT = """\
# what helps at once

content:
  # the first of all
  - id: table   # by everybody
    title: A table
    purpose: function
    scripts:
      # short
      - id: a
        text: |
          # no comment, a text
          Take it.

      - id: b
        text: Take it now.

  # this one is new
  # since March
  - id: card
    title: A card
    purpose: function
    scripts:
      - {id: a, text: "Look: #1"}

  - id: case
    title: A case
    purpose: effect
    scripts:
      - id: a
        text: >-
          It went
          from 9 to 2.
# the end
"""
LEADS = """\
id: leads
name: Leads
stages: [lead]
steps:
  # begin here
  - id: one
    day: 0
    content: table   # for all
  - id: two
    day: 2
    content: card
  - {id: three, day: 4, content: case}
"""
FILES: Mapping[str, str] = {
    "content/all.yaml": CONTENT,
    "desk.yaml": "# ours\ntimezone: Asia/Shanghai\n",
    "lint.yaml": "exceptions: {card: [unused]}\n",
    "rules.yaml": "priority:\n  - when: stage = 'lead'   # first\n    priority: 2\n",
    "sequences/leads.yaml": LEADS,
    "sop.yaml": "# ours\nversion: '1.0'  # raise it\nname: SOP\nstages: [{id: lead, name: Lead}]\n",
}


def files(**others: str | bytes) -> SopFiles:
    told = {**FILES, **{name.replace("__", "/") + ".yaml": text for name, text in others.items()}}
    data = {name: text.encode() if isinstance(text, str) else text for name, text in told.items()}
    return SopFiles(dict(sorted(data.items())), ())


def version(of: SopFiles, *titles: str, **verdicts: Verdict) -> NextVersion:
    read = read_files(of)
    assert read.sop is not None, read.faults
    found = [Candidate(title, "https://example.com/x", TODAY, reads=90) for title in titles]
    return next_version(read.sop, verdicts, STUB, rank(found, TODAY))


def drafted(of: SopFiles, made: NextVersion, comments: Comments | None = None) -> dict[str, str]:
    return {name: data.decode() for name, data in draft_files(of, made, comments or {}).items()}


def test_what_is_not_concerned_stays_as_it_was_written() -> None:
    of = files()
    made = drafted(
        of, version(of, card=Verdict.DROP, table=Verdict.REWRITE), {("table", "b"): ["no"]}
    )
    assert made["desk.yaml"] == FILES["desk.yaml"]
    assert made["rules.yaml"] == FILES["rules.yaml"]
    assert made["sop.yaml"] == FILES["sop.yaml"].replace("'1.0'", '"2.0"')
    without = CONTENT.replace(
        CONTENT[CONTENT.index("  # this one") : CONTENT.index("  - id: case")], ""
    )
    assert made["content/all.yaml"] == without.replace("      - id: b", "      # no\n      - id: b")
    assert made["sequences/leads.yaml"] == LEADS.replace(
        "  - id: two\n    day: 2\n    content: card\n", ""
    )


def test_text_that_looks_like_a_comment_stays_with_its_script() -> None:
    text = CONTENT.replace(
        '    - {id: a, text: "Look: #1"}\n',
        "    - id: a\n        text: |\n          x\n          # tag\n",
    )
    text = text.replace("# tag\n\n  - id: case", "# tag\n  - id: case")
    of = files(content__all=text)
    made = drafted(of, version(of, case=Verdict.DROP))["content/all.yaml"]
    assert made == text[: text.index("  - id: case")] + "# the end\n"


def test_nothing_to_change_copies_every_byte() -> None:
    of = files(content__all=CONTENT.replace("\n", "\r\n"))
    made = draft_files(of, version(of), {})
    assert {name: data for name, data in made.items() if name != "sop.yaml"} == {
        name: data for name, data in of.data.items() if name != "sop.yaml"
    }


def test_line_ends_stay_those_of_the_file() -> None:
    of = files(content__all=CONTENT.replace("\n", "\r\n"))
    made = draft_files(of, version(of, card=Verdict.DROP), {})["content/all.yaml"]
    assert made.count(b"\n") == made.count(b"\r\n") > 0


def test_file_of_which_all_was_dropped_is_left_out() -> None:
    brand = "content:\n  - {id: us, title: We, purpose: brand, scripts: [{id: a, text: x}]}\n"
    of = files(content__us=brand)
    assert "content/us.yaml" not in drafted(of, version(of, us=Verdict.DROP))


def test_candidate_fills_the_step_and_stands_in_a_file_of_its_own() -> None:
    of = files(
        content__new="content: [{id: x, title: x, purpose: brand, scripts: [{id: a, text: x}]}]\n"
    )
    made = drafted(of, version(of, 'Say "how": [a guide] #1', card=Verdict.DROP))
    assert "    content: card" in LEADS
    assert made["sequences/leads.yaml"] == LEADS.replace("content: card", 'content: "new_01"')
    assert made["content/new-2.yaml"].startswith(
        'content:\n  - id: "new_01"\n    title: "Say \\"how\\": [a guide] #1"\n'
    )
    assert made["content/new.yaml"] == of.data["content/new.yaml"].decode()


ODD: dict[str, tuple[str, str]] = {
    "all in brackets": (
        "content/all.yaml",
        "content: [{id: table, title: t, purpose: function, scripts: [{id: a, text: x}]},"
        " {id: card, title: c, purpose: function, scripts: [{id: a, text: y}]},"
        " {id: case, title: d, purpose: effect, scripts: [{id: a, text: z}]}]\n",
    ),
    "a dash on a line of its own": (
        "content/all.yaml",
        CONTENT.replace("  - id: card", "  -\n    # why\n    id: card"),
    ),
    "no indentation": (
        "content/all.yaml",
        "\n".join(line.removeprefix("  ") for line in CONTENT.split("\n")),
    ),
    "quotes that reach to the left": (
        "content/all.yaml",
        CONTENT.replace('"Look: #1"', '"Look:\n - id: table\n #1"'),
    ),
    "an id over two lines": (
        "sequences/leads.yaml",
        LEADS.replace("    content: card", "    content: >-\n      card"),
    ),
    "steps in brackets": (
        "sequences/leads.yaml",
        "id: leads\nname: L\nstages: [lead]\nsteps: [{id: one, day: 0, content: table},"
        " {id: two, day: 2, content: card}, {id: three, day: 4, content: case}]\n",
    ),
    "the list before the other fields": (
        "sequences/leads.yaml",
        LEADS[LEADS.index("steps") :] + LEADS[: LEADS.index("steps")],
    ),
    "UTF-16": ("content/all.yaml", CONTENT),
}


@pytest.mark.parametrize("dropped", ["table", "card", "case"])
@pytest.mark.parametrize(("name", "text"), ODD.values(), ids=ODD)
def test_odd_writing_is_drafted_all_the_same(
    request: pytest.FixtureRequest, name: str, text: str, dropped: str
) -> None:
    utf16 = "UTF-16" in request.node.callspec.id
    of = files(
        **{name.removesuffix(".yaml").replace("/", "__"): text.encode("utf-16") if utf16 else text}
    )
    comments = {("table", "a"): ["one", "two"], ("case", "a"): ["three"]}
    for titles in ((), ("How to: a guide", "A case: before and after")):
        made = version(of, *titles, **{dropped: Verdict.DROP})
        draft_files(of, made, comments)  # reads its own files again, and raises when they differ


BREAKING = {
    "a line": "no\n- id: evil\n",
    "a carriage return": "no\r- id: evil",
    "a next line": "no\x85- id: evil",
    "a line separator": "no\u2028- id: evil\u2029x: y",
    "a feed": "no\x0c\x0b- id: evil",
    "nothing at all": "",
    "a null": "no\0x",
    "a command to the terminal": "\x1b]52;c;eA==\x07\x9b31m",
    "turned round": "\u202eevil\u2066",
    "half a character": "\ud83d",
    "a mark of the encoding": "\ufeff\ufffe",
    "a document": "--- \n...\n%YAML 1.1\n",
    "without end": "啊" * 5000,
    "a TAB": "a\tb",
}


@pytest.mark.parametrize("words", BREAKING.values(), ids=BREAKING)
def test_reply_cannot_leave_its_comment(words: str) -> None:
    of = files()
    made = drafted(of, version(of, table=Verdict.REWRITE), {("table", "a"): [words, "✕ " + words]})
    text = made["content/all.yaml"]
    new = [line for line in text.split("\n") if line not in CONTENT.split("\n")]
    assert len(new) == 2
    assert all(line.startswith("      #") and len(line) < 250 for line in new)
    assert all(line.isprintable() for line in new)
    assert text.isascii() or all(char.isprintable() or char == "\n" for char in text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(st.sampled_from(["table", "card", "case"]), st.sampled_from(Verdict)),
    st.dictionaries(
        st.tuples(st.sampled_from(["table", "card", "case"]), st.sampled_from(["a", "b"])),
        st.lists(st.text(max_size=80), max_size=3),
    ),
    st.lists(st.text(max_size=40), max_size=3),
)
def test_any_verdicts_and_words_give_files_that_read_as_decided(
    verdicts: dict[str, Verdict], comments: Comments, titles: list[str]
) -> None:
    of = files()
    made = version(of, *titles, **verdicts)
    read = read_files(SopFiles(draft_files(of, made, comments), ()))
    assert read.sop == made.sop
    assert {fault.severity for fault in read.faults} <= {"warning"}


@pytest.mark.parametrize("language", ["zh", "en"])
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_shipped_sop_can_be_drafted_whatever_the_verdicts(
    language: str, data: st.DataObject
) -> None:
    of = gather(shipped(language))
    sop = read_files(of).sop
    assert sop is not None
    names = data.draw(st.sets(st.sampled_from(sorted(sop.contents)), max_size=len(sop.contents)))
    made = version(of, "如何排产", **dict.fromkeys(names, Verdict.DROP))
    assert read_files(SopFiles(draft_files(of, made, {}), ())).sop == made.sop


def test_files_that_changed_meanwhile_are_not_drafted() -> None:
    of = files()
    made = version(of, card=Verdict.DROP)
    with pytest.raises(NotWritten):
        draft_files(files(content__all=CONTENT.replace("Take it now", "Leave it")), made, {})


def test_files_that_contents_send_come_along_and_others_do_not(tmp_path: Path) -> None:
    def target(place: str) -> str:
        return CONTENT.replace(
            "    title: A table\n", f"    title: A table\n    form: file\n    target: {place}\n"
        )

    folder = tmp_path / "sop"
    write_folder(folder, {**files().data, "files/table.xlsx": b"x", "files/other.xlsx": b"y"})
    (tmp_path / "secret.txt").write_text("s")

    def copied(place: str) -> list[str]:
        made = version(files(content__all=target(place)))
        return [*assets(folder, made, FILES)]

    assert copied("files/table.xlsx") == ["files/table.xlsx"]
    assert copied("files/../files/table.xlsx") == ["files/table.xlsx"]
    assert copied("../secret.txt") == []
    assert copied(str(tmp_path / "secret.txt")) == []
    assert copied("files/none.xlsx") == []
    assert copied("files") == []
    assert copied("sop.yaml") == []
    assert copied("https://example.com/x") == []
    assert copied("x" * 1000) == []


MARKED = {
    "an image": "![x](http://e.example/p.png)",
    "a link": "[x](javascript:y)",
    "an address": "https://e.example www.e.example a@e.example",
    "markup": "<img src=x onerror=y> &lt; **b** `c` ~d~ | e # f",
    "lines": "a\n# b\n\n- c",
}


@pytest.mark.parametrize("text", MARKED.values(), ids=MARKED)
def test_text_in_markdown_means_nothing(text: str) -> None:
    told = readable(text)
    assert "\n" not in told
    plain = told.replace("\\\\", "")
    for sign in "[]()!<>*`|#@&~":
        assert plain.count(sign) == plain.count(f"\\{sign}")
    assert "://" not in told.replace("\\://", "")
    assert "www." not in told


def test_figures_stay_readable_in_markdown() -> None:
    assert readable("3 of 40, 2.5 %：一般 26%") == "3 of 40, 2.5 %：一般 26%"
