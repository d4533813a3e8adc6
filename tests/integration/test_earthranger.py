"""Accepted photos reach an EarthRanger site, and Gundi as one event each, whatever breaks off when."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox.outlook import read_outlook
from tests.authorities import make_authority
from tests.integration.watching import until
from tests.integration.web_targets import WebGateway, web_gateway
from tests.receivers import Field, Receiver, receiving, saying
from tests.samples.willfine import POSITION

EVENT = saying(200, b'[{"object_id": "0a-7"}]', "application/json")
ATTACHMENTS = "/v2/events/0a-7/attachments/"


@pytest.fixture
def gateway(tmp_path: Path) -> WebGateway:
    (tmp_path / "key").write_text("a key\n")
    return web_gateway(tmp_path)


def set_ranger(gateway: WebGateway, url: str, **keys: Any) -> None:
    key = str(gateway.root.parent / "key")
    gateway.set("ranger", **{"kind": "earthranger", "url": url, "key_file": key, "private_addresses": True, **keys})


def paths(receiver: Receiver) -> list[str]:
    return [request.path for request in receiver.got]


def test_photos_become_reports_of_a_site_over_tls(gateway: WebGateway, tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    authority = make_authority(tmp_path / "authority")
    with receiving(saying(400), saying(201), context=authority.context_for("localhost")) as receiver:
        set_ranger(gateway, receiver.url, ca_file=str(authority.certificate), provider="traps")
        assert gateway.outbox("test", "ranger").returncode == 0
        taken = gateway.take(2)
        assert gateway.outbox("deliver", "--once").returncode == 0
    assert set(paths(receiver)) == {"/api/v1.0/sensors/camera-trap/traps/status/"}
    for item_id, request in zip(sorted(taken), receiver.got[1:], strict=True):
        form = request.form
        assert form["filecontent.file"] == Field(taken[item_id], "image/jpeg", form["file"].content.decode())
        assert form["file"].content.decode().startswith(item_id)
        where = json.loads(form["location"].content)
        assert (where["latitude"], where["longitude"]) == pytest.approx(POSITION, abs=1e-5)
    assert gateway.waiting("ranger") == []


def test_a_report_whose_answer_was_lost_has_arrived_when_the_site_knows_it(gateway: WebGateway) -> None:
    with receiving(lambda _: b"", saying(409)) as receiver:
        set_ranger(gateway, receiver.url)
        [item_id] = gateway.take(1)
        assert "gave no answer" in gateway.carry("ranger")
        gateway.carry("ranger")
    assert len({request.form["file"].content for request in receiver.got}) == 1
    assert [(one.id, one.said) for one in gateway.done("ranger")] == [(item_id, "EarthRanger has this photo already.")]


def test_a_wrong_key_sets_nothing_aside_and_a_right_one_holds_without_a_restart(gateway: WebGateway) -> None:
    def is_troubled() -> bool:
        outlook = read_outlook(gateway.root, "ranger")
        return bool(outlook and outlook.trouble and "does not know the key" in outlook.trouble)

    with receiving() as receiver:
        receiver.say(lambda request: saying(201 if request.headers["authorization"] == "Bearer right" else 401))
        set_ranger(gateway, receiver.url)
        taken = gateway.take(3)
        with gateway.service():
            until(is_troubled, 30, "the target rests")
            assert gateway.waiting("ranger") == sorted(taken)
            (gateway.root.parent / "key").write_text("right")
            gateway.outbox("resume", "ranger")
            until(lambda: not gateway.waiting("ranger"), 30, "all has gone")
    assert {one.outcome for one in gateway.done("ranger")} == {"delivered"}


def test_a_photo_is_one_event_of_gundi_though_its_attachment_fails(gateway: WebGateway) -> None:
    with receiving(EVENT, saying(503), saying(200)) as receiver:
        set_ranger(gateway, receiver.url, api="gundi", pause_seconds=1)
        [item_id] = gateway.take(1)
        assert gateway.carry("ranger").startswith("Of some items: It answers 503")
        gateway.carry("ranger")
    assert paths(receiver) == ["/v2/events/", ATTACHMENTS, ATTACHMENTS]
    assert {request.headers["apikey"] for request in receiver.got} == {"a key"}
    [event] = json.loads(receiver.got[0].body)
    assert (event["location"]["lat"], event["location"]["lon"]) == pytest.approx(POSITION, abs=1e-5)
    assert event["event_details"]["item"] == item_id
    assert (gateway.waiting("ranger"), gateway.done("ranger")[0].outcome) == ([], "delivered")


def test_a_kill_between_event_and_attachment_makes_no_second_event(gateway: WebGateway) -> None:
    with receiving() as receiver:
        receiver.say(EVENT, receiver.keep_silent)
        set_ranger(gateway, receiver.url, api="gundi", pause_seconds=1)
        gateway.take(1)
        with gateway.service() as service:
            until(lambda: len(receiver.got) == 2, 30, "the photo has come")
            os.kill(service.pid, signal.SIGKILL)
            service.wait(30)
        receiver.stopping.set()
    with receiving() as again:
        set_ranger(gateway, again.url, api="gundi", pause_seconds=1)
        gateway.carry("ranger")
    assert paths(receiver) + paths(again) == ["/v2/events/", ATTACHMENTS, ATTACHMENTS]
    assert gateway.waiting("ranger") == []
