"""A profile: how to read one camera type. Only values here; `profile_file.py` reads them from profile.toml."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from ingest.profiles.joined import names_in
from ingest.profiles.patterns import Pattern
from ingest.reading.camera_time import TimeFormat

FieldKind = Literal[
    "text",
    "datetime",
    "location",
    "number",
    "degrees",
    "integer",
    "percent",
    "bars",
    "volts",
    "csq",
    "dbm",
    "celsius",
    "megabytes",
    "gigabytes",
    "sd_free",
    "sd_free_gb",
    "sd_total",
    "sd_total_gb",
    "sd_used",
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
    "battery_percent": ("percent", "bars"),
    "battery_volts": ("volts",),
    "signal_csq": ("csq",),
    "signal_dbm": ("dbm",),
    "signal_percent": ("percent", "bars"),
    "temperature_c": ("celsius",),
    "sd_free_mb": ("sd_free", "sd_free_gb", "megabytes", "gigabytes"),
    "sd_total_mb": ("sd_total", "sd_total_gb", "megabytes", "gigabytes"),
    "sd_used_percent": ("sd_used", "percent"),
    "images_total": ("integer",),
    "images_sent": ("integer",),
    "location": ("location",),
    "latitude": ("number", "degrees"),
    "longitude": ("number", "degrees"),
}
"""What a report's profile may read, and how; `location` becomes the fields latitude and longitude."""

TYPE_SOURCES = ("exif.Make", "exif.Model", "exif.Software")
"""What names a camera type; nearly all profiles know their photos by these alone."""

MAKERNOTE = "makernote."
"""What the sources begin with that exiftool reads."""

REQUIRABLE = ("camera_id", "captured_at", "location")


@dataclass(frozen=True)
class Condition:
    """One of `sources` must hold text in which `pattern` is found."""

    sources: tuple[str, ...]
    pattern: Pattern

    @property
    def shown(self) -> str:
        """The sources as the profile names them."""
        return " | ".join(self.sources)


@dataclass(frozen=True)
class FieldRule:
    """Where a field's value comes from, first source that has one, and how it is read.

    Of a time: its formats, tried in order, and the zone that the profile says its cameras are set to. A rule with a
    `value` has no sources: it is the same for every file.
    """

    sources: tuple[str, ...]
    kind: FieldKind
    formats: tuple[TimeFormat, ...] = ()
    check: Literal["imei"] | None = None
    zone: ZoneInfo | None = None
    value: str | None = None


@dataclass(frozen=True)
class Part:
    """How a profile knows and reads its photos, or its reports. `path` and `find` give named groups: no conditions.

    `encoding` is that of EXIF texts that are not UTF-8; `absent` are sources that must have no text.
    """

    conditions: tuple[Condition, ...]
    fields: dict[str, FieldRule]
    require: tuple[str, ...] = ()
    path: Pattern | None = None
    encoding: str | None = None
    find: tuple[Condition, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def path_patterns(self) -> tuple[Pattern, ...]:
        """The patterns whose named groups are available as `path.<group>`."""
        patterns = tuple(one.pattern for one in (*self.conditions, *self.find) if "path" in one.sources)
        return patterns if self.path is None else (*patterns, self.path)

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone in which its cameras' clocks are; None where the profile names none."""
        return next((rule.zone for rule in self.fields.values() if rule.zone), None)

    @property
    def asks_for_type(self) -> bool:
        """Whether its conditions look only at what is the same in all photos of one camera type."""
        asked = {source for one in self.conditions for source in one.sources} | set(self.absent)
        return self.encoding is None and asked <= set(TYPE_SOURCES)

    @cached_property
    def needed_path(self) -> tuple[str, ...]:
        """Texts, in small letters, that stand in every path in ASCII of its files.

        There are some only where all else that its conditions look at is the same in all photos of one camera type.
        """
        paths = [one for one in self.conditions if one.sources == ("path",)]
        rest = {source for one in self.conditions if one not in paths for source in one.sources} | set(self.absent)
        if self.encoding is not None or not rest <= set(TYPE_SOURCES):
            return ()
        return tuple(text for one in paths for text in one.pattern.needs)

    @cached_property
    def has_path_conditions(self) -> bool:
        """Whether a condition looks at a named group of the path."""
        named = (source for one in self.conditions for source in one.sources)
        return any(source.startswith("path.") for source in (*named, *self.absent))

    @property
    def named(self) -> tuple[Condition, ...]:
        """What finds named groups, also in other sources than the path."""
        return tuple(one for one in (*self.conditions, *self.find) if one.pattern.groupindex)

    @property
    def reads_exif(self) -> bool:
        """Whether any field comes from EXIF, so that a photo without it lacks something."""
        origins = {group: one.sources for one in self.named for group in one.pattern.groupindex}
        names = {name for rule in self.fields.values() for source in rule.sources for name in names_in(source)}
        names |= {source for name in names for source in origins.get(name, ())}
        return any(name.startswith(("exif.", MAKERNOTE)) for name in names)

    @cached_property
    def reads_makernotes(self) -> bool:
        """Whether a field, a condition or a named group comes from the MakerNote."""
        sources = {source for rule in self.fields.values() for source in rule.sources} | set(self.absent)
        sources |= {source for one in (*self.conditions, *self.find) for source in one.sources}
        return any(name.startswith(MAKERNOTE) for source in sources for name in names_in(source))

    @cached_property
    def but_makernotes(self) -> "Part":
        """What of its conditions can be asked before the MakerNote is read."""
        return Part(
            tuple(one for one in self.conditions if not any(_asks_makernote(source) for source in one.sources)),
            {},
            path=self.path,
            encoding=self.encoding,
            find=self.find,
            absent=tuple(source for source in self.absent if not _asks_makernote(source)),
        )


def _asks_makernote(source: str) -> bool:
    return source.startswith(MAKERNOTE)


@dataclass(frozen=True)
class Profile:
    """One camera type. `id` is the name of its folder, `connection_test` the path of files its Test button sends.

    One that is not `confirmed` was made from public documentation, and nobody has seen it at work in the field.
    """

    id: str
    folder: str
    name: str
    evidence: str
    notes: str = ""
    image: Part | None = None
    report: Part | None = None
    connection_test: Pattern | None = None
    confirmed: bool = True

    def part(self, name: PartName) -> Part | None:
        """Return how it reads photos, or reports; None when it does not."""
        return self.image if name == "image" else self.report
