"""A test message goes to everybody who is told of incidents, and to nobody else."""

from dataclasses import replace
from pathlib import Path

from ingest.alerts.testing import send_test, take_test_request
from ingest.settings.targets import MessageOptions, Selection, Target
from ingest.settings.values import Settings
from ingest.spool.incidents import TEST_REQUEST, read_incident
from ingest.spool.letters import read_letter
from ingest.spool.outbox import marked_ids


def target(name: str, *sends: str) -> Target:
    return Target(name, "message", Selection(sends=sends), MessageOptions(Path("/x")))


def test_it_is_in_the_outbox_of_whom_it_goes_to(root: Path) -> None:
    settings = replace(Settings(root=root), targets=(target("mail", "incidents"), target("photos", "accepted")))
    incident = send_test(settings, "ann\n")
    assert incident and not incident.is_open
    (message,) = incident.messages
    assert marked_ids(root, "mail") == [message.id] and marked_ids(root, "photos") == []
    kept, letter = read_incident(root, incident.id), read_letter(root, message.id)
    assert kept and kept.messages[0].is_marked
    assert letter and letter.content["message"]["text"].startswith("ann\N{REPLACEMENT CHARACTER} has asked")


def test_without_anybody_there_is_none(root: Path) -> None:
    assert send_test(Settings(root=root), "ann") is None


def test_a_request_is_taken_once(root: Path) -> None:
    assert take_test_request(root) is None
    (root / TEST_REQUEST).write_text("ann")
    assert (take_test_request(root), take_test_request(root)) == ("ann", None)
