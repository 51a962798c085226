"""The contact in hand as lines: the card, the script, what a reaction would count for. Pure.

All text from outside passes `show`, `pad` or the wrapping here, and nowhere later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len, set_cell_size

from rules.events import ContactState, Walk
from rules.nouns import Status, Walked
from rules.sending import Why, may_be_answered
from rules.sop import Content, Sop
from rules.walks import waiting
from scripts.choosing import Offer
from store.offering import Offered
from store.timeline import TouchTold
from tui import masking
from tui.kept_words import note_told
from tui.show import own_name, show
from tui.widgets.lines import Line, Piece
from tui.wording import (
    SIGNS,
    content_title,
    day_words,
    form_word,
    purpose_word,
    reaction_word,
    said_of,
    status_word,
    titled,
)
from tui.words import _, say
from tui.wrapping import wrap, wrap_marked

RAGGED = 12
"""Cells that the breaks between two rows may leave free."""
INDENT = "  "
LOW = 5
"""Rows below which why somebody may not be written to comes before all but the name."""
ROOMY = 99
"""Rows of a pane that nothing has to give way in."""
BETWEEN = " · "
A_BEGINNING = 8
"""Cells from which the beginning of title and company says something."""
A_TITLE = 12
"""The same of a content's title."""


def card_lines(
    offered: Offered,
    touches: Sequence[TouchTold],
    sop: Sop,
    width: int,
    again: int | None = None,
    height: int = ROOMY,
) -> list[Line]:
    """Who the contact is, what came last, what the stage asks, and what stands in the way.

    `again` is the day on which the contact already had what is offered now. On
    a low card the latest message is told in full before any earlier one.
    """
    lines = who_lines(offered, sop, width)
    standing = standing_lines(offered, width)  # before what may fall off a low card
    lines = [lines[0], *standing, *lines[1:]] if height < LOW else [*lines, *standing]
    if again is not None:
        lines.append(
            ((show(_("! had this already on {day}", day=day_words(again)), width), "warning"),)
        )
    lines += waiting_lines(offered, sop, width)
    room = max(1, height - len(lines))
    latest = touch_rows(touches[0], offered.profile, sop, width, room) if touches else []
    task = task_rows(offered, sop, width, max(1, min(2, room - len(latest))))
    room -= len(latest) + len(task)
    for told in touches[1:]:
        if room <= 0:
            break
        rows = touch_rows(told, offered.profile, sop, width, room)
        latest += rows if len(rows) <= room else []
        room -= len(rows)
    return [*lines, *(latest or [((_("no message yet"), "dim"),)]), *task]


def who_lines(offered: Offered, sop: Sop, width: int) -> list[Line]:
    """The name with title and company; beneath, what is known in two rows.

    Beside a name that fills its row, title and company are told beneath it.
    """
    profile, state = offered.profile, offered.state
    who = " · ".join(
        filter(
            None,
            (show(profile.get("title", "")), show(masking.company(profile.get("company", "")))),
        )
    )
    name = own_name(masking.name(profile.get("name", "")), offered.contact)
    name = show(name, width, empty=_("(no name)"))
    stage = sop.stage(state.stage)
    room = width - cell_len(name) - 2
    beside = cell_len(who) <= room or room >= A_BEGINNING
    facts = [
        "" if beside else who,
        show(stage.name if stage else state.stage),
        show(profile.get("source", "")),
        _("added {day}", day=show(profile["added"])) if profile.get("added") else "",
        _("tags {tags}", tags=show(profile["tags"])) if profile.get("tags") else "",
        _("interest {points}", points=show(profile["interest"])) if profile.get("interest") else "",
        show(masking.hidden(profile.get("remark", ""))),
        week_words(offered, sop),
    ]
    first: Line = ((name, "strong"), ("  " + show(who, room) if beside else "", "plain"))
    rows = fact_rows([fact for fact in facts if fact], width, 2)
    return [first, *(((row, "dim"),) for row in rows)]


def fact_rows(facts: Sequence[str], width: int, most: int) -> tuple[str, ...]:
    """Facts in so many rows at most, broken between two facts where no word is lost by that."""
    rows = [""]
    for fact in facts:
        longer = BETWEEN.join(filter(None, (rows[-1], fact)))
        if not rows[-1] or cell_len(longer) <= width or len(rows) == most:
            rows[-1] = longer
        else:
            rows.append(fact)
    running = wrap(BETWEEN.join(facts), width)
    if len(running) <= most and any(cell_len(row) > width for row in rows):
        return running
    return tuple(show(row, width).replace(" ·…", " …") for row in rows if row)


