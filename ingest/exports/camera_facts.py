"""What the gateway has of one camera, as far as it tells when the camera watched what. Pure values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from ingest.reading.location import Position
from ingest.spool.sites import Site


@dataclass(frozen=True, slots=True)
class Shot:
    """One accepted photo: when it was taken by its camera's clock, and when it arrived (seconds since 1970, UTC).

    `is_live`: the camera itself sent it; `position` is that in the photo itself, None where it tells none or the
    camera's record did; `look` is make and model.
    """

    captured_s: int | None
    received_s: int
    is_live: bool = True
    position: Position | None = None
    look: str = ""

    @property
    def lateness_s(self) -> int:
        """How long after its time it arrived; less than 0 for one from the future. 0 where it has no time."""
        return 0 if self.captured_s is None else self.received_s - self.captured_s


@dataclass(frozen=True, slots=True)
class Told:
    """One report: when it arrived, when it was written by the camera's clock, and the figures that it tells."""

    received_s: int
    reported_s: int | None = None
    battery_percent: int | None = None
    sd_used_percent: float | None = None
    images_total: int | None = None
    images_sent: int | None = None


@dataclass(frozen=True)
class CameraFacts:
    """One camera: the sites of its record, its clock's time zone, and what came of it in order of arrival.

    `turned_away`: photos that were rejected, and may be accepted once the cause is mended. `heard_s`: when
    anything of it arrived from itself. `other_position`: where its photos say it is by their record alone.
    """

    camera_id: str
    zone: tzinfo
    sites: Sequence[Site] = ()
    name: str = ""
    shots: Sequence[Shot] = ()
    reports: Sequence[Told] = ()
    turned_away: Sequence[Shot] = ()
    heard_s: Sequence[int] = ()
    other_position: Position | None = None
