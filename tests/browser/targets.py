"""Targets of the gateway that the browser looks at, and what they have answered: no outbox service runs beside it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.index.store import read_index
from ingest.outbox.outlook import Outlook, write_outlook
from ingest.spool.deliveries import Delivery, note_done, note_failed
from ingest.spool.outbox import make_marks, prepare_target
from ingest.spool.stamp import utc_text
from tests.unit.webadmin.outbox.results import put_results

SETTINGS = """
[targets.nas]
kind = "folder"
folder = "/mnt/nas/traps"

[targets.hook]
kind = "webhook"
url = "https://example.org/a/long/way/to/the/hook/of/a/service/that/somebody/else/runs"
sends = ["accepted", "rejected"]

[targets.archive]
kind = "archive"
remote = "/mnt/archive"
"""
HOSTILE = "413 <script>alert(1)</script> Request Entity Too Large: " + "x" * 120


def put_deliveries(root: Path, now: datetime | None = None) -> None:
    """Let the folder have some of the newest photos and refuse others, and the web address not be reached."""
    now = now or datetime.now(UTC)
    prepare_target(root, "nas", now - timedelta(days=2))
    prepare_target(root, "hook", now - timedelta(days=2))
    photos = _newest_photos(root, 30)
    note_done(root, "nas", (_delivery(one, now) for one in photos[:20]))
    make_marks(root, ((target, one) for target, ids in (("nas", photos[20:24]), ("hook", photos)) for one in ids))
    for item_id, said in ((photos[24], HOSTILE), (photos[25], "The disk of the NAS takes no such name.")):
        refuse(root, "nas", item_id, said, now)
    put_results(root, "nas", {photos[0]: ("animal", 0.93), photos[1]: ("person", 0.81), photos[2]: ("blank", 1.0)})
    at = utc_text(now)
    write_outlook(root, "nas", Outlook(at, utc_text(now - timedelta(minutes=4))))
    since, later = utc_text(now - timedelta(hours=7)), utc_text(now + timedelta(minutes=6))
    trouble = "https://example.org answers nothing: the connection was refused. Look whether that service runs."
    write_outlook(root, "hook", Outlook(at, None, trouble, since, later, tries=19))


def refuse(root: Path, target: str, item_id: str, said: str, now: datetime | None = None) -> None:
    """Let a target refuse an item for good."""
    answer = Delivery(item_id, item_id, None, utc_text(now or datetime.now(UTC)), "failed", said)
    note_done(root, target, [answer])
    note_failed(root, target, answer)


def _delivery(item_id: str, now: datetime) -> Delivery:
    proof = {"sha256": "ab" * 32, "path": f"North_gate/861943070068027/2026-04-09/{item_id}-E1000159.JPG"}
    return Delivery(
        item_id, item_id, "ab" * 32, utc_text(now - timedelta(minutes=4)), "delivered", "It is there.", proof
    )


def _newest_photos(root: Path, number: int) -> list[str]:
    index = read_index(root)
    query = "SELECT id FROM items WHERE verdict = 'accepted' AND kind = 'image' ORDER BY number DESC LIMIT ?"
    ids = [str(row[0]) for row in index.execute(query, (number,))]
    index.close()
    return ids
