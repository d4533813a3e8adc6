"""Whose files those of an ID are: the first entry of its record that fits, and nothing that is not understood."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ingest.spool.assignments import (
    STEPS_MAX,
    Assignment,
    assigned_id,
    assignments_in,
    followed_id,
    with_assignment,
    without_assignment,
)

MARCH, APRIL, BETWEEN = (datetime(2026, *day) for day in ((3, 1), (4, 1), (3, 10)))  # noqa: DTZ001 - a camera's clock has no zone
BUSHNELL_IN_MARCH = Assignment("Y", make="BUSHNELL", account="gate", since=MARCH, until=APRIL)
FILE: dict[str, Any] = {"make": "Bushnell ", "profile": "bushnell", "account": "gate", "at": BETWEEN}


def _assigned(*assignments: Assignment, **changes: Any) -> str:
    return assigned_id(assignments, "X", **(FILE | changes))


def test_a_file_with_all_that_an_entry_asks_for_belongs_to_its_camera() -> None:
    assert _assigned(BUSHNELL_IN_MARCH) == "Y"


@pytest.mark.parametrize(
    "changes",
    [
        {"make": "Browning"},
        {"make": None},
        {"account": "camera"},
        {"account": None},
        {"at": MARCH - timedelta(seconds=1)},
        {"at": APRIL},
        {"at": None},
    ],
)
def test_one_condition_that_does_not_fit_leaves_the_file_where_it_was(changes: dict[str, Any]) -> None:
    assert _assigned(BUSHNELL_IN_MARCH, **changes) == "X"


def test_a_span_holds_its_first_moment_and_not_its_last() -> None:
    assert _assigned(BUSHNELL_IN_MARCH, at=MARCH) == "Y"


def test_the_profile_is_a_condition_as_well() -> None:
    assert [_assigned(Assignment("Y", profile=one)) for one in ("bushnell", "browning")] == ["Y", "X"]


def test_the_first_entry_that_fits_wins_and_may_let_the_file_stay() -> None:
    assert _assigned(Assignment("X", make="Bushnell"), Assignment("Z")) == "X"
    assert _assigned(Assignment("X", make="Browning"), Assignment("Z")) == "Z"


def test_an_entry_without_conditions_holds_for_every_file() -> None:
    assert _assigned(Assignment("Y"), make=None, profile=None, account=None, at=None) == "Y"
    assert Assignment("Y").is_whole and not BUSHNELL_IN_MARCH.is_whole


def test_what_was_written_is_read_again() -> None:
    record = with_assignment({"name": "Gate"}, BUSHNELL_IN_MARCH)
    assert record == {
        "name": "Gate",
        "assignments": [
            {
                "camera_id": "Y",
                "make": "BUSHNELL",
                "account": "gate",
                "from": "2026-03-01T00:00:00",
                "until": "2026-04-01T00:00:00",
            }
        ],
    }
    assert assignments_in(record) == (BUSHNELL_IN_MARCH,)


def test_one_for_every_file_comes_behind_those_with_conditions_whenever_it_was_added() -> None:
    record = with_assignment(with_assignment({}, Assignment("Z")), BUSHNELL_IN_MARCH)
    assert assignments_in(record) == (BUSHNELL_IN_MARCH, Assignment("Z"))


def test_the_same_conditions_lead_to_one_camera_only() -> None:
    record = with_assignment(with_assignment({}, Assignment("Y", make="Bushnell")), Assignment("Z", make="BUSHNELL"))
    assert assignments_in(record) == (Assignment("Z", make="BUSHNELL"),)


def test_a_record_without_its_last_assignment_is_as_it_was() -> None:
    assert without_assignment(with_assignment({"name": "Gate"}, Assignment("Y")), Assignment("Y")) == {"name": "Gate"}


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        "Y",
        {},
        {"camera_id": 5},
        {"camera_id": "../y"},
        {"camera_id": "Y", "make": ""},
        {"camera_id": "Y", "profile": ["bushnell"]},
        {"camera_id": "Y", "from": "in March"},
        {"camera_id": "Y", "until": 20260301},
        {"camera_id": "Y", "from": "2026-03-01T00:00:00+01:00"},
        {"camera_id": "Y", "makes": "a condition nobody knows"},
    ],
)
def test_an_entry_that_is_not_understood_moves_no_file(nonsense: Any) -> None:
    assert assignments_in({"assignments": [nonsense, {"camera_id": "Z"}]}) == (Assignment("Z"),)


@pytest.mark.parametrize("record", [None, {}, {"assignments": None}, {"assignments": {"camera_id": "Y"}}])
def test_a_record_without_a_list_of_them_has_none(record: Any) -> None:
    assert assignments_in(record) == ()


def test_a_chain_is_followed_and_a_long_one_ends() -> None:
    assert followed_id("a", lambda camera_id: f"{camera_id}x"[-30:]) == "a" + "x" * STEPS_MAX


def test_a_circle_that_the_first_camera_is_not_in_ends_too() -> None:
    assert followed_id("a", {"a": "b", "b": "c", "c": "b"}.__getitem__) == "c"
