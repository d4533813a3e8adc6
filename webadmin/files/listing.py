"""Answers a selection from the index: one page, how many there are, and all ids of it. The only SQL about lists.

Every index of the table ends in the row number, which is the order of arrival, so a page is read from where the last
one ended, never counted off. How the index is asked is chosen in `webadmin.files.queries`.
"""
# ruff: noqa: S608 - what is put into the SQL is chosen here, from constants; values are bound

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ingest.index.rows import first_number
from ingest.settings.values import Retention
from ingest.vocabulary import UNUSABLE
from webadmin.files.queries import Order, order_of, queries_of, tallied
from webadmin.files.selection import Selection

PAGE = 50


_NAMES = (
    *("number", "id", "place", "verdict", "kind", "reason", "camera_id", "profile", "account", "client"),
    *(
        "upload_path",
        "received_at",
        "captured_at",
        "captured_at_utc",
        "size_bytes",
        "width",
        "height",
        "warnings",
        "problem",
    ),
    *("latitude", "longitude", "corrected", "said_at"),
    *("duplicate_of", "attempts", "part_of"),
)
COLUMNS = ", ".join(f"items.{name}" for name in _NAMES)


@dataclass(frozen=True)
class Page:
    """Rows of one page and the cursor of the next one, empty at the end."""

    rows: list[sqlite3.Row]
    next: str


@dataclass(frozen=True)
class Counts:
    """How many items match, by verdict and reason. `capped`: there are more than were counted."""

    by_verdict: dict[str, int]
    by_reason: dict[str, int]
    capped: bool

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_verdict.values())


def read_page(index: sqlite3.Connection, selection: Selection, zone: ZoneInfo, size: int = PAGE) -> Page:
    """Return one page of a selection's decided items; what was never captured comes last in the orders by capture."""
    order = order_of(selection)
    parts: list[str] = []
    values: list[str | int] = []
    for query in queries_of(index, selection, zone):
        for conditions, cursor in _spans(order, selection.after, query.number):
            values += [*query.values, *cursor]
            where = " AND ".join([*query.conditions, *conditions]) or "true"
            ordered = _ordered(order, query.number)
            inner = f"SELECT {COLUMNS} FROM {query.source} WHERE {where} ORDER BY {ordered} LIMIT {size + 1}"
            parts.append(f"SELECT * FROM ({inner})")
    ordered = _ordered(order, "number").replace(" DESC", " DESC NULLS LAST").replace(" ASC", " ASC NULLS LAST")
    rows = index.execute(f"{' UNION ALL '.join(parts)} ORDER BY {ordered} LIMIT {size + 1}", values).fetchall()
    return Page(rows[:size], _next_cursor(rows[size - 1], order) if len(rows) > size else "")


def _ordered(order: Order, number: str) -> str:
    direction = "DESC" if order.descending else "ASC"
    return ", ".join(f"{column} {direction}" for column in (order.column, number) if column)


def _spans(order: Order, after: str, number: str) -> list[tuple[list[str], list[str | int]]]:
    """Return what is left to read behind a cursor, as conditions with values. Without a value comes last: two spans."""
    sign = "<" if order.descending else ">"
    value, _, last = after.rpartition("~")
    if not order.column:
        return [([f"{number} {sign} ?"], [whole_number(last)])] if after else [([], [])]
    behind: tuple[list[str], list[str | int]] = ([f"({order.column}, {number}) {sign} (?, ?)"], [])
    if order.column == "size_bytes":
        return [(behind[0], [whole_number(value), whole_number(last)])] if after else [([], [])]
    if not after:
        return [([f"{order.column} IS NOT NULL"], []), ([f"{order.column} IS NULL"], [])]
    if not value:
        return [([f"{order.column} IS NULL", f"{number} {sign} ?"], [whole_number(last)])]
    return [(behind[0], [value, whole_number(last)]), ([f"{order.column} IS NULL"], [])]


