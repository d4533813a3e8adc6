"""How the gateway was doing at the last look, `incidents/.status.json`: for who may not measure it again."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.spool.durable import replace_file
from ingest.spool.incidents import FOLDER
from ingest.spool.json_text import parse_json
from ingest.spool.stamp import parse_utc, utc_text

FILE = Path(FOLDER) / ".status.json"


@dataclass(frozen=True)
class StatusNote:
    """When status was measured, and of each part its name, its state (good, attention, bad) and its sentence."""

    at: datetime
    parts: tuple[tuple[str, str, str], ...]


def write_status_note(root: Path, parts: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """Note how the parts of status are. Raise OSError."""
    told = [[part["name"], part["state"], part["sentence"]] for part in parts]
    replace_file(root / FILE, json.dumps({"at": utc_text(at), "parts": told}, ensure_ascii=False).encode())


def read_status_note(root: Path) -> StatusNote | None:
    """Return the last note; None when there is none, or it cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        content = parse_json((root / FILE).read_bytes())
        parts = tuple((str(name), str(state), str(said)) for name, state, said in content["parts"])
        return StatusNote(parse_utc(content["at"]), parts)
    return None
