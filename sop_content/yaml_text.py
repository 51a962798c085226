"""Values of an SOP as YAML text, for what no colleague has written yet.

Invariant: what is written here, `marked_yaml` reads back as the same texts: every
text stands in double quotes, with the escapes that JSON and YAML share.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from rules.sop import Content, Script, Step, Window
from rules.sop import Sequence as StepSequence
from rules.timing import date_of
from sop_content.faults import shortened

COMMENT_WIDTH = 200
"""Characters of one comment line; what is longer is cut."""

Comments = Mapping[tuple[str, str], Sequence[str]]
"""By content and script: the lines that stand above it."""


def quoted(text: str) -> str:
    """A text in double quotes, on one line."""
    return json.dumps(text, ensure_ascii=False)


def comment(text: str, indent: int = 0) -> str:
    """A comment line that says a text from outside: one line whatever stands in it, and nothing
    invisible, so that nothing can end the comment."""
    return f"{' ' * indent}# {shortened(text, COMMENT_WIDTH)}".rstrip()


def content_file(contents: Sequence[Content], comments: Comments) -> str:
    """A whole content file."""
    lines = ["content:"]
    for content in contents:
        lines += [*_content_lines(content, comments), ""]
    return "\n".join(lines[:-1]) + "\n"


def sequence_file(sequence: StepSequence) -> str:
    """A whole sequence file."""
    lines = [
        f"id: {quoted(sequence.id)}",
        f"name: {quoted(sequence.name)}",
        f"stages: {_listed(sequence.stages)}",
        "steps:",
    ]
    for step in sequence.steps:
        lines += _step_lines(step)
    return "\n".join(lines) + "\n"


def _content_lines(content: Content, comments: Comments) -> Iterator[str]:
    yield f"  - id: {quoted(content.id)}"
    yield f"    title: {quoted(content.title)}"
    yield f"    purpose: {content.purpose.value}"
    if content.form is not None:
        yield f"    form: {content.form.value}"
        yield f"    target: {quoted(content.target)}"
    if content.keyword:
        yield f"    keyword: {quoted(content.keyword)}"
    if content.reply_with:
        yield f"    reply_with: {quoted(content.reply_with)}"
    if content.stages:
        yield f"    stages: {_listed(content.stages)}"
    if content.published is not None:
        yield f"    published: {date_of(content.published).isoformat()}"
    if content.advertising:
        yield "    advertising: true"
    yield "    scripts:"
    for script in content.scripts:
        for line in comments.get((content.id, script.id), ()):
            yield comment(line, 6)
        yield from _script_lines(script)


def _script_lines(script: Script) -> Iterator[str]:
    yield f"      - id: {quoted(script.id)}"
    if script.stages:
        yield f"        stages: {_listed(script.stages)}"
    yield f"        text: {quoted(script.text)}"


def _step_lines(step: Step) -> Iterator[str]:
    yield f"  - id: {quoted(step.id)}"
    yield f"    day: {step.day}"
    yield f"    content: {quoted(step.content)}"
    if step.window is not None:
        yield f"    window: {_window(step.window)}"
    if step.stages:
        yield f"    stages: {_listed(step.stages)}"


def _listed(words: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, words))}]"


def _window(window: Window) -> str:
    return "-".join(f"{at // 60:02d}:{at % 60:02d}" for at in (window.start, window.end))
