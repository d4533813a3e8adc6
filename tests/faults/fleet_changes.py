"""What may befall a simulated camera: each changes what its files say from some day on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ingest.spool.stamp import parse_utc, utc_text
from tests.fleets import DAY, Span

Change = Callable[[datetime, dict[str, Any]], None]
"""Alters the values of a sidecar whose file was sent at a moment."""


def turned(since: datetime) -> Change:
    return lambda at, values: values["exif"].update(Orientation=3) if at >= since and values["exif"] else None


def moved(since: datetime) -> Change:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if at >= since and values["latitude"] is not None:
            values["latitude"] += 0.05

    return change


def clock_off(since: datetime, hours: float) -> Change:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if at >= since and values["captured_at_utc"]:
            values["captured_at_utc"] = utc_text(parse_utc(values["captured_at_utc"]) - timedelta(hours=hours))

    return change


def rejected(span: Span, reason: str, **changes: Any) -> Change:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if span[0] <= at < span[1] and values["kind"] == "image":
            values.update(verdict="rejected", reason=reason, **changes)

    return change


def capped_at(limit: int, since: datetime) -> Change:
    """Let a camera send so many photos a day at most, by its own count."""
    before = {"taken": 0, "sent": 0}

    def change(at: datetime, values: dict[str, Any]) -> None:
        if values["kind"] == "report":
            taken = values["fields"]["images_total"]
            new = taken - before["taken"]
            before.update(taken=taken, sent=before["sent"] + (min(new, limit) if at >= since else new))
            values["fields"]["images_sent"] = before["sent"]

    return change


def battery(since: datetime, value: Callable[[float], int]) -> Change:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if values["kind"] == "report":
            values["fields"]["battery_percent"] = value((at - since) / DAY)

    return change
