"""Cameras that send what can never be accepted: each is named with what to switch off. The sentences are pure."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.reading.facts import is_video_name, kind_of_name

DAYS = 7
SHOWN_MAX = 8

_SELECT = """
SELECT reason, camera_id, account, client, sum(items), sum(size_bytes) AS total, max(last_at), last_path
FROM unusable WHERE day >= ? GROUP BY reason, camera_id, CASE camera_id WHEN '' THEN account END,
    CASE camera_id WHEN '' THEN client END
HAVING sum(items) > 0 ORDER BY total DESC LIMIT ?
"""


@dataclass(frozen=True)
class Sending:
    """What one sender sent for one reason in the last days, with what is deleted since. `camera_id` may be unknown."""

    reason: str
    camera_id: str | None
    account: str
    client: str
    items: int
    size_bytes: int
    last_at: str
    last_path: str

    @property
    def sentence(self) -> str:
        """What it does, and what to change at the camera; the sender stands before it."""
        return what_to_switch_off(self.reason, self.last_path)


def read_sendings(index: sqlite3.Connection, now: datetime) -> list[Sending]:
    """Return what was sent in the last days, what takes most room first."""
    since = (now - timedelta(days=DAYS)).strftime("%Y-%m-%d")
    rows = index.execute(_SELECT, (since, SHOWN_MAX)).fetchall()
    return [Sending(row[0], row[1] or None, *row[2:]) for row in rows]


def what_to_switch_off(reason: str, path: str) -> str:
    """Return the sentence for what is sent for a reason; `path` is the name of the last such file.

    >>> what_to_switch_off("unsupported_file_type", "INSTAR/clip.mp4")
    'sends video clips: set it to photos only.'
    """
    match reason:
        case "unsupported_file_type" if is_video_name(path):
            return "sends video clips: set it to photos only."
        case "unsupported_file_type":
            return "sends files that are neither photos nor reports: set it to photos only."
        case "file_too_large" if kind_of_name(path) == "report":
            return "sends reports that are too large: look at one, it may be another kind of file."
        case "file_too_large":
            return "sends pictures that are too large: set it to a smaller picture size."
        case _:
            return "sends pictures that are not JPEG: set its picture format to JPEG."
