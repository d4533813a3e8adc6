"""`camspool audit`: every acknowledged transfer has exactly one outcome, or this says which has not."""

import argparse
import json
import sqlite3
from dataclasses import asdict
from datetime import UTC, datetime

from ingest.commands.privileges import become_owner
from ingest.settings.values import Settings
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import utc_text
from ingest.upkeep.audit import audit
from ingest.upkeep.audit_note import AuditNote, note_of, write_note

HELP = "check that every acknowledged transfer has exactly one outcome"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what does not add up; exit 1 when anything does not."""
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    try:
        result = audit(settings.root)
    except sqlite3.Error as error:
        sentence = f"The audit could not read the index: {error}."
        write_note(settings.root, AuditNote(utc_text(datetime.now(UTC)), 0, 1, [sentence]))
        raise
    write_note(settings.root, note_of(result, datetime.now(UTC)))
    if arguments.json:
        print(json.dumps(asdict(result), indent=1))
    else:
        for finding in result.findings:
            print(finding.sentence)
        print(f"{result.transfers} acknowledged transfers, {len(result.findings)} names that do not add up.")
    return 1 if result.findings else 0
