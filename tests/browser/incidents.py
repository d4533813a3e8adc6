"""Incidents of the gateway that the browser looks at: no alerts run beside it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.spool.deliveries import Delivery, note_done
from ingest.spool.incidents import Incident, Known, Message, write_incident, write_known
from ingest.spool.stamp import new_id, utc_text
from tests.demo_fleet import FLEET

TITLE = "Fox bridge: battery at 9 %"


def put_incidents(root: Path, now: datetime | None = None) -> None:
    """Let a battery be empty, 12 cameras be silent of which somebody knows, and a disk have been full."""
    now = now or datetime.now(UTC)
    battery = _incident("battery:oak", TITLE, "Its battery is at 9 %.", now - timedelta(hours=5), (FLEET[4].id,))
    cameras = tuple(camera.id for camera in FLEET)
    silent = _incident("silent:since x", "12 cameras of account north are silent", "x" * 150, now, cameras)
    disk = _incident("disk:", "The disk fills up", "3.0 GB of 40.0 GB are free.", now - timedelta(days=3), ())
    over = replace(disk, ended_at=utc_text(now - timedelta(days=2)), how_it_ended="It is over after a day.")
    for one in (battery, silent, over):
        write_incident(root, one)
        note_done(root, "hook", [_taken(message, now) for message in one.messages])
    write_known(root, Known(silent.id, "ben", utc_text(now), utc_text(now + timedelta(days=2)), "The carrier knows."))


def _incident(key: str, title: str, sentence: str, began: datetime, cameras: tuple[str, ...]) -> Incident:
    at = utc_text(began)
    text = f"{sentence}\nGo there, and bring <b>fresh</b> batteries."
    message = Message(new_id(began), "opened", at, title, text, ("hook", "nas"), ("notice",), is_marked=True)
    rule, words = key.partition(":")[0], (title, sentence, "Go there.", at, at, cameras)
    return Incident(new_id(began), key, rule, "notice", *words, told_at=at, messages=(message,))


def _taken(message: Message, now: datetime) -> Delivery:
    return Delivery(message.id, message.id, None, utc_text(now), "delivered", "Taken by 2 addresses.")
