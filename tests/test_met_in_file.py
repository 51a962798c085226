"""Rows that are surely new without a look at the desk: nothing else comes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import row_chunks
from store.exchange.contact_rows import ContactRow
from store.importing import Mode
from store.known_people import Keys
from store.met_in_file import MetInFile
from store.read_rows import read_row
from tests.desk_kit import new_desk, row
from tests.test_import_chunks import ROWS, counts, told

EXTRA = st.sampled_from([{}, {}, {"phone (2)": "13900000002"}])
FILES = st.lists(st.builds(lambda one, extra: one._replace(extra=extra), ROWS, EXTRA), max_size=12)

ANN: Keys = ("", "", "13800000001", "Ann")
SECOND: dict[str, tuple[Keys, bool]] = {
    "the same keys": (ANN, False),
    "the same name and another phone": (("", "", "13900000002", "Ann"), True),
    "the same name and no phone": (("", "", "", "Ann"), False),
    "the same phone and another name": (("", "", "13800000001", "Bo"), False),
    "nothing alike": (("wmAAAA02", "bo", "13900000002", "Bo"), True),
    "a phone like a chat id": (("", "13800000001", "", "Bo"), True),
}


@pytest.mark.parametrize(("keys", "is_first"), SECOND.values(), ids=SECOND.keys())
def test_a_row_is_first_where_none_before_it_may_mean_the_same(keys: Keys, is_first: bool) -> None:
    met = MetInFile()
    assert met.meet(ANN)
    assert met.meet(keys) is is_first


@pytest.mark.parametrize("kind", ["external_id", "handle"])
def test_an_id_is_known_again(kind: str) -> None:
    met = MetInFile()
    told: dict[str, Any] = {kind: "wmAAAA01"}
    assert read_row(row("Ann", **told), met).is_first
    assert not read_row(row("Bo", **told), met).is_first


def test_a_name_without_a_phone_may_be_anybody_called_so_later() -> None:
    met = MetInFile()
    assert met.meet(("", "", "", "Ann"))
    assert not met.meet(ANN)


def test_somebody_with_more_phones_may_be_anybody_called_so_later() -> None:
    met = MetInFile()
    assert read_row(row("Ann", phone="13800000001", extra={"phone (2)": "13900000002"}), met)
    assert not read_row(row("Ann", phone="13900000002"), met).is_first


@settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(FILES, st.sampled_from(Mode), st.sampled_from([1, 3, 2000]))
def test_a_desk_is_what_it_is_where_everybody_is_looked_for(
    tmp_path_factory: pytest.TempPathFactory, file: list[ContactRow], mode: Mode, together: int
) -> None:
    found = []
    for looks in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(row_chunks, "CHUNK", together)
            if looks:
                patch.setattr(MetInFile, "meet", lambda *_keys, **_more: False)
            desk = new_desk(tmp_path_factory.mktemp("desk"))
            desk.db.execute("PRAGMA synchronous = OFF")
            done = desk.take(file, mode=mode)
            assert desk.faults() == []
            found.append((counts(done), told(desk)))
            desk.db.close()
    assert found[0] == found[1]


def test_others_on_the_desk_are_looked_for(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.add("Ann", phone="13800000001")
    assert desk.take([row("Ann", phone="13800000001")]).same == 1
