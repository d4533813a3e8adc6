"""The ping says that the gateway lives, or how it does not, and is no danger to whoever sends it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from ingest.outbox.ping import NOTE_LATE_S, last_ping, life_of, ping_on, ping_once
from ingest.settings.values import Ping, Settings
from ingest.spool.status_note import StatusNote, write_status_note
from tests.receivers import Receiver, receiving, saying

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
GOOD, BAD = ("disk", "good", "All is well."), ("watcher", "bad", "It waits.")
ATTENTION = ("timers", "attention", "The audit failed.")


def note(*parts: tuple[str, str, str], age_s: float = 0.0) -> StatusNote:
    return StatusNote(NOW - timedelta(seconds=age_s), parts)


def settings(root: Path, url: str) -> Settings:
    file = root.parent / "ping"
    file.write_text(f"# whom\n{url}\n")
    return replace(Settings(root=root), ping=Ping(file, private_addresses=True))


def put_note(root: Path, state: str) -> None:
    part = {"name": "disk", "state": state, "sentence": f"It is {state}."}
    write_status_note(root, [part], datetime.now(UTC))


def test_a_gateway_is_well_unless_a_part_is_bad_or_nobody_has_looked() -> None:
    assert life_of(note(GOOD), NOW).text == "All is well."
    attention = life_of(note(GOOD, ATTENTION), NOW)
    assert attention.is_well and attention.text == "attention timers: The audit failed."
    assert not life_of(note(GOOD, BAD), NOW).is_well
    for silent in (None, note(GOOD, age_s=NOTE_LATE_S + 1)):
        assert not life_of(silent, NOW).is_well and "camspool-alerts does not work" in life_of(silent, NOW).text


def paths(receiver: Receiver) -> list[str]:
    return [request.path for request in receiver.got]


def test_it_goes_to_the_address_or_to_fail_below_it_with_what_is_wrong(root: Path) -> None:
    with receiving(saying(200, b"OK")) as receiver:
        known = settings(root, f"{receiver.url}/uuid/")
        for state in ("good", "bad"):
            put_note(root, state)
            assert ping_once(known).is_taken
    assert paths(receiver) == ["/uuid", "/uuid/fail"]
    assert [request.body for request in receiver.got] == [b"All is well.", b"bad disk: It is bad."]
    last = last_ping(root)
    assert last and last.is_taken and last.said == "bad disk: It is bad."


@pytest.mark.parametrize(("status", "said"), [(404, "It answers 404: not found"), (302, "It answers 302:")])
def test_an_answer_that_is_none_is_said_without_the_address(root: Path, status: int, said: str) -> None:
    with receiving(saying(status, b"not found")) as receiver:
        pinged = ping_once(settings(root, f"{receiver.url}/secret"))
    assert not pinged.is_taken and pinged.said.startswith(said) and "secret" not in pinged.said
    assert last_ping(root) == pinged


@pytest.mark.parametrize("url", ["", "ftp://x", "https://a\nhttps://b"])
def test_a_file_without_one_address_is_said(root: Path, url: str) -> None:
    assert "holds no address" in ping_once(settings(root, url)).said


def test_nobody_there_ends_nothing_and_is_said_once(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    stopping, turns = Event(), iter(range(3))

    def pause_s() -> float:
        if next(turns) == 2:
            stopping.set()
        return 0.0

    put_note(root, "good")
    ping_on(settings(root, "http://localhost:9/secret"), stopping, pause_s)
    assert len(caplog.records) == 1 and "is not taken" in caplog.text and "secret" not in caplog.text
