"""What the last audit found: a note in cache/, by which `camspool status` and the overview tell of it."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ingest.spool.stamp import utc_text
from ingest.upkeep.audit import Audit

FILE = Path("cache/audit.json")
SHOWN_MAX = 20


@dataclass(frozen=True)
class AuditNote:
    """When the audit ended (UTC text), how many transfers it looked at, and what does not add up, in sentences.

    `explained` counts what does not add up and people have accounted for. An audit that failed has looked at none, and
    says why in its one sentence.
    """

    at: str
    transfers: int
    wrong: int
    sentences: list[str]
    explained: int = 0


def note_of(result: Audit, at: datetime) -> AuditNote:
    """Return the note of what an audit found."""
    sentences = [*(finding.sentence for finding in result.findings), *result.accounts]
    return AuditNote(utc_text(at), result.transfers, result.wrong, sentences[:SHOWN_MAX], len(result.explained))


def write_note(root: Path, note: AuditNote) -> None:
    """Write a note down. A full disk takes nothing from the audit itself."""
    aside = (root / FILE).with_suffix(".new")
    with suppress(OSError):
        aside.write_text(json.dumps(asdict(note)), "utf-8")
        aside.replace(root / FILE)


def read_note(root: Path) -> AuditNote | None:
    """Return the note of the last audit; None when there is none that can be read. Raise OSError without a spool."""
    (root / FILE.parent).stat()
    try:
        return AuditNote(**json.loads((root / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