def task_rows(offered: Offered, sop: Sop, width: int, most: int) -> list[Line]:
    """What the stage asks for, in so many rows at most; nothing where the SOP says nothing."""
    stage = sop.stage(offered.state.stage)
    if stage is None or not stage.task:
        return []
    task = _("Key task: {task}", task=show(stage.task))
    return [((row, "accent"),) for row in first_rows(task, width, most)]


def two_rows(text: str, width: int) -> tuple[str, ...]:
    """A text wrapped into two rows at most; one that goes on ends with the sign for it."""
    return first_rows(text, width, 2)


def first_rows(text: str, width: int, most: int) -> tuple[str, ...]:
    """A text wrapped into so many rows at most; one that goes on ends with the sign for it."""
    rows = wrap(text, width)
    if len(rows) <= most:
        return rows
    rest = text
    for row in rows[: most - 1]:
        rest = rest.removeprefix(row).lstrip()  # a break between rows is a blank or nothing
    return *rows[: most - 1], show(rest, width)


def week_words(offered: Offered, sop: Sop) -> str:
    """How much of the week's cap a contact has had; nothing when nothing was sent."""
    week = offered.used.week
    if not week:
        return ""
    return _("{n} of {cap} messages in 7 days", n=week, cap=sop.settings.week_cap)


