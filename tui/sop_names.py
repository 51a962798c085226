"""What people call the parts of an SOP: titles and names in place of ids, which JSON keeps."""

from __future__ import annotations

import re

from rules.sop import Sop
from store.connection import Connection
from store.exchange.headings import Field
from store.timeline import any_script
from tui.field_words import field_word
from tui.wording import content_title
from tui.words import _

_OWN_HEADING = re.compile(r"([a-z_]+)( \(\d+\))?")
_PRIORITY = re.compile(r"priority (\d+)")


def content_name(db: Connection, sop: Sop, content: str | None) -> str:
    """A content's title; of one that the SOP has no more, how a script of it begins."""
    known = sop.contents.get(content or "")
    if known is not None or not content:
        return known.title if known else ""
    return content_title(content, any_script(db, content), sop)


def stage_named(sop: Sop, stage: str) -> str:
    known = sop.stage(stage)
    return known.name if known else stage


def sequence_name(sop: Sop, sequence: str) -> str:
    known = sop.sequence(sequence)
    return known.name if known else sequence


def rule_name(sop: Sop, rule: str) -> str:
    """A list's name, or which rule of the order it is."""
    found = _PRIORITY.fullmatch(rule)
    if found:
        return _("order of Today, rule {n}", n=found[1])
    return next((one.name for one in sop.lists if one.id == rule), rule)


def anything_named(sop: Sop, name: str) -> str:
    """What a content, sequence, stage or list is called, by its id."""
    known = sop.contents.get(name)
    if known:
        return known.title
    named = {one.id: one.name for one in sop.lists}
    named |= {one.id: one.name for one in sop.stages}
    named |= {one.id: one.name for one in sop.sequences}
    return named.get(name, name)


def extra_word(heading: str) -> str:
    """An extra field's heading; one that the desk made itself, as "name (2)", in words."""
    found = _OWN_HEADING.fullmatch(heading)
    known = {str(field) for field in Field}
    if found is None or found[1] not in known:
        return heading
    return field_word(Field(found[1])) + (found[2] or "")
