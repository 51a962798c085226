"""Today's values as lines: the list's rows, the card, the script, the bars. Pure.

All text from outside passes `show` or `pad` here, and nowhere later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content

from rules.nouns import Reaction
from rules.sop import Content as SopContent
from rules.sop import Sop
from rules.timing import date_of
from scripts.choosing import Offer
from store.offering import Offered
from store.queue import DueRow, StageCount
from store.timeline import TouchTold
from tui.show import pad, show
from tui.widgets.lines import Line, Piece
from tui.wording import (
    SIGNS,
    date_words,
    day_words,
    due_words,
    form_word,
    purpose_word,
    reaction_word,
    status_word,
    weekday_word,
)
from tui.words import _, say
from tui.wrapping import wrap, wrap_marked

SENT = "✓"
COPIED = "⧉"
WIDE_LIST = 44
"""Cells from which the list shows the company and the step."""


def row_line(row: DueRow, step: str, today: int, mark: str, width: int) -> Line:
    """One contact of the list: name, company, step, due, reactions so far."""
    due_size, sign_size = 11, 5
    due = due_words(row.due, today)
    due_look = "warning" if row.due < today else "dim"
    signs = signs_of(row)
    left = width - due_size - sign_size - 2
    no_name = _("(no name)")
    pieces: list[Piece] = [(f"{mark or ' '} ", "success" if mark == SENT else "accent")]
    if width >= WIDE_LIST:
        name_size = min(14, left // 2)
        step_size = 8
        company_size = left - name_size - step_size - 2
        pieces += [
            (pad(row.name, name_size, empty=no_name), "strong"),
            (" " + pad(row.company, company_size), "plain"),
            (" " + pad(step, step_size), "dim"),
        ]
    else:
        pieces.append((pad(row.name, left, empty=no_name), "strong"))
    pieces += [(pad(due, due_size), due_look), (pad(signs, sign_size), sign_look(row))]
    return tuple(pieces)


def step_words(sop: Sop, sequence: str, step: str) -> str:
    """Which step of its sequence a contact stands at."""
    walked = sop.sequence(sequence or "")
    place = walked.position(step or "") if walked else None
    return show(step or "") if place is None else _("step {n}", n=place + 1)


def signs_of(row: DueRow) -> str:
    """The reactions so far, a sign each, the weightiest first, at most four."""
    counted = (
        (SIGNS[Reaction.REJECTING], row.rejecting),
        (SIGNS[Reaction.EXPLORING], row.exploring),
        (SIGNS[Reaction.POSITIVE], row.positive),
        (SIGNS[Reaction.FRIENDLY], row.friendly),
    )
    return "".join(sign * n for sign, n in counted)[:4]


def sign_look(row: DueRow) -> str:
    return "plain" if row.last_reaction is None else row.last_reaction.value


def card_lines(
    offered: Offered,
    touches: Sequence[TouchTold],
    sop: Sop,
    width: int,
) -> list[Line]:
    """Who the contact is, what came last, what the stage asks, and what stands in the way."""
    profile, state = offered.profile, offered.state
    who = " · ".join(
        filter(None, (show(profile.get("title", "")), show(profile.get("company", ""))))
    )
    name = show(profile.get("name", ""), width, empty=_("(no name)"))
    lines: list[Line] = [
        ((name, "strong"), ("  " + show(who, max(0, width - cell_len(name) - 2)), "plain"))
    ]
    stage = sop.stage(state.stage)
    facts = [
        show(stage.name if stage else state.stage),
        show(profile.get("source", "")),
        _("added {day}", day=show(profile["added"])) if profile.get("added") else "",
        _("tags {tags}", tags=show(profile["tags"])) if profile.get("tags") else "",
        _("interest {points}", points=show(profile["interest"])) if profile.get("interest") else "",
        show(profile.get("remark", "")),
    ]
    lines += [((line, "dim"),) for line in wrap(" · ".join(filter(None, facts)), width)[:2]]
    lines += [touch_line(told, sop) for told in touches]
    if not touches:
        lines.append(((_("no message yet"), "dim"),))
    if stage is not None and stage.task:
        task = _("Key task: {task}", task=show(stage.task))
        lines += [((row, "accent"),) for row in wrap(task, width)[:2]]
    lines += standing_lines(offered, width)
    return lines


def touch_line(told: TouchTold, sop: Sop) -> Line:
    """One earlier message: day, title, and what the contact made of it."""
    touch = told.touch
    content = sop.contents.get(touch.content)
    title = show(content.title if content else touch.content)
    day = day_words(touch.day)
    reaction: tuple[Piece, ...] = ((_(" · no reaction yet"), "dim"),)
    if touch.reaction is not None:
        word = f" {SIGNS[touch.reaction]} {reaction_word(touch.reaction)}"
        said = f' "{show(told.reply)}"' if told.reply else ""
        reaction = ((word, touch.reaction.value), (said, "plain"))
    return ((f"{day} ", "dim"), (titled(title), "plain"), *reaction)


def titled(title: str, width: int | None = None) -> str:
    """A content's title in the marks of a title."""
    return f"《{show(title, width)}》"


