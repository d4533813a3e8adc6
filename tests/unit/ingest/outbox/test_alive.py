"""The service's sign of life."""

from datetime import UTC, datetime
from pathlib import Path

from ingest.outbox.alive import FILE, give_sign, last_sign

STARTED = datetime(2026, 4, 1, tzinfo=UTC)


def test_the_last_sign_counts(root: Path) -> None:
    assert last_sign(root) is None
    for pid in (7, 8):
        give_sign(root, pid, "0.1.0", STARTED)
    sign = last_sign(root)
    assert sign and (sign.pid, sign.version, sign.started_at) == (8, "0.1.0", "2026-04-01T00:00:00.000000Z")


def test_a_sign_that_cannot_be_given_or_read_stops_nobody(root: Path) -> None:
    (root / FILE).write_text("{", "utf-8")
    assert last_sign(root) is None
    (root / FILE).unlink()
    (root / "outbox").rmdir()
    give_sign(root, 7, "0.1.0", STARTED)
    assert last_sign(root) is None
