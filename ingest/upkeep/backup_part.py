"""How old the last backup is, and whether one was tested: from the notes that the backup's own program leaves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.upkeep.part import Part, State, shown_age
from ingest.upkeep.systemd import unit_properties

NOTES = Path("/var/lib/camspool")
TIMER = "camspool-backup.timer"
LATE_H, MISSING_H, TEST_LATE_H = 30.0, 74.0, 9 * 24.0
"""One a night, and one test a week: by then it should have come, with some hours of grace."""


@dataclass(frozen=True)
class BackupNote:
    """How the last backup, or the last test of one, ended: when (our clock), whether well, and the program's words."""

    at: datetime
    is_good: bool
    said: str


def backup_part(now: datetime) -> Part:
    """Judge the backups of this host."""
    timer = unit_properties(TIMER, ("ActiveState",))
    return judge_backup(timer, read_note("backup"), read_note("backup-test"), now)


def read_note(name: str, folder: Path = NOTES) -> BackupNote | None:
    """Return a note; None when there is none that can be read."""
    try:
        found = json.loads((folder / f"{name}.json").read_text("utf-8"))
        return BackupNote(datetime.fromisoformat(found["at"]), bool(found["is_good"]), str(found["said"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def judge_backup(
    timer: Mapping[str, str] | None, made: BackupNote | None, tested: BackupNote | None, now: datetime
) -> Part:
    """Judge by the timer that makes backups, the last one that was made, and the last one that was tested."""
    if timer is None or timer.get("ActiveState") != "active":
        return Part("backup", "good", "No backup is set: the photos are here, and where targets have them.")
    if made is None:
        return Part("backup", "attention", "No backup was made yet; systemctl start camspool-backup makes one.")
    figures = {"backup_age_s": _age_s(made, now), "test_age_s": _age_s(tested, now) if tested else None}
    return Part("backup", *_judged(made, tested, now), figures)


def _judged(made: BackupNote, tested: BackupNote | None, now: datetime) -> tuple[State, str]:
    age_h, shown = _age_s(made, now) / 3600, shown_age(_age_s(made, now))
    if not made.is_good:
        return "attention", f"The last backup failed {shown} ago: {made.said} See: journalctl -u camspool-backup -n 50."
    if age_h > LATE_H:
        late = f"The last backup was made {shown} ago. See: journalctl -u camspool-backup -n 50."
        return ("bad" if age_h > MISSING_H else "attention"), late
    if tested and not tested.is_good:
        return "bad", f"The last backup cannot be trusted: its test said {tested.said}"
    if tested and _age_s(tested, now) / 3600 > TEST_LATE_H:
        return (
            "attention",
            f"The last backup is {shown} old; the last test of one was {shown_age(_age_s(tested, now))} ago.",
        )
    test = f"tested {shown_age(_age_s(tested, now))} ago" if tested else "not tested yet"
    return "good", f"The last backup is {shown} old, {test}."


def _age_s(note: BackupNote, now: datetime) -> float:
    return round(max(0.0, (now - note.at).total_seconds()), 1)
