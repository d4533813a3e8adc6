"""Chooses how the index answers a selection: which of its indexes, or the words, or a walk through the newest items.

The choice is said in the query: the planner of SQLite has no statistics here.
"""
# ruff: noqa: S608 - what is put into the SQL is chosen here, from constants; values are bound

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from webadmin.files.selection import NO_CAMERA, Selection, Sort

COUNT_MAX = 10_000
COUNT_WALKED_MAX = 1_000
PROBED = 1_500
COMMON_AMONG_PROBED = 40
_HAS_WORDS = "has_words(items.upload_path, items.camera_id, items.camera_text, items.client, items.account)"


@dataclass(frozen=True)
class Query:
    """Where rows come from, under which conditions; `count_max` is how many are counted one by one."""

    source: str
    conditions: tuple[str, ...]
    values: tuple[str | int, ...]
    number: str = "number"
    """What the rows are ordered by: words are found in the order of their own table."""
    count_max: int = COUNT_MAX


@dataclass(frozen=True)
class Order:
    """What the rows are ordered by, besides their number; `index` holds them in this order."""

    column: str
    index: str
    descending: bool


ORDERS: dict[Sort, Order] = {
    "newest": Order("", "", True),
    "oldest": Order("", "", False),
    "captured last": Order("captured_at_utc", "items_captured", True),
    "captured first": Order("captured_at_utc", "items_captured", False),
    "largest": Order("size_bytes", "items_size", True),
    "smallest": Order("size_bytes", "items_size", False),
}


def order_of(selection: Selection) -> Order:
    """Return the order of a selection; photos of some days of capture come in the order of their capture."""
    by_capture: dict[Sort, Sort] = {"newest": "captured last", "oldest": "captured first"}
    sort = by_capture.get(selection.sort, selection.sort) if selection.is_by_capture else selection.sort
    return ORDERS[sort]


def queries_of(index: sqlite3.Connection, selection: Selection, zone: ZoneInfo) -> list[Query]:
    """Return the query of a selection; two, one for each verdict, where an index holds them apart."""
    if selection.type:
        return [_by_type(index, selection, zone)]
    if selection.found:
        return [_by_found(index, selection, zone)]
    if selection.words and not _are_words_common(index, selection):
        return [_by_words(selection, zone)]
    conditions, values = _conditions(selection, zone, "number")
    if selection.words:
        conditions.append(_HAS_WORDS)
    by, splits = _index_for(index, selection, selection.has_days)
    source = f"items {f'INDEXED BY {by}' if by else 'NOT INDEXED'}"
    most = COUNT_WALKED_MAX if selection.words else COUNT_MAX
    if selection.verdict or not splits:
        return [_with_verdict(source, conditions, values, selection.verdict, most)]
    return [_with_verdict(source, conditions, values, verdict, most) for verdict in ("accepted", "rejected")]


def _conditions(selection: Selection, zone: ZoneInfo, number: str) -> tuple[list[str], list[str | int]]:
    """Return what reason, camera, profile and day ask for; `number` is how the query calls the row number."""
    conditions: list[str] = []
    values: list[str | int] = []
    if numbers := selection.numbers(zone):
        conditions += [f"{number} >= ?", f"{number} < ?"]
        values += numbers
    if captured := selection.captured():
        # By the second pair `items_captured` finds them; it is in order of the moments in UTC.
        conditions += ["items.captured_at >= ?", "items.captured_at < ?"]
        conditions += ["items.captured_at_utc >= ?", "items.captured_at_utc < ?"]
        values += (*captured, *selection.captured_utc())
    if selection.camera == NO_CAMERA:
        # Only what is rejected lacks a camera: said aloud, it keeps the walk away from everything that was accepted.
        conditions += ["items.camera_id IS NULL", "items.verdict = 'rejected'"]
    for column, value in (
        ("reason", selection.reason),
        ("camera_id", _known(selection.camera)),
        ("profile", selection.profile),
    ):
        if value:
            conditions.append(f"items.{column} = ?")
            values.append(value)
    return conditions, values


def _known(camera: str) -> str:
    return "" if camera == NO_CAMERA else camera


def _with_verdict(source: str, conditions: list[str], values: list[str | int], verdict: str, most: int) -> Query:
    if not verdict:
        return Query(source, tuple(conditions), tuple(values), count_max=most)
    return Query(source, (*conditions, "verdict = ?"), (*values, verdict), count_max=most)


def _by_words(selection: Selection, zone: ZoneInfo) -> Query:
    """Return the query that starts from the table of words: for words that few items have."""
    conditions, values = _conditions(selection, zone, "words.rowid")
    conditions, values = [*conditions, "words MATCH ?"], [*values, _match(selection)]
    if selection.verdict:
        conditions, values = [*conditions, "verdict = ?"], [*values, selection.verdict]
    source = "words CROSS JOIN items ON words.rowid = items.number"
    return Query(source, tuple(conditions), tuple(values), "words.rowid")


