"""`camspool audit`: every acknowledged transfer has exactly one outcome, or this says which has not."""

import argparse
import json
import sqlite3
from dataclasses import asdict
from datetime import UTC, datetime

from ingest.commands.privileges import become_owner, who_asks
from ingest.commands.progress import waiting_bar
from ingest.errors import CamspoolError
from ingest.requests.asking import PATIENCE_S
from ingest.settings.values import Settings
from ingest.spool.names import logged_path, one_line
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import utc_text
from ingest.upkeep.audit import Audit, audit
from ingest.upkeep.audit_note import AuditNote, note_of, write_note
from ingest.upkeep.explanations import explain

HELP = "check that every acknowledged transfer has exactly one outcome"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --json, and what it takes to explain a finding."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--explain", metavar="CONNECTION[/PATH]", help="say what has become of what does not add up")
    parser.add_argument("--because", metavar="WHY", help="with --explain: what has become of it")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what does not add up; exit 1 when anything does not that nobody has explained."""
    if bool(arguments.explain) != bool((arguments.because or "").strip()):
        raise CamspoolError('An explanation says of what, and why: --explain CONNECTION/PATH --because "...".')
    by = who_asks()
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    if arguments.explain:
        _explain(settings, arguments.explain, by, arguments.because)
    result = _audited(settings)
    if arguments.json:
        print(json.dumps(asdict(result), indent=1))
    else:
        _print(result)
    return 1 if result.wrong else 0


def _explain(settings: Settings, what: str, by: str, because: str) -> None:
    connection, _, path = what.partition("/")
    wanted = logged_path(path) if path else None
    findings = [
        finding
        for finding in audit(settings.root).findings
        if finding.connection == connection and wanted in (None, finding.path)
    ]
    if not findings:
        raise CamspoolError(f"The audit misses nothing of {what}; camspool audit prints what can be explained.")
    with waiting_bar(PATIENCE_S, "waiting for the watcher") as on_wait:
        explain(settings.root, findings, by, one_line(because.strip()), on_wait)


def _audited(settings: Settings) -> Audit:
    try:
        result = audit(settings.root)
    except sqlite3.Error as error:
        sentence = f"The audit could not read the index: {error}."
        write_note(settings.root, AuditNote(utc_text(datetime.now(UTC)), 0, 1, [sentence]))
        raise
    write_note(settings.root, note_of(result, datetime.now(UTC)))
    return result


def _print(result: Audit) -> None:
    for sentence in [one.sentence for one in result.findings] + [one.sentence for one in result.explained]:
        print(sentence)
    for sentence in result.accounts:
        print(sentence)
    explained = f" {len(result.explained)} more are explained." if result.explained else ""
    print(f"{result.transfers} acknowledged transfers, {len(result.findings)} names that do not add up.{explained}")