def touch_rows(
    told: TouchTold, profile: Mapping[str, str], sop: Sop, width: int, most: int
) -> list[Line]:
    """One earlier message: day, title, what the contact made of it.

    In two rows where one is too short for the title and `most` allows it; else
    the title gives way first.
    """
    day = day_words(told.touch.day) + " "
    title = show(content_title(told.touch.content, told.script, sop))
    reaction = _reaction_pieces(told, profile, max(8, width // 3))
    if most < 2 and len(reaction) > 1 and cell_len(title) > width // 3:
        reaction = reaction[:1]
    room = width - cell_len(day + titled("")) - sum(cell_len(text) for text, _look in reaction)
    if most < 2 or cell_len(title) <= room:
        return [((day, "dim"), (titled(show(title, max(6, room))), "plain"), *reaction)]
    head = day + titled(title)
    if cell_len(head) <= width:
        word = INDENT + reaction[0][0].lstrip(" ·")
        said = _reaction_pieces(told, profile, width - cell_len(f'{word} ""'))[1:]
        first: Line = ((day, "dim"), (titled(title), "plain"))
        return [first, ((word, reaction[0][1]), *said)]
    rows = _wrapped(head, reaction, width)
    if len(rows) <= 2:
        return rows
    room = 2 * width - cell_len(day + titled("") + reaction[0][0]) - RAGGED
    return _wrapped(day + titled(show(title, room)), reaction[:1], width)


def _wrapped(head: str, reaction: Sequence[Piece], width: int) -> list[Line]:
    """A message and what came of it as running text, the reaction in its look."""
    (word, look), *said = reaction
    text = head + word + "".join(reply for reply, _look in said)
    rows = wrap_marked(text, ((len(head), len(head + word)),), width)
    return [tuple((part, look if marked else "plain") for part, marked in row) for row in rows]


def _reaction_pieces(told: TouchTold, profile: Mapping[str, str], longest: int) -> list[Piece]:
    """What came of a message, and the words of a reply in so many cells."""
    reaction = told.touch.reaction
    if reaction is None:
        return [(_(" · no reaction yet"), "dim")]
    pieces: list[Piece] = [(f" {SIGNS[reaction]} {reaction_word(reaction)}", reaction.value)]
    if told.reply:
        return [*pieces, (f' "{show(masking.words(told.reply, profile), longest)}"', "plain")]
    if told.note:
        note = note_told(masking.words(told.note, profile))
        return [*pieces, (f" · {show(note, longest)}", "plain")]
    return pieces


def standing_lines(offered: Offered, width: int, *, answers: bool = True) -> list[Line]:
    """Why the contact may not be written to, or nothing; `answers` is what key 8 does there."""
    if offered.blocked is None:
        return []
    state = offered.state
    word = status_word(state.status)
    reason = say(offered.blocked.reason)
    tells_itself = state.status in (Status.ACTIVE, Status.PAUSED)
    text = reason if tells_itself else said_of(word, reason)
    if offered.blocked.why is not Why.NO_SCRIPT and may_be_answered(state):
        text += " · " + (_("wrote first: 8 answers") if answers else _("wrote first"))
    looks = {Why.DO_NOT_CONTACT: "error", Why.NOT_DUE: "dim", Why.FINISHED: "dim"}
    look = looks.get(offered.blocked.why, "warning")
    return [((line, look),) for line in wrap("■ " + text, width)]


def mark_of(offered: Offered) -> str:
    """The sign of somebody who may not be written to now; empty for all others."""
    return "" if offered.blocked is None else "■"


def waiting_lines(offered: Offered, sop: Sop, width: int) -> list[Line]:
    """What the contact walks beside the stage's sequence, and what waits; nothing for most."""
    state = offered.state
    told = [_waits(walk, state, sop) for walk in waiting(offered.plans, state)]
    walked = sop.sequence(state.sequence or "")
    if state.step and walked is not None and walked.kind is not Walked.STAGE:
        told.insert(0, _("Now: {name}", name=show(walked.name)))
    return [((row, "accent"),) for row in two_rows(" · ".join(told), width)] if told else []


def _waits(walk: Walk, state: ContactState, sop: Sop) -> str:
    """One plan behind the one in front: what it is, and why it does not go now."""
    walked = sop.sequence(walk.sequence)
    name = show(walked.name if walked else walk.sequence)
    due = walk.due or 0
    if state.due is not None and due <= state.due:
        return _("then {name}: one message at a time", name=name)
    return _("then {name} from {day}", name=name, day=day_words(due))


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


def why_words(offered: Offered, offer: Offer | None) -> str:
    """Why the script that is shown was suggested; nothing for one that was not."""
    suggestion = offered.suggestion
    if suggestion is None or offer is None or offer.variant != suggestion.choice.variant:
        return ""
    return say(suggestion.choice.why)


def script_lines(
    content: Content | None, offer: Offer | None, width: int, height: int = ROOMY
) -> list[Line]:
    """The filled script, the parts from the contact's file marked; then what goes with it.

    On a low pane the script has the rows, and at least the title of what goes
    with it stays in view.
    """
    if content is None or offer is None:
        return [((_("8 chooses something else to send."), "dim"),)] if content is None else []
    script, spans = masking.filled(offer.text)
    lines: list[Line] = [
        tuple((text, "filled" if marked else "plain") for text, marked in row)
        for row in wrap_marked(script, spans, width)
    ]
    shortest: list[Line] = []
    for shortest in _beneath(content, width):
        if len(lines) + len(shortest) <= height:
            return [*lines, *shortest]
    room = max(1, height - len(shortest))
    sign = " … Ctrl+K"  # the key that shows the script alone
    row = "".join(text for text, _look in lines[room - 1])
    last: Line = (
        (set_cell_size(row, max(0, width - cell_len(sign))), "plain"),
        (" … ", "dim"),
        ("Ctrl+K", "key"),
    )
    return [*lines[: room - 1], last, *shortest]


def _beneath(content: Content, width: int) -> list[list[Line]]:
    """What stands beneath a script, from all of it to the least."""
    told = _('Reply keyword: "{keyword}"', keyword=show(content.keyword))
    keyword: list[Line] = [((told, "dim"),)] if content.keyword else []
    if content.form is None:
        return [keyword, []]
    form = f"↗ {form_word(content.form)} "
    room = width - cell_len(form + titled(""))
    title: Line = ((form, "accent"), (titled(show(content.title, room)), "plain"))
    target: Line = (("  " + show(content.target, max(0, width - 2)), "dim"),)
    return [[(), title, target, *keyword], [(), title, target], [(), title], [title]]


def refused_lines(width: int) -> list[Line]:
    """What stands in place of a script."""
    told = _("Nothing is offered to somebody who asked not to be contacted.")
    return [((row, "dim"),) for row in wrap(told, width)]


def credit_words(credited: TouchTold | None, sop: Sop, room: int) -> str:
    """Which earlier message a reaction would be credited to, said before it is logged."""
    if credited is None:
        return _("a reaction would stand without credit")
    day = day_words(credited.touch.day)
    around = cell_len(_("reaction goes to {day} “{title}”", day=day, title=""))
    title = content_title(credited.touch.content, credited.script, sop)
    title = show(title, max(A_TITLE, room - around))
    return _("reaction goes to {day} “{title}”", day=day, title=title)
