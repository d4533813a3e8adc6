"""Which IDs are another name of a camera, which cameras have some, and what a page says of each."""

import json
from datetime import datetime
from functools import reduce
from typing import Any

from ingest.spool.assignments import Assignment, assignments_in, with_assignment
from webadmin.cameras.other_names import given_away, names_of

MARCH = datetime(2026, 3, 1)  # noqa: DTZ001 - a camera's clock has no zone
PARTLY = Assignment("oak", make="Bushnell", account="gate", since=MARCH, until=datetime(2026, 4, 1, 14, 30))  # noqa: DTZ001


def record(*assignments: Assignment) -> dict[str, Any]:
    return reduce(with_assignment, assignments, {"registered": False})


RECORDS = {
    "oak": {"name": "Oak"},
    "old": record(Assignment("oak")),
    "older": record(Assignment("old")),
    "mixed": record(PARTLY, Assignment("elm", make="Browning")),
    "split": record(Assignment("split", make="Browning"), Assignment("oak")),
}


def test_a_camera_has_the_names_that_lead_to_it() -> None:
    assert [(one.of, one.conditions) for one in names_of("oak", RECORDS)] == [
        ("mixed", "with the make Bushnell, of the account gate, from 2026-03-01 00:00 on, until 2026-04-01 14:30"),
        ("old", ""),
        ("split", ""),
    ]
    assert names_of("older", RECORDS) == []


def test_an_id_gives_away_what_it_does_not_keep() -> None:
    assert [one.assignment.camera_id for one in given_away("mixed", RECORDS["mixed"])] == ["oak", "elm"]
    assert [one.conditions for one in given_away("split", RECORDS["split"])] == [""]
    assert given_away("oak", RECORDS["oak"]) == given_away("nobody", None) == []


def test_what_a_form_carries_is_the_assignment() -> None:
    (one,) = [one for one in names_of("oak", RECORDS) if one.of == "mixed"]
    assert assignments_in({"assignments": [json.loads(one.entry)]}) == (PARTLY,)
