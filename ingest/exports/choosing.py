"""What an export is of: cameras, a site, a span of time, or everything. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from ingest.exports.deployments import Deployment, within_span
from ingest.exports.spans import Span, at_s
from ingest.exports.stays import ALWAYS_S, NEVER_S


@dataclass(frozen=True)
class Choice:
    """Empty or None: all. `site` is the name of a site or the ID of a location; both days are included."""

    cameras: tuple[str, ...] = ()
    site: str = ""
    first: date | None = None
    last: date | None = None

    def takes(self, camera_id: str) -> bool:
        """Say whether anything of a camera is wanted."""
        return not self.cameras or camera_id in self.cameras

    def span(self, zone: tzinfo) -> Span:
        """Return the span of time that is wanted, by days of local time."""
        since_s = at_s(datetime.combine(self.first, time.min), zone) if self.first else ALWAYS_S
        after = self.last + timedelta(days=1) if self.last else None
        return since_s, at_s(datetime.combine(after, time.min), zone) if after else NEVER_S


def all_chosen(choice: Choice, deployments: Iterable[Deployment], zone: tzinfo) -> list[Deployment]:
    """Return what is wanted of deployments, in their order."""
    return [part for one in deployments if (part := chosen(choice, one, zone))]


def chosen(choice: Choice, deployment: Deployment, zone: tzinfo) -> Deployment | None:
    """Return what is wanted of a deployment; None for nothing."""
    is_there = choice.site in ("", deployment.stay.name, deployment.location_id)
    return within_span(deployment, choice.span(zone)) if is_there and choice.takes(deployment.camera_id) else None
