"""Answers of targets are kept by the day of their items, and survive torn lines."""

from pathlib import Path

from ingest.spool.deliveries import (
    Delivery,
    done_days,
    done_file,
    done_on,
    failed_ids,
    forget_failed,
    last_done,
    note_done,
    note_failed,
    read_failed,
    send_again,
)
from ingest.spool.outbox import marked_ids, shall_try_at_once

FIRST, SECOND, LATER = (f"202604{day}T120000.000001Z-1000000{number}" for number, day in enumerate(("01", "01", "09")))
AT = "2026-04-10T00:00:00.000000Z"


def delivery(item_id: str, outcome: str = "delivered", said: str = "stored") -> Delivery:
    return Delivery(item_id, item_id, "aa", AT, outcome, said, {"object": "x"})


def test_answers_lie_in_the_file_of_the_day_on_which_the_item_arrived(root: Path) -> None:
    note_done(root, "nas", [delivery(FIRST), delivery(LATER), delivery(SECOND)])
    assert done_days(root, "nas") == ["2026-04-01", "2026-04-09"]
    assert [one.id for one in done_on(root, "nas", "2026-04-01")] == [FIRST, SECOND]
    assert list(done_on(root, "nas", "2026-04-02")) == []
    assert (done_days(root, "hook"), last_done(root, "hook", FIRST)) == ([], None)


def test_the_last_answer_about_an_item_counts(root: Path) -> None:
    note_done(root, "nas", [delivery(FIRST, said="first"), delivery(SECOND)])
    note_done(root, "nas", [delivery(FIRST, said="second")])
    found = last_done(root, "nas", FIRST)
    assert found == delivery(FIRST, said="second")
    assert last_done(root, "nas", LATER) is None


def test_a_torn_line_counts_as_never_written_and_spoils_no_other(root: Path) -> None:
    note_done(root, "nas", [delivery(FIRST)])
    file = done_file(root, "nas", "2026-04-01")
    file.write_bytes(file.read_bytes() + b'{"id": "2026')
    note_done(root, "nas", [delivery(SECOND)])
    assert [one.id for one in done_on(root, "nas", "2026-04-01")] == [FIRST, SECOND]


def test_what_a_newer_release_says_more_is_passed_over(root: Path) -> None:
    note_done(root, "nas", [delivery(FIRST)])
    file = done_file(root, "nas", "2026-04-01")
    file.write_bytes(file.read_bytes().replace(b'{"id"', b'{"weather": "rain", "id"'))
    assert list(done_on(root, "nas", "2026-04-01")) == [delivery(FIRST)]


def test_what_is_refused_is_kept_with_its_answer_until_it_is_sent_again(root: Path) -> None:
    refused = delivery(FIRST, "failed", "no such animal")
    note_failed(root, "nas", refused)
    assert (failed_ids(root, "nas"), read_failed(root, "nas", FIRST)) == ([FIRST], refused)
    assert (failed_ids(root, "hook"), read_failed(root, "nas", SECOND)) == ([], None)
    send_again(root, "nas", [FIRST, "../x"])
    assert (failed_ids(root, "nas"), marked_ids(root, "nas"), shall_try_at_once(root, "nas")) == ([], [FIRST], True)
    forget_failed(root, "nas", [FIRST])


def test_a_refusal_that_cannot_be_read_is_still_there(root: Path) -> None:
    note_failed(root, "nas", delivery(FIRST, "failed"))
    (root / "outbox" / "nas" / "failed" / f"{FIRST}.json").write_bytes(b"{")
    assert (failed_ids(root, "nas"), read_failed(root, "nas", FIRST)) == ([FIRST], None)
