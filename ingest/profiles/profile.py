"""A profile: how to read one camera type. Only values here; `profile_file.py` reads them from profile.toml."""

import re
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from ingest.reading.camera_time import TimeFormat

FieldKind = Literal[
    "text", "datetime", "location", "number", "integer", "percent", "csq", "celsius", "sd_free", "sd_total", "sd_used"
]
PartName = Literal["image", "report"]

IMAGE_FIELDS: dict[str, tuple[FieldKind, ...]] = {
    "camera_id": ("text",),
    "captured_at": ("datetime",),
    "location": ("location",),
    "latitude": ("number",),
    "longitude": ("number",),
}
"""What a photo's profile may read, and how; the first kind is the default."""

REPORT_FIELDS: dict[str, tuple[FieldKind, ...]] = {
    "camera_id": ("text",),
    "reported_at": ("datetime",),
    "battery_percent": ("percent",),
    "signal_csq": ("csq",),
    "temperature_c": ("celsius",),
    "sd_free_mb": ("sd_free",),
    "sd_total_mb": ("sd_total",),
    "sd_used_percent": ("sd_used", "percent"),
    "images_total": ("integer",),
    "images_sent": ("integer",),
    "location": ("location",),
    "latitude": ("number",),
    "longitude": ("number",),
}
"""What a report's profile may read, and how; `location` becomes the fields latitude and longitude."""

REQUIRABLE = ("camera_id", "captured_at", "location")


@dataclass(frozen=True)
class Condition:
    """One of `sources` must hold text in which `pattern` is found."""

    sources: tuple[str, ...]
    pattern: re.Pattern[str]

    @property
    def shown(self) -> str:
        """The sources as the profile names them."""
        return " | ".join(self.sources)


@dataclass(frozen=True)
class FieldRule:
    """Where a field's value comes from, first source that has one, and how it is read.

    Of a time: its formats, tried in order, and the zone that the profile says its cameras are set to.
    """

    sources: tuple[str, ...]
    kind: FieldKind
    formats: tuple[TimeFormat, ...] = ()
    check: Literal["imei"] | None = None
    zone: ZoneInfo | None = None


@dataclass(frozen=True)
class Part:
    """How a profile knows and reads its photos, or its reports. `path` gives named groups and is no condition.

    `encoding` is that of EXIF texts that are not UTF-8.
    """

    conditions: tuple[Condition, ...]
    fields: dict[str, FieldRule]
    require: tuple[str, ...] = ()
    path: re.Pattern[str] | None = None
    encoding: str | None = None

    @property
    def path_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns whose named groups are available as `path.<group>`."""
        conditions = tuple(condition.pattern for condition in self.conditions if "path" in condition.sources)
        return conditions if self.path is None else (*conditions, self.path)

    @property
    def reads_exif(self) -> bool:
        """Whether any field comes from EXIF, so that a photo without it lacks something."""
        return any(source.startswith("exif.") for rule in self.fields.values() for source in rule.sources)


@dataclass(frozen=True)
class Profile:
    """One camera type. `id` is the name of its folder, `connection_test` the path of files its Test button sends."""

    id: str
    folder: str
    name: str
    evidence: str
    notes: str = ""
    image: Part | None = None
    report: Part | None = None
    connection_test: re.Pattern[str] | None = None

    def part(self, name: PartName) -> Part | None:
        """Return how it reads photos, or reports; None when it does not."""
        return self.image if name == "image" else self.report
