"""Gundi gets each photo as an event and its attachment, and never two events for one photo."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox import earthranger_access
from ingest.outbox.answers import Answer, Job, TargetDownError
from ingest.outbox.earthranger import deliver, try_out
from ingest.outbox.gundi import event_id_in, event_of
from ingest.outbox.parcels import parcels_of
from ingest.outbox.posting import Reply
from ingest.outbox.sightings import Sighting
from ingest.spool.camera_records import write_camera_record
from tests.receivers import Field, Receiver, receiving, saying
from tests.unit.ingest.outbox.jobs import job_for, put_waiting

PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 8
KNOWN = {
    "camera_id": "X",
    "captured_at": "2026-04-01T14:00:00",
    "captured_at_utc": "2026-04-01T12:00:00Z",
    "latitude": 52.1,
    "longitude": 5.1,
}
EVENT = saying(200, json.dumps([{"object_id": "0a-7", "created_at": "2026-04-01"}]).encode(), "application/json")
DONE = saying(200, b'[{"object_id": "9"}]', "application/json")


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no minute pass between two requests."""
    monkeypatch.setattr(earthranger_access, "GUNDI_PAUSE_S", 0.0)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text("a key\n")
    return file


def hub(root: Path, receiver: Receiver, key: Path, **options: Any) -> Job:
    given = {"api": "gundi", "url": receiver.url, "key_file": key, "private_addresses": True}
    return job_for(root, "earthranger", **{**given, **options})


def carry(job: Job, ids: Sequence[str]) -> list[Answer]:
    told: list[Answer] = []
    deliver(job, parcels_of(job.root, ids), told.extend)
    return told


def paths(receiver: Receiver) -> list[str]:
    return [request.path.removeprefix("/v2/events/") for request in receiver.got]


def kept(job: Job) -> list[str]:
    return sorted(file.name for file in job.work_folder.iterdir())


