"""The keys of the desk, once: bindings, footer, help and docs/keys.md are made from this table.

The daily loop needs digits, arrows, Enter, Space, Tab, Backspace, Esc and
function keys only, because an input method swallows letters; the letters here
are second names of keys that log nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.wording import N_

if TYPE_CHECKING:
    from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be done by key."""

    keys: str
    """Textual's names, separated by commas; the first is the one shown."""
    action: str
    sign: str
    """How the key is written for people."""
    label: str
    """A word or two for the footer; a message id."""
    told: str
    """A sentence for the help; a message id."""
    footer: bool = True
    everywhere: bool = False  # in a window and in a field, too
    writes: bool = False
    """Whether it writes, or leads to what does: of no use on a desk that is only read."""

    def binding(self) -> Binding:
        from textual.binding import Binding  # the first picture of the keys comes before Textual

        told = (self.keys, self.action, self.label)
        return Binding(*told, show=False, id=self.action, priority=self.everywhere)


REACTION_KEYS = (
    Key(
        "1",
        "react('friendly')",
        "1",
        N_("friendly"),
        N_("Friendly: a rose, a smile, thanks; saw it and does not mind."),
        writes=True,
    ),
    Key(
        "2",
        "react('positive')",
        "2",
        N_("positive"),
        N_("Positive: replies eagerly and will read it, but asks for nothing."),
        writes=True,
    ),
    Key(
        "3",
        "react('exploring')",
        "3",
        N_("exploring"),
        N_("Exploring: wants to talk deeper or see more. Note the interest with 7."),
        writes=True,
    ),
    Key(
        "4",
        "react('rejecting')",
        "4",
        N_("rejecting"),
        N_("Rejecting: no need for now. Every sequence pauses until you resume."),
        writes=True,
    ),
    Key(
        "0",
        "react('lost')",
        "0",
        N_("lost"),
        N_("Lost: deleted you. Leaves the queue."),
        writes=True,
    ),
    Key(
        "9",
        "refuse",
        "9",
        N_("do not contact"),
        N_("Do not contact: never write again. Asks for a reason."),
        writes=True,
    ),
)

RESUME_KEY = Key(
    "f11,ctrl+r",
    "resume",
    "F11",
    N_("resume"),
    N_("Takes up a contact who is paused, lost or not to be contacted; asks for a reason."),
    footer=False,
    writes=True,
)
"""In the footer only for a contact who stands aside."""

FIND_KEY = Key(
    "slash",
    "find",
    "/",
    N_("find"),
    N_("Finds anyone by name, company, pinyin or phone; then Enter, then a reaction."),
)
"""On every screen: where nobody is in hand it goes to Today first."""

CONTACT_KEYS = (
    *REACTION_KEYS,
    Key(
        "enter",
        "advance",
        "Enter",
        N_("copy → sent → next"),
        N_("Copies the script; again: it was sent; again: the next contact."),
        writes=True,
    ),
    Key(
        "tab",
        "next_script",
        "Tab",
        N_("next variant"),
        N_("Shows the next variant of the script."),
    ),
    Key(
        "space",
        "postpone",
        "Space",
        N_("postpone"),
        N_("Puts the message off: tomorrow, 3 days, next Monday or a date."),
        writes=True,
    ),
    Key(
        "backspace,ctrl+z",
        "undo",
        "Backspace",
        N_("undo"),
        N_("Takes back your last step of today, one a press."),
        writes=True,
    ),
    Key(
        "f9,ctrl+y",
        "redo",
        "F9",
        N_("redo"),
        N_("Does again what you undid last."),
        footer=False,
        writes=True,
    ),
    Key(
        "5,c",
        "copy_again",
        "5",
        N_("copy again"),
        N_("Copies the script once more; nothing is logged."),
        footer=False,
    ),
    Key(
        "ctrl+k",
        "plain",
        "Ctrl+K",
        N_("plain text"),
        N_("Shows the script alone, to be selected with the mouse where copying does not work."),
        footer=False,
    ),
    Key(
        "6,o",
        "open_target",
        "6",
        N_("open link"),
        N_("Opens the link or file that goes with the script."),
        footer=False,
    ),
    Key(
        "7,n",
        "note",
        "7",
        N_("note"),
        N_("Writes a reply's words, a note and interest points into the contact's file."),
        writes=True,
    ),
    Key(
        "8,s",
        "choose_content",
        "8",
        N_("another"),
        N_("Chooses another content for this contact."),
    ),
    Key(
        "equals_sign",
        "why",
        "=",
        N_("why"),
        N_("Shows every rule about the contact, which of its parts hold, and the values read."),
        footer=False,
    ),
    FIND_KEY,
    Key(
        "escape",
        "back",
        "Esc",
        N_("back"),
        N_("Leaves a contact that was found, or drops a text that arrived."),
        footer=False,
    ),
    RESUME_KEY,
)
"""On every screen with a contact in hand."""

