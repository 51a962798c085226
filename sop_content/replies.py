"""The example replies that ship, and the weights that were learned from them.

`replies/zh.txt` and `replies/en.txt` hold one reply a line under the heading
of its class; `replies/weights.json` is made from them and says of which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from scripts.reading.model import CLASSES, Model
from scripts.reading.training import Example, in_order, rows_of, trained
from sop_content import LANGUAGES

FOLDER = Path(__file__).parent / "replies"
WEIGHTS = FOLDER / "weights.json"
HEADING = "## "
COMMENT = "# "
HUNDREDTHS = 100
"""Weights are kept as whole hundredths."""


def shipped_examples() -> list[Example]:
    """Every example of both languages, in the order in which weights are learned."""
    return in_order(
        example for language in LANGUAGES for example in examples_in(FOLDER / f"{language}.txt")
    )


def examples_in(path: Path) -> Iterator[Example]:
    """The examples of one file. Raises ValueError for a heading that is no class."""
    meant = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(HEADING):
            meant = line.removeprefix(HEADING).strip()
            if meant not in CLASSES:
                raise ValueError(f"{path.name}: {meant} is none of {', '.join(CLASSES)}")
        elif line.strip() and not (line + " ").startswith(COMMENT):
            yield Example(line.strip(), meant, path.stem)


def shipped_model() -> Model:
    """The weights that ship."""
    kept = json.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return Model({f: [w / HUNDREDTHS for w in own] for f, own in kept.items()})


def weights_text(examples: Sequence[Example]) -> str:
    """The file of weights for these examples."""
    weights = trained(rows_of(examples)).weights
    kept = {f: [round(w * HUNDREDTHS) for w in own] for f, own in weights.items()}
    lines = (f"{json.dumps(f, ensure_ascii=False)}:{json.dumps(own)}" for f, own in kept.items())
    of = digest_of(examples)
    return f'{{"of":"{of}","weights":{{\n' + ",\n".join(lines).replace(", ", ",") + "\n}}\n"


def digest_of(examples: Sequence[Example]) -> str:
    """What the weights say they were made from."""
    return sha256("\n".join(f"{e.meant} {e.text}" for e in examples).encode()).hexdigest()


def weights_are_of() -> str:
    """The digest of the examples that the weights that ship were made from."""
    return str(json.loads(WEIGHTS.read_text("utf-8"))["of"])
