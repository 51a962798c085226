"""The keys of the Contact screen; there, and in the help of it."""

from __future__ import annotations

from rules.wording import N_
from tui.keys import CONTACT_KEYS, EXPORT_KEYS, Key

NOT_FOR_FILES = ("advance", "next_script", "copy_again", "open_target", "choose_content")
"""What is done with a script, and therefore not where a contact's file is open."""

PERSON_KEYS = (
    Key(
        "enter",
        "open_field",
        "Enter",
        N_("change"),
        N_("Changes the field under the cursor; on the stage it moves the contact, with a reason."),
        writes=True,
    ),
    Key("left,h", "part(-1)", "←", N_("part before"), N_("The part before."), footer=False),
    Key(
        "right,l",
        "part(1)",
        "←→",
        N_("part"),
        N_("Only messages, reactions, notes, purchases, lists or changes of what happened."),
    ),
    Key(
        "pagedown,shift+down",
        "page(1)",
        "PgDn",
        N_("read on"),
        N_("Reads on in what happened."),
    ),
    Key("pageup,shift+up", "page(-1)", "PgUp", N_("page up"), N_("A page up."), footer=False),
    Key("down,j", "move(1)", "↓", N_("next field"), N_("The next field."), footer=False),
    Key("up,k", "move(-1)", "↑", N_("field before"), N_("The field before."), footer=False),
    Key(
        "5",
        "attach",
        "5",
        N_("attach"),
        N_("Keeps a web address, or where a file lies, with the contact."),
        writes=True,
    ),
    Key("6,o", "open_attached", "6", N_("open"), N_("Opens a link or file that is kept here.")),
    Key(
        "8",
        "buy",
        "8",
        N_("purchase"),
        N_("Writes down a purchase or contract, or corrects one by a new entry."),
        writes=True,
    ),
    Key("home", "end(-1)", "Home", N_("first"), N_("The first field."), footer=False),
    Key("end", "end(1)", "End", N_("last"), N_("The last field."), footer=False),
    *(key for key in CONTACT_KEYS if key.action not in NOT_FOR_FILES),
    *EXPORT_KEYS,
)
"""On the file of one contact."""
