"""What is wrong is mended by hand and undone again, by the real watcher's verdicts: position, time, camera, clock."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.index.store import read_index
from ingest.requests.answers import Answer, read_answer
from ingest.requests.writing import ask
from ingest.simulation.photos import willfine_photo
from ingest.spool.corrections import corrected
from ingest.spool.sidecar import Sidecar
from tests.integration.watching import decided, drain, new_connection
from tests.spools import make_spool

IMEI = "861943070068027"
TAKEN = datetime(2026, 4, 1, 12, 0)  # noqa: DTZ001 - camera time is naive
GATE = {"latitude": 52.09, "longitude": 5.12}
RESET = datetime(2015, 1, 1, 0, 0)  # noqa: DTZ001


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_spool(tmp_path)


def send(root: Path, *times: datetime, position: tuple[float, float] | None = (52.1, 5.1)) -> None:
    connection = new_connection(root)
    for number, taken in enumerate(times):
        name = f"E{taken:%Y%m%d%H%M}_{number}.JPG"
        photo = willfine_photo(IMEI, taken, *(position or (None, None)), seed=number + taken.year, size=(64, 48))
        (connection / name).write_bytes(photo)
    drain(root)


def have(root: Path, action: str, **words: Any) -> Answer:
    """Have a request carried out, and what it sends back decided."""
    request = ask(root, action, "anna", **words)
    drain(root)
    answer = read_answer(root, request)
    assert answer and answer.done_at and not answer.refused, answer
    return answer


def items(root: Path) -> list[Sidecar]:
    return sorted(decided(root).values(), key=lambda one: one.id)


def listed(root: Path, columns: str) -> list[tuple[Any, ...]]:
    with closing(read_index(root)) as index:
        return [tuple(row) for row in index.execute(f"SELECT {columns} FROM items ORDER BY number")]  # noqa: S608


def rebuilt(root: Path) -> None:
    """Delete the index: the next command makes it anew from the sidecars."""
    before = listed(root, "*")
    for file in (root / "cache").iterdir():
        file.unlink()
    drain(root)
    assert listed(root, "*") == before


def test_a_photo_without_a_position_is_accepted_with_one_and_rejected_again_when_that_is_undone(root: Path) -> None:
    send(root, TAKEN, position=None)
    (rejected,) = items(root)
    assert rejected.reason == "missing_location"
    answer = have(root, "correct", ids=[rejected.id], values={"location": GATE}, why="the gate", tries_again=True)
    (accepted,) = items(root)
    assert (accepted.verdict, accepted.problems, accepted.latitude) == ("accepted", (), None)
    now = corrected(accepted)
    assert (now.latitude, now.longitude, now.sources["location"]) == (52.09, 5.12, "correction")
    assert listed(root, "verdict, latitude, longitude, location_source, corrected") == [
        ("accepted", 52.09, 5.12, "correction", "location")
    ]
    rebuilt(root)
    have(root, "undo", request=answer.id)
    (again,) = items(root)
    assert (again.verdict, again.reason, corrected(again).latitude) == ("rejected", "missing_location", None)
    assert [(one.value, one.by) for one in again.corrections] == [(GATE, "anna"), (None, "anna")]
    assert again.id == rejected.id and again.received_at == rejected.received_at


def test_the_values_of_an_accepted_photo_are_corrected_where_it_lies(root: Path) -> None:
    send(root, TAKEN)
    (place,), (before,) = decided(root), items(root)
    values = {"location": GATE, "captured_at": "2026-04-01T12:34", "camera_id": "Gate_North"}
    answer = have(root, "correct", ids=[before.id], values=values, tries_again=True)
    assert [one["outcome"] for one in answer.results] == ["corrected"]
    assert answer.results[0]["message"] == (
        "Its camera id is Gate_North now, its time is 2026-04-01 12:34:00 now, its position is 52.09, 5.12 now."
    )
    assert list(decided(root)) == [place]
    assert listed(root, "camera_id, captured_at, captured_at_utc, latitude, said_at, corrected") == [
        (
            *("Gate_North", "2026-04-01T12:34:00", "2026-04-01T12:34:00Z", 52.09),
            *("2026-04-01T12:00:00", "camera_id captured_at location"),
        )
    ]
    rebuilt(root)
    have(root, "undo", request=answer.id)
    (after,) = items(root)
    assert corrected(after).camera_id == IMEI and corrected(after).captured_at == "2026-04-01T12:00:00"
    assert list(decided(root)) == [place] and after.attempts == 1


def test_a_clock_that_was_reset_is_mended_for_its_span_and_for_what_comes_late(root: Path) -> None:
    behind = TAKEN - RESET
    send(root, RESET, RESET + timedelta(days=3), TAKEN - timedelta(days=40))
    span = {"from": "2026-04-01T00:00", "until": "2026-05-01T00:00", "fault": {"behind_s": int(behind.total_seconds())}}
    answer = have(root, "mend_clock", camera_id=IMEI, why="battery changed", **span)
    assert [one["outcome"] for one in answer.results] == ["saved", "corrected", "corrected"]
    send(root, RESET + timedelta(days=5), RESET + timedelta(days=90), TAKEN + timedelta(days=6))
    right = ["2026-04-01T12:00:00", "2026-04-04T12:00:00", "2026-02-20T12:00:00"]
    late = ["2026-04-06T12:00:00", "2015-04-01T00:00:00", "2026-04-07T12:00:00"]
    assert sorted(corrected(one).captured_at or "" for one in items(root)) == sorted(right + late)
    assert {one.corrections[0].why for one in items(root) if one.corrections} == {"battery changed"}
    rebuilt(root)
    have(root, "undo", request=answer.id)
    assert all(corrected(one).captured_at == one.captured_at for one in items(root))
    assert [one.corrections[-1].value for one in items(root) if one.corrections] == [None] * 3
    send(root, RESET + timedelta(days=7))
    assert items(root)[-1].corrections == ()


def test_a_photo_gets_the_site_where_its_camera_stood_at_the_right_time(root: Path) -> None:
    sites = [
        {"name": "Gate", **GATE, "from": None, "until": "2026-04-03T00:00:00"},
        {"name": "Ford", "latitude": 52.2, "longitude": 5.2, "from": "2026-04-03T00:00:00", "until": None},
    ]
    have(root, "edit_camera", camera_id=IMEI, record={"sites": sites})
    send(root, datetime(2026, 4, 2, 20), position=None)  # noqa: DTZ001
    assert (items(root)[0].latitude, items(root)[0].sources["location"]) == (52.09, "record")
    span = {"from": "2026-04-01T00:00", "until": None, "fault": {"behind_s": 43200}}
    answer = have(root, "mend_clock", camera_id=IMEI, **span)
    assert (corrected(items(root)[0]).latitude, corrected(items(root)[0]).captured_at) == (52.2, "2026-04-03T08:00:00")
    send(root, datetime(2026, 4, 2, 21), position=None)  # noqa: DTZ001
    assert items(root)[1].latitude == 52.2
    have(root, "undo", request=answer.id)
    assert corrected(items(root)[0]).latitude == 52.09


def test_a_photo_without_a_time_is_accepted_with_one(root: Path) -> None:
    """A clock of before the calendar's year 1 is none; the person knows the day."""
    connection = new_connection(root)
    photo = willfine_photo(IMEI, TAKEN, 52.1, 5.1, seed=1, size=(64, 48))
    (connection / "E1.JPG").write_bytes(photo.replace(b"2026:04:01 12:00:00", b"0000:00:00 00:00:00"))
    drain(root)
    (rejected,) = items(root)
    assert rejected.reason in ("missing_datetime", "bad_datetime"), rejected.problems
    later = {"values": {"captured_at": "2099-01-01T00:00"}, "ids": [rejected.id]}
    request = ask(root, "correct", "anna", tries_again=True, **later)
    drain(root)
    refused = read_answer(root, request)
    assert refused and "after its arrival" in refused.refused[0]["message"]
    have(root, "correct", ids=[rejected.id], values={"captured_at": "2026-04-01T12:00"}, tries_again=True)
    (accepted,) = items(root)
    assert accepted.verdict == "accepted" and corrected(accepted).captured_at_utc == "2026-04-01T12:00:00Z"
    assert listed(root, "captured_at, said_at, corrected") == [("2026-04-01T12:00:00", None, "captured_at")]
