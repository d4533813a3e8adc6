"""What cameras reported of themselves."""

from dataclasses import dataclass, fields
from typing import Literal

from msgspec import UNSET, UnsetType

from webadmin.api.operation import After, CameraId, Limit, cut
from webadmin.context import context


@dataclass(frozen=True)
class ReportsQuestion:
    """Which reports."""

    camera_id: CameraId | UnsetType = UNSET
    order: Literal["newest", "oldest"] = "newest"
    after: After | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class Report:
    """An accepted report; what it does not tell is null. `id` is that of its item. `received_at` is UTC, `reported_at`
    the camera's own time. `signal_csq` is 0 to 31, or 99 for unknown; `images_total` and `images_sent` count as the
    camera does."""

    id: str
    camera_id: str
    received_at: str
    reported_at: str | None
    battery_percent: int | None
    battery_volts: float | None
    signal_csq: int | None
    signal_dbm: float | None
    signal_percent: float | None
    temperature_c: float | None
    sd_free_mb: int | None
    sd_total_mb: int | None
    sd_used_percent: float | None
    images_total: int | None
    images_sent: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Reports:
    """A page of reports. `next` is what to ask `after` for the next one; null: there is none."""

    reports: tuple[Report, ...]
    next: str | None


def read_reports(asked: ReportsQuestion) -> Reports:
    """Return a page of reports: their ids are in order of arrival."""
    sign, order = ("<", "DESC") if asked.order == "newest" else (">", "ASC")
    conditions: list[str] = []
    values: list[str | int] = []
    if asked.camera_id is not UNSET:
        conditions, values = ["camera_id = ?"], [asked.camera_id]
    if asked.after is not UNSET:
        conditions, values = [*conditions, f"id {sign} ?"], [*values, asked.after]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    columns = ", ".join(entry.name for entry in fields(Report))
    query = f"SELECT {columns} FROM reports {where} ORDER BY id {order} LIMIT ?"  # noqa: S608 - of constants only
    with context().index() as index:
        rows = [Report(*row) for row in index.execute(query, (*values, asked.limit + 1))]
    return Reports(*cut(rows, asked.limit))
