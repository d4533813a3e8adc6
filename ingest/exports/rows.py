"""One row for each table of a package, as values in the order of its columns. Pure."""

import json
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from ingest.exports.columns import names_of
from ingest.exports.csv_text import cell
from ingest.exports.deployments import Deployment, Failure, Night
from ingest.exports.spans import moment
from ingest.outbox.results import SURE, Detection, Finding

Row = list[object]
_TYPES = {"animal": "animal", "person": "human", "human": "human", "vehicle": "vehicle", "blank": "blank"}
_LEAST_SIDE = 1e-15


def time_cell(at_s: int, zone: tzinfo) -> str:
    """Return a moment as Camtrap DP writes it.

    >>> from datetime import UTC
    >>> time_cell(0, UTC)
    '1970-01-01T00:00:00+00:00'
    """
    return moment(at_s, zone).isoformat(timespec="seconds")


def _row(table: str, values: Mapping[str, object]) -> Row:
    """Put values in the order of a table's columns; every other one stays empty."""
    return [_cell(values.get(name)) for name in names_of(table)]


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else cell(value)


def deployment_row(one: Deployment, name: str, zone: tzinfo) -> Row:
    """Return the row of a deployment; `name` is what people call the camera."""
    return _row(
        "deployments",
        {
            "deploymentID": one.id,
            "locationID": one.location_id,
            "locationName": one.stay.name or None,
            "latitude": round(one.position[0], 6),
            "longitude": round(one.position[1], 6),
            "coordinateUncertainty": one.stay.uncertainty_m,
            "deploymentStart": time_cell(one.span[0], zone),
            "deploymentEnd": time_cell(one.span[1], zone),
            "cameraID": one.camera_id,
            "cameraModel": one.stay.look or None,
            "timestampIssues": one.has_time_issues,
            "deploymentTags": f"cameraName:{name.replace('|', ' ')}" if name else None,
            "deploymentComments": " ".join(one.comments) or None,
        },
    )


def failure_row(deployment: Deployment, failure: Failure, zone: tzinfo) -> Row:
    """Return the row of a failure."""
    since, until = (time_cell(at_s, zone) for at_s in failure.span)
    return [deployment.id, since, until, failure.reason, cell(failure.evidence)]


def night_row(deployment: Deployment, night: Night) -> Row:
    """Return the row of a day of a deployment."""
    is_true_zero = str(night.is_true_zero).lower()
    return [deployment.id, night.day.isoformat(), night.hours, night.photos, night.reports, is_true_zero]


def media_row(
    item_id: str, deployment_id: str, timestamp: str, path: str, name: str, exif: Mapping[str, Any], comment: str
) -> Row:
    """Return the row of a photo."""
    row = _row(
        "media",
        {
            "mediaID": item_id,
            "deploymentID": deployment_id,
            "captureMethod": "activityDetection",
            "timestamp": timestamp,
            "filePath": path,
            "filePublic": False,
            "fileName": name,
            "fileMediatype": "image/jpeg",
            "mediaComments": comment or None,
        },
    )
    # JSON begins with a brace, so no spreadsheet takes it for a formula, and cutting it would break it.
    row[names_of("media").index("exifData")] = json.dumps(dict(exif)) if exif else ""
    return row


def observation_rows(item_id: str, deployment_id: str, timestamp: str, finding: Finding | None) -> Iterator[Row]:
    """Yield the rows of a photo: one for each thing that an AI is sure enough of, or a single one."""
    common = {
        "deploymentID": deployment_id,
        "mediaID": item_id,
        "eventStart": timestamp,
        "eventEnd": timestamp,
        "observationLevel": "media",
    }
    if finding is None:
        yield _row("observations", common | {"observationID": item_id, "observationType": "unclassified"})
        return
    by = {"classificationMethod": "machine", "classifiedBy": f"{finding.target}/{finding.source}"}
    sure = [one for one in finding.detections if one.confidence >= SURE]
    for number, one in enumerate(sure, 1):
        yield _row("observations", {**common, **by, **_detected(one), "observationID": f"{item_id}-{number}"})
    if not sure:
        share = round(finding.confidence, 4)
        values = {"observationID": item_id, "observationType": "blank", "classificationProbability": share}
        yield _row("observations", {**common, **by, **values})


def _detected(one: Detection) -> dict[str, object]:
    """Return what a detection says; one without an area is without a box."""
    left, top, width, height = one.box
    kind = _TYPES.get(one.category.lower())
    values: dict[str, object] = {
        "observationType": kind or "unknown",
        "classificationProbability": round(one.confidence, 4),
        "observationComments": None if kind else f"The AI says: {one.category}",
    }
    width, height = min(width, 1 - left), min(height, 1 - top)
    if width < _LEAST_SIDE or height < _LEAST_SIDE:
        return values
    box = (("bboxX", left), ("bboxY", top), ("bboxWidth", width), ("bboxHeight", height))
    return values | {key: round(value, 6) for key, value in box}
