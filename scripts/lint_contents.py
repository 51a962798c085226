"""What each content is asked for: short texts, a second form, a line to reply to, no customer."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from rules.lint_rules import LintLimits, LintRule
from rules.nouns import Form, Purpose
from rules.sop import Content, Script, Sop
from rules.wording import N_, Sentence, sentence
from scripts.customer_details import details_shown
from scripts.filling import is_todo
from scripts.findings import Finding

REPLY_WANTED = (Purpose.FUNCTION, Purpose.EFFECT)
"""What gives something to use or to see, and so has more to give to whoever replies."""


def content_findings(sop: Sop, today: int | None, people: Collection[str]) -> Iterator[Finding]:
    """The findings that need one content alone, and the contents that no step sends."""
    limits = sop.lint.limits
    sent = {step.content for sequence in sop.sequences for step in sequence.steps}
    answering = sop.answering
    shown = details_shown(sop, people)
    for content in sop.contents.values():
        for script in content.scripts:
            yield from _script_findings(content, script, limits)
        yield from _whole_findings(content, today, limits)
        if content.id in sent or content.id not in answering:
            yield from _keyword_wanted(content)
        if content.keyword and content.reply_with in ("", content.id):
            yield _same_again(content)
        if content.id in shown:
            yield _customer(content, shown[content.id])
        if content.id not in sent and content.id not in answering:
            yield _unused(content)


def text_length(text: str) -> float:
    """How long a text looks: a wide character counts one, any other a half."""
    if text.isascii():
        return len(text) / 2
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return (len(text) + wide) / 2


def _script_findings(content: Content, script: Script, limits: LintLimits) -> Iterator[Finding]:
    if is_todo(script.text):
        yield Finding(
            LintRule.TODO,
            sentence(
                N_('script {script} of "{content}" is still to be written'), **_of(content, script)
            ),
            sentence(N_("Write it in place of TODO; until then it is not offered")),
            content.id,
            script.id,
        )
        return
    wall = _wall(content, script, limits)
    if wall is not None:
        advice = N_("Cut it down to one thought, and put the rest into the article or the file")
        yield Finding(LintRule.WALL_OF_TEXT, wall, sentence(advice), content.id, script.id)
    if content.keyword and not _asks_for(content.keyword, script.text):
        message = N_('script {script} of "{content}" does not ask for the reply "{keyword}"')
        proposal = N_(
            'Say what the reply "{keyword}" brings, as in: reply "{keyword}" for the table'
        )
        yield Finding(
            LintRule.REPLY_LINE,
            sentence(message, keyword=content.keyword, **_of(content, script)),
            sentence(proposal, keyword=content.keyword),
            content.id,
            script.id,
        )


def _wall(content: Content, script: Script, limits: LintLimits) -> Sentence | None:
    length = round(text_length(script.text))
    if length > limits.text_length:
        message = N_('script {script} of "{content}" is a wall of text: {n} long, {limit} at most')
        return sentence(message, n=length, limit=limits.text_length, **_of(content, script))
    longest = round(max(map(text_length, script.text.split("\n"))))
    if longest > limits.paragraph_length:
        message = N_(
            'script {script} of "{content}" has a paragraph {n} long without a break,'
            " {limit} at most"
        )
        return sentence(message, n=longest, limit=limits.paragraph_length, **_of(content, script))
    return None


def _asks_for(keyword: str, text: str) -> bool:
    return "{keyword}" in text or keyword.casefold() in text.casefold()


def _whole_findings(content: Content, today: int | None, limits: LintLimits) -> Iterator[Finding]:
    title = {"content": content.title}
    if content.form is None:
        message = N_('"{content}" is text alone')
        proposal = N_("Add a form and its target: {forms}")
        forms = ", ".join(form.value for form in Form)
        yield Finding(
            LintRule.SECOND_FORM,
            sentence(message, **title),
            sentence(proposal, forms=forms),
            content.id,
        )
    if today is not None and content.published is not None:
        age = today - content.published
        if age > limits.age_days:
            message = N_('"{content}" was published {n} days ago, {limit} at most')
            yield Finding(
                LintRule.AGE,
                sentence(message, n=age, limit=limits.age_days, **title),
                sentence(N_("Replace it with a newer one, or review it and renew its date")),
                content.id,
            )


def _keyword_wanted(content: Content) -> Iterator[Finding]:
    if not content.keyword and content.purpose in REPLY_WANTED:
        message = N_('"{content}" gives nothing to whoever replies: it has no keyword')
        proposal = N_('Add a keyword and a line such as: reply "table" for the filled-in one')
        yield Finding(
            LintRule.REPLY_LINE,
            sentence(message, content=content.title),
            sentence(proposal),
            content.id,
        )


def _same_again(content: Content) -> Finding:
    message = N_('whoever replies "{keyword}" to "{content}" is sent the same content again')
    proposal = N_('Name in "reply_with" the content that the reply brings')
    return Finding(
        LintRule.REPLY_WITH,
        sentence(message, keyword=content.keyword, content=content.title),
        sentence(proposal),
        content.id,
    )


def unchanged_rewrite(content: Content) -> Finding:
    """A content that was to be rewritten, with the texts that brought the rejections."""
    message = N_('"{content}" was to be rewritten and has the same scripts as before')
    return Finding(
        LintRule.REWRITE,
        sentence(message, content=content.title),
        sentence(N_("Write its scripts anew; the replies that show why stand above them")),
        content.id,
    )


def _customer(content: Content, shown: str) -> Finding:
    return Finding(
        LintRule.CUSTOMER_DETAILS,
        sentence(N_('"{content}" shows "{shown}"'), content=content.title, shown=shown),
        sentence(N_("Tell the trade and the figures, never a customer's name, phone or company")),
        content.id,
    )


def _unused(content: Content) -> Finding:
    return Finding(
        LintRule.UNUSED,
        sentence(N_('no step sends "{content}"'), content=content.title),
        sentence(N_("Give it a step in a sequence, or delete it")),
        content.id,
    )


def _of(content: Content, script: Script) -> dict[str, str]:
    return {"content": content.title, "script": script.id}
