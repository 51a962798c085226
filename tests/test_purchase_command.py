"""`purchase` and `purchases`: told, corrected, listed, written into a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def test_purchase_is_told_corrected_and_taken_back(shell: Shell) -> None:
    told = shell.json("purchase", "1", "1299", "--on", "2026-02-25", "--what", "planner")
    assert (told["amount"], told["currency"], told["on"]) == (129900, "CNY", "2026-02-25")
    seq = str(told["entry"])
    after = shell.json("purchase", "1", "1199", "--corrects", seq)
    assert (after["entry"], after["what"], after["on"]) == (int(seq), "planner", "2026-02-25")
    assert after["total"] == {"CNY": 119900}
    file = shell.json("contact", "1")
    assert file["spent"] == {"CNY": 119900}
    assert [one["corrected"] for one in file["purchases"]] == [True]
    text = shell.text("contact", "1")
    assert "(corrected)" in text
    assert "1,299.00 CNY" in text
    shell.json("undo")
    assert shell.json("contact", "1")["spent"] == {"CNY": 129900}


def test_money_given_back_may_stand_as_a_number(shell: Shell) -> None:
    told = shell.json("purchase", "1", "-50", "--contract")
    assert (told["kind"], told["amount"]) == ("contract", -5000)


WRONG = {
    "no amount": (("purchase", "1", "much"), 1),
    "no day": (("purchase", "1", "5", "--on", "soon"), 1),
    "a day to come": (("purchase", "1", "5", "--on", "2026-04-01"), 1),
    "no currency": (("purchase", "1", "5", "--currency", "shells"), 1),
    "no such entry": (("purchase", "1", "5", "--corrects", "77"), 1),
    "a correction as a contract": (("purchase", "1", "5", "--corrects", "1", "--contract"), 2),
    "nobody": (("purchase", "nobody", "5"), 1),
    "no format": (("purchases", "--export", "list.doc"), 1),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_changes_nothing(shell: Shell, case: str) -> None:
    arguments, code = WRONG[case]
    assert shell.run(*arguments).code == code
    assert shell.json("purchases") == []


def test_all_purchases_are_listed_and_written_to_a_file(shell: Shell, tmp_path: Path) -> None:
    for contact, amount in (("1", "5"), ("2", "7 USD")):
        shell.json("purchase", contact, amount, "--what", "=tea")
    assert [(one["name"], one["amount"]) for one in shell.json("purchases")] == [
        ("Anna Bell", 500),
        ("Ben Cole", 700),
    ]
    assert "7.00 USD" in shell.text("purchases", "2")
    path = tmp_path / "bought.csv"
    assert shell.json("purchases", "--export", str(path)) == {"rows": 2, "file": str(path)}
    assert '"\'=tea"' in path.read_text(encoding="utf-8-sig")
    assert shell.run("purchases", "--export", str(path)).code == 1
    shell.json("purchases", "--export", str(path), "--replace")
