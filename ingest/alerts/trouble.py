"""What rules look at, and what they find. Pure values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from ingest.alerts.rhythm import Span
from ingest.fleet.attention import Refusal
from ingest.fleet.causes import Cause
from ingest.fleet.health import Camera
from ingest.fleet.trend import Trend
from ingest.index.contacts import Contacts
from ingest.index.feeds import Sighting
from ingest.settings.values import Alerts
from ingest.spool.incidents import Incident


@dataclass(frozen=True)
class Trouble:
    """Something that people should know of. `about` tells it from others of its rule.

    `title` is a line, `sentence` what is so, `task` what to do. `level`: a larger one is worse. `cameras` may become
    more while it lasts. `is_urgent` is False where it can wait, though its rule is urgent.
    """

    rule: str
    about: str
    began_at: datetime
    title: str
    sentence: str
    task: str = ""
    cameras: tuple[str, ...] = ()
    account: str | None = None
    level: float = 0.0
    is_urgent: bool = True

    @property
    def key(self) -> str:
        """What an incident is known by: of one key only one is open."""
        return f"{self.rule}:{self.about}"


@dataclass(frozen=True)
class RefusedLogIns:
    """Log-ins with the name of an account that were refused in the last day: how often, from where last, and when."""

    account: str
    times: int
    client: str | None
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Counters:
    """What the last reports of a camera count, one of each day, the newest first: photos taken and sent."""

    camera_id: str
    taken: tuple[int, ...]
    sent: tuple[int, ...]


@dataclass(frozen=True)
class Facts:
    """What the gateway knows at one moment. `parts` are those of status by their names.

    `records` are the admins' camera records, `orientations` which side of a camera's last photos is up, newest first;
    `sightings` the last photos of cameras whose clocks seem wrong. `away` is when no camera could be heard of,
    `outages` when some could not, by camera. `last_heard_at` is the last contact of any camera, `longest_pause_h` the
    longest time without one in the last weeks, None where too little is known. `open` is what people know of already.
    `knows_cameras` is False while the index cannot tell of them.
    """

    now: datetime
    settings: Alerts
    zone: tzinfo = UTC
    silent_after_days: int = 7
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    cameras: Mapping[str, Camera] = field(default_factory=dict)
    trends: Mapping[str, Trend] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    orientations: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    contacts: Sequence[Contacts] = ()
    counters: Sequence[Counters] = ()
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    causes: Sequence[Cause] = ()
    sightings: Mapping[str, Sequence[Sighting]] = field(default_factory=dict)
    log_ins: Sequence[RefusedLogIns] = ()
    away: Sequence[Span] = ()
    outages: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    last_heard_at: datetime | None = None
    longest_pause_h: float | None = None
    open: Sequence[Incident] = ()
    knows_cameras: bool = True

    def is_open(self, key: str) -> bool:
        """Say whether an incident of this key is open: what ends one lies apart from what begins one."""
        return any(one.key == key for one in self.open)

    def title_of(self, camera_id: str) -> str:
        """Return what people call a camera."""
        camera = self.cameras.get(camera_id)
        return camera.title if camera else camera_id
