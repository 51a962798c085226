"""The keys of Today, in the order of its footer."""

from __future__ import annotations

from tui.keys import APP_KEYS, CONTACT_KEYS, EXPORT_KEYS, LIST_KEYS, SEND_KEYS, STAGE_KEYS

TODAY_KEYS = (
    *CONTACT_KEYS[:SEND_KEYS],
    *APP_KEYS,
    *CONTACT_KEYS[SEND_KEYS:],
    *EXPORT_KEYS,
    *LIST_KEYS,
    *STAGE_KEYS,
)
