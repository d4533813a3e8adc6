"""Whether a cell of a table holds what its column asks for. Pure."""

import json
import re
from datetime import date, datetime
from typing import Any

from ingest.exports.columns import TIME_FORMAT, Column


def value_fault(column: Column, text: str) -> str:
    """Return what was expected of a value; nothing where it is that."""
    if column.values and text not in column.values:
        return f"one of {', '.join(column.values)}"
    if column.pattern and not re.search(column.pattern, text):
        return f"what fits {column.pattern}"
    try:
        value = _read(column, text)
    except ValueError:
        return {"datetime": f"a time such as 2026-04-09T16:04:05+02:00 ({TIME_FORMAT})"}.get(column.kind, column.kind)
    if column.least is not None and value < column.least:
        return f"{column.least} or more"
    return f"{column.most} at most" if column.most is not None and value > column.most else ""


def _read(column: Column, text: str) -> Any:
    """Read a value strictly. Raise ValueError."""
    if column.kind == "datetime":
        if "T" not in text:
            raise ValueError(text)
        return read_moment(text)
    if column.kind == "date":
        return date.fromisoformat(text)
    if column.kind == "boolean" and text not in ("true", "false"):
        raise ValueError(text)
    if column.kind == "any" and not isinstance(json.loads(text), dict):
        raise ValueError(text)
    return {"integer": int, "number": float}.get(column.kind, str)(text)


def read_moment(text: str) -> datetime:
    """Read a moment as Camtrap DP writes it. Raise ValueError."""
    return datetime.strptime(text, TIME_FORMAT)  # noqa: DTZ007 - the format has the offset
