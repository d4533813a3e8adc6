"""Accepted photos reach a web server, whatever it answers and whatever ends when; each repetition has the same id."""

import os
import signal
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from ingest.spool.deliveries import failed_ids, read_failed
from tests.authorities import make_authority
from tests.integration.watching import until
from tests.integration.web_targets import WebGateway, web_gateway
from tests.receivers import Receiver, receiving, saying

SECRET = f"whsec_{b64encode(b'a secret that only tests know').decode()}"
LOST = lambda _: b""  # noqa: E731 - it has received, and hangs up
PAGE = saying(200, b"<!DOCTYPE html><title>Please log in</title>", "text/html")


@pytest.fixture
def gateway(tmp_path: Path) -> WebGateway:
    return web_gateway(tmp_path)


def set_hook(gateway: WebGateway, url: str, name: str = "hook", **keys: Any) -> None:
    secret = gateway.root.parent / "secret"
    secret.write_text(SECRET)
    given = {"kind": "webhook", "url": url, "secret_file": str(secret), "private_addresses": True}
    gateway.set(name, **{**given, **keys})


def ids_got(receiver: Receiver) -> list[str]:
    return [request.headers["webhook-id"] for request in receiver.got]


def test_a_photo_goes_signed_over_tls_with_its_sidecar(gateway: WebGateway, tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    authority = make_authority(tmp_path / "authority")
    with receiving(saying(204), context=authority.context_for("localhost")) as receiver:
        set_hook(gateway, f"{receiver.url}/hook?token=1", ca_file=str(authority.certificate))
        tested = gateway.outbox("test", "hook")
        assert (tested.returncode, tested.stderr) == (0, "")
        taken = gateway.take(3)
        assert gateway.outbox("deliver", "--once").returncode == 0
    assert Webhook(SECRET).verify(receiver.got[0].body, dict(receiver.got[0].headers))["type"] == "camspool.test"
    for request in receiver.got[1:]:
        form = request.form
        told = Webhook(SECRET).verify(form["item"].content, dict(request.headers))
        assert told["type"] == "item.accepted"
        assert (gateway.root / told["data"]["place"]).read_bytes() == form["photo"].content
        assert form["photo"].content == taken[told["data"]["item"]["id"]]
    assert sorted(ids_got(receiver)[1:]) == sorted(taken)
    assert gateway.waiting("hook") == []
    assert {one.id: (one.key, one.outcome, one.proof) for one in gateway.done("hook")} == {
        item_id: (item_id, "delivered", {"status": "204"}) for item_id in taken
    }


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([LOST], "localhost gave no answer: Remote end closed connection without response."),
        ([saying(500, b"on fire")], "Of some items: It answers 500: on fire"),
        ([saying(429, b"slowly", Retry_After="60")], "Of some items: It answers 429: slowly It asks to wait: 60."),
        ([PAGE], "Of some items: It answers 200 with a page for people: <!DOCTYPE html>"),
        (
            [saying(302, Location="http://169.254.169.254/latest/meta-data")],
            "It answers 302 and points to http://169.254.169.254; if that is right, set url to it.",
        ),
    ],
    ids=["a lost answer", "500", "429", "a page", "a redirect"],
)
def test_what_is_no_yes_loses_nothing_and_the_photo_goes_again_with_the_same_id(
    gateway: WebGateway, answers: list[Any], sentence: str
) -> None:
    with receiving(*answers, saying(200)) as receiver:
        set_hook(gateway, receiver.url)
        [item_id] = gateway.take(1)
        assert gateway.carry("hook").startswith(sentence)
        assert (gateway.waiting("hook"), gateway.done("hook")) == ([item_id], [])
        gateway.carry("hook")
    assert ids_got(receiver) == [item_id, item_id]
    assert [request.form["photo"] for request in receiver.got[:1]] == [receiver.got[1].form["photo"]]
    assert gateway.waiting("hook") == []
    assert [(one.id, one.outcome) for one in gateway.done("hook")] == [(item_id, "delivered")]


def test_what_it_refuses_for_good_is_kept_with_its_answer_until_somebody_sends_it_again(gateway: WebGateway) -> None:
    with receiving(saying(404, b"no such hook"), saying(200)) as receiver:
        set_hook(gateway, receiver.url)
        [item_id] = gateway.take(1)
        assert gateway.carry("hook").startswith("1 item refused for good; camspool outbox retry hook sends again.")
        refused = read_failed(gateway.root, "hook", item_id)
        assert refused is not None
        assert refused.said == "It answers 404: no such hook"
        assert gateway.waiting("hook") == []
        assert gateway.outbox("retry", "hook").returncode == 0
        gateway.carry("hook")
    assert ids_got(receiver) == [item_id, item_id]
    assert (failed_ids(gateway.root, "hook"), gateway.waiting("hook")) == ([], [])


def test_an_inner_address_gets_nothing_until_the_settings_allow_it(gateway: WebGateway) -> None:
    with receiving() as receiver:
        set_hook(gateway, receiver.url, private_addresses=False)
        [item_id] = gateway.take(1)
        assert "an address inside this network; set private_addresses = true if that is meant." in gateway.carry("hook")
        tested = gateway.outbox("test", "hook")
        assert (tested.returncode, receiver.got) == (1, [])
        set_hook(gateway, receiver.url)
        gateway.carry("hook")
    assert ids_got(receiver) == [item_id]


def test_no_sentence_shows_what_an_address_may_hold(gateway: WebGateway) -> None:
    with receiving(LOST) as receiver:
        set_hook(gateway, f"{receiver.url}/hook?token=hidden")
        gateway.take(1)
        said = gateway.carry("hook")
    assert "gave no answer" in said
    texts = [file.read_text("utf-8") for file in (gateway.root / "outbox").rglob("*") if file.is_file()]
    assert not any("hidden" in text or SECRET in text for text in [said, *texts])


def test_a_service_that_is_killed_while_an_answer_is_awaited_sends_the_photo_again(gateway: WebGateway) -> None:
    with receiving() as receiver:
        receiver.say(receiver.keep_silent, saying(200))
        set_hook(gateway, receiver.url)
        [item_id] = gateway.take(1)
        with gateway.service() as service:
            until(lambda: len(receiver.got) == 1, 30, "the photo has come")
            os.kill(service.pid, signal.SIGKILL)
            service.wait(30)
        assert gateway.waiting("hook") == [item_id]
        receiver.stopping.set()
    with receiving() as again:
        set_hook(gateway, again.url)
        with gateway.service():
            until(lambda: not gateway.waiting("hook"), 30, "the photo has gone again")
    assert ids_got(receiver) + ids_got(again) == [item_id, item_id]


def test_a_server_that_never_answers_delays_no_other_target(gateway: WebGateway) -> None:
    with receiving() as silent, receiving() as quick:
        silent.say(silent.keep_silent)
        set_hook(gateway, silent.url, "silent", seconds=2)
        set_hook(gateway, quick.url, "quick")
        taken = gateway.take(3)
        with gateway.service():
            until(lambda: not gateway.waiting("quick"), 30, "all has gone to the one that answers")
            assert gateway.waiting("silent") == sorted(taken)
        assert ids_got(quick) == sorted(taken)
        silent.stopping.set()
