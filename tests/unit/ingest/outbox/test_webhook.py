"""A webhook gets each item, signed, and with the same id each time."""

import json
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from ingest.outbox import webhook
from ingest.outbox.answers import Answer, Job, TargetDownError
from ingest.outbox.parcels import parcels_of
from ingest.outbox.webhook import deliver, deliver_letters, try_out
from ingest.spool.letters import Letter
from ingest.spool.moves import delete
from ingest.spool.sidecar import parse_sidecar, sidecar_object
from ingest.spool.stamp import new_id
from tests.receivers import Field, Receiver, Request, receiving, saying
from tests.unit.ingest.outbox.jobs import job_for, put_waiting

SECRET = f"whsec_{b64encode(b'a secret that only tests know').decode()}"
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 8


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    return file


def hook(root: Path, receiver: Receiver, **options: Any) -> Job:
    return job_for(root, "webhook", "hook", **{"url": f"{receiver.url}/hook", "private_addresses": True, **options})


def carry(job: Job, ids: Sequence[str]) -> list[Answer]:
    told: list[Answer] = []
    deliver(job, parcels_of(job.root, ids), told.extend)
    return told


def signed_in(request: Request) -> bytes:
    """Return what is signed: the part `item` of a form, or all."""
    is_form = request.headers["content-type"].startswith("multipart/form-data")
    return request.form["item"].content if is_form else request.body


def test_an_item_comes_with_its_photo_and_the_sidecar_is_signed(root: Path, secret: Path) -> None:
    item_id, place = put_waiting(root, "hook", PHOTO, upload_path="DCIM/Höhle 1.JPG")
    with receiving(saying(200, b"ok")) as receiver:
        answers = carry(hook(root, receiver, secret_file=secret), [item_id])
    [request] = receiver.got
    assert (request.method, request.path) == ("POST", "/hook")
    form = request.form
    assert set(form) == {"item", "photo"}
    assert form["photo"] == Field(PHOTO, "image/jpeg", "H_hle_1.JPG")
    told = Webhook(SECRET).verify(form["item"].content, dict(request.headers))
    sidecar = parse_sidecar((root / f"{place}.json").read_bytes())
    assert told == {
        "type": "item.accepted",
        "timestamp": sidecar.decided_at,
        "data": {"gateway": "north", "target": "hook", "place": place, "item": sidecar_object(sidecar)},
    }
    assert (request.headers["webhook-id"], request.headers["idempotency-key"]) == (item_id, item_id)
    assert [(one.id, one.outcome, one.said, one.proof) for one in answers] == [
        (item_id, "delivered", "200 ok", {"status": "200"})
    ]


def test_a_signature_holds_for_nothing_else(root: Path, secret: Path) -> None:
    item_id, _ = put_waiting(root, "hook", PHOTO)
    with receiving() as receiver:
        carry(hook(root, receiver, secret_file=secret), [item_id])
    headers, signed = dict(receiver.got[0].headers), signed_in(receiver.got[0])
    for wrong, content in ((headers, signed + b" "), ({**headers, "webhook-id": "other"}, signed)):
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(content, wrong)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_b3RoZXI=").verify(signed, headers)


def test_without_a_secret_nothing_is_signed(root: Path) -> None:
    item_id, _ = put_waiting(root, "hook", PHOTO)
    with receiving() as receiver:
        carry(hook(root, receiver), [item_id])
    assert "webhook-signature" not in receiver.got[0].headers


def test_where_no_photo_is_wanted_the_message_is_the_signed_json_alone(root: Path, secret: Path) -> None:
    item_id, _ = put_waiting(root, "hook", PHOTO)
    with receiving() as receiver:
        carry(hook(root, receiver, secret_file=secret, photo=False), [item_id])
    [request] = receiver.got
    assert request.headers["content-type"] == "application/json"
    assert Webhook(SECRET).verify(request.body, dict(request.headers))["data"]["item"]["id"] == item_id


