"""Facts about small fleets, for the tests of rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.alerts.trouble import Facts
from ingest.index.contacts import Contacts
from ingest.settings.values import Alerts
from ingest.spool.incidents import Incident
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.cameras.examples import judged

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def facts(**changes: Any) -> Facts:
    """Return what a gateway knows at noon about which nothing is wrong."""
    return replace(Facts(NOW, Alerts()), **changes)


def camera(camera_id: str = "oak", **row: Any) -> dict[str, Any]:
    """Return a camera by its ID, as facts have it, from its row of the index."""
    return {camera_id: judged({"name": row.pop("name", "")}, camera_id=camera_id, **row)}


def daily(camera_id: str, last_at: datetime, account: str | None = "north", days: int = 30) -> Contacts:
    """Return the contacts of a camera that was heard of once a day, at the same time, the last time at `last_at`."""
    moments = [last_at - number * DAY for number in range(days)]
    return Contacts(camera_id, account, tuple((one, one) for one in reversed(moments)))


def incident(key: str, **changes: Any) -> Incident:
    """Return an incident that was told an hour ago."""
    rule, at = key.partition(":")[0], utc_text(NOW - HOUR)
    told = Incident(new_id(NOW - HOUR), key, rule, "notice", "title", "It is.", "Go.", at, at, told_at=at, level=1.0)
    return replace(told, **{"told_level": 1.0, **changes})


def part(name: str, state: str, sentence: str = "It is bad.", **figures: Any) -> dict[str, Any]:
    """Return a part of status."""
    return {"name": name, "state": state, "sentence": sentence, "figures": figures}
