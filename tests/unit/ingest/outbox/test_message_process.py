"""The process that sends messages is started when there is one, and ended when its time is over."""

from pathlib import Path
from typing import Any

import pytest

from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.message_process import sending
from ingest.outbox.message_sender import Ended, Task
from ingest.settings.targets import MessageOptions
from tests.mailboxes import mail_server
from tests.receivers import receiving
from tests.unit.ingest.outbox.jobs import job_for


def task(url: str) -> Task:
    return Task(url, "T", "It is.", "", private_addresses=True)


def job(root: Path, **changes: Any) -> Job:
    found = job_for(root, "message", urls_file=Path("/x"))
    return Job(found.root, found.gateway, found.target, **changes)


def test_one_process_sends_several_messages(root: Path) -> None:
    with mail_server() as mailbox, sending(job(root), MessageOptions()) as send:
        ended = [send(task(mailbox.url(f"{number}@example.org"))) for number in range(3)]
    assert all(one.is_taken for one in ended) and len(mailbox.got) == 3


def test_one_that_hangs_is_ended_and_the_next_message_goes(root: Path) -> None:
    with receiving() as receiver, mail_server() as mailbox, sending(job(root), MessageOptions(seconds=3)) as send:
        receiver.say(receiver.keep_silent)
        ended = send(task(f"ntfy://localhost:{receiver.port}/x"))
        assert ended == Ended(False, "ntfy://…", "it took longer than 3 s")
        assert send(task(mailbox.url("ann@example.org"))).is_taken


def test_a_service_that_stops_waits_for_no_server(root: Path) -> None:
    with receiving() as receiver:
        receiver.say(receiver.keep_silent)
        stopping = job(root, is_stopping=lambda: bool(receiver.got))
        with sending(stopping, MessageOptions()) as send, pytest.raises(TargetDownError, match="stops"):
            send(task(f"ntfy://localhost:{receiver.port}/x"))
