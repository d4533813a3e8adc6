"""How often the watcher has ended without being asked to: a heartbeat is fresh a second after each new start."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ingest.spool.json_text import parse_json
from ingest.spool.stamp import parse_utc, utc_text

FILE = Path("cache/watcher-starts.json")
SYSTEMD = Path("/run/systemd/notify")
KEPT_S = 600.0
KEPT_MAX = 50


def note_start(root: Path, now: datetime) -> None:
    """Note that a watcher starts, before it does anything that may end it; one that had not ended well broke off.

    One that the machine took along when it went down is not to blame.
    """
    was_running, broken_off = _read(root)
    _write(root, running=True, broken_off=[*broken_off, *([utc_text(now)] if was_running else [])])


def note_end(root: Path) -> None:
    """Note that the watcher ends because it was asked to."""
    _write(root, running=False, broken_off=_read(root)[1])


def starts_after_breaking_off(root: Path, now: datetime) -> list[str]:
    """Return when within the last ten minutes a watcher had to start because the one before broke off (UTC text)."""
    since = utc_text(now - timedelta(seconds=KEPT_S))
    return [at for at in _read(root)[1] if at >= since]


def _read(root: Path) -> tuple[bool, list[str]]:
    with suppress(OSError, ValueError, LookupError, TypeError):
        content = parse_json((root / FILE).read_bytes())
        broken_off = [utc_text(parse_utc(at)) for at in content["broken_off"]]
        return content["running"] == this_boot(), broken_off
    return False, []


def this_boot() -> str:
    """Return what is another at each start of the machine: systemd's socket is made then. The unit sees no boot ID."""
    try:
        return str(SYSTEMD.lstat().st_mtime_ns)
    except OSError:
        return "without systemd"


def _write(root: Path, *, running: bool, broken_off: list[str]) -> None:
    """Write it down; a disk that takes nothing must not stop the watcher here."""
    aside = (root / FILE).with_suffix(".new")
    with suppress(OSError):
        content = {"running": this_boot() if running else "", "broken_off": broken_off[-KEPT_MAX:]}
        aside.write_text(json.dumps(content), "utf-8")
        aside.replace(root / FILE)
