"""The weights of reply reading, learned from the examples that ship; run after a change of either.

python -m docs.tools.reading            writes sop_content/replies/weights.json
python -m docs.tools.reading --check    says whether it is the one of the examples
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sop_content.replies import WEIGHTS, digest_of, shipped_examples, weights_are_of, weights_text


def main(arguments: Sequence[str]) -> int:
    """1 when the weights are those of other examples and only a check was asked for."""
    examples = shipped_examples()
    if "--check" in arguments:
        current = weights_are_of() == digest_of(examples)
        if not current:
            print("weights.json is of other examples: make reading", file=sys.stderr)
        return 0 if current else 1
    WEIGHTS.write_text(weights_text(examples), "utf-8")
    print(f"{len(examples)} examples, {WEIGHTS.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