def test_a_report_is_its_fields_and_no_photo(root: Path) -> None:
    item_id, _ = put_waiting(root, "hook", b"IMEI:1", kind="report", fields={"battery_percent": 60})
    with receiving() as receiver:
        carry(hook(root, receiver), [item_id])
    assert json.loads(receiver.got[0].body)["data"]["item"]["fields"] == {"battery_percent": 60}


def test_a_rejected_image_comes_as_what_it_is_and_what_is_no_image_does_not_come(root: Path) -> None:
    rejected = {"verdict": "rejected", "camera_id": None}
    broken, _ = put_waiting(root, "hook", b"no jpeg", reason="not_a_jpeg", **rejected)
    video, _ = put_waiting(root, "hook", b"video", reason="unsupported_file_type", kind="other", **rejected)
    with receiving() as receiver:
        carry(hook(root, receiver), [broken, video])
    by_id = {request.headers["webhook-id"]: request for request in receiver.got}
    photo = by_id[broken].form["photo"]
    assert (photo.content, photo.media_type) == (b"no jpeg", "application/octet-stream")
    assert json.loads(by_id[broken].form["item"].content)["type"] == "item.rejected"
    assert json.loads(by_id[video].body)["data"]["item"]["reason"] == "unsupported_file_type"


def test_a_file_larger_than_any_photo_is_not_read_and_its_sidecar_comes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "PHOTO_MAX_BYTES", len(PHOTO) - 1)
    item_id, _ = put_waiting(root, "hook", PHOTO, verdict="rejected", reason="file_too_large")
    with receiving() as receiver:
        carry(hook(root, receiver), [item_id])
    assert json.loads(receiver.got[0].body)["data"]["item"]["size_bytes"] == len(PHOTO)


def test_an_item_that_goes_again_has_the_same_id_and_after_another_verdict_a_number(root: Path) -> None:
    item_id, _ = put_waiting(root, "hook", PHOTO)
    again, _ = put_waiting(root, "hook", b"other", attempts=3)
    with receiving() as receiver:
        for _ in range(2):
            carry(hook(root, receiver), [item_id])
        carry(hook(root, receiver), [again])
    assert [request.headers["webhook-id"] for request in receiver.got] == [item_id, item_id, f"{again}.2"]


def test_each_item_has_the_answer_that_it_got(root: Path) -> None:
    ids = sorted(put_waiting(root, "hook", text)[0] for text in (b"a", b"b", b"c"))
    with receiving(saying(200), saying(422, b"bad"), saying(503)) as receiver:
        answers = carry(hook(root, receiver), ids)
    assert [(one.id, one.outcome) for one in answers] == list(zip(ids, ("delivered", "failed", "later"), strict=True))


def test_what_went_before_trouble_is_told(root: Path) -> None:
    ids = sorted(put_waiting(root, "hook", text)[0] for text in (b"a", b"b", b"c"))
    told: list[Answer] = []
    with receiving(saying(200), lambda _: b"") as receiver:
        job = hook(root, receiver)
        with pytest.raises(TargetDownError, match="gave no answer"):
            deliver(job, parcels_of(root, ids), told.extend)
    assert [one.id for one in told] == ids[:1]
    assert len(receiver.got) == 2


def test_an_item_that_has_left_meanwhile_is_passed_over(root: Path) -> None:
    gone, place = put_waiting(root, "hook", b"a")
    here, _ = put_waiting(root, "hook", b"b")
    parcels, told = parcels_of(root, [gone, here]), list[Answer]()
    delete(root, place)
    for photo in (True, False):
        with receiving() as receiver:
            deliver(hook(root, receiver, photo=photo), parcels, told.extend)
    assert [one.id for one in told] == [here, here]


def test_whoever_is_stopping_begins_no_other_item(root: Path) -> None:
    ids = sorted(put_waiting(root, "hook", text)[0] for text in (b"a", b"b"))
    told: list[Answer] = []
    with receiving() as receiver:
        job = hook(root, receiver)
        stopping = Job(job.root, job.gateway, job.target, lambda: bool(told))
        deliver(stopping, parcels_of(root, ids), told.extend)
    assert [one.id for one in told] == ids[:1]


