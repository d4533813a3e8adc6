"""What an admin settled comes back from the record, whoever else has written into it."""

import pytest

from ingest.spool.one_camera import OneCamera, one_camera_in, with_one_camera

LOOKS = (("Willfine", "4.0T CG", "willfine"), ("", "", "instar"))


def test_what_was_settled_comes_back_and_the_rest_of_the_record_stays() -> None:
    record = with_one_camera({"name": "Gate"}, LOOKS, places=True, clock=False, by="anna", at="now")
    assert one_camera_in(record) == OneCamera(LOOKS, places=True)
    assert (record["name"], record["one_camera"]["by"]) == ("Gate", "anna")


def test_what_was_settled_before_stays_settled() -> None:
    record = with_one_camera({}, LOOKS[:1], places=True, clock=False, by="anna", at="then")
    record = with_one_camera(record, LOOKS, places=False, clock=True, by="ben", at="now")
    assert one_camera_in(record) == OneCamera(LOOKS, places=True, clock=True)


@pytest.mark.parametrize(
    "entry", [None, 5, [], {"looks": 5}, {"looks": [5, {}, {"make": 5}, {"make": ""}]}, {"places": "yes", "clock": 1}]
)
def test_what_is_not_understood_settles_nothing(entry: object) -> None:
    assert one_camera_in({"one_camera": entry}) == OneCamera()
