"""Which IDs are only other names of cameras."""

from functools import reduce
from typing import Any

from ingest.fleet.other_names import is_only_a_name, only_names, real_name, real_names
from ingest.spool.assignments import Assignment, with_assignment


def record(*assignments: Assignment) -> dict[str, Any]:
    return reduce(with_assignment, assignments, {"registered": False})


RECORDS = {
    "oak": {"name": "Oak"},
    "old": record(Assignment("oak")),
    "older": record(Assignment("old")),
    "mixed": record(Assignment("oak", make="Bushnell"), Assignment("elm", make="Browning")),
    "split": record(Assignment("split", make="Browning"), Assignment("oak")),
}


def test_an_id_that_keeps_a_file_is_a_camera_of_its_own() -> None:
    assert [real_name(one, RECORDS[one]) for one in RECORDS] == [None, "oak", "old", None, None]
    assert list(real_names("older", RECORDS)) == ["old", "oak"]
    assert only_names(RECORDS) == {"old", "older"}


def test_two_cameras_whose_ids_were_exchanged_are_cameras() -> None:
    exchanged = {"a": record(Assignment("b")), "b": record(Assignment("a"))}
    assert not is_only_a_name("a", exchanged) and not is_only_a_name("b", exchanged)
    assert is_only_a_name("c", {**exchanged, "c": record(Assignment("a"))})
