"""`content/*.yaml`: what is sent, with the scripts that lead it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.nouns import Form, Purpose
from rules.plain_text import NOTE_LIMIT
from rules.sop import Content, Script
from rules.wording import N_, sentence
from scripts.filling import check_template
from sop_content.faults import FaultList, shortened
from sop_content.fields import Record, nearest, tell_unknown_value, with_proposal
from sop_content.marked_yaml import Listing, Node, Table
from sop_content.moments import read_day
from sop_content.places import Ids, Located

FIELDS = (
    "id",
    "title",
    "purpose",
    "form",
    "target",
    "keyword",
    "reply_with",
    "stages",
    "published",
    "advertising",
    "scripts",
)
SCRIPT_FIELDS = ("id", "text", "stages")
A_CONTENT_FILE = sentence(N_("a content file"))
A_CONTENT = sentence(N_("a content"))
A_SCRIPT = sentence(N_("a script"))
TARGET_LIMIT = 2000
"""Characters; links of shops are long."""


@dataclass(frozen=True)
class Stages:
    """The stages that may be named; `known` is None when the SOP's own list is not readable."""

    known: Sequence[str] | None


def read_contents(
    root: Node | None, stages: Stages, ids: Ids, faults: FaultList
) -> Iterator[tuple[Located[Content], Located[str] | None]]:
    """The contents of a file's root, each with its place, and whom its keyword's reply names."""
    record = Record.of(root, A_CONTENT_FILE, ("content",), faults)
    for item in record.needed_items("content") if record else ():
        entry = Record.of(item, A_CONTENT, FIELDS, faults)
        if entry is not None:
            content = Located(_content(entry, stages, ids), faults, entry.table)
            yield content, _reply_with(entry)


def check_replies(
    named: Iterable[Located[str]], contents: Mapping[str, Content], *, complete: bool
) -> None:
    """What a keyword brings must be a content of the SOP; unknown ones are told when all are."""
    for reply in named:
        if reply.value and reply.value not in contents and complete and not reply.faults.full:
            what = sentence(N_('there is no content "{word}".'), word=shortened(reply.value))
            near = nearest(reply.value, contents)
            accepted = (near,) if near else tuple(contents)
            reply.faults.error(reply.place, with_proposal(what, reply.value, accepted), accepted)


def holds_contents(root: Node | None) -> bool:
    """Whether a file's root is such that its contents could be read one by one."""
    if not isinstance(root, Table):
        return False
    return any(isinstance(value, Listing) for _, value in root.fields.values())


def read_stages(record: Record, stages: Stages) -> tuple[str, ...]:
    """The stages that a record names, each of them known."""
    named = record.texts("stages")
    found = record.table.fields.get("stages")
    if found and isinstance(found[1], Listing) and not found[1].items:
        message = N_('"stages" is empty: name a stage, or delete the line for all stages')
        record.faults.error(found[1], sentence(message), tuple(stages.known or ()))
    if stages.known is not None:
        for scalar in named:
            if scalar.value not in stages.known:
                tell_unknown_value(scalar, "stages", stages.known, record.faults)
    return tuple(scalar.value for scalar in named)


def _content(record: Record, stages: Stages, ids: Ids) -> Content:
    content_id = record.id()
    ids.claim(content_id, record.place("id"), record.faults)
    record.need("purpose")
    form, target = _form(record)
    named = read_stages(record, stages)
    return Content(
        id=content_id,
        title=record.needed_text("title"),
        purpose=record.choice("purpose", Purpose) or Purpose.FUNCTION,
        scripts=tuple(_scripts(record, named, stages)),
        form=form,
        target=target,
        keyword=record.text("keyword"),
        reply_with=record.text("reply_with"),
        stages=named,
        published=read_day(record.scalar("published"), record.faults),
        advertising=record.flag("advertising"),
    )


def _reply_with(record: Record) -> Located[str] | None:
    """What the keyword brings, with its place; it needs a keyword."""
    if "reply_with" not in record.table.fields:
        return None
    place = record.place("reply_with")
    if "keyword" not in record.table.fields:
        message = N_('"reply_with" needs a "keyword": add the keyword, or delete the line')
        record.faults.error(place, sentence(message), ("keyword",))
    return Located(record.text("reply_with"), record.faults, place)


def _form(record: Record) -> tuple[Form | None, str]:
    """The second form and where it is found: both or neither."""
    if "form" in record.table.fields:
        target = record.needed_text("target", TARGET_LIMIT)
        return record.choice("form", Form), target
    target = record.text("target", TARGET_LIMIT)
    if "target" in record.table.fields:
        message = N_('a "target" needs a "form": add the form, or delete the target')
        accepted = tuple(str(form) for form in Form)
        record.faults.error(record.place("target"), sentence(message), accepted)
    return None, target


def _scripts(content: Record, of_content: tuple[str, ...], stages: Stages) -> Iterator[Script]:
    ids = Ids(A_SCRIPT)
    for item in content.needed_items("scripts"):
        record = Record.of(item, A_SCRIPT, SCRIPT_FIELDS, content.faults)
        if record is None:
            continue
        script_id = record.id()
        ids.claim(script_id, record.place("id"), record.faults)
        named = read_stages(record, stages)
        _tell_beyond(record, named, of_content)
        yield Script(script_id, _template(record), named)


def _tell_beyond(record: Record, named: tuple[str, ...], of_content: tuple[str, ...]) -> None:
    """A script for a stage that its content is not for would never be shown."""
    for stage in named if of_content else ():
        if stage not in of_content:
            message = N_('this script is for stage "{stage}", but its content is not')
            what = sentence(message, stage=shortened(stage))
            record.faults.error(record.place("stages"), what, of_content)


def _template(record: Record) -> str:
    text = record.needed_text("text", NOTE_LIMIT, lines=True)
    node = record.scalar("text") if text else None
    if node is not None:
        for fault in check_template(node.value):
            place = node.spot_of(fault.offset)
            record.faults.error(place, fault.message, tuple(fault.accepted))
    return text
