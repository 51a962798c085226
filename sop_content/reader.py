"""Reads a whole SOP folder: every file, then what the files say of each other.

Invariant: all faults of all files come back at once, and an SOP only when
none of them is an error. Nothing in a folder makes the reader raise.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rules.lint_rules import LintRules
from rules.sop import Content, Sequence, Settings, Sop
from rules.timing import WEEKDAYS
from rules.wording import N_, sentence
from sop_content.content import A_CONTENT, Stages, check_replies, holds_contents, read_contents
from sop_content.faults import BEGINNING, Fault, FaultList, ReadSop, shortened
from sop_content.file_text import decoded
from sop_content.folder import SopFiles, gather
from sop_content.lint_file import read_lint
from sop_content.marked_yaml import Node, parse
from sop_content.places import Ids, Located
from sop_content.rule_file import NO_RULES, Rules, read_rules
from sop_content.sequences import A_SEQUENCE, Heading, Surroundings, read_heading, read_sequence
from sop_content.settings import DEFAULTS, read_settings
from sop_content.workdays import work_calendar


def read_sop(folder: Path, years: Iterable[int] = ()) -> ReadSop:
    """The SOP of a folder with the working days of `years`, and every fault."""
    return read_files(gather(folder), years)


def read_files(files: SopFiles, years: Iterable[int] = ()) -> ReadSop:
    """The SOP of files already read from the disk."""
    reading = _Reading(files)
    sop = reading.sop()
    faults = tuple(sorted(reading.faults(), key=lambda f: (f.path, f.line, f.column, str(f))))
    if sop is None or any(fault.severity == "error" for fault in faults):
        return ReadSop(None, faults, WEEKDAYS)
    return ReadSop(sop, faults, work_calendar(sop.settings.country, years))


class _Reading:
    """One pass over the files, in the order in which they refer to each other."""

    def __init__(self, files: SopFiles) -> None:
        self._files = files
        self._lists: dict[str, FaultList] = {}
        self._contents: dict[str, Content] = {}
        self._complete = True
        """Whether every content that the folder holds is known."""

    def faults(self) -> list[Fault]:
        found = [fault for faults in self._lists.values() for fault in faults]
        return [*self._files.faults, *found]

    def sop(self) -> Sop | None:
        settings = self._settings()
        heading = self._heading()
        stages = Stages(tuple(s.id for s in heading.stages) if heading else None)
        self._read_contents(stages)
        sequences = self._sequences(stages)
        rules = self._rules(stages, sequences)
        if heading is None:
            return None
        self._tell_served_stages(heading, sequences)
        return Sop(
            version=heading.version,
            name=heading.name,
            stages=heading.stages,
            sequences=tuple(sequence.value for sequence in sequences),
            contents=self._contents,
            settings=settings,
            lists=rules.lists,
            priorities=rules.priorities,
            verdicts=rules.verdicts,
            lint=self._lint(sequences),
        )

    def _settings(self) -> Settings:
        name = "desk.yaml"
        if name not in self._files.data:
            return DEFAULTS
        # A file of comments only sets nothing, as the fields are all optional.
        return read_settings(self._root(name), self._list(name))

    def _rules(self, stages: Stages, sequences: list[Located[Sequence]]) -> Rules:
        name = "rules.yaml"
        if name not in self._files.data:
            return NO_RULES
        known = {"stage": tuple(stages.known or ())}
        if len(sequences) == sum(path.startswith("sequences/") for path in self._files.data):
            known["sequence"] = tuple(sequence.value.id for sequence in sequences)
        return read_rules(self._root(name), known, self._list(name))

    def _lint(self, sequences: list[Located[Sequence]]) -> LintRules:
        name = "lint.yaml"
        if name not in self._files.data:
            return LintRules()
        ids = (*self._contents, *(sequence.value.id for sequence in sequences))
        return read_lint(self._root(name), ids if self._complete else None, self._list(name))

    def _heading(self) -> Heading | None:
        name = "sop.yaml"
        if name in self._files.data:
            return read_heading(self._needed_root(name), self._list(name))
        if not any(fault.path in (name, ".") for fault in self._files.faults):
            message = N_("sop.yaml is missing: it says the version, the name and the stages")
            self._list(name).error(BEGINNING, sentence(message))
        return None

    def _read_contents(self, stages: Stages) -> None:
        ids = Ids(A_CONTENT)
        replies: list[Located[str]] = []
        for name in self._names("content"):
            root = self._needed_root(name)
            self._complete = self._complete and holds_contents(root)
            for found, named in read_contents(root, stages, ids, self._list(name)):
                self._contents.setdefault(found.value.id, found.value)
                replies += [named] if named else []
        for fault in self._files.faults:
            if fault.severity == "error" and fault.path.partition("/")[0] == "content":
                self._complete = False
        check_replies(replies, self._contents, complete=self._complete)

    def _sequences(self, stages: Stages) -> list[Located[Sequence]]:
        around = Surroundings(stages, self._contents, self._complete, Ids(A_SEQUENCE))
        found = []
        for name in self._names("sequences"):
            root = self._needed_root(name)
            sequence = read_sequence(root, around, self._list(name))
            if sequence is not None:
                found.append(sequence)
        return found

    def _tell_served_stages(self, heading: Heading, sequences: list[Located[Sequence]]) -> None:
        """Every stage is walked by one sequence: two would be ambiguous, none leaves it silent."""
        served: dict[str, str] = {}
        for sequence in sequences:
            for stage in sequence.value.stages:
                first = served.setdefault(stage, sequence.faults.path)
                if first != sequence.faults.path:
                    message = N_('stage "{stage}" already has a sequence in {first}')
                    what = sentence(message, stage=shortened(stage), first=first)
                    sequence.faults.error(sequence.place, what)
        self._tell_silent_stages(heading, served)

    def _tell_silent_stages(self, heading: Heading, served: dict[str, str]) -> None:
        unread = any(fault.severity == "error" for fault in self.faults())
        for stage in heading.stages if not unread else ():
            if stage.id not in served:
                message = N_('stage "{stage}" has no sequence: nothing is due for its contacts')
                what = sentence(message, stage=stage.id)
                self._list("sop.yaml").warning(BEGINNING, what)

    def _names(self, below: str) -> list[str]:
        """The files of a folder; an empty folder is told, since nothing could be sent from it."""
        names = sorted(name for name in self._files.data if name.startswith(f"{below}/"))
        if not names and not any(_concerns(fault, below) for fault in self._files.faults):
            message = N_('the folder "{folder}" holds no .yaml file')
            self._list(below).error(BEGINNING, sentence(message, folder=below))
        return names

    def _needed_root(self, name: str) -> Node | None:
        faults = self._list(name)
        told = len(list(faults))
        root = self._root(name)
        if root is None and len(list(faults)) == told:
            faults.error(BEGINNING, sentence(N_("the file says nothing: every line is a comment")))
        return root

    def _root(self, name: str) -> Node | None:
        faults = self._list(name)
        text = decoded(self._files.data[name], faults)
        if text is None:
            return None
        if not text.strip():
            message = N_("the file is empty: write its fields, or delete it")
            faults.error(BEGINNING, sentence(message))
            return None
        return parse(text, faults)

    def _list(self, name: str) -> FaultList:
        return self._lists.setdefault(name, FaultList(name))


def _concerns(fault: Fault, below: str) -> bool:
    return fault.path in (".", below) or (
        fault.severity == "error" and fault.path.startswith(f"{below}/")
    )
