"""`instances.json`: what SpeciesNet and MegaDetector read to know which photos there are, and where they were taken.

The format is SpeciesNet's: `{"instances": [{"filepath", "country", "latitude", "longitude"}]}`
(https://github.com/google/cameratrapai, "Input format"); what is not known is left out.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json

log = logging.getLogger("camspool")

NAME = "instances.json"


@dataclass(frozen=True)
class Instance:
    """One photo: its path on this machine, the country (ISO 3166-1, three letters) and its position in degrees."""

    filepath: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def add_instances(folder: Path, instances: Sequence[Instance]) -> None:
    """Enter photos in the folder's instances.json, each once, whole or not at all. Raise OSError.

    A file that is none of ours is kept under another name.
    """
    if not instances:
        return
    file = folder / NAME
    entries = {one["filepath"]: one for one in _read(file)}
    entries |= {one.filepath: _object(one) for one in instances}
    replace_file(file, json.dumps({"instances": list(entries.values())}, ensure_ascii=False).encode() + b"\n")


def _object(instance: Instance) -> dict[str, Any]:
    return {key: value for key, value in vars(instance).items() if value is not None}


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        content = parse_json(file.read_bytes())
        entries = content["instances"]
        if not all(isinstance(one["filepath"], str) for one in entries):
            raise TypeError("filepath")
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, KeyError):
        kept = file.with_name(f"instances-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json")
        file.replace(kept)
        log.warning("%s is not what Camspool writes; it is kept as %s.", file, kept.name)
        return []
    return list(entries)
