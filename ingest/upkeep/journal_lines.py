"""The journal of this host, read for people: newest first, and nothing where there is no journal to read."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime

PATIENCE_S = 3.0


@dataclass(frozen=True)
class JournalLine:
    """One line: when (UTC), of which unit, its syslog priority (0 worst, 7 chatter), and its text."""

    at: datetime
    unit: str
    priority: int
    text: str


def journal_lines(unit: str, most: int) -> list[JournalLine]:
    """Return the newest lines of a unit, or of all that match a pattern such as `camspool-*`, newest first."""
    journalctl = shutil.which("journalctl")
    if journalctl is None:
        return []
    words = [journalctl, "--unit", unit, "--output", "json", "--lines", str(most)]
    # --all: without it journalctl gives null for a text of more than 4096 bytes, such as a long traceback.
    words += ["--reverse", "--no-pager", "--quiet", "--all"]
    try:
        text = subprocess.run(words, capture_output=True, timeout=PATIENCE_S, check=False, text=True).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line for raw in text.splitlines() if (line := parse_journal_line(raw))]


def parse_journal_line(raw: str) -> JournalLine | None:
    """Read one line of `journalctl --output json`; None when it is not one."""
    try:
        content = json.loads(raw)
        at = datetime.fromtimestamp(int(content["__REALTIME_TIMESTAMP"]) / 1e6, UTC)
        priority, message = int(content.get("PRIORITY", 6)), content["MESSAGE"]
        unit = str(content.get("_SYSTEMD_UNIT", ""))
        text = bytes(message).decode("utf-8", "replace") if isinstance(message, list) else str(message)
    except (ValueError, KeyError, TypeError):
        return None
    return JournalLine(at, unit, priority, text)
