"""Whether the ping goes out is a part of status."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.outbox.ping import Pinged
from ingest.settings.values import Ping
from ingest.spool.stamp import utc_text
from ingest.upkeep.ping_part import ping_part

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SET = Ping(Path("/x"))


@pytest.mark.parametrize(
    ("minutes", "is_taken", "state"),
    [(1, True, "good"), (14, True, "good"), (16, True, "attention"), (1, False, "attention")],
)
def test_a_ping_that_is_late_or_not_taken_wants_attention(minutes: int, is_taken: bool, state: str) -> None:
    last = Pinged(utc_text(NOW - timedelta(minutes=minutes)), is_taken, "It is so.")
    assert ping_part(SET, last, NOW).state == state


def test_none_yet_wants_attention_and_none_set_does_not() -> None:
    assert ping_part(SET, None, NOW).state == "attention"
    assert ping_part(Ping(), None, NOW).state == "good"
