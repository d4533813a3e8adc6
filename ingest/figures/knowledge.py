"""What figures are made of. Pure values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CameraFigures:
    """What is told of one camera: its state (active, silent, never), battery in percent, and seconds since its contact;
    None where nobody knows it."""

    camera_id: str
    state: str
    battery_percent: int | None
    contact_age_s: float | None


@dataclass(frozen=True)
class Knowledge:
    """What the gateway knows at one moment.

    `parts` are those of status by name; `items` how many are kept, by verdict and reason; `connections` how many of
    today (UTC) ended how; `attention` how many cameras need which; `incidents` how many are open, by rule and urgency.
    """

    version: str
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    items: Mapping[tuple[str, str], int] = field(default_factory=dict)
    connections: Mapping[str, int] = field(default_factory=dict)
    cameras: Sequence[CameraFigures] = ()
    attention: Mapping[str, int] = field(default_factory=dict)
    incidents: Mapping[tuple[str, str], int] = field(default_factory=dict)
