"""What a contact's fields are called on screen and above the columns of a file."""

from __future__ import annotations

from store.exchange.headings import Field
from tui.words import _


def field_word(field: Field | None) -> str:
    """A column's meaning; None is a column kept under its own heading."""
    if field is None:
        return _("extra field")
    return {
        Field.NAME: _("name"),
        Field.FIRST_NAME: _("first name"),
        Field.LAST_NAME: _("last name"),
        Field.NICKNAME: _("nickname"),
        Field.REMARK: _("remark"),
        Field.PHONE: _("phone"),
        Field.HANDLE: _("chat id"),
        Field.EXTERNAL_ID: _("external id"),
        Field.COMPANY: _("company"),
        Field.TITLE: _("title"),
        Field.OWNER: _("owner"),
        Field.ADDED: _("added on"),
        Field.SOURCE: _("source"),
        Field.STAGE: _("stage"),
        Field.TAGS: _("tags"),
        Field.BIRTHDAY: _("birthday"),
        Field.EMAIL: _("email"),
        Field.DO_NOT_CONTACT: _("do not contact"),
        Field.IGNORED: _("left out"),
    }[field]
