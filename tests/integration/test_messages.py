"""People are told by real mail and a real web service, each once, whatever their servers do; no secret is said."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ingest.spool.deliveries import failed_ids, read_failed
from ingest.spool.incidents import incidents_in
from tests.integration.watching import CAMSPOOL
from tests.integration.web_targets import WebGateway, web_gateway
from tests.mailboxes import Mailbox, mail_server, text_of
from tests.receivers import Receiver, receiving, saying
from tests.spools import put_listed_item

KEY = "tk_averysecretkeyofsomebody"


@pytest.fixture
def gateway(tmp_path: Path) -> WebGateway:
    (tmp_path / "alerts.target").write_text('[alerts]\nquiet_from = ""\nquiet_until = ""\ndigest_at = ""\n')
    return web_gateway(tmp_path)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


def set_people(gateway: WebGateway, *urls: str, **keys: Any) -> None:
    file = gateway.root.parent / "people"
    file.write_text("# Who is told.\n\n" + "\n".join(urls) + "\n")
    gateway.set("people", kind="message", urls_file=str(file), private_addresses=True, **keys)


def alerts(gateway: WebGateway, *words: str) -> subprocess.CompletedProcess[str]:
    command = [CAMSPOOL, "--root", str(gateway.root), "--config", str(gateway.settings_file), "alerts", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)


def tell(gateway: WebGateway, times: int = 1) -> None:
    for _ in range(times):
        assert alerts(gateway, "test").returncode == 0


def ntfy(receiver: Receiver, topic: str = "traps") -> str:
    return f"ntfy://{KEY}@localhost:{receiver.port}/{topic}?mode=private&auth=token"


def test_what_is_wrong_is_told_once_by_mail_and_over_the_web(gateway: WebGateway, mailbox: Mailbox) -> None:
    with receiving(saying(200, b"{}", "application/json")) as receiver:
        set_people(gateway, mailbox.url("ann@example.org"), ntfy(receiver))
        gateway.take(1)
        assert alerts(gateway, "look").returncode == 0
        stranger: dict[str, Any] = {
            "verdict": "rejected",
            "reason": "no_matching_profile",
            "camera_id": None,
            "profile": None,
        }
        put_listed_item(gateway.root, **stranger, exif={"Make": "Acme", "Model": "T1"})
        for _ in range(3):
            looked = alerts(gateway, "look")
            assert (looked.returncode, looked.stderr) == (0, "")
            assert gateway.outbox("deliver", "--once").returncode == 0
    (mail,), (posted,) = mailbox.got, receiver.got
    title = "A camera that no profile knows: Acme T1"
    assert str(mail["subject"]) == title and "Teach Camspool this camera" in text_of(mail)
    assert title.encode() in posted.body and posted.headers["authorization"] == f"Bearer {KEY}"
    assert [one.outcome for one in gateway.done("people")] == ["delivered"]
    (incident,) = (one for one in incidents_in(gateway.root) if one.rule == "unknown")
    assert incident.is_open and incident.messages[0].to == ("people",) and incident.messages[0].is_marked
    assert title in alerts(gateway, "list").stdout


def test_a_photo_goes_with_its_message_and_a_large_one_is_made_smaller(gateway: WebGateway, mailbox: Mailbox) -> None:
    set_people(gateway, mailbox.url("ann@example.org"), sends=["accepted"], photo_bytes=3000)
    taken = gateway.take(1)
    assert gateway.outbox("deliver", "--once").returncode == 0
    (mail,) = mailbox.got
    (photo,) = mail.iter_attachments()
    content = photo.get_payload(decode=True)
    assert isinstance(content, bytes) and content not in taken.values()
    assert Image.open(BytesIO(content)).size == (160, 120)
    assert str(mail["subject"]).startswith("A photo of ")


def test_a_wrong_address_is_set_aside_with_its_answer_and_the_others_are_told_once(
    gateway: WebGateway, mailbox: Mailbox
) -> None:
    mailbox.answers["nobody@example.org"] = "550 No such user"
    set_people(gateway, mailbox.url("nobody@example.org"), mailbox.url("ann@example.org"))
    tell(gateway)
    assert gateway.outbox("deliver", "--once").returncode == 0
    (failed,) = failed_ids(gateway.root, "people")
    answer = read_failed(gateway.root, "people", failed)
    assert answer and "nobody%40example.org does not take it" in answer.said and "No such user" in answer.said
    assert len(mailbox.got) == 1
    mailbox.answers.clear()
    assert gateway.outbox("retry", "people").returncode == 0
    assert gateway.outbox("deliver", "--once").returncode == 0
    assert failed_ids(gateway.root, "people") == []


@pytest.mark.parametrize("answer", ["451 Come back later", "421 Too much"])
def test_who_is_to_wait_waits_and_who_has_got_it_does_not_get_it_again(
    gateway: WebGateway, mailbox: Mailbox, answer: str
) -> None:
    mailbox.answers["slow@example.org"] = answer
    set_people(gateway, mailbox.url("ann@example.org"), mailbox.url("slow@example.org"))
    tell(gateway)
    for _ in range(3):
        assert "slow%40example.org does not take it" in gateway.carry("people")
    assert len(mailbox.got) == 1
    mailbox.answers.clear()
    gateway.carry("people")
    assert [str(one["to"]) for one in mailbox.got] == ["ann@example.org", "slow@example.org"]
    assert gateway.waiting("people") == []


def test_a_limit_of_rate_and_a_wrong_key_let_all_wait_and_no_key_is_said(gateway: WebGateway) -> None:
    with receiving() as receiver:
        set_people(gateway, ntfy(receiver))
        tell(gateway)
        for status in (429, 401, 503):
            receiver.say(saying(status, b"{}", "application/json"))
            said = gateway.carry("people")
            assert str(status) in said and KEY not in said
        assert len(gateway.waiting("people")) == 1
        receiver.say(saying(404, b"{}", "application/json"))
        gateway.carry("people")
        assert len(failed_ids(gateway.root, "people")) == 1
    for file in (gateway.root / "outbox").rglob("*"):
        assert not file.is_file() or KEY not in file.read_text("utf-8", "replace")


def test_a_server_that_never_answers_costs_its_time_only(gateway: WebGateway, mailbox: Mailbox) -> None:
    with receiving() as receiver:
        receiver.say(receiver.keep_silent)
        set_people(gateway, ntfy(receiver), mailbox.url("ann@example.org"), seconds=3)
        tell(gateway)
        said = gateway.carry("people")
    assert "ntfy://… does not take it: it took longer than 3 s" in said
    assert len(mailbox.got) == 1


def test_after_a_week_without_network_one_message_tells_all(gateway: WebGateway, mailbox: Mailbox) -> None:
    set_people(gateway, "mailto://localhost:9?to=ann@example.org&from=camspool@example.org")
    tell(gateway, 8)
    assert "does not take it" in gateway.carry("people")
    assert len(gateway.waiting("people")) == 8
    set_people(gateway, mailbox.url("ann@example.org"))
    gateway.carry("people")
    (mail,) = mailbox.got
    assert str(mail["subject"]) == "8 messages could not be sent until now"
    assert text_of(mail).count("A test message of Camspool") == 8
    assert gateway.waiting("people") == [] and len(gateway.done("people")) == 8


def test_an_address_inside_the_network_is_refused_unless_it_is_allowed(gateway: WebGateway, mailbox: Mailbox) -> None:
    set_people(gateway, mailbox.url("ann@example.org"))
    gateway.set("people", kind="message", urls_file=str(gateway.root.parent / "people"))
    tell(gateway)
    said = gateway.carry("people")
    assert "127.0.0.1 is inside this network; set private_addresses = true" in said
    assert mailbox.got == []


@pytest.mark.parametrize("url", ["syslog://user", "dbus://", "foo://x", "mailto://"])
def test_what_reaches_nobody_is_refused_with_a_sentence(gateway: WebGateway, url: str) -> None:
    set_people(gateway, url)
    tested = gateway.outbox("test", "people")
    assert tested.returncode == 1 and "Apprise does not understand this address" in tested.stdout + tested.stderr


def test_the_test_of_a_target_reaches_everybody(gateway: WebGateway, mailbox: Mailbox) -> None:
    set_people(gateway, mailbox.url("ann@example.org"), mailbox.url("bob@example.org"))
    tested = gateway.outbox("test", "people")
    assert (tested.returncode, tested.stderr) == (0, "") and "2 addresses" in tested.stdout
    assert {str(one["to"]) for one in mailbox.got} == {"ann@example.org", "bob@example.org"}
    set_people(gateway)
    assert "names no address" in gateway.outbox("test", "people").stdout
