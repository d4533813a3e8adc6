"""Incidents of cameras become events of EarthRanger and end with them; Gundi hears of the beginning."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox.answers import Answer, Job, TargetDownError
from ingest.outbox.troubles import deliver_letters, trouble_event
from ingest.spool.camera_records import write_camera_record
from ingest.spool.letters import Letter
from ingest.spool.stamp import new_id
from tests.receivers import Receiver, receiving, saying
from tests.spools import put_item
from tests.unit.ingest.outbox.jobs import job_for

AT = "2026-06-01T12:00:00.000000Z"
ABOUT = "20260601T120000.000000Z-00000001"
SITE = {"name": "Gate", "latitude": 52.1, "longitude": 5.2, "from": "2026-01-01T00:00:00"}
MADE = saying(201, b'{"data": {"id": "4f2a-9c01"}, "status": {"code": 201}}', "application/json")
DONE = saying(200, b"{}", "application/json")


def letter(
    what: str = "opened", cameras: Sequence[str] = ("oak",), urgency: str = "urgent", title: str = "Oak", **more: Any
) -> Letter:
    incident = {"title": title, "rule": "moved", "task": "It may be stolen.", "began_at": AT, "urgency": urgency}
    content = {"incident": {**incident, "cameras": cameras}, "message": {"what": what}, **more}
    return Letter(new_id(), "incident", ABOUT, AT, content)


def job_of(root: Path, folder: Path, **options: Any) -> Job:
    (folder / "key").write_text("a key\n")
    return job_for(root, "earthranger", "ranger", key_file=folder / "key", private_addresses=True, **options)


def carry(root: Path, folder: Path, receiver: Receiver, *letters: Letter, **options: Any) -> list[Answer]:
    answers: list[Answer] = []
    deliver_letters(job_of(root, folder, url=receiver.url, **options), letters, answers.extend)
    return answers


def asked(receiver: Receiver) -> list[tuple[str, str]]:
    return [(request.method, request.path) for request in receiver.got]


def test_an_incident_is_an_event_where_its_camera_stands_and_is_resolved_at_its_end(root: Path, tmp_path: Path) -> None:
    write_camera_record(root, "oak", {"sites": [SITE]})
    with receiving(MADE, DONE) as receiver:
        answers = carry(root, tmp_path, receiver, letter(), letter("worse", urgency="notice"), letter("ended"))
    assert [one.outcome for one in answers] == ["delivered"] * 3
    event = "/api/v1.0/activity/event/4f2a-9c01"
    assert asked(receiver) == [("POST", "/api/v1.0/activity/events"), ("PATCH", event), ("PATCH", event)]
    begun, worse, over = (json.loads(request.body) for request in receiver.got)
    assert begun["location"] == {"latitude": 52.1, "longitude": 5.2} and begun["priority"] == 300
    assert begun["event_details"]["cameras"] == "oak" and begun["time"] == AT
    assert worse == {"title": "Oak", "priority": 100} and over == {"state": "resolved"}
    with receiving(DONE) as receiver:
        (answer,) = carry(root, tmp_path, receiver, letter("ended"))
    assert answer.outcome == "delivered" and receiver.got == []


def test_without_a_site_the_last_photo_says_where(root: Path, tmp_path: Path) -> None:
    _, place = put_item(root, latitude=50.5, longitude=6.5, camera_id="oak")
    with receiving(MADE) as receiver:
        carry(root, tmp_path, receiver, letter(photo=place))
    assert json.loads(receiver.got[0].body)["location"] == {"latitude": 50.5, "longitude": 6.5}
    with receiving(MADE) as receiver:
        carry(root, tmp_path, receiver, letter("ended"), letter(photo="accepted/gone.jpg"))
    assert "location" not in json.loads(receiver.got[-1].body)


def test_an_event_that_somebody_has_deleted_there_is_let_go(root: Path, tmp_path: Path) -> None:
    with receiving(MADE, saying(404, b"{}")) as receiver:
        answers = carry(root, tmp_path, receiver, letter(), letter("worse"))
    assert [one.outcome for one in answers] == ["delivered"] * 2 and "any more" in answers[1].said
    with receiving(MADE) as receiver:
        carry(root, tmp_path, receiver, letter("worse"))
    assert asked(receiver) == [("POST", "/api/v1.0/activity/events")]


def test_gundi_hears_of_the_beginning_alone_and_only_with_a_position(root: Path, tmp_path: Path) -> None:
    gundi = {"api": "gundi", "pause_seconds": 1}
    with receiving(DONE) as receiver:
        (without,) = carry(root, tmp_path, receiver, letter(), **gundi)
        write_camera_record(root, "oak", {"sites": [SITE]})
        begun, ended = carry(root, tmp_path, receiver, letter(), letter("ended"), **gundi)
    assert (without.outcome, begun.outcome, ended.outcome) == ("failed", "delivered", "delivered")
    assert asked(receiver) == [("POST", "/v2/events/")]
    (event,) = json.loads(receiver.got[0].body)
    assert event["location"] == {"lat": 52.1, "lon": 5.2} and event["recorded_at"] == AT and event["source"] == "oak"


def test_what_is_of_no_camera_is_set_aside(root: Path, tmp_path: Path) -> None:
    with receiving(MADE) as receiver:
        record = Letter(new_id(), "camera_record", "oak", AT)
        answers = carry(root, tmp_path, receiver, letter(cameras=()), record)
    assert [one.outcome for one in answers] == ["failed"] * 2 and receiver.got == []


def test_a_key_that_it_does_not_know_lets_all_wait(root: Path, tmp_path: Path) -> None:
    with receiving(saying(401)) as receiver, pytest.raises(TargetDownError, match="does not know the key"):
        carry(root, tmp_path, receiver, letter())


def test_what_a_stranger_named_is_one_short_line() -> None:
    event = trouble_event(letter(title="a\n" + "x" * 999), "t", None)
    assert "\n" not in event["title"] and len(event["title"]) <= 201 and "location" not in event
