"""What one sidecar contributes to the index: pure, so that rebuilding and recording write the same rows."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ingest.spool.corrections import corrected, corrected_values
from ingest.spool.names import one_line
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time
from ingest.vocabulary import SELF_TEST

REPORT_FIELDS = (
    "battery_percent",
    "battery_volts",
    "signal_csq",
    "signal_dbm",
    "signal_percent",
    "temperature_c",
    "sd_free_mb",
    "sd_total_mb",
    "sd_used_percent",
    "images_total",
    "images_sent",
    "latitude",
    "longitude",
)

ReportRow = tuple[str | int | float | None, ...]


TYPE_MAX_CHARACTERS = 60
_FIRST_MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_RANDOM_BITS = 12


def number_of(item_id: str) -> int:
    """Return the row number of an item: it grows with the time of arrival, until the year 2091.

    Two items of one microsecond may share it; then the later one gets the next free number.

    >>> number_of("20251205T154647.120034Z-4f2a") < number_of("20251205T154647.120035Z-0000")
    True
    """
    return first_number(id_time(item_id)) + (int(item_id.rpartition("-")[2], 16) & (1 << _RANDOM_BITS) - 1)


def first_number(moment: datetime) -> int:
    """Return the smallest number that an item of this moment can have."""
    return ((moment - _FIRST_MOMENT) // _MICROSECOND) << _RANDOM_BITS


class ItemRow(NamedTuple):
    """One row of the table items."""

    number: int
    id: str
    place: str
    verdict: str
    kind: str
    source: str
    reason: str | None
    camera_id: str | None
    camera_text: str | None
    profile: str | None
    connection: str | None
    account: str | None
    client: str | None
    upload_path: str
    received_at: str
    decided_at: str
    captured_at: str | None
    captured_at_utc: str | None
    size_bytes: int
    sha256: str | None
    latitude: float | None
    longitude: float | None
    width: int | None
    height: int | None
    warnings: str
    problem: str | None
    duplicate_of: str | None
    attempts: int
    make: str | None
    model: str | None
    location_source: str | None
    orientation: int | None
    part_of: str | None
    corrected: str
    said_at: str | None
    said_utc: str | None


def item_row(sidecar: Sidecar, place: str) -> ItemRow:
    """Return the row of one item, with the values that hold; `place` is its path below the spool root."""
    read, what = sidecar, corrected_values(sidecar)
    sidecar = corrected(sidecar)
    is_mended = "captured_at" in what
    make, model = type_of(sidecar)
    return ItemRow(
        number=number_of(sidecar.id),
        id=sidecar.id,
        place=place,
        verdict=sidecar.verdict,
        kind=sidecar.kind,
        source=sidecar.source,
        reason=sidecar.reason,
        camera_id=sidecar.camera_id,
        camera_text=sidecar.camera_text,
        profile=sidecar.profile,
        connection=sidecar.connection,
        account=sidecar.account,
        client=sidecar.client,
        upload_path=sidecar.upload_path,
        received_at=sidecar.received_at,
        decided_at=sidecar.decided_at,
        captured_at=sidecar.captured_at,
        captured_at_utc=sidecar.captured_at_utc,
        size_bytes=sidecar.size_bytes,
        sha256=sidecar.sha256,
        latitude=sidecar.latitude,
        longitude=sidecar.longitude,
        width=sidecar.width,
        height=sidecar.height,
        warnings=" ".join(warning.code for warning in sidecar.warnings),
        problem=sidecar.problems[0].message if sidecar.problems else None,
        duplicate_of=sidecar.duplicate_of,
        attempts=sidecar.attempts,
        make=make,
        model=model,
        location_source=sidecar.sources.get("location"),
        orientation=_orientation(sidecar.exif.get("Orientation")),
        part_of=sidecar.part_of,
        corrected=" ".join(what),
        said_at=read.captured_at if is_mended else None,
        said_utc=read.captured_at_utc if is_mended else None,
    )


def type_of(sidecar: Sidecar) -> tuple[str | None, str | None]:
    """Return make and model of the camera, as the file's EXIF names them."""
    return _text(sidecar.exif.get("Make")), _text(sidecar.exif.get("Model"))


def _orientation(value: object) -> int | None:
    """Return EXIF's Orientation (tag 0x0112), None where it is none of its eight values."""
    return value if isinstance(value, int) and 1 <= value <= 8 else None


def _text(value: object) -> str | None:
    """Return what a stranger wrote as one short line; None where it says nothing."""
    return one_line(value.strip(), TYPE_MAX_CHARACTERS).strip() or None if isinstance(value, str) else None


def report_row(sidecar: Sidecar) -> ReportRow | None:
    """Return the row of an accepted report, None for anything else."""
    sidecar = corrected(sidecar)
    if sidecar.kind != "report" or sidecar.verdict != "accepted" or sidecar.camera_id is None:
        return None
    values = (sidecar.fields.get(name) for name in REPORT_FIELDS)
    return (sidecar.id, sidecar.camera_id, sidecar.received_at, sidecar.fields.get("reported_at"), *values)


def is_contact(row: ItemRow) -> bool:
    """Say whether the item is a sign of life of a camera: a person's upload and the gateway's own test are none."""
    return row.camera_id is not None and row.source == "ftps" and row.profile != SELF_TEST
