"""The sidecar: the JSON beside every item (schema 1), and the only code that writes or reads it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.spool.json_text import parse_json
from ingest.vocabulary import Kind, Reason, Source, Transfer, Verdict, WarningCode

__all__ = [
    "SCHEMA",
    "Beginning",
    "Correction",
    "FieldValue",
    "Problem",
    "Sidecar",
    "Trace",
    "Warn",
    "changed",
    "parse_sidecar",
    "sidecar_object",
    "sidecar_text",
]

SCHEMA = 1

FieldValue = str | int | float


@dataclass(frozen=True)
class Problem:
    """One reason to reject a file; `message` is one sentence for the person who must act."""

    code: Reason
    message: str


@dataclass(frozen=True)
class Warn:
    """One doubt about a file, which does not reject it."""

    code: WarningCode
    message: str


@dataclass(frozen=True)
class Trace:
    """Whether one profile claimed the file and, if not, which condition failed with which value."""

    profile: str
    matched: bool
    because: str


@dataclass(frozen=True)
class Beginning:
    """An earlier try of the same file, of which only the beginning came; `head` is where it lay in partial/."""

    id: str
    head: str
    connection: str | None
    upload_path: str
    size_bytes: int


@dataclass(frozen=True)
class Correction:
    """A note of a person that mends a value (`what`): what holds now, and what held until then (`was`)."""

    what: str
    value: Any
    was: Any
    by: str
    at: str
    why: str = ""


@dataclass(frozen=True)
class Sidecar:
    """Everything known about one item. Times: see `stamp.py`; captured_at is the camera's naive local time."""

    id: str
    verdict: Verdict
    kind: Kind
    source: Source
    connection: str | None
    account: str | None
    client: str | None
    upload_path: str
    received_at: str
    decided_at: str
    size_bytes: int
    sha256: str | None = None
    profile: str | None = None
    camera_id: str | None = None
    camera_text: str | None = None
    """What the file calls its camera, where that is not the ID itself."""
    captured_at: str | None = None
    captured_at_utc: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    width: int | None = None
    height: int | None = None
    exif: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    reason: Reason | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warn, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where camera_id, captured_at and location came from, as the profile names it; `record` is the camera's record."""
    duplicate_of: str | None = None
    trace: tuple[Trace, ...] = ()
    attempts: int = 1
    traceback: str | None = None
    transfer: Transfer | None = None
    """How the transfer ended, where that was not as it should."""
    beginnings: tuple[Beginning, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """Notes of people, newest last; what is above stays as it was decided. `corrections.corrected` applies them."""
    upload_path_quoted: str | None = None
    """The exact bytes, percent-encoded; only where upload_path alone would not give them back."""
    part_of: str | None = None
    """The item of the file in which this report stood before others: it came with that transfer and has none itself."""
    earlier_reports: tuple[str, ...] = ()
    """The items that the reports before the last one of this file are, in its order."""


if TYPE_CHECKING:
    from dataclasses import replace as changed
else:

    def changed(sidecar: Sidecar, **changes: Any) -> Sidecar:
        """Return a sidecar with other values of some keys, as `dataclasses.replace` does, whose types are checked here.

        That one passes all 35 values through `__init__`, 24 microseconds each time, and half of what a decision takes.
        """
        if unknown := changes.keys() - _KEYS:
            raise TypeError(f"a sidecar has no {', '.join(sorted(unknown))}")
        new = object.__new__(Sidecar)
        new.__dict__.update(sidecar.__dict__)
        new.__dict__.update(changes)
        return new


_KEYS = frozenset(entry.name for entry in fields(Sidecar))
_LISTS = {"problems": Problem, "warnings": Warn, "trace": Trace, "beginnings": Beginning, "corrections": Correction}
_OMIT_WHEN_EMPTY = frozenset(
    {
        *("camera_text", "fields", "sources", "traceback", "transfer", "beginnings", "corrections"),
        *("upload_path_quoted", "part_of", "earlier_reports"),
    }
)


_ORDER = ("schema", *(entry.name for entry in fields(Sidecar)))
_encode = json.JSONEncoder(allow_nan=False).encode


def sidecar_object(sidecar: Sidecar) -> dict[str, Any]:
    """Return the sidecar as the JSON object of schema 1."""
    content = {"schema": SCHEMA, **vars(sidecar)}
    for key in _LISTS:
        content[key] = [vars(entry) for entry in content[key]]
    content["earlier_reports"] = list(sidecar.earlier_reports)
    return {key: value for key, value in content.items() if value or key not in _OMIT_WHEN_EMPTY}


def sidecar_text(sidecar: Sidecar) -> str:
    """Return the sidecar as the text of its file: readable with `cat`, ASCII, a newline at the end.

    Every key, tag and problem has a line. `json.dumps` with an indent would do, at five times the cost.
    """
    texts = {key: _value_text(value) for key, value in sidecar_object(sidecar).items() if key != "trace" or not value}
    if sidecar.trace:
        texts["trace"] = _enclosed("[]", map(_trace_line, sidecar.trace), " ")
    lines = (f" {_encode(key)}: {texts[key]}" for key in _ORDER if key in texts)
    return _enclosed("{}", lines, "") + "\n"


@lru_cache(maxsize=1000)
def _trace_line(trace: Trace) -> str:
    """What sixty profiles say to the photos of one camera type is nearly always the same: it is written once."""
    return f"  {_encode(vars(trace))}"


def _value_text(value: Any) -> str:
    if value and isinstance(value, dict):
        return _enclosed("{}", (f"  {_encode(key)}: {_encode(entry)}" for key, entry in value.items()), " ")
    if value and isinstance(value, list):
        return _enclosed("[]", (f"  {_encode(entry)}" for entry in value), " ")
    return _encode(value)


def _enclosed(brackets: str, lines: Iterable[str], indent: str) -> str:
    return brackets[0] + "\n" + ",\n".join(lines) + f"\n{indent}{brackets[1]}"


def parse_sidecar(text: str | bytes) -> Sidecar:
    """Read a sidecar file. Raise ValueError, with what is wrong, when it is not a complete sidecar of schema 1."""
    content = parse_json(text)
    if not isinstance(content, dict) or content.pop("schema", None) != SCHEMA:
        raise ValueError(f"not a sidecar of schema {SCHEMA}")
    if unknown := sorted(content.keys() - _KEYS):
        raise ValueError(f"unknown keys in sidecar: {', '.join(unknown)}")
    try:
        for key, kind in _LISTS.items():
            content[key] = tuple(kind(**entry) for entry in content.get(key, ()))
        content["earlier_reports"] = tuple(content.get("earlier_reports", ()))
        return Sidecar(**content)
    except TypeError as error:
        raise ValueError(f"incomplete sidecar: {error}") from error
