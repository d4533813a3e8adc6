"""How a target is doing is written whole, and read tolerantly."""

from datetime import UTC, datetime
from pathlib import Path

from ingest.outbox.outlook import FILE, Outlook, read_outlook, resting, working, write_outlook
from ingest.spool.outbox import prepare_target, target_folder

AT = "2026-04-10T00:00:00.000000Z"


def test_what_is_written_is_read(root: Path) -> None:
    prepare_target(root, "nas")
    assert read_outlook(root, "nas") is None
    for outlook in (Outlook(AT), Outlook(AT, AT, "It is full.", AT, AT, 3, "too large")):
        write_outlook(root, "nas", outlook)
        assert read_outlook(root, "nas") == outlook


def test_what_cannot_be_read_says_nothing_and_what_a_newer_release_says_more_is_passed_over(root: Path) -> None:
    prepare_target(root, "nas")
    file = target_folder(root, "nas") / FILE
    file.write_text('{"at": "' + AT + '", "mood": "fine"}', "utf-8")
    assert read_outlook(root, "nas") == Outlook(AT)
    file.write_text("{", "utf-8")
    assert read_outlook(root, "nas") is None


def test_a_target_that_rests_keeps_since_when_until_it_works() -> None:
    first = resting(Outlook(AT, item_trouble="busy"), "It is full.", datetime(2026, 4, 10, tzinfo=UTC), 2.0)
    again = resting(first, "It is down.", datetime(2026, 4, 10, 1, tzinfo=UTC), 4.0)
    assert first == Outlook(AT, None, "It is full.", AT, "2026-04-10T00:00:02.000000Z", 1, "busy")
    assert again == Outlook(AT, None, "It is down.", AT, "2026-04-10T01:00:04.000000Z", 2, "busy")
    assert working(again, some_wait=True) == Outlook(AT, item_trouble="busy")
    assert working(again, some_wait=False) == Outlook(AT)
