"""Pairs and accounts as lines; outside text passes the door here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len

from rules import kept_long
from rules.duplicates import Alike, Likeness
from rules.events import ContactState
from rules.timing import iso_day
from store.exchange.headings import Field
from store.keeping import KeptLong
from store.throw_away import Suspect
from tui import masking
from tui.field_words import field_word
from tui.show import pad, show
from tui.widgets.lines import Line
from tui.wording import reaction_word, reasons_words, status_word
from tui.words import _, say
from tui.wrapping import wrap

SURE, PERHAPS, ACCOUNTS, KEPT = Alike.SURELY.value, Alike.PERHAPS.value, "accounts", "kept"
PAGES = (SURE, PERHAPS, ACCOUNTS, KEPT)
LABEL = 10
DAY = 12
LONGEST_NAME = 30
FIRST = (Field.NAME, Field.REMARK, Field.PHONE, Field.COMPANY)
"""What is compared before the state, so that it is in view on a small screen."""
THEN = (
    Field.TITLE,
    Field.HANDLE,
    Field.EXTERNAL_ID,
    Field.EMAIL,
    Field.SOURCE,
    Field.ADDED,
    Field.TAGS,
)
Side = tuple[Mapping[str, str], ContactState]
"""A contact's profile and state."""


def page_word(page: str) -> str:
    return {
        SURE: _("Surely the same"),
        PERHAPS: _("Perhaps the same"),
        ACCOUNTS: _("Throw-away"),
        KEPT: _("Kept too long"),
    }[page]


def tabs_line(page: str, counts: Mapping[str, int]) -> Line:
    """The pages with their counts, the one shown marked; without `counts` they are yet to come."""
    told: list[tuple[str, str]] = []
    for name in PAGES:
        words = f"{page_word(name)} {counts.get(name, '…')}"
        told += [(f"[{words}]", "tab") if name == page else (f" {words} ", "plain")]
    return tuple(told)


def name_size(names: Iterable[str]) -> int:
    """Cells that the column of these names takes, in each of two columns of a pair."""
    return max(8, min(LONGEST_NAME, max((cell_len(show(name)) for name in names), default=0)))


def account_name(suspect: Suspect) -> str:
    """What an account is called, as far as it tells."""
    names = (masking.name(suspect.name), masking.company(suspect.company))
    return " · ".join(filter(None, names))


def kept_name(one: KeptLong) -> str:
    """Name and company of somebody who is kept too long."""
    return " · ".join(filter(None, (masking.name(one.name), masking.company(one.company))))


