"""What came of telling people decides whether all is delivered, waits, or is set aside."""

from pathlib import Path

import pytest

from ingest.outbox.message_answers import forget_got, judge, keep_got, outcome_of, read_got
from ingest.outbox.message_sender import NOT_UNDERSTOOD, Ended

TAKEN = Ended(True, "mailto://x", "")
REFUSED = Ended(False, "mailto://y", "Socket Exception: {'y': (550, b'No such user')}")
LATER = Ended(False, "ntfy://z", "Failed to send, error=429")


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("error=400", "failed"),
        ("error=404.", "failed"),
        ("error=410", "failed"),
        ("error=401", "later"),
        ("error=403", "later"),
        ("error=408", "later"),
        ("error=429", "later"),
        ("error=500", "later"),
        ("(553, b'no name')", "failed"),
        ("(552, b'full')", "later"),
        ("(451, b'later')", "later"),
        ("Connection refused", "later"),
        (NOT_UNDERSTOOD, "failed"),
    ],
)
def test_only_what_no_time_mends_is_refused_for_good(said: str, outcome: str) -> None:
    assert outcome_of(Ended(False, "x", said)) == outcome


def test_what_has_to_wait_outweighs_what_is_refused_and_that_what_was_taken() -> None:
    assert judge("m", [TAKEN, REFUSED, LATER], 3).outcome == "later"
    refused = judge("m", [TAKEN, REFUSED], 2)
    assert refused.outcome == "failed" and refused.said.startswith("mailto://y does not take it: Socket Exception")
    taken = judge("m", [TAKEN], 2)
    assert (taken.outcome, taken.said) == ("delivered", "Taken by 2 addresses.")
    assert judge("m", [Ended(False, "x", "")]).said == "x does not take it: it gives no reason."


def test_who_has_got_a_message_is_kept_until_all_have(tmp_path: Path) -> None:
    assert read_got(tmp_path, "m") == frozenset()
    assert keep_got(tmp_path, "m", keep_got(tmp_path, "m", (), "a"), "b") == read_got(tmp_path, "m") == {"a", "b"}
    forget_got(tmp_path, "m")
    forget_got(tmp_path, "m")
    assert read_got(tmp_path, "m") == frozenset()


@pytest.mark.parametrize("content", ["{", "7", "{}"])
def test_a_note_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "got-m.json").write_text(content)
    assert read_got(tmp_path, "m") == frozenset()
