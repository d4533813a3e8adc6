"""The columns of every table in a package: those of Camtrap DP 1.0.2 in its order, and those of our own tables.

A reader takes columns by their places, so all of them are written, also where the gateway knows nothing for them
(https://camtrap-dp.tdwg.org/data/).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

VERSION = "1.0.2"
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S%z"
Kind = Literal["string", "number", "integer", "boolean", "datetime", "date", "any"]


@dataclass(frozen=True)
class Column:
    """One column. `refers_to`: the table whose first column has each of its values."""

    name: str
    kind: Kind = "string"
    is_required: bool = False
    is_unique: bool = False
    least: float | None = None
    most: float | None = None
    values: tuple[str, ...] = ()
    pattern: str = ""
    refers_to: str = ""


def _key(name: str) -> Column:
    return Column(name, is_required=True, is_unique=True)


def _of(table: str, name: str, is_required: bool = True) -> Column:
    return Column(name, is_required=is_required, refers_to=table)


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _time(name: str, is_required: bool = True) -> Column:
    return Column(name, "datetime", is_required)


def _number(name: str, least: float | None = None, most: float | None = None, is_required: bool = False) -> Column:
    return Column(name, "number", is_required, least=least, most=most)


def _integer(name: str, least: float | None = None, most: float | None = None) -> Column:
    return Column(name, "integer", least=least, most=most)


def _choice(name: str, *values: str, is_required: bool = False) -> Column:
    return Column(name, is_required=is_required, values=values)


FEATURES = (
    *("roadPaved", "roadDirt", "trailHiking", "trailGame", "roadUnderpass", "roadOverpass", "roadBridge", "culvert"),
    *("burrow", "nestSite", "carcass", "waterSource", "fruitingTree"),
)
REASONS = ("silence", "battery", "card_full", "clock_reset", "send_cap", "outage", "gateway", "rejected")
"""Why a camera failed."""

_DEPLOYMENTS = (
    _key("deploymentID"),
    *_text("locationID", "locationName"),
    _number("latitude", -90, 90, is_required=True),
    _number("longitude", -180, 180, is_required=True),
    _integer("coordinateUncertainty", 1),
    _time("deploymentStart"),
    _time("deploymentEnd"),
    *_text("setupBy", "cameraID", "cameraModel"),
    _integer("cameraDelay", 0),
    _number("cameraHeight", 0),
    _number("cameraDepth", 0),
    _integer("cameraTilt", -90, 90),
    _integer("cameraHeading", 0, 360),
    _number("detectionDistance", 0),
    Column("timestampIssues", "boolean"),
    Column("baitUse", "boolean"),
    _choice("featureType", *FEATURES),
    *_text("habitat", "deploymentGroups", "deploymentTags", "deploymentComments"),
)
_MEDIA = (
    _key("mediaID"),
    _of("deployments", "deploymentID"),
    _choice("captureMethod", "activityDetection", "timeLapse"),
    _time("timestamp"),
    Column("filePath", is_required=True, pattern=r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"),
    Column("filePublic", "boolean", is_required=True),
    Column("fileName"),
    Column("fileMediatype", is_required=True, pattern=r"^(image|video|audio)/.*$"),
    Column("exifData", "any"),
    Column("favorite", "boolean"),
    Column("mediaComments"),
)
_OBSERVATIONS = (
    _key("observationID"),
    _of("deployments", "deploymentID"),
    _of("media", "mediaID", is_required=False),
    Column("eventID"),
    _time("eventStart"),
    _time("eventEnd"),
    _choice("observationLevel", "media", "event", is_required=True),
    _choice("observationType", "animal", "human", "vehicle", "blank", "unknown", "unclassified", is_required=True),
    _choice("cameraSetupType", "setup", "calibration"),
    Column("scientificName"),
    _integer("count", 1),
    _choice("lifeStage", "adult", "subadult", "juvenile"),
    _choice("sex", "female", "male"),
    *_text("behavior", "individualID"),
    _number("individualPositionRadius", 0),
    _number("individualPositionAngle", -90, 90),
    _number("individualSpeed", 0),
    _number("bboxX", 0, 1),
    _number("bboxY", 0, 1),
    _number("bboxWidth", 1e-15, 1),
    _number("bboxHeight", 1e-15, 1),
    _choice("classificationMethod", "human", "machine"),
    Column("classifiedBy"),
    _time("classificationTimestamp", is_required=False),
    _number("classificationProbability", 0, 1),
    *_text("observationTags", "observationComments"),
)
_FAILURES = (
    _of("deployments", "deploymentID"),
    _time("failureStart"),
    _time("failureEnd"),
    _choice("reason", *REASONS, is_required=True),
    Column("evidence"),
)
_EFFORT = (
    _of("deployments", "deploymentID"),
    Column("date", "date", is_required=True),
    _number("hours", 0, 25, is_required=True),
    Column("photos", "integer", is_required=True, least=0),
    Column("reports", "integer", is_required=True, least=0),
    Column("aliveWithoutPhotos", "boolean", is_required=True),
)
TABLES: Mapping[str, Sequence[Column]] = {
    "deployments": _DEPLOYMENTS,
    "media": _MEDIA,
    "observations": _OBSERVATIONS,
    "failures": _FAILURES,
    "effort": _EFFORT,
}
OWN = ("failures", "effort")
"""Tables that Camtrap DP does not know: their columns are described in the package itself."""


def names_of(table: str) -> list[str]:
    """Return the names of a table's columns."""
    return [column.name for column in TABLES[table]]


def schema_of(table: str) -> dict[str, Any]:
    """Return the Table Schema of a table (https://specs.frictionlessdata.io/table-schema/)."""
    columns = TABLES[table]
    keys = [column.name for column in columns if column.is_unique]
    foreign = [
        {"fields": one.name, "reference": {"resource": one.refers_to, "fields": TABLES[one.refers_to][0].name}}
        for one in columns
        if one.refers_to
    ]
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns]}
    return schema | ({"primaryKey": keys[0]} if keys else {}) | ({"foreignKeys": foreign} if foreign else {})


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": column.is_required}
    given = {"unique": column.is_unique, "minimum": column.least, "maximum": column.most, "pattern": column.pattern}
    constraints |= {
        key: value for key, value in given.items() if value is not None and value is not False and value != ""
    }
    constraints |= {"enum": list(column.values)} if column.values else {}
    shape = {"format": TIME_FORMAT} if column.kind == "datetime" else {}
    return {"name": column.name, "type": column.kind, **shape, "constraints": constraints}
