"""A test message: whether people get what they are told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.alerts.letters import write_letters
from ingest.settings.targets import for_people
from ingest.settings.values import Settings
from ingest.spool.incidents import TEST_REQUEST, Incident, Message, write_incident
from ingest.spool.names import one_line
from ingest.spool.stamp import new_id, utc_text

RULE = "test"


def send_test(settings: Settings, by: str) -> Incident | None:
    """Send a test message to every target that tells people of incidents; return its incident, None where there is no
    such target. Raise OSError."""
    to = for_people(settings.targets)
    if not to:
        return None
    at = utc_text(datetime.now(UTC))
    said = f"{one_line(by, 60)} has asked for this test. Nothing is wrong."
    title = "A test message of Camspool"
    message = Message(new_id(), "test", at, title, said, to, ("test",))
    incident = Incident(
        new_id(),
        RULE,
        RULE,
        "notice",
        title,
        said,
        "",
        at,
        at,
        told_at=at,
        ended_at=at,
        is_end_told=True,
        messages=(message,),
    )
    write_incident(settings.root, incident)
    write_letters(settings, incident, message)
    write_incident(settings.root, replace(incident, messages=(replace(message, is_marked=True),)))
    return incident


def take_test_request(root: Path) -> str | None:
    """Return who has asked for a test message, and forget it; None when nobody has. Raise OSError."""
    file = root / TEST_REQUEST
    try:
        by = file.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None
    file.unlink(missing_ok=True)
    return by or "Somebody"
