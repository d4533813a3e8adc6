"""What the admin must know of its machine: whether a proxy stands in front, where it may write, who sends."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.settings.values import Settings


@dataclass(frozen=True)
class Surroundings:
    """`behind_proxy`: nginx speaks TLS for us, tells the client's address and sends originals. `cache`: ours alone.

    `relay`: the socket of what sends files through FTPS for us, who have no network; None where we have one.
    """

    behind_proxy: bool
    cache: Path
    relay: Path | None = None


def read_surroundings(settings: Settings, environment: Mapping[str, str] | None = None) -> Surroundings:
    """Read CAMSPOOL_BEHIND_PROXY, CAMSPOOL_RELAY and CACHE_DIRECTORY (set by the unit and systemd).

    Without the last one the admin writes to `cache/` beside the spool.
    """
    environment = os.environ if environment is None else environment
    given, relay = environment.get("CACHE_DIRECTORY"), environment.get("CAMSPOOL_RELAY")
    cache = Path(given) if given else settings.root.parent / "cache"
    return Surroundings(environment.get("CAMSPOOL_BEHIND_PROXY") == "1", cache, Path(relay) if relay else None)
