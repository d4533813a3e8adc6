"""The items and letters of a target's page: what it refuses, what waits, what it answered, each with what is known."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.index.rows import first_number
from ingest.settings.targets import Target
from ingest.spool.deliveries import Delivery
from ingest.spool.letters import Letter, read_letter
from webadmin.files.listing import find_rows


@dataclass(frozen=True)
class ItemLine:
    """One item; `row` is None where the index does not know it: it was deleted, or waits for a verdict."""

    id: str
    row: sqlite3.Row | None
    answer: Delivery | None = None


def item_lines(rows: Mapping[str, sqlite3.Row], answers: Mapping[str, Delivery | None]) -> list[ItemLine]:
    """Return items with what a target answered about them, in their order."""
    return [ItemLine(item_id, rows.get(item_id), answer) for item_id, answer in answers.items()]


def rows_of(index: sqlite3.Connection, *groups: Iterable[str]) -> dict[str, sqlite3.Row]:
    """Return what the index knows of some items."""
    return find_rows(index, list(dict.fromkeys(item_id for group in groups for item_id in group)))


def letters_of(root: Path, ids: Iterable[str], rows: Mapping[str, sqlite3.Row]) -> dict[str, Letter]:
    """Return those letters among some ids that are there; what the index knows is an item."""
    found: dict[str, Letter] = {}
    for letter_id in ids:
        with suppress(OSError, ValueError):
            if letter_id not in rows and (letter := read_letter(root, letter_id)):
                found[letter_id] = letter
    return found


def has_older_items(index: sqlite3.Connection, target: Target, began_at: datetime | None) -> bool:
    """Say whether items were here already when something became a target, of such a verdict and day as it asks for."""
    if began_at is None:
        return False
    sends, since = target.selection.sends, target.selection.since
    verdicts = ["rejected"] * ("rejected" in sends) + ["accepted"] * bool({"accepted", "reports"} & set(sends))
    first = first_number(datetime.fromisoformat(f"{since}T00:00:00+00:00")) if since else 0
    return any(
        index.execute(
            "SELECT 1 FROM items INDEXED BY items_verdict WHERE verdict = ? AND number >= ? AND number < ? LIMIT 1",
            (verdict, first, first_number(began_at)),
        ).fetchone()
        for verdict in verdicts
    )