def count_items(index: sqlite3.Connection, selection: Selection, zone: ZoneInfo) -> Counts:
    """Count a selection's decided items, whatever its verdict and reason: those are what the counts are by."""
    is_tallied = not (selection.has_days or selection.words or selection.type or selection.found)
    rows, capped = (list(tallied(index, selection)), False) if is_tallied else _counted(index, selection, zone)
    by_verdict: dict[str, int] = {}
    by_reason: dict[str, int] = {}
    for verdict, reason, items in rows:
        by_verdict[verdict] = by_verdict.get(verdict, 0) + items
        if reason:
            by_reason[reason] = by_reason.get(reason, 0) + items
    by_reason = dict(sorted(by_reason.items(), key=lambda pair: -pair[1]))
    return Counts(by_verdict, by_reason, capped)


def all_ids(index: sqlite3.Connection, selection: Selection, zone: ZoneInfo, newest: int, most: int) -> Iterator[str]:
    """Yield the ids that a selection matches, among those that had arrived when the page was made."""
    for query in queries_of(index, selection, zone):
        where = " AND ".join([*query.conditions, "number <= ?"])
        yield from (
            row[0]
            for row in index.execute(
                f"SELECT id FROM {query.source} WHERE {where} LIMIT {most}", (*query.values, newest)
            )
        )


def whole_number(text: str) -> int:
    """Return a row number that came with an address or a form; what is none is 0, what is too large is bounded.

    >>> whole_number("12"), whole_number("²"), whole_number("9" * 5000) == 2**63 - 1
    (12, 0, True)
    """
    return min(int(text[:20]), 2**63 - 1) if text.isdecimal() else 0


def newest_number(index: sqlite3.Connection) -> int:
    """Return the number of the item that arrived last."""
    return int(index.execute("SELECT coalesce(max(number), 0) FROM items").fetchone()[0])


def count_going(index: sqlite3.Connection, retention: Retention, until: datetime) -> int:
    """Return how many rejected items retention deletes until then; the few that it keeps to be seen are counted too."""
    going = 0
    for days, chosen in ((retention.rejected_days, "NOT IN"), (retention.unusable_days, "IN")):
        limit = first_number(until - timedelta(days=days)) if days else 0
        query = (
            "SELECT count(*) FROM items INDEXED BY items_verdict "
            f"WHERE verdict = 'rejected' AND number < ? AND reason {chosen} {UNUSABLE}"
        )
        going += int(index.execute(query, (limit,)).fetchone()[0])
    return going


def find_rows(index: sqlite3.Connection, ids: list[str]) -> dict[str, sqlite3.Row]:
    """Return the rows of some items."""
    marks = ", ".join("?" * len(ids))
    return {row["id"]: row for row in index.execute(f"SELECT {COLUMNS} FROM items WHERE id IN ({marks})", ids)}


def neighbours(index: sqlite3.Connection, camera_id: str | None, number: int) -> tuple[str | None, str | None]:
    """Return the ids of the same camera's item before and after this one."""
    if camera_id is None:
        return None, None
    found = []
    for sign, order in (("<", "DESC"), (">", "ASC")):
        rows = [
            index.execute(
                f"SELECT number, id FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = ? "
                f"AND number {sign} ? ORDER BY number {order} LIMIT 1",
                (camera_id, verdict, number),
            ).fetchone()
            for verdict in ("accepted", "rejected")
        ]
        near = sorted((row for row in rows if row), key=lambda row: row[0], reverse=order == "DESC")
        found.append(near[0][1] if near else None)
    return found[0], found[1]


def _counted(
    index: sqlite3.Connection, selection: Selection, zone: ZoneInfo
) -> tuple[list[tuple[str, str, int]], bool]:
    """Count by reading, up to a bound; say whether there are more."""
    rows: list[tuple[str, str, int]] = []
    capped = False
    for query in queries_of(index, replace(selection, verdict="", reason="", sort="newest"), zone):
        where = " AND ".join(query.conditions)
        columns = "verdict, coalesce(reason, '') AS reason"
        inner = f"SELECT {columns} FROM {query.source} WHERE {where} LIMIT {query.count_max + 1}"
        counted = index.execute(f"SELECT verdict, reason, count(*) FROM ({inner}) GROUP BY 1, 2", query.values)
        found = [tuple(row) for row in counted]
        capped |= sum(row[2] for row in found) > query.count_max
        rows += found
    return rows, capped


def _next_cursor(row: sqlite3.Row, order: Order) -> str:
    if not order.column:
        return str(row["number"])
    value = row[order.column]
    return f"{'' if value is None else value}~{row['number']}"
