"""Keeps the totals of the index up to date, item by item: what pages would otherwise count among a million rows."""

import sqlite3
from collections.abc import Iterable

from ingest.index.contacts import count_contact
from ingest.index.feeds import count_feed
from ingest.index.rows import ItemRow, is_contact
from ingest.index.totals import REFRESH_IMAGES, REFRESH_REPORTS
from ingest.vocabulary import UNUSABLE

_ADD = " ON CONFLICT DO UPDATE SET items = items + excluded.items"
_REFRESH_IMAGES = REFRESH_IMAGES + " WHERE camera_id = ?"
_REFRESH_REPORTS = REFRESH_REPORTS + " WHERE camera_id = ?"
_COUNT = "INSERT INTO counts VALUES (?, ?, ?)" + _ADD  # noqa: S608
_COUNT_HOUR = "INSERT INTO hours VALUES (?, ?, ?, ?)" + _ADD  # noqa: S608
_COUNT_TALLY = "INSERT INTO tallies VALUES (?, ?, ?, ?, ?)" + _ADD  # noqa: S608
_COUNT_TEXT = "INSERT INTO camera_texts VALUES (?, ?, ?)" + _ADD  # noqa: S608
_COUNT_CAUSE = """
INSERT INTO causes VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET items = items + excluded.items,
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
"""
_COUNT_SENT = """
INSERT INTO unusable VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    items = items + excluded.items, size_bytes = size_bytes + excluded.size_bytes,
    last_path = CASE WHEN excluded.last_at >= last_at THEN excluded.last_path ELSE last_path END,
    last_at = max(last_at, excluded.last_at)
"""
_COUNT_CAMERA = """
INSERT INTO cameras VALUES (
    :camera_id, :profile, :at, :at, :image_at, :report_at, :images, :reports, :rejected,
    NULL, NULL, NULL, NULL, NULL, NULL
)
ON CONFLICT DO UPDATE SET
    profile = coalesce(excluded.profile, profile),
    first_received_at = min(first_received_at, excluded.first_received_at),
    last_received_at = max(last_received_at, excluded.last_received_at),
    last_image_at = nullif(max(coalesce(last_image_at, ''), coalesce(excluded.last_image_at, '')), ''),
    last_report_at = nullif(max(coalesce(last_report_at, ''), coalesce(excluded.last_report_at, '')), ''),
    images_accepted = images_accepted + excluded.images_accepted,
    reports_accepted = reports_accepted + excluded.reports_accepted,
    rejected = rejected + excluded.rejected
"""


def count(index: sqlite3.Connection, row: ItemRow, step: int) -> None:
    """Add an item that was entered (step 1) to the totals, or take one that was removed (step -1) from them."""
    camera_id, reason = row.camera_id or "", row.reason or ""
    index.execute(_COUNT, (row.verdict, reason, step))
    index.execute(_COUNT_HOUR, (row.received_at[:13], row.verdict, row.kind, step))
    index.execute(_COUNT_TALLY, (camera_id, row.profile or "", row.verdict, reason, step))
    if camera_id and row.camera_text:
        index.execute(_COUNT_TEXT, (camera_id, row.camera_text, step))
    if reason:
        at = row.received_at
        index.execute(_COUNT_CAUSE, (at[:10], reason, camera_id, step, at, at))
    count_sent(index, row, step)
    count_feed(index, row, step)
    if is_contact(row):
        index.execute(_COUNT_CAMERA, camera_counts(row, step))
        count_contact(index, row, step)


def count_sent(index: sqlite3.Connection, row: ItemRow, step: int) -> None:
    """Add an item to what its sender sent that can never be accepted, if it is of that kind; or take it back."""
    if row.reason in UNUSABLE and row.source == "ftps":
        at, sender = row.received_at, (row.camera_id or "", row.account or "", row.client or "")
        index.execute(_COUNT_SENT, (at[:10], row.reason, *sender, step, step * row.size_bytes, at, row.upload_path))


def refresh(index: sqlite3.Connection, rows: Iterable[ItemRow]) -> None:
    """After items were entered or removed, bring what their cameras' rows say about the last ones up to date."""
    changed = {(row.camera_id, row.kind) for row in rows if row.camera_id and row.verdict == "accepted"}
    for camera_id, kind in changed:
        index.execute(_REFRESH_IMAGES if kind == "image" else _REFRESH_REPORTS, (camera_id,))


def camera_counts(row: ItemRow, step: int) -> dict[str, str | int | None]:
    """Return what one item adds to (step 1) or takes from (step -1) its camera's row."""
    accepted = row.verdict == "accepted"
    return {
        "camera_id": row.camera_id,
        "profile": row.profile,
        "at": row.received_at,
        "image_at": row.received_at if accepted and row.kind == "image" else None,
        "report_at": row.received_at if accepted and row.kind == "report" else None,
        "images": step if accepted and row.kind == "image" else 0,
        "reports": step if accepted and row.kind == "report" else 0,
        "rejected": 0 if accepted else step,
    }
