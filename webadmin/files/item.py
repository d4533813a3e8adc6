"""One item as its page shows it: the sidecar from the disk, what the index knows, and what was done to it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ingest.requests.answers import Answer, read_answer, recent_answers
from ingest.settings.values import Retention
from ingest.spool.sidecar import Sidecar, parse_sidecar
from ingest.spool.stamp import id_time
from ingest.vocabulary import UNUSABLE, Transfer
from webadmin.files.listing import COLUMNS, find_rows
from webadmin.files.originals import open_original

SIDECAR_MAX_BYTES = 1024 * 1024
REPORT_SHOWN_BYTES = 8192
HISTORY_LOOKS = 300


TRANSFER_WORDS: dict[Transfer, str] = {
    "unclosed": "it came, and the camera hung up without a TLS goodbye",
    "cut": "it broke off; the camera was told so and may send the file again",
    "withdrawn": "it came, and the camera deleted the file afterwards",
}
"""How a transfer ended that did not simply bring a file."""


@dataclass(frozen=True)
class Found:
    """An item with a verdict. `sidecar` is None, and `vanished` true, when the files are gone though listed."""

    row: sqlite3.Row
    sidecar: Sidecar | None
    text: str
    vanished: bool


def find_item(index: sqlite3.Connection, root: Path, item_id: str) -> Found | None:
    """Return an item by its id; None when the index does not know it."""
    row = index.execute(f"SELECT {COLUMNS}, connection, source FROM items WHERE id = ?", (item_id,)).fetchone()  # noqa: S608
    if row is None:
        return None
    try:
        with open_original(root, f"{row['place']}.json") as file:
            text = file.read(SIDECAR_MAX_BYTES).decode("utf-8", "replace")
        return Found(row, parse_sidecar(text), text, not (root / row["place"]).is_file())
    except (FileNotFoundError, ValueError):
        return Found(row, None, "", True)


@dataclass(frozen=True)
class EarlierReport:
    """A report that stands before the last one of a file: its item, which came with this file (`is_own`) or was here
    already; None where that is not decided, or was deleted. `reported_at` is the camera's own time."""

    id: str
    row: sqlite3.Row | None
    is_own: bool
    reported_at: str | None


def earlier_reports(index: sqlite3.Connection, whole: Sidecar) -> list[EarlierReport]:
    """Return the reports before the last one of a file, newest first, each once."""
    ids = [item_id for item_id in dict.fromkeys(reversed(whole.earlier_reports)) if item_id != whole.id]
    rows = find_rows(index, ids)
    marks = ", ".join("?" * len(ids))
    told = dict(index.execute(f"SELECT id, reported_at FROM reports WHERE id IN ({marks})", ids).fetchall())  # noqa: S608
    return [
        EarlierReport(item_id, row, row is None or row["part_of"] == whole.id, told.get(item_id))
        for item_id in ids
        for row in [rows.get(item_id)]
    ]


def history(root: Path, item_id: str, attempts: int | None = None) -> list[Answer]:
    """Return what admins lately asked for concerning an item, newest first.

    An item with one attempt was never tried again: only what waits, and how it was handed in, can be about it.
    """
    own = read_answer(root, item_id)
    asked = recent_answers(root, HISTORY_LOOKS, naming=item_id, waiting_only=attempts == 1)
    found = [answer for answer in asked if _is_about(answer, item_id) and answer.id != item_id]
    return [*found, own] if own else found


def _is_about(answer: Answer, item_id: str) -> bool:
    ids = answer.request.get("ids") or []
    return isinstance(ids, list) and item_id in ids


def report_text(root: Path, row: sqlite3.Row) -> str:
    """Return what a report says, as text of at most 8 kB; empty for everything else, and when it is gone."""
    if row["kind"] != "report":
        return ""
    try:
        with open_original(root, row["place"]) as file:
            return file.read(REPORT_SHOWN_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""


def deleted_at(item_id: str, reason: str | None, retention: Retention) -> datetime | None:
    """Return when retention will delete an item, accepted (no reason) or rejected; None when it keeps it.

    The newest of each camera that can never be accepted may stay longer.
    """
    days = retention.rejected_days if reason else retention.accepted_days
    if reason in UNUSABLE:
        days = retention.unusable_days
    return id_time(item_id) + timedelta(days=days) if days else None


def verdict_sentence(sidecar: Sidecar) -> str:
    """Return the verdict in one sentence."""
    if sidecar.verdict == "rejected":
        message = sidecar.problems[0].message if sidecar.problems else (sidecar.reason or "").replace("_", " ")
        return f"Rejected: {message}"
    what = "Report" if sidecar.kind == "report" else "Photo"
    doubts = len(sidecar.warnings)
    return f"{what} accepted" + (f", with {doubts} warning{'s' if doubts > 1 else ''}." if doubts else ".")
