"""Screens on which one contact is in hand: every key that acts on it, the same everywhere.

A screen says who is in hand, how to go on and how to draw itself; the sending,
the reactions and the undoing are in `tui.screens.contact`, so that no list has
its own way of doing them.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.keys import CONTACT_KEYS
from tui.screens.contact.outcomes import Outcomes
from tui.screens.contact.sending import Sending
from tui.screens.contact.taking_back import TakingBack


class ContactScreen(Sending, Outcomes, TakingBack):
    """One contact in hand, and every key that acts on it."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in CONTACT_KEYS]
