"""The benches run: what they measure is asserted nowhere, because machines differ."""

from __future__ import annotations

import re

import pytest

from bench import __main__ as bench
from bench.figures import Figure, table


@pytest.mark.slow
def test_the_quickest_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--quick", "writing", "reading", "backups"]) == 0
    told = capsys.readouterr().out
    assert len(re.findall(r"^\| log one (?:reaction|send)", told, re.MULTILINE)) >= 6
    assert "| page of 50 of the queue |" in told
    assert "read back |" in told


def test_an_unknown_bench_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["nothing"]) == 2
    assert "nothing" in capsys.readouterr().err


def test_a_figure_is_told_beside_its_floor_and_goal() -> None:
    figure = Figure("work", [4.0, 3.0, 5.0], "none", [2.0, 2.5, 1.0], 1.5)
    line = table([figure]).splitlines()[-1]
    assert line == "| work | 4 (3) ms CPU | 2 (1) | none | 2.00 (3.00) | 1.5 | NOT met |"


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [([1.4, 1.4], "met"), ([2.0, 2.0], "NOT met"), ([1.0, 9.0], "unclear")],
    ids=["both hold", "neither holds", "they disagree"],
)
def test_a_verdict_needs_the_median_and_the_best(measured: list[float], verdict: str) -> None:
    assert Figure("work", measured, "none", [1.0, 1.0], 1.5).verdict == verdict


def test_the_page_keeps_what_is_not_measured() -> None:
    told = bench.options(["--quick"])
    page = "before\n<!-- measured -->\nold\n<!-- measured end -->\nafter\n"
    written = bench.written_into(page, told, [Figure("work", [1.0], "none", [1.0], None)])
    assert written.startswith("before\n<!-- measured -->\n`python -m bench`")
    assert written.endswith("|\n<!-- measured end -->\nafter\n")
    assert "old" not in written
    assert bench.written_into(written, told, []) != written
