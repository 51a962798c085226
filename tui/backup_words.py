"""Backups in words: why one was made, how large it is, what a restore would take away."""

from __future__ import annotations

from store.backups import OCCASIONS, Occasion
from store.restoring import Loss, Restored
from tui.show import show
from tui.wording import kind_word
from tui.words import _, ngettext, say

KIB = 1024


def occasion_word(occasion: Occasion) -> str:
    return say(OCCASIONS[occasion])


def size_words(size: int) -> str:
    """Bytes as people read them: 120 KB, 3.4 MB."""
    if size < KIB * KIB:
        return f"{-(-size // KIB)} KB"
    return f"{size / KIB / KIB:.1f} MB"


def loss_lines(loss: Loss) -> list[str]:
    """What a restore would take away from the desk as it is."""
    if loss.fault is not None:
        return [
            _("The file as it is cannot be used: {fault}", fault=show(say(loss.fault))),
            _("It is kept beside the restored one."),
        ]
    if not loss.events:
        return [_("Nothing is lost: the backup holds all that the desk holds.")]
    kinds = (f"{kind_word(kind)} {n}" for kind, n in loss.kinds.items())
    return [
        ngettext(
            "{n} event after the backup goes: {kinds}.",
            "{n} events after the backup go: {kinds}.",
            loss.events,
            kinds=" · ".join(kinds),
        ),
        _("Do-not-contacts and erasures stay. The desk as it is becomes a backup first."),
    ]


def restored_lines(done: Restored) -> list[str]:
    """What a restore did."""
    lines = [_("The backup of {when} is the desk now.", when=done.backup.when)]
    if done.kept.refusals:
        n = done.kept.refusals
        told = ngettext("{n} do-not-contact was kept.", "{n} do-not-contacts were kept.", n)
        lines.append(told)
    if done.kept.erasures:
        lines.append(_("What was erased since is erased again."))
    if done.untold is not None:
        lines.append(f"! {show(say(done.untold), 400)}")
    if done.before is not None:
        told = _("What stood there before is the backup {name}.", name=done.before.name)
        lines.append(told)
    if done.aside is not None:
        lines.append(_("The damaged file is kept as {file}.", file=show(str(done.aside))))
    return lines
