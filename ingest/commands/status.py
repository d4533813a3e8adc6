"""`camspool status`: how the gateway is doing."""

import argparse
import json

from tabulate import tabulate

from ingest.settings.values import Settings
from ingest.spool.root import check_root
from ingest.upkeep.status import read_status

HELP = "queue, last contact, disk, services, certificate"
_MARKS = {"good": "ok", "attention": "look", "bad": "BAD"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the state of every part; exit 1 when one is bad."""
    check_root(settings.root)
    status = read_status(settings)
    if arguments.json:
        print(json.dumps(status, indent=1))
    else:
        print(tabulate([[_MARKS[part["state"]], part["name"], part["sentence"]] for part in status["parts"]]))
    return 1 if status["state"] == "bad" else 0
