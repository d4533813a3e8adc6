"""Where a camera stood and from when on, as its record says. Pure: the record is read by camera_records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Site:
    """Where a camera stands, from `start` (None: since ever) until `end` (None: still), both in its local time."""

    latitude: float
    longitude: float
    name: str = ""
    start: datetime | None = None
    end: datetime | None = None

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.latitude, self.longitude

    def holds(self, when: datetime) -> bool:
        """Say whether the camera stood here at a moment of its local time."""
        return (self.start is None or self.start <= when) and (self.end is None or when < self.end)


def sites_in(record: Record | None) -> tuple[Site, ...]:
    """Return the sites of a camera record in order of their start; what cannot be one is passed over.

    A record of before there were sites has one position, which holds for all time.

    >>> sites_in({"latitude": 52.1, "longitude": 5})
    (Site(latitude=52.1, longitude=5.0, name='', start=None, end=None),)
    """
    record = record or {}
    listed = record.get("sites")
    found = [_site(one) for one in (listed if isinstance(listed, list) else [record])]
    return tuple(sorted((one for one in found if one), key=_by_start))


def site_at(sites: tuple[Site, ...], when: datetime | None) -> Site | None:
    """Return where the camera stood at a moment of its local time; None when no site says. Of several the last counts.

    A moment that nobody knows (None) has a site only where there was never another.
    """
    if when is None:
        return sites[0] if len(sites) == 1 and sites[0].start is None and sites[0].end is None else None
    found = [one for one in sites if one.holds(when)]
    return found[-1] if found else None


def present_site(sites: tuple[Site, ...]) -> Site | None:
    """Return the last of the sites, unless the camera has left it."""
    return sites[-1] if sites and sites[-1].end is None else None


def with_site(record: Record, site: Site) -> dict[str, Any]:
    """Return the record with one site more: the site before it ends when it begins, and it ends where the next begins.

    A site that begins at the same moment is replaced.
    """
    others = [one for one in sites_in(record) if one.start != site.start]
    earlier = [one for one in others if _by_start(one) < _by_start(site)]
    later = [one for one in others if _by_start(one) > _by_start(site)]
    if later and (site.end is None or (later[0].start and site.end > later[0].start)):
        site = replace(site, end=later[0].start)
    earlier = [replace(one, end=site.start) if one.end is None or _ends_in(one, site) else one for one in earlier]
    return _with(record, (*earlier, site, *later))


def without_site(record: Record, start: datetime | None) -> dict[str, Any]:
    """Return the record without the site that begins then. The one before it keeps its end: who knows where it was."""
    return _with(record, (one for one in sites_in(record) if one.start != start))


def _with(record: Record, sites: Iterable[Site]) -> dict[str, Any]:
    rest = {key: value for key, value in record.items() if key not in ("latitude", "longitude", "sites")}
    return rest | {"sites": [_object(one) for one in sites]}


def _ends_in(one: Site, site: Site) -> bool:
    return bool(one.end and site.start and one.end > site.start)


def _by_start(site: Site) -> str:
    return site.start.isoformat() if site.start else ""


def _object(site: Site) -> dict[str, Any]:
    moments = {"from": site.start, "until": site.end}
    told = {key: moment.isoformat() if moment else None for key, moment in moments.items()}
    return {"name": site.name, "latitude": site.latitude, "longitude": site.longitude, **told}


def _site(entry: Any) -> Site | None:
    """Read one entry of a record, which people may have written by hand."""
    if not isinstance(entry, Mapping):
        return None
    latitude, longitude = _degrees(entry.get("latitude"), 90), _degrees(entry.get("longitude"), 180)
    if latitude is None or longitude is None:
        return None
    try:
        start, end = (local_moment(entry.get(key)) for key in ("from", "until"))
    except (TypeError, ValueError):
        return None
    # A record of before there were sites has the camera's name.
    name = entry.get("name") if "from" in entry else None
    return Site(latitude, longitude, name if isinstance(name, str) else "", start, end)


def _degrees(value: Any, limit: float) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) <= limit else None


def local_moment(text: Any) -> datetime | None:
    """Read a moment of a camera's local time from its record. Raise TypeError or ValueError for what is none."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo:
        raise ValueError(text)
    return moment