def test_a_photo_becomes_an_event_and_its_attachment(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    with receiving(EVENT, DONE) as receiver:
        job = hub(root, receiver, key, event_type="wildlife_sighting_rep")
        [answer] = carry(job, [item_id])
    event, photo = receiver.got
    assert (event.path, photo.path) == ("/v2/events/", "/v2/events/0a-7/attachments/")
    assert {request.headers["apikey"] for request in receiver.got} == {"a key"}
    assert event.headers["content-type"] == "application/json"
    assert json.loads(event.body) == [
        {
            "title": "Photo of X",
            "event_type": "wildlife_sighting_rep",
            "recorded_at": "2026-04-01T12:00:00Z",
            "source": "X",
            "location": {"lat": 52.1, "lon": 5.1},
            "event_details": {"item": item_id, "camera": "X"},
        }
    ]
    assert photo.form == {"file": Field(PHOTO, "image/jpeg", f"{item_id}-E1000159.JPG")}
    assert (answer.id, answer.outcome) == (item_id, "delivered")
    assert kept(job) == []


@pytest.mark.parametrize("trouble", [saying(500, b"busy"), saying(429, b"slowly")])
def test_an_attachment_that_fails_is_sent_again_to_the_same_event(root: Path, key: Path, trouble: bytes) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    with receiving(EVENT, trouble, trouble, DONE) as receiver:
        job = hub(root, receiver, key)
        outcomes = [carry(job, [item_id])[0].outcome for _ in range(3)]
    assert outcomes == ["later", "later", "delivered"]
    assert paths(receiver) == ["", *["0a-7/attachments/"] * 3]
    assert kept(job) == []


def test_an_attachment_without_an_answer_makes_no_second_event(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    with receiving(EVENT, lambda _: b"", DONE) as receiver:
        job = hub(root, receiver, key)
        with pytest.raises(TargetDownError, match="gave no answer"):
            carry(job, [item_id])
        assert kept(job) == [f"{item_id}.json"]
        [answer] = carry(job, [item_id])
    assert answer.outcome == "delivered"
    assert paths(receiver) == ["", "0a-7/attachments/", "0a-7/attachments/"]


def test_whoever_stops_between_the_two_goes_on_with_the_same_event(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    told: list[Answer] = []
    with receiving(EVENT, DONE) as receiver:
        job = hub(root, receiver, key, pause_seconds=3600)
        stopping = Job(job.root, job.gateway, job.target, lambda: bool(receiver.got))
        deliver(stopping, parcels_of(root, [item_id]), told.extend)
        assert [one.outcome for one in told] == ["later"]
        [answer] = carry(hub(root, receiver, key), [item_id])
    assert answer.outcome == "delivered"
    assert paths(receiver) == ["", "0a-7/attachments/"]


@pytest.mark.parametrize("status", [404, 410])
def test_an_event_that_was_deleted_there_becomes_a_new_one_when_somebody_sends_it_again(
    root: Path, key: Path, status: int
) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    with receiving(EVENT, saying(status), EVENT, DONE) as receiver:
        job = hub(root, receiver, key)
        answers = [carry(job, [item_id])[0] for _ in range(2)]
    assert [one.outcome for one in answers] == ["failed", "delivered"]
    assert paths(receiver) == ["", "0a-7/attachments/"] * 2


def test_what_is_kept_of_an_event_may_be_damaged(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    for damaged in (b"", b"{", b"[]", b'"../../users"', b'""'):
        with receiving(EVENT, DONE) as receiver:
            job = hub(root, receiver, key)
            (job.work_folder / f"{item_id}.json").write_bytes(damaged)
            [answer] = carry(job, [item_id])
        assert (answer.outcome, paths(receiver)) == ("delivered", ["", "0a-7/attachments/"])


def test_a_photo_without_a_position_is_refused_until_its_camera_has_a_site(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **{**KNOWN, "latitude": None, "longitude": None})
    with receiving(EVENT, DONE) as receiver:
        job = hub(root, receiver, key)
        [answer] = carry(job, [item_id])
        assert (answer.outcome, receiver.got) == ("failed", [])
        assert answer.said == "Gundi takes no photo without a position; enter the camera's site, then send it again."
        write_camera_record(root, "X", {"latitude": 1.5, "longitude": 2.5})
        [answer] = carry(job, [item_id])
    assert answer.outcome == "delivered"
    assert json.loads(receiver.got[0].body)[0]["location"] == {"lat": 1.5, "lon": 2.5}


def test_an_event_that_is_refused_has_no_attachment(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    with receiving(saying(422, b'{"detail": "event_type"}')) as receiver:
        [answer] = carry(hub(root, receiver, key), [item_id])
    assert (answer.outcome, answer.said) == ("failed", 'It answers 422: {"detail": "event_type"}')
    assert paths(receiver) == [""]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_wrong_key_or_address_lets_all_wait(root: Path, key: Path, status: int) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    with receiving(saying(status)) as receiver, pytest.raises(TargetDownError, match=f"answers {status}"):
        carry(hub(root, receiver, key), [item_id])


def test_an_event_whose_id_is_not_told_waits(root: Path, key: Path) -> None:
    item_id, _ = put_waiting(root, "earthranger", PHOTO, **KNOWN)
    with receiving(saying(200, b"[]")) as receiver:
        [answer] = carry(hub(root, receiver, key), [item_id])
    assert (answer.outcome, answer.said) == ("later", "Gundi has taken the event and not said its id.")


def test_trying_out_asks_where_events_go(root: Path, key: Path) -> None:
    with receiving(saying(422)) as receiver:
        assert try_out(hub(root, receiver, key)).startswith("It answers, and knows the key")
    assert (paths(receiver), receiver.got[0].headers["apikey"]) == ([""], "a key")


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        ('[{"object_id": "0a-7_b"}]', "0a-7_b"),
        ('{"object_id": 12}', "12"),
        ('[{"object_id": "../../x"}]', None),
        ('[{"object_id": "a b"}]', None),
        ('[{"object_id": "é"}]', None),
        ('[{"object_id": ""}]', None),
        ('[{"object_id": null}]', None),
        ("[]", None),
        ("{}", None),
        ("7", None),
        ("null", None),
        ("not JSON", None),
    ],
)
def test_only_what_may_stand_in_an_address_is_an_events_id(text: str, event_id: str | None) -> None:
    assert event_id_in(Reply(200, {}, text)) == event_id


def test_an_event_needs_a_position() -> None:
    assert event_of(Sighting("a", "X", "X", "2026-04-01T12:00:00Z", None, "a.jpg"), "cameratrap_rep") is None
