"""Which contents the review shows, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, TypeVar

from rules.nouns import Form, Purpose
from rules.periods import Period
from rules.sop import Content, Sop
from rules.verdicts import WORST_FIRST
from store.review import ContentReview
from tui.wording import content_title

Value = TypeVar("Value")
Filter = Literal["form", "purpose", "version"]
TEXT_ONLY = "text"
"""Stands for a content that has no form beside its script."""


class Order(StrEnum):
    """What the list is sorted by."""

    VERDICT = "verdict"
    SENDS = "sends"
    ENGAGED = "engaged"
    """The share of positive and exploring."""
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Shown:
    """The order and the filters; an empty filter lets everything through."""

    order: Order = Order.VERDICT
    stage: str = ""
    form: str = ""
    purpose: str = ""
    version: str = ""
    period: Period = Period.ALL

    def next_order(self) -> Shown:
        return replace(self, order=following(self.order, [*Order]))

    def next_of(self, name: Filter, rows: Sequence[ContentReview], sop: Sop) -> Shown:
        """The next value of a filter that any content has; after the last, all again."""
        values = [*dict.fromkeys(value_of(name, row, sop) for row in rows)]
        chosen = following(getattr(self, name), ["", *sorted(filter(None, values))])
        match name:
            case "form":
                return replace(self, form=chosen)
            case "purpose":
                return replace(self, purpose=chosen)
            case "version":
                return replace(self, version=chosen)

    def next_period(self) -> Shown:
        return replace(self, period=following(self.period, [*Period]))

    def next_stage(self, by: int, stages: Sequence[str]) -> Shown:
        every = ["", *stages]
        place = every.index(self.stage) if self.stage in every else 0
        return replace(self, stage=every[(place + by) % len(every)])

    def only(self, rows: Iterable[ContentReview], sop: Sop) -> list[ContentReview]:
        """The contents that pass the filters, in order."""
        names: tuple[Filter, ...] = ("form", "purpose", "version")
        kept = [
            row
            for row in rows
            if all(getattr(self, n) in ("", value_of(n, row, sop)) for n in names)
        ]
        return sorted(kept, key=lambda row: rank(self.order, row, sop))


def following(now: Value, values: Sequence[Value]) -> Value:
    """The value after this one, the first after the last."""
    place = values.index(now) if now in values else -1
    return values[(place + 1) % len(values)]


def value_of(name: Filter, row: ContentReview, sop: Sop) -> str:
    """What a filter looks at; empty for a content that the SOP no longer has."""
    if name == "version":
        return row.version
    content = sop.contents.get(row.content)
    if content is None:
        return ""
    return form_of(content) if name == "form" else content.purpose.value


def form_of(content: Content) -> str:
    return content.form.value if content.form else TEXT_ONLY


def title_of(row: ContentReview, sop: Sop) -> str:
    """The title; of a content that the SOP has no more, how a script of it begins."""
    return content_title(row.content, row.begins, sop)


def rank(order: Order, row: ContentReview, sop: Sop) -> tuple[float, float, str]:
    """Sorts the best, the most or the first letter to the top.

    A rate counts by the lower end of its interval: 1 of 1 is no better than 40 of 60.
    """
    engaged, sends = row.judgement.figures.engaged.interval[0], row.evidence.sends
    title = title_of(row, sop).casefold()
    match order:
        case Order.VERDICT:
            return (-WORST_FIRST.index(row.verdict), -engaged, title)
        case Order.SENDS:
            return (-sends, -engaged, title)
        case Order.ENGAGED:
            return (-engaged, -sends, title)
        case Order.TITLE:
            return (0, 0, title)


FORMS = {form.value: form for form in Form}
PURPOSES = {purpose.value: purpose for purpose in Purpose}
