from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.settings.values import Settings
from ingest.spool.stamp import new_id, utc_text
from ingest.upkeep.audit_note import AuditNote
from ingest.upkeep.status import audit_part, certificate_part, contact_part, queue_part, read_status

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def test_an_item_that_waits_too_long_is_bad() -> None:
    assert queue_part([], NOW).state == "good"
    assert queue_part([new_id(NOW - timedelta(seconds=5))], NOW).state == "good"
    assert queue_part([new_id(NOW - timedelta(hours=3))], NOW).state == "bad"


def test_a_certificate_that_ends_soon_asks_for_attention() -> None:
    states = [certificate_part(NOW + timedelta(days=days), NOW).state for days in (60, 5, -1)]
    assert states == ["good", "attention", "bad"]


def test_cameras_that_are_all_silent_ask_for_attention() -> None:
    assert contact_part(None, NOW, 7).state == "attention"
    assert contact_part(NOW - timedelta(days=8), NOW, 7).state == "attention"
    assert contact_part(NOW - timedelta(hours=1), NOW, 7).state == "good"


def test_an_audit_that_found_something_or_did_not_run_is_bad() -> None:
    def note(age_h: float, wrong: int = 0) -> AuditNote:
        return AuditNote(utc_text(NOW - timedelta(hours=age_h)), 7, wrong, ["a.jpg has no outcome."] * wrong)

    assert audit_part(None, NOW).state == "attention"
    assert audit_part(note(1), NOW).state == "good"
    assert audit_part(note(4), NOW).state == "attention"
    late, wrong = audit_part(note(30), NOW), audit_part(note(1, wrong=2), NOW)
    assert late.state == "bad" and "30 hours ago" in late.sentence
    assert wrong.state == "bad" and "a.jpg has no outcome." in wrong.sentence


def test_what_cannot_be_measured_is_bad_never_good(tmp_path: Path) -> None:
    status = read_status(Settings(root=tmp_path / "missing"))
    states = {part["name"]: part["state"] for part in status["parts"]}
    # What runs by the clock, what stays and backups are systemd's, with or without a spool.
    for name in ("timers", "services", "backup"):
        assert states.pop(name) in ("good", "attention", "bad")
    assert states == dict.fromkeys(states, "bad")
    assert status["state"] == "bad"