LIST_KEYS = (
    Key("down,j", "move(1)", "↓", N_("next contact"), N_("The next contact."), footer=False),
    Key("up,k", "move(-1)", "↑", N_("contact before"), N_("The contact before."), footer=False),
    Key("pagedown", "page(1)", "PgDn", N_("page down"), N_("A page down."), footer=False),
    Key("pageup", "page(-1)", "PgUp", N_("page up"), N_("A page up."), footer=False),
    Key("home", "end(-1)", "Home", N_("first"), N_("The first contact."), footer=False),
    Key("end", "end(1)", "End", N_("last"), N_("The last contact loaded."), footer=False),
)
"""On every screen with a list."""

ENTRY_KEYS = (
    Key(
        "f12,plus",
        "settle",
        "F12",
        N_("done / accept"),
        N_("Dealt with: due again when the list says so. A proposed stage is accepted."),
        writes=True,
    ),
    Key(
        "delete,minus",
        "decline",
        "Del",
        N_("decline"),
        N_("Declines a proposed stage; it is not proposed again before something new is heard."),
        writes=True,
    ),
    Key("left,h", "tab(-1)", "←", N_("list before"), N_("The list before."), footer=False),
    Key("right,l", "tab(1)", "←→", N_("list"), N_("The next list.")),
)
"""On the Lists screen."""

STAGE_KEYS = (
    Key("left,h", "stage(-1)", "←", N_("stage before"), N_("The stage before."), footer=False),
    Key("right,l", "stage(1)", "→", N_("next stage"), N_("The next stage."), footer=False),
)

FILTER_KEYS = (
    Key("ctrl+f", "filter", "Ctrl+F", N_("filter"), N_("Filters this list as you type.")),
)
"""On screens whose list can be filtered."""

EXPORT_KEYS = (
    Key(
        "ctrl+e",
        "export",
        "Ctrl+E",
        N_("export"),
        N_("Writes what is listed into a file."),
        footer=False,
    ),
)
"""On screens whose list can be written into a CSV or XLSX file."""

SEND_KEYS = len(REACTION_KEYS) + 1
"""The reactions and Enter: what the footer shows first, before the keys of the app."""

SCREEN_KEYS = (
    Key("f2", "show('today')", "F2", N_("Today"), N_("Today: whom to write to."), footer=False),
    Key(
        "f3",
        "show('replies')",
        "F3",
        N_("Replies"),
        N_("Replies: what was sent in the last days and may be answered."),
        footer=False,
    ),
    Key(
        "f4",
        "show('lists')",
        "F4",
        N_("Lists"),
        N_("Lists: whom to follow up, and why."),
        footer=False,
    ),
    Key(
        "f5",
        "show('content')",
        "F5",
        N_("Content"),
        N_("Content: what came back to each content, and its verdict."),
        footer=False,
    ),
    Key("f6", "show('person')", "F6", N_("Contact"), N_("Contact: the whole file."), footer=False),
    Key(
        "f7",
        "show('sop')",
        "F7",
        N_("SOP"),
        N_("SOP: steps, problems, adjustment log, versions; publishing the next."),
        footer=False,
    ),
    Key(
        "f10,ctrl+u",
        "show('steps')",
        "F10",
        N_("Undo"),
        N_("Undo: every step by day, each taken back or done again."),
        footer=False,
    ),
)
"""The full screens, in the order of the top line."""

APP_KEYS = (
    Key("f1,question_mark", "help", "F1", N_("help"), N_("This help.")),
    *SCREEN_KEYS,
    Key(
        "ctrl+o",
        "show('import')",
        "Ctrl+O",
        N_("import"),
        N_("Imports a file of contacts, after a look at what it would bring."),
        footer=False,
        writes=True,
    ),
    Key(
        "ctrl+s",
        "show('backups')",
        "Ctrl+S",
        N_("backups"),
        N_("Backups: lists, makes and restores copies of the desk."),
        footer=False,
    ),
    Key(
        "ctrl+d",
        "show('cleaning')",
        "Ctrl+D",
        N_("clean up"),
        N_("Merges contacts who stand here twice, and pauses throw-away accounts."),
        footer=False,
    ),
    Key(
        "ctrl+p",
        "command_palette",
        "Ctrl+P",
        N_("commands"),
        N_("Themes and other commands, by name."),
        footer=False,
    ),
    Key(
        "ctrl+g",
        "mask",
        "Ctrl+G",
        N_("mask names"),
        N_("Masks names, phones, companies and ids on every screen, or shows them again."),
        footer=False,
        everywhere=True,
    ),
    Key("ctrl+q", "quit", "Ctrl+Q", N_("quit"), N_("Leaves the desk."), footer=False),
)

ALL_KEYS = (
    *CONTACT_KEYS,
    *LIST_KEYS,
    *STAGE_KEYS,
    *ENTRY_KEYS,
    *FILTER_KEYS,
    *EXPORT_KEYS,
    *APP_KEYS,
)

CHARACTERS = {
    "slash": "/",
    "space": " ",
    "question_mark": "?",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
}


def desk_keys(keys: tuple[Key, ...]) -> frozenset[str]:
    """Every name of every key; a character read beside others that is none makes them a text."""
    return frozenset(name for key in keys for name in key.keys.split(","))
