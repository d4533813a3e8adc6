"""From when on something is told of a camera: as the settings say, or its own record. Pure."""

from collections.abc import Mapping
from typing import Any

from ingest.settings.values import Alerts

OF_A_CAMERA = ("silent_hours", "battery_percent", "battery_days", "card_percent")
"""What a camera's record may say otherwise than the settings, in its table `alerts`; `off` names rules."""


def bound(record: Mapping[str, Any] | None, settings: Alerts, key: str) -> int:
    """Return a bound of one camera, as its record or else the settings have it."""
    own = _own(record).get(key)
    return own if isinstance(own, int) and not isinstance(own, bool) and own >= 0 else int(getattr(settings, key))


def is_off(record: Mapping[str, Any] | None, settings: Alerts, rule: str) -> bool:
    """Say whether a rule tells nothing of a camera."""
    off = _own(record).get("off")
    return rule in settings.off or (isinstance(off, list) and rule in off)


def own_bounds(record: Mapping[str, Any] | None) -> dict[str, int]:
    """Return the bounds that a camera has of its own."""
    own = _own(record)
    return {key: own[key] for key in OF_A_CAMERA if isinstance(own.get(key), int) and not isinstance(own[key], bool)}


def _own(record: Mapping[str, Any] | None) -> Mapping[str, Any]:
    found = (record or {}).get("alerts")
    return found if isinstance(found, Mapping) else {}