def standing_lines(offered: Offered, width: int) -> list[Line]:
    """Why the contact may not be written to, or nothing."""
    if offered.blocked is None:
        return []
    state = offered.state
    word = status_word(state.status)
    reason = say(offered.blocked.reason)
    text = reason if state.status.value == "active" else f"{word}: {reason}"
    look = "error" if state.status.value == "do_not_contact" else "warning"
    return [((line, look),) for line in wrap("■ " + text, width)]


def script_title(offered: Offered, index: int) -> str:
    """The script pane's title: which variant, what for, in which forms."""
    content = offered.content
    if content is None:
        return _("Script")
    parts = [_("Script {n}/{of}", n=index + 1, of=max(1, len(offered.scripts)))]
    parts.append(purpose_word(content.purpose))
    forms = _("text")
    if content.form is not None:
        forms += "+" + form_word(content.form)
    return " · ".join([*parts, forms])


def script_lines(content: SopContent | None, offer: Offer | None, width: int) -> list[Line]:
    """The filled script, the parts from the contact's file marked; then what goes with it."""
    if content is None or offer is None:
        return []
    lines: list[Line] = [
        tuple((text, "filled" if marked else "plain") for text, marked in row)
        for row in wrap_marked(offer.text.text, offer.text.spans, width)
    ]
    if content.form is not None:
        lines.append(())
        lines.append(
            (
                (f"↗ {form_word(content.form)} ", "accent"),
                (titled(content.title, width - 12), "plain"),
            )
        )
        lines.append((("  " + show(content.target, max(0, width - 2)), "dim"),))
    if content.keyword:
        told = _('Reply keyword: "{keyword}"', keyword=show(content.keyword))
        lines.append(((told, "dim"),))
    return lines


def stages_title(counts: Sequence[StageCount], names: Mapping[str, str], here: str) -> Content:
    """The stages with their counts as the list's heading, the one shown marked."""
    parts: list[str | tuple[str, str]] = []
    for count in counts:
        name = f"{show(names.get(count.stage, count.stage))} {count.due}"
        parts.append((f"[{name}]", "bold") if count.stage == here else name)
        parts.append(" ")
    return Content.assemble(*parts[:-1])


def progress_line(counts: Sequence[StageCount], cap: int, width: int) -> Line:
    """The day so far: a bar, how many were sent, who reacted, what the cap leaves."""
    sent = sum(c.sent for c in counts)
    total = sent + sum(c.due for c in counts)
    reacted = sum(c.reacted for c in counts)
    told = "  ".join(
        (
            _("{sent} / {total} sent", sent=sent, total=total),
            _("{n} reacted", n=reacted),
            _("cap leaves {n}", n=max(0, cap - sent)),
        )
    )
    label = " " + _("Today's progress") + " "
    size = max(5, min(40, width - cell_len(told) - cell_len(label) - 3))
    done = 0 if total == 0 else round(size * sent / total)
    return (
        (label, "plain"),
        ("▇" * done, "done"),
        ("▁" * (size - done), "rest"),
        ("  " + told, "plain"),
    )


def credit_words(credited: TouchTold | None, sop: Sop) -> str:
    """Which earlier message a reaction would be credited to, said before it is logged."""
    if credited is None:
        return _("a reaction would stand without credit")
    content = sop.contents.get(credited.touch.content)
    title = show(content.title if content else credited.touch.content, 30)
    return _("reaction goes to {day} 《{title}》", day=day_words(credited.touch.day), title=title)


def date_line(day: int, operator: str, version: str) -> Line:
    """The right end of the top line."""
    date = date_of(day)
    told = f"{date_words(date)} {weekday_word(date)} · {show(operator)} · SOP {show(version)} "
    return ((told, "dim"),)
