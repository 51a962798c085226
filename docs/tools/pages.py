"""The parts of the pages that are written from the code, so that they cannot disagree with it.

A part stands in a page between `<!-- generated: name -->` and
`<!-- end -->`; `make docs` writes it anew and `make current` fails when a page
is behind. Everything outside the marks belongs to whoever writes the page.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from rules.facts import FACTS, Fact
from rules.nouns import INTERACTIONS, REACTION_KEYS, Channel, Form, Purpose, Split
from scripts.filling import FIELDS
from tui.keys import ALL_KEYS, CHARACTERS, Key
from tui.screens.person.keys import PERSON_KEYS

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/*.md")
PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def reactions() -> str:
    """The digit and the word of each reaction."""
    rows = [f"| `{key}` | `{reaction.value}` |" for key, reaction in REACTION_KEYS.items()]
    return "\n".join(["| key | word |", "|---|---|", *rows])


def accepted() -> str:
    """The words that SOP files may use for what is a fixed set."""
    sets: tuple[tuple[str, Iterable[StrEnum]], ...] = (
        ("kind", INTERACTIONS),
        ("form", Form),
        ("purpose", Purpose),
        ("channel", Channel),
        ("variants", Split),
    )
    rows = [
        f"| {name} | {', '.join(f'`{word.value}`' for word in words)} |" for name, words in sets
    ]
    return "\n".join(["| value | accepted |", "|---|---|", *rows])


def blanks() -> str:
    """What may stand between the braces of a script."""
    return ", ".join(f"`{{{field}}}`" for field in FIELDS)


def facts() -> str:
    """What the rules of an SOP may read of a contact."""
    rows = [
        f"| `{fact.name}` | {fact.type.value} | {_meaning(fact)} | {fact.empty or 'never'} |"
        for fact in FACTS.values()
    ]
    return "\n".join(["| fact | type | what it is | null when |", "|---|---|---|---|", *rows])


def _meaning(fact: Fact) -> str:
    listed = ", ".join(f"`{word}`" for word in fact.accepted)
    return f"{fact.meaning}: {listed}" if listed else fact.meaning


def keys() -> str:
    """Every key of the desk, with its second names."""
    return _key_table(ALL_KEYS)


def file_keys() -> str:
    """The keys that mean something else, or something of their own, on a contact's file."""
    return _key_table([key for key in PERSON_KEYS if key not in ALL_KEYS])


def _key_table(listed: Iterable[Key]) -> str:
    return "\n".join(["| key | also | what it does |", "|---|---|---|", *_key_rows(listed)])


def _key_rows(listed: Iterable[Key]) -> list[str]:
    rows = []
    for key in listed:
        others = ", ".join(f"`{_written(name)}`" for name in key.keys.split(",")[1:])
        rows.append(f"| `{key.sign}` | {others} | {key.told} |")
    return rows


def _written(name: str) -> str:
    """A key as people write it: `ctrl+z` as Ctrl+Z, `question_mark` as ?."""
    return (
        CHARACTERS.get(name, name)
        if len(CHARACTERS.get(name, name)) == 1
        else "+".join(part.capitalize() for part in name.split("+"))
    )


PARTS: Mapping[str, Callable[[], str]] = {
    "accepted": accepted,
    "blanks": blanks,
    "facts": facts,
    "file_keys": file_keys,
    "keys": keys,
    "reactions": reactions,
}


def renewed(page: str, parts: Mapping[str, Callable[[], str]] = PARTS) -> str:
    """A page with its generated parts written anew; KeyError names an unknown part."""
    return PART.sub(lambda part: f"{part[1]}{parts[part[2]]().strip()}\n{part[3]}", page)


def stale(root: Path = ROOT) -> list[Path]:
    """The pages whose generated parts are not what the code says now."""
    pages = [page for pattern in PAGES for page in sorted(root.glob(pattern))]
    return [page for page in pages if renewed(text := page.read_text("utf-8")) != text]


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the generated parts, or with --check names the pages that are behind."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name stale pages")
    check: bool = parser.parse_args(arguments).check
    behind = stale()
    for page in behind:
        if check:
            print(f"{page.relative_to(ROOT)} is behind the code: run make docs", file=sys.stderr)
        else:
            page.write_text(renewed(page.read_text("utf-8")), "utf-8")
    return 1 if check and behind else 0


if __name__ == "__main__":
    sys.exit(main())
