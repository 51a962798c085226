"""Lists in words: the reason of an entry, the facts a rule read, and rows for a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.conditions import Sign
from rules.events import ContactState
from rules.explaining import Part
from rules.facts import FACTS, FactType, Value
from rules.lists import ListRule
from rules.nouns import Reaction, Status
from rules.reasons import reason_text
from rules.sending import PAUSED_AS_ONE, is_paused_as_one
from rules.sop import Sop
from rules.timing import iso_day
from store.exchange.headings import Field
from store.lists import EntryPlace, EntryRow, list_page, place_of
from store.namesakes import refused_elsewhere
from store.offering import stands_against
from store.profiles import profile_of
from tui.condition_words import condition_words, fact_name
from tui.field_words import field_word
from tui.opening import OpenDesk
from tui.wording import day_words, reaction_word, status_word
from tui.words import _, say

PAGE = 200


def reason_words(rule: ListRule, facts: Mapping[str, Value], sop: Sop, state: ContactState) -> str:
    """Why somebody stands on a list, its blanks filled with the contact's values."""
    if is_paused_as_one(state):
        return say(PAUSED_AS_ONE)
    words = {name: fact_words(name, value, sop) for name, value in facts.items()}
    return reason_text(rule.reason, words)


PART_LOOKS = {True: "success", False: "warning", None: "warning"}
"""Of a part that held, one that did not, and one that needs a value that is empty."""
PART_SIGNS = {True: "✓", False: "✗", None: "✗"}


def part_words(part: Part, sop: Sop) -> str:
    """One part of a rule: the comparison, whether it held, and what it read."""
    if part.sign is Sign.AND:
        return _("all of these:")
    if part.sign is Sign.OR:
        return _("one of these:")
    values = {name: value_words(name, value, sop) for name, value in part.facts.items()}
    read = ", ".join(f"{fact_name(name)} = {word}" for name, word in values.items())
    if len(values) == 1:
        read = _("it is {value}", value=next(iter(values.values())))
    told = _("holds: {read}", read=read) if part.held else _("does not hold: {read}", read=read)
    texts = [name for name in part.facts if FACTS[name].type is FactType.TEXT]

    def called(written: str) -> str:
        """A text of the condition: a value of the one fact it can be compared with."""
        known = len(texts) == 1 and written in FACTS[texts[0]].accepted
        named = len(texts) == 1 and not FACTS[texts[0]].accepted
        return fact_words(texts[0], written, sop) if known or named else written

    return f"{condition_words(part.text, called)} · {told}"


def value_words(name: str, value: Value, sop: Sop) -> str:
    """A value as people read it; a day as a rule writes it."""
    if value is None:
        return _("empty")
    written = str(value)
    word = fact_words(name, value, sop) if FACTS[name].type is FactType.TEXT else written
    return written if word.casefold() == written.casefold() else word


def facts_told(facts: Mapping[str, Value]) -> str:
    """What a rule read, as rules are written; for programs, in every language the same."""
    return ", ".join(f"{name} = {'null' if v is None else v}" for name, v in facts.items())


def fact_words(name: str, value: Value, sop: Sop) -> str:
    """The value of a fact as people read it; blank when it has none."""
    if value is None:
        return ""
    if isinstance(value, int):
        return day_words(value) if FACTS[name].type is FactType.DAY else str(value)
    if name == "status":
        return status_word(Status(value))
    if name == "last_reaction":
        return reaction_word(Reaction(value))
    return _name_in_sop(name, value, sop)


def _name_in_sop(name: str, value: str, sop: Sop) -> str:
    if name == "stage":
        stage = sop.stage(value)
        return stage.name if stage else value
    if name == "sequence":
        sequence = sop.sequence(value)
        return sequence.name if sequence else value
    if name == "last_content":
        content = sop.contents.get(value)
        return content.title if content else value
    return value


def entry_rows(desk: OpenDesk, rule: ListRule) -> Iterator[EntryRow]:
    """All entries of a list for whoever works, in its order."""
    day, place = desk.clock().day, EntryPlace()
    while page := list_page(desk.db, desk.shift.operator, rule, day, place, PAGE):
        yield from (row for row in page if not _refused(desk, row))
        place = place_of(page[-1], day)


def _refused(desk: OpenDesk, row: EntryRow) -> bool:
    """Whether the same person, as another contact, asked not to be contacted."""
    return refused_elsewhere(desk.db, row.state, profile_of(desk.db, row.contact) or {})


def headings() -> tuple[str, ...]:
    """What stands above the columns of `cells`."""
    return (
        field_word(Field.NAME),
        field_word(Field.REMARK),
        field_word(Field.PHONE),
        field_word(Field.COMPANY),
        field_word(Field.STAGE),
        field_word(Field.OWNER),
        _("due on"),
        _("on the list since"),
        _("interest points"),
        _("reason"),
        _("may not go now"),
    )


def cells(desk: OpenDesk, rule: ListRule, row: EntryRow) -> tuple[str, ...]:
    """One entry as a row for a file."""
    profile, sop = profile_of(desk.db, row.contact) or {}, desk.shift.sop
    return (
        row.name,
        row.remark,
        profile.get("phone", ""),
        row.company,
        _name_in_sop("stage", row.state.stage, sop),
        row.state.owner,
        iso_day(row.due) or "",
        iso_day(row.since) or "",
        row.interest,
        reason_words(rule, row.facts, sop, row.state),
        forbidden_words(desk, row.state),
    )


def forbidden_words(desk: OpenDesk, state: ContactState) -> str:
    """Why nothing may be written to somebody on a list now; empty where it may."""
    blocked = stands_against(desk.db, desk.shift, desk.clock(), state)
    return "" if blocked is None else say(blocked.reason)
