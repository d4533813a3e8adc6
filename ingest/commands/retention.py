"""`camspool retention`: delete what the settings say is old enough; the timer runs it daily."""

import argparse

from ingest.commands.privileges import become_owner
from ingest.commands.progress import waiting_bar
from ingest.requests.asking import PATIENCE_S
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.root import prepare_spool
from ingest.upkeep.retention import delete_what_is_due

HELP = "delete what the settings say is old enough"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Delete what is due; what was deleted stands in requests/done/."""
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    with waiting_bar(PATIENCE_S, "waiting for the watcher") as on_wait:
        result = delete_what_is_due(settings, on_wait)
    print(f"{result.deleted} items were due and are deleted.")
    for sentence in result.kept:
        print(one_line(sentence, 500))
    for refused in result.refused:
        print(f"{one_line(refused['id'])} was not deleted: {one_line(refused['message'], 500)}")
    return 1 if result.refused else 0