def _by_type(index: sqlite3.Connection, selection: Selection, zone: ZoneInfo) -> Query:
    """Return the query that starts from the files of a camera type that no profile knows."""
    conditions, values = _conditions(selection, zone, "items.number")
    if selection.words:
        _are_words_common(index, selection)
        conditions.append(_HAS_WORDS)
    if selection.found:
        conditions.append("items.id IN (SELECT item_id FROM temp.found)")
    conditions, values = [*conditions, "strangers.camera_type = ?"], [*values, selection.type]
    source = "strangers INDEXED BY strangers_type CROSS JOIN items ON items.id = strangers.item_id"
    return _with_verdict(source, conditions, values, selection.verdict, COUNT_MAX)


def let_know_found(index: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Teach a connection in which items an AI has found what a selection asks for; none are known to it before."""
    index.execute("CREATE TEMP TABLE IF NOT EXISTS found (item_id TEXT PRIMARY KEY) WITHOUT ROWID")
    index.execute("DELETE FROM temp.found")
    index.executemany("INSERT OR IGNORE INTO temp.found VALUES (?)", ((item_id,) for item_id in ids))


def _by_found(index: sqlite3.Connection, selection: Selection, zone: ZoneInfo) -> Query:
    """Return the query that starts from the items in which an AI has found something: `let_know_found` named them."""
    conditions, values = _conditions(selection, zone, "items.number")
    if selection.words:
        _are_words_common(index, selection)
        conditions.append(_HAS_WORDS)
    conditions.append("items.id = found.item_id")
    return _with_verdict("temp.found CROSS JOIN items", conditions, values, selection.verdict, COUNT_MAX)


def _are_words_common(index: sqlite3.Connection, selection: Selection) -> bool:
    """Say whether the words are in so many of the newest items that walking through items finds enough soon.

    The index of words is made for rare ones: for a common beginning it has to gather every item first. This also
    teaches the connection the SQL function `has_words`.
    """
    patterns = [re.compile(rf"(?:^|[\W_]){re.escape(word)}", re.IGNORECASE) for word in selection.words]

    def has_words(*texts: str | None) -> bool:
        text = " ".join(text for text in texts if text)
        return all(pattern.search(text) for pattern in patterns)

    index.create_function("has_words", 5, has_words, deterministic=True)
    newest = (
        f"SELECT upload_path, camera_id, camera_text, client, account FROM items ORDER BY number DESC LIMIT {PROBED}"
    )
    return sum(has_words(*row) for row in index.execute(newest)) >= COMMON_AMONG_PROBED


def _match(selection: Selection) -> str:
    words = [f'"{word}" *' for word in selection.words]
    return " AND ".join([*words, *([f'"{selection.camera}"'] if selection.camera.isalnum() else [])])


def _index_for(index: sqlite3.Connection, selection: Selection, has_day: bool) -> tuple[str, bool]:
    """Return the index that holds a selection together, and whether it keeps the verdicts apart."""
    order = order_of(selection)
    if selection.is_by_capture and not (_known(selection.camera) or selection.reason or selection.profile):
        return "items_captured", False
    if order.index and not has_day and _is_common(index, selection):
        return order.index, False
    if _known(selection.camera):
        return ("items_camera_reason", False) if selection.reason else ("items_camera", True)
    if selection.reason and selection.profile:
        rarer = _tally(index, "reason", selection.reason) <= _tally(index, "profile", selection.profile)
        return ("items_reason", False) if rarer else ("items_profile", True)
    if selection.reason:
        return "items_reason", False
    if selection.profile:
        return "items_profile", True
    is_one_verdict = selection.verdict or selection.camera == NO_CAMERA
    return ("items_verdict", False) if is_one_verdict and not has_day else ("", False)


def _is_common(index: sqlite3.Connection, selection: Selection) -> bool:
    """Say whether walking all items in another order meets enough of the selection soon: one in forty."""
    rows = list(tallied(index, selection))
    total = index.execute("SELECT sum(items) FROM counts").fetchone()[0] or 0
    wanted = sum(
        items
        for verdict, reason, items in rows
        if selection.verdict in ("", verdict) and selection.reason in ("", reason)
    )
    return bool(wanted * 40 >= total)


def _tally(index: sqlite3.Connection, column: str, value: str) -> int:
    return index.execute(f"SELECT coalesce(sum(items), 0) FROM tallies WHERE {column} = ?", (value,)).fetchone()[0]  # type: ignore[no-any-return]


def tallied(index: sqlite3.Connection, selection: Selection) -> Iterator[tuple[str, str, int]]:
    wanted = {"camera_id": selection.camera, "profile": selection.profile}
    given = {column: _known(value) for column, value in wanted.items() if value}
    if not given:
        yield from (tuple(row) for row in index.execute("SELECT verdict, reason, items FROM counts WHERE items > 0"))
        return
    where = " AND ".join(f"{column} = ?" for column in given)
    yield from (
        tuple(row)
        for row in index.execute(
            f"SELECT verdict, reason, sum(items) FROM tallies WHERE {where} GROUP BY 1, 2 HAVING sum(items) > 0",
            tuple(given.values()),
        )
    )
