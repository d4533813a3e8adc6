"""`camspool report`: one file with what a bug report needs, to be read before it is sent."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import CamspoolError, in_words
from ingest.settings.values import Settings
from ingest.spool.durable import write_new
from ingest.upkeep.bug_report import bug_report

HELP = "write one file for a bug report: versions, settings, status, errors; no photo, position, address or secret"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --output."""
    parser.add_argument("--output", metavar="FILE", help="where to write it; - prints it")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the report and say where it lies."""
    now = datetime.now(UTC)
    text = bug_report(settings, now)
    if arguments.output == "-":
        sys.stdout.write(text)
        return 0
    file = Path(arguments.output or f"camspool-report-{now:%Y%m%dT%H%M%S}Z.txt")
    try:
        write_new(file, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CamspoolError(f"The report cannot be written: {in_words(error)}. Name another file: --output.") from error
    print(f"{file.absolute()} is what a bug report needs. Read it before you send it.")
    return 0
