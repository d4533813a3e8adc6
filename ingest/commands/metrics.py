"""`camspool metrics`: figures for machines, and what to read them with."""

import argparse
from pathlib import Path

from ingest.commands.privileges import become_owner
from ingest.figures.alarms import alarm_rules
from ingest.figures.dashboard import dashboard
from ingest.figures.exposition import exposition, write_textfile
from ingest.figures.gathering import know
from ingest.settings.values import Settings
from ingest.spool.root import check_root

HELP = "figures for machines, as Prometheus reads them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is printed instead of the figures, and where they are written."""
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--textfile", type=Path, metavar="FILE", help="write them for node_exporter's collector")
    instead.add_argument("--alarms", action="store_true", help="print alert rules for Prometheus")
    instead.add_argument("--dashboard", action="store_true", help="print a dashboard for Grafana")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the figures, or what was asked for."""
    if arguments.alarms or arguments.dashboard:
        print(alarm_rules() if arguments.alarms else dashboard(), end="")
        return 0
    check_root(settings.root)
    if arguments.textfile:
        write_textfile(arguments.textfile, know(settings))
        return 0
    become_owner(settings.root / "incoming")
    print(exposition(know(settings)), end="")
    return 0
