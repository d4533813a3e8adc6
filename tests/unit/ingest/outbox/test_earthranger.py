"""An EarthRanger site gets each photo as a camera-trap report, as its API's documentation says."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox import earthranger
from ingest.outbox.answers import Answer, Job, TargetDownError
from ingest.outbox.earthranger import deliver, try_out
from ingest.outbox.parcels import parcels_of
from ingest.spool.moves import delete
from tests.receivers import Field, Receiver, receiving, saying
from tests.unit.ingest.outbox.jobs import job_for, put_waiting

PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 8
WHERE = {"latitude": 52.1, "longitude": 5.1}
WHEN = {"captured_at": "2026-04-01T14:00:00", "captured_at_utc": "2026-04-01T12:00:00Z"}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text("a token\n")
    return file


def site(root: Path, receiver: Receiver, key: Path, **options: Any) -> Job:
    given = {"url": f"{receiver.url}/", "key_file": key, "private_addresses": True, "provider": "generic"}
    return job_for(root, "earthranger", **{**given, **options})


def carry(job: Job, ids: Sequence[str]) -> list[Answer]:
    told: list[Answer] = []
    deliver(job, parcels_of(job.root, ids), told.extend)
    return told


def test_a_photo_becomes_a_report_with_its_camera_time_and_position(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, camera_id="X", **WHEN, **WHERE)
    said = json.dumps({"data": {"group_id": "7"}, "status": {"code": 201, "message": "Created"}}).encode()
    with receiving(saying(201, said, "application/json")) as receiver:
        [answer] = carry(site(root, receiver, key), [item_id])
    [request] = receiver.got
    assert (request.method, request.path) == ("POST", "/api/v1.0/sensors/camera-trap/generic/status/")
    assert request.headers["authorization"] == "Bearer a token"
    form = request.form
    assert form.pop("filecontent.file") == Field(PHOTO, "image/jpeg", f"{item_id}-E1000159.JPG")
    assert json.loads(form.pop("location").content) == WHERE
    assert {name: field.content.decode() for name, field in form.items()} == {
        "file": f"{item_id}-E1000159.JPG",
        "camera_name": "X",
        "camera_description": "X",
        "time": "2026-04-01T12:00:00Z",
    }
    assert (answer.id, answer.outcome, answer.proof) == (item_id, "delivered", {"status": "201"})


def test_a_photo_without_a_position_goes_without_one(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO)
    with receiving(saying(201)) as receiver:
        [answer] = carry(site(root, receiver, key), [item_id])
    assert (answer.outcome, "location" in receiver.got[0].form) == ("delivered", False)


def test_a_photo_that_is_there_already_has_arrived(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO)
    with receiving(saying(409)) as receiver:
        [answer] = carry(site(root, receiver, key), [item_id])
    assert (answer.outcome, answer.said) == ("delivered", "EarthRanger has this photo already.")


def test_photos_of_one_name_come_by_two_names(root: Path, key: Path) -> None:
    ids = [put_waiting(root, "earthranger", text, upload_path="E1.JPG")[0] for text in (b"a", b"b")]
    with receiving(saying(201)) as receiver:
        carry(site(root, receiver, key), ids)
    assert len({request.form["filecontent.file"].file_name for request in receiver.got}) == 2


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_wrong_key_or_provider_lets_all_wait_and_is_said_once(root: Path, key: Path, status: int) -> None:
    ids = [put_waiting(root, "earthranger", text)[0] for text in (b"a", b"b")]
    with receiving(saying(status)) as receiver, pytest.raises(TargetDownError, match=f"answers {status}"):
        carry(site(root, receiver, key), ids)
    assert len(receiver.got) == 1


def test_each_photo_has_the_answer_that_it_got(root: Path, key: Path) -> None:
    ids = sorted(put_waiting(root, "earthranger", text)[0] for text in (b"a", b"b", b"c"))
    with receiving(saying(400, b"png"), saying(502), saying(201)) as receiver:
        answers = carry(site(root, receiver, key), ids)
    assert [(one.id, one.outcome) for one in answers] == list(zip(ids, ("failed", "later", "delivered"), strict=True))


def test_a_photo_that_has_left_meanwhile_is_passed_over(root: Path, key: Path) -> None:
    gone, place = put_waiting(root, "earthranger", b"a")
    here, _ = put_waiting(root, "earthranger", b"b")
    parcels, told = parcels_of(root, [gone, here]), list[Answer]()
    delete(root, place)
    with receiving(saying(201)) as receiver:
        deliver(site(root, receiver, key), parcels, told.extend)
    assert [one.id for one in told] == [here]


def test_whoever_is_stopping_begins_no_other_photo(root: Path, key: Path) -> None:
    ids = sorted(put_waiting(root, "earthranger", text)[0] for text in (b"a", b"b"))
    told: list[Answer] = []
    with receiving(saying(201)) as receiver:
        job = site(root, receiver, key, pause_seconds=3600)
        deliver(Job(job.root, job.gateway, job.target, lambda: bool(told)), parcels_of(root, ids), told.extend)
    assert [one.id for one in told] == ids[:1]


def test_a_lot_ends_when_its_time_is_over(root: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earthranger, "LOT_S", 0.0)
    ids = [put_waiting(root, "earthranger", text)[0] for text in (b"a", b"b")]
    with receiving(saying(201)) as receiver:
        assert len(carry(site(root, receiver, key), ids)) < 2


@pytest.mark.parametrize("status", [201, 400, 415, 422])
def test_trying_out_needs_no_photo(root: Path, key: Path, status: int) -> None:
    with receiving(saying(status)) as receiver:
        said = try_out(site(root, receiver, key))
    assert said == f"It answers, and knows the key (status {status} to an empty report)."
    assert receiver.got[0].form == {}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (saying(401), "It does not know the key in key_file, or allows it nothing: it answers 401."),
        (saying(404), "It answers 404: check url and provider."),
        (saying(503, b"closed"), "It answers 503: closed"),
        (saying(200, b"<html>Log in", "text/html"), "It answers 200 with a page for people: <html>Log in"),
        (
            saying(302, Location="/login"),
            "It answers 302 and points to another page there; if that is right, set url to it.",
        ),
    ],
)
def test_trying_out_says_what_is_wrong(root: Path, key: Path, answer: bytes, sentence: str) -> None:
    with receiving(answer) as receiver, pytest.raises(TargetDownError) as caught:
        try_out(site(root, receiver, key))
    assert str(caught.value) == sentence