def pair_line(pair: Likeness, names: tuple[str, str], mark: str, size: int, width: int) -> Line:
    """Tick, score, both names (masked, if need be) in `size` cells each, why."""
    size = min(size, max(8, (width - 12) // 4))
    rest = max(4, width - 2 * size - 13)
    return (
        (f" {mark} ", "success"),
        (f"{pair.score:>3} ", "dim"),
        (pad(show(names[0], size), size), "strong"),
        (" ← ", "dim"),
        (pad(show(names[1], size), size), "plain"),
        (" " + show(reasons_words(pair.because), rest), "dim"),
    )


def account_line(suspect: Suspect, mark: str, size: int, width: int) -> Line:
    """Tick, name in `size` cells, why."""
    name = pad(show(account_name(suspect), size, empty=_("(no name)")), size)
    rest = max(4, width - size - 5)
    return (
        (f" {mark} ", "success"),
        (name, "strong"),
        (" " + show(reasons_words(suspect.because), rest), "dim"),
    )


def kept_line(one: KeptLong, mark: str, size: int, width: int) -> Line:
    """Tick, name and company in `size` cells, the last day, why."""
    told = show(kept_name(one), size, empty=_("(no name)"))
    reason = show(say(kept_long.reason(one.status)), max(4, width - size - DAY - 5))
    return (
        (f" {mark} ", "error"),
        (pad(told, size), "strong"),
        (" " + pad(iso_day(one.last) or "", DAY), "dim"),
        (reason, "plain"),
    )


def kept_lines(one: KeptLong, months: int, width: int) -> list[Line]:
    """Why an erasure is proposed, and what it would do."""
    name = show(masking.name(one.name), width, empty=_("(no name)"))
    texts = (
        _(
            "{reason}: the last message, reply, purchase or change was on {day}.",
            reason=say(kept_long.reason(one.status)),
            day=iso_day(one.last),
        ),
        _("Your settings keep nobody longer than {n} months (desk.yaml).", n=months),
    )
    hint = _("An erasure takes the words for good; figures stay, and a do-not-contact outlives it.")
    return [
        ((name, "strong"),),
        ((show(masking.company(one.company), width), "dim"),),
        (),
        *(((row, "plain"),) for text in texts for row in wrap(text, width)),
        (),
        *(((row, "dim"),) for row in wrap(hint, width)),
    ]


def pair_lines(pair: Likeness, sides: tuple[Side, Side], width: int) -> list[Line]:
    """Both contacts side by side, what differs marked; empty in both is left out."""
    size = max(8, (width - LABEL - 3) // 2)
    profiles, states = [p for p, _state in sides], [s for _profile, s in sides]
    told = [(field_word(f), [_value(p, f) for p in profiles]) for f in FIRST]
    told.append((_("status"), [status_word(state.status) for state in states]))
    told.append((_("sent"), [str(state.touches or "") for state in states]))
    told.append((_("reaction"), [_reaction(state) for state in states]))
    told += [(field_word(f), [_value(p, f) for p in profiles]) for f in THEN]
    because = show(reasons_words(pair.because), width - LABEL - 1)
    lines: list[Line] = [((pad(_("Why"), LABEL), "dim"), (because, "plain")), ()]
    lines.append(_columns("", (_("goes on"), _("is merged into it")), size, "title"))
    for label, values in told:
        if any(values):
            look = "warning" if all(values) and values[0] != values[1] else "plain"
            lines.append(_columns(label, values, size, look))
    return lines


def account_lines(suspect: Suspect, width: int) -> list[Line]:
    """Why an account is on the page, one reason a line, and what a pause means."""
    company = masking.company(suspect.company)
    lines: list[Line] = [
        ((show(masking.name(suspect.name), width, empty=_("(no name)")), "strong"),),
        (
            (
                show(
                    " · ".join(filter(None, (company, suspect.source, suspect.added))),
                    width,
                ),
                "dim",
            ),
        ),
        (),
    ]
    for reason in suspect.because:
        lines += [((row, "plain"),) for row in wrap(reasons_words([reason]), width)]
    hint = _("A paused account gets no message until it is resumed. Nothing is deleted.")
    return [*lines, (), *(((row, "dim"),) for row in wrap(hint, width))]


def empty_lines(page: str, *, looking: bool, months: int, width: int) -> tuple[Line, ...]:
    """What an empty page says, and what to do next."""
    if looking:
        texts = [_("Looking through all contacts …")]
    elif page == SURE:
        texts = [
            _("Nobody is surely on the desk twice."),
            _("→ shows pairs that may be one person. After an import (Ctrl+O) look here again."),
        ]
    elif page == PERHAPS:
        texts = [
            _("No pair is left to decide."),
            _("Two contacts that you know to be one: siyu merge A B on the command line."),
        ]
    elif page == KEPT:
        texts = [
            _("Nobody was out of touch for {n} months.", n=months),
            _("Whoever is appears here to be erased, after a question. desk.yaml sets the months."),
        ]
        if not months:
            texts = [_("retention_months is 0 in desk.yaml: nobody is proposed")]
    else:
        texts = [
            _("No account looks thrown away."),
            _(
                "Accounts stand here that never wrote or bought anything and came in bulk,"
                " or have no name of their own."
            ),
        ]
    rows = [row for text in texts for row in (*wrap(text, max(10, width - 2)), "")]
    return tuple(((" " + row, "plain"),) for row in ("", *rows))


def hint(page: str, ticked: int) -> str:
    """What Enter would do now."""
    if page == KEPT and not ticked:
        return _("Enter asks to erase this one · Space ticks, Tab all")
    return {
        KEPT: _("Enter asks to erase the {n} that are ticked", n=ticked),
        SURE: _("Enter merges the {n} that are ticked, as one step", n=ticked),
        PERHAPS: _("Enter merges this pair · Del keeps it apart"),
        ACCOUNTS: _("Enter pauses the {n} that are ticked, as one step", n=ticked)
        if ticked
        else _("nobody is ticked · Space ticks"),
    }[page]


def _columns(label: str, values: Sequence[str], size: int, look: str) -> Line:
    cells = [(pad(show(value, size), size) + " ", look) for value in values]
    return ((pad(show(label, LABEL - 1), LABEL), "dim"), *cells)


def _value(profile: Mapping[str, str], field: Field) -> str:
    return masking.field(field.value, profile.get(field.value, ""))


def _reaction(state: ContactState) -> str:
    return "" if state.last_reaction is None else reaction_word(state.last_reaction)
