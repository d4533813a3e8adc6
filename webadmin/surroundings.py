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
    `provider`: likewise the socket of what talks with the provider by which people log in.
    """

    behind_proxy: bool
    cache: Path
    relay: Path | None = None
    provider: Path | None = None


def read_surroundings(settings: Settings, environment: Mapping[str, str] | None = None) -> Surroundings:
    """Read CAMSPOOL_BEHIND_PROXY, CAMSPOOL_RELAY, CAMSPOOL_PROVIDER and CACHE_DIRECTORY (set by unit and systemd).

    Without the last one the admin writes to `cache/` beside the spool.
    """
    environment = os.environ if environment is None else environment
    given = environment.get("CACHE_DIRECTORY")
    relay, provider = (environment.get(name) for name in ("CAMSPOOL_RELAY", "CAMSPOOL_PROVIDER"))
    cache = Path(given) if given else settings.root.parent / "cache"
    is_behind = environment.get("CAMSPOOL_BEHIND_PROXY") == "1"
    return Surroundings(is_behind, cache, Path(relay) if relay else None, Path(provider) if provider else None)
