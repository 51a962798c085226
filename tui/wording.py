"""The field's terms on screen: reactions, kinds of events, statuses, forms, days.

Each term stands here once, in English as a message id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from rules.events import ContactState
from rules.nouns import Form, Kind, Purpose, Reaction, Status, Walked
from rules.sop import Sop
from rules.timing import date_of
from rules.verdicts import Evidence, Verdict
from rules.wording import Sentence
from tui.words import _, date_words, ngettext, say

if TYPE_CHECKING:
    from rules.periods import Period

BEGINNING = 24
"""Cells of a text that stand for a title that is not known any more."""
_BLANK = re.compile(r"\{[^{}]*\}")

SIGNS = {
    Reaction.FRIENDLY: "✿",
    Reaction.POSITIVE: "▲",
    Reaction.EXPLORING: "?",
    Reaction.REJECTING: "✕",
    Reaction.LOST: "○",
}
"""A sign beside each reaction, so that colour is never alone."""


def titled(title: str) -> str:
    """A title in the marks that titles have in the language; what it holds is shown already."""
    return _("“{title}”", title=title)


def reaction_counts(evidence: Evidence) -> dict[Reaction, int]:
    return {
        Reaction.FRIENDLY: evidence.friendly,
        Reaction.POSITIVE: evidence.positive,
        Reaction.EXPLORING: evidence.exploring,
        Reaction.REJECTING: evidence.rejecting,
        Reaction.LOST: evidence.lost,
    }


VERDICT_SIGNS = {
    Verdict.PREMIUM: "★",
    Verdict.KEEP: "✓",
    Verdict.REWRITE: "✎",
    Verdict.DROP: "✗",
    Verdict.UNDECIDED: "…",
}
VERDICT_LOOKS = {
    Verdict.PREMIUM: "success",
    Verdict.KEEP: "friendly",
    Verdict.REWRITE: "warning",
    Verdict.DROP: "error",
    Verdict.UNDECIDED: "dim",
}


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.PREMIUM: _("premium"),
        Verdict.KEEP: _("keep"),
        Verdict.REWRITE: _("rewrite"),
        Verdict.DROP: _("drop"),
        Verdict.UNDECIDED: _("undecided"),
    }[verdict]


def reaction_word(reaction: Reaction) -> str:
    return {
        Reaction.FRIENDLY: _("friendly"),
        Reaction.POSITIVE: _("positive"),
        Reaction.EXPLORING: _("exploring"),
        Reaction.REJECTING: _("rejecting"),
        Reaction.LOST: _("lost"),
    }[reaction]


def status_word(status: Status) -> str:
    return {
        Status.ACTIVE: _("active"),
        Status.PAUSED: _("paused"),
        Status.LOST: _("lost"),
        Status.DO_NOT_CONTACT: _("do not contact"),
    }[status]


def kind_word(kind: Kind) -> str:
    return {
        Kind.IMPORT: _("import"),
        Kind.ADDED: _("came onto the desk"),
        Kind.PROFILE: _("profile changed"),
        Kind.TOUCH: _("sent"),
        Kind.ANSWER: _("answered"),
        Kind.REACTION: _("reaction"),
        Kind.NOTE: _("note"),
        Kind.SNOOZE: _("postponed"),
        Kind.REFUSED: _("do not contact"),
        Kind.RESUMED: _("resumed"),
        Kind.REPLAN: _("changed steps"),
        Kind.PUBLISH: _("SOP published"),
        Kind.EDITED: _("SOP edited"),
        Kind.REASONED: _("reason given"),
        Kind.SPREAD: _("backlog spread"),
        Kind.PLANNED: _("planned anew"),
        Kind.KEYWORD: _("replied with a keyword"),
        Kind.FOLLOWED_UP: _("followed up"),
        Kind.PUT_OFF: _("follow-up put off"),
        Kind.STAGE: _("moved to another stage"),
        Kind.DECLINED: _("stays in the stage"),
        Kind.ENTERING: _("entered"),
        Kind.TURNS: _("turns of sequences"),
        Kind.ENTERED: _("entered a sequence"),
        Kind.RESTORED: _("backup restored"),
        Kind.CLEANED: _("cleaned up"),
        Kind.MERGED: _("merged with another contact"),
        Kind.KEPT_APART: _("kept apart"),
        Kind.PAUSED: _("paused"),
        Kind.PURCHASE: _("purchase"),
        Kind.CONTRACT: _("contract"),
        Kind.CORRECTED: _("correction"),
        Kind.CONSENT: _("consent"),
        Kind.ERASED: _("erased"),
        Kind.UNDO: _("undone"),
        Kind.REDO: _("done again"),
    }[kind]


def said_of(subject: str, told: str) -> str:
    """What is said of somebody or something: 张伟：已发, Ben Cole: sent."""
    return _("{what}: {text}", what=subject, text=told)


def reasons_words(reasons: Iterable[Sentence]) -> str:
    """Several reasons in one line."""
    return _(", ").join(say(reason) for reason in reasons)


def walked_word(kind: Walked) -> str:
    """What a sequence is walked for, short enough for the column of steps."""
    return {
        Walked.STAGE: _("stage"),
        Walked.EVENT: _("event"),
        Walked.LOW_INTERACTION: _("quiet"),
        Walked.RECALL: _("recall"),
    }[kind]


def form_word(form: Form) -> str:
    return {
        Form.ARTICLE: _("article"),
        Form.IMAGE: _("image"),
        Form.VIDEO: _("video"),
        Form.FILE: _("file"),
        Form.MINI_PROGRAM: _("mini-program"),
        Form.LINK: _("link"),
    }[form]


def purpose_word(purpose: Purpose) -> str:
    return {
        Purpose.FUNCTION: _("function"),
        Purpose.EFFECT: _("effect"),
        Purpose.BRAND: _("brand"),
        Purpose.SERVICE: _("service"),
        Purpose.EVENT: _("event"),
    }[purpose]


def period_word(period: Period) -> str:
    from rules.periods import Period

    return {
        Period.ALL: _("any time"),
        Period.THIS_MONTH: _("this month"),
        Period.LAST_MONTH: _("last month"),
        Period.THREE_MONTHS: _("3 months"),
        Period.YEAR: _("12 months"),
    }[period]


def weekday_word(day: date) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]


def day_words(day: int) -> str:
    """A day number as month and day: 3月2日, 2 Mar."""
    return date_words(date_of(day))


def erased_words(n: int) -> str:
    return ngettext("{n} contact erased for good", "{n} contacts erased for good", n)


def next_told(state: ContactState) -> str:
    """When the next message goes; of a contact that stands aside, how it stands."""
    if state.status is not Status.ACTIVE:
        return status_word(state.status)
    due = state.next_due
    return _("the sequence ends here") if due is None else _("next on {day}", day=day_words(due))


def due_told(due: int, today: int) -> str:
    """The same as a sentence's part: due on a day, or overdue by days."""
    told = due_words(due, today)
    return told if due < today else _("due {day}", day=told)


def due_words(due: int, today: int) -> str:
    """How long somebody is due: today, overdue by days, or on a day to come."""
    if due == today:
        return _("today")
    if due < today:
        return _("{n}d overdue", n=today - due)
    return day_words(due)


def content_title(content: str, script: str, sop: Sop) -> str:
    """The title of what was sent; of a content that the SOP has no more, how its text begins.

    `script` is the template that was sent. The id stands where that is unknown too.
    """
    known = sop.contents.get(content)
    if known is not None:
        return known.title
    begins = _BLANK.sub("", script).strip(" \n,，.。!！?？:：;；、")
    words = " ".join(begins.split())
    if not words:
        return content
    return words if cell_len(words) <= BEGINNING else set_cell_size(words, BEGINNING).rstrip() + "…"
