"""Drafting the next version of the SOP from the one in use and what came back to it.

Gathers the verdicts and the replies, lets `scripts.next_version` decide and
`sop_content.drafting` write; the words for people are put in here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from rules.nouns import Reaction
from rules.trends import Trend
from rules.verdicts import Evidence, Verdict
from scripts.candidates import Ranked
from scripts.customer_details import without_phones
from scripts.next_version import NextVersion, next_version
from sop_content.drafting import assets, draft_files
from sop_content.folder import gather
from store.carrying import Carried, carried
from store.review import ContentReview, Reply, replies, review, trend_of
from tui.draft_page import page_of
from tui.opening import OpenDesk
from tui.trend_words import trend_words
from tui.wording import SIGNS, reaction_word
from tui.words import _, say

PAGE = "DRAFT.md"
MOST_QUOTED = 5
"""Replies that stand above a script, of each way of being against it."""


@dataclass(frozen=True)
class Draft:
    """A next version, ready to be written."""

    before: str
    """The version that it comes from."""
    version: NextVersion
    reviews: Mapping[str, ContentReview]
    """What came back to the contents of the version before, as far as they were sent."""
    files: Mapping[str, bytes | Path]
    """By path, for `sop_content.writing.write_folder`."""
    had_candidates: bool = False
    """Whether articles were given to fill gaps from."""


def draft_of(desk: OpenDesk, candidates: Sequence[Ranked] = ()) -> Draft:
    """The next version of the SOP that a desk works by; writes nothing.

    Raises NotWritten when the SOP's files are others than those in use.
    """
    sop = desk.shift.sop
    rows = review(desk.db, sop)
    known = carried(rows, sop)
    reviews = {name: one.review for name, one in known.items()}
    verdicts = {name: row.verdict for name, row in reviews.items()}
    stub = _("TODO: write the words that lead this in")
    version = next_version(sop, verdicts, stub, candidates, {row.version for row in rows})
    day = desk.clock().day
    trends = {
        name: trend_of(desk.db, name, one.versions[0], sop.verdicts, today=day)
        for name, one in known.items()
    }
    comments = dict(_comments(desk, version, known, trends))
    files: dict[str, bytes | Path] = dict(draft_files(gather(desk.sop_path), version, comments))
    files |= assets(desk.sop_path, version, files)
    page = page_of(sop, version, reviews, trends, comments, day)
    whole = {**files, PAGE: page.encode()}
    return Draft(sop.version, version, reviews, whole, had_candidates=bool(candidates))


def _comments(
    desk: OpenDesk,
    version: NextVersion,
    known: Mapping[str, Carried],
    trends: Mapping[str, Trend],
) -> Iterator[tuple[tuple[str, str], Sequence[str]]]:
    """What stands above each script that is to be rewritten."""
    for name in version.judged(Verdict.REWRITE):
        row = known[name].review
        digests = {script.digest: script.evidence for script in row.scripts}
        against = _against(desk, known[name])
        for script in desk.shift.sop.contents[name].scripts:
            lines = [_("REWRITE: {why}", why=say(row.judgement.reason))]
            lines.append(trend_words(trends[name]))
            lines.append(_figures(digests.get(script.digest, Evidence())))
            lines += [_quoted(reply) for reply in against if reply.digest == script.digest]
            yield (name, script.id), [*dict.fromkeys(lines)]


def _against(desk: OpenDesk, one: Carried) -> list[Reply]:
    """The latest replies with words of those who were against it, some of each text."""
    found = []
    taken: dict[tuple[str, Reaction], int] = {}
    for reaction, version in product((Reaction.REJECTING, Reaction.LOST), one.versions):
        for reply in replies(desk.db, one.review.content, version, reaction):
            key = (reply.digest, reaction)
            if _words(reply) and taken.get(key, 0) < MOST_QUOTED:
                taken[key] = taken.get(key, 0) + 1
                found.append(reply)
    return found


def _words(reply: Reply) -> str:
    """What was said, else what the operator noted; a phone number in it stays out of the files."""
    return without_phones(reply.words.get("reply", "") or reply.words.get("note", "")).strip()


def _quoted(reply: Reply) -> str:
    return f"{SIGNS[reply.reaction]} {reaction_word(reply.reaction)}: {_words(reply)}"


def _figures(evidence: Evidence) -> str:
    return _(
        "this script: {sends} sends, {good} well, {against} against",
        sends=evidence.sends,
        good=evidence.good,
        against=evidence.against,
    )
