"""DRAFT.md: what a drafted version keeps, drops and puts in, and what is left to do. Pure.

Every text from outside passes `readable`, so nothing in it is a link, an image
or a heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rules.sop import Sop
from rules.timing import date_of
from rules.trends import Trend, Way
from rules.verdicts import Verdict
from scripts.next_version import NextVersion
from sop_content.drafting import readable
from store.review import ContentReview
from tui.sop_names import sequence_name
from tui.wording import VERDICT_SIGNS, verdict_word
from tui.words import _, say


def page_of(
    sop: Sop,
    version: NextVersion,
    reviews: Mapping[str, ContentReview],
    trends: Mapping[str, Trend],
    comments: Mapping[tuple[str, str], Sequence[str]],
    day: int,
) -> str:
    """The whole page.

    `comments` are what stands above each script that is to be rewritten, by content and script.
    """
    falling = {name: found for name, found in trends.items() if found.way is Way.FALLING}
    title = _(
        "# SOP {new}, drafted from {old} on {day}",
        new=readable(version.sop.version),
        old=readable(sop.version),
        day=date_of(day).isoformat(),
    )
    parts = [
        [title],
        _todo(version),
        _changes(sop, version),
        _rewrites(sop, version, comments),
        _worn(sop, version, falling),
        *(_judged(sop, version, reviews, verdict) for verdict in _ORDER),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


_ORDER = (Verdict.DROP, Verdict.REWRITE, Verdict.PREMIUM, Verdict.KEEP, Verdict.UNDECIDED)


def _todo(version: NextVersion) -> list[str]:
    steps = [
        *(
            [_("Write the scripts anew above which REWRITE stands.")]
            if version.judged(Verdict.REWRITE)
            else []
        ),
        *(
            [_("Write the scripts that begin with TODO, in content/new.yaml.")]
            if version.added
            else []
        ),
        _("Check: siyu sop check FOLDER"),
        _("Compare: siyu sop diff FOLDER"),
    ]
    return [_("## To do"), "", *(f"{n}. {step}" for n, step in enumerate(steps, 1))]


def _changes(sop: Sop, version: NextVersion) -> list[str]:
    """The steps whose content was dropped."""
    if not version.changes:
        return []
    heads = (_("sequence"), _("step"), _("before"), _("now"))
    rows = [
        (
            readable(sequence_name(sop, change.sequence)),
            readable(_step_words(sop, change.sequence, change.step)),
            readable(sop.contents[change.was].title),
            _now(version, change.content),
        )
        for change in version.changes
    ]
    return [_("## Steps whose content was dropped"), "", *_table(heads, rows)]


def _rewrites(
    sop: Sop, version: NextVersion, comments: Mapping[tuple[str, str], Sequence[str]]
) -> list[str]:
    """Each script that is to be written anew, beside what came back to it."""
    lines = [_("## Scripts to write anew")]
    for name in version.judged(Verdict.REWRITE):
        content = sop.contents[name]
        lines += ["", f"### {readable(content.title)}"]
        for script in content.scripts:
            told = comments.get((name, script.id), ())
            heading = _("script {variant}: {text}", variant=script.id, text=script.text)
            lines += ["", f"**{readable(heading)}**", ""]
            lines += [f"- {readable(line)}" for line in told]
    return lines if len(lines) > 1 else []


def _worn(sop: Sop, version: NextVersion, falling: Mapping[str, Trend]) -> list[str]:
    """What stays although it reaches fewer and fewer."""
    rows = [
        (f"↓ {readable(sop.contents[name].title)}", readable(say(found.reason)))
        for name, found in falling.items()
        if name in version.sop.contents
    ]
    if not rows:
        return []
    return [_("## Wearing out"), "", *_table((_("content"), _("why")), rows)]


def _step_words(sop: Sop, sequence: str, step: str) -> str:
    """A step by its day, and by the id that its file has."""
    known = sop.sequence(sequence)
    place = None if known is None else known.position(step)
    if known is None or place is None:
        return step
    return _("day {day} ({step})", day=known.steps[place].day, step=step)


def _now(version: NextVersion, content: str) -> str:
    if not content:
        return _("the step is left out")
    title = readable(version.sop.contents[content].title)
    return _("{title} (new)", title=title) if content in version.added else title


def _judged(
    sop: Sop, version: NextVersion, reviews: Mapping[str, ContentReview], verdict: Verdict
) -> list[str]:
    """The contents with one verdict, each with its figures and why."""
    names = version.judged(verdict)
    if not names:
        return []
    title = _(
        "## {verdict}: {n}",
        verdict=f"{VERDICT_SIGNS[verdict]} {verdict_word(verdict)}",
        n=len(names),
    )
    heads = (
        _("content"),
        _("sends"),
        _("friendly"),
        _("positive"),
        _("exploring"),
        _("rejecting"),
        _("lost"),
        _("why"),
    )
    rows = [(readable(sop.contents[name].title), *_figures(reviews.get(name))) for name in names]
    return [title, "", *_table(heads, rows)]


def _figures(row: ContentReview | None) -> Iterator[str]:
    if row is None:
        yield from ("0", "", "", "", "", "", _("not sent yet"))
        return
    one = row.evidence
    counts = (one.sends, one.friendly, one.positive, one.exploring, one.rejecting, one.lost)
    yield from map(str, counts)
    yield readable(say(row.judgement.reason))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]
