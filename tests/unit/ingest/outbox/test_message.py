"""Letters become messages to every address, each once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox.answers import Answer, Job, TargetDownError
from ingest.outbox.message import addresses_in, deliver_letters
from ingest.spool.letters import Letter
from ingest.spool.stamp import new_id, utc_text
from tests.mailboxes import Mailbox, mail_server
from tests.unit.ingest.alerts.cases import NOW
from tests.unit.ingest.outbox.jobs import job_for


def people(root: Path, *urls: str, **options: Any) -> Job:
    file = root.parent / "people"
    file.write_text("\n".join(urls))
    return job_for(root, "message", urls_file=file, private_addresses=True, **options)


def letter(kind: Any = "incident", **content: Any) -> Letter:
    told = {"message": {"title": "Oak is silent", "text": "It is."}, **content}
    return Letter(new_id(), kind, "a", utc_text(NOW), told)


def deliver(job: Job, *letters: Letter) -> list[Answer]:
    answers: list[Answer] = []

    def tell(told: Sequence[Answer]) -> None:
        answers.extend(told)

    deliver_letters(job, letters, tell)
    return answers


def test_a_letter_about_an_incident_is_told_and_no_other(root: Path) -> None:
    with mail_server() as mailbox:
        answers = deliver(people(root, mailbox.url("ann@example.org")), letter(), letter("camera_record"))
    assert sorted((one.outcome, one.said) for one in answers) == [
        ("delivered", "Taken by 1 address."),
        ("failed", "People are told of incidents only."),
    ]
    assert len(mailbox.got) == 1


def test_nobody_gets_a_message_twice_because_another_could_not(root: Path) -> None:
    with mail_server() as mailbox:
        mailbox.answers["bob@example.org"] = "451 Later"
        job, told = people(root, mailbox.url("ann@example.org"), mailbox.url("bob@example.org")), letter()
        for _ in range(2):
            with pytest.raises(TargetDownError, match="bob"):
                deliver(job, told)
        mailbox.answers.clear()
        (answer,) = deliver(job, told)
    assert answer.outcome == "delivered" and to(mailbox) == ["ann@example.org", "bob@example.org"]
    assert list(job.work_folder.iterdir()) == []


def to(mailbox: Mailbox) -> list[str]:
    return [str(one["to"]) for one in mailbox.got]


def test_the_last_photo_goes_along_where_it_is_and_is_wanted(root: Path) -> None:
    (root / "accepted/a.jpg").write_bytes(b"\xff\xd8 a photo")
    with mail_server() as mailbox:
        url = mailbox.url("ann@example.org")
        for place, options in (("accepted/a.jpg", {}), ("accepted/a.jpg", {"photo": False}), ("accepted/gone.jpg", {})):
            deliver(people(root, url, **options), letter(photo=place))
    attached = [[one.get_payload(decode=True) for one in mail.iter_attachments()] for mail in mailbox.got]
    assert attached == [[b"\xff\xd8 a photo"], [], []]


def test_a_photo_that_is_too_large_and_cannot_be_read_stays_here(root: Path) -> None:
    (root / "accepted/a.jpg").write_bytes(b"\xff\xd8 no photo")
    with mail_server() as mailbox:
        deliver(people(root, mailbox.url("ann@example.org"), photo_bytes=3), letter(photo="accepted/a.jpg"))
    assert [list(mail.iter_attachments()) for mail in mailbox.got] == [[]]


def test_addresses_stand_one_a_line_between_comments(tmp_path: Path) -> None:
    file = tmp_path / "people"
    file.write_text("# ann\nmailto://a\n\n  ntfy://b  \n")
    assert addresses_in(file) == ["mailto://a", "ntfy://b"]
    file.write_text("mailto://a\n" * 101)
    for content, said in (("# nobody\n", "names no address"), ("mailto://a\n" * 101, "at most 100")):
        file.write_text(content)
        with pytest.raises(TargetDownError, match=said):
            addresses_in(file)
    with pytest.raises(TargetDownError, match="cannot be read"):
        addresses_in(tmp_path / "nobody")