def test_a_lot_ends_when_its_time_is_over(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "LOT_S", 0.0)
    ids = sorted(put_waiting(root, "hook", text)[0] for text in (b"a", b"b"))
    with receiving() as receiver:
        assert len(carry(hook(root, receiver), ids)) < 2


@pytest.mark.parametrize("content", [b"", b"whsec_", b"whsec_not base64!", b"whsec_a", b"\xff\xfe"])
def test_a_secret_that_is_none_lets_all_wait(root: Path, tmp_path: Path, content: bytes) -> None:
    item_id, _ = put_waiting(root, "hook", PHOTO)
    file = tmp_path / "secret"
    file.write_bytes(content)
    with receiving() as receiver, pytest.raises(TargetDownError) as caught:
        carry(hook(root, receiver, secret_file=file), [item_id])
    assert str(caught.value) == f"secret_file {file} holds no secret; expected whsec_ and base64."
    assert receiver.got == []


def test_a_secret_that_cannot_be_read_lets_all_wait(root: Path, tmp_path: Path) -> None:
    item_id, _ = put_waiting(root, "hook", PHOTO)
    with receiving() as receiver, pytest.raises(TargetDownError, match=r"^secret_file cannot be read: No such file"):
        carry(hook(root, receiver, secret_file=tmp_path / "none"), [item_id])
    assert receiver.got == []


def test_a_new_secret_holds_from_the_next_item_on(root: Path, secret: Path) -> None:
    item_id, _ = put_waiting(root, "hook", PHOTO)
    other = "whsec_b3RoZXIgc2VjcmV0"  # without padding, as some write it
    with receiving() as receiver:
        carry(hook(root, receiver, secret_file=secret), [item_id])
        secret.write_text(other)
        carry(hook(root, receiver, secret_file=secret), [item_id])
    assert Webhook(other).verify(signed_in(receiver.got[1]), dict(receiver.got[1].headers))


def test_trying_out_sends_a_signed_message_without_an_item(root: Path, secret: Path) -> None:
    with receiving(saying(202, b"hello")) as receiver:
        said = try_out(hook(root, receiver, secret_file=secret))
    assert said == "A message of type camspool.test was taken: 202 hello"
    [request] = receiver.got
    told = Webhook(SECRET).verify(request.body, dict(request.headers))
    assert (told["type"], told["data"]) == ("camspool.test", {"gateway": "north"})


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (saying(401, b"who?"), "It answers 401: who?"),
        (saying(200, b"<html>", "text/html"), "It answers 200 with a page for people: <html>"),
        (saying(301, Location="https://example.org/b"), "It answers 301 and points to https://example.org; if that"),
    ],
)
def test_trying_out_says_why_a_message_was_not_taken(root: Path, answer: bytes, sentence: str) -> None:
    with receiving(answer) as receiver, pytest.raises(TargetDownError) as caught:
        try_out(hook(root, receiver))
    assert str(caught.value).startswith(sentence)


def test_a_letter_is_posted_signed_and_says_what_it_is(root: Path, secret: Path) -> None:
    (root / "connections/2026-06-01.jsonl").write_bytes(b'{"id": 1}\nhalf a li\n')
    told = {"message": {"what": "ended", "title": "Oak"}}
    letters = [
        Letter(new_id(), "incident", "x", "2026-06-01T12:00:00.000000Z", told),
        Letter(new_id(), "connection_records", "2026-06-01", "", {}, "connections/2026-06-01.jsonl"),
    ]
    answers: list[Answer] = []
    with receiving(saying(204)) as receiver:
        deliver_letters(hook(root, receiver, secret_file=secret), letters, answers.extend)
    assert [one.outcome for one in answers] == ["delivered"] * 2
    incident, records = (Webhook(SECRET).verify(one.body, dict(one.headers)) for one in receiver.got)
    assert (incident["type"], incident["data"]["letter"]["content"]) == ("incident.ended", told)
    assert (records["type"], records["data"]["letter"]["content"]) == ("connection_records", {"lines": [{"id": 1}]})
    assert [one.headers["webhook-id"] for one in receiver.got] == [one.id for one in letters]
