"""`lint.yaml`: how grave each finding is, from where on something is found, and the exceptions.

Every section may be left out, and the file as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from rules.lint_rules import Gravity, LintLimits, LintRule, LintRules
from rules.wording import N_, sentence
from sop_content.faults import FaultList, shortened
from sop_content.fields import Record, nearest, one_text, tell_unknown_value
from sop_content.marked_yaml import Broken, Listing, Node, Scalar, Table

FIELDS = ("rules", "limits", "exceptions")
THE_CHECKS = sentence(N_("the checks"))
THE_GRAVITIES = sentence(N_("the gravity of each check"))
THE_LIMITS = sentence(N_("the limits of the checks"))
LARGEST = 100_000
MOST_PERCENT = 100
RULES = tuple(rule.value for rule in LintRule)
USUAL = LintLimits()


def read_lint(root: Node | None, ids: Sequence[str] | None, faults: FaultList) -> LintRules:
    """The checks of a file's root; None means a file without any field.

    `ids` are those of all contents and sequences, None when not all are known.
    """
    record = Record.of(root, THE_CHECKS, FIELDS, faults)
    if record is None:
        return LintRules()
    gravities = Record.of(record.node("rules"), THE_GRAVITIES, RULES, faults)
    limits = Record.of(
        record.node("limits"), THE_LIMITS, tuple(field.name for field in fields(USUAL)), faults
    )
    return LintRules(
        {} if gravities is None else dict(_gravities(gravities)),
        dict(_exceptions(record, ids)),
        USUAL if limits is None else _limits(limits),
    )


def _gravities(record: Record) -> Iterator[tuple[LintRule, Gravity]]:
    for rule in LintRule:
        gravity = record.choice(rule.value, Gravity)
        if gravity is not None:
            yield rule, gravity


def _limits(record: Record) -> LintLimits:
    found = {}
    for field in fields(USUAL):
        highest = MOST_PERCENT if field.name.endswith("_percent") else LARGEST
        found[field.name] = record.number(field.name, 1, highest, getattr(USUAL, field.name))
    return LintLimits(**found)


def _exceptions(
    record: Record, ids: Sequence[str] | None
) -> Iterator[tuple[str, tuple[LintRule, ...]]]:
    node = record.node("exceptions")
    if node is None or isinstance(node, Broken):
        return
    if not isinstance(node, Table):
        message = N_(
            '"exceptions" must name a content or sequence on each line: "its_id: [unused]"'
        )
        record.faults.error(node, sentence(message))
        return
    for name, (key, value) in node.fields.items():
        if ids is not None and name not in ids:
            _tell_unknown(key, ids, record.faults)
        yield name, tuple(_rules(value, record.faults))


def _rules(node: Node, faults: FaultList) -> Iterator[LintRule]:
    """The rules of one exception: a list of them, or one alone."""
    for item in node.items if isinstance(node, Listing) else (node,):
        scalar = one_text(item, "exceptions", faults)
        if scalar is None:
            continue
        if scalar.value in RULES:
            yield LintRule(scalar.value)
        else:
            tell_unknown_value(scalar, "exceptions", RULES, faults)


def _tell_unknown(key: Scalar, ids: Sequence[str], faults: FaultList) -> None:
    """No error: an exception outlives the content it was written for."""
    near = nearest(key.value, ids)
    if near is None:
        message = N_('no content and no sequence is called "{word}": delete this line')
        faults.warning(key, sentence(message, word=shortened(key.value)))
    else:
        message = N_('no content and no sequence is called "{word}": did you mean "{near}"?')
        what = sentence(message, word=shortened(key.value), near=near)
        faults.warning(key, what, (near,))
