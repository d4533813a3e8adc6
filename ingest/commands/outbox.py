"""`camspool outbox`: what still has to go where, and what can be done about it; `deliver` is the outbox service."""

import argparse
import os

from ingest.commands.journal import start_logging
from ingest.commands.privileges import become_owner
from ingest.outbox.service import serve
from ingest.settings.values import Settings
from ingest.spool.root import check_root

HELP = "what still has to go to the targets, and carrying it there"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with targets."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("deliver", help="carry what waits to every target, until stopped: the outbox service")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked."""
    check_root(settings.root)
    return _deliver(settings)


def _deliver(settings: Settings) -> int:
    start_logging()
    os.umask(0o007)
    become_owner(settings.root / "incoming")
    return serve(settings)
