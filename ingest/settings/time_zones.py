"""Time zones by the names that people write: in the settings, in profiles, in camera records."""

from functools import lru_cache
from zoneinfo import ZoneInfo


def zone_named(name: object) -> ZoneInfo | None:
    """Return the time zone of this name, None where there is none.

    >>> zone_named("Africa/Nairobi").key, zone_named("Nairobi"), zone_named("../UTC"), zone_named(3), zone_named("")
    ('Africa/Nairobi', None, None, None, None)
    """
    return _zone(name) if isinstance(name, str) and name else None


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
